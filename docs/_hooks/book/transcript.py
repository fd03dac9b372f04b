"""Reads the transcript of a crash file, as tests/harness.py writes it.

Pure: a recorded transcript goes in, its events come out.
"""

import re
from dataclasses import dataclass
from enum import Enum


class Kind(Enum):
    """What an event is: its CSS class, its label, and its part of a sentence."""

    STARTED = "started", "", "{} was started"
    RAN = "ran", "runs", "{} ran"
    AGAIN = "again", "runs again", "{} ran again"
    READ = "read", "from the record", "{} was read from the record"
    KILLED = "killed", "killed", "the process was killed"
    PRINTED = "printed", "prints", "it printed “{}”"
    ERROR = "error", "shows an error", "it showed the error “{}”"

    def __init__(self, style: str, label: str, sentence: str) -> None:
        self.style = style
        self.label = label
        self.sentence = sentence


RUNS = ("First run", "Second run")
#: What happened to a function, as opposed to the process or its output.
FUNCTIONS = (Kind.RAN, Kind.AGAIN, Kind.READ)
OUTPUTS = (Kind.PRINTED, Kind.ERROR)
#: The notes that tests/harness.py writes, by their last words.
NOTES = {
    "runs": Kind.RAN,
    "runs again": Kind.AGAIN,
    "is read from the record": Kind.READ,
}
NOTE = re.compile(rf"# (?P<function>\S.*?) (?P<what>{'|'.join(NOTES)})")
COMMAND = re.compile(r"\$ python (?P<program>\S+\.py)")
#: How a traceback ends. A program may print such a line too, so no word says raised.
ERROR_LINE = re.compile(r"(\w+\.)*\w*(Error|Exception)(: .*)?")


class TranscriptError(Exception):
    """A transcript that cannot be drawn: where, why, and what to do about it."""

    def __init__(self, line: int, message: str, remedy: str) -> None:
        super().__init__(f"line {line}: {message} {remedy}")
        self.line = line
        self.message = message
        self.remedy = remedy


@dataclass(frozen=True)
class Event:
    """One line of a transcript; `text` is a program, a function or an output."""

    kind: Kind
    text: str = ""


@dataclass(frozen=True)
class Run:
    """One run of the program: its events in the order of the transcript."""

    program: str
    events: tuple[Event, ...]

    def only(self, *kinds: Kind) -> list[Event]:
        """The events of these kinds.

        Args:
            kinds: Which ones.
        """
        return [event for event in self.events if event.kind in kinds]


def parse(transcript: str) -> tuple[Run, Run]:
    """Reads the transcript of a crash file, as tests/harness.py writes it.

    Args:
        transcript: The text of an `.out` file.

    Returns:
        The run that was killed and the run that recovered.

    Raises:
        TranscriptError: A line is unknown or in the wrong place.
    """
    again = "Record it again with `pytest --update-examples`."
    events: list[Event] = []
    lines = transcript.rstrip("\n").split("\n")
    for number, line in enumerate(lines, 1):
        event = _event(line)
        if event is None:
            raise TranscriptError(
                number,
                f"{line!r} is no note, and no output that can be told from one.",
                "Let the program print another text, or teach "
                "docs/_hooks/book/transcript.py the line.",
            )
        if problem := _misplaced(event, events):
            raise TranscriptError(number, problem, again)
        events.append(event)
    start = Event(Kind.STARTED, events[0].text)
    if events.count(start) < 2:
        raise TranscriptError(len(lines), "there is no second run.", again)
    middle = events.index(start, 1)
    parts = events[1:middle], events[middle + 1 :]
    first, second = (Run(start.text, tuple(part)) for part in parts)
    return first, second


def _event(line: str) -> Event | None:
    """The line's event; None for a line that only looks like one of the harness."""
    if command := COMMAND.fullmatch(line):
        return Event(Kind.STARTED, command["program"])
    if note := NOTE.fullmatch(line):
        return Event(NOTES[note["what"]], note["function"])
    if line == "Killed":
        return Event(Kind.KILLED)
    if line.startswith(("#", "$")) or not line.strip():
        return None
    return Event(Kind.ERROR if ERROR_LINE.fullmatch(line) else Kind.PRINTED, line)


def _misplaced(event: Event, before: list[Event]) -> str:
    """Why the event cannot follow the ones before it, or an empty string."""
    starts = [earlier for earlier in before if earlier.kind is Kind.STARTED]
    is_first = len(starts) == 1
    is_running = len(starts) > before.count(Event(Kind.KILLED))
    if event.kind is Kind.STARTED:
        if is_running:
            return "a run starts, but the one before it was not killed."
        if starts and event != starts[0]:
            return f"the first run was one of {starts[0].text}."
    elif not is_running:
        return "it belongs to no run."
    elif event.kind is Kind.KILLED and not is_first:
        return "the second run is killed too."
    elif event.kind in (Kind.AGAIN, Kind.READ) and is_first:
        return "a first run has nothing to repeat and no record to read."
    elif event.kind in FUNCTIONS and before[-1].kind in OUTPUTS:
        return "a note stands below the program's output."
    return ""
