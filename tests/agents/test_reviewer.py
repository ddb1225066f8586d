"""What a person is asked in a review, and what becomes of the answer: of a claim, a section, the whole day."""

from typing import Any

import pytest

from agents import decisions, reviewer
from agents.decisions import Decisions
from agents.framer import Frame
from agents.reviewer import ReviewPart
from domain.claims import Claim, Evidence
from domain.items import Change, Item
from domain.lines import Line
from tests.scripted import PAPERS, ScriptedLLM, script

ARMS, LEGS = PAPERS[:2]
TITLES = {paper.id: paper.title for paper in PAPERS}


def claim(paper: Any, role: Any, text: str, sentence: int) -> Claim:
    quote = dict(paper.evidence)[sentence]
    evidence = (Evidence(paper_id=paper.id, sentence=sentence, quote=quote),)
    return Claim(kind="reported", role=role, text=text, evidence=evidence)


def item(paper: Any) -> Item:
    return Item(
        paper_id=paper.id,
        name=paper.title,
        claims=(
            claim(paper, "method", f"{paper.title} 방법을 제안합니다.", 1),
            claim(paper, "result", f"정확도가 {paper.id[-1]}.5% 올랐습니다.", 2),
        ),
        changes=(Change(paper_id=paper.id, role="note", before="훌륭한 논문입니다.", after="", why="too bold"),),
    )


ITEMS = (item(ARMS), item(LEGS))
FRAME = Frame(
    lines=(
        Line(papers=(ARMS.id,), role="opening", text="정확도가 오른 날입니다.", state="accepted"),
        Line(papers=(ARMS.id, LEGS.id), role="group", text="오늘의 논문", state="accepted"),
    ),
    groups=((ARMS.id, LEGS.id),),
)
ASKED = reviewer.parts(ITEMS, [("오늘의 논문", (ARMS.id, LEGS.id))], FRAME, "The day")
APPROVE = {"type": "approve"}


def place(text: str, kind: str = "claim") -> int:
    return next(n for n, one in enumerate(ASKED) if one.kind == kind and text in (one.text, one.section))


def answer(**by_place: Any) -> dict[str, Any]:
    given: list[Any] = [APPROVE] * len(ASKED)
    for n, decision in by_place.items():
        given[int(n.removeprefix("at"))] = decision
    return {"decisions": given}


def edit(**arguments: Any) -> dict[str, Any]:
    return {"type": "edit", "edited_action": {"name": "", "args": arguments}}


def settled(decided: Decisions, judged: Any = ()) -> tuple[dict[str, list[str]], Frame, list[str]]:
    items, frame, drops = decisions.settle(decided, judged, ITEMS, FRAME, TITLES)
    told = {TITLES[one.paper_id]: [each.text for each in one.claims] for one in items}
    return told, frame, [f"{drop.what}: {drop.reason}" for drop in drops]


def test_a_reviewer_is_asked_about_the_day_its_sections_each_claim_and_what_was_left_out_with_the_reason() -> None:
    asked = reviewer.request(ASKED, TITLES, "# the page")
    names = [one["name"] for one in asked["action_requests"]]
    own = ["publish_claim", "publish_claim", "leave_out"]
    assert names == ["publish_day", "publish_section", "publish_claim", "publish_section", *own, *own]
    assert "# the page" in asked["action_requests"][0]["description"]
    assert [one["action_name"] for one in asked["review_configs"]] == names
    left_out = asked["action_requests"][place("훌륭한 논문입니다.", "left out")]
    assert "left out: too bold" in left_out["description"]
    assert "It improves" not in left_out["description"] and "> " in asked["action_requests"][4]["description"]


def test_what_is_approved_stays_as_it_is() -> None:
    for given in (answer(), {"decisions": [APPROVE]}):
        decided = decisions.decide(ASKED, given)
        assert not decided.edits and decided.rejected is None
        assert decisions.settle(decided, (), ITEMS, FRAME, TITLES) == (ITEMS, FRAME, ())


def test_a_claim_that_is_rejected_is_left_out_with_the_persons_reason() -> None:
    at = place("정확도가 1.5% 올랐습니다.")
    decided = decisions.decide(ASKED, answer(**{f"at{at}": {"type": "reject", "message": "dull"}}))
    items, _, _ = decisions.settle(decided, (), ITEMS, FRAME, TITLES)
    assert [one.text for one in items[0].claims] == [f"{ARMS.title} 방법을 제안합니다."]
    assert items[0].changes[-1].why == "rejected by a person: dull" and items[1] == ITEMS[1]


def test_a_section_that_is_rejected_takes_its_papers_along_and_the_receipt_names_them() -> None:
    at = place("오늘의 논문", "section")
    told, _, drops = settled(decisions.decide(ASKED, answer(**{f"at{at}": {"type": "reject", "message": "off"}})))
    assert told == {} and drops == [f"{paper.title}: rejected by a person: off" for paper in (ARMS, LEGS)]


def test_a_day_that_is_rejected_says_why() -> None:
    assert decisions.decide(ASKED, {"decisions": [{"type": "reject", "message": "later"}]}).rejected == "later"


@pytest.mark.parametrize("level", ["claim", "section", "day"])
async def test_a_line_can_be_written_anew_in_itself_in_its_section_and_in_the_whole_day(level: str) -> None:
    old, new = "정확도가 1.5% 올랐습니다.", "정확도가 1.5% 더 높았습니다."
    claims = {one.key: new if one.text == old else one.text for one in ASKED if one.kind == "claim"}
    at = {"claim": place(old), "section": place("오늘의 논문", "section"), "day": 0}[level]
    own = edit(text=new) if level == "claim" else edit(title="오늘의 논문", claims=claims)
    decided = decisions.decide(ASKED, answer(**{f"at{at}": own}))
    judged = await decisions.judge_edits(decided.edits, PAPERS, language="ko", llm=ScriptedLLM(script()))
    told, _, _ = settled(decided, judged)
    assert told[ARMS.title] == [f"{ARMS.title} 방법을 제안합니다.", new]
    items, _, _ = decisions.settle(decided, judged, ITEMS, FRAME, TITLES)
    assert items[0].claims[1].by_person and items[0].changes[-1].why == "edited by a person"


async def test_what_was_left_out_can_be_written_so_that_it_holds_and_a_section_can_be_called_otherwise() -> None:
    at = place("훌륭한 논문입니다.", "left out")
    section = place("오늘의 논문", "section")
    given = {f"at{at}": edit(text="긴 입력에서의 한계는 분명하지 않습니다."), f"at{section}": edit(title="로봇")}
    decided = decisions.decide(ASKED, answer(**given))
    judged = await decisions.judge_edits(decided.edits, PAPERS, language="ko", llm=ScriptedLLM(script()))
    told, frame, _ = settled(decided, judged)
    assert told[ARMS.title][-1] == "긴 입력에서의 한계는 분명하지 않습니다."
    assert (frame.lines[1].text, frame.lines[1].by_person, frame.groups) == ("로봇", True, FRAME.groups)


@pytest.mark.parametrize("judge", [None, ScriptedLLM(script())], ids=["rules alone", "a judge"])
async def test_what_a_person_writes_and_the_papers_do_not_say_is_sent_back_and_the_line_stays(judge: Any) -> None:
    at = place("정확도가 1.5% 올랐습니다.")
    decided = decisions.decide(ASKED, answer(**{f"at{at}": edit(text="정확도가 99.9% 올랐습니다.")}))
    judged = await decisions.judge_edits(decided.edits, PAPERS, language="ko", llm=judge)
    (back,) = decisions.open_edits(judged)
    assert "99.9%" in back.line.objection
    assert settled(decided, judged)[0][ARMS.title][1] == "정확도가 1.5% 올랐습니다."
    again = reviewer.once_more((back,))
    assert reviewer.fault(again, {"decisions": [APPROVE, APPROVE]}).endswith("edit or reject it.")
    gone = decisions.decide(again, {"decisions": [APPROVE, {"type": "reject"}]})
    assert settled(gone)[0][ARMS.title] == [f"{ARMS.title} 방법을 제안합니다."]


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ("yes", '{"decisions": [...]}'),
        ({"decisions": [APPROVE] * 3}, "10 requests and 3 decisions"),
        ({"decisions": [{"type": "respond", "message": "fine"}]}, "approve, edit or reject, not 'respond'"),
        ({"decisions": [{"type": "edit"}]}, '"edited_action"'),
    ],
)
def test_an_answer_that_cannot_be_used_is_told_in_a_sentence(given: object, words: str) -> None:
    assert words in reviewer.fault(ASKED, given)


def test_one_decision_is_about_the_whole_day() -> None:
    assert reviewer.fault(ASKED, {"decisions": [APPROVE]}) == ""
    assert isinstance(ASKED[0], ReviewPart) and ASKED[0].kind == "day"
