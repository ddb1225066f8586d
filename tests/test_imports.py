"""What import-linter cannot see: a package and the modules in it may stand in a circle too."""

from graphlib import CycleError, TopologicalSorter

import grimp
import pytest

FLOORS = tuple("domain prompts sources vectorstore publishing delivery models agents graph bench cli".split())
BESIDE = ("evals", "benchmarks", "soak", "docs", "tests")


def known_by(graph: grimp.ImportGraph) -> dict[str, set[str]]:
    return {module: graph.find_modules_directly_imported_by(module) for module in graph.modules}


def test_no_module_knows_itself_in_turn() -> None:
    graph = grimp.build_graph(*FLOORS, *BESIDE)
    assert len(list(TopologicalSorter(known_by(graph)).static_order())) > 150
    graph.add_import(importer="domain.errors", imported="cli.app")
    with pytest.raises(CycleError):
        TopologicalSorter(known_by(graph)).prepare()


def test_nothing_of_the_product_knows_an_eval() -> None:
    graph = grimp.build_graph(*FLOORS, *BESIDE)
    imported = {(one, other) for one, others in known_by(graph).items() for other in others}
    assert {pair for pair in imported if pair[1].startswith(BESIDE) and not pair[0].startswith(BESIDE)} == set()
