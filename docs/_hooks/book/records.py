"""What front matter and data files may hold, as models that check it.

A model is the only home of what a key may be. Its errors come back as a message and a
remedy, for whoever knows the file and the line.
"""

from typing import Any, ClassVar, Literal, NamedTuple

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from pydantic_core import ErrorDetails

from book.vocabulary import IMPACTS, MESSAGE_LENGTH, TAGS, Impact, Tag


class Fault(NamedTuple):
    """What is wrong with one key of a record, and what to do about it."""

    key: str
    message: str
    remedy: str


class Record(BaseModel):
    """A mapping in a file that people write."""

    model_config = ConfigDict(
        extra="forbid", frozen=True, strict=True, populate_by_name=True
    )
    #: What messages call such a mapping.
    NOUN: ClassVar[str] = "the record"
    #: What to write, for keys where a list of their values would not say it.
    REMEDIES: ClassVar[dict[str, str]] = {}

    @classmethod
    def names(cls) -> list[str]:
        """The names of all keys, as the file writes them."""
        return [field.alias or name for name, field in cls.model_fields.items()]

    @classmethod
    def faults(cls, data: Any) -> list[Fault]:
        """All that is wrong with a mapping; nothing when it makes such a record.

        Args:
            data: What a YAML file holds.
        """
        try:
            cls.model_validate(data)
        except ValidationError as error:
            return list(dict.fromkeys(map(cls._fault, error.errors())))
        return []

    @classmethod
    def _fault(cls, error: ErrorDetails) -> Fault:
        key = str(error["loc"][0]) if error["loc"] else ""
        if not key:
            return Fault(
                "", f"{cls.NOUN} is no mapping.", f"Write the keys {cls._known()}."
            )
        if error["type"] == "missing":
            return Fault(key, f"{cls.NOUN} has no {key}.", f"Add `{key}:` to it.")
        if error["type"] == "extra_forbidden":
            return Fault(key, f"unknown key {key}.", f"Known keys: {cls._known()}.")
        verb = "is" if len(error["loc"]) == 1 else "has"
        remedy = cls.REMEDIES.get(key) or "Write a text."
        return Fault(key, f"{key} {verb} {error['input']!r}.", remedy)

    @classmethod
    def _known(cls) -> str:
        return ", ".join(cls.names())


LIST_OF_TEXTS = "Write a list of texts, `[a, b]`, or `[]`."
ONE_IMPACT = f"Use one of: {', '.join(IMPACTS)}."


class PageMeta(Record):
    """Front matter that rules and categories share."""

    NOUN: ClassVar[str] = "front matter"

    title: str = Field(min_length=1)
    description: str = Field(min_length=1)
    impact: Impact


class CategoryMeta(PageMeta):
    """Front matter of a category's page."""

    REMEDIES: ClassVar[dict[str, str]] = {
        "impact": ONE_IMPACT,
        "priority": "Write 1 for the category to read first.",
    }

    priority: int
    prefix: str


class RuleMeta(PageMeta):
    """Front matter of a rule's page."""

    REMEDIES: ClassVar[dict[str, str]] = {
        "impact": ONE_IMPACT,
        "tags": f"Name at least one of: {', '.join(TAGS)}; new ones go into "
        "docs/_hooks/book/vocabulary.py.",
        "since": 'Write the first dbos version, as in "3.0".',
        "keywords": "Write a list of at least one text, `[a, b]`.",
        "asked": LIST_OF_TEXTS,
        "errors": LIST_OF_TEXTS,
        "related": LIST_OF_TEXTS,
        "status": "Write `retired`, or leave the key out.",
        "replaced_by": "Name one rule by its id, or leave the key out.",
        "aliases": "Write a list of former ids, `[a, b]`.",
        "no_cases": "Say why nothing can be tried, or leave the key out.",
    }

    tags: list[Tag] = Field(min_length=1)
    since: str = Field(pattern=r"^\d+\.\d+$")
    keywords: list[str] = Field(min_length=1)
    asked: list[str] = []
    errors: list[str]
    related: list[str]
    status: Literal["active", "retired"] = "active"
    replaced_by: str = Field("", min_length=1)
    aliases: list[str] = []
    no_cases: str = Field("", min_length=1)


class ErrorRow(Record):
    """A row of `errors.yml`, with what every section of it has."""

    NOUN: ClassVar[str] = "the row"
    REMEDIES: ClassVar[dict[str, str]] = {
        "anchor": "Use small letters, digits and hyphens.",
        "code": "Write dbos's number, or null.",
        "level": "Use warning or error.",
        "rules": "Name rules by their ids.",
    }

    anchor: str = Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")
    text: str
    cause: str = Field(min_length=1)
    rules: list[str] = []
    reference: str = ""


class RaisedRow(ErrorRow):
    """An exception without a code of dbos."""

    kind: str = Field(alias="class", min_length=1)


class CodeRow(RaisedRow):
    """An exception of dbos that mostly has a code."""

    code: int | None


class LogRow(ErrorRow):
    """A line in the log."""

    level: Literal["warning", "error"]


class TermRow(Record):
    """A row of `terms.yml`."""

    NOUN: ClassVar[str] = "the row"
    REMEDIES: ClassVar[dict[str, str]] = {
        "anchor": ErrorRow.REMEDIES["anchor"],
        "forms": "Write a list of at least one text, `[a, b]`.",
        "text": "Write one to three sentences.",
        "rule": "Name the rule that shows it by its id.",
    }

    anchor: str = Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")
    term: str = Field(min_length=1)
    forms: list[str] = Field(min_length=1)
    text: str = Field(pattern=r"\.$")
    rule: str = Field(min_length=1)


class EvalRow(Record):
    """A row of `evals.yml`: a prompt for a rule, and what a good answer meets."""

    NOUN: ClassVar[str] = "the row"
    REMEDIES: ClassVar[dict[str, str]] = {
        "id": "Take the next number that no row has.",
        "rule": "Name a rule by its id.",
        "assertions": "Write a list of two to four mappings, each with a `text:`.",
    }

    id: int = Field(ge=1)
    rule: str = Field(min_length=1)
    prompt: str = Field(min_length=1)
    assertions: list[Any] = Field(min_length=2, max_length=4)


class AssertionRow(Record):
    """One of the assertions of an eval; at most one key says how code shows it."""

    NOUN: ClassVar[str] = "the assertion"
    REMEDIES: ClassVar[dict[str, str]] = {
        "text": "Write one sentence in one line, which ends with a full stop.",
        "code": "Write a regular expression.",
        "no_code": "Write a regular expression.",
        "pair": "Name the slug of `incorrect_<slug>.py`, or leave the key out.",
        "check": "Name a static check of the rule by its id.",
    }

    text: str = Field(pattern=r"^[^\n]+\.$")
    code: str = Field("", min_length=1)
    no_code: str = Field("", min_length=1)
    pair: str = Field("", pattern=r"^[a-z0-9]+(_[a-z0-9]+)*$")
    check: str = Field("", min_length=1)


class Queries(Record):
    """What users write, in `evals.yml`: what should wake the skill, and what not."""

    NOUN: ClassVar[str] = "`queries`"
    REMEDIES: ClassVar[dict[str, str]] = dict.fromkeys(
        ("should_trigger", "should_not_trigger"),
        "Write a list of at least one text.",
    )

    should_trigger: list[str] = Field(min_length=1)
    should_not_trigger: list[str] = Field(min_length=1)


class CheckMetadata(Record):
    """What a check says of itself to this catalogue."""

    also: list[str] = []


class PatternDocument(Record):
    """What checks and utilities share: an id, and a pattern of ast-grep's."""

    REMEDIES: ClassVar[dict[str, str]] = {
        "id": "Use small letters, digits and hyphens.",
        "language": "Write `language: python`.",
        "severity": "Use error where dbos raises or the code is surely wrong, or else "
        "warning.",
        "message": "Write one sentence in one line, which ends with a full stop.",
        "rule": "Write a mapping: a rule of ast-grep's.",
        "metadata": "Write `also:` with a list of names of files, or leave it out.",
    }

    language: Literal["python"]
    rule: dict[str, Any] = Field(min_length=1)


class UtilityDocument(PatternDocument):
    """A pattern that checks name with `matches`."""

    NOUN: ClassVar[str] = "the utility"

    id: str = Field(pattern=r"^[a-z]+(-[a-z]+)*$")


class CheckDocument(PatternDocument):
    """A check of a rule, in `check.yml`."""

    NOUN: ClassVar[str] = "the check"

    id: str = Field(pattern=r"^[a-z]+(-[a-z0-9]+)+(/[a-z0-9]+(-[a-z0-9]+)*)?$")
    severity: Literal["error", "warning"]
    message: str = Field(pattern=r"^[^\n]+\.$", max_length=MESSAGE_LENGTH)
    constraints: dict[str, Any] = {}
    metadata: CheckMetadata = CheckMetadata()
