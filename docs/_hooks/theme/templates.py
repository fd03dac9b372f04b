"""Finds the theme's files without a look at what no site gets."""

import os
from collections.abc import Callable
from pathlib import Path

import jinja2
from mkdocs.theme import Theme


class Templates(jinja2.FileSystemLoader):
    """Templates whose hidden folders are not listed.

    MkDocs lists all files of the theme to find those that it copies, and then drops the
    hidden ones. Material hides some fourteen thousand icons: an eighth of a rebuild.
    """

    def list_templates(self) -> list[str]:
        """The names of all templates outside hidden folders, sorted."""
        found = set()
        for searched in self.searchpath:
            for folder, folders, files in os.walk(searched):
                folders[:] = [name for name in folders if not name.startswith(".")]
                inside = Path(folder).relative_to(searched)
                found |= {(inside / name).as_posix() for name in files}
        return sorted(found)


def without_hidden(theme: Theme) -> Callable[[], jinja2.Environment]:
    """The theme's method that makes an environment, with such templates.

    Args:
        theme: The theme of a configuration.
    """
    get_env = theme.get_env

    def get() -> jinja2.Environment:
        env = get_env()
        env.loader = Templates(theme.dirs)
        return env

    return get
