"""How long a text may be, for those who load it into a language model."""

from collections.abc import Iterable

#: Ours for a file of the skill that is loaded alone.
REFERENCE_TOKENS = 2000


def tokens(text: str) -> int:
    """How many tokens the text has at most, for any common tokenizer.

    Tokenizers differ and fetch their tables from the network. English prose has about
    4.5 characters or 0.75 words a token, Python about 3.8 characters; this counts more.

    Args:
        text: Any text.
    """
    return int(max(len(text) / 3.5, len(text.split()) * 1.4)) + 1


def packed(lines: Iterable[str], limit: int) -> list[list[str]]:
    """Lines in their order, cut into parts of at most that many tokens.

    Args:
        lines: What to cut; one line makes a part, however long it is.
        limit: The most tokens of a part.
    """
    parts: list[list[str]] = []
    room = 0
    for line in lines:
        # With its line end; of two texts joined, no tokenizer makes more than of both.
        size = tokens(f"{line}\n")
        if not parts or size > room:
            parts.append([])
            room = limit
        parts[-1].append(line)
        room -= size
    return parts
