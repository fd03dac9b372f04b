"""rules.json: every rule's facts for programs, and their schema. Pure.

The models below are both: what is written, and its JSON Schema.
"""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field
from pydantic.json_schema import GenerateJsonSchema

from book.model import Rule, Snippet
from book.vocabulary import DATABASES, RULE_ID, Impact, Tag
from exports.edition import Site
from pages.render import PROOFS

DIALECT = GenerateJsonSchema.schema_dialect
OUTCOMES = sorted({label.lower() for label, _ in PROOFS.values()})

Text = Annotated[str, Field(min_length=1)]
Texts = Annotated[list[Text], Field(json_schema_extra={"uniqueItems": True})]
Address = Annotated[Text, Field(json_schema_extra={"format": "uri-reference"})]
RuleId = Annotated[str, Field(pattern=RULE_ID.pattern)]
Database = Literal["sqlite", "postgres"]
Outcome = Annotated[str, Field(json_schema_extra={"enum": OUTCOMES})]


class _Entry(BaseModel):
    model_config = ConfigDict(extra="forbid")


class SnippetEntry(_Entry):
    """A program, and what its run showed."""

    path: str = Field(pattern=r"^snippets/[a-z0-9-]+/[a-z0-9_]+\.py$")
    kind: Literal["incorrect", "correct", "cases", "demo"]
    outcome: Outcome
    since: str = Field(
        pattern=r"^\d+\.\d+$", description="The first dbos version that runs it."
    )
    databases: list[Database] = Field(
        description="Where it was run; none for a program that makes its own."
    )


class CheckEntry(_Entry):
    """A static check of a rule."""

    id: Text
    severity: Literal["error", "warning"]
    message: Text
    programs: Texts = Field(description="The programs that it was seen to report.")


class RuleEntry(_Entry):
    """A rule."""

    id: RuleId = Field(description="The rule's permanent name.")
    aliases: list[RuleId] = Field(description="Names that it had before.")
    title: Text
    description: Text
    impact: Impact = Field(description="What a violation costs.")
    category: Text
    tags: list[Tag] = Field(min_length=1)
    since: str = Field(
        pattern=r"^\d+\.\d+$",
        description="The first dbos version where the advice holds.",
    )
    failures: list[Literal["fails", "unsafe", "wrong"]] = Field(
        description="What the incorrect programs do: raise, repeat or lose an effect "
        "after a crash, or end with a wrong result."
    )
    keywords: Texts = Field(description="Symptoms and other names, to search in.")
    errors: Texts = Field(description="Error texts; braces stand for what differs.")
    related: list[RuleId]
    address: Address
    markdown: Address
    snippets: list[SnippetEntry] = Field(min_length=1)
    checks: list[CheckEntry] = Field(description="None where code does not show it.")


class RetiredEntry(_Entry):
    """A rule that no longer holds; its page says why."""

    id: RuleId
    title: Text
    replaced_by: RuleId | None
    address: Address


class CategoryEntry(_Entry):
    """A category."""

    name: Text
    prefix: Text
    priority: int = Field(ge=1)
    impact: Impact
    description: Text


class Rules(_Entry):
    """rules.json."""

    model_config = ConfigDict(title="DBOS Python Best Practices: rules")

    schema_address: Address = Field(alias="$schema")
    version: Text
    updated: str = Field(json_schema_extra={"format": "date"})
    dbos: Text = Field(description="The version that the rules are checked with.")
    databases: dict[str, Text]
    categories: list[CategoryEntry]
    rules: list[RuleEntry]
    retired: list[RetiredEntry]


def rules(site: Site) -> dict[str, Any]:
    """rules.json, as `schema` describes it.

    Args:
        site: The catalogue and the pages.
    """
    catalog, edition = site.catalog, site.edition
    content = {
        "$schema": site.address("rules.schema.json", "rules.json"),
        "version": edition.version,
        "updated": edition.day.isoformat(),
        "dbos": edition.facts.dbos_version,
        "databases": DATABASES,
        "categories": [
            {
                "name": category.title,
                "prefix": category.prefix,
                "priority": category.priority,
                "impact": category.impact,
                "description": category.description,
            }
            for category in catalog.categories
        ],
        "rules": [_rule(site, rule) for rule in catalog.rules],
        "retired": [
            {
                "id": rule.id,
                "title": rule.title,
                "replaced_by": rule.meta.replaced_by or None,
                "address": site.address(f"rules/{rule.id}/", "rules.json"),
            }
            for rule in catalog.retired
        ],
    }
    return Rules.model_validate(content).model_dump(mode="json", by_alias=True)


def _rule(site: Site, rule: Rule) -> dict[str, Any]:
    catalog = site.catalog
    wrong = [snippet for snippet in rule.snippets if snippet.kind == "incorrect"]
    return {
        "id": rule.id,
        "aliases": rule.meta.aliases,
        "title": rule.title,
        "description": rule.description,
        "impact": rule.impact,
        "category": catalog.category_of(rule).title,
        "tags": rule.meta.tags,
        "since": rule.meta.since,
        "failures": sorted({_label(snippet) for snippet in wrong}),
        "keywords": rule.meta.keywords,
        "errors": rule.meta.errors,
        "related": [other.id for other in catalog.related(rule)],
        "address": site.address(f"rules/{rule.id}/", "rules.json"),
        "markdown": site.address(f"rules/{rule.id}.md", "rules.json"),
        "snippets": [
            {
                "path": snippet.path.relative_to(catalog.root).as_posix(),
                "kind": snippet.kind,
                "outcome": _label(snippet),
                "since": snippet.since or rule.meta.since,
                "databases": _databases(snippet),
            }
            for snippet in rule.snippets
        ],
        "checks": [
            {
                "id": check.id,
                "severity": check.severity,
                "message": check.message,
                "programs": [f"snippets/{name}.py" for name in check.found],
            }
            for check in rule.checks
        ],
    }


def _databases(snippet: Snippet) -> list[str]:
    if snippet.own_database:
        return []
    return [snippet.needs] if snippet.needs else list(DATABASES)


def _label(snippet: Snippet) -> str:
    return PROOFS[snippet.kind, snippet.expect][0].lower()


def schema(site: Site) -> dict[str, Any]:
    """The JSON Schema of rules.json.

    Args:
        site: Says where it is published.
    """
    head = {"$schema": DIALECT}
    if address := site.edition.address("rules.schema.json"):
        head["$id"] = address
    return head | Rules.model_json_schema(by_alias=True)
