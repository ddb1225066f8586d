"""Items that are kept: what another day, another shape and a returning paper find of how a paper was told."""

import sqlite3
from pathlib import Path

from tests.vectorstore.conftest import HashEmbedder, claim, days, item, paper, report
from vectorstore.memory import Memory

MON, TUE, WED = days(4, 5, 6)
CHRONOS = paper(1, "Forecasting with pretrained models", "Series are tokens. Errors fall by 9%.")
CELLS = paper(2, "Segmentation of cells", "Microscopy images are segmented.")
TOLD = item(
    CHRONOS,
    claim(CHRONOS, "예측 오차가 9% 줄었다.", role="hook", quote="Errors fall by 9%.", sentence=2),
    claim(CHRONOS, "시계열을 토큰으로 다룹니다.", role="method", quote="Series are tokens.", sentence=1),
    name="Chronos",
)
QUOTED = item(CHRONOS, claim(CHRONOS, "Series are tokens."), name="Forecasting", quoted=True)


def test_how_a_paper_was_told_is_kept_whole_with_its_name_in_its_language(
    folder: Path, url: str | None, embed: HashEmbedder
) -> None:
    with Memory.open(folder, embed, url=url) as memory:
        memory.remember(report(MON, [CHRONOS, CELLS], [TOLD]))
    with Memory.open(folder, embed, url=url) as memory:
        assert memory.items([CELLS, CHRONOS], "ko") == {CHRONOS.id: TOLD}
        assert memory.names([CELLS, CHRONOS], "ko") == {CHRONOS.id: "Chronos"}
        assert memory.items([CHRONOS], "en") == memory.names([CHRONOS], "en") == {}


def test_a_paper_whose_text_changed_has_no_item_and_still_its_name(folder: Path, embed: HashEmbedder) -> None:
    revised = CHRONOS.model_copy(update={"abstract": "Series are tokens. Errors fall by 8%."})
    renamed = TOLD.model_copy(update={"name": "Chronos-2"})
    with Memory.open(folder, embed) as memory:
        memory.remember(report(MON, [CHRONOS], [TOLD]))
        assert memory.items([revised], "ko") == {}
        assert memory.names([revised], "ko") == {CHRONOS.id: "Chronos"}
        memory.remember(report(MON, [revised], [renamed]))
        assert memory.items([revised], "ko") == {CHRONOS.id: renamed}
        assert memory.items([CHRONOS], "ko") == {}
        assert memory.names([CHRONOS], "ko") == {CHRONOS.id: "Chronos-2"}


def test_a_work_that_returns_under_another_id_is_told_as_before_with_evidence_of_the_new_one(
    folder: Path, embed: HashEmbedder
) -> None:
    before = CHRONOS.model_copy(update={"id": "title:0123456789abcdef"})
    told = item(before, claim(before, "예측 오차가 9% 줄었다.", role="hook"), name="Chronos")
    with Memory.open(folder, embed) as memory:
        memory.remember(report(MON, [before], [told]))
        found = memory.items([CHRONOS], "ko")[CHRONOS.id]
        assert memory.names([CHRONOS], "ko") == {CHRONOS.id: "Chronos"}
    assert found.paper_id == CHRONOS.id
    assert [e.paper_id for c in found.claims for e in c.evidence] == [CHRONOS.id]
    assert (found.name, found.claims[0].text) == ("Chronos", "예측 오차가 9% 줄었다.")


def test_an_item_of_the_own_id_comes_before_that_of_an_earlier_record(folder: Path, embed: HashEmbedder) -> None:
    before = CHRONOS.model_copy(update={"id": "title:0123456789abcdef"})
    with Memory.open(folder, embed) as memory:
        memory.remember(report(MON, [before], [item(before, claim(before, "Else."), name="Else")]))
        memory.remember(report(TUE, [CHRONOS], [TOLD]))
        assert memory.items([CHRONOS], "ko") == {CHRONOS.id: TOLD}
        assert memory.names([CHRONOS], "ko") == {CHRONOS.id: "Chronos"}


def test_the_last_item_stays_but_a_quoted_one_never_replaces_a_written_one_of_the_same_text(
    folder: Path, embed: HashEmbedder
) -> None:
    anew = TOLD.model_copy(update={"made_by": "another prompt"})
    revised = CHRONOS.model_copy(update={"abstract": "Series are tokens. Errors fall by 8%."})
    with Memory.open(folder, embed) as memory:
        for kept in (QUOTED, TOLD, anew):
            memory.remember(report(MON, [CHRONOS], [kept]))
            assert memory.items([CHRONOS], "ko") == {CHRONOS.id: kept}
        memory.remember(report(MON, [CHRONOS], [QUOTED]))
        assert memory.items([CHRONOS], "ko") == {CHRONOS.id: anew}
        memory.remember(report(MON, [revised], [QUOTED]))
        assert memory.items([revised], "ko") == {CHRONOS.id: QUOTED}


def test_an_item_outlives_days_that_do_not_tell_it_and_goes_with_its_paper(folder: Path, embed: HashEmbedder) -> None:
    with Memory.open(folder, embed) as memory:
        memory.remember(report(MON, [CHRONOS], [TOLD]))
        memory.remember(report(TUE, [CHRONOS], []))
        memory.remember(report(MON, [CELLS], []))
        assert memory.items([CHRONOS], "ko") == {CHRONOS.id: TOLD}
        memory.remember(report(TUE, [CELLS], []))
        assert memory.items([CHRONOS], "ko") == memory.names([CHRONOS], "ko") == {}
        assert memory.check() == []


def test_a_ledger_that_is_made_anew_has_the_items_of_its_reports_alone(folder: Path, embed: HashEmbedder) -> None:
    reports = [report(MON, [CHRONOS], [TOLD]), report(MON, [CHRONOS], [QUOTED], language="en")]
    with Memory.open(folder, embed) as memory:
        memory.remember(report(WED, [CELLS], [item(CELLS, claim(CELLS, "Cells."))]))
        copies = [one.model_validate_json(one.model_dump_json()) for one in reports]
        assert memory.rebuild_ledger(copies) == 2
        assert memory.items([CHRONOS, CELLS], "ko") == {CHRONOS.id: TOLD}
        assert memory.items([CHRONOS, CELLS], "en") == {CHRONOS.id: QUOTED}


def test_an_item_that_this_version_cannot_read_is_not_there_and_its_name_is(folder: Path, embed: HashEmbedder) -> None:
    with Memory.open(folder, embed) as memory:
        memory.remember(report(MON, [CHRONOS], [TOLD]))
    with sqlite3.connect(folder / "ledger.sqlite") as ledger:
        ledger.execute("UPDATE items SET item = json_set(item, '$.mood', 'glad')")
    ledger.close()
    with Memory.open(folder, embed) as memory:
        assert memory.items([CHRONOS], "ko") == {}
        assert memory.names([CHRONOS], "ko") == {CHRONOS.id: "Chronos"}
