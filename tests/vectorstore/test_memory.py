import json
import sqlite3
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import permutations
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from domain.claims import Claim
from domain.reports import Report
from domain.sentences import Sentence
from tests.vectorstore.conftest import HashEmbedder, days, paper, report
from vectorstore.memory import Memory

MON, TUE, WED, THU = days(4, 5, 6, 7)


def rows(folder: Path, question: str) -> list[tuple[object, ...]]:
    with sqlite3.connect(folder / "ledger.sqlite") as ledger:
        found = ledger.execute(question).fetchall()
    ledger.close()
    return found


def test_a_new_paper_is_not_known_and_the_nearest_earlier_one_comes_first(
    folder: Path, url: str | None, embed: HashEmbedder
) -> None:
    near = paper(1, "Planning with language agents", "Agents plan with tools and memory.")
    far = paper(2, "Segmentation of cells", "Microscopy images are segmented.")
    today = paper(3, "Language agents that plan", "Agents plan with tools and a critic.")
    with Memory.open(folder, embed, url=url) as memory:
        memory.remember(report(MON, [far, near]))
        found = memory.recall([today], TUE)[today.id]
    assert (found.first_day, found.days, found.category) == (None, (), None)
    assert [n.paper_id for n in found.neighbours] == [near.id, far.id]
    first = found.neighbours[0]
    assert (first.title, first.url, first.day) == (near.title, "https://arxiv.org/abs/2411.00001", MON)
    vectors = embed([f"{p.title}\n{p.abstract}" for p in (today, near)])
    assert abs(first.similarity - float(vectors[0] @ vectors[1])) < 1e-5


def test_a_repeated_paper_is_known_with_its_days_and_its_category(
    folder: Path, url: str | None, embed: HashEmbedder
) -> None:
    with Memory.open(folder, embed, url=url) as memory:
        memory.remember(report(MON, [paper(1)], category="vision"))
        memory.remember(report(TUE, [paper(1)], category="audio"))
        found = memory.recall([paper(1)], WED)[paper(1).id]
    assert (found.first_day, found.days, found.category) == (MON, (MON, TUE), "vision")
    assert found.neighbours == ()


def test_before_is_strict(folder: Path, url: str | None, embed: HashEmbedder) -> None:
    with Memory.open(folder, embed, url=url) as memory:
        memory.remember(report(TUE, [paper(1), paper(2)]))
        on_the_day = memory.recall([paper(1)], TUE)[paper(1).id]
        the_day_after = memory.recall([paper(1)], WED)[paper(1).id]
    assert (on_the_day.first_day, on_the_day.neighbours) == (None, ())
    assert the_day_after.first_day == TUE
    assert [n.paper_id for n in the_day_after.neighbours] == [paper(2).id]


def test_a_paper_is_known_by_its_title_when_its_id_has_changed(
    folder: Path, url: str | None, embed: HashEmbedder
) -> None:
    by_title = paper("title:0123456789abcdef", "A Study of $\\alpha$-Agents")
    by_number = paper(7, "A study of α-agents: ").model_copy(update={"title": "A study of agents"})
    by_title = by_title.model_copy(update={"title": "A Study of Agents."})
    with Memory.open(folder, embed, url=url) as memory:
        memory.remember(report(MON, [by_title]))
        memory.remember(report(WED, [paper(8)]))
        forward = memory.recall([by_number], TUE)[by_number.id]
        memory.remember(report(TUE, [by_number], category="vision"))
        backward = memory.recall([by_title], THU)[by_title.id]
    assert (forward.first_day, forward.days, forward.category) == (MON, (MON,), "agents")
    assert forward.neighbours == ()
    assert (backward.first_day, backward.days, backward.category) == (MON, (MON, TUE), "agents")
    assert [n.paper_id for n in backward.neighbours] == [paper(8).id]


def test_two_records_of_one_work_are_one_neighbour(folder: Path, url: str | None, embed: HashEmbedder) -> None:
    twice = [paper("title:0123456789abcdef", "One work"), paper(1, "One Work")]
    with Memory.open(folder, embed, url=url) as memory:
        memory.remember(report(MON, twice[:1]))
        memory.remember(report(TUE, twice[1:]))
        found = memory.recall([paper(2, "Another work")], WED)[paper(2).id]
    assert len(found.neighbours) == 1


def test_the_same_day_twice_is_one_day(folder: Path, url: str | None, embed: HashEmbedder) -> None:
    with Memory.open(folder, embed, url=url) as memory:
        memory.remember(report(MON, [paper(1), paper(2)]))
        once = memory.counts()
        memory.remember(report(MON, [paper(1), paper(2)]))
        assert memory.counts() == once
        assert memory.check() == []
    assert once == {"days": 1, "papers": 2, "sightings": 2, "claims": 2, "vectors": 2, "indexed": 2}


def test_a_paper_that_left_its_only_day_is_forgotten_and_one_that_other_days_hold_stays(
    folder: Path, url: str | None, embed: HashEmbedder
) -> None:
    with Memory.open(folder, embed, url=url) as memory:
        memory.remember(report(MON, [paper(1), paper(2), paper(3)]))
        memory.remember(report(TUE, [paper(2)]))
        memory.remember(report(MON, [paper(3)]))
        assert memory.counts() == {"days": 2, "papers": 2, "sightings": 2, "claims": 2, "vectors": 2, "indexed": 2}
        assert memory.check() == []
        found = memory.recall([paper(1), paper(2), paper(3)], THU)
    assert [found[paper(n).id].first_day for n in (1, 2, 3)] == [None, TUE, MON]


def test_two_languages_of_a_day_are_kept_beside_each_other(folder: Path, url: str | None, embed: HashEmbedder) -> None:
    with Memory.open(folder, embed, url=url) as memory:
        memory.remember(report(MON, [paper(1), paper(2)], language="ko"))
        memory.remember(report(MON, [paper(1)], language="en"))
        memory.remember(report(MON, [], language="en"))
        found = memory.recall([paper(1)], TUE)[paper(1).id]
        counts = memory.counts()
    assert (found.first_day, found.days) == (MON, (MON,))
    assert (counts["days"], counts["papers"], counts["sightings"], counts["claims"]) == (1, 2, 2, 2)


def test_claims_are_kept_in_order_with_their_evidence(folder: Path, url: str | None, embed: HashEmbedder) -> None:
    day = report(MON, [paper(1), paper(2)])
    flow = Claim(kind="trend", role="flow", text="Both came.", facts=("repeat:1",))
    day = day.model_copy(update={"flow": (flow,)})
    with Memory.open(folder, embed, url=url) as memory:
        memory.remember(day)
    kept = rows(folder, "SELECT day, category, role, n, kind, text, evidence, facts FROM claims ORDER BY category, n")
    assert kept[0] == (20241104, "", "flow", 1, "trend", "Both came.", "[]", '["repeat:1"]')
    assert [row[:5] for row in kept[1:]] == [(20241104, "agents", "result", n, "reported") for n in (1, 2)]
    assert json.loads(kept[1][6])[0]["quote"] == "On subject s1 and w1"


def test_a_day_is_counted_by_category_into_new_and_repeated_papers(
    folder: Path, url: str | None, embed: HashEmbedder
) -> None:
    with Memory.open(folder, embed, url=url) as memory:
        memory.remember(report(TUE, [paper(1), paper(2), paper(3)]))
        memory.remember(report(WED, [paper(3), paper("title:0123456789abcdef", paper(2).title), paper(4)]))
        memory.remember(report(MON, [paper(1)]))
        assert [(row.day, row.category, row.new, row.repeats) for row in memory.categories()] == [
            (MON, "agents", 1, 0),
            (TUE, "agents", 2, 1),
            (WED, "agents", 1, 2),
        ]


def test_text_and_category_are_those_of_the_first_day_and_an_abstract_that_comes_later_is_taken(
    folder: Path, url: str | None, embed: HashEmbedder
) -> None:
    bare = paper(2).model_copy(update={"abstract": ""})
    with Memory.open(folder, embed, url=url) as memory:
        memory.remember(report(MON, [paper(1), bare]))
        memory.remember(report(TUE, [paper(1, "New title", "New text"), paper(2)], category="vision"))
        assert memory.check() == []
    assert rows(folder, "SELECT title, abstract, category FROM papers ORDER BY id") == [
        (paper(1).title, paper(1).abstract, "agents"),
        (bare.title, paper(2).abstract, "agents"),
    ]


def test_nothing_is_embedded_twice(folder: Path, url: str | None, embed: HashEmbedder) -> None:
    with Memory.open(folder, embed, url=url) as memory:
        memory.recall([paper(1), paper(2), paper(1)], MON)
        assert len(embed.embedded) == 2
    with Memory.open(folder, embed, url=url) as memory:
        memory.recall([paper(1), paper(2)], MON)
        memory.remember(report(MON, [paper(1), paper(2)]))
        memory.recall([paper(1, "A new title", "and a new text")], TUE)
        memory.remember(report(MON, [paper(1), paper(2)], language="en"))
        memory.rebuild()
    papers = [f"{p.title}\n{p.abstract}" for p in (paper(1), paper(2))]
    assert embed.embedded == [*papers, paper(1).title, paper(2).title]  # the titles are what the claims rest on


def test_a_run_that_is_cut_off_keeps_the_vectors_it_has(folder: Path, url: str | None, embed: HashEmbedder) -> None:
    class Fails(HashEmbedder):
        def __call__(self, texts: Sequence[str]) -> NDArray[np.float32]:
            if len(self.embedded) >= 64:
                raise RuntimeError("the power went")
            return super().__call__(texts)

    papers = [paper(n) for n in range(100)]
    with Memory.open(folder, Fails(), url=url) as memory, pytest.raises(RuntimeError, match="power"):
        memory.recall(papers, MON)
    with Memory.open(folder, embed, url=url) as memory:
        memory.recall(papers, MON)
    assert len(embed.embedded) == 36


def test_a_day_that_is_run_again_recalls_the_same(folder: Path, url: str | None, embed: HashEmbedder) -> None:
    monday, tuesday = [paper(n) for n in range(60)], [paper(n) for n in range(50, 250)]
    later = [paper(n) for n in range(150, 1500)]
    with Memory.open(folder, embed, url=url) as memory:
        memory.remember(report(MON, monday))
        first = memory.recall(tuesday, TUE)
        memory.remember(report(TUE, tuesday))
        again = memory.recall(tuesday, TUE)
        memory.remember(report(WED, later))
        much_later = memory.recall(tuesday, TUE)
        memory.rebuild()
        rebuilt = memory.recall(tuesday, TUE)
    assert first == again == much_later == rebuilt
    assert all(len(found.neighbours) == 5 for found in first.values())
    assert all(n.day == MON for found in first.values() for n in found.neighbours)


@pytest.mark.parametrize("exact", [0, 2_000], ids=["through the index", "one by one"])
def test_neighbours_are_the_nearest_by_exact_comparison(
    folder: Path, url: str | None, embed: HashEmbedder, monkeypatch: pytest.MonkeyPatch, exact: int
) -> None:
    monkeypatch.setattr("vectorstore.neighbours.EXACT", exact)
    earlier, today = [paper(n) for n in range(300)], [paper(n) for n in range(300, 320)]
    with Memory.open(folder, embed, url=url) as memory:
        memory.remember(report(MON, earlier))
        found = memory.recall(today, TUE, most=3)
    old = embed([f"{p.title}\n{p.abstract}" for p in earlier])
    new = embed([f"{p.title}\n{p.abstract}" for p in today])
    for p, likeness in zip(today, new @ old.T, strict=True):
        best = sorted(likeness, reverse=True)[:3]
        assert all(abs(n.similarity - float(b)) < 1e-5 for n, b in zip(found[p.id].neighbours, best, strict=True))


@pytest.mark.parametrize("exact", [0, 2_000], ids=["through the index", "one by one"])
def test_days_taken_in_bulk_are_known_at_once_and_indexed_in_the_end(
    folder: Path, url: str | None, embed: HashEmbedder, monkeypatch: pytest.MonkeyPatch, exact: int
) -> None:
    monkeypatch.setattr("vectorstore.neighbours.EXACT", exact)
    monkeypatch.setattr("vectorstore.memory._LAG", 100)
    monday, tuesday = [paper(n) for n in range(150)], [paper(n) for n in range(150, 240)]
    # Words that no other paper has lead from one day's paper to the other's.
    monday[20], tuesday[50] = paper(20, "Owls", "Owls hoot at night."), paper(200, "Tides", "Tides rise by moonlight.")
    asked = [paper(1020, "On owls", "Owls hoot at night."), paper(1200, "On tides", "Tides rise by moonlight.")]

    def nearest(memory: Memory, before: date) -> list[str]:
        return [found.neighbours[0].paper_id for found in memory.recall(asked, before).values()]

    with Memory.open(folder, embed, url=url) as memory:
        with memory.bulk():
            memory.remember(report(MON, monday))
            memory.remember(report(TUE, tuesday))
            assert memory.counts()["indexed"] == 150
            assert nearest(memory, WED) == [paper(20).id, paper(200).id]
            assert paper(200).id not in nearest(memory, TUE)
            assert memory.counts()["indexed"] == 150
            assert memory.search("Tides", most=1)[0].paper_id == paper(200).id
        assert memory.counts()["indexed"] == 240
        assert nearest(memory, WED) == [paper(20).id, paper(200).id]
        assert memory.check() == []


def test_a_few_early_papers_are_found_among_many_later_ones_that_are_nearer(
    folder: Path, url: str | None, embed: HashEmbedder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("vectorstore.neighbours.EXACT", 0)
    early = [paper(n, f"Cells {n}", "Microscopy images are segmented.") for n in range(3)]
    today = paper(9, "Agents", "Language agents plan with tools.")
    later = [paper(n, f"Agents {n}", "Language agents plan with tools.") for n in range(10, 1200)]
    with Memory.open(folder, embed, url=url) as memory:
        memory.remember(report(MON, early))
        first = memory.recall([today], TUE)
        memory.remember(report(WED, later))
        assert memory.recall([today], TUE) == first
    assert len(first[today.id].neighbours) == 3


def test_of_two_languages_of_the_first_day_the_one_written_last_decides(
    folder: Path, url: str | None, embed: HashEmbedder
) -> None:
    with Memory.open(folder, embed, url=url) as memory:
        memory.remember(report(MON, [paper(1)], language="ko", category="agents"))
        memory.remember(report(MON, [paper(1)], language="en", category="vision"))
        assert memory.recall([paper(1)], TUE)[paper(1).id].category == "vision"


def test_an_earlier_day_written_later_moves_the_first_day(folder: Path, url: str | None, embed: HashEmbedder) -> None:
    with Memory.open(folder, embed, url=url) as memory:
        memory.remember(report(TUE, [paper(1)], category="vision"))
        memory.remember(report(MON, [paper(1)], category="agents"))
        found = memory.recall([paper(1)], WED)[paper(1).id]
    assert (found.first_day, found.days, found.category) == (MON, (MON, TUE), "agents")


def test_an_empty_memory_and_a_quiet_day_are_fine(folder: Path, url: str | None, embed: HashEmbedder) -> None:
    with Memory.open(folder, embed, url=url) as memory:
        assert memory.recall([], MON) == {}
        assert memory.recall([paper(1)], MON)[paper(1).id].neighbours == ()
        memory.remember(report(MON, []))
        assert memory.counts()["days"] == 1
        assert (memory.check(), memory.notes) == ([], [])


def test_the_ledger_is_rebuilt_from_published_reports(folder: Path, url: str | None, embed: HashEmbedder) -> None:
    reports = [report(MON, [paper(1), paper(2)]), report(TUE, [paper(2), paper(3)], category="vision")]
    with Memory.open(folder, embed, url=url) as memory:
        for one in reports:
            memory.remember(one)
        before = memory.counts(), memory.recall([paper(2), paper(4)], WED)
        memory.remember(report(date(2024, 12, 1), [paper(5)]))
    kept = rows(folder, "SELECT * FROM papers WHERE id != 'arxiv:2411.00005' ORDER BY id")
    (folder / "ledger.sqlite").unlink()
    (folder / "ledger.sqlite-wal").unlink(missing_ok=True)
    with Memory.open(folder, embed, url=url) as memory:
        assert memory.notes == ["The index held 4 papers that the ledger does not know; they were removed."]
        copies = (one.model_validate_json(one.model_dump_json()) for one in reports)
        assert memory.rebuild_ledger(copies) == 2
        assert (memory.counts(), memory.recall([paper(2), paper(4)], WED)) == before
        assert memory.check() == []
    assert rows(folder, "SELECT * FROM papers ORDER BY id") == kept


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_the_votes_and_links_of_a_paper_do_not_hang_on_the_order_in_which_days_are_written(
    folder: Path, embed: HashEmbedder, order: tuple[int, ...]
) -> None:
    first = paper(1, title="First Title")
    later = paper(1, title="Later Title").model_copy(update={"votes": 50, "links": ("https://example.org/later",)})
    days = (report(MON, [first]), report(MON, [first], language="en"), report(TUE, [later], category="vision"))
    with Memory.open(folder, embed) as memory:
        memory.rebuild_ledger(days[place] for place in order)
        (known,) = memory.papers([first.id]).values()
        assert (known.title, known.votes) == ("First Title", 50)
        assert known.links == (*first.links, "https://example.org/later")
        assert memory.recall([first], WED)[first.id].category == "agents"


def test_two_models_whose_sizes_differ_in_a_point_are_two_papers_to_the_memory(
    folder: Path, embed: HashEmbedder
) -> None:
    small, large = paper("title:1", "Agents with a 1.5B Model"), paper("title:2", "Agents with a 15B Model")
    with Memory.open(folder, embed) as memory:
        memory.remember(report(MON, [small]))
        known = memory.recall([small, large], TUE)
        assert (known[small.id].first_day, known[large.id].first_day) == (MON, None)


def test_a_report_that_cannot_be_read_leaves_the_ledger_as_it_was(
    folder: Path, url: str | None, embed: HashEmbedder
) -> None:
    def reports() -> Iterator[Report]:
        yield report(TUE, [paper(2)])
        raise OSError("the disk is gone")

    with Memory.open(folder, embed, url=url) as memory:
        memory.remember(report(MON, [paper(1)]))
        with pytest.raises(OSError, match="disk"):
            memory.rebuild_ledger(reports())
        assert memory.recall([paper(1)], TUE)[paper(1).id].first_day == MON
        assert memory.counts()["papers"] == 1


def test_sentences_and_resources_are_remembered_as_they_were_marked(folder: Path, embed: HashEmbedder) -> None:
    marked = paper(1, abstract="It works. It gains 3%. Code: https://github.com/a/b").model_copy(
        update={"sentences": (Sentence(text="It works.", use="order"), Sentence(text="It gains 3%."))}
    )
    with Memory.open(folder, embed) as memory:
        memory.remember(report(MON, [marked]))
        (known,) = memory.papers([marked.id]).values()
        assert (known.sentences, known.resources) == (marked.sentences, marked.resources)
        assert known.resources[0].kind == "code"


def test_a_row_from_before_sentences_were_kept_gets_them_when_it_is_read(folder: Path, embed: HashEmbedder) -> None:
    with Memory.open(folder, embed) as memory:
        memory.remember(report(MON, [paper(1, abstract="It works. Code: https://github.com/a/b")]))
    with sqlite3.connect(folder / "ledger.sqlite") as ledger:
        ledger.execute("UPDATE papers SET sentences = '[]', resources = '[]'")
    ledger.close()
    with Memory.open(folder, embed) as memory:
        (known,) = memory.papers([paper(1).id]).values()
        assert [s.use for s in known.sentences] == ["evidence", "address"]
        assert [r.url for r in known.resources] == ["https://github.com/a/b"]


def test_a_day_takes_the_ledger_as_many_steps_among_thousands_of_papers_as_among_a_hundred(
    tmp_path: Path, embed: HashEmbedder
) -> None:
    counts: list[int] = []
    for size in (100, 4_000):
        taken: list[None] = []
        with Memory.open(tmp_path / str(size), embed) as memory:
            memory.remember(report(MON, [paper(n) for n in range(size)]))
            database = memory._database._db  # pyright: ignore[reportPrivateUsage]
            database.set_progress_handler(lambda: taken.append(None), 10)  # noqa: B023
            memory.remember(report(TUE, [paper(n) for n in range(9_000, 9_040)]))
            database.set_progress_handler(None, 0)
        counts.append(len(taken))
    assert counts[0] > 50 and counts[1] < 1.5 * counts[0]
