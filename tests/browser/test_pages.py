"""Every page, as a browser shows it."""

from pathlib import Path

from playwright.sync_api import Page


def test_no_page_reports_an_error(page: Page, address: str, site: Path) -> None:
    for path in sorted(site.rglob("index.html")):
        # Scripts have run by then; the search is loaded for nobody.
        page.goto(
            address + path.parent.relative_to(site).as_posix().strip("."),
            wait_until="domcontentloaded",
        )
        assert page.locator("h1").count() == 1, path
