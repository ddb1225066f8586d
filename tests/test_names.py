"""One word for one thing: a class or type alias of the product has its name alone."""

import ast
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path

from .test_imports import FLOORS

PRODUCT = Path(__file__).parent.parent


def sources() -> dict[str, str]:
    paths = (path for floor in FLOORS for path in (PRODUCT / floor).rglob("*.py"))
    return {str(path.relative_to(PRODUCT)): path.read_text(encoding="utf-8") for path in paths}


def types_in(source: str) -> Iterator[str]:
    """The classes of a module and what it calls types: ``Day = Annotated[…]``, but no constant and no type variable."""
    for node in ast.parse(source).body:
        match node:
            case ast.ClassDef(name=name):
                yield name
            case ast.Assign(targets=[ast.Name(id=name)]) if name[0].isupper() and not name.isupper():
                yield name
            case _:
                pass


def shared(modules: Mapping[str, str]) -> dict[str, list[str]]:
    """Names that two modules or more define, with the modules."""
    homes: dict[str, list[str]] = defaultdict(list)
    for path, source in modules.items():
        for name in types_in(source):
            homes[name].append(path)
    return {name: paths for name, paths in homes.items() if len(paths) > 1}


def test_no_two_types_of_the_product_share_a_name() -> None:
    modules = sources()
    assert len(modules) > 300
    assert shared(modules) == {}
    found = shared({**modules, "a.py": "class Paper: ...", "b.py": "Receipt = dict[str, str]"})
    assert found == {"Paper": ["domain/papers.py", "a.py"], "Receipt": ["domain/reports.py", "b.py"]}
