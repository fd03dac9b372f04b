"""The checks in the reader's browser: a worker with a parser, and what it is given.

Only the page *Check your code* asks for these files. What of them is not ours is in
`checker/vendor/`: see `vendored.py`.
"""

import json
from pathlib import Path

from book.model import Catalog
from exports import bundle
from exports.edition import Edition
from theme import vendored

SOURCES = Path(__file__).with_name("checker")
VENDOR = vendored.folder("checker")
#: Where the files are, below the site's address.
FOLDER = "assets/check"


def files(catalog: Catalog, edition: Edition) -> dict[str, bytes]:
    """What the page asks for, by its path in the site.

    Args:
        catalog: The checks, and the programs that they find.
        edition: What is published.
    """
    rules = [bundle.document(catalog, check, edition) for check in catalog.checks]
    examples = {
        f"{FOLDER}/examples/{name}.txt": catalog.snippet(f"snippets/{name}.py")
        for name in examples_of(catalog)
    }
    return {
        f"{FOLDER}/worker.js": worker().encode(),
        f"{FOLDER}/rules.json": json.dumps(
            rules, ensure_ascii=False, separators=(",", ":")
        ).encode(),
        f"{FOLDER}/parser.wasm": (VENDOR / "web-tree-sitter.wasm").read_bytes(),
        f"{FOLDER}/python.wasm": (VENDOR / "tree-sitter-python.wasm").read_bytes(),
        **{path: snippet.whole_file.encode() for path, snippet in examples.items()},
    }


def examples_of(catalog: Catalog) -> list[str]:
    """The incorrect programs that a check finds, as `queue-basics/incorrect`.

    Args:
        catalog: The checks.
    """
    return list(dict.fromkeys(check.found[0] for check in catalog.checks))


def worker() -> str:
    """The worker as one script, which therefore imports nothing."""
    parts = [
        vendored.licences("checker"),
        "const TreeSitter = (() => { const module = {exports: {}};",
        vendored.script("checker", "web-tree-sitter.cjs"),
        "return module.exports; })();",
        (SOURCES / "engine.js").read_text("utf-8"),
        (SOURCES / "worker.js").read_text("utf-8"),
    ]
    return "\n".join(parts)
