"""HTML that a later build would make again, kept in a folder."""

import hashlib
import os
import pickle
import sys
from importlib.metadata import distributions
from pathlib import Path
from typing import Any


class Cache(dict[str, Any]):
    """A dictionary that a build leaves to the next one.

    It is empty when anything changed that could change its values: Python, an installed
    package, a given file. Its keys have to name all else. What a build did not ask for
    is not kept.
    """

    def __init__(self, folder: Path, name: str, sources: list[Path]) -> None:
        """Reads what the last build left, when it still holds.

        Args:
            folder: Where the values are kept.
            name: Tells apart what is made in different ways.
            sources: Files that the values depend on.
        """
        super().__init__()
        self.folder = folder
        self.name = name
        # In the file's name: values of another state are not even read, as a class that
        # they need may be gone.
        self.path = folder / f"{name}-{_state(sources)}.pickle"
        self.changed = False
        self.used: set[str] = set()
        if self.path.exists():
            self.update(pickle.loads(self.path.read_bytes()))

    def __getitem__(self, key: str) -> Any:
        self.used.add(key)
        return super().__getitem__(key)

    def __setitem__(self, key: str, value: Any) -> None:
        super().__setitem__(key, value)
        self.used.add(key)
        self.changed = True

    def save(self) -> None:
        """Keeps the values for the next build, and drops those of other states."""
        if not self.changed:
            return
        self.folder.mkdir(parents=True, exist_ok=True)
        # Two builds at once each write a file of their own.
        part = self.path.with_suffix(f".{os.getpid()}")
        part.write_bytes(pickle.dumps({key: self[key] for key in self.used}))
        part.replace(self.path)
        for other in self.folder.glob(f"{self.name}-*.pickle"):
            if other != self.path:
                other.unlink(missing_ok=True)
        self.changed = False


def _state(sources: list[Path]) -> str:
    # The name of a package's folder has its version, and reading what is in all of
    # them takes longer than a page.
    packages = sorted(str(getattr(each, "_path", each)) for each in distributions())
    texts = [path.read_text("utf-8") for path in sources]
    state = "\n".join([sys.version, *packages, *texts])
    return hashlib.sha256(state.encode()).hexdigest()[:32]
