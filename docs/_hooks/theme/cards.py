"""Social cards: the picture that a chat or a forum shows beside a link.

Pure: a page's facts in, the bytes of a PNG out. The fonts are in the repository, the
text is laid out by FreeType alone, and the same facts give the same bytes. Drawing
takes some ten milliseconds a card, so a build keeps the pictures.
"""

import hashlib
import os
from collections.abc import Iterable
from dataclasses import astuple, dataclass
from functools import cache
from io import BytesIO
from pathlib import Path

import PIL
from PIL import Image, ImageChops, ImageDraw, ImageFont

SIZE = WIDTH, HEIGHT = 1200, 630
#: Free space on the left and right, and above and below.
MARGIN_X, MARGIN_Y = 96, 72
TEXT_WIDTH = WIDTH - 2 * MARGIN_X
#: A text takes the first size at which it fits: (size, how many lines there may be).
TITLE_SIZES = ((80, 2), (72, 2), (64, 3), (56, 3), (48, 4), (34, 4))
SENTENCE_SIZES = ((30, 2), (27, 2), (24, 2))
ID_SIZES = ((30, 1), (24, 1), (18, 1))
KICKER_SIZE, NAME_SIZE, BADGE_SIZE, ICON_SIZE = 32, 28, 26, 48

PAPER = (15, 26, 46)
WHITE = (255, 255, 255)
#: How strong white is for what is less important.
MUTED = 170
#: Impact to its colour and to how many of five bars are filled; "" is for no impact.
#: The dark scheme of rules.css has the same colours.
IMPACTS = {
    "critical": ((255, 133, 179), 5),
    "high": ((255, 166, 87), 4),
    "medium": ((232, 197, 71), 3),
    "low-medium": ((108, 197, 217), 2),
    "low": ((169, 183, 198), 1),
    "": ((138, 180, 248), 0),
}
FONTS = Path(__file__).parent / "fonts"
BOLD, MEDIUM, MONO = "Inter-Bold", "Inter-Medium", "JetBrainsMono-Medium"
#: Grades of each of the two inks, without the paper that they share.
GRADES = 15
#: Shapes are drawn larger by this and reduced, because Pillow draws them with steps.
FINE = 4


class CardError(Exception):
    """The text of a card does not fit; says which and what to do."""


@dataclass(frozen=True)
class Card:
    """What a card shows.

    Args:
        title: The page's title; it is wrapped and made smaller as needed.
        kicker: What the page belongs to, above the title.
        footer: With an impact, an id; otherwise a sentence.
        impact: One of the catalogue's impacts, or an empty string.
        site: The site's name; left out where it is the title.
    """

    title: str
    kicker: str
    footer: str
    impact: str
    site: str

    @property
    def alt(self) -> str:
        """The same in words, for who does not see the picture."""
        parts = (self.kicker, self.impact and f"{self.impact.upper()} impact")
        facts = ", ".join(filter(None, parts))
        return f"{self.title} ({facts})" if facts else self.title


def cached(card: Card, folder: Path) -> Path:
    """The card's picture, drawn only if the folder does not have it.

    Args:
        card: What to show.
        folder: Where pictures are kept, under a name made of all that they depend on.

    Returns:
        The file, whole even while another build makes the same one.

    Raises:
        CardError: The title does not fit.
    """
    key = hashlib.sha256(_drawing() + repr(astuple(card)).encode()).hexdigest()[:32]
    path = folder / f"{key}.png"
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True)
        own = path.with_suffix(f".{os.getpid()}")
        own.write_bytes(draw(card))
        own.replace(path)
    return path


@cache
def _drawing() -> bytes:
    """A digest of the code, the fonts and the library, in which a change redraws."""
    files = [Path(__file__), *sorted(FONTS.glob("*.ttf"))]
    parts = (*(path.read_bytes() for path in files), PIL.__version__.encode())
    return hashlib.sha256(b"".join(parts)).digest()


def draw(card: Card) -> bytes:
    """The picture, as a PNG of 1200 x 630.

    Args:
        card: What to show.

    Raises:
        CardError: A text does not fit.
    """
    colour, level = IMPACTS[card.impact]
    # Two inks on one paper, each a layer of grades: a palette of 31 colours, without
    # the slow search for one that Pillow would do.
    white, accent = (Image.new("L", SIZE) for _ in range(2))
    text, shape = ImageDraw.Draw(white), ImageDraw.Draw(accent)
    shape.rectangle((0, 0, 23, HEIGHT), fill=255)
    accent.paste(_icon(), (MARGIN_X, MARGIN_Y))
    if card.site != card.title:
        at = MARGIN_X + ICON_SIZE + 16, MARGIN_Y + ICON_SIZE // 2
        text.text(at, card.site, MUTED, _font(MEDIUM, NAME_SIZE), anchor="lm")

    font, lines = fitted(card.title, BOLD, TITLE_SIZES, TEXT_WIDTH)
    height = round(font.size * 1.16)
    top = (HEIGHT - height * len(lines) + (KICKER_SIZE if card.kicker else 0)) // 2
    at = MARGIN_X, top - 20
    shape.text(at, card.kicker, 255, _font(MEDIUM, KICKER_SIZE), anchor="ld")
    for number, line in enumerate(lines):
        text.text((MARGIN_X, top + number * height), line, 255, font, anchor="la")

    bottom = HEIGHT - MARGIN_Y
    if card.impact:
        badge = _badge(card.impact.upper(), level)
        accent.paste(badge, (MARGIN_X, bottom - badge.height))
        indent = badge.width + 28
        font, lines = fitted(card.footer, MONO, ID_SIZES, TEXT_WIDTH - indent)
        at = MARGIN_X + indent, bottom - badge.height // 2
        text.text(at, lines[0], MUTED, font, anchor="lm")
    else:
        font, lines = fitted(card.footer, MEDIUM, SENTENCE_SIZES, TEXT_WIDTH)
        for number, line in enumerate(reversed(lines)):
            at = MARGIN_X, bottom - number * round(font.size * 1.4)
            text.text(at, line, MUTED, font, anchor="ld")
    return _png(white, accent, colour)


def fitted(
    text: str, name: str, sizes: Iterable[tuple[int, int]], width: int
) -> tuple[ImageFont.FreeTypeFont, list[str]]:
    """The text in lines, in the first size in which it fits.

    Args:
        text: Words between spaces.
        name: The font.
        sizes: Which to try: the size, and how many lines there may be.
        width: How wide a line may be.

    Raises:
        CardError: It fits in none.
    """
    for size, most in sizes:
        font = _font(name, size)
        lines = [""]
        for word in text.split():
            longer = f"{lines[-1]} {word}".lstrip()
            if font.getlength(longer) <= width:
                lines[-1] = longer
            else:
                lines.append(word)
        if len(lines) <= most and all(font.getlength(line) <= width for line in lines):
            return font, lines
    raise CardError(f"{text!r} does not fit on a social card. Shorten it.")


@cache
def _icon() -> Image.Image:
    """An arrow round a check, as docs/_theme/assets/icon.svg has it."""
    unit = ICON_SIZE * FINE / 24
    image = Image.new("L", (ICON_SIZE * FINE,) * 2)
    shape = ImageDraw.Draw(image)
    points = {
        "ring": (1.9, 1.9, 22.1, 22.1),
        "head": (18.46, 4.77, 16.07, 0.82, 14.09, 6.27),
        "check": (7.9, 12.3, 10.9, 15.3, 16.2, 9.4),
    }
    at = {name: [unit * value for value in part] for name, part in points.items()}
    stroke = round(2.2 * unit)
    shape.arc(at["ring"], start=-25, end=290, fill=255, width=stroke)
    shape.polygon(at["head"], fill=255)
    shape.line(at["check"], fill=255, width=stroke, joint="curve")
    return image.resize((ICON_SIZE, ICON_SIZE), Image.Resampling.BOX)


def _badge(word: str, level: int) -> Image.Image:
    """The impact as a filled shape, bars and a word."""
    pad, bar, gap, height = 22, 10, 4, 52
    font = _font(BOLD, BADGE_SIZE)
    bars = 5 * (bar + gap)
    size = round(pad + bars + 12 + font.getlength(word) + pad), height
    large = Image.new("L", (size[0] * FINE, size[1] * FINE))
    ImageDraw.Draw(large).rounded_rectangle((0, 0, *large.size), 10 * FINE, fill=255)
    image = large.resize(size, Image.Resampling.BOX)
    shape = ImageDraw.Draw(image)
    for number in range(5):
        left = pad + number * (bar + gap)
        fill = 0 if number < level else MUTED
        shape.rectangle((left, 16, left + bar - 1, height - 17), fill=fill)
    shape.text((pad + bars + 12, height // 2), word, 0, font, anchor="lm")
    return image


def _png(
    white: Image.Image, accent: Image.Image, colour: tuple[int, int, int]
) -> bytes:
    """Both layers as one picture with a palette."""
    grade = [round(value * GRADES / 255) for value in range(256)]
    picture = ImageChops.lighter(
        white.point(grade), accent.point([value and value + GRADES for value in grade])
    )
    picture.putpalette([*PAPER, *_grades(WHITE), *_grades(colour)])
    target = BytesIO()
    # The default level: the highest takes seven times as long for a sixth less.
    picture.save(target, "PNG")
    return target.getvalue()


def _grades(ink: tuple[int, int, int]) -> list[int]:
    """From nearly paper to the full ink."""
    return [
        round(paper + (full - paper) * grade / GRADES)
        for grade in range(1, GRADES + 1)
        for paper, full in zip(PAPER, ink, strict=True)
    ]


@cache
def _font(name: str, size: int) -> ImageFont.FreeTypeFont:
    # The other engine needs a library that not every system has.
    engine = ImageFont.Layout.BASIC
    return ImageFont.truetype(FONTS / f"{name}.ttf", size, layout_engine=engine)
