"""Draws the transcript of a crash: what ran, where it was killed, what ran again.

Pure: a recorded transcript goes in; an SVG picture, and sentences that say the same,
come out. Nothing is drawn by hand, so a picture cannot differ from its transcript.
"""

import math
import re
from collections.abc import Sequence
from functools import cache
from html import escape
from itertools import groupby

from book.transcript import FUNCTIONS, OUTPUTS, RUNS, Event, Kind, Run, parse

# The picture, in units of its view box: on a phone of 390 px a unit is a pixel. Widths
# of text are those of the widest usual fonts; tests/browser measures the real ones.
WIDTH = 324
FONT = 12
CODE_CHARACTER = 0.62 * FONT
WORD_CHARACTER = 0.53 * FONT
#: The second run's lane; the first one's follows the longest name at this distance.
SECOND_LANE = 212
FIRST_LANE_OFFSET = 20
#: How far right of its lane a word begins.
WORD_OFFSET = 13
NAME_CHARACTERS = 16
HEADER = 28
ROW = 28
LINE = 16
#: From the middle of a line to the baseline of its text.
BASELINE = 4
PADDING = 10
INDENT = 2
BOX_CHARACTERS = int((WIDTH - 2 * PADDING) / CODE_CHARACTER)

#: One shape for each kind, around (0, 0); no two kinds differ in colour only.
MARKS = {
    Kind.RAN: '<circle r="5" fill="currentColor"/>',
    Kind.AGAIN: '<circle class="timeline-hollow" r="7.5" fill="none" '
    'stroke="currentColor" stroke-width="2"/><circle r="3.5" fill="currentColor"/>',
    Kind.READ: '<rect class="timeline-hollow" x="-6" y="-6" width="12" height="12" '
    'fill="none" stroke="currentColor" stroke-width="1.5" stroke-dasharray="3 2"/>',
    Kind.KILLED: '<path d="M-6-6 6 6M6-6-6 6" stroke="currentColor" stroke-width="3"/>',
    Kind.PRINTED: '<path d="M-6-3H6L0 5z" fill="currentColor"/>',
    Kind.ERROR: '<path d="M-6-3H6L0 5z" fill="currentColor"/>',
}

#: What the two runs did with one function; None where one of them did nothing.
Row = tuple[Event | None, Event | None]


def description(runs: tuple[Run, Run]) -> str:
    """Says in words what the picture shows, event by event.

    Args:
        runs: What `parse` returned.
    """
    sentences = []
    for name, run in zip(RUNS, runs, strict=True):
        words = [event.kind.sentence.format(event.text) for event in run.events]
        happened = ", ".join(words) or "nothing ran"
        sentences.append(f"{name} of {run.program}: {happened}.")
    return " ".join(sentences)


def figure(transcript: str, kind: str) -> str:
    """The picture and its description, as one block of HTML without a blank line.

    Markdown keeps such a block as it is. The description is there for those who do not
    see the picture; everybody else reads the transcript below it.

    Args:
        transcript: The text of an `.out` file.
        kind: `incorrect`, `correct` or `demo`.

    Raises:
        TranscriptError: The transcript cannot be drawn.
    """
    runs = parse(transcript)
    words = escape(description(runs))
    return (
        f'<figure class="timeline timeline-of-{kind}" data-search-exclude>\n'
        f"{svg(runs)}\n<figcaption>{words}</figcaption>\n</figure>"
    )


def svg(runs: tuple[Run, Run]) -> str:
    """Draws the runs side by side, a row for each function, time going down.

    Colours come from docs/_theme/assets/rules.css; without it the picture is drawn in
    the colour of the text.

    Args:
        runs: What `parse` returned.
    """
    first, second = runs
    rows = aligned(first.only(*FUNCTIONS), second.only(*FUNCTIONS))
    reached = max((n for n, (done, _) in enumerate(rows, 1) if done), default=0)
    drawing = _Drawing([event.text for row in rows for event in row if event])
    for row in rows[:reached]:
        drawing.function(row)
    drawing.outputs(0, first.only(*OUTPUTS))
    drawing.killed()
    for row in rows[reached:]:
        drawing.function(row)
    drawing.outputs(1, second.only(*OUTPUTS))
    return drawing.svg(f"Timeline of two runs of {first.program}")


def aligned(first: Sequence[Event], second: Sequence[Event]) -> list[Row]:
    """Pairs what the runs did with the same functions, keeping the order of both.

    The best pairing has the most repeated and recorded calls beside the first run's
    call, and then the most pairs. Of equal ones it is the earliest.

    Args:
        first: The first run's functions.
        second: The second run's functions.
    """

    @cache
    def best(i: int, j: int) -> tuple[int, int]:
        if i == len(first) or j == len(second):
            return 0, 0
        return max(best(i + 1, j), best(i, j + 1), paired(i, j))

    def paired(i: int, j: int) -> tuple[int, int]:
        if first[i].text != second[j].text:
            return -1, -1
        marked, pairs = best(i + 1, j + 1)
        return marked + (second[j].kind is not Kind.RAN), pairs + 1

    rows: list[Row] = []
    i = j = 0
    while i < len(first) and j < len(second):
        if paired(i, j) == best(i, j):
            rows.append((first[i], second[j]))
            i, j = i + 1, j + 1
        elif best(i + 1, j) == best(i, j):
            rows.append((first[i], None))
            i += 1
        else:
            rows.append((None, second[j]))
            j += 1
    rows += [(event, None) for event in first[i:]]
    rows += [(None, event) for event in second[j:]]
    return rows


class _Drawing:
    """A picture that grows downwards.

    Args:
        names: All that will stand in the first column.
    """

    def __init__(self, names: list[str]) -> None:
        lines = (line for name in names for line in _name_lines(name))
        names_end = math.ceil(max(map(len, lines), default=0) * CODE_CHARACTER)
        self.lanes = (names_end + FIRST_LANE_OFFSET, SECOND_LANE)
        self.y = HEADER
        self.parts: list[str] = []
        self.ends = [HEADER, HEADER]

    def function(self, row: Row) -> None:
        """A row: the function's name, and in each lane what happened to it."""
        name = next(event.text for event in row if event)
        lines = _name_lines(name)
        middle = self.y + ROW // 2
        self.separator()
        for number, line in enumerate(lines):
            self.text(0, middle + number * LINE, line, "code")
        for lane, event in enumerate(row):
            if event:
                self.mark(lane, middle, event.kind)
        first, second = row
        if first and second and second.kind is Kind.READ:
            self.link(middle)
        self.y += ROW + LINE * (len(lines) - 1)

    def killed(self) -> None:
        """The row where the first run's lane ends."""
        self.separator()
        self.mark(0, self.y + ROW // 2, Kind.KILLED)
        self.y += ROW

    def outputs(self, lane: int, events: list[Event]) -> None:
        """Boxes with what a run printed; as wide as the picture, as text is long."""
        if events:
            self.separator()
        for kind, group in groupby(events, lambda event: event.kind):
            self.y += PADDING
            self.box(lane, kind, [event.text for event in group])

    def box(self, lane: int, kind: Kind, texts: list[str]) -> None:
        """One box, fed by its run's lane."""
        lines = []
        for text in texts:
            # What goes on in the next line is indented, so that lines can be told.
            head, *rest = wrapped(text, BOX_CHARACTERS - INDENT, r"(?<=\s)")
            lines += [(PADDING, head)]
            lines += [(PADDING + INDENT * CODE_CHARACTER, line) for line in rest]
        height = PADDING + LINE * (len(lines) + 1) + PADDING // 2
        label = f"{RUNS[lane]} {kind.label}"
        self.ends[lane] = self.y
        self.parts += [
            f'<g class="timeline-{kind.style}">',
            f'<rect class="timeline-hollow" x="1" y="{self.y}" width="{WIDTH - 2}" '
            f'height="{height}" rx="3" fill="none" stroke="currentColor" '
            'stroke-opacity=".6"/>',
            f'<g transform="translate({self.lanes[lane]} {self.y})">{MARKS[kind]}</g>',
        ]
        middle = self.y + PADDING + LINE // 2
        self.text(PADDING, middle, label, "strong")
        self.parts.append("</g>")
        for x, line in lines:
            middle += LINE
            self.text(x, middle, line, "code")
        self.y += height

    def mark(self, lane: int, middle: int, kind: Kind) -> None:
        """A shape on a lane, and its word."""
        self.ends[lane] = middle
        self.parts += [
            f'<g class="timeline-{kind.style}">',
            f'<g transform="translate({self.lanes[lane]} {middle})">{MARKS[kind]}</g>',
        ]
        self.text(self.lanes[lane] + WORD_OFFSET, middle, kind.label, "word")
        self.parts.append("</g>")

    def link(self, middle: int) -> None:
        """From what the first run recorded to the second run that reads it."""
        words = len(Kind.RAN.label) * WORD_CHARACTER
        start, end = math.ceil(self.lanes[0] + WORD_OFFSET + words), self.lanes[1] - 9
        self.parts += [
            '<g class="timeline-read" fill="none" stroke="currentColor" '
            'stroke-width="1.5">',
            f'<path d="M{start} {middle}H{end}" stroke-dasharray="3 2"/>',
            f'<path d="M{end - 4} {middle - 4}l5 4-5 4"/>',
            "</g>",
        ]

    def separator(self) -> None:
        """A hairline above the next row, which leads the eye along it."""
        self.parts.append(
            f'<path d="M0 {self.y}H{WIDTH}" stroke="currentColor" '
            'stroke-opacity=".15"/>'
        )

    def text(self, x: float, middle: float, text: str, style: str) -> None:
        """A text that begins at x, in the middle of its line."""
        self.parts.append(
            f'<text class="timeline-{style}" x="{x:g}" y="{middle + BASELINE:g}">'
            f"{escape(text)}</text>"
        )

    def svg(self, label: str) -> str:
        """The picture: lanes below, all else above."""
        shapes, self.parts = self.parts, []
        for lane, name in enumerate(RUNS):
            x = self.lanes[lane]
            # Begins where the widest mark does.
            self.text(x - 7, HEADER // 2, name, "strong")
            self.parts.append(
                f'<path d="M{x} {HEADER}V{self.ends[lane]}" '
                'stroke="currentColor" stroke-opacity=".4" stroke-width="2"/>'
            )
        height = self.y + 1
        return "\n".join(
            [
                f'<svg role="img" aria-label="{escape(label)}" '
                f'viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" height="{height}" '
                f'font-family="sans-serif" font-size="{FONT}" fill="currentColor">',
                *self.parts,
                *shapes,
                "</svg>",
            ]
        )


def _name_lines(name: str) -> list[str]:
    return wrapped(name, NAME_CHARACTERS, r"(?<=[_.-])")


def wrapped(text: str, width: int, breaks: str) -> list[str]:
    """Cuts a text into lines of at most `width` characters; loses none but spaces.

    Args:
        text: What to cut.
        width: The most characters of a line.
        breaks: Regular expression for where a line may end. What has no such place is
            cut at the width.
    """
    lines = [""]
    for piece in re.split(breaks, text):
        if lines[-1] and len(lines[-1] + piece.rstrip()) > width:
            lines.append("")
        lines[-1] += piece
        while len(lines[-1].rstrip()) > width:
            lines[-1:] = [lines[-1][:width], lines[-1][width:]]
    return [line.rstrip() for line in lines]
