"""Every file that the build adds to the site: for agents, models and programs.

Pure: it returns paths and contents, made from the catalogue and from the complete
Markdown of the pages. The adapter writes them.
"""

from exports import bundle, llms, portable, rules_json, skill
from exports.archives import as_json, zip_archive
from exports.edition import Site


def files(site: Site) -> dict[str, bytes]:
    """Every file that the build adds to the site, by its path in the site.

    Args:
        site: The catalogue and the pages.
    """
    copies = llms.markdown_copies(site)
    made = {
        **skill.published(site.catalog, site.edition),
        **bundle.published(site.catalog, site.edition),
        **copies,
        "llms.txt": llms.index(site).encode(),
        "llms-full.txt": llms.full(site, copies).encode(),
        "rules.json": as_json(rules_json.rules(site)),
        "rules.schema.json": as_json(rules_json.schema(site)),
    }
    name = portable.NAME
    source = {f"{name}/{path}": text for path, text in portable.files(site).items()}
    return made | {f"{name}.zip": zip_archive(source, site.edition.day)}
