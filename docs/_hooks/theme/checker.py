"""The checks in the reader's browser: a worker with a parser, and what it is given.

Only the page *Check your code* asks for these files. Run as a program, this renews what
is not ours: see `checker/vendor/README.md`.
"""

import hashlib
import json
import re
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Sequence
from pathlib import Path

from book.model import Catalog
from exports import bundle
from exports.edition import Edition

SOURCES = Path(__file__).with_name("checker")
VENDOR = SOURCES / "vendor"
#: Where the files are, below the site's address.
FOLDER = "assets/check"
#: The files of each package.
PACKAGES = {
    "web-tree-sitter": ("web-tree-sitter.cjs", "web-tree-sitter.wasm"),
    "tree-sitter-python": ("tree-sitter-python.wasm",),
}


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
    # Its source map stays away, and what its authors tell each other: a quarter of it.
    parser = (VENDOR / "web-tree-sitter.cjs").read_text("utf-8")
    parser = re.sub(r"\n//# sourceMappingURL=.*", "", parser)
    parser = re.sub(r"(?ms)^ *(/\*\*.*?\*/|//[^\n]*)\n", "", parser)
    licences = (VENDOR / "LICENSE.txt").read_text("utf-8").strip()
    parts = [
        f"/*\n{licences}\n*/",
        "const TreeSitter = (() => { const module = {exports: {}};",
        parser,
        "return module.exports; })();",
        (SOURCES / "engine.js").read_text("utf-8"),
        (SOURCES / "worker.js").read_text("utf-8"),
    ]
    return "\n".join(parts)


def renew(packages: Sequence[str]) -> None:
    """Takes the files of these packages from npm, and says which they are.

    Args:
        packages: As `web-tree-sitter@0.27.2`, each of `PACKAGES` once.
    """
    rows, licences = [], []
    for package in packages:
        name, _, version = package.partition("@")
        with tempfile.TemporaryDirectory() as folder:
            command = ["npm", "pack", "--silent", package]
            subprocess.run(command, cwd=folder, check=True)
            (archive,) = Path(folder).glob("*.tgz")
            with tarfile.open(archive) as tar:
                tar.extractall(folder, filter="data")
            unpacked = Path(folder, "package")
            text = (unpacked / "LICENSE").read_text("utf-8").strip()
            licences.append(f"{name} {version}\n\n{text}\n")
            for file in PACKAGES[name]:
                content = (unpacked / file).read_bytes()
                (VENDOR / file).write_bytes(content)
                digest = hashlib.sha256(content).hexdigest()
                rows.append(f"| `{file}` | {name} | {version} | `{digest}` |")
    (VENDOR / "LICENSE.txt").write_text("\n".join(licences), "utf-8")
    path = VENDOR / "README.md"
    text = path.read_text("utf-8")
    table = "".join(f"{row}\n" for row in rows)
    text = re.sub(r"(?m)(^\| --- .*\n)(?:\|.*\n)*", rf"\1{table}", text)
    text = re.sub(r"(?m)(checker\.py) .*$", rf"\1 {' '.join(packages)}", text)
    path.write_text(text, "utf-8")


if __name__ == "__main__":
    renew(sys.argv[1:])
