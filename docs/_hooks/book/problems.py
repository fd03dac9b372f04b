"""Collects what is wrong with files below one folder."""

from pathlib import Path

from book.model import Problem


class Problems(list[Problem]):
    """What is wrong, in the order in which it was found.

    Args:
        root: The repository's top folder; paths are named from there.
    """

    def __init__(self, root: Path) -> None:
        super().__init__()
        self.root = root

    def note(self, path: Path, line: int, message: str, remedy: str) -> None:
        """Adds one problem.

        Args:
            path: The file.
            line: Its line, from 1.
            message: What is wrong.
            remedy: What to do about it.
        """
        name = path.relative_to(self.root).as_posix()
        self.append(Problem(name, line, message, remedy))
