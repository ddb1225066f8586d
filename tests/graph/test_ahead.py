"""Papers are embedded while the day is still gathered: sooner, and to the same report."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from threading import current_thread

import numpy as np
import pytest
from numpy.typing import NDArray

from domain.reports import Listing
from graph.runs import run_day
from tests.scripted import DAY, PAPERS, HashEmbedder, ScriptedContext, Shelf, fitted, paper
from tests.threads import Told
from vectorstore.ahead import THREAD, Ahead
from vectorstore.claims import passages_of
from vectorstore.embedding import EmbedderUnavailable, paper_text


class Telling(HashEmbedder):
    """Says what it was asked."""

    def __init__(self, begun: Told | None = None) -> None:
        super().__init__()
        self.begun = begun
        self.texts: Counter[str] = Counter()
        self.ahead: set[str] = set()

    def __call__(self, texts: Sequence[str]) -> NDArray[np.float32]:
        self.texts.update(texts)
        if current_thread().name.startswith(THREAD):
            self.ahead.update(texts)
        if self.begun:
            self.begun.set()
        return super().__call__(texts)


class Down(HashEmbedder):
    def __call__(self, texts: Sequence[str]) -> NDArray[np.float32]:
        raise EmbedderUnavailable("the embedding server is gone")


@dataclass
class Late(Shelf):
    """Answers once something is embedded."""

    begun: Told = field(default_factory=Told)

    async def listing(self, day: date) -> Listing:
        await self.begun.wait()
        return await super().listing(day)


def context(data: Path, embedder: HashEmbedder, *shelves: Shelf) -> ScriptedContext:
    """Its classifier is a real one, and reads vectors."""
    made = ScriptedContext(data=data, shelves=shelves or (Shelf({DAY: PAPERS}),))
    vars(made)["embed"] = embedder
    vars(made)["classifier"] = replace(fitted(), embed=made.ahead)
    return made


async def test_papers_of_a_source_are_embedded_while_another_is_still_asked_and_each_once(tmp_path: Path) -> None:
    begun, early = Told(), Shelf({DAY: PAPERS[:2]})
    telling = Telling(begun)
    again = paper(2, "Robot Legs That Walk", sources=("other",), votes=8)
    late = {DAY: (again, *PAPERS[2:])}
    await run_day(DAY, context(tmp_path / "early", telling, early, Late(late, "other", begun=begun)))
    assert [telling.texts[paper_text(one)] for one in PAPERS] == [1, 1, 1, 1]
    assert not any(telling.texts[one.title] for one in PAPERS)
    await run_day(DAY, context(tmp_path / "usual", HashEmbedder(), early, Shelf(late, "other")))
    pages = [(tmp_path / run / "reports" / str(DAY) / "report.json").read_bytes() for run in ("early", "usual")]
    assert pages[0] == pages[1]


async def test_what_the_memory_knows_is_not_embedded_again_and_filed_as_before(tmp_path: Path) -> None:
    first = await run_day(DAY, context(tmp_path, HashEmbedder()))
    telling, new = Telling(), paper(9, "Robot Hands That Hold")
    again = await run_day(DAY, context(tmp_path, telling, Shelf({DAY: (*PAPERS, new)})), again=True)
    assert set(first.report.filings) < set(again.report.filings)
    assert all(filing.decided_by.startswith("classifier@") for filing in again.report.filings)
    assert telling.texts[paper_text(new)] == 1
    assert not any(telling.texts[paper_text(one)] for one in PAPERS)
    other = PAPERS[0].model_copy(update={"abstract": f"{PAPERS[0].abstract} Speech and music are hard."})
    await run_day(DAY, context(tmp_path, telling, Shelf({DAY: (other, *PAPERS[1:])})), again=True)
    assert telling.texts[paper_text(other)] == 1


async def test_what_is_told_is_embedded_once_and_before_the_day_is_remembered(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("graph.context.CLAIMS", 3)
    telling = Telling()
    outcome = await run_day(DAY, context(tmp_path, telling))
    told = passages_of(outcome.report)
    assert len(told) >= 4 and {telling.texts[text] for text in told} == {1}
    assert len(telling.ahead.intersection(told)) >= 3


def test_few_short_texts_are_not_begun_until_there_are_several() -> None:
    telling = Telling()
    ahead = Ahead(telling)
    ahead.begin(["one", "two"], least=3)
    assert np.array_equal(ahead(["one"]), HashEmbedder()(["one"])) and telling.texts == {"one": 1}
    ahead.begin(["three"], least=3)
    asked = ["three", "two", "one"]
    assert np.array_equal(ahead(asked), HashEmbedder()(asked))
    assert telling.ahead == {"one", "two", "three"} and telling.texts == {"one": 2, "two": 1, "three": 1}


async def test_an_embedder_that_fails_ahead_fails_the_run_in_its_own_words(tmp_path: Path) -> None:
    with pytest.raises(EmbedderUnavailable, match="the embedding server is gone"):
        await run_day(DAY, context(tmp_path, Down()))


@pytest.mark.parametrize("given_up", [False, True])
def test_vectors_come_in_the_order_in_which_they_are_asked_for_whatever_was_begun(given_up: bool) -> None:
    texts = [f"text {number}" for number in range(200)]
    ahead = Ahead(HashEmbedder())
    ahead.begin(texts[50:150])
    ahead.begin(texts[140:160])
    if given_up:
        ahead.give_up()
    asked = [*texts[::-3], texts[60]]
    assert np.array_equal(ahead(asked), HashEmbedder()(asked))
    assert np.array_equal(ahead(texts), HashEmbedder()(texts))
