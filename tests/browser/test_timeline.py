"""The pictures of crashes, measured on a phone."""

from collections.abc import Callable
from pathlib import Path
from typing import Literal

from playwright.sync_api import BrowserContext

#: For each picture: the size of its text, and texts that leave it or meet another one.
MEASURE = """
() => [...document.querySelectorAll("figure.timeline")].map(figure => {
  const svg = figure.querySelector("svg");
  const frame = svg.getBoundingClientRect();
  const texts = [...svg.querySelectorAll("text")].map(text => (
    {text: text.textContent, box: text.getBoundingClientRect()}
  ));
  const outside = texts.filter(({box}) => (
    box.left < frame.left - 1 || box.right > frame.right
    || box.top < frame.top || box.bottom > frame.bottom
  ));
  const meets = (a, b) => (
    a.left < b.right && b.left < a.right
    && a.top + 3 < b.bottom && b.top + 3 < a.bottom
  );
  const crowded = texts.filter((one, index) => (
    texts.slice(index + 1).some(other => meets(one.box, other.box))
  ));
  return {
    size: parseFloat(getComputedStyle(svg.querySelector("text")).fontSize)
      * frame.width / svg.viewBox.baseVal.width,
    page: document.documentElement.scrollWidth,
    outside: outside.map(({text}) => text),
    crowded: crowded.map(({text}) => text),
    words: figure.querySelector("figcaption").getBoundingClientRect().width,
  };
})
"""


#: The colours of the kinds of events in the page's second picture.
COLOURS = """
() => ["ran", "again", "read", "killed", "printed"].map(kind => {
  const figure = document.querySelectorAll("figure.timeline")[1];
  return getComputedStyle(figure.querySelector(`.timeline-${kind}`)).color;
})
"""


def test_pictures_are_legible_on_a_phone(
    new_context: Callable[..., BrowserContext], address: str, site: Path
) -> None:
    # A picture needs no script, and loads faster without.
    context = new_context(
        viewport={"width": 390, "height": 844}, java_script_enabled=False
    )
    page = context.new_page()
    measured = 0
    for path in sorted(site.rglob("index.html")):
        if '<figure class="timeline' not in path.read_text("utf-8"):
            continue
        page.goto(address + path.parent.relative_to(site).as_posix())
        for picture in page.evaluate(MEASURE):
            measured += 1
            assert picture["size"] >= 11, path
            assert picture["page"] == 390, path
            assert not picture["outside"], path
            assert not picture["crowded"], path
            assert picture["words"] <= 1, path
    assert measured


def test_both_schemes_have_colours_of_their_own(
    new_context: Callable[..., BrowserContext], address: str
) -> None:
    """Five in each scheme, and none of one scheme in the other."""
    found: list[str] = []
    schemes: tuple[Literal["light", "dark"], ...] = ("light", "dark")
    for scheme in schemes:
        page = new_context(color_scheme=scheme).new_page()
        page.goto(address + "rules/step-basics")
        found += page.evaluate(COLOURS)
    assert len(set(found)) == 10, found
