"""What the build writes besides pages: for agents, language models and programs.

Pure: it returns paths and contents, made from the catalogue and from the complete
Markdown of the pages. The adapter writes them.
"""

import re
import tomllib
from datetime import date
from pathlib import Path

import skill
from catalog import Catalog
from render import Facts
from skill import Edition

_DAY = re.compile(r"(?<!\d)20\d\d-\d\d-\d\d(?!\d)")


def edition(root: Path, facts: Facts, site_url: str) -> Edition:
    """What is published, from the project's own files.

    Args:
        root: The repository's top folder.
        facts: The environment that the rules were checked in.
        site_url: The published address, or an empty string.
    """
    text = (root / "pyproject.toml").read_text("utf-8")
    changelog = root / "docs/changelog.md"
    # The newest day that the changelog or the resolution of dependencies names.
    days = _DAY.findall(tomllib.loads(text)["tool"]["uv"]["exclude-newer"])
    if changelog.exists():
        days += _DAY.findall(changelog.read_text("utf-8"))
    return Edition(
        facts=facts,
        version=tomllib.loads(text)["project"]["version"],
        day=date.fromisoformat(max(days)),
        site_url=site_url,
    )


def files(catalog: Catalog, edition: Edition) -> dict[str, bytes]:
    """Every file that the build adds to the site, by its path in the site.

    Args:
        catalog: The rules.
        edition: What is published.
    """
    return skill.published(catalog, edition)
