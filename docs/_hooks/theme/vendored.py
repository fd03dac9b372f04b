"""What of the site's scripts is not ours: upstream's own builds, byte for byte.

Each folder `vendor/` has files, their licences, and a README with versions and
checksums. Run as a program, this renews such a folder; its README says how.
"""

import hashlib
import re
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Sequence
from pathlib import Path

#: By folder and package, where the package has the files.
FOLDERS = {
    "checker": {
        "web-tree-sitter": ("web-tree-sitter.cjs", "web-tree-sitter.wasm"),
        "tree-sitter-python": ("tree-sitter-python.wasm",),
    },
    "search": {
        "minisearch": ("dist/umd/index.js",),
        "stemmer": ("index.js",),
    },
}
_LICENCE = re.compile(r"licen[cs]e(\.\w+)?", re.IGNORECASE)


def folder(name: str) -> Path:
    """Where the files are that a part of the site's scripts needs.

    Args:
        name: A key of `FOLDERS`.
    """
    return Path(__file__).parent / name / "vendor"


def file_name(package: str, path: str) -> str:
    """What a file is called here, given its place in its package.

    Args:
        package: The package's name.
        path: As in `FOLDERS`.
    """
    name = Path(path).name
    return name.replace("index", package) if name.startswith("index.") else name


def script(name: str, file: str) -> str:
    """Upstream's script without its source map and without its authors' comments.

    Args:
        name: A key of `FOLDERS`.
        file: As `file_name` gives it.
    """
    text = (folder(name) / file).read_text("utf-8")
    text = re.sub(r"\n//# sourceMappingURL=.*", "", text)
    return re.sub(r"(?ms)^ *(/\*\*.*?\*/|//[^\n]*)\n", "", text)


def licences(name: str) -> str:
    """The licences of a folder's files, as a comment of a script.

    Args:
        name: A key of `FOLDERS`.
    """
    text = (folder(name) / "LICENSE.txt").read_text("utf-8").strip()
    return f"/*\n{text}\n*/"


def renew(name: str, packages: Sequence[str]) -> None:
    """Takes a folder's files from npm, and says there which they are.

    Args:
        name: A key of `FOLDERS`.
        packages: As `web-tree-sitter@0.27.2`, each of the folder's once.
    """
    rows, texts = [], []
    target = folder(name)
    for wanted in packages:
        package, _, version = wanted.partition("@")
        with tempfile.TemporaryDirectory() as scratch:
            command = ["npm", "pack", "--silent", wanted]
            subprocess.run(command, cwd=scratch, check=True)
            (archive,) = Path(scratch).glob("*.tgz")
            with tarfile.open(archive) as tar:
                tar.extractall(scratch, filter="data")
            unpacked = Path(scratch, "package")
            (licence,) = filter(
                lambda path: _LICENCE.fullmatch(path.name), unpacked.iterdir()
            )
            text = licence.read_text("utf-8").strip()
            texts.append(f"{package} {version}\n\n{text}\n")
            for path in FOLDERS[name][package]:
                content = (unpacked / path).read_bytes()
                file = file_name(package, path)
                (target / file).write_bytes(content)
                digest = hashlib.sha256(content).hexdigest()
                rows.append(f"| `{file}` | {package} | {version} | `{digest}` |")
    (target / "LICENSE.txt").write_text("\n".join(texts), "utf-8")
    readme = target / "README.md"
    text = readme.read_text("utf-8")
    table = "".join(f"{row}\n" for row in rows)
    text = re.sub(r"(?m)(^\| --- .*\n)(?:\|.*\n)*", rf"\1{table}", text)
    text = re.sub(rf"(?m)(vendored\.py {name}) .*$", rf"\1 {' '.join(packages)}", text)
    readme.write_text(text, "utf-8")


if __name__ == "__main__":
    renew(sys.argv[1], sys.argv[2:])
