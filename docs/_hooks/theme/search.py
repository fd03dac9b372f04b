"""The search index: what a page is found by, and which of its texts answers.

The theme's dialog asks for the first file, which has the rules alone, so that a first
result is soon there. The worker in `search/` then asks for the rest, and for the
sentences of the rules that it finds. All is made from the pages' sources: Material's
own plugin indexes a page's HTML, so that a rule's program weighs more than its title.
"""

import html
import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from markdown.extensions.toc import slugify

from book import errors, terms
from book.cases import cases_of
from book.markdown import HEADING, SPAN, blocks, is_code
from book.model import Catalog, Category, Rule
from pages import mentions
from pages.navigation import REFERENCE
from theme import vendored

#: What of the worker is ours.
WORKER = Path(__file__).with_name("search") / "worker.js"
#: The file that the theme's dialog asks for, and the one that the worker asks for.
FIRST, REST = "search/search_index.json", "search/rest.json"
#: Where JavaScript cuts a text: between words, and at the punctuation of calls and
#: messages, but not inside a name. `DBOS.get_event()` is `DBOS` and `get_event`.
SEPARATOR = r"""[\s\-.,:;!?=<>()\[\]{}"'`´’“”/\\&*+#@$%^~|]+"""
#: Words that people use for the same thing, here or elsewhere.
SYNONYMS = """
job task workflow
cron schedule periodic recurring
throttle limit rate
dedupe dedup deduplication duplicate deduplicate
twice duplicate double again
kill cancel abort terminate stop
crash die killed
hang stuck block freeze forever
resume recover restart continue
wait await block join
pause sleep delay suspend
later delay
fail error exception raise
retry attempt rerun
lost lose missing disappear vanish
slow latency performance
parallel concurrent concurrency simultaneous
fan parallel
rollback undo compensate compensation revert saga
deploy release upgrade rollout
db database postgres postgresql
sqlite database
notify signal message send
progress event status
lock exclusive mutex single
purge delete cleanup retention prune
random nondeterministic determinism
pickle serialize serialization json
param parameter argument input
return result output
log logging
trace tracing span opentelemetry
monitor observability metric dashboard inspect
ui dashboard console
config configuration setting option environment
priority urgent important
user customer tenant
partition tenant
child subworkflow nested
thread pool executor
pod process worker executor instance replica server
sigterm shutdown stop graceful
unit test pytest fixture
mock fake test
expire timeout deadline
exactly once idempotent idempotency
charge payment billed paid
credential password secret
version upgrade
name rename
move rename refactor
batch bulk
list query search find
webhook http request endpoint
fastapi flask django
agent llm ai model
consumer worker listener
publish enqueue submit dispatch
memory ram
cost price
remove removed deprecated gone
migrate migration upgrade port
"""
#: Lists that are indexed row by row, or not at all.
_LISTS = {
    "errors.md": {
        "title": "Errors",
        "text": "Every error of dbos and its log warnings: text, cause and rule.",
    },
    "coming-from.md": {
        "title": "Coming from another system",
        "text": "Words of Celery, Temporal, Airflow, Prefect, Inngest, Step Functions "
        "and cron, the words of DBOS, and the rules.",
    },
    "terms.md": {
        "title": "Terms",
        "text": "A glossary: what words mean on these pages, one definition each.",
    },
}
#: The share of the rules from which on a word is in too many to lead to one.
_COMMON = 0.25
#: So many characters of a guide's section are searched: with its title, they say
#: what it is about.
_GUIDE = 120
_RAISED = re.compile(r"(?m)^\S*(?:Error|Exception|Warning)\b.*$")
_SENTENCE = re.compile(r"(?<=[.!?])\s+")
#: A paragraph, an item or a row ends where the next begins.
_PARAGRAPH = re.compile(r"\n\s*\n|\n(?=[-*] |\d+\. |\||#)")
_NO_SENTENCES = re.compile(r"\s*(?:[|<{]|!!!|\?\?\?|--8<--)")
NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")

Document = dict[str, Any]
Address = Callable[[str], str]


def rules(catalog: Catalog, address: Address) -> list[Document]:
    """A document for each rule, with what is said about it as a whole.

    Args:
        catalog: The whole catalogue.
        address: Gives a page's address, given its file below docs/.
    """
    return [
        {
            "location": address(f"rules/{rule.id}.md"),
            "kind": "rule",
            "title": rule.title,
            "text": rule.description,
            "tags": [rule.id, catalog.category_of(rule).title, rule.impact_label],
            "keywords": rule.meta.keywords,
        }
        for rule in catalog.rules
    ]


def rest(
    catalog: Catalog, address: Address, guides: Iterable[Document]
) -> dict[str, Any]:
    """What is no rule, as documents, and the places in rules, by page and section.

    A place is a text, what it came to, and its address where that is on another page.
    `words` is no place: it has the words that a page's other texts lack.

    Args:
        catalog: The whole catalogue.
        address: Gives a page's address, given its file below docs/.
        guides: The documents that Material's plugin made.
    """
    entries = errors.entries(catalog)
    on_errors = {entry: f"{address('errors.md')}#{entry.anchor}" for entry in entries}
    words = _words(catalog)
    return {
        "docs": [
            *(
                _category(category)
                | {"location": address(f"categories/{category.slug}/index.md")}
                for category in catalog.categories
            ),
            *(
                {
                    "location": f"{address('terms.md')}#{term.anchor}",
                    "kind": "term",
                    "title": term.name,
                    "text": said(term.text),
                }
                for term in terms.entries(catalog)
            ),
            *(
                {
                    "location": location,
                    "kind": "error",
                    "title": entry.title,
                    "text": said(entry.cause),
                    "keywords": [_raised(entry)],
                }
                for entry, location in on_errors.items()
                if not entry.rules
            ),
            *(
                {"location": address(page), "kind": "guide"} | shown
                for page, shown in _LISTS.items()
            ),
            *_guides(guides, address("faq.md")),
        ],
        "places": {
            address(f"rules/{rule.id}.md"): {
                "cases": _cases(rule),
                "errors": [
                    [_raised(entry), said(entry.cause), location]
                    for entry, location in on_errors.items()
                    # Several rules may name an error; the first answers it best.
                    if entry.rules[:1] == (rule.id,)
                ],
                "words": [[words[rule.id]]],
            }
            for rule in catalog.rules
        },
    }


def complete(site: Path, catalog: Catalog, address: Address, *, offline: bool) -> None:
    """Writes the index, and the worker that reads it.

    Args:
        site: The built site, with the index that Material's plugin made.
        catalog: The whole catalogue.
        address: Gives a page's address, given its file below docs/.
        offline: Whether the site is to be opened from a folder, where no script can ask
            for a file.
    """
    path = site / FIRST
    made = json.loads(path.read_text("utf-8"))
    more = rest(catalog, address, made["docs"])
    reference = _reference(catalog, site, address)
    more["docs"] += reference["docs"]
    more["names"] = reference["names"]
    synonyms = [line.split() for line in SYNONYMS.strip().splitlines()]
    config: dict[str, Any] = {"separator": SEPARATOR, "synonyms": synonyms}
    index = {"config": config, "docs": rules(catalog, address)}
    said_by = {rule.id: sentences(rule.body) for rule in catalog.rules}
    if offline:
        config |= {"rest": more, "sentences": said_by}
    else:
        (site / REST).write_text(_json(more), "utf-8")
        for rule, sections in said_by.items():
            (site / f"search/{rule}.json").write_text(_json(sections), "utf-8")
    path.write_text(_json(index), "utf-8")
    (worker,) = site.glob("assets/javascripts/workers/search.*.min.js")
    worker.write_text(script(), "utf-8")


def script() -> str:
    """The worker, with all that it needs."""
    return "\n".join(
        [
            vendored.licences("search"),
            vendored.script("search", "minisearch.js"),
            vendored.script("search", "stemmer.js").replace(
                "export function", "function"
            ),
            WORKER.read_text("utf-8"),
        ]
    )


def said(markdown: str) -> str:
    """A text without its markup, as a page shows it.

    Args:
        markdown: A sentence, or several.
    """
    text = SPAN.sub(
        # An asterisk in code is no emphasis.
        lambda span: (
            span["code"].strip("` ").replace("*", "\0")
            if span["code"]
            else span["text"].replace("`", "")
        ),
        markdown,
    )
    return " ".join(re.sub(r"\*+([^*]+)\*+", r"\1", text).replace("\0", "*").split())


def sentences(body: str) -> dict[str, list[str]]:
    """The sentences of a rule's page, by the anchor of their section.

    Args:
        body: The page without front matter.
    """
    found: dict[str, list[str]] = {}
    anchor = ""
    for block in blocks(body):
        for paragraph in () if is_code(block) else _PARAGRAPH.split(block):
            if heading := HEADING.match(paragraph):
                anchor = slugify(said(heading["text"]), "-")
            elif anchor != "references" and not _NO_SENTENCES.match(paragraph):
                text = said(re.sub(r"^\s*(?:[-*]|\d+\.) ", "", paragraph))
                found.setdefault(anchor, []).extend(filter(None, _SENTENCE.split(text)))
    return found


def _cases(rule: Rule) -> list[list[str]]:
    return [
        [said(case.phrase), " / ".join(map(said, case.results))]
        for file in rule.snippets
        if file.kind == "cases"
        for case in cases_of(file)
    ]


def _raised(entry: errors.Entry) -> str:
    """An error as the last line of a traceback has it, with its class."""
    named = not entry.kind or entry.printed.startswith(entry.kind)
    return entry.printed if named else f"{entry.kind}: {entry.printed}"


def _category(category: Category) -> Document:
    return {
        "kind": "category",
        "title": category.title,
        "text": category.description,
        "tags": ["category", category.impact_label],
    }


def _guides(guides: Iterable[Document], questions: str) -> Iterator[Document]:
    """The sections of the pages that Material's plugin read, without their HTML."""
    for guide in guides:
        text = _unmarked(guide["text"])
        is_question = guide["location"].startswith(f"{questions}#")
        if not is_question:
            text = text[: text.rfind(" ", 0, _GUIDE)] if len(text) > _GUIDE else text
        # A heading with nothing below it says nothing; a page's title does.
        if text or "#" not in guide["location"]:
            yield {
                "location": guide["location"],
                "kind": "question" if is_question else "guide",
                "title": _unmarked(guide["title"]),
                "text": text,
            }


def _unmarked(text: str) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", text)).split())


def _reference(catalog: Catalog, site: Path, address: Address) -> dict[str, Any]:
    """The pages of the API reference, and the names that each has.

    Without the package's name, and of a class's parts without the class, which the
    worker puts before them again.
    """
    docs, places = [], {}
    for source in REFERENCE:
        page = catalog.root / "docs" / source
        title = re.search(r"(?m)^# (.+)$", page.read_text("utf-8"))
        path = address(source)
        file = site / (f"{path}index.html" if path.endswith("/") else path)
        headings = mentions.HEADING.finditer(file.read_text("utf-8"))
        owners: dict[str, list[str]] = {}
        for heading in headings:
            owner, _, name = heading["name"].rpartition(".")
            owners.setdefault(owner, []).append(name)
        assert title
        docs.append(
            {
                "location": path,
                "kind": "api",
                "title": title[1],
                "text": "API reference",
            }
        )
        places[path] = {owner: " ".join(names) for owner, names in owners.items()}
    return {"docs": docs, "names": places}


def _words(catalog: Catalog) -> dict[str, str]:
    """By rule, the words of its sentences and of what is asked, beyond those it has.

    They are sorted: the order says nothing, and neighbours alike compress better.
    """
    found = {rule.id: _own_words(rule) for rule in catalog.rules}
    pages = Counter(word for words in found.values() for word in words)
    return {
        rule: " ".join(sorted(w for w in words if pages[w] <= _COMMON * len(found)))
        for rule, words in found.items()
    }


def _own_words(rule: Rule) -> list[str]:
    known = [rule.title, rule.description, *rule.meta.keywords, *rule.meta.errors]
    known += [text for case in _cases(rule) for text in case]
    told = [text for texts in sentences(rule.body).values() for text in texts]
    # A message as it came, where the rule's front matter has a placeholder.
    told += [text for file in rule.snippets for text in _RAISED.findall(file.output)]
    without = {*_names(known)}
    return [word for word in _names([*rule.meta.asked, *told]) if word not in without]


def _names(texts: Iterable[str]) -> list[str]:
    """The different words of texts, in small letters, in order of appearance."""
    found = (name.lower() for name in NAME.findall(" ".join(texts)))
    return [word for word in dict.fromkeys(found) if len(word) > 1]


def _json(content: object) -> str:
    return json.dumps(content, ensure_ascii=False, separators=(",", ":"))
