"""Changes what the theme wrote, where it has no setting for it."""

import re
from pathlib import Path

from book.model import CatalogError
from theme import policy, trim

#: What the theme's script does, and what it does here.
_MENDED = {
    # Every alternate would be taken for a translation, and its sitemap asked for; ours
    # are a feed and Markdown.
    '"link[rel=alternate]"': '"link[rel=alternate][hreflang]"',
    # A landmark for each block of code, all without a name.
    '("nav",{class:"md-code__nav"}': '("div",{class:"md-code__nav"}',
}
#: Words that pages and scripts have, and that are no class of an element here: what the
#: theme's scripts make only where a page or a setting asks for it, and kinds of
#: admonitions, which are words of ordinary attributes too.
_NEVER = {
    "bug",
    "example",
    "failure",
    "rtl",
    "success",
}
_NEVER_BEGINS = (
    "md-annotation",
    "md-banner",
    "md-source__fact",
    "md-status",
    "md-tag-icon",
    "md-toggle--indeterminate",
    "md-tooltip",
    "md-version",
    "tabbed-",
)
#: What keeps its lines as they are.
_VERBATIM = re.compile(
    r"(<(?P<tag>pre|script|style|textarea)\b.*?</(?P=tag)>)", re.DOTALL
)
_INDENTATION = re.compile(r"\n\s+")


def mend_theme(site: Path) -> None:
    """Changes the theme's script.

    Args:
        site: The built site.

    Raises:
        CatalogError: The script is not the known one.
    """
    (bundle,) = site.glob("assets/javascripts/bundle.*.min.js")
    script = bundle.read_text("utf-8")
    for theirs, ours in _MENDED.items():
        # A rebuild finds the file that the last build mended.
        if ours not in script and theirs not in script:
            raise CatalogError(
                f"docs/_hooks/theme/mend.py:1: the theme's script has no {theirs}. "
                "Look how this version does it, and adapt _MENDED."
            )
        script = script.replace(theirs, ours)
    bundle.write_text(script, "utf-8")


def narrow_pages(site: Path, *, offline: bool) -> None:
    """Takes from pages what they do not use: styles, and what browsers may do.

    Args:
        site: The built site.
        offline: Whether it is to be opened from a folder. A page and its scripts then
            have no common origin, and 'self' would forbid them all.
    """
    pages = {path: path.read_text("utf-8") for path in site.rglob("*.html")}
    scripts = (path.read_text("utf-8") for path in site.rglob("*.js"))
    sheets = sorted(site.rglob("*.css"))
    styles = [path.read_text("utf-8") for path in sheets]
    known = trim.words(pages.values(), scripts)
    known = {word for word in known - _NEVER if not word.startswith(_NEVER_BEGINS)}
    for path, css in zip(sheets, trim.trim(styles, known), strict=True):
        path.write_text(css, "utf-8")
    for path, html in pages.items():
        html = without_indentation(html)
        # After all else: it names what the page has then.
        path.write_text(html if offline else policy.with_policy(html), "utf-8")
    if not offline:
        (site / "_headers").write_text(policy.headers(pages.values()), "utf-8")


def without_indentation(html: str) -> str:
    """The page without what only its template's author reads: a tenth of its bytes.

    Args:
        html: A finished page.
    """
    parts = _VERBATIM.split(html)
    # Text, then a verbatim part with its tag, and so on.
    parts[::3] = [_INDENTATION.sub("\n", text) for text in parts[::3]]
    return "".join(text for number, text in enumerate(parts) if number % 3 != 2)
