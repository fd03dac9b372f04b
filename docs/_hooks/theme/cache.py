"""HTML that a later build would make again, kept in `.cache/`."""

import hashlib
import pickle
from importlib.metadata import distributions
from pathlib import Path
from typing import Any


class Cache(dict[str, Any]):
    """A dictionary that a build leaves to the next one.

    It is empty when anything changed that could change its values: an installed
    package, a given file. Its keys have to name all else. What a build did not ask
    for is not kept.
    """

    def __init__(self, path: Path, sources: list[Path]) -> None:
        """Reads what the last build left, when it still holds.

        Args:
            path: Where the values are kept.
            sources: Files that the values depend on.
        """
        super().__init__()
        self.path = path
        self.state = self._state(sources)
        self.changed = False
        self.used: set[str] = set()
        if path.exists():
            state, values = pickle.loads(path.read_bytes())
            if state == self.state:
                self.update(values)

    @staticmethod
    def _state(sources: list[Path]) -> str:
        packages = sorted(f"{each.name} {each.version}" for each in distributions())
        texts = [path.read_text("utf-8") for path in sources]
        return hashlib.sha256("\n".join([*packages, *texts]).encode()).hexdigest()

    def __getitem__(self, key: str) -> Any:
        self.used.add(key)
        return super().__getitem__(key)

    def __setitem__(self, key: str, value: Any) -> None:
        super().__setitem__(key, value)
        self.used.add(key)
        self.changed = True

    def save(self) -> None:
        """Keeps the values for the next build."""
        if self.changed:
            self.path.parent.mkdir(exist_ok=True)
            part = self.path.with_suffix(".part")
            values = {key: self[key] for key in self if key in self.used}
            part.write_bytes(pickle.dumps((self.state, values)))
            part.replace(self.path)
            self.changed = False
