"""The site's navigation, made from the catalogue. Pure."""

from typing import Any

from book.model import Catalog

#: The API reference, in the order of use.
REFERENCE = [
    "reference/dbos.md",
    "reference/workflows.md",
    "reference/handles.md",
    "reference/queue.md",
    "reference/messages.md",
    "reference/schedules.md",
    "reference/options.md",
    "reference/data.md",
    "reference/client.md",
    "reference/configuration.md",
    "reference/errors.md",
]


def navigation(catalog: Catalog) -> list[Any]:
    """The site's navigation: categories in priority order, rules by impact.

    Args:
        catalog: The whole catalogue.

    Returns:
        What MkDocs takes as `nav`.
    """
    return [
        {"Home": "index.md"},
        {"Quickstart": "quickstart.md"},
        {"All rules": "rules/index.md"},
        {"Check your code": "check.md"},
        {"Errors": "errors.md"},
        {"Questions": "faq.md"},
        {"Terms": "terms.md"},
        {"Checklist": "checklist.md"},
        *(
            {
                category.title: [
                    f"categories/{category.slug}/index.md",
                    *(f"rules/{rule.id}.md" for rule in catalog.rules_of(category)),
                ]
            }
            for category in catalog.categories
        ),
        {"API reference": REFERENCE},
        {
            "About": [
                "conventions.md",
                "coming-from.md",
                "agents.md",
                "contributing.md",
                "changelog.md",
            ]
        },
    ]
