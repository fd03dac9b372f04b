"""Which lines of a pair differ, so that a reader sees the cause at a glance. Pure."""

from collections.abc import Sequence
from difflib import SequenceMatcher


def differing(own: Sequence[str], other: Sequence[str]) -> list[int]:
    """The lines that the other side does not have, counted from 1.

    Blank lines say nothing, and what only stands elsewhere differs on both sides.

    Args:
        own: The lines to mark.
        other: The lines of the twin.
    """
    matcher = SequenceMatcher(None, other, own, autojunk=False)
    return [
        number + 1
        for kind, _, _, first, last in matcher.get_opcodes()
        if kind != "equal"
        for number in range(first, last)
        if own[number].strip()
    ]
