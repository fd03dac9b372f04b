"""The pictures of crashes: complete, true to their transcripts, and well drawn."""

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from itertools import combinations, pairwise
from pathlib import Path

import markup
import pytest
from support import ROOT

from book import read
from book import transcript as transcripts
from book.model import Catalog
from book.transcript import Event, Kind, TranscriptError
from pages import timeline

#: What no snippet does yet: long names, output before the kill, text that is markup.
ODD = """\
$ python odd.py
# recalculate_the_shipping_costs_of_each_parcel runs
# averyveryverylongnamewithoutanyplacetobreak runs
# x runs
starts <b>&"it's"</b>
https://example.org/a/long/address/that/has/no/space/anywhere/at/all
Killed
$ python odd.py
# recalculate_the_shipping_costs_of_each_parcel is read from the record
# averyveryverylongnamewithoutanyplacetobreak runs again
# x runs again
ends in a sentence that is much longer than one line of its box can be
ValueError: no
"""
RECORDINGS = {
    f"{snippet.rule}/{snippet.name}": snippet.recording
    for snippet in read.read(ROOT).snippets
    if snippet.expect == "crash"
}


# Read when a test asks: a new snippet has no recording before its first run.
@pytest.fixture(params=[*RECORDINGS, "odd"])
def transcript(request: pytest.FixtureRequest) -> str:
    if request.param == "odd":
        return ODD
    return RECORDINGS[request.param].read_text("utf-8")


def picture(transcript: str) -> tuple[str, str]:
    """The drawing and the words."""
    runs = transcripts.parse(transcript)
    return timeline.svg(runs), timeline.description(runs)


def test_every_crash_proof_has_its_picture(site: Path, catalog: Catalog) -> None:
    """One each, above the output it was drawn from, as Markdown passed it on."""
    pages = {path: markup.load(path) for path in site.rglob("*.html")}
    crashes = [
        snippet
        for snippet in catalog.snippets
        if snippet.expect == "crash" and snippet.kind != "cases"
    ]
    assert crashes
    for snippet in crashes:
        recorded = snippet.output
        figure = timeline.figure(recorded, snippet.kind)
        path = (
            site / snippet.rule.removeprefix("_") / "index.html"
            if snippet.rule.startswith("_")
            else site / "rules" / snippet.rule / "index.html"
        )
        assert figure in path.read_text("utf-8"), f"{snippet.path} has no picture"
        wanted = markup.one(markup.parse(figure), "figure").html
        [found] = [
            each for each in markup.find(pages[path], "figure") if each.html == wanted
        ]
        assert markup.before(found).tag == "p", snippet.path
        assert markup.text(markup.after(found)).strip() == recorded, snippet.path
    drawn = sum(len(markup.find(page, "figure.timeline")) for page in pages.values())
    assert drawn == len(crashes)


def test_the_words_say_every_event_in_order(transcript: str) -> None:
    words = timeline.description(transcripts.parse(transcript))
    rest = words
    for line in transcript.splitlines():
        if line == "Killed":
            expected = "the process was killed"
        elif line.startswith("$ python "):
            expected = f"run of {line.removeprefix('$ python ')}: "
        elif line.startswith("# "):
            name, _, what = line.removeprefix("# ").partition(" ")
            expected = (
                f"{name} "
                + {
                    "runs": "ran",
                    "runs again": "ran again",
                    "is read from the record": "was read from the record",
                }[what]
            )
        else:
            expected = f"“{line}”"
        assert expected in rest, line
        rest = rest.partition(expected)[2]


def test_a_transcript_edited_by_one_event_changes_picture_and_words(
    transcript: str,
) -> None:
    svg, words = picture(transcript)
    edits = list(edited(transcript))
    assert len(edits) > 2 * len(transcript.splitlines())
    for text in edits:
        try:
            other_svg, other_words = picture(text)
        except TranscriptError:
            # Then nothing is drawn: catalog.read reports the line.
            continue
        assert other_svg != svg, text
        assert other_words != words, text


def test_an_edit_of_a_function_or_an_output_is_drawn(transcript: str) -> None:
    """The loop above does not live from refusals."""
    lines = transcript.splitlines()
    second = lines.index("Killed") + 2
    for number, line in enumerate(lines):
        changes = [] if line == "Killed" or line.startswith("$") else ["", f"{line}s"]
        if number >= second and line.startswith("# "):
            name = line.split(" ")[1]
            changes = [f"# {name} {what}" for what in transcripts.NOTES] + [""]
            changes.append(line.replace(name, f"{name}x"))
        elif line.startswith("# "):
            changes = ["", line.replace(" runs", "x runs")]
        for change in changes:
            if change != line:
                parts = [*lines[:number], change, *lines[number + 1 :]]
                picture("\n".join(filter(None, parts)))


def edited(transcript: str) -> Iterator[str]:
    """The transcript with one line less, twice, changed, or after the next one."""
    lines = transcript.splitlines()
    for number, line in enumerate(lines):
        before, after = lines[:number], lines[number + 1 :]
        changes = {line.replace(" runs", " runs again"), f"{line}s"}
        changes |= {
            line.replace(" runs again", f" {what}") for what in transcripts.NOTES
        }
        changes |= {re.sub(r"(?<=^# )\S+", "other", line), f"{line[:-1]}_"}
        variants = [[], [line, line], *([change] for change in changes - {line})]
        for variant in variants:
            yield "\n".join([*before, *variant, *after])
        if after and after[0] != line:
            yield "\n".join([*before, after[0], line, *after[1:]])


def test_calls_of_the_same_function_are_not_merged() -> None:
    runs = transcripts.parse(
        RECORDINGS["advanced-async-order/demo_order"].read_text("utf-8")
    )
    assert markup.texts(markup.parse(timeline.svg(runs)), "text").count("fetch") == 3
    assert timeline.description(runs).count("fetch ran,") == 3


@pytest.mark.parametrize(
    ("old", "new", "line", "message"),
    [
        ("# charge runs\n", "# charge flies\n", 3, "'# charge flies' is no note"),
        ("# charge runs\n", "\n", 3, "'' is no note"),
        ("# charge runs\n", "$ rm killed\n", 3, "'$ rm killed' is no note"),
        ("# charge runs\n", "# charge runs again\n", 3, "nothing to repeat"),
        ("# charge runs\n", "Killed\n", 4, "it belongs to no run"),
        ("Killed\n", "", 5, "was not killed"),
        ("Killed\n$ python correct.py\n", "Killed\n", 6, "it belongs to no run"),
        (
            "Killed\n$ python correct.py\n",
            "Killed\n$ python b.py\n",
            6,
            "one of correct",
        ),
        ("charges: [", "Killed\ncharges: [", 10, "the second run is killed too"),
        ("charges: [", "charges: [\n# ship runs again\n", 11, "below the program's"),
        ("charges: ['order-1']\n", "charges: []\n$ python correct.py\n", 11, "was not"),
    ],
)
def test_a_line_that_cannot_be_drawn_is_named(
    copy_of_the_rules: Path, old: str, new: str, line: int, message: str
) -> None:
    """With file, line and remedy, where the build and the tests read the catalogue."""
    path = copy_of_the_rules / "snippets/step-basics/correct.out"
    text = path.read_text("utf-8")
    assert text.count(old) >= 1
    path.write_text(text.replace(old, new, 1), "utf-8")
    (problem,) = map(str, read.read(copy_of_the_rules, "step-basics").problems)
    assert problem.startswith(f"snippets/step-basics/correct.out:{line}: ")
    assert message in problem
    assert "pytest --update-examples" in problem or "transcript.py" in problem


@pytest.mark.parametrize("text", ["", "$ python a.py\n# a runs\n", "a runs\n"])
def test_half_a_transcript_is_none(text: str) -> None:
    with pytest.raises(TranscriptError, match=r"line [12]: "):
        transcripts.parse(text)


def test_the_drawing_is_plain(transcript: str) -> None:
    """Well-formed, repeatable, one block of HTML, and allowed by a strict policy."""
    figure = timeline.figure(transcript, "correct")
    assert figure == timeline.figure(transcript, "correct")
    assert "\n\n" not in figure
    root = ET.fromstring(figure.replace(" data-search-exclude", ""))
    assert [child.tag for child in root] == ["svg", "figcaption"]
    assert root[0].get("role") == "img"
    assert root[0].get("aria-label")
    for element in root.iter():
        assert element.tag not in ("style", "script", "a", "image", "use")
        for name in element.attrib:
            assert not name.startswith(("on", "style")), element.tag


def test_every_text_fits(transcript: str) -> None:
    """By the width of the widest usual fonts, beside what stands in the same line."""
    root = ET.fromstring(timeline.svg(transcripts.parse(transcript)))
    width, height = map(float, root.get("viewBox", "").split()[2:])
    boxes = []
    for text in root.iter("text"):
        x, y = float(text.get("x", "")), float(text.get("y", ""))
        advance = {
            "timeline-code": timeline.CODE_CHARACTER,
            "timeline-word": timeline.WORD_CHARACTER,
            "timeline-strong": 0.65 * timeline.FONT,
        }[text.get("class", "")]
        right = x + advance * len(text.text or "")
        assert right <= width, text.text
        assert timeline.FONT <= y < height, text.text
        boxes.append((y, x, right, text.text))
    for (y, _, right, text), (next_y, left, _, _) in pairwise(sorted(boxes)):
        assert right < left or next_y - y >= timeline.FONT, text
    (lane, _) = sorted({path_start(path) for path in lanes(root)})
    names = [box for box in boxes if box[1] == 0]
    assert names
    assert all(right <= lane - 10 for _, _, right, _ in names)
    for rect in root.iter("rect"):
        if float(rect.get("width", "")) > timeline.WIDTH / 2:
            top = float(rect.get("y", ""))
            bottom = top + float(rect.get("height", ""))
            inside = [box for box in boxes if top < box[0] < bottom]
            assert len(inside) > 1
            assert all(right < width - 5 for _, _, right, _ in inside)
            assert all(y < bottom - 5 for y, *_ in inside)


def lanes(root: ET.Element) -> list[ET.Element]:
    return [path for path in root.iter("path") if path.get("stroke-opacity") == ".4"]


def path_start(path: ET.Element) -> float:
    match = re.match(r"M(\d+) ", path.get("d", ""))
    assert match
    return float(match[1])


def test_shapes_and_words_tell_the_kinds_apart() -> None:
    """So that a print in black and white does."""
    kinds = [*timeline.FUNCTIONS, Kind.KILLED, Kind.PRINTED]
    for one, other in combinations(kinds, 2):
        assert timeline.MARKS[one] != timeline.MARKS[other]
        assert one.label != other.label


def test_the_same_function_stands_in_the_same_row() -> None:
    def events(*notes: str) -> list[Event]:
        kinds = {"": Kind.RAN, "+": Kind.AGAIN, "=": Kind.READ}
        return [Event(kinds[note[1:]], note[0]) for note in notes]

    def rows(first: list[Event], second: list[Event]) -> list[str]:
        return [
            f"{one.text if one else '.'}{two.text if two else '.'}"
            for one, two in timeline.aligned(first, second)
        ]

    abc = events("a", "b", "c")
    assert rows(abc, events("a+", "b=", "c+")) == ["aa", "bb", "cc"]
    assert rows(abc, events("a+")) == ["aa", "b.", "c."]
    assert rows(abc, events("x", "b=", "c+", "x", "b", "c")) == [
        "a.",
        ".x",
        "bb",
        "cc",
        ".x",
        ".b",
        ".c",
    ]
    # A repeated call goes before another workflow's call of the same function.
    assert rows(events("a", "b"), events("b", "a+")) == [".b", "aa", "b."]
    assert rows(events("a"), events("a", "a+")) == [".a", "aa"]
    assert rows([], abc) == [".a", ".b", ".c"]


def test_a_long_text_loses_nothing() -> None:
    (first, second) = transcripts.parse(ODD)
    drawn = timeline.svg((first, second))
    joined = re.sub(r"\s", "", "".join(markup.texts(markup.parse(drawn), "text")))
    for event in [*first.events, *second.events]:
        assert re.sub(r"\s", "", event.text) in joined, event
