"""What pages and snippets have to be like; each problem names file, line and remedy."""

import re
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from book import cases, transcript
from book.markdown import FENCE, INCLUDE, headings, lines
from book.model import Page, Rule, Snippet
from book.problems import Problems
from book.static_checks import FILE as CHECKS
from book.static_checks import UTILITIES
from book.vocabulary import (
    BANNED_WORDS,
    CASES_LINES,
    DATABASES,
    DESCRIPTION_LENGTH,
    EXPECTATIONS,
    FILE_LINES,
    HEADINGS,
    LINE_LENGTH,
    OPTIONAL_HEADINGS,
    PLACEHOLDERS,
    PROSE_WORDS,
    REGION,
    REGION_LINES,
    RULE_ID,
    SNIPPET_NAME,
    TITLE_LENGTH,
    VERSION,
    WHY_WORDS,
)

#: How the suite, or a reader, gives a program its database.
DATABASE_URL = "DBOS_SYSTEM_DATABASE_URL"
#: Languages of code blocks that no reader takes for Python.
OTHER_LANGUAGES = ("console", "text", "toml", "yaml", "sql", "ini")


def check_text(page: Page[Any], problems: Problems) -> None:
    """Title, H1 and description: the same limits for rules and categories.

    Args:
        page: The page.
        problems: Gets what is wrong.
    """
    at = page.meta_lines
    if len(page.title) > TITLE_LENGTH:
        problems.note(
            page.path,
            at["title"],
            f"title has {len(page.title)} characters.",
            f"Shorten it to {TITLE_LENGTH}.",
        )
    if len(page.description) > DESCRIPTION_LENGTH:
        problems.note(
            page.path,
            at["description"],
            f"description has {len(page.description)} characters.",
            f"Shorten it to {DESCRIPTION_LENGTH}.",
        )
    if not page.description.endswith("."):
        problems.note(
            page.path,
            at["description"],
            "description is no sentence.",
            "End it with a full stop.",
        )
    h1 = [text for level, text, _ in headings(page.body) if level == 1]
    if h1 != [page.title]:
        problems.note(
            page.path,
            page.body_line,
            f"the H1 {h1} is not the title {page.title!r}.",
            "Write one H1, equal to the title.",
        )


def check_rule(rule: Rule, problems: Problems) -> None:
    """A rule's page, and its snippets as pairs.

    Args:
        rule: The rule, with its snippets.
        problems: Gets what is wrong.
    """
    check_text(rule, problems)
    _check_words(rule, problems)
    _check_includes(rule, problems)
    _check_snippets_since(rule, problems)
    # What a retired rule says need not hold any more, so that nothing has to show it.
    if rule.is_retired:
        return
    if not rule.snippets:
        problems.note(
            rule.path,
            1,
            "the rule has no snippets.",
            f"Add snippets/{rule.id}/incorrect.py and correct.py.",
        )
    _check_headings(rule, problems)
    _check_length(rule, problems)
    _check_pairs(rule.snippets, problems)
    _check_cases(rule, problems)


def _check_headings(rule: Rule, problems: Problems) -> None:
    found = [
        (text, line)
        for level, text, line in headings(rule.body, rule.body_line)
        if level == 2
    ]
    names = [text for text, _ in found]
    remedy = f"Use, in this order: {', '.join(HEADINGS)}."
    for name, line in found:
        if name not in HEADINGS:
            problems.note(rule.path, line, f"unknown heading {name!r}.", remedy)
    for name in HEADINGS:
        if name not in names and name not in OPTIONAL_HEADINGS:
            problems.note(
                rule.path, rule.body_line, f"heading {name!r} is missing.", remedy
            )
    known = [name for name in names if name in HEADINGS]
    if known != [name for name in HEADINGS if name in known]:
        problems.note(
            rule.path, found[0][1], "headings are out of order or repeated.", remedy
        )


def _check_words(rule: Rule, problems: Problems) -> None:
    """No text says how easy something is, and none is left to be written."""
    meta = rule.meta
    texts = [
        (rule.meta_lines.get("title", 1), meta.title),
        (rule.meta_lines.get("description", 1), meta.description),
        *((rule.meta_lines.get("keywords", 1), word) for word in meta.keywords),
        *((rule.meta_lines.get("errors", 1), text) for text in meta.errors),
        *(
            (line.number, line.text)
            for line in lines(rule.body, rule.body_line)
            if not line.is_code
        ),
    ]
    for number, text in texts:
        # What people type and what dbos prints is quoted, not said.
        is_quoted = text in meta.keywords or text in meta.errors
        if match := (PLACEHOLDERS if is_quoted else BANNED_WORDS).search(text):
            problems.note(
                rule.path,
                number,
                f"the text says {match[0]!r}.",
                "Say what to do and what happens instead.",
            )


def _check_length(rule: Rule, problems: Problems) -> None:
    words: Counter[str] = Counter()
    section, begins = "", {"": rule.body_line}
    for line, number, is_code in lines(rule.body, rule.body_line):
        if is_code:
            continue
        if line.startswith("## "):
            section = line.removeprefix("## ")
            begins[section] = number
        elif not line.startswith("#"):
            words[section] += len(line.split())
    low, high = PROSE_WORDS
    total = words.total() - words["References"]
    if not low <= total <= high:
        problems.note(
            rule.path,
            rule.body_line,
            f"the page has {total} words of prose.",
            f"Write {low} to {high}, without headings and References.",
        )
    if words["Why"] > WHY_WORDS:
        problems.note(
            rule.path,
            begins["Why"],
            f"Why has {words['Why']} words.",
            f"Explain the mechanism in {WHY_WORDS}; exceptions are cases.",
        )


def _check_cases(rule: Rule, problems: Problems) -> None:
    """What the rule says of its edges is tried, and each case stands once."""
    if bool(rule.cases) == bool(rule.meta.no_cases):
        problems.note(
            rule.path,
            rule.meta_lines.get("no_cases", 1),
            "no_cases: in a rule with cases."
            if rule.cases
            else "the rule has no cases.",
            f"Try its edges in snippets/{rule.id}/cases.py, or say `no_cases: why`; "
            "not both.",
        )
    places: dict[str, Snippet] = {}
    for file in rule.cases:
        for phrase, line in cases.phrases(file):
            first = places.setdefault(phrase, file)
            if first is not file:
                problems.note(
                    file.path,
                    line,
                    f"the case {phrase!r} stands in {first.path.name} too.",
                    "Say what differs.",
                )


def _check_includes(rule: Rule, problems: Problems) -> None:
    """Python comes from snippet files only, and every file and region is shown."""
    used: set[tuple[Path, str]] = set()
    language = ""
    blank_before = True
    for line, number, is_code in lines(rule.body, rule.body_line):
        fence = FENCE.match(line)
        include = INCLUDE.match(line)
        if fence and not is_code:
            language = fence["info"].strip().lower().strip("{} ").lstrip(".")
        elif is_code and include:
            used.add(_check_include(rule, number, include, problems))
        elif is_code and not fence and language.split(" ")[0] not in OTHER_LANGUAGES:
            problems.note(
                rule.path,
                number,
                "Python is typed into the page.",
                f"Move it to snippets/{rule.id}/ and include it with --8<--.",
            )
        elif not is_code:
            _check_hidden_code(rule, number, line, blank_before, problems)
        blank_before = not line.strip()
    for snippet in rule.snippets:
        for region, (first, _) in sorted(snippet.regions.items()):
            if (snippet.path, region) not in used:
                problems.note(
                    snippet.path,
                    first - 1,
                    f"no page uses region {region!r}.",
                    f"Include it in docs/rules/{rule.id}.md or remove it.",
                )


def _check_hidden_code(
    rule: Rule, number: int, line: str, blank_before: bool, problems: Problems
) -> None:
    remedy = "Include a snippet file in a fenced block."
    if blank_before and re.match(r" {4}\S|\t", line):
        problems.note(rule.path, number, "an indented code block.", remedy)
    elif re.search(r"<(pre|code)\b", line):
        problems.note(rule.path, number, "code written as HTML.", remedy)


def _check_include(
    rule: Rule, number: int, include: re.Match[str], problems: Problems
) -> tuple[Path, str]:
    """Notes an include that leads nowhere; gives the file and the region it names."""
    target = problems.root / include["path"]
    snippet = {snippet.path: snippet for snippet in rule.snippets}.get(target)
    if snippet is None:
        problems.note(
            rule.path,
            number,
            f"{include['path']} is no snippet of this rule.",
            f"Include a file of snippets/{rule.id}/.",
        )
    elif include["region"] not in snippet.regions:
        problems.note(
            rule.path,
            number,
            f"{include['path']} has no region {include['region']!r}.",
            f"Its regions: {', '.join(snippet.regions) or 'none'}.",
        )
    return target, include["region"]


def check_snippet(snippet: Snippet, problems: Problems) -> None:
    """A snippet file on its own.

    Args:
        snippet: A file of a rule or of a guide.
        problems: Gets what is wrong.
    """
    if not snippet.is_guide and not SNIPPET_NAME.match(snippet.name):
        problems.note(
            snippet.path,
            1,
            f"{snippet.path.name} is no snippet name.",
            "Use incorrect, correct, cases or demo, with an optional _slug.",
        )
    if not re.match(r'"""[^"\n]+\."""$', snippet.lines[0] if snippet.lines else ""):
        problems.note(
            snippet.path,
            1,
            "line 1 is no one-line docstring.",
            'Write """One sentence that says what it shows.""".',
        )
    _check_expectation(snippet, problems)
    _check_directives(snippet, problems)
    _check_recording(snippet, problems)
    _check_lines(snippet, problems)
    if snippet.kind == "cases":
        for line, message, remedy in cases.faults(snippet):
            problems.note(snippet.path, line, message, remedy)
    else:
        _check_regions(snippet, problems)


def _check_expectation(snippet: Snippet, problems: Problems) -> None:
    def note(line: int, message: str, remedy: str) -> None:
        problems.note(snippet.path, line, message, remedy)

    if snippet.expect not in EXPECTATIONS:
        note(
            1,
            "no valid # expect: directive.",
            f"Use one of: {', '.join(EXPECTATIONS)}.",
        )
    elif bool(snippet.exception) != (snippet.expect == "raises"):
        note(
            2,
            f"# expect: {snippet.directives['expect']} is not understood.",
            "Only `raises` takes a name: # expect: raises ValueError.",
        )
    elif snippet.kind == "incorrect" and snippet.expect == "ok":
        note(
            2,
            "an incorrect file that ends well.",
            "Expect raises, wrong or crash, or call it demo_<slug>.py.",
        )
    elif snippet.kind != "incorrect" and snippet.expect in ("raises", "wrong"):
        note(
            2,
            f"a {snippet.kind} file that expects {snippet.expect}.",
            "Expect ok or crash, or call it incorrect.",
        )


def _check_directives(snippet: Snippet, problems: Problems) -> None:
    if snippet.needs and (
        snippet.needs not in DATABASES or " - " not in snippet.directives["needs"]
    ):
        problems.note(
            snippet.path,
            2,
            f"# needs: {snippet.directives['needs']} is not understood.",
            "Write `# needs: postgres - why`, or sqlite.",
        )
    if snippet.databases_differ and (snippet.kind, snippet.expect) != ("cases", "ok"):
        problems.note(
            snippet.path,
            2,
            "# databases: in a file that is none of cases, or crashes.",
            "Use `# needs:`, or put the rows into a cases_<slug>.py of their own.",
        )
    if snippet.since and not VERSION.fullmatch(snippet.since):
        problems.note(
            snippet.path,
            2,
            f"# since: {snippet.since} is not understood.",
            "Write the first dbos version that runs the file, as in `# since: 3.2`.",
        )
    if "database" in snippet.directives and not snippet.own_database:
        problems.note(
            snippet.path,
            2,
            f"# database: {snippet.directives['database']} is not understood.",
            "Write `# database: own - why`.",
        )
    if (DATABASE_URL in snippet.source) == bool(snippet.own_database):
        problems.note(
            snippet.path,
            2,
            f"the file reads {DATABASE_URL}, and says that it does not."
            if snippet.own_database
            else f"the file never reads {DATABASE_URL}, so it runs on SQLite alone.",
            "Read it, or say `# database: own - why`; not both.",
        )


def _check_snippets_since(rule: Rule, problems: Problems) -> None:
    """A file's `# since:` is later than its page's, or it says nothing new."""
    for snippet in rule.snippets:
        if not VERSION.fullmatch(snippet.since):
            continue
        if _version(snippet.since) <= _version(rule.meta.since):
            problems.note(
                snippet.path,
                2,
                f"# since: {snippet.since} in a rule since {rule.meta.since}.",
                "Remove the directive, or name a later version.",
            )


def _version(text: str) -> tuple[int, ...]:
    return tuple(map(int, text.split(".")))


def _check_recording(snippet: Snippet, problems: Problems) -> None:
    def note(message: str, remedy: str) -> None:
        problems.note(snippet.path, 1, message, remedy)

    if snippet.is_recorded and snippet.printed:
        note(
            f"#> lines in a file that expects {snippet.expect}.",
            "Remove them: its output is recorded in the .out file.",
        )
    if not snippet.is_recorded and not snippet.printed:
        note(
            "the file shows no output.",
            "Print the evidence; pytest --update-examples adds the #> lines.",
        )
    there = [path for path in snippet.recordings if path.exists()]
    remedy = "Run pytest --update-examples, or delete the file."
    for path in snippet.recordings:
        if path not in there:
            note(f"{path.name} is missing.", remedy)
    if snippet.recording.exists() and snippet.recording not in snippet.recordings:
        note(f"{snippet.recording.name} is not used.", remedy)
    if snippet.expect == "crash" and there:
        try:
            transcript.parse(snippet.recorded)
        except transcript.TranscriptError as error:
            problems.note(snippet.recording, error.line, error.message, error.remedy)


def _check_lines(snippet: Snippet, problems: Problems) -> None:
    def note(line: int, message: str, remedy: str) -> None:
        problems.note(snippet.path, line, message, remedy)

    limit = CASES_LINES if snippet.kind == "cases" else FILE_LINES
    if len(snippet.lines) > limit:
        message = f"the file has {len(snippet.lines)} lines."
        note(limit, message, f"Keep it to {limit}.")
    for number, line in enumerate(snippet.lines, 1):
        if len(line) > LINE_LENGTH:
            note(number, "the line is too long.", f"Keep it to {LINE_LENGTH}.")
        if re.search(r"#.*\b(noqa|type: ignore|pyrefly: ignore)\b", line):
            note(number, "a waiver in a snippet.", "Mend the code instead.")
        if re.search(r"\bTODO\b", line):
            note(number, "a TODO.", "Write what belongs there.")
        if line.strip() == "'''":
            note(
                number,
                "an output too long for one #> line.",
                "Print less, or in several lines.",
            )


def _check_regions(snippet: Snippet, problems: Problems) -> None:
    edges = [
        (match["name"], match["edge"], number)
        for number, line in enumerate(snippet.lines, 1)
        if (match := REGION.match(line))
    ]
    for name in sorted({name for name, _, _ in edges} | {"rule"}):
        order = [edge for other, edge, _ in edges if other == name]
        if order != ["start", "end"]:
            line = next((at for other, _, at in edges if other == name), 1)
            problems.note(
                snippet.path,
                line,
                f"region {name!r} has the markers {order}.",
                "Write one start and one end marker.",
            )
    for name, (first, last) in snippet.regions.items():
        code = [
            line
            for line in snippet.lines[first - 1 : last]
            if line.strip() and not REGION.match(line)
        ]
        if not 1 <= len(code) <= REGION_LINES:
            problems.note(
                snippet.path,
                first,
                f"region {name!r} has {len(code)} lines of code.",
                f"Show 1 to {REGION_LINES}.",
            )


def _check_pairs(snippets: Sequence[Snippet], problems: Problems) -> None:
    """Twins are the same but for what the page shows, and end differently."""
    by_name = {snippet.name: snippet for snippet in snippets}
    for wrong in snippets:
        if wrong.kind != "incorrect":
            continue
        # Several wrong ways may share one right way.
        right = by_name.get(wrong.twin_name) or by_name.get("correct")
        if right is None:
            problems.note(
                wrong.path,
                1,
                "no correct twin beside it.",
                "Write the correct twin, or call this one demo_<slug>.py.",
            )
        else:
            _check_pair(wrong, right, problems)


def _check_pair(wrong: Snippet, right: Snippet, problems: Problems) -> None:
    same = wrong.outside_regions == right.outside_regions
    explained = "differs" in wrong.directives
    if not same and not explained:
        problems.note(
            wrong.path,
            _first_difference(wrong, right),
            f"differs from {right.path.name} outside the regions.",
            "Move the difference into the region, or say `# differs: why`.",
        )
    if same and explained:
        problems.note(
            wrong.path,
            2,
            f"# differs: but it is the same as {right.path.name}.",
            "Remove the directive.",
        )
    if wrong.evidence and wrong.evidence == right.evidence:
        problems.note(
            wrong.path,
            1,
            f"prints the same as {right.path.name}.",
            "Print the evidence of what goes wrong, or call it demo_<slug>.py.",
        )


def _first_difference(wrong: Snippet, right: Snippet) -> int:
    """The first line of the wrong file that its twin does not have there, or 1."""
    pairs = zip(wrong.outside_regions, right.outside_regions, strict=False)
    line = next((ours for ours, theirs in pairs if ours != theirs), None)
    return wrong.lines.index(line) + 1 if line in wrong.lines else 1


def check_guides(guides: Sequence[Snippet], problems: Problems) -> None:
    """Every region of a guide's program is shown.

    Args:
        guides: The snippets of pages that are no rules.
        problems: Gets what is wrong.
    """
    sources = sorted(problems.root.glob("docs/*.md"))
    pages = "".join(path.read_text("utf-8") for path in sources)
    for snippet in guides:
        name = snippet.path.relative_to(problems.root).as_posix()
        for region, (line, _) in snippet.regions.items():
            if f'"{name}:{region}"' not in pages:
                problems.note(
                    snippet.path,
                    line - 1,
                    f"no page uses region {region!r}.",
                    "Include it in a page in docs/ or remove it.",
                )


def check_across(rules: Sequence[Rule], problems: Problems) -> None:
    """What only shows when all rules are seen together.

    Args:
        rules: All that were read.
        problems: Gets what is wrong.
    """
    ids = {path.stem for path in problems.root.glob("docs/rules/*.md")} - {"index"}
    retired = {rule.id for rule in rules if rule.is_retired}
    titles: dict[str, Rule] = {}
    aliases: dict[str, Rule] = {}
    for rule in rules:
        _check_related(rule, ids, retired, problems)
        _check_life(rule, ids, retired, problems)
        for alias in rule.meta.aliases:
            if not RULE_ID.match(alias) or alias in ids or alias in aliases:
                problems.note(
                    rule.path,
                    rule.meta_lines["aliases"],
                    f"alias {alias!r} is no rule id, or is in use.",
                    "Name an id that this rule had before and that no other has.",
                )
            aliases[alias] = rule
        if rule.title in titles:
            problems.note(
                rule.path,
                rule.meta_lines["title"],
                f"title of {titles[rule.title].id} too.",
                "Say what is special about this rule.",
            )
        titles[rule.title] = rule
    for folder in sorted(problems.root.glob("snippets/*/")):
        _check_folder(folder, ids, problems)


def _check_related(
    rule: Rule, ids: set[str], retired: set[str], problems: Problems
) -> None:
    for other in rule.meta.related:
        if other not in ids or other == rule.id or other in retired:
            what = "is retired" if other in retired else "does not exist"
            problems.note(
                rule.path,
                rule.meta_lines["related"],
                f"related rule {other!r} {what}.",
                "Name another rule's id.",
            )


def _check_life(
    rule: Rule, ids: set[str], retired: set[str], problems: Problems
) -> None:
    other = rule.meta.replaced_by
    if not other:
        return
    line = rule.meta_lines["replaced_by"]
    if not rule.is_retired:
        problems.note(
            rule.path,
            line,
            "replaced, but not retired.",
            "Add `status: retired`, or remove `replaced_by`.",
        )
    if other not in ids - retired:
        problems.note(
            rule.path, line, f"no rule {other!r} holds.", "Name a rule that does."
        )


def _check_folder(folder: Path, ids: set[str], problems: Problems) -> None:
    files = [file for file in folder.iterdir() if file.name != "__pycache__"]
    if files and folder.name not in ids and not folder.name.startswith("_"):
        problems.note(
            folder,
            1,
            "snippets without a page.",
            f"Write docs/rules/{folder.name}.md or remove the folder.",
        )
    for file in files:
        stem = file.name.partition(".")[0]
        of_database = file.name in [f"{stem}.{name}.out" for name in DATABASES]
        shared = folder.name == UTILITIES and file.suffix == ".yml"
        belongs = (
            file.suffix == ".py"
            or file.name == CHECKS
            or shared
            or (
                (of_database or file.name == f"{stem}.out")
                and file.with_name(f"{stem}.py").exists()
            )
        )
        if not belongs:
            problems.note(file, 1, "belongs to no snippet.", "Remove the file.")
