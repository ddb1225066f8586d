"""The critic: rules first, then the model on what they let pass; nothing is accepted by silence."""

from collections.abc import Sequence
from typing import Any

import pytest

from agents.critic import critique, screen
from domain.claims import PARTS, Brief, Claim, Draft, Evidence, Kind, Statement
from domain.critiques import Critique, Objection, Verdicts
from domain.trends import Fact
from prompts.glossary import load_glossary
from tests.scripted import ScriptedLLM, approves, paper

ARMS, LEGS = paper(1, "AlphaGrip"), paper(2, "BetaWalk")
FACT = Fact(
    id="repeat:arxiv:2611.00001",
    kind="repeat",
    category="robotics",
    ko="「AlphaGrip」은(는) 2026-11-10에 처음 소개된 논문이다.",
    en="“AlphaGrip” was first listed on 2026-11-10.",
)
BRIEF = Brief(papers=(ARMS, LEGS), facts=(FACT,))
GLOSSARY = load_glossary("ko")

HEAD = "AlphaGrip 방법이 제안되었다."
GAIN = "AlphaGrip 실험에서 정확도가 기준 방법보다 1.5% 높아졌다."
WALK = "BetaWalk 실험에서 정확도가 기준 방법보다 2.5% 높아졌다."
WRONG = "AlphaGrip 실험에서 정확도가 기준 방법보다 9.5% 높아졌다."


def said(text: str, *cites: str, kind: Kind = "reported") -> Statement:
    return Statement(kind=kind, text=text, cites=cites)


def draft(**parts: Any) -> Draft:
    covering = (said(GAIN, "P1.2"), said(WALK, "P2.2"))
    empty: dict[str, Any] = dict.fromkeys(PARTS[1:], ())
    return Draft(**{**empty, "headline": said(HEAD, "P1.1"), "findings": covering, **parts})


class Judge:
    """A critic's model that remembers what it was shown and answers as it is told."""

    def __init__(self, answer: Any = approves) -> None:
        self.items: list[Any] = []
        self.sentences: list[tuple[str, str]] = []

        def judge(items: Sequence[Any], sentences: Sequence[tuple[str, str]], **_: Any) -> Any:
            self.items.extend(items)
            self.sentences.extend(sentences)
            return answer(items=items)

        self.llm = ScriptedLLM({"critique": judge})

    @property
    def texts(self) -> list[str]:
        return [item.text for item in self.items]


async def judged(draft: Draft, judge: Judge, before: Critique | None = None, brief: Brief = BRIEF) -> Critique:
    return await critique(draft, brief, before, about="robotics", language="ko", glossary=GLOSSARY, llm=judge.llm)


def rejected(found: Critique) -> dict[tuple[str, int], list[str]]:
    return {(r.part, r.place): [f.rule for f in r.faults] for r in found.rejections}


async def test_a_draft_that_rules_and_model_support_is_accepted_statement_by_statement() -> None:
    judge, good = Judge(), draft()
    found = await judged(good, judge)
    assert found.accepted
    assert set(found.passed) == {s for _, _, s in good.statements()}
    assert judge.llm.asked == [("critique", "robotics")]
    assert judge.texts == [HEAD, GAIN, WALK]


@pytest.mark.parametrize(
    ("bad", "rule"),
    [
        (said(WRONG, "P1.2"), "figure"),
        (said("AlphaGrip은 안정적이다.", "P9.1"), "unknown-label"),
        (said("AlphaGrip은 안정적이다."), "no-evidence"),
        (said("AlphaGrip은 안정적이다.", "T1"), "report-without-sentence"),
        (said("AlphaGrip 연구가 이어진다.", "P1.1", kind="trend"), "trend-without-fact"),
        (said(GAIN, "P1.2"), "said-twice"),
    ],
)
async def test_the_model_is_not_asked_about_what_the_rules_reject(bad: Statement, rule: str) -> None:
    judge = Judge()
    found = await judged(draft(outlook=(bad,)), judge)
    assert judge.texts == [HEAD, GAIN, WALK]
    ((where, rules),) = rejected(found).items()
    assert where == ("outlook", 0)
    assert any(name.startswith(rule) for name in rules)
    assert not found.accepted


async def test_when_the_rules_reject_everything_no_model_is_asked() -> None:
    judge = Judge()
    alone = draft(headline=said(WRONG, "P1.2"), findings=(said(WALK, "P7.2"),))
    found = await judged(alone, judge)
    assert set(rejected(found)) == {("headline", 0), ("findings", 0)}
    assert judge.llm.asked == [] and found.passed == ()


@pytest.mark.parametrize("verdict", ["unsupported", "contradicted"])
async def test_an_objection_rejects_and_outweighs_an_approval_of_the_same_statement(verdict: Any) -> None:
    def both(items: Sequence[Any]) -> Verdicts:
        return Verdicts(
            supported=tuple(i.id for i in items),
            rejected=(Objection(id=items[1].id, verdict=verdict, reason="the sentence says less"),),
        )

    found = await judged(draft(), Judge(both))
    (rejection,) = found.rejections
    assert (rejection.part, rejection.place, rejection.statement.text) == ("findings", 0, GAIN)
    ((fault),) = rejection.faults
    assert (fault.rule, fault.span, fault.reason) == (verdict, GAIN, "the sentence says less")
    assert {s.text for s in found.passed} == {HEAD, WALK}


async def test_an_objection_without_a_reason_still_rejects() -> None:
    def mute(items: Sequence[Any]) -> Verdicts:
        return Verdicts(
            supported=(), rejected=tuple(Objection(id=i.id, verdict="unsupported", reason="") for i in items)
        )

    found = await judged(draft(), Judge(mute))
    assert all(f.reason for r in found.rejections for f in r.faults)
    assert len(found.rejections) == 3


async def test_what_has_no_verdict_is_rejected_and_verdicts_on_others_are_ignored() -> None:
    def partly(items: Sequence[Any]) -> Verdicts:
        strange = Objection(id="S99", verdict="contradicted", reason="who?")
        return Verdicts(supported=(items[0].id, "S77", GAIN), rejected=(strange,))

    found = await judged(draft(), Judge(partly))
    assert rejected(found) == {("findings", 0): ["no-verdict"], ("findings", 1): ["no-verdict"]}
    assert [s.text for s in found.passed] == [HEAD]


async def test_a_verdict_reaches_the_statement_that_was_judged_also_after_rejected_ones() -> None:
    def objects(items: Sequence[Any]) -> Verdicts:
        (walk,) = (i.id for i in items if i.text == WALK)
        others = tuple(i.id for i in items if i.id != walk)
        return Verdicts(supported=others, rejected=(Objection(id=walk, verdict="contradicted", reason="no"),))

    mixed = draft(headline=said(WRONG, "P1.2"), keywords=(said("AlphaGrip", "P1.0"),))
    found = await judged(mixed, Judge(objects))
    assert set(rejected(found)) == {("headline", 0), ("findings", 1)}


async def test_each_cited_sentence_is_shown_once_with_all_that_an_item_cites() -> None:
    judge = Judge()
    several = draft(
        impact=(said("AlphaGrip과 BetaWalk는 정확도를 높인다.", "P1.2", "P2.2", kind="analysis"),),
        trend=(said("AlphaGrip은 2026-11-10에 처음 소개되었다.", "T1", kind="trend"),),
    )
    await judged(several, judge)
    names, texts = zip(*judge.sentences, strict=True)
    assert len(set(names)) == len(names) and len(set(texts)) == len(texts)
    held = dict(judge.sentences)
    cited = {item.text: [held[name] for name in item.cites] for item in judge.items}
    gain, walk = BRIEF.sentences_of(0)[2], BRIEF.sentences_of(1)[2]
    assert cited[GAIN] == [gain] and cited[WALK] == [walk]
    assert cited["AlphaGrip과 BetaWalk는 정확도를 높인다."] == [gain, walk]
    assert cited["AlphaGrip은 2026-11-10에 처음 소개되었다."] == [FACT.ko]


async def test_of_a_cited_paper_the_title_is_shown_too_and_nothing_that_nobody_cites() -> None:
    judge = Judge()
    await judged(draft(findings=(said(GAIN, "P1.2"),)), judge)
    assert {text for _, text in judge.sentences} == set(BRIEF.sentences_of(0)[:3])


async def test_what_passed_and_stands_unchanged_is_not_asked_again() -> None:
    first = await judged(draft(), Judge())
    again = Judge()
    found = await judged(draft(), again, first)
    assert again.llm.asked == []
    assert found.accepted and len(found.passed) == 3


async def test_what_was_changed_even_in_its_citations_is_asked_again() -> None:
    first = await judged(draft(), Judge())
    again = Judge()
    changed = draft(
        headline=said(HEAD, "P1.1", "P1.0"), outlook=(said("긴 입력에서의 한계는 아직 불분명하다.", "P1.3"),)
    )
    await judged(changed, again, first)
    assert again.texts == [HEAD, "긴 입력에서의 한계는 아직 불분명하다."]


async def test_what_was_rejected_before_is_asked_again_when_it_stands_unchanged() -> None:
    silent = await judged(draft(), Judge(lambda items: Verdicts(supported=(), rejected=())))
    again = Judge()
    assert (await judged(draft(), again, silent)).accepted
    assert again.texts == [HEAD, GAIN, WALK]


async def test_a_keyword_is_never_asked_but_looked_at_by_the_rules() -> None:
    judge = Judge()
    keys = (said("AlphaGrip", "P1.0"), said("GammaNet", "P1.0"), said("BetaWalk", "P8.0"))
    found = await judged(draft(keywords=keys), judge)
    assert judge.texts == [HEAD, GAIN, WALK]
    assert set(rejected(found)) == {("keywords", 1), ("keywords", 2)}
    assert keys[0] in found.passed


async def test_papers_without_a_finding_are_named() -> None:
    found = await judged(draft(findings=(said(GAIN, "P1.2"),)), Judge())
    assert found.uncovered == ("P2",) and not found.accepted and not found.rejections


async def test_a_quotation_is_held_to_the_word_and_not_to_the_language() -> None:
    judge = Judge()
    judge.llm.quotes = True
    quote = BRIEF.sentences_of(0)[2]
    quoting = draft(
        headline=said(quote, "P1.2"), findings=(said(quote[:-1], "P1.2"), said(BRIEF.sentences_of(1)[2], "P2.2"))
    )
    found = await judged(quoting, judge)
    assert rejected(found) == {("findings", 0): ["not-verbatim", "said-twice"]}


def filed(text: str, *evidence: tuple[int, int], facts: tuple[str, ...] = (), kind: Kind = "reported") -> Claim:
    return Claim(
        kind=kind,
        text=text,
        evidence=tuple(
            Evidence(paper_id=BRIEF.papers[p].id, sentence=s, quote=BRIEF.sentences_of(p)[s]) for p, s in evidence
        ),
        facts=facts,
    )


async def screened(claims: Sequence[Claim], judge: Judge) -> list[list[str]]:
    found = await screen(claims, BRIEF.papers, BRIEF.facts, language="ko", glossary=GLOSSARY, llm=judge.llm)
    return [[f.rule for f in faults] for faults in found]


async def test_filed_claims_are_screened_by_the_same_rules_and_the_same_judge() -> None:
    def objects(items: Sequence[Any]) -> Verdicts:
        (walk,) = (i.id for i in items if i.text == WALK)
        others = tuple(i.id for i in items if i.id != walk)
        return Verdicts(supported=others, rejected=(Objection(id=walk, verdict="contradicted", reason="no"),))

    judge = Judge(objects)
    claims = [filed("근거 없는 말이다."), filed(WRONG, (0, 2)), filed(GAIN, (0, 2)), filed(WALK, (1, 2))]
    none, wrong, gain, walk = await screened(claims, judge)
    assert (none, gain, walk) == (["no-evidence"], [], ["contradicted"])
    assert wrong and judge.texts == [GAIN, WALK]
    assert judge.llm.asked == [("critique", None)]


async def test_a_screened_claim_without_a_verdict_is_faulty() -> None:
    silent = Judge(lambda items: Verdicts(supported=(), rejected=()))
    assert await screened([filed(GAIN, (0, 2))], silent) == [["no-verdict"]]


async def test_when_all_screened_claims_are_unfounded_no_model_is_asked() -> None:
    judge = Judge()
    assert await screened([filed("근거 없는 말이다.")], judge) == [["no-evidence"]]
    assert await screened([], judge) == []
    assert judge.llm.asked == []


async def test_a_keyword_that_becomes_a_sentence_is_asked_for() -> None:
    keyword = said("AlphaGrip은 방법이다.", "P1.1")
    first = await judged(draft(headline=said(WRONG, "P1.2"), keywords=(keyword,)), Judge())
    assert keyword in first.passed
    again = Judge()
    second = await judged(draft(headline=keyword, keywords=(keyword,)), again, first)
    assert again.texts == [keyword.text]
    third = Judge()
    await judged(draft(headline=keyword), third, second)
    assert third.texts == [keyword.text]


async def test_a_title_is_left_out_where_the_sentences_name_their_subject() -> None:
    colon = ARMS.model_copy(update={"title": "AlphaGrip: Grasping", "abstract": f"{ARMS.abstract} It is fast."})
    unnamed = LEGS.model_copy(
        update={"title": "GammaNet: Legs", "abstract": "We walk. It gains 2.5% accuracy. It is fast."}
    )
    two = Brief(papers=(colon, unnamed), facts=())
    several = draft(
        findings=(said(GAIN, "P1.2"), said("한계는 아직 불분명하다.", "P1.3"), said("정확도가 2.5% 높아졌다.", "P2.2")),
        outlook=(said("빠르다.", "P2.3"), said("걷는다.", "P2.1")),
    )
    judge = Judge()
    await judged(several, judge, brief=two)
    assert [name for name, _ in judge.sentences] == ["P1.1", "P1.2", "P1.3", "P2.0", "P2.1", "P2.2", "P2.3"]
    cited = Judge()
    await judged(draft(headline=said(HEAD, "P1.0"), findings=several.findings), cited, brief=two)
    assert "P1.0" in dict(cited.sentences)


async def test_a_screened_claim_rests_on_what_its_kind_needs() -> None:
    judge = Judge()
    claims = [
        filed("AlphaGrip 연구가 늘고 있다.", (0, 1), kind="trend"),
        filed("AlphaGrip은 2026-11-10에 처음 소개되었다.", facts=(FACT.id,)),
        filed("AlphaGrip은 2026-11-10에 처음 소개되었다.", facts=(FACT.id,), kind="trend"),
    ]
    assert await screened(claims, judge) == [["trend-without-fact"], ["report-without-sentence"], []]
    assert len(judge.texts) == 1


async def test_a_filed_claim_is_screened_by_the_rules_and_not_asked_again() -> None:
    judge = Judge()
    claims = [filed(GAIN, (0, 2)), filed(WRONG, (0, 2)), filed(GAIN, (0, 2), (0, 1))]
    found = await screen(
        claims, BRIEF.papers, BRIEF.facts, filed=claims[:2], language="ko", glossary=GLOSSARY, llm=judge.llm
    )
    assert found[0] == () and found[1] and found[2] == ()
    assert judge.texts == [GAIN] and judge.items[0].cites == ("P1.2", "P1.1")
