"""Changes what the theme wrote, where it has no setting for it."""

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
    # The theme's scripts ask whether a text runs from right to left; none does.
    known = trim.words(pages.values(), scripts) - {"rtl"}
    for path, css in zip(sheets, trim.trim(styles, known), strict=True):
        path.write_text(css, "utf-8")
    if not offline:
        for path, html in pages.items():
            path.write_text(policy.with_policy(html), "utf-8")
        (site / "_headers").write_text(policy.headers(pages.values()), "utf-8")
