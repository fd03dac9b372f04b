"""Loads the site's modules anew when one of them has changed, for `mkdocs serve`."""

import importlib
import sys
from pathlib import Path
from types import ModuleType

HERE = Path(__file__).resolve().parent
#: Loaded once: it keeps what is below.
_KEPT = {str(HERE / "hooks.py"), __file__}

#: When each file was changed, at the time it was loaded.
_loaded: dict[Path, int] = {}


def newest(name: str) -> ModuleType:
    """A module as it and all that it imports are on disk now.

    Args:
        name: Below this folder, as in `theme.build`.
    """
    changed = {path: path.stat().st_mtime_ns for path in HERE.rglob("*.py")}
    if changed != _loaded:
        for loaded, module in list(sys.modules.items()):
            file = getattr(module, "__file__", None)
            if file and file not in _KEPT and Path(file).is_relative_to(HERE):
                del sys.modules[loaded]
        importlib.invalidate_caches()
        _loaded.clear()
        _loaded.update(changed)
    if str(HERE) not in sys.path:
        sys.path.insert(0, str(HERE))
    return importlib.import_module(name)
