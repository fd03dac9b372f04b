"""What more rules cost: `uv run python tests/growth.py` builds sites of 100 and 300.

The last column is the time to the first result of a search on a phone, on a slow 4G.
Rules are copied under new ids, with titles, keywords and error texts of their own. The
copies share their words, so the index compresses two to three times better than that of
as many different rules would.
"""

import argparse
import gzip
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from statistics import median
from typing import NamedTuple
from urllib.parse import urlsplit

from browser.watching import ARGUMENTS, BROWSERS, first_result
from playwright.sync_api import sync_playwright
from support import CACHE, ROOT, SITE_URL, environment, serving

# Run as a program, it finds the build's modules by itself.
sys.path.insert(0, str(ROOT / "docs/_hooks"))

from theme.search import FIRST, REST

#: What a build reads.
SOURCES = ("docs", "snippets", "mkdocs.yml", "pyproject.toml")


class Cost(NamedTuple):
    """What one build took: seconds by the clock and of the processor, and memory."""

    wall: float
    user: float
    mebibytes: float


def grow(root: Path, rules: int) -> None:
    """Adds copies of rules to a copy of the repository.

    Args:
        root: A folder with `SOURCES`, which is changed.
        rules: How many rules there are then.
    """
    originals = sorted(
        path for path in root.glob("docs/rules/*.md") if path.stem != "index"
    )
    made = _copies(originals)
    added = [
        _copy(root, page, number)
        for (page, number), _ in zip(made, range(rules - len(originals)), strict=False)
    ]
    changelog = root / "docs/changelog.md"
    lines = "\n".join(f"- [{rule}](rules/{rule}.md): A copy." for rule in added)
    changelog.write_text(
        changelog.read_text("utf-8").replace(
            "### Added\n\n", f"### Added\n\n{lines}\n", 1
        ),
        "utf-8",
    )


def _copies(originals: list[Path]) -> Iterator[tuple[Path, int]]:
    for number in count(2):
        for page in originals:
            yield page, number


def _copy(root: Path, page: Path, number: int) -> str:
    """Copies one rule; its id and all that has to be its own get the number."""
    rule, copied = page.stem, f"{page.stem}-n{number}"
    _, head, body = page.read_text("utf-8").split("---\n", 2)
    (title,) = re.findall(r"^title: (.*)$", head, re.MULTILINE)
    other = f"Copy {number}: {title}".replace('"', "")[:58].rstrip()
    head = head.replace(f"title: {title}\n", f'title: "{other}"\n')
    keywords, errors = head.split("\nerrors:", 1)
    errors, related = errors.split("\nrelated:", 1)
    keywords = re.sub(r"^  - ", f"  - n{number} ", keywords, flags=re.MULTILINE)
    errors = re.sub(r'^  - "?', rf"\g<0>CopyError: n{number} ", errors, flags=re.M)
    head = f"{keywords}\nerrors:{errors}\nrelated:{related}"
    body = re.sub(r"^# .*$", f"# {other}", body, count=1, flags=re.MULTILINE)
    body = body.replace(f"snippets/{rule}/", f"snippets/{copied}/")
    page.with_stem(copied).write_text(f"---\n{head}---\n{body}", "utf-8")
    folder = root / "snippets" / copied
    shutil.copytree(root / "snippets" / rule, folder)
    if (checks := folder / "check.yml").exists():
        text = checks.read_text("utf-8")
        text = re.sub(rf"^id: {rule}\b", f"id: {copied}", text, flags=re.MULTILINE)
        checks.write_text(text, "utf-8")
    return copied


def copy_sources(target: Path) -> None:
    """Copies what a build reads.

    Args:
        target: An empty folder.
    """
    for name in SOURCES:
        if (ROOT / name).is_dir():
            ignored = shutil.ignore_patterns("__pycache__")
            shutil.copytree(ROOT / name, target / name, ignore=ignored)
        else:
            shutil.copyfile(ROOT / name, target / name)


def build(root: Path) -> Cost:
    """Builds the site strictly, into `site` below the root.

    Args:
        root: A copy of the repository.

    Raises:
        RuntimeError: The build fails; the text is what it printed.
    """
    command = [sys.executable, "-m", "mkdocs", "build", "--strict"]
    started = time.perf_counter()
    process = subprocess.Popen(
        command,
        cwd=root,
        env=environment(SITE_URL, root / CACHE),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    assert process.stdout is not None
    printed = process.stdout.read().decode()
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(printed)
    return Cost(time.perf_counter() - started, usage.ru_utime, usage.ru_maxrss / 1024)


def search_time(site: Path) -> str:
    """The time to the first result of the search on a phone, as text.

    Args:
        site: The built site.
    """
    path = next(filter(None, map(shutil.which, BROWSERS)), None)
    if path is None:
        return "no browser"
    with serving(site, urlsplit(SITE_URL).path) as address, sync_playwright() as api:
        browser = api.chromium.launch(executable_path=path, args=ARGUMENTS)
        took = [first_result(browser.new_page(), address) for _ in range(3)]
        browser.close()
    return f"{median(took):.0f}"


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("rules", nargs="*", type=int, default=[37, 100, 300])
    print("| rules | build | wall s | user s | MiB | index KB | gzip KB | result ms |")
    print("| --- | --- | --- | --- | --- | --- | --- | --- |")
    for rules in parser.parse_args().rules:
        with tempfile.TemporaryDirectory() as folder:
            root = Path(folder)
            copy_sources(root)
            grow(root, rules)
            for kind in ("cold", "warm"):
                cost = build(root)
                index = [(root / "site" / path).read_bytes() for path in (FIRST, REST)]
                print(
                    f"| {rules} | {kind} | {cost.wall:.1f} | {cost.user:.1f} "
                    f"| {cost.mebibytes:.0f} | {sum(map(len, index)) / 1000:.0f} "
                    f"| {sum(len(gzip.compress(file)) for file in index) / 1000:.0f} "
                    f"| {search_time(root / 'site') if kind == 'warm' else ''} |",
                    flush=True,
                )


if __name__ == "__main__":
    main()
