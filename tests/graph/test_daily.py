"""A day as a whole, on the real graph, a real Chroma and real files; model, sources and clock are scripted."""

from functools import cached_property
from pathlib import Path
from typing import Any

import pytest
from langgraph.checkpoint.memory import InMemorySaver

from domain.claims import Draft
from domain.critiques import Critique, Edit, Objection, Replacement, Verdicts
from graph.daily import FutureDay, builder, graph
from models.llm import ModelFailed
from tests.scripted import DAY, NEXT, PAPERS, ScriptedContext, Shelf, paper, script, writes_well


def sections(report: Any) -> dict[str, Any]:
    return {s.category: s for s in report.sections}


def objecting(items: Any, word: str, reason: str) -> Verdicts:
    """A critic that rejects every statement with the word and supports the others."""
    bad = [i.id for i in items if word in i.text]
    return Verdicts(
        supported=tuple(i.id for i in items if i.id not in bad),
        rejected=tuple(Objection(id=id, verdict="contradicted", reason=reason) for id in bad),
    )


async def test_a_day_of_papers_becomes_one_report_with_every_paper_in_it(tmp_path: Path) -> None:
    context = ScriptedContext(data=str(tmp_path), script=script())
    result = await graph.ainvoke({"day": DAY}, context=context)
    report = result["report"]
    assert report.status == "complete"
    assert [s.category for s in report.sections] == ["audio", "robotics", "quantum"]
    assert {p for s in report.sections for p in s.papers} == {p.id for p in PAPERS}
    assert (tmp_path / "reports" / str(DAY) / "report.md").is_file()
    with context.memory() as memory:
        assert memory.counts()["papers"] == len(PAPERS)


async def test_every_published_claim_rests_on_a_sentence_or_a_fact(tmp_path: Path) -> None:
    for answers in (script(), None):
        context = ScriptedContext(data=str(tmp_path / str(answers is None)), script=answers)
        report = (await graph.ainvoke({"day": DAY}, context=context))["report"]
        claims = [c for s in report.sections for _, c in s.claims()] + list(report.overview)
        assert claims
        assert all(c.evidence or c.facts for c in claims)
        held = {p.id: f"{p.title} {p.abstract}" for p in PAPERS}
        assert all(e.quote in held[e.paper_id] for c in claims for e in c.evidence)


async def test_without_a_model_the_report_quotes_and_says_so(tmp_path: Path) -> None:
    report = (await graph.ainvoke({"day": DAY}, context=ScriptedContext(data=str(tmp_path))))["report"]
    assert report.extractive
    assert report.model == "offline"
    findings = [c for s in report.sections for c in s.findings]
    assert {e.paper_id for c in findings for e in c.evidence} == {p.id for p in PAPERS}
    assert all(c.text == c.evidence[0].quote for c in findings)


async def test_the_editor_mends_until_the_critic_accepts(tmp_path: Path) -> None:
    def drafts_badly(**values: Any) -> Draft:
        good = writes_well(**values)
        return good.model_copy(update={"headline": good.headline.model_copy(update={"cites": ("P9.9",)})})

    def mends(critique: Critique, **_: Any) -> Edit:
        fixed = [
            Replacement(part=r.part, place=r.place, statement=r.statement.model_copy(update={"cites": ("P1.1",)}))
            for r in critique.rejections
        ]
        return Edit(replacements=tuple(fixed), findings=())

    context = ScriptedContext(data=str(tmp_path), script=script(synthesize=drafts_badly, edit=mends))
    report = (await graph.ainvoke({"day": DAY}, context=context))["report"]
    assert context.llm.count("edit") == 3  # once for each category
    assert all(s.headline and s.revisions == 1 and not s.drops for s in report.sections)


async def test_a_claim_that_cannot_be_mended_is_left_out_and_counted(tmp_path: Path) -> None:
    def doubts(items: Any, **_: Any) -> Verdicts:
        return objecting(items, "정확도", "the figure is wrong")

    context = ScriptedContext(
        data=str(tmp_path), script=script(critique=doubts, edit=lambda **_: Edit(replacements=(), findings=()))
    )
    result = await graph.ainvoke({"day": DAY}, context=context)
    report = result["report"]
    assert context.llm.count("edit") == 3 * context.revisions
    assert context.llm.count("critique") == 3 * (context.revisions + 1)
    assert all(not s.findings for s in report.sections)
    assert all(any("the figure is wrong" in d.reason for d in s.drops) for s in report.sections)
    assert "정확도" not in (Path(result["folder"]) / "report.md").read_text(encoding="utf-8")


async def test_a_critic_that_says_nothing_accepts_nothing(tmp_path: Path) -> None:
    silent = script(
        critique=lambda **_: Verdicts(supported=(), rejected=()), edit=lambda **_: Edit(replacements=(), findings=())
    )
    context = ScriptedContext(data=str(tmp_path), script=silent)
    report = (await graph.ainvoke({"day": DAY}, context=context))["report"]
    # A keyword claims nothing; everything that does is left out.
    assert {part for s in report.sections for part, _ in s.claims()} == {"keywords"}
    assert report.overview == ()
    assert all("no-verdict" in d.reason for s in report.sections for d in s.drops if "no finding" not in d.reason)


async def test_what_passed_once_is_not_judged_again(tmp_path: Path) -> None:
    judged: list[str] = []

    def doubts_the_outlook(items: Any, **_: Any) -> Verdicts:
        judged.extend(i.text for i in items)
        return objecting(items, "한계", "no")

    context = ScriptedContext(
        data=str(tmp_path),
        script=script(
            critique=doubts_the_outlook,
            edit=lambda **_: Edit(replacements=(), findings=()),
            overview=lambda **_: {"statements": []},
        ),
        shelves=(Shelf({DAY: PAPERS[2:3]}),),
    )
    await graph.ainvoke({"day": DAY}, context=context)
    assert sorted(text for text in judged if judged.count(text) > 1 and "한계" not in text) == []
    assert sum("한계" in text for text in judged) == context.revisions + 1


async def test_when_the_model_fails_for_good_the_category_is_quoted_and_marked(tmp_path: Path) -> None:
    def fails_on_robots(brief: Any, **values: Any) -> Draft:
        if "Robot" in brief.papers[0].title:
            raise ModelFailed("no answer in 4 attempts")
        return writes_well(brief, **values)

    context = ScriptedContext(data=str(tmp_path), script=script(synthesize=fails_on_robots))
    report = (await graph.ainvoke({"day": DAY}, context=context))["report"]
    assert {k: s.extractive for k, s in sections(report).items()} == {
        "audio": False,
        "robotics": True,
        "quantum": False,
    }
    assert report.status == "partial"
    assert "robotics" in report.reason


async def test_a_category_that_cannot_even_be_quoted_is_a_gap_and_the_day_still_appears(tmp_path: Path) -> None:
    def fails(**_: Any) -> Draft:
        raise ModelFailed("the server is down")

    class Mute(ScriptedContext):
        @cached_property
        def quoter(self) -> Any:  # type: ignore[override]
            return self.llm

    def fails_on_robots(brief: Any, **values: Any) -> Draft:
        return fails() if "Robot" in brief.papers[0].title else writes_well(brief, **values)

    context = Mute(data=str(tmp_path), script=script(synthesize=fails_on_robots))
    result = await graph.ainvoke({"day": DAY}, context=context)
    report = result["report"]
    assert [g.category for g in report.gaps] == ["robotics"]
    assert "the server is down" in report.gaps[0].reason
    assert report.status == "partial"
    text = (Path(result["folder"]) / "report.md").read_text(encoding="utf-8")
    assert "Robot Arms That Grasp" in text
    assert "the server is down" in text


async def test_a_bug_is_not_mistaken_for_bad_luck(tmp_path: Path) -> None:
    def slips(**_: Any) -> Draft:
        raise KeyError("a slip of ours")

    context = ScriptedContext(data=str(tmp_path), script=script(synthesize=slips))
    with pytest.raises(KeyError, match="a slip of ours"):
        await graph.ainvoke({"day": DAY}, context=context)


async def test_a_day_without_listings_is_quiet_and_still_a_report(tmp_path: Path) -> None:
    context = ScriptedContext(data=str(tmp_path), shelves=(Shelf({}, note="nothing is listed on Sundays"),))
    result = await graph.ainvoke({"day": DAY}, context=context)
    assert result["report"].status == "quiet"
    assert "nothing is listed on Sundays" in (Path(result["folder"]) / "report.md").read_text(encoding="utf-8")


async def test_a_day_whose_only_source_is_down_is_broken_not_quiet(tmp_path: Path) -> None:
    context = ScriptedContext(data=str(tmp_path), shelves=(Shelf({}, fails="it answered 503 four times"),))
    report = (await graph.ainvoke({"day": DAY}, context=context))["report"]
    assert report.status == "broken"
    assert "503" in report.reason


async def test_a_source_that_is_down_makes_the_day_partial_and_a_silent_signal_does_not(tmp_path: Path) -> None:
    full = Shelf({DAY: PAPERS})
    down = Shelf({}, name="other", fails="time-out")
    hint = Shelf({}, name="hot", signal=True, fails="time-out")
    partial = await graph.ainvoke({"day": DAY}, context=ScriptedContext(data=str(tmp_path / "1"), shelves=(full, down)))
    whole = await graph.ainvoke({"day": DAY}, context=ScriptedContext(data=str(tmp_path / "2"), shelves=(full, hint)))
    assert (partial["report"].status, whole["report"].status) == ("partial", "complete")


async def test_a_paper_of_an_earlier_day_is_marked_with_that_day_and_keeps_its_category(tmp_path: Path) -> None:
    renamed = PAPERS[0].model_copy(update={"title": "Quantum Robot Arms That Grasp"})
    shelf = Shelf({DAY: PAPERS, NEXT: (renamed, paper(9, "Speech in the Rain"))})
    context = ScriptedContext(data=str(tmp_path), shelves=(shelf,))
    await graph.ainvoke({"day": DAY}, context=context)
    result = await graph.ainvoke({"day": NEXT}, context=context)
    report = result["report"]
    assert [(r.paper_id, r.first_day) for s in report.sections for r in s.repeats] == [(PAPERS[0].id, DAY)]
    assert sections(report)["robotics"].repeats
    assert {f.paper_id: f.decided_by for f in report.filings}[PAPERS[0].id] == "memory"
    assert str(DAY) in (Path(result["folder"]) / "report.md").read_text(encoding="utf-8")


async def test_more_papers_than_the_cap_are_listed_not_dropped(tmp_path: Path) -> None:
    many = tuple(paper(n, f"Robot Number {n}", votes=n) for n in range(1, 8))
    context = ScriptedContext(data=str(tmp_path), shelves=(Shelf({DAY: many}),), cap=3)
    section = sections((await graph.ainvoke({"day": DAY}, context=context))["report"])["robotics"]
    assert section.papers == tuple(p.id for p in reversed(many[4:]))
    assert sorted(section.also) == [p.id for p in many[:4]]


async def test_a_thread_that_is_used_again_starts_empty(tmp_path: Path) -> None:
    again = builder.compile(checkpointer=InMemorySaver())
    thread: Any = {"configurable": {"thread_id": str(DAY)}}
    context = ScriptedContext(data=str(tmp_path))
    first = await again.ainvoke({"day": DAY}, thread, context=context)
    second = await again.ainvoke({"day": DAY}, thread, context=context)
    assert second["report"] == first["report"]


async def test_a_day_in_the_future_is_refused_in_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(FutureDay, match="2030-01-01 lies in the future"):
        await graph.ainvoke({"day": "2030-01-01"}, context=ScriptedContext(data=str(tmp_path)))
