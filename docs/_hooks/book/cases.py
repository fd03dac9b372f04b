"""Cases: what happens at the edges of a rule, as a program tried it and printed it.

Each line that a file of cases prints is `case: what happened`. The left side is a text
in the program, the right side is made of what the program saw. Pure.
"""

import ast
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from book.model import Snippet
from book.vocabulary import CASE_LENGTH, DATABASES, RESULT_LENGTH


@dataclass(frozen=True)
class Case:
    """One row: a phrase, the line that prints it, and what happened.

    `results` has one text, or one for each database where they differ.
    """

    phrase: str
    file: Snippet
    line: int
    results: tuple[str, ...]


def cases_of(snippet: Snippet) -> list[Case]:
    """The rows of a file, in the order in which it prints them.

    Args:
        snippet: A file of cases without problems.
    """
    names = list(DATABASES) if snippet.databases_differ else list(DATABASES)[:1]
    shown = [_results(snippet, name) for name in names]
    return [
        Case(phrase, snippet, call.lineno, tuple(results[phrase] for results in shown))
        for phrase, call in _prints(snippet.source)
        if all(phrase in results for results in shown)
    ]


def phrases(snippet: Snippet) -> list[tuple[str, int]]:
    """What a file tries, each with the line that prints it.

    Args:
        snippet: A file of cases; one that is no Python tries nothing.
    """
    try:
        return [
            (phrase, call.lineno) for phrase, call in _prints(snippet.source) if phrase
        ]
    except SyntaxError:
        return []


def _results(snippet: Snippet, database: str) -> dict[str, str]:
    """Each phrase with what was printed behind it, on that database."""
    lines = snippet.evidence_on(database)
    if "Killed" in lines:
        # What the run before the crash printed is no result.
        lines = lines[lines.index("Killed") + 1 :]
    parts = (line.partition(": ") for line in lines)
    return {phrase: result.strip() for phrase, _, result in parts}


@lru_cache(maxsize=4096)
def _prints(source: str) -> tuple[tuple[str, ast.Call], ...]:
    """Each call of `print` in a program, with its phrase or an empty text.

    Every list of a build asks for the same files, and under `serve` every build does.

    Raises:
        SyntaxError: The program is no Python.
    """
    calls = [
        node
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id == "print"
    ]
    calls.sort(key=lambda call: call.lineno)
    return tuple((_phrase(call), call) for call in calls)


def _phrase(call: ast.Call) -> str:
    first = call.args[0] if call.args else None
    text = first.value if isinstance(first, ast.Constant) else None
    return text[:-1] if isinstance(text, str) and text.endswith(":") else ""


def faults(snippet: Snippet) -> Iterator[tuple[int, str, str]]:
    """Line, message and remedy of each thing that makes a line no row.

    Args:
        snippet: A file of cases.
    """
    try:
        calls = _prints(snippet.source)
    except SyntaxError as error:
        yield error.lineno or 1, "the file is no Python.", "Mend it."
        return
    tried = [phrase for phrase, _ in calls]
    for phrase, call in calls:
        if not phrase or ": " in phrase:
            yield (
                call.lineno,
                "the line begins with no case.",
                'Write `print("what is tried:", what_happened)`.',
            )
        elif not any(map(_is_computed, call.args[1:])):
            yield (
                call.lineno,
                f"what happened to {phrase!r} is written down, not seen.",
                "Print a value that the program has from dbos.",
            )
        elif len(phrase) > CASE_LENGTH:
            yield (
                call.lineno,
                f"the case has {len(phrase)} characters.",
                f"Shorten it to {CASE_LENGTH}.",
            )
        elif tried.count(phrase) > 1:
            yield call.lineno, f"a second case {phrase!r}.", "Say what differs."
    yield from _faults_of_output(snippet, calls)


def _faults_of_output(
    snippet: Snippet, calls: Sequence[tuple[str, ast.Call]]
) -> Iterator[tuple[int, str, str]]:
    for database in DATABASES:
        results = _results(snippet, database)
        if not results:
            return
        for phrase, call in calls:
            if phrase and not results.get(phrase):
                yield (
                    call.lineno,
                    f"nothing is shown for {phrase!r}.",
                    "Print it once; pytest --update-examples records it.",
                )
            elif len(results.get(phrase, "")) > RESULT_LENGTH:
                yield (
                    call.lineno,
                    f"the result has {len(results[phrase])} characters.",
                    f"Shorten it to {RESULT_LENGTH}.",
                )
        if not snippet.databases_differ:
            return
    shown = [snippet.evidence_on(name) for name in DATABASES]
    if shown[0] == shown[1]:
        yield 1, "# databases: but both print the same.", "Remove the directive."


def _is_computed(node: ast.expr) -> bool:
    """Whether the value depends on anything but the file's own text."""
    return any(
        isinstance(each, (ast.Name, ast.Call, ast.Attribute, ast.Await))
        for each in ast.walk(node)
    )
