"""One door for every text: what a judge says in any spelling is read, and what it leaves open accepts nothing."""

from collections.abc import Callable, Sequence
from typing import Any

import pytest

from agents.critic import MOST_RESULTS, critique
from agents.editor import edit
from agents.verdicts import Mend, Missing, Refusal, Shown, Untrusted, Verdicts, Words
from domain.kinds import Role
from domain.lines import Line
from domain.papers import Paper
from models.llm import ModelFailed, PromptTooLong, TooMuch
from tests import judging
from tests.scripted import PAPERS, ScriptedLLM, approves

ARMS, LEGS = PAPERS[:2]
HOOK = "정확도가 1.5% 올랐다"


def line(text: str = HOOK, role: Role = "hook", about: Sequence[Paper] = (ARMS,), **more: Any) -> Line:
    return Line(papers=tuple(paper.id for paper in about), role=role, text=text, **more)


def verdicts(**parts: Any) -> Verdicts:
    return Verdicts(**{**dict.fromkeys(("ok", "mend", "drop", "missing"), ()), **parts})


async def judged(
    lines: Sequence[Line],
    answer: Verdicts | Callable[..., Verdicts],
    papers: Sequence[Paper] = (ARMS, LEGS),
    **more: Any,
) -> tuple[Line, ...]:
    """The lines as the critic leaves them, whose model answers so. In ``Verdicts`` L1 and P1 are the first of
    the day's own."""

    def says(lines: Sequence[Shown], sentences: Any, **_: Any) -> Verdicts:
        assert isinstance(answer, Verdicts)
        return judging.labelled(answer, lines, sentences)

    llm = ScriptedLLM({"critique": answer if callable(answer) else says})
    return await critique(lines, papers, about="robotics", language="ko", llm=llm, **more)


def refuse(id: str) -> Refusal:
    return Refusal(id=id, why="nothing says so")


def mend(text: str, id: str = "L1", cites: tuple[str, ...] = ("P1.2",)) -> Mend:
    return Mend(id=id, cites=cites, why="too much is said", line=text)


async def test_a_note_points_back_at_a_figure_without_saying_again_how_exact_it_is() -> None:
    paper = Paper(id=ARMS.id, title=ARMS.title, abstract="We grasp. It gains 13.7% on average.")
    said = {role: line("무엇을 재서 13.7%인지 알 수 없습니다.", role, (paper,)) for role in ("note", "result")}
    told = verdicts(ok=("L1 P1.2", "L2 P1.2"))
    note, result = await judged(tuple(said.values()), told, (paper,))
    assert (note.state, result.rule) == ("accepted", "figure-bound")


@pytest.mark.parametrize(
    "said", ["L1 P1.2", "L1: P1.2", "L1, P1.2, P1.3", "[L1] [P1.2]", "L1 (P1.2; P9.9)", "ok L1 P1.2 P1.2"]
)
async def test_an_approval_is_understood_in_any_spelling(said: str) -> None:
    (found,) = await judged([line()], verdicts(ok=(said,)))
    assert found.state == "accepted"
    assert found.evidence[0].quote == dict(ARMS.evidence)[2]
    assert {evidence.paper_id for evidence in found.evidence} == {ARMS.id}


@pytest.mark.parametrize("said", ["", "L1", "L1 P9.9", "L1 P1.99", "L1 P2.2", "L2 P1.2", "P1.2 L1", "L1x P1.2"])
async def test_an_approval_that_names_another_line_or_no_sentence_of_its_paper_accepts_nothing(said: str) -> None:
    (found,) = await judged([line()], verdicts(ok=(said,)))
    assert (found.state, found.evidence) == ("pending", ())
    assert found.rule in ("no-evidence", "no-verdict") and found.objection


@pytest.mark.parametrize("other", ["drop", "mend", "both"])
async def test_of_verdicts_that_contradict_each_other_the_strictest_holds(other: str) -> None:
    said = verdicts(
        ok=("L1 P1.2",),
        mend=(mend("정확도가 올랐다"),) if other != "drop" else (),
        drop=(refuse("L1"),) if other != "mend" else (),
    )
    (found,) = await judged([line()], said)
    assert (found.state, found.proposal) == (("pending", "정확도가 올랐다") if other == "mend" else ("dropped", ""))


async def test_silence_accepts_nothing_and_says_so() -> None:
    (found,) = await judged([line()], verdicts())
    assert (found.state, found.rule) == ("pending", "no-verdict")


MOST = "지연도 그대로였고, 시험한 팔 로봇 대부분에 통했습니다."
LONG = "정확도가 1.5% 올랐습니다. 지연은 그대로였습니다. 모든 로봇에 통합니다."


@pytest.mark.parametrize(
    ("old", "said", "whole"),
    [
        ("", "정확도가 올랐습니다.", "정확도가 올랐습니다."),
        ("모든 로봇에", "팔 로봇에", LONG.replace("모든", "팔")),
        (" 모든 로봇에 통합니다.", "", LONG.removesuffix(" 모든 로봇에 통합니다.")),
        ("통합니다.", ", 대개 통합니다.", LONG.replace(" 통합니다", ", 대개 통합니다")),
        (". 지연은", " 지연은", LONG.replace(". 지연은", " 지연은")),
        (LONG, LONG.replace("모든", "팔"), LONG.replace("모든", "팔")),
        (LONG[LONG.index("지연") :], MOST, LONG[: LONG.index("지연")] + MOST),
        # All of it, as models that know the older question give it.
        ("모든 로봇에", LONG.replace("모든", "팔"), LONG.replace("모든", "팔")),
        ("온갖 로봇에 통합니다", LONG.replace("모든", "팔"), LONG.replace("모든", "팔")),
    ],
)
async def test_of_a_long_line_a_mend_may_tell_only_what_changes(old: str, said: str, whole: str) -> None:
    one = Mend(id="L1", cites=("P1.2",), why="more than is said", old=old, line=said)
    (found,) = await judged([line(LONG, "result")], verdicts(mend=(one,)))
    assert (found.state, found.proposal) == ("pending", whole)


@pytest.mark.parametrize("old", ["온갖 로봇에", "습니다"])
async def test_a_mend_of_words_that_the_line_does_not_have_once_is_no_verdict(old: str) -> None:
    one = Mend(id="L1", cites=("P1.2",), why="more than is said", old=old, line="팔 로봇에")
    (found,) = await judged([line(LONG, "result")], verdicts(mend=(one,)))
    assert (found.state, found.proposal, found.objection) == ("pending", "", "the critic gave no verdict on it")


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("4배 빠르고, 같은 4배에서 2% 낫습니다.", "3배 빠르고, 같은 3배에서 2% 낫습니다."),
        ("4배 빠르고, 같은 크기에서 1.4배 낫습니다.", ""),
    ],
    ids=["the figure itself", "part of another"],
)
async def test_a_mend_of_a_figure_that_the_line_has_twice_mends_both_places(text: str, whole: str) -> None:
    one = Mend(id="L1", cites=("P1.2",), why="another figure", old="4배", line="3배")
    (found,) = await judged([line(text, "result")], verdicts(mend=(one,)))
    assert (found.state, found.proposal) == ("pending", whole)


async def test_a_mend_without_words_is_no_verdict() -> None:
    (found,) = await judged([line()], verdicts(mend=(mend("  "),)))
    assert (found.state, found.proposal, found.rule) == ("pending", "", "no-verdict")


async def test_a_proposal_takes_the_place_of_the_line_is_judged_on_the_whole_paper_and_keeps_how_it_was_written() -> (
    None
):
    first = await judged([line("정확도가 크게 올랐다")], verdicts(mend=(mend(f"  {HOOK}\n"),)))
    (mended,) = edit(first)
    assert (mended.text, mended.written, mended.proposal) == (HOOK, "정확도가 크게 올랐다", "")
    seen: list[str] = []

    def again(lines: Sequence[Shown], sentences: Sequence[tuple[str, str]], **_: Any) -> Verdicts:
        seen.extend(text for _, text in sentences if text in (ARMS.title, *dict(ARMS.evidence).values()))
        return approves(lines)

    (found,) = await judged([mended], again)
    assert found.state == "accepted" and found.written == "정확도가 크게 올랐다"
    assert seen == [ARMS.title, *dict(ARMS.evidence).values()]


async def test_the_editor_leaves_alone_what_is_accepted_dropped_or_without_a_proposal() -> None:
    lines = (
        line(state="accepted", proposal="x"),
        line(state="dropped", proposal="x"),
        line(state="pending", objection="why"),
    )
    assert edit(lines) == lines


async def test_what_was_accepted_or_dropped_before_is_not_asked_about() -> None:
    asked: list[str] = []

    def watch(lines: Sequence[Shown], **_: Any) -> Verdicts:
        asked.extend(one.text for one in lines)
        return approves(lines)

    lines = (line("a", state="accepted"), line("b", state="dropped"), line())
    found = await judged(lines, watch)
    assert found[:2] == lines[:2] and found[2].state == "accepted"
    assert asked == [HOOK]
    assert await judged(lines[:2], lambda **_: pytest.fail("nothing is pending")) == lines[:2]


async def test_a_figure_that_stands_elsewhere_in_the_abstract_is_sent_back_with_the_reason() -> None:
    (found,) = await judged([line()], verdicts(ok=("L1 P1.1",)))
    assert found.state == "pending" and "1.5%" in found.objection
    assert found.rule.startswith("figure")


INVENTED = "ZephyrNet이 정확도를 높였습니다"


async def test_a_name_that_the_paper_does_not_have_is_sent_back_once_and_the_judge_has_the_last_word() -> None:
    (first,) = await judged([line(INVENTED)], verdicts(ok=("L1 P1.2",)))
    assert (first.state, first.rule) == ("pending", "name") and "ZephyrNet" in first.objection
    told: list[str] = []

    def insists(lines: Sequence[Shown], **_: Any) -> Verdicts:
        told.extend(one.objection for one in lines)
        return approves(lines)

    (second,) = await judged([first], insists)
    assert told == [first.objection]
    assert (second.state, second.rule) == ("accepted", "")


@pytest.mark.parametrize(
    ("quoted", "state"),
    [("by 1.5%", "accepted"), ("it lifts accuracy by 9%", "pending"), ("accuracy", "pending"), ("", "pending")],
)
async def test_a_figure_that_was_sent_back_passes_where_the_judge_quotes_a_figure_of_its_sentence(
    quoted: str, state: str
) -> None:
    (first,) = await judged([line("정확도를 9% 높였습니다", "result")], verdicts(ok=("L1 P1.2",)))
    words = (Words(id="L1", figure="9%", words=quoted),)
    (at_once,) = await judged([line("정확도를 9% 높였습니다", "result")], verdicts(ok=("L1 P1.2",), words=words))
    assert {first.state, at_once.state} == {"pending"} and first.rule.startswith("figure")
    (second,) = await judged([first], verdicts(ok=("L1 P1.2",), words=words))
    assert second.state == state


async def test_of_several_papers_that_a_line_may_be_about_one_has_to_carry_it() -> None:
    two = [line(about=(ARMS, LEGS))]
    (found,) = await judged(two, verdicts(ok=("L1 P1.2",)), any_paper=True)
    assert found.state == "accepted"
    (found,) = await judged(two, verdicts(ok=("L1 P9.9",)), any_paper=True)
    assert found.rule == "no-evidence"


async def test_a_rule_that_cannot_be_contested_holds_however_often_the_judge_insists() -> None:
    (found,) = await judged([line("ZephyrNet이 정확도를 9% 높였습니다")], verdicts(ok=("L1 P1.2",)))
    for _ in range(3):
        assert found.state == "pending" and found.rule.startswith("figure")
        (found,) = await judged([found], verdicts(ok=("L1 P1.2",)))


async def test_a_line_about_two_papers_needs_a_sentence_of_each() -> None:
    both = line("두 논문 모두 기준 방법을 앞섰습니다.", "thread", (ARMS, LEGS))
    (bare,) = await judged([both], verdicts(ok=("L1 P1.2",)))
    assert (bare.state, bare.rule) == ("pending", "no-evidence") and LEGS.title in bare.objection
    (found,) = await judged([both], verdicts(ok=("L1 P1.2 P2.2",)))
    assert found.state == "accepted"


async def test_what_is_said_twice_is_accepted_once_whatever_its_signs() -> None:
    first, second = await judged([line(), line(HOOK + ".", "result")], verdicts(ok=("L1 P1.2", "L2 P1.2")))
    assert (first.state, second.state, second.rule) == ("accepted", "dropped", "said-twice")


SAME = "기준 방법보다 오차가 줄었습니다"
TWINS: dict[str, tuple[list[Line], list[str]]] = {
    "another paper": ([line(SAME), line(SAME, about=(LEGS,))], ["accepted", "accepted"]),
    "its first": ([line(SAME), line(SAME, about=(LEGS,)), line(SAME)], ["accepted", "accepted", "dropped"]),
    "one of the two": ([line(SAME, about=(LEGS,)), line(SAME, "thread", (ARMS, LEGS))], ["accepted", "dropped"]),
    "titles of groups": ([line(SAME, "group"), line(SAME, "group", (LEGS,))], ["accepted", "dropped"]),
    "stories": ([line(SAME, "opening"), line(SAME, "opening", (LEGS,))], ["accepted", "dropped"]),
    "a thread": ([line(SAME, "opening"), line(SAME, "thread", (LEGS,))], ["accepted", "dropped"]),
    "readers": ([line(SAME, "pick"), line(SAME, "pick", (LEGS,))], ["accepted", "accepted"]),
}


@pytest.mark.parametrize("twins", TWINS)
async def test_a_line_is_a_repetition_where_it_is_said_of_the_same_paper_or_by_another_story_or_group(
    twins: str,
) -> None:
    lines, states = TWINS[twins]
    found = await judged(lines, lambda lines, **_: verdicts(ok=tuple(_approved(one) for one in lines)))
    assert [one.state for one in found] == states
    assert {one.rule for one in found if one.state == "dropped"} <= {"said-twice"}


def _approved(one: Shown) -> str:
    """As it stands, by a sentence of each of its papers."""
    return " ".join((one.id, *(f"{label}.2" for label in one.about)))


async def test_a_frame_is_judged_by_the_sentences_on_which_its_items_rest() -> None:
    seen: list[str] = []

    def watch(lines: Sequence[Shown], sentences: Sequence[tuple[str, str]], **_: Any) -> Verdicts:
        seen.extend(text for _, text in sentences if text in (ARMS.title, *dict(ARMS.evidence).values()))
        return approves(lines)

    await judged([line(role="opening")], watch, shown=lambda _: {ARMS.id: {2, 99}})
    assert seen == [ARMS.title, dict(ARMS.evidence)[2]]


async def test_only_papers_that_are_spoken_of_are_shown() -> None:
    seen: list[str] = []

    def watch(lines: Sequence[Shown], sentences: Sequence[tuple[str, str]], **_: Any) -> Verdicts:
        seen.extend(text for _, text in sentences)
        return approves(lines)

    (found,) = await judged([line(about=(LEGS,), text="정확도가 2.5% 올랐다")], watch)
    assert found.state == "accepted"
    assert LEGS.title in seen and ARMS.title not in seen


@pytest.mark.parametrize("number", range(8))
async def test_verdicts_reach_the_lines_and_papers_that_they_are_about_wherever_the_canaries_stand(number: int) -> None:
    asked = [
        line(f"{HOOK} ({'가나다라마바사아'[number]})"),
        line("다리가 걷는다", about=(LEGS,)),
        line("둘 다 그렇다", "thread", (ARMS, LEGS)),
    ]

    def answer(lines: Sequence[Shown], sentences: Any, **_: Any) -> Verdicts:
        titles = {text: label[:-2] for label, text in sentences if label.endswith(".0")}
        arms, legs = titles[ARMS.title], titles[LEGS.title]
        known = {one.text: one for one in lines}
        first, second, third = (known[one.text] for one in asked)
        assert (first.about, second.about, third.about) == ((arms,), (legs,), (arms, legs))
        return verdicts(
            ok=(f"{first.id} {arms}.2",),
            mend=(mend("다리가 걷습니다", second.id, (f"{legs}.1",)),),
            drop=(refuse(third.id),),
            missing=(missing("걷는 다리입니다", legs, (f"{legs}.2",)),),
        )

    first, second, third, added = await judged(asked, answer)
    assert [(e.paper_id, e.sentence) for e in first.evidence] == [(ARMS.id, 2)] and first.state == "accepted"
    assert [(e.paper_id, e.sentence) for e in second.evidence] == [(LEGS.id, 1)] and second.proposal
    assert third.state == "dropped"
    assert [(e.paper_id, e.sentence) for e in added.evidence] == [(LEGS.id, 2)]


def missing(text: str, paper: str = "P1", cites: tuple[str, ...] = ("P1.2",)) -> Missing:
    return Missing(paper=paper, cites=cites, line=text)


async def test_a_missing_result_stands_at_the_end_pending_with_its_sentences() -> None:
    found = await judged([line()], verdicts(ok=("L1 P1.2",), missing=(missing("기준 방법과의 차이는 1.5%입니다."),)))
    added = found[-1]
    assert (added.role, added.state, added.added, added.papers) == ("result", "pending", True, (ARMS.id,))
    assert [evidence.sentence for evidence in added.evidence] == [2]


@pytest.mark.parametrize(
    "one", [missing("x", paper="P9"), missing("x", paper="P2"), missing(" ")], ids=["nobody", "untold", "empty"]
)
async def test_a_missing_result_of_a_paper_that_no_line_tells_or_without_words_is_nothing(one: Missing) -> None:
    assert len(await judged([line()], verdicts(ok=("L1 P1.2",), missing=(one,)))) == 1


async def test_an_item_has_no_more_results_than_there_is_room_for() -> None:
    held = [line(f"결과 {n}", "result", state="accepted") for n in range(MOST_RESULTS - 1)]
    many = tuple(missing(f"또 하나의 결과 {word}") for word in ("가", "나", "다"))
    found = await judged([*held, line()], verdicts(ok=("L1 P1.2",), missing=many))
    assert sum(one.role == "result" for one in found) == MOST_RESULTS


def too_long(most: int, failure: type[TooMuch] = PromptTooLong) -> Callable[..., Verdicts]:
    """A judge of whom no more lines than so many can be asked."""

    def answer(lines: Sequence[Shown], **_: Any) -> Verdicts:
        if len(lines) > most:
            raise failure("it does not fit")
        return verdicts(ok=tuple(f"{one.id} {one.about[0]}.2" for one in lines))

    return answer


TEXTS = ("정확도가 1.5% 올랐다", "기준 방법을 1.5% 앞섰다", "1.5%만큼 정확해졌다", "정확도 차이는 1.5%였다")


async def test_what_is_too_much_at_once_is_judged_in_halves() -> None:
    found = await judged([line(text) for text in TEXTS], too_long(2))
    assert [one.state for one in found] == ["accepted"] * 4


async def test_a_half_is_shown_only_the_sentences_of_its_papers() -> None:
    sizes: list[set[str]] = []

    def answer(lines: Sequence[Shown], sentences: Sequence[tuple[str, str]], **_: Any) -> Verdicts:
        if len(lines) > 1:
            raise PromptTooLong("it does not fit")
        held = {text for _, text in sentences}
        sizes.append({paper.title for paper in (ARMS, LEGS) if paper.title in held})
        return verdicts(ok=tuple(f"{one.id} {one.about[0]}.2" for one in lines))

    found = await judged([line(), line("정확도가 2.5% 올랐다", about=(LEGS,))], answer)
    assert [one.state for one in found] == ["accepted"] * 2
    assert sizes == [{ARMS.title}, {LEGS.title}]


async def test_a_half_without_verdicts_costs_its_own_lines_and_no_others() -> None:
    def answer(lines: Sequence[Shown], **_: Any) -> Verdicts:
        if any(one.text == TEXTS[0] for one in lines):
            raise PromptTooLong("it does not fit")
        return verdicts(ok=tuple(f"{one.id} {one.about[0]}.2" for one in lines))

    found = await judged([line(text) for text in TEXTS], answer)
    assert [(one.state, one.rule) for one in found] == [("pending", "no-verdict"), *[("accepted", "")] * 3]


async def test_a_judge_that_answers_nothing_at_all_fails() -> None:
    def down(**_: Any) -> Verdicts:
        raise ModelFailed("it is down")

    with pytest.raises(ModelFailed, match="it is down"):
        await judged([line(text) for text in TEXTS], down)


def test_the_lines_of_these_tests_are_none_of_the_exams() -> None:
    assert not any(judging.key(text) for text in (HOOK, INVENTED, *TEXTS))


@pytest.mark.parametrize(("changed", "believed"), [("{} (관 문항에서)", True), ("{}", False), ("{} 그리고 77%", False)])
async def test_a_judge_may_word_a_right_canary_better_and_not_find_fault_with_its_figures(
    changed: str, believed: bool
) -> None:
    def answer(lines: Sequence[Shown], **_: Any) -> Verdicts:
        planted = {one.id: judging.key(one.text) for one in lines}
        right = [one for one in lines if (held := planted[one.id]) and held.right]
        wrong = [one.id for one in lines if (held := planted[one.id]) and not held.right]
        own = [f"{one.id} {one.about[0]}.2" for one in lines if planted[one.id] is None]
        mended = tuple(mend(changed.format(one.text), one.id, (f"{one.about[0]}.1",)) for one in right)
        return verdicts(ok=tuple(own), mend=mended, drop=tuple(map(refuse, wrong)))

    llm = ScriptedLLM({"critique": answer}, honest=False)
    if believed:
        (found,) = await critique([line()], PAPERS, about="x", language="ko", llm=llm)
        assert found.state == "accepted"
    else:
        with pytest.raises(Untrusted):
            await critique([line()], PAPERS, about="x", language="ko", llm=llm)
