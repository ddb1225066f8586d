"""The hand-made day, for tests that change it."""

from collections.abc import Callable

import pytest
from matplotlib.figure import Figure

from domain.claims import Claim
from domain.items import Item
from domain.papers import Paper
from domain.reports import Receipt, Report
from domain.taxonomy import Taxonomy

from . import day

Say = Callable[..., Claim]


@pytest.fixture(scope="session")
def taxonomy() -> Taxonomy:
    return day.TAXONOMY


@pytest.fixture(scope="session")
def papers() -> dict[str, Paper]:
    return day.PAPERS


@pytest.fixture(scope="session")
def say() -> Say:
    return day.say


@pytest.fixture(scope="session")
def items() -> tuple[Item, ...]:
    return day.ITEMS


@pytest.fixture(scope="session")
def report() -> Report:
    return day.REPORT


@pytest.fixture(scope="session")
def quoted() -> Report:
    return day.QUOTED


@pytest.fixture(scope="session")
def quiet() -> Report:
    return day.QUIET


@pytest.fixture(scope="session")
def trending() -> Report:
    return day.TRENDING


@pytest.fixture(scope="session")
def receipt_of() -> Callable[[Report], Receipt]:
    return day.receipt_of


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> list[Figure]:
    """The figures that were saved."""
    figures: list[Figure] = []
    save = Figure.savefig

    def kept(self: Figure, *args: object, **kwargs: object) -> None:
        figures.append(self)
        save(self, *args, **kwargs)  # pyright: ignore

    monkeypatch.setattr(Figure, "savefig", kept)
    return figures
