"""Scripts that are not ours are upstream's builds, and say so."""

import hashlib
import re

import pytest

from theme import vendored


@pytest.mark.parametrize("name", vendored.FOLDERS)
def test_what_is_not_ours_is_upstreams(name: str) -> None:
    """Names, versions and checksums stand beside the files."""
    folder = vendored.folder(name)
    readme = (folder / "README.md").read_text("utf-8")
    rows = re.findall(r"\| `(\S+)` \| (\S+) \| (\S+) \| `(\w{64})` \|", readme)
    files = {
        vendored.file_name(package, path)
        for package, paths in vendored.FOLDERS[name].items()
        for path in paths
    }
    assert {row[0] for row in rows} == files
    assert {path.name for path in folder.iterdir()} == {
        "README.md",
        "LICENSE.txt",
        *files,
    }
    licences = (folder / "LICENSE.txt").read_text("utf-8")
    for file, package, version, digest in rows:
        content = (folder / file).read_bytes()
        assert hashlib.sha256(content).hexdigest() == digest, file
        assert f"{package} {version}\n" in licences
        assert f"{package}@{version}" in readme
