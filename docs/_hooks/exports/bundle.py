"""The static checks of all rules as one file for ast-grep, and its checksum. Pure.

The file needs nothing beside it: what checks share is written into each of them, and
the address of the rule stands in the message, which is all that the formats of GitHub
and SARIF show.
"""

from typing import Any

import yaml

from book.model import Catalog, Check
from book.static_checks import used_by
from book.vocabulary import OLDEST_ASTGREP
from exports.archives import checksums
from exports.edition import Edition

NAME = "dbos-rules.yml"
#: Where it is, below the site's address.
PATH = f"checks/{NAME}"
_DUMPER = getattr(yaml, "CSafeDumper", yaml.SafeDumper)


def published(catalog: Catalog, edition: Edition) -> dict[str, bytes]:
    """The file and its checksum, by their paths in the site.

    Args:
        catalog: The checks.
        edition: What is published.
    """
    content = bundle(catalog, edition).encode()
    return {PATH: content, "checks/SHA256SUMS": checksums({NAME: content})}


def bundle(catalog: Catalog, edition: Edition) -> str:
    """Every check of the rules that hold, as documents of one YAML file.

    Args:
        catalog: The checks.
        edition: What is published.
    """
    rules = len({check.rule for check in catalog.checks})
    head = (
        f"# {len(catalog.checks)} static checks of {rules} rules, version "
        f"{edition.version} of {edition.day.isoformat()}, for dbos "
        f"{edition.facts.dbos_version} and ast-grep from {OLDEST_ASTGREP} on.\n"
    )
    if address := edition.address("check/"):
        head += f"# How to run them: {address}\n"
    return head + "---\n".join(
        yaml.dump(
            document(catalog, check, edition),
            Dumper=_DUMPER,
            sort_keys=False,
            allow_unicode=True,
            # A folded regular expression is hard to search for.
            width=10_000,
        )
        for check in catalog.checks
    )


def document(catalog: Catalog, check: Check, edition: Edition) -> dict[str, Any]:
    """One check as ast-grep reads it, without anything beside it.

    Args:
        catalog: Gives its rule, and the patterns that it shares.
        check: The check.
        edition: What is published.
    """
    address = edition.address(f"rules/{check.rule}/")
    shared = used_by(check.pattern, catalog.utilities)
    made: dict[str, Any] = {
        "id": check.id,
        "language": "python",
        "severity": check.severity,
        "message": f"{check.message} {address or check.rule}",
        **({"url": address} if address else {}),
        "metadata": {"rule": check.rule, "impact": catalog.rule(check.rule).impact},
        **check.pattern,
    }
    if shared:
        made["utils"] = {name: dict(utility.rule) for name, utility in shared.items()}
    return made
