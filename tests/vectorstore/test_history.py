"""What the days were: rows for trends, categories, proposals, topics."""

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from datetime import date
from pathlib import Path

from domain.kinds import Status
from domain.papers import Paper
from domain.reports import Filing, Proposal, Report
from domain.trends import DayRow
from tests.vectorstore.conftest import HashEmbedder, days, paper, report
from vectorstore.memory import Memory

MON, TUE, WED, THU, FRI = days(4, 5, 6, 7, 8)


class Words:
    """A lexicon of single words."""

    def __init__(self, *words: str) -> None:
        self.words = words
        self.version = ",".join(words)

    def topics_of(self, text: str) -> tuple[str, ...]:
        return tuple(word for word in self.words if word in text.casefold().split())


def day(when: date, papers: Sequence[Paper], status: Status = "complete", language: str = "ko") -> Report:
    return report(when, papers, language=language).model_copy(update={"status": status})


def test_a_day_counts_each_work_on_its_first_day_by_category_and_topic(folder: Path, embed: HashEmbedder) -> None:
    first = [paper(1, "agents plan"), paper(2, "cells")]
    second = [paper(1, "agents plan"), paper("title:0123456789abcdef", "Cells"), paper(3, "agents agents cells")]
    with Memory.open(folder, embed, lexicon=Words("agents", "cells")) as memory:
        memory.remember(report(MON, first, category="rl"))
        memory.remember(report(TUE, second, category="vision"))
        rows = memory.history(WED)
    assert rows == (
        DayRow(day=MON, new=2, categories=(("rl", 2),), topics=(("agents", 1), ("cells", 1))),
        DayRow(day=TUE, new=1, categories=(("vision", 1),), topics=(("agents", 1), ("cells", 1))),
    )


def test_an_earlier_day_that_is_written_later_takes_its_papers_from_the_later_one(
    folder: Path, embed: HashEmbedder
) -> None:
    with Memory.open(folder, embed) as memory:
        memory.remember(report(TUE, [paper(1), paper(2)]))
        memory.remember(report(MON, [paper(1)]))
        assert [row.new for row in memory.history(WED)] == [1, 1]


def test_only_complete_days_with_papers_before_the_day_are_observed(folder: Path, embed: HashEmbedder) -> None:
    with Memory.open(folder, embed) as memory:
        memory.remember(day(MON, [paper(1)]))
        memory.remember(day(TUE, [paper(2)], "partial"))
        memory.remember(day(WED, [paper(3)], "partial"))
        memory.remember(day(WED, [paper(3)], language="en"))
        memory.remember(day(THU, [], "quiet"))
        memory.remember(day(FRI, [paper(4)]))
        assert [row.day for row in memory.history(date(2024, 12, 1))] == [MON, WED, FRI]
        assert [row.day for row in memory.history(FRI)] == [MON, WED]
        assert [row.day for row in memory.history(FRI, days=1)] == [WED]
        assert memory.history(MON) == ()


def test_topics_are_those_that_the_lexicon_finds_now(folder: Path, embed: HashEmbedder) -> None:
    def topics(*words: str) -> list[tuple[tuple[str, int], ...]]:
        with Memory.open(folder, embed, lexicon=Words(*words)) as memory:
            return [row.topics for row in memory.history(WED)]

    with Memory.open(folder, embed) as memory:
        memory.remember(report(MON, [paper(1, "agents"), paper(2, "cells")]))
        assert [row.topics for row in memory.history(WED)] == [()]
    assert topics("agents") == [(("agents", 1),)]
    assert topics("cells") == [(("cells", 1),)]
    with Memory.open(folder, embed) as memory:
        memory.remember(report(TUE, [paper(3, "more cells")]))
    assert topics("cells") == [(("cells", 1),), (("cells", 1),)]


def test_topics_are_read_once(folder: Path, embed: HashEmbedder) -> None:
    read: list[str] = []

    class Counting(Words):
        def topics_of(self, text: str) -> tuple[str, ...]:
            read.append(text)
            return super().topics_of(text)

    with Memory.open(folder, embed, lexicon=Counting("agents")) as memory:
        memory.remember(report(MON, [paper(1), paper(2)]))
        memory.remember(report(TUE, [paper(3)]))
        assert memory.history(TUE) == memory.history(TUE)
        assert len(read) == 2
        memory.history(WED)
        assert len(read) == 3


def test_a_paper_that_is_forgotten_or_changed_takes_its_topics_along(folder: Path, embed: HashEmbedder) -> None:
    with Memory.open(folder, embed, lexicon=Words("agents", "cells")) as memory:
        memory.remember(report(MON, [paper(1, "agents"), paper(2, "agents")]))
        assert [row.topics for row in memory.history(TUE)] == [(("agents", 2),)]
        memory.remember(report(MON, [paper(1, "cells")]))
        assert [row.topics for row in memory.history(TUE)] == [(("cells", 1),)]
    with closing(sqlite3.connect(folder / "ledger.sqlite")) as ledger:
        assert ledger.execute("SELECT paper_id, topics FROM paper_topics").fetchall() == [(paper(1).id, '["cells"]')]


def test_a_category_has_a_row_per_day_with_counts_and_topics(folder: Path, embed: HashEmbedder) -> None:
    first = [paper(1, "agents and cells"), paper(2, "cells"), paper(9, "cells that agents see")]
    with Memory.open(folder, embed, lexicon=Words("agents", "cells")) as memory:
        memory.remember(report(MON, first, category="rl"))
        memory.remember(report(TUE, [paper(2, "cells"), paper(3)], category="rl"))
        monday, tuesday = memory.categories()
        assert memory.categories(since=TUE) == memory.categories(TUE, TUE) == (tuesday,)
    assert (monday.day, monday.category, monday.new, monday.repeats) == (MON, "rl", 3, 0)
    # The most spoken of first, and only by papers that are new on the day.
    assert monday.topics == (("cells", 3), ("agents", 2))
    assert (tuesday.new, tuesday.repeats, tuesday.topics) == (1, 1, ())
    with Memory.open(folder, embed) as memory:
        assert [row.topics for row in memory.categories()] == [(), ()]


def test_proposals_are_counted_over_days_whatever_their_case(folder: Path, embed: HashEmbedder) -> None:
    def proposing(when: date, *proposals: tuple[int, str], language: str = "ko") -> Report:
        found = tuple(Proposal(paper_id=paper(number).id, name=name) for number, name in proposals)
        return report(when, [paper(n) for n, _ in proposals], language=language).model_copy(update={"proposals": found})

    with Memory.open(folder, embed) as memory:
        memory.remember(proposing(MON, (1, "Games"), (2, "Law")))
        memory.remember(proposing(MON, (1, "Games"), language="en"))
        memory.remember(proposing(TUE, (3, "games ")))
        games, law = memory.proposals()
        assert (games.name, games.days, games.papers) == ("Games", (MON, TUE), (paper(1).id, paper(3).id))
        assert (law.name, law.days, law.papers) == ("Law", (MON,), (paper(2).id,))
        assert [one.days for one in memory.proposals(since=TUE)] == [(TUE,)]
        memory.remember(proposing(TUE))
        assert [one.days for one in memory.proposals()] == [(MON,), (MON,)]


def test_the_span_of_a_memory_is_its_first_and_last_day(folder: Path, embed: HashEmbedder) -> None:
    with Memory.open(folder, embed) as memory:
        assert memory.span() is None
        for when in (TUE, MON, THU):
            memory.remember(report(when, [paper(1)]))
        assert memory.span() == (MON, THU)


def test_papers_are_filed_anew_on_purpose_only(folder: Path, embed: HashEmbedder) -> None:
    with Memory.open(folder, embed) as memory:
        memory.remember(report(MON, [paper(1), paper(2)], category="rl"))
        moved = [Filing(paper_id=p, category="games", certainty=0.5, decided_by="me") for p in (paper(1).id, "nobody")]
        assert memory.refile(moved) == 1
        assert {one.id: filing.category for one, filing in memory.filed()} == {paper(1).id: "games", paper(2).id: "rl"}
        memory.remember(report(TUE, [paper(1)], category="rl"))
        assert memory.recall([paper(1)], WED)[paper(1).id].category == "games"
        assert memory.check() == []


def test_a_ledger_of_schema_3_knows_titles_with_decimals_again(folder: Path, embed: HashEmbedder) -> None:
    with Memory.open(folder, embed) as memory:
        memory.remember(report(MON, [paper("title:old", "Agents with a 1.5B Model")]))
    with closing(sqlite3.connect(folder / "ledger.sqlite")) as ledger:
        ledger.executescript(
            "UPDATE papers SET title_key = 'agentswitha15bmodel'; DROP TABLE withdrawals; "
            "ALTER TABLE papers DROP COLUMN resources; ALTER TABLE papers DROP COLUMN sentences; "
            "PRAGMA user_version = 3;"
        )
    with Memory.open(folder, embed) as memory:
        new = paper("title:new", "Agents with a 1.5B model")
        assert memory.recall([new], TUE)[new.id].first_day == MON
