"""What the installed dbos offers, read from its source.

The package is parsed and not imported, which would take longer than all other reading.
Static checks look for its names, and the skill lists its signatures.
"""

import ast
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any, ClassVar

Function = ast.FunctionDef | ast.AsyncFunctionDef

#: What dbos 2.31.1 had and dbos 3 has not, by the list that names it. A test compares
#: these with both versions.
REMOVED = {
    "removed-methods": ("register_instance", "scheduled", "sql_session", "transaction"),
    "removed-config-keys": (
        "admin_port",
        "application_database_url",
        "database_url",
        "run_admin_server",
    ),
    "removed-queue-options": ("partition_queue", "priority_enabled"),
    "removed-enqueue-keys": ("max_recovery_attempts",),
}
#: Decorators of what is read without a call.
_PROPERTIES = {"property", "classproperty"}


@dataclass(frozen=True)
class Member:
    """A class, a function, a method, a value or a key, as the package writes it.

    `signature` is what follows the name, `twin` whether there is one with `_async`.
    """

    name: str
    signature: str
    summary: str = ""
    twin: bool = False


@cache
def _module(name: str) -> ast.Module:
    # Of the package itself this imports nothing.
    spec = find_spec("dbos")
    folders = spec and spec.submodule_search_locations
    assert folders, "dbos is not installed"
    (folder,) = list(folders)
    path = Path(folder, *name.split(".")).with_suffix(".py")
    return ast.parse(path.read_text("utf-8"))


@cache
def _places(module: str) -> dict[str, tuple[str, str]]:
    """What a module takes from others of the package: from where, under what name."""
    found = {}
    for node in _module(module).body:
        if isinstance(node, ast.ImportFrom) and node.module:
            source = node.module.removeprefix("dbos.")
            if node.level or source != node.module:
                for alias in node.names:
                    found[alias.asname or alias.name] = (source, alias.name)
    return found


@cache
def _definition(module: str, name: str) -> tuple[str, ast.stmt]:
    """Where a name of a module is defined, and how."""
    for node in _module(module).body:
        match node:
            case ast.ClassDef() | ast.FunctionDef() if node.name == name:
                return module, node
            case ast.Assign([ast.Name(target)]) if target == name:
                return module, node
            case ast.AnnAssign(ast.Name(target)) if target == name:
                return module, node
    source, original = _places(module)[name]
    return _definition(source, original)


def _class(module: str, name: str) -> tuple[str, ast.ClassDef]:
    where, node = _definition(module, name)
    assert isinstance(node, ast.ClassDef), f"dbos.{module}.{name} is no class"
    return where, node


def _lineage(module: str, name: str) -> Iterator[tuple[str, ast.ClassDef]]:
    """A class and those of the package that it is made from, the nearest first."""
    where, node = _class(module, name)
    yield where, node
    for base in node.bases:
        # As in `Generic[R]`, which is not of the package.
        inner = base.value if isinstance(base, ast.Subscript) else base
        if isinstance(inner, ast.Name) and _is_known(where, inner.id):
            yield from _lineage(where, inner.id)


def _is_known(module: str, name: str) -> bool:
    defined = {
        node.name for node in _module(module).body if isinstance(node, ast.ClassDef)
    }
    return name in defined | set(_places(module))


def _fields(module: str, name: str) -> dict[str, ast.AnnAssign]:
    """The keys of a TypedDict or a dataclass, those of its bases included."""
    found: dict[str, ast.AnnAssign] = {}
    for _, node in reversed(list(_lineage(module, name))):
        for field in node.body:
            if isinstance(field, ast.AnnAssign) and isinstance(field.target, ast.Name):
                found[field.target.id] = field
    return found


def _statuses() -> list[str]:
    _, node = _class("_sys_db", "WorkflowStatusString")
    return sorted(
        str(ast.literal_eval(each.value))
        for each in node.body
        if isinstance(each, ast.Assign)
    )


def _loop_methods() -> list[str]:
    """Methods of `DBOS` that raise where an event loop runs: they ask `check_async`.

    Some hand on to another of them.
    """
    methods = [
        node
        for node in _class("_dbos", "DBOS")[1].body
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_")
    ]
    called = {method.name: set(_called(method)) for method in methods}
    found = {name for name, calls in called.items() if "check_async" in calls}
    return sorted(found | {name for name, calls in called.items() if calls & found})


def _called(method: ast.FunctionDef) -> Iterator[str]:
    """What a method calls itself: functions and `cls.…`, not in functions inside it."""
    nodes: list[ast.AST] = list(method.body)
    while nodes:
        node = nodes.pop()
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            continue
        if isinstance(node, ast.Call):
            match node.func:
                case ast.Name(name):
                    yield name
                case ast.Attribute(ast.Name("cls"), name):
                    yield name
        nodes += ast.iter_child_nodes(node)


#: What a pattern may name between `<<` and `>>`.
NAMES: dict[str, Callable[[], list[str]]] = {
    "config-keys": lambda: sorted(_fields("_dbos_config", "DBOSConfig")),
    "enqueue-keys": lambda: sorted(_fields("_enqueue_options", "EnqueueOptions")),
    "statuses": _statuses,
    "loop-methods": _loop_methods,
    **{name: lambda name=name: sorted(REMOVED[name]) for name in REMOVED},
}


@cache
def alternatives(name: str) -> str:
    """The names as a regular expression has them: `config|name`.

    Args:
        name: A key of `NAMES`.

    Raises:
        KeyError: There is no such list.
    """
    return "|".join(NAMES[name]())


def public_names() -> list[str]:
    """What `from dbos import …` may name, in the package's order."""
    for node in _module("__init__").body:
        match node:
            case ast.Assign([ast.Name("__all__")], value):
                return list(ast.literal_eval(value))
    raise AssertionError("dbos has no __all__")


def described(name: str) -> list[Member]:
    """A public name, and after it what it holds.

    A class comes with its constructor, then its public methods and values; `_async`
    twins are noted with the method that they belong to.

    Args:
        name: One of `public_names`.
    """
    where, node = _definition("__init__", name)
    if isinstance(node, ast.Assign):
        return [Member(name, f" = {_plainly(node.value)}")]
    if isinstance(node, Function):
        return [Member(name, _signature(where, node), _summary(node))]
    assert isinstance(node, ast.ClassDef)
    fields = _fields(where, node.name)
    methods: dict[str, Function] = {}
    values: list[str] = []
    lineage = list(_lineage(where, node.name))
    for _, each in reversed(lineage):
        for part in each.body:
            # The last of several is the one that runs.
            if isinstance(part, Function):
                methods[part.name] = part
            elif isinstance(part, ast.Assign) and isinstance(part.targets[0], ast.Name):
                values.append(part.targets[0].id)
    summary = _summary(node)
    if any(isinstance(base, ast.Name) and base.id == "Enum" for base in node.bases):
        return [Member(name, f": {', '.join(values)}", summary)]
    keys = ", ".join(
        f"{key}: {_plainly(field.annotation)}"
        for key, field in fields.items()
        if key[0] != "_"
    )
    head = ""
    if "__init__" in methods:
        head = _signature(where, methods["__init__"]).partition(" -> ")[0]
    if keys:
        bases = {ast.unparse(base) for _, each in lineage for base in each.bases}
        what = "A dictionary." if "TypedDict" in bases else "An object."
        summary = f"{what} {summary}".strip()
    shape = " with ".join(filter(None, [head, keys and f"{{{keys}}}"]))
    found = [Member(name, shape, summary)]
    for key, method in methods.items():
        base = key.removesuffix("_async")
        if key[0] == "_" or (base != key and base in methods):
            continue
        marks = {ast.unparse(mark).split(".")[-1] for mark in method.decorator_list}
        signature = _signature(where, method)
        if marks & _PROPERTIES:
            signature = signature.replace("() -> ", ": ")
        twin = f"{key}_async" in methods
        found.append(Member(f"{name}.{key}", signature, _summary(method), twin))
    return found


def _signature(module: str, function: Function) -> str:
    """The parameters with their defaults, and the result, without `self`."""
    given = _Modern(module).visit(function.args)
    if given.args and given.args[0].arg in ("self", "cls"):
        del given.args[0]
    result = f" -> {_plainly(function.returns)}" if function.returns else ""
    return f"({ast.unparse(given)}){result}"


def _plainly(node: ast.AST | None) -> str:
    """A type as people write it today: `str | None` for `Optional[str]`."""
    return ast.unparse(_Modern().visit(node)) if node else ""


class _Modern:
    """Copies a tree, with older names of types as newer ones.

    Args:
        module: Where names of constants are looked up; without it, the tree is a type,
            and what stands in quotes, because it is defined further below, is one too.
    """

    BUILT_IN: ClassVar[dict[str, str]] = {
        "List": "list",
        "Dict": "dict",
        "Tuple": "tuple",
        "Type": "type",
    }

    def __init__(self, module: str = "") -> None:
        self.module = module

    def visit(self, node: Any) -> Any:
        """The copy of a node, of a list of nodes, or of what is neither.

        Args:
            node: What to copy.
        """
        if isinstance(node, list):
            return [self.visit(part) for part in node]
        if not isinstance(node, ast.AST):
            return node
        match node:
            case ast.Name(name) if name in self.BUILT_IN:
                return ast.Name(self.BUILT_IN[name])
            case ast.Name(name) if name.isupper() and self.module:
                return self._constant(node)
            case ast.Subscript(ast.Name("Optional"), inner):
                return ast.BinOp(self.visit(inner), ast.BitOr(), ast.Constant(None))
            case ast.Subscript(ast.Name("Union"), ast.Tuple(parts)):
                first, *others = self.visit(parts)
                for other in others:
                    first = ast.BinOp(first, ast.BitOr(), other)
                return first
            case ast.Subscript(ast.Name("Literal")):
                return node
            case ast.arg():
                return ast.arg(node.arg, _Modern().visit(node.annotation))
            case ast.Constant(str() as text) if not self.module:
                return self.visit(ast.parse(text, mode="eval").body)
        copied = {key: self.visit(value) for key, value in ast.iter_fields(node)}
        return type(node)(**copied)

    def _constant(self, node: ast.Name) -> ast.expr:
        """The value of a constant of the package, as far as it is written there."""
        try:
            _, found = _definition(self.module, node.id)
        except KeyError:
            return node
        value = found.value if isinstance(found, ast.Assign | ast.AnnAssign) else None
        return value if isinstance(value, ast.Constant) else node


def _summary(node: Function | ast.ClassDef) -> str:
    """The first sentence of the docstring, in one line."""
    text = " ".join((ast.get_docstring(node) or "").split("\n\n")[0].split())
    return text.partition(". ")[0].rstrip(".:") + "." if text else ""
