"""A day as a whole, on the real graph, a real Chroma and real files; model, sources and clock are scripted."""

import re
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from langgraph.checkpoint.memory import InMemorySaver

from agents.framer import Lead, Outline, Overview, Together
from agents.synthesizer import Written
from agents.verdicts import Mend, Missing, Refusal, Shown, Verdicts
from domain.papers import Paper
from domain.reports import Report
from graph.daily import FutureDay, builder, graph
from models.llm import AnswerCut, ModelFailed
from tests.scripted import (
    DAY,
    NEXT,
    PAPERS,
    ScriptedContext,
    Shelf,
    approval,
    approves,
    frames,
    paper,
    scripted,
    writes_well,
)


async def run(context: ScriptedContext, day: Any = DAY) -> Report:
    return (await graph.ainvoke({"day": day}, context=context))["report"]


def page(context: ScriptedContext, day: Any = DAY) -> str:
    return (context.reports / str(day) / "report.md").read_text(encoding="utf-8")


def judging(wrong: Any, *, mend: str = "", missing: Sequence[Missing] = ()) -> Any:
    """A critic that mends (or, without words to mend with, drops) the lines that are wrong and approves the others."""

    def judges(lines: Sequence[Shown], **_: Any) -> Verdicts:
        bad = [line for line in lines if wrong(line)]
        return Verdicts(
            ok=tuple(approval(line) for line in lines if line not in bad),
            mend=tuple(
                Mend(id=line.id, cites=(f"{line.about[0]}.2",), why="too much is said", line=mend)
                for line in bad
                if mend
            ),
            drop=tuple(Refusal(id=line.id, why="nothing carries it") for line in bad if not mend),
            missing=tuple(missing),
        )

    return judges


async def test_a_day_of_papers_becomes_one_report_with_every_paper_told_once(tmp_path: Path) -> None:
    context = scripted(tmp_path)
    report = await run(context)
    assert report.status == "complete"
    assert sorted(item.paper_id for item in report.items) == sorted(p.id for p in PAPERS)
    assert [id for group in report.groups for id in group.papers] == [item.paper_id for item in report.items]
    assert all(p.title in page(context) for p in PAPERS)
    with context.memory() as memory:
        assert memory.counts()["papers"] == len(PAPERS)


async def test_every_published_line_rests_on_a_sentence_of_the_paper_it_is_about(tmp_path: Path) -> None:
    for context in (scripted(tmp_path / "model"), ScriptedContext(data=str(tmp_path / "offline"))):
        report = await run(context)
        assert list(report.claims())
        assert all(claim.evidence for claim in report.claims())
        held = {p.id: f"{p.title} {p.abstract}" for p in PAPERS}
        assert all(e.quote in held[e.paper_id] for claim in report.claims() for e in claim.evidence)
        for item in report.items:
            assert {e.paper_id for claim in item.claims for e in claim.evidence} == {item.paper_id}


async def test_without_a_model_the_report_quotes_and_says_so(tmp_path: Path) -> None:
    report = await run(ScriptedContext(data=str(tmp_path)))
    assert report.quoted
    assert report.model == "offline"
    assert report.status == "complete"
    texts = {p.id: p.abstract for p in PAPERS}
    assert all(claim.text in texts[item.paper_id] for item in report.items for claim in item.claims)
    assert not report.opening and not report.threads


async def test_without_a_judge_papers_share_few_desks_and_no_writer_is_sent_for_them(tmp_path: Path) -> None:
    many = tuple(paper(n, f"{kind} {n}") for n, kind in enumerate(("Robot Arms", "Speech", "Language Models") * 5))
    settings: dict[str, Any] = {"shelves": (Shelf({DAY: many}),), "papers_at_once": 2}

    async def done(context: ScriptedContext) -> Counter[str]:
        steps = graph.astream({"day": DAY}, context=context, stream_mode="updates")
        return Counter([name async for step in steps for name in step])

    quoted = await done(ScriptedContext(data=tmp_path / "quoted", **settings))
    written = await done(scripted(tmp_path / "written", **settings))
    assert (quoted["section"], quoted["synthesize"]) == (1, 0)
    assert written["section"] > 4 and written["synthesize"] == len(many)


async def test_a_line_that_the_critic_mends_is_judged_again_and_printed_as_mended(tmp_path: Path) -> None:
    judged: list[str] = []
    mends = judging(lambda line: "로 정확도가" in line.text, mend="정확도가 오른 방법이 나왔다")

    def watched(lines: Sequence[Shown], **values: Any) -> Verdicts:
        judged.extend(line.text for line in lines)
        return mends(lines, **values)

    report = await run(scripted(tmp_path, critique=watched, shelves=(Shelf({DAY: PAPERS[:1]}),)))
    (item,) = report.items
    hook = item.one("hook")
    assert hook and hook.text == "정확도가 오른 방법이 나왔다"
    assert judged.count("정확도가 오른 방법이 나왔다") == 1
    (change,) = report.changes
    assert (change.role, change.after, change.why) == ("hook", hook.text, "too much is said")
    assert "로 정확도가" in change.before


async def test_what_was_accepted_is_not_judged_again(tmp_path: Path) -> None:
    judged: list[str] = []
    stubborn = judging(lambda line: line.role == "hook", mend="늘 다시 고치는 줄")

    def watched(lines: Sequence[Shown], **values: Any) -> Verdicts:
        judged.extend(line.text for line in lines)
        return stubborn(lines, **values)

    context = scripted(tmp_path, critique=watched, shelves=(Shelf({DAY: PAPERS[:1]}),))
    report = await run(context)
    others = [text for text in judged if text != "늘 다시 고치는 줄"]
    assert len(others) == len(set(others))
    assert report.items[0].one("hook") is None
    assert any(change.role == "hook" and not change.after for change in report.changes)


async def test_the_loop_of_critic_and_editor_ends_after_the_revisions_that_were_set(tmp_path: Path) -> None:
    for revisions in (0, 1, 3):
        context = scripted(
            tmp_path / str(revisions),
            critique=judging(lambda line: line.role == "hook", mend="늘 다시 고치는 줄"),
            frame=lambda **_: Outline(day=(Overview(text="", papers=()),), stories=(), groups=(), threads=()),
            shelves=(Shelf({DAY: PAPERS[:1]}),),
            revisions=revisions,
        )
        await run(context)
        assert context.llm.count("critique") == revisions + 1


async def test_a_line_that_nothing_carries_is_left_out_and_counted(tmp_path: Path) -> None:
    context = scripted(tmp_path, critique=judging(lambda line: line.role == "note"))
    report = await run(context)
    assert not any(item.one("note") for item in report.items)
    assert [c.why for c in report.changes] == ["nothing carries it"] * len(PAPERS)
    assert "긴 입력에서의" not in page(context).split("<details>")[0]


async def test_a_main_result_that_was_left_out_is_added_when_it_is_judged_well(tmp_path: Path) -> None:
    def adds(lines: Sequence[Shown], **values: Any) -> Verdicts:
        first = any(line.role == "hook" for line in lines)
        label = lines[0].about[0]
        added = (Missing(paper=label, cites=(f"{label}.2",), line="기준 방법과의 차이는 1.5%입니다."),) if first else ()
        return approves(lines, **values).model_copy(update={"missing": added})

    report = await run(scripted(tmp_path, critique=adds, shelves=(Shelf({DAY: PAPERS[:1]}),)))
    assert [claim.text for claim in report.items[0].of("result")][-1] == "기준 방법과의 차이는 1.5%입니다."
    assert any(not change.before and change.after for change in report.changes)


async def test_a_critic_that_says_nothing_accepts_nothing(tmp_path: Path) -> None:
    def silent(**_: Any) -> Verdicts:
        return Verdicts(ok=(), mend=(), drop=(), missing=())

    report = await run(scripted(tmp_path, critique=silent))
    assert all(item.quoted for item in report.items)
    assert report.status == "partial"
    assert not report.opening


async def test_a_line_about_one_paper_cannot_rest_on_another(tmp_path: Path) -> None:
    two = (paper(1, "Robot Arms That Grasp"), paper(2, "Robot Legs That Walk"))

    def crosses(lines: Sequence[Shown], sentences: Any, **_: Any) -> Verdicts:
        labels = {text: label[:-2] for label, text in sentences}

        def other(line: Shown) -> str:
            return next(labels[each.title] for each in two if (labels.get(each.title, ""),) != line.about)

        return Verdicts(
            ok=tuple(f"{line.id} {other(line)}.2" for line in lines),
            mend=(),
            drop=(),
            missing=(),
        )

    report = await run(scripted(tmp_path, critique=crosses, shelves=(Shelf({DAY: two}),)))
    assert all(item.quoted for item in report.items)


async def test_a_line_about_two_papers_needs_a_sentence_of_each(tmp_path: Path) -> None:
    def joins(items: Any, **_: Any) -> Outline:
        labels = tuple(label for label, *_ in items)[:2]
        day = Overview(text="두 논문 모두 기준 방법을 앞섰습니다.", papers=labels)
        return Outline(day=(day,), stories=(), groups=(), threads=())

    def forgets_one(lines: Sequence[Shown], **_: Any) -> Verdicts:
        return Verdicts(ok=tuple(f"{ln.id} {ln.about[0]}.2" for ln in lines), mend=(), drop=(), missing=())

    assert len((await run(scripted(tmp_path / "a", frame=joins))).opening) == 1
    report = await run(scripted(tmp_path / "b", frame=joins, critique=forgets_one))
    assert not report.opening
    assert any("no sentence of “" in change.why for change in report.changes)


async def test_a_sentence_of_the_day_that_does_not_hold_falls_alone(tmp_path: Path) -> None:
    said = (
        "정확도가 오른 날입니다.",
        "모든 산업이 바뀝니다.",
        "긴 입력도 다뤘습니다.",
        "속도도 올랐습니다.",
        "다섯째입니다.",
    )

    def five(items: Any, **_: Any) -> Outline:
        labels = tuple(label for label, *_ in items)
        day = tuple(
            Overview(text=text, papers=labels[n : n + 1]) for n, text in zip((0, 1, 1, 0, 0), said, strict=True)
        )
        lead = Lead(paper=labels[0], text="기준 방법보다 높았습니다.", reader="먼저 읽을 사람")
        return Outline(day=day, stories=(lead,), groups=(), threads=())

    context = scripted(tmp_path, frame=five, critique=judging(lambda line: "산업" in line.text))
    report = await run(context)
    assert [change.before for change in report.changes if change.role == "opening"] == [said[1]]
    whole, leads = page(context).partition("## 오늘의 이야기")[2].strip().split("\n\n")[:2]
    # Four are enough of a day; and the first names a paper alone that is told as one to read first below.
    assert whole == " ".join((said[0], said[2], said[3]))
    assert leads.count("\n") == 0 and leads.endswith(": 기준 방법보다 높았습니다. *→ 먼저 읽을 사람*")


async def test_a_title_of_a_group_is_judged_by_what_its_papers_found_alone(tmp_path: Path) -> None:
    seen: list[set[str]] = []
    own = {text for paper in PAPERS for text in (paper.title, *dict(paper.evidence).values())}

    def watches(lines: Sequence[Shown], sentences: Any, **values: Any) -> Verdicts:
        if any(line.role == "group" for line in lines):
            seen.append({text for _, text in sentences if text in own})
        return approves(lines, sentences=sentences, **values)

    def groups_only(items: Any, **_: Any) -> Outline:
        labels = tuple(label for label, *_ in items)
        lead = Overview(text="정확도가 오른 논문이 있습니다.", papers=labels[:1])
        return Outline(day=(lead,), stories=(), groups=(Together(title="논문", papers=labels),), threads=())

    report = await run(scripted(tmp_path, frame=groups_only, critique=watches))
    assert report.groups[0].title == "논문"
    whole, hook = (item.claims for item in report.items[:2])
    told = {e.quote for claim in whole for e in claim.evidence}
    found = {e.quote for claim in hook if claim.role == "hook" for e in claim.evidence}
    rest = {e.quote for item in report.items[2:] for claim in item.of("hook") for e in claim.evidence}
    assert seen[0] == told | found | rest | {paper.title for paper in PAPERS} and len(told) > len(found)


async def test_a_figure_that_the_given_sentences_do_not_have_is_sent_back_whatever_the_judge_says(
    tmp_path: Path,
) -> None:
    objections: list[str] = []

    def exaggerates(**values: Any) -> Written:
        return writes_well(**values).model_copy(update={"hook": "정확도가 99% 올랐다"})

    def watched(lines: Sequence[Shown], **values: Any) -> Verdicts:
        objections.extend(line.objection for line in lines if line.objection)
        return approves(lines, **values)

    shelves = (Shelf({DAY: PAPERS[:1]}),)
    context = scripted(tmp_path, synthesize=exaggerates, critique=watched, shelves=shelves)
    report = await run(context)
    assert report.items[0].one("hook") is None
    assert "99%" not in page(context).split("<details>")[0]
    assert objections and all("99%" in reason for reason in objections)


async def test_when_the_model_fails_for_good_its_papers_are_quoted_and_named(tmp_path: Path) -> None:
    def fails_on_robots(paper: Paper, **values: Any) -> Written:
        if "Robot" in paper.title:
            raise ModelFailed("no answer in 4 attempts")
        return writes_well(paper, **values)

    robots = (*PAPERS[:2], paper(10, "Robot Hands That Feel"))
    others = tuple(paper(n, f"Quantum Thing {n}") for n in range(11, 14))  # as many: a desk each
    context = scripted(tmp_path, synthesize=fails_on_robots, shelves=(Shelf({DAY: (*robots, *others)}),))
    report = await run(context)
    quoted = {item.paper_id for item in report.items if item.quoted}
    assert quoted == {p.id for p in robots}
    assert report.status == "partial"
    assert not report.quoted
    receipt = (context.reports / str(DAY) / "receipt.json").read_text(encoding="utf-8")
    assert "no answer in 4 attempts" in receipt


async def test_when_the_judge_fails_nothing_unjudged_is_printed(tmp_path: Path) -> None:
    def fails(**_: Any) -> Verdicts:
        raise ModelFailed("the judge is down")

    report = await run(scripted(tmp_path, critique=fails))
    assert all(item.quoted for item in report.items)
    assert report.quoted
    assert report.status == "partial"


async def test_when_the_frame_fails_the_items_stand_under_their_categories(tmp_path: Path) -> None:
    def fails(**_: Any) -> Outline:
        raise ModelFailed("no frame")

    context = scripted(tmp_path, frame=fails)
    report = await run(context)
    assert report.status == "partial"
    assert not report.opening
    assert len(report.groups) == 3
    assert not any(item.quoted for item in report.items)


async def test_verdicts_that_are_cut_off_are_asked_for_in_halves(tmp_path: Path) -> None:
    def impatient(lines: Sequence[Shown], **values: Any) -> Verdicts:
        if len(lines) > 5:
            raise AnswerCut("it was cut off at its length limit")
        return approves(lines, **values)

    robots = tuple(paper(n, f"Robot Number {n}") for n in range(1, 5))
    context = scripted(tmp_path, critique=impatient, shelves=(Shelf({DAY: robots}),))
    report = await run(context)
    assert not any(item.quoted for item in report.items)
    assert all(len(item.claims) >= 3 for item in report.items)


async def test_a_frame_that_forgets_papers_or_places_them_twice_still_prints_each_once(tmp_path: Path) -> None:
    def careless(items: Any, **_: Any) -> Outline:
        labels = tuple(label for label, *_ in items)
        groups = (
            Together(title="첫 묶음", papers=(labels[0], labels[1], "P77")),
            Together(title="둘째 묶음", papers=(labels[1], labels[2])),
        )
        return Outline(day=(), stories=(), groups=groups, threads=())

    report = await run(scripted(tmp_path, frame=careless))
    printed = [id for group in report.groups for id in group.papers]
    assert sorted(printed) == sorted(p.id for p in PAPERS)
    assert [group.title for group in report.groups[:2]] == ["첫 묶음", "둘째 묶음"]


async def test_a_day_on_which_nothing_was_listed_is_quiet_and_one_without_an_answer_is_broken(tmp_path: Path) -> None:
    quiet = ScriptedContext(data=str(tmp_path / "quiet"), shelves=(Shelf({}),))
    assert (await run(quiet)).status == "quiet"
    broken = ScriptedContext(data=str(tmp_path / "broken"), shelves=(Shelf({}, fails="no answer"),))
    report = await run(broken)
    assert report.status == "broken"
    assert "no answer" in report.reason
    with broken.memory() as memory:
        assert memory.counts()["days"] == 0


async def test_a_source_that_does_not_answer_costs_its_papers_not_the_day(tmp_path: Path) -> None:
    shelves = (Shelf({DAY: PAPERS}), Shelf({}, name="other", fails="down for repair"))
    report = await run(ScriptedContext(data=str(tmp_path), shelves=shelves))
    assert report.status == "partial"
    assert "down for repair" in report.reason
    assert len(report.items) == len(PAPERS)


async def test_a_paper_of_an_earlier_day_is_one_line_from_memory_with_that_day(tmp_path: Path) -> None:
    shelf = Shelf({DAY: PAPERS, NEXT: (PAPERS[0], paper(9, "Speech in the Rain"))})
    context = scripted(tmp_path, shelves=(shelf,))
    before = await run(context)
    asked = context.llm.count("synthesize")
    report = await run(context, NEXT)
    (again,) = report.returning
    told = before.item(PAPERS[0].id)
    assert told
    assert (again.paper_id, again.first_day, again.name) == (PAPERS[0].id, DAY, told.name)
    hook = told.one("hook")
    assert again.line and hook and again.line.text == hook.text
    assert [item.paper_id for item in report.items] == [paper(9, "Speech in the Rain").id]
    assert context.llm.count("synthesize") == asked + 1
    assert {f.paper_id: f.decided_by for f in report.filings}[PAPERS[0].id] == "memory"
    assert str(DAY) in page(context, NEXT)


async def test_a_paper_that_comes_back_with_another_text_keeps_its_name_and_is_quoted(tmp_path: Path) -> None:
    changed = PAPERS[0].model_copy(update={"title": "Quantum Robot Arms That Grasp"})
    context = scripted(tmp_path, shelves=(Shelf({DAY: PAPERS, NEXT: (changed, paper(9, "Speech in the Rain"))}),))
    await run(context)
    (again,) = (await run(context, NEXT)).returning
    assert again.name == "Robot Arms That Grasp"
    assert again.line and again.line.text in PAPERS[0].abstract


async def test_a_day_that_is_run_again_with_the_same_prompts_asks_no_writer_again(tmp_path: Path) -> None:
    context = scripted(tmp_path)
    first = await run(context)
    asked = context.llm.count("synthesize")
    second = await run(context)
    assert context.llm.count("synthesize") == asked
    assert second.items == first.items


async def test_another_model_writes_its_own_items(tmp_path: Path) -> None:
    await run(scripted(tmp_path))
    other = ScriptedContext(data=str(tmp_path), model="openai:another", script=scripted(tmp_path).script)
    await run(other)
    assert other.llm.count("synthesize") > 0


async def test_more_papers_than_the_cap_are_listed_not_dropped(tmp_path: Path) -> None:
    many = tuple(paper(n, f"Robot Number {n}", votes=n) for n in range(1, 8))
    context = scripted(tmp_path, shelves=(Shelf({DAY: many}),), cap=3)
    report = await run(context)
    assert {item.paper_id for item in report.items} == {p.id for p in many[4:]}
    assert {p.id for p in report.listed} == {p.id for p in many[:4]}
    assert all(p.title in page(context) for p in many)


async def test_papers_beyond_those_told_in_full_are_told_short(tmp_path: Path) -> None:
    many = tuple(paper(n, f"Robot Number {n}", votes=n) for n in range(1, 5))
    report = await run(scripted(tmp_path, shelves=(Shelf({DAY: many}),), in_full=1))
    full = [item.paper_id for item in report.items if item.one("problem")]
    assert full == [many[-1].id]


async def test_a_thread_that_is_used_again_starts_empty(tmp_path: Path) -> None:
    again = builder.compile(checkpointer=InMemorySaver())
    thread: Any = {"configurable": {"thread_id": str(DAY)}}
    context = scripted(tmp_path)
    first = await again.ainvoke({"day": DAY}, thread, context=context)
    second = await again.ainvoke({"day": DAY}, thread, context=context)
    assert second["report"] == first["report"]


async def test_a_day_in_the_future_is_refused_in_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(FutureDay, match="2030-01-01 lies in the future"):
        await graph.ainvoke({"day": "2030-01-01"}, context=ScriptedContext(data=str(tmp_path)))


async def test_no_line_stands_twice_on_the_page(tmp_path: Path) -> None:
    def repeats_itself(**values: Any) -> Written:
        good = writes_well(**values)
        return good.model_copy(update={"results": (*good.results, *good.results)})

    context = scripted(tmp_path, synthesize=repeats_itself)
    await run(context)
    shown = page(context).split("<details>")[0]
    assert len(re.findall(r"기준 방법보다 \*\*1.5%\*\* 높았습니다", shown)) == 1


async def test_stories_and_headlines_that_were_mended_alike_stand_there_once(tmp_path: Path) -> None:
    alike = {"hook": "기준 방법을 앞섰다", "opening": "기준 방법보다 정확했습니다."}

    def mends(lines: Sequence[Shown], **_: Any) -> Verdicts:
        bad = [line for line in lines if len(line.about) == 1 and alike.get(line.role, line.text) != line.text]
        mend = (Mend(id=one.id, cites=(f"{one.about[0]}.2",), why="too much", line=alike[one.role]) for one in bad)
        return approves([line for line in lines if line not in bad]).model_copy(update={"mend": tuple(mend)})

    def two_stories(items: Any, **_: Any) -> Outline:
        leads = (Lead(paper=label, text=f"{label}가 이겼습니다.", reader="먼저 읽을 사람") for label, *_ in items[:2])
        return frames(items).model_copy(update={"stories": tuple(leads)})

    context = scripted(tmp_path, critique=mends, frame=two_stories)
    report = await run(context)
    shown = page(context).split("<details>")[0]
    assert all(shown.count(text) == 1 for text in alike.values())
    heads = [item.one("hook") for item in report.items]
    assert [head.text if head else "" for head in heads] == [alike["hook"]] * len(PAPERS)
    assert all(f"</a>{p.title}\n" in shown for p in report.papers if p.id != report.items[0].paper_id)
    (fallen,) = [change for change in report.changes if change.rule == "said-twice"]
    assert (fallen.role, fallen.before, fallen.after) == ("opening", "P2가 이겼습니다.", "")
