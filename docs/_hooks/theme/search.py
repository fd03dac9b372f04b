"""The search index: what a rule is found by.

One entry a rule, made from its page's source: Material's own plugin would index the
page's HTML, so that a rule's program weighs more than its title.
"""

import html
import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

from book import errors
from book.cases import cases_of
from book.model import Catalog, Category, Rule

#: Settings of the search worker.
CONFIG = {
    # How much a hit counts, by where it is. `words` is all the rest of a page.
    "fields": {
        "title": {"boost": 8},
        "keywords": {"boost": 6},
        "errors": {"boost": 4},
        "tags": {"boost": 3},
        "text": {"boost": 3},
        "words": {"boost": 1},
    },
    # Where JavaScript cuts a text: between words, and at the punctuation of calls and
    # messages, but not inside a name. `DBOS.get_event()` is `DBOS` and `get_event`.
    "separator": r"""[\s\-.,:;!?=<>()\[\]{}"'`´’“”/\\&*+#@$%^~]+""",
    # How lunr reduces a word. None is left out: "at least once", "one at a time".
    "pipeline": ["stemmer"],
}
#: The share of the rules from which on a word is in too many to lead to one.
COMMON = 0.4
NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
#: A border inside a name: `Set|Workflow|ID`, `get|event`.
BORDER = re.compile(r"_+|(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")


def documents(catalog: Catalog, address: Callable[[str], str]) -> list[dict[str, Any]]:
    """An entry for each rule, category and error, as Material's search worker reads it.

    An error that a rule answers is found as that rule.

    Args:
        catalog: The whole catalogue.
        address: Gives a page's address, given its file below docs/.
    """
    entries = errors.entries(catalog)
    rules = [
        _rule(catalog, rule, entries) | {"location": address(f"rules/{rule.id}.md")}
        for rule in catalog.rules
    ]
    _drop_common_words(rules)
    return [
        *rules,
        *(
            _category(category)
            | {"location": address(f"categories/{category.slug}/index.md")}
            for category in catalog.categories
        ),
        {
            "location": address("errors.md"),
            "title": "Errors",
            "text": "Every error of dbos and its log warnings: text, cause and rule.",
            "tags": ["errors"],
            "boost": 0.5,
        },
        {
            "location": address("coming-from.md"),
            "title": "Coming from another system",
            "text": "Words of Celery, Temporal, Airflow, Prefect, Inngest, Step "
            "Functions and cron, the words of DBOS, and the rules.",
            "tags": ["terms"],
            "boost": 0.5,
        },
        {
            "location": address("terms.md"),
            "title": "Terms",
            "text": "A glossary: what words mean on these pages, one definition each.",
            "tags": ["terms"],
            "boost": 0.5,
        },
        *(
            _error(entry) | {"location": f"{address('errors.md')}#{entry.anchor}"}
            for entry in entries
            if not entry.rules
        ),
    ]


def complete(site: Path, documents: list[dict[str, Any]]) -> None:
    """Adds entries to the index, and to the worker how a query is read.

    Args:
        site: The built site.
        documents: As the function of that name gives them.
    """
    index = site / "search/search_index.json"
    content = json.loads(index.read_text("utf-8"))
    content["docs"] = [*documents, *content["docs"]]
    content["config"] |= CONFIG
    index.write_text(json.dumps(content, separators=(",", ":")), "utf-8")
    (worker,) = site.glob("assets/javascripts/workers/search.*.min.js")
    query = Path(__file__).with_name("search.js").read_text("utf-8")
    # A rebuild finds the file that the last build completed.
    own = worker.read_text("utf-8").removeprefix(query)
    worker.write_text(query + own, "utf-8")


def _error(entry: errors.Entry) -> dict[str, Any]:
    return {
        "title": html.escape(entry.title, quote=False),
        "text": html.escape(entry.cause, quote=False),
        "errors": [entry.printed],
    }


def _category(category: Category) -> dict[str, Any]:
    return {
        "title": category.title,
        "text": html.escape(category.description, quote=False),
        "tags": ["category", category.impact_label],
        # Who types a category's name wants its first rule, not the list.
        "boost": 0.5,
    }


def _rule(
    catalog: Catalog, rule: Rule, entries: Sequence[errors.Entry]
) -> dict[str, Any]:
    # Several rules may name an error; it counts for the one that answers it best.
    own = [entry for entry in entries if entry.rules[:1] == (rule.id,)]
    keywords = [*rule.meta.keywords, *dict.fromkeys(entry.title for entry in own)]
    texts = [entry.printed for entry in own]
    shown = [rule.title, rule.description, *keywords, *texts]
    page = [*rule.meta.errors, rule.body, *_code(rule)]
    known = set(words(shown))
    return {
        # The worker marks hits in these two and shows them as HTML.
        "title": html.escape(rule.title, quote=False),
        "text": html.escape(rule.description, quote=False),
        "tags": [rule.id, catalog.category_of(rule).title, rule.impact_label],
        "keywords": keywords,
        "errors": texts,
        "words": [
            word for word in words([*shown, *page], parts=True) if word not in known
        ],
    }


def _drop_common_words(rules: list[dict[str, Any]]) -> None:
    """Keeps the words that tell rules apart: a visitor loads the index first of all."""
    pages = Counter(word for rule in rules for word in rule["words"])
    for rule in rules:
        rule["words"] = " ".join(
            word for word in rule["words"] if pages[word] <= len(rules) * COMMON
        )


def _code(rule: Rule) -> Iterable[str]:
    for snippet in rule.snippets:
        if snippet.kind == "cases":
            # What is asked is searched for, not what the program did to answer.
            yield from (case.phrase for case in cases_of(snippet))
            continue
        yield from (snippet.region(name) for name in snippet.regions)
        yield snippet.output


def words(texts: Iterable[str], parts: bool = False) -> list[str]:
    """The different words of texts, in small letters, in order of appearance.

    Args:
        texts: Any texts.
        parts: Also give the parts of names: `set`, `workflow` and `id` for
            `SetWorkflowID`.
    """
    found: dict[str, None] = {}
    for name in NAME.findall(" ".join(texts)):
        found[name.lower()] = None
        if parts:
            for part in BORDER.split(name):
                found[part.lower()] = None
    return [word for word in found if len(word) > 1]
