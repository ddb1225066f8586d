"""What can be foreseen has one base, by which the command tells it in a sentence."""

import importlib
import pkgutil
from collections.abc import Iterator

from domain.errors import InsightsError

PACKAGES = ("domain", "prompts", "sources", "vectorstore", "publishing", "models", "agents", "graph", "cli")
CAUGHT_INSIDE = {
    "graph.backfill.run._Stop",
    "models.answers.Unreadable",
    "models.openai_client.OddBody",
    "sources.reading.fields.Unusable",
    "sources.reading.http._Fault",
    "sources.reading.raw_json.Ambiguous",
}
"""What the same package that raises it always catches."""


def errors() -> Iterator[type[Exception]]:
    for package in PACKAGES:
        root = importlib.import_module(package)
        names = [info.name for info in pkgutil.walk_packages(root.__path__, f"{package}.")]
        for name in (package, *names):
            for held in vars(importlib.import_module(name)).values():
                if isinstance(held, type) and issubclass(held, Exception) and held.__module__ == name:
                    yield held


def test_every_error_of_ours_is_told_in_a_sentence_or_never_leaves_its_package() -> None:
    found = {f"{error.__module__}.{error.__qualname__}": error for error in errors()}
    assert len(found) > 20
    assert {name for name, error in found.items() if not issubclass(error, InsightsError)} == CAUGHT_INSIDE
