"""The opening of the report rests on claims that were filed, and what cannot be kept is named."""

from collections.abc import Sequence
from typing import Any

import pytest

from agents.offline import OfflineLLM
from agents.overview import LONGEST, Opening, overview
from domain.claims import Claim, Evidence, Kind
from domain.critiques import Objection, Verdicts
from domain.papers import Paper
from domain.reports import Section
from domain.sentences import sentences
from domain.trends import Fact
from models.llm import ModelFailed, StopRun
from prompts.glossary import load_glossary
from prompts.taxonomy import load_taxonomy
from tests.scripted import HashEmbedder, ScriptedLLM, approves, paper

ARMS, QUBITS = paper(1, "AlphaGrip"), paper(2, "BetaQubit")
FACT = Fact(id="repeat:x", kind="repeat", category="robotics", ko="어제 소개된 논문이다.", en="It came yesterday.")

GAIN = "AlphaGrip은 실험에서 기준 방법보다 정확도를 1.5% 높였다."
LIFT = "BetaQubit은 실험에서 기준 방법보다 정확도를 2.5% 높였다."
GRIP = "AlphaGrip 실험에서 정확도가 기준 방법보다 1.5% 높아졌다."
QUBIT = "BetaQubit 실험에서 정확도가 기준 방법보다 2.5% 높아졌다."


def claim(about: Paper, number: int, text: str, facts: tuple[str, ...] = ()) -> Claim:
    quote = (about.title, *sentences(about.abstract))[number]
    return Claim(
        kind="reported",
        text=text,
        evidence=(Evidence(paper_id=about.id, sentence=number, quote=quote),),
        facts=facts,
    )


SECTIONS = (
    Section(
        category="quantum",
        papers=(QUBITS.id,),
        headline=claim(QUBITS, 1, "BetaQubit 방법이 제안되었다."),
        themes=(claim(QUBITS, 1, "BetaQubit의 방법을 다룬다."),),
        keywords=(claim(QUBITS, 0, "BetaQubit"),),
        findings=(claim(QUBITS, 2, QUBIT),),
        outlook=(claim(QUBITS, 3, "한계는 아직 불분명하다."),),
    ),
    Section(
        category="robotics",
        papers=(ARMS.id,),
        headline=claim(ARMS, 1, "AlphaGrip 방법이 제안되었다.", facts=(FACT.id,)),
        findings=(claim(ARMS, 2, GRIP),),
        facts=(FACT,),
    ),
)


class Writer:
    """A model that opens with the given statements and judges as told; remembers the lines it was shown."""

    def __init__(
        self, *statements: tuple[str | None, tuple[str, ...]], critique: Any = approves, kind: Kind = "reported"
    ):
        self.lines: list[Any] = []
        self.judged: list[str] = []

        def opens(lines: Sequence[Any], **_: Any) -> Any:
            self.lines.extend(lines)
            return {"statements": [{"kind": kind, "text": text, "cites": cites} for text, cites in statements]}

        def judges(items: Sequence[Any], **_: Any) -> Any:
            self.judged.extend(i.text for i in items)
            return critique(items=items)

        self.llm = ScriptedLLM({"overview": opens, "critique": judges})


async def opened(llm: Any, sections: Sequence[Section] = SECTIONS) -> Opening:
    return await overview(
        sections,
        (ARMS, QUBITS),
        load_taxonomy(),
        language="ko",
        glossary=load_glossary("ko"),
        llm=llm,
        quoter=OfflineLLM(HashEmbedder()),
    )


async def labels() -> dict[str, str]:
    """Text of each claim → the label under which a writer is shown it."""
    writer = Writer()
    await opened(writer.llm)
    return {line.text: line.id for line in writer.lines}


async def test_the_writer_chooses_from_headlines_and_findings_in_printing_order() -> None:
    writer = Writer()
    await opened(writer.llm)
    taxonomy = load_taxonomy()
    assert [line.id for line in writer.lines] == [f"C{n}" for n in range(1, len(writer.lines) + 1)]
    shown = {line.text for line in writer.lines}
    assert {GRIP, QUBIT, "AlphaGrip 방법이 제안되었다.", "BetaQubit 방법이 제안되었다."} == shown
    keys = [next(c.key for c in taxonomy.all if c.name("ko") == line.section) for line in writer.lines]
    assert keys == taxonomy.order(keys)


async def test_of_many_findings_the_writer_is_shown_the_two_richest_in_figures_in_their_order() -> None:
    several = ("AlphaGrip은 3%와 4% 좋다.", "AlphaGrip은 좋다.", "AlphaGrip은 5%, 6%, 7% 좋다.", "AlphaGrip은 8% 좋다.")
    section = SECTIONS[1].model_copy(update={"findings": tuple(claim(ARMS, 2, text) for text in several)})
    writer = Writer()
    await opened(writer.llm, [section])
    assert [line.text for line in writer.lines if line.part == "findings"] == [several[0], several[2]]


async def test_a_line_names_the_papers_that_it_rests_on_by_their_place_in_the_day() -> None:
    writer = Writer()
    await opened(writer.llm)
    places = {line.text: line.papers for line in writer.lines}
    assert (places[GRIP], places[QUBIT]) == ((1,), (2,))


async def test_a_sentence_of_the_opening_has_the_evidence_of_the_claims_it_cites() -> None:
    ids = await labels()
    both = (ids[GRIP], ids[QUBIT], ids["AlphaGrip 방법이 제안되었다."], ids[GRIP])
    writer = Writer(("AlphaGrip과 BetaQubit는 정확도를 높인다.", both))
    opening = await opened(writer.llm)
    (claim,) = opening.claims
    assert [(e.paper_id, e.sentence) for e in claim.evidence] == [(ARMS.id, 2), (QUBITS.id, 2), (ARMS.id, 1)]
    assert claim.facts == (FACT.id,)
    held = {p.id: f"{p.title} {p.abstract}" for p in (ARMS, QUBITS)}
    assert all(e.quote in held[e.paper_id] for e in claim.evidence)
    assert opening.drops == ()


async def test_labels_that_were_never_given_carry_nothing() -> None:
    ids = await labels()
    writer = Writer(("AlphaGrip 방법이 제안되었다고 한다.", ("C99", "P1.1", "", "c1")), (GAIN, ("C99", ids[GRIP])))
    opening = await opened(writer.llm)
    assert [(c.text, len(c.evidence)) for c in opening.claims] == [(GAIN, 1)]
    (drop,) = opening.drops
    assert (drop.step, drop.what) == ("overview", "AlphaGrip 방법이 제안되었다고 한다.")
    assert drop.reason.startswith("no-evidence: ")
    assert writer.judged == [GAIN]


async def test_a_rejected_sentence_is_left_out_with_the_reason() -> None:
    ids = await labels()

    def objects(items: Sequence[Any]) -> Verdicts:
        bad = [i.id for i in items if i.text == LIFT]
        return Verdicts(
            supported=tuple(i.id for i in items if i.id not in bad),
            rejected=tuple(Objection(id=id, verdict="contradicted", reason="it says less") for id in bad),
        )

    wrong = GRIP.replace("1.5%", "8.5%")
    writer = Writer((LIFT, (ids[QUBIT],)), (wrong, (ids[GRIP],)), (GAIN, (ids[GRIP],)), critique=objects)
    opening = await opened(writer.llm)
    assert [c.text for c in opening.claims] == [GAIN]
    assert writer.judged == [LIFT, GAIN]
    assert [(d.step, d.what) for d in opening.drops] == [("overview", LIFT), ("overview", wrong)]
    assert opening.drops[0].reason == "contradicted: it says less"
    assert opening.drops[1].reason.startswith("figure")


async def test_sentences_beyond_the_longest_opening_are_left_out_and_named() -> None:
    ids = await labels()
    numbered = [(f"AlphaGrip 방법이 {n}번째로 제안되었다.", (ids[GRIP],)) for n in range(LONGEST + 2)]
    writer = Writer(*numbered)
    opening = await opened(writer.llm)
    assert len(opening.claims) + len(opening.drops) == LONGEST + 2
    assert [d.what for d in opening.drops if "at most" in d.reason] == [text for text, _ in numbered[LONGEST:]]


async def test_when_the_model_fails_findings_are_quoted_and_the_loss_is_named() -> None:
    def fails(**_: Any) -> Any:
        raise ModelFailed("the server said 500")

    opening = await opened(ScriptedLLM({"overview": fails}))
    assert {c.text for c in opening.claims} == {GRIP, QUBIT}
    assert all(c.evidence for c in opening.claims)
    (drop,) = opening.drops
    assert (drop.step, drop.what) == ("overview", "the model's overview")
    assert drop.reason == "the server said 500; findings are quoted instead"


async def test_when_the_judge_fails_nothing_that_it_did_not_judge_is_printed() -> None:
    def fails(**_: Any) -> Any:
        raise ModelFailed("the judge is silent")

    writer = Writer(("AlphaGrip은 정확도를 높인다.", (next(iter((await labels()).values())),)), critique=fails)
    opening = await opened(writer.llm)
    assert {c.text for c in opening.claims} == {GRIP, QUBIT}
    assert "the judge is silent" in opening.drops[-1].reason


async def test_a_run_that_must_stop_is_not_quoted_over() -> None:
    def stops(**_: Any) -> Any:
        raise StopRun("the key is refused")

    with pytest.raises(StopRun):
        await opened(ScriptedLLM({"overview": stops}))


async def test_the_quoter_opens_with_one_finding_of_each_section_unscreened() -> None:
    opening = await opened(OfflineLLM(HashEmbedder()))
    assert {c.text for c in opening.claims} == {GRIP, QUBIT}
    assert opening.drops == ()


async def test_a_day_without_findings_has_no_opening_and_asks_no_model() -> None:
    writer = Writer()
    bare = SECTIONS[0].model_copy(update={"findings": ()})
    assert await opened(writer.llm, [bare]) == Opening()
    assert await opened(writer.llm, []) == Opening()
    assert writer.llm.asked == []


async def test_a_claim_taken_as_it_stands_is_printed_so_and_not_judged_twice() -> None:
    ids = await labels()
    writer = Writer((None, (ids[QUBIT],)), (GRIP, (ids[GRIP],)), (None, (ids[QUBIT], ids[GRIP])))
    opening = await opened(writer.llm)
    assert opening.claims == (SECTIONS[0].findings[0], SECTIONS[1].findings[0])
    assert writer.judged == [] and writer.llm.count("critique") == 0
    assert opening.drops == ()


async def test_a_claim_with_the_words_of_one_and_the_evidence_of_another_is_judged() -> None:
    ids = await labels()
    writer = Writer((GRIP, (ids["AlphaGrip 방법이 제안되었다."], ids[GRIP])))
    await opened(writer.llm)
    assert writer.judged == [GRIP]


async def test_a_claim_that_was_never_listed_cannot_be_taken() -> None:
    opening = await opened(Writer((None, ("C99",)), (None, ())).llm)
    assert opening.claims == ()
    assert [d.reason.split(":")[0] for d in opening.drops] == ["no-evidence"]


async def test_a_trend_that_rests_on_no_fact_is_left_out_unjudged() -> None:
    ids = await labels()
    writer = Writer(("BetaQubit 연구가 늘고 있다.", (ids[QUBIT],)), kind="trend")
    opening = await opened(writer.llm)
    assert opening.claims == () and writer.judged == []
    assert [d.reason.split(":")[0] for d in opening.drops] == ["trend-without-fact"]


async def test_with_more_sections_than_sentences_a_headline_speaks_for_its_paper() -> None:
    sections = [
        *SECTIONS,
        *(SECTIONS[0].model_copy(update={"category": key}) for key in ("llm", "nlp", "audio")),
        SECTIONS[0].model_copy(update={"category": "rl", "findings": (claim(ARMS, 2, GRIP), claim(QUBITS, 2, QUBIT))}),
        SECTIONS[0].model_copy(update={"category": "graph", "headline": None}),
    ]
    writer = Writer()
    await opened(writer.llm, sections)
    taxonomy = load_taxonomy()
    names = {taxonomy[s.category].name("ko"): s.category for s in sections}
    shown = [(names[line.section], line.text) for line in writer.lines if line.part == "findings"]
    assert sorted(shown) == [("graph", QUBIT), ("rl", GRIP)]
    assert sum(1 for line in writer.lines if line.part == "headline") == len(sections) - 1
    quoted = await opened(OfflineLLM(HashEmbedder()), sections)
    assert {c.text for c in quoted.claims} == {GRIP, QUBIT}
