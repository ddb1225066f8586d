"""Without a model the papers speak for themselves: word for word, each sentence once, every paper heard."""

from collections.abc import Sequence
from typing import Any

import pytest

from agents.critic import Item, critique
from agents.editor import edit
from agents.offline import OfflineLLM
from agents.overview import Line, Overview
from agents.synthesizer import synthesize
from domain.claims import PARTS, Brief, Draft, Statement
from domain.critiques import Critique, Verdicts
from domain.grounding import drafts
from domain.papers import Paper
from domain.trends import Fact
from models.llm import ModelFailed
from prompts import PromptError
from prompts.glossary import load_glossary
from prompts.taxonomy import load_taxonomy
from tests.scripted import HashEmbedder, paper

FACTS = tuple(
    Fact(id=f"repeat:{n}", kind="repeat", category="robotics", ko=f"{n}번 논문이다.", en=f"It is paper {n}.")
    for n in range(6)
)
ROBOTICS = load_taxonomy()["robotics"]
KO = load_glossary("ko")


def one(number: int, title: str, abstract: str) -> Paper:
    return Paper(id=f"arxiv:2611.{number:05d}", title=title, abstract=abstract)


LONG = one(
    *(7, "Tactile Sensing for Robot Hands"),
    "Robots drop what they cannot see. We propose tactile sensing for robot hands. Is that enough? "
    "Tactile sensing improves grasp success by 18.5% on 3 benchmarks. It improves handling. "
    "It enables real-world deployment without retraining. However, wet objects remain a challenge.",
)
SHORT = one(8, "A Short Note", "We prove that it converges.")
ADDRESS = one(9, "Code Release for Robot Hands", "https://example.org/robot-hands")


async def written(papers: Sequence[Paper], facts: tuple[Fact, ...] = (), language: str = "ko") -> tuple[Draft, Brief]:
    brief = Brief(papers=tuple(papers), facts=facts)
    llm = OfflineLLM(HashEmbedder())
    return await synthesize(ROBOTICS, brief, language=language, glossary=load_glossary(language), llm=llm), brief


async def judged(draft: Draft, brief: Brief) -> Critique:
    llm = OfflineLLM(HashEmbedder())
    return await critique(draft, brief, about="robotics", language="ko", glossary=KO, llm=llm)


@pytest.mark.parametrize(
    "papers",
    [
        (LONG,),
        (SHORT,),
        (LONG, SHORT),
        (SHORT, LONG, paper(1, "AlphaGrip"), paper(2, "BetaWalk")),
        tuple(one(n, f"Net{n}", f"We build Net{n}. Net{n} gains {n}.5%. Net{n} is slow.") for n in range(1, 15)),
    ],
    ids=lambda papers: f"{len(papers)} papers",
)
async def test_a_quoting_draft_passes_its_critic_and_hears_every_paper(papers: tuple[Paper, ...]) -> None:
    draft, brief = await written(papers, FACTS[:1])
    found = await judged(draft, brief)
    assert found.rejections == () and found.uncovered == ()
    assert len(draft.findings) == len(papers)


@pytest.mark.parametrize("papers", [(LONG,), (LONG, SHORT), (paper(1, "AlphaGrip"), paper(2, "BetaWalk"), LONG)])
async def test_every_text_stands_word_for_word_in_what_it_cites_and_none_twice(papers: tuple[Paper, ...]) -> None:
    draft, brief = await written(papers, FACTS[:2])
    seen: list[str] = []
    for part, _, statement in draft.statements():
        assert statement.cites
        for label in statement.cites:
            source = brief.evidence(label)
            fact = brief.fact(label)
            text = source.quote if source else fact.ko if fact else ""
            assert statement.text.casefold() in text.casefold() if part == "keywords" else statement.text == text
        if part != "keywords":
            seen.append(statement.text)
    assert len(set(seen)) == len(seen)
    assert drafts.twice(draft) == {}


async def test_each_part_is_told_by_the_sentence_that_plays_it() -> None:
    draft, _ = await written((LONG,))
    assert [s.text for s in draft.findings] == ["Tactile sensing improves grasp success by 18.5% on 3 benchmarks."]
    assert draft.headline.text == "We propose tactile sensing for robot hands."
    assert [s.text for s in draft.themes] == ["Robots drop what they cannot see."]
    assert [s.text for s in draft.impact] == ["It enables real-world deployment without retraining."]
    assert [s.text for s in draft.outlook] == ["However, wet objects remain a challenge."]
    assert draft.keywords[0].text.casefold() == "tactile sensing"


async def test_a_finding_prefers_the_sentence_with_figures() -> None:
    plain = "We show that it improves accuracy and outperforms the baselines."
    figured = "We show that it improves accuracy by 18.5% and outperforms 12 baselines."
    for abstract in (f"{plain} {figured} It is new.", f"{figured} {plain} It is new."):
        draft, _ = await written((one(1, "Net", abstract),))
        assert [s.text for s in draft.findings] == [figured]


async def test_an_abstract_of_one_sentence_is_a_finding_and_the_title_heads_the_section() -> None:
    draft, _ = await written((SHORT,))
    assert [s.text for s in draft.findings] == [SHORT.abstract]
    assert (draft.headline.text, draft.headline.cites) == (SHORT.title, ("P1.0",))
    assert (draft.themes, draft.impact, draft.outlook) == ((), (), ())


async def test_an_abstract_of_only_an_address_does_not_stop_the_others() -> None:
    draft, brief = await written((ADDRESS, LONG))
    assert "P2" not in drafts.uncovered(draft, brief)
    assert draft.themes == () or all("http" not in s.text for s in (*draft.impact, *draft.outlook))
    found = await judged(draft, brief)
    assert found.rejections == ()


async def test_a_question_is_no_finding_and_no_outlook() -> None:
    asks = "However, does it remain a challenge for future work?"
    draft, _ = await written((one(1, "Net", f"It improves accuracy. {asks} We improve little."),))
    assert asks not in [s.text for s in (*draft.findings, *draft.outlook, draft.headline)]


async def test_impact_and_outlook_come_from_two_papers_at_most_one_sentence_each() -> None:
    papers = [
        one(n, f"Net{n}", f"We build Net{n}. Net{n} gains {n}%. However, Net{n} remains slow. Net{n} still lacks use.")
        for n in range(1, 5)
    ]
    draft, _ = await written(papers)
    assert len(draft.outlook) == 2
    assert len({s.cites[0].split(".")[0] for s in draft.outlook}) == 2
    assert draft.impact == ()


async def test_of_several_sentences_of_one_paper_the_one_that_plays_the_part_best_is_taken() -> None:
    more = "Net has been built. Net was seen in a park. However, future challenges remain. Parks were still green."
    draft, _ = await written((one(1, "Net", f"We build Net. Net gains 5%. {more}"),))
    assert [s.text for s in draft.outlook] == ["However, future challenges remain."]


async def test_a_sentence_that_two_papers_share_is_quoted_once() -> None:
    shared = "However, its limits on long inputs remain unclear."
    papers = [one(n, f"Net{n}", f"We build Net{n}. It gains {n}%. {shared}") for n in range(1, 3)]
    draft, _ = await written(papers)
    assert [s.text for _, _, s in draft.statements()].count(shared) == 1
    assert drafts.twice(draft) == {}


async def test_facts_about_other_days_are_told_in_the_language_of_the_report_four_at_most() -> None:
    for language, texts in (("ko", [f.ko for f in FACTS]), ("en", [f.en for f in FACTS])):
        draft, _ = await written((LONG,), FACTS, language)
        assert [(s.kind, s.text, s.cites) for s in draft.trend] == [
            ("trend", text, (f"T{n}",)) for n, text in enumerate(texts[:4], 1)
        ]


@pytest.mark.parametrize("papers", [(), (one(1, "https://example.org/only", ""),)])
async def test_where_there_is_nothing_to_quote_it_says_so(papers: tuple[Paper, ...]) -> None:
    with pytest.raises(ModelFailed, match="sentence to quote"):
        brief = Brief(papers=papers)
        await OfflineLLM(HashEmbedder()).ask(
            *("synthesize", Draft),
            **{"brief": brief, "language": "ko", "category": ROBOTICS, "figures": [], "terms": [], "fence": "=="},
        )


async def test_the_same_papers_give_the_same_draft() -> None:
    papers = (LONG, paper(1, "AlphaGrip"), SHORT)
    assert (await written(papers))[0] == (await written(papers))[0]


def said(text: str, *cites: str) -> Statement:
    return Statement(kind="reported", text=text, cites=cites)


async def test_as_a_judge_it_supports_what_stands_in_all_that_is_cited_and_nothing_else() -> None:
    sentences = [("E1", "It gains 3.5% on ImageNet."), ("E2", "It gains 3.5% on ImageNet. And more.")]
    items = [
        Item(id="S1", text="It gains 3.5% on ImageNet.", cites=("E1", "E2")),
        Item(id="S2", text="it gains 3.5%", cites=("E1",)),
        Item(id="S3", text="It gains 4.5% on ImageNet.", cites=("E1",)),
        Item(id="S4", text="And more.", cites=("E1", "E2")),
        Item(id="S5", text="It gains 3.5% on ImageNet.", cites=()),
    ]
    verdicts = await OfflineLLM(HashEmbedder()).ask(
        "critique", Verdicts, language="ko", sentences=sentences, items=items, fence="=="
    )
    assert verdicts.supported == ("S1", "S2")
    assert [o.id for o in verdicts.rejected] == ["S3", "S4", "S5"]
    assert all(o.reason for o in verdicts.rejected)


async def test_as_an_editor_it_puts_the_cited_sentence_in_the_place_of_what_was_rejected() -> None:
    brief = Brief(papers=(LONG, SHORT))
    empty: dict[str, Any] = dict.fromkeys(PARTS[1:], ())
    draft = Draft(
        **{
            **empty,
            "headline": said("Not a quote.", "P9.9", "P1.2"),
            "findings": (said("Nothing here.", "P7.1"), said("Wrong.", "P1.4")),
        }
    )
    found = await judged(draft, brief)
    assert found.uncovered == ("P2",)
    mended = await edit(*(draft, found, ROBOTICS, brief), language="ko", glossary=KO, llm=OfflineLLM(HashEmbedder()))
    assert mended.headline == said(brief.sentences_of(0)[2], "P1.2")
    assert mended.findings == (said(brief.sentences_of(0)[4], "P1.4"), said(SHORT.abstract, "P2.1"))
    assert (await judged(mended, brief)).accepted


async def test_an_opening_takes_one_finding_of_each_section_richest_first_and_five_at_most() -> None:
    def line(number: int, section: str, text: str, part: Any = "findings") -> Line:
        return Line(id=f"C{number}", section=section, papers=(number,), part=part, kind="reported", text=text)

    lines = [
        line(1, "s1", "It achieves, improves and reduces 50%, 60% and 70% of all that there is.", part="headline"),
        line(2, "s1", "It is a network."),
        line(3, "s1", "It improves accuracy by 3.5% and reduces cost by 40%."),
        *(line(n, f"s{n}", f"It improves accuracy by {n}.5%.") for n in range(4, 10)),
        line(10, "s10", "It achieves and improves 50% and 60%."),
    ]
    opening = await OfflineLLM(HashEmbedder()).ask("overview", Overview, language="ko", lines=lines, fence="==")
    cited = [s.cites for s in opening.statements]
    assert len(cited) == 5 and ("C3",) in cited and ("C10",) in cited
    assert ("C1",) not in cited and ("C2",) not in cited
    assert cited == sorted(cited, key=lambda c: int(c[0][1:]))
    held = {ln.id: ln.text for ln in lines}
    assert all(s.text == held[s.cites[0]] for s in opening.statements)


async def test_a_prompt_it_does_not_know_is_refused_in_a_sentence() -> None:
    with pytest.raises(ModelFailed, match="does not know the prompt 'classify'"):
        await OfflineLLM(HashEmbedder()).ask("classify", Draft, keys=[], items=[], categories=[], fence="==")


async def test_a_value_that_the_prompt_file_does_not_use_is_found_without_a_model() -> None:
    with pytest.raises(PromptError, match="colour"):
        await OfflineLLM(HashEmbedder()).ask("overview", Overview, language="ko", lines=[], fence="==", colour="red")
