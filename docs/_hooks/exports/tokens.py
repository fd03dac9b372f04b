"""How long a text may be, for those who load it into a language model."""

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
