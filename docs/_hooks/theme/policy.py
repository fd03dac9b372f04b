"""What browsers may do with the site's pages: nothing that the pages do not do.

Pure: it takes and returns text.
"""

import re
from base64 import b64encode
from collections.abc import Iterable
from hashlib import sha256

from book.model import CatalogError

#: Template output writes tags in lower case, and escapes `<` in texts and attributes.
_SCRIPT = re.compile(r"<script(?P<attributes>[^>]*)>(?P<text>.*?)</script>", re.DOTALL)
_DATA = re.compile(r"""\btype=["']?application/(ld\+)?json\b""")
_SOURCE = re.compile(r"\bsrc=")

#: The policy has to stand before what it governs, and the charset before anything else.
_CHARSET = '<meta charset="utf-8">'
_META = (
    f"{_CHARSET}\n"
    '      <meta http-equiv="Content-Security-Policy" content="{policy}">\n'
    '      <meta name="referrer" content="no-referrer">'
)

#: What no page uses, besides the policy. A path is no secret, but nobody's business.
_HEADERS = {
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=()",
    "Referrer-Policy": "no-referrer",
    "Strict-Transport-Security": "max-age=31536000",
    "X-Content-Type-Options": "nosniff",
}


def hashes(html: str) -> list[str]:
    """The sources that allow a page's own inline scripts and no other.

    Args:
        html: A finished page.

    Returns:
        Sorted, without quotes. Scripts with a `src` and blocks of JSON have none.
    """
    return sorted(
        {
            f"sha256-{b64encode(sha256(match['text'].encode()).digest()).decode()}"
            for match in _SCRIPT.finditer(html)
            if not _SOURCE.search(match["attributes"])
            and not _DATA.search(match["attributes"])
        }
    )


def policy(scripts: Iterable[str]) -> str:
    """The Content-Security-Policy of pages with these inline scripts.

    Args:
        scripts: Their hashes, as `hashes` gives them.
    """
    allowed = " ".join(["'self'", *(f"'{script}'" for script in scripts)])
    return "; ".join(
        [
            "default-src 'none'",
            f"script-src {allowed}",
            "style-src 'self'",
            # The theme's icons are masks in its style sheet.
            "img-src 'self' data:",
            # The search's index, and a page's Markdown.
            "connect-src 'self'",
            # The search.
            "worker-src 'self'",
            "base-uri 'none'",
            # Forms are handled by scripts.
            "form-action 'none'",
        ]
    )


def with_policy(html: str) -> str:
    """The page with its policy, for hosts that send no headers.

    Args:
        html: A finished page.

    Raises:
        CatalogError: The page does not declare its charset as the theme does.
    """
    if _CHARSET not in html:
        raise CatalogError(
            "docs/_hooks/theme/policy.py:1: the policy is put behind "
            f"{_CHARSET}, which the theme no longer writes. Adapt _CHARSET."
        )
    # In an attribute, single quotes may stay as they are.
    meta = _META.format(policy=policy(hashes(html)))
    return html.replace(_CHARSET, meta, 1)


def headers(pages: Iterable[str]) -> str:
    """The `_headers` of a static host, for all its files.

    Netlify and Cloudflare Pages read this format.

    Args:
        pages: All pages.
    """
    scripts = sorted({script for html in pages for script in hashes(html)})
    # The worker that checks code has the policy of its own answer, and not its page's.
    # Its parser is WebAssembly. No page runs any: their own policies hold beside this.
    whole = policy([*scripts, "wasm-unsafe-eval"])
    # No page can say this one about itself.
    whole += "; frame-ancestors 'none'"
    lines = {"Content-Security-Policy": whole, **_HEADERS}
    return "\n".join(
        ["/*", *(f"  {name}: {value}" for name, value in lines.items()), ""]
    )
