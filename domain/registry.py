"""What can be chosen by name: each module of a folder, and what installed packages declare for that folder.

A source, an embedder, a provider is one file in its folder, a language one folder in its; nothing else names it. A
package of somebody else adds one through an entry point of the group ``insights.FOLDER`` (``insights.sources``) that
leads to a module of the same form.

With ``folders`` the things are the folder's packages, else its files.
"""

import pkgutil
import sys
from functools import cache
from importlib import import_module
from importlib.metadata import EntryPoint, EntryPoints, entry_points
from types import ModuleType
from typing import cast


def names(folder: str, *, folders: bool = False) -> tuple[str, ...]:
    """What there is in a folder (a package's full name), in alphabetical order."""
    package = sys.modules.get(folder) or import_module(folder)
    return _names(folder, tuple(package.__path__), tuple(sys.path), folders)


def fault(folder: str, what: str, spec: str, *, folders: bool = False) -> str:
    """What to say where ``NAME`` or ``NAME:MORE`` names nothing of a folder, whose things are each a ``what``; empty
    where it does. Imports none of them."""
    if has(folder, name := spec.partition(":")[0], folders=folders):
        return ""
    return f"there is no {what} called {name}; the known ones are {', '.join(names(folder, folders=folders))}"


def has(folder: str, name: str, *, folders: bool = False) -> bool:
    """Whether there is something of a name, without importing it."""
    return name in _own(folder, folders) or name in _foreign(folder)


def load(folder: str, name: str, *, folders: bool = False) -> ModuleType:
    """The module of a name, imported now: a file of the folder before a package's. Raises KeyError for none."""
    return import_module(f"{folder}.{name}") if name in _own(folder, folders) else _foreign(folder)[name].load()


@cache
def _names(folder: str, paths: tuple[str, ...], path: tuple[str, ...], folders: bool) -> tuple[str, ...]:
    return tuple(sorted({*_inside(paths, folders), *_declared(f"insights.{folder}", path)}))


def _own(folder: str, folders: bool) -> frozenset[str]:
    return _inside(tuple(import_module(folder).__path__), folders)


@cache
def _inside(paths: tuple[str, ...], folders: bool) -> frozenset[str]:
    return frozenset(each.name for each in pkgutil.iter_modules(paths) if each.ispkg == folders)


def _foreign(folder: str) -> dict[str, EntryPoint]:
    return _declared(f"insights.{folder}", tuple(sys.path))


@cache
def _declared(group: str, path: tuple[str, ...]) -> dict[str, EntryPoint]:
    """By name, as long as Python looks in the same places."""
    return {each.name: each for each in _entry_points(path).select(group=group)}


@cache
def _entry_points(path: tuple[str, ...]) -> EntryPoints:
    """Of all groups: the packages are looked through once, not once for each folder."""
    return cast(EntryPoints, entry_points())  # what Python 3.11 returns has another name
