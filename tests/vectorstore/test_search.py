"""Search by meaning and by letter, with filters, and what is remembered of one paper."""

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

import pytest

from domain.claims import Claim, Evidence
from domain.papers import Paper
from domain.reports import Report, Section
from domain.trends import Fact
from tests.vectorstore.conftest import HashEmbedder, days, paper, report
from vectorstore.memory import Memory
from vectorstore.search import words_of

MON, TUE, WED = days(4, 5, 6)
AGENTS = paper(1, "Language agents that plan", "Agents plan with tools and memory.")
CELLS = paper(2, "Segmentation of cells", "Microscopy images are segmented.")
SPEECH = paper(3, "Speech in noise", "Voices are separated by a filter.")


def filed(
    when: date,
    claims: Sequence[tuple[Paper, str, str]],
    *,
    category: str = "agents",
    language: str = "ko",
    source: str = "arxiv",
) -> Report:
    """A day of these papers, each with one finding (its text) that rests on one sentence (the quote)."""
    papers = [one.model_copy(update={"sources": (source,)}) for one, _, _ in claims]
    findings = tuple(
        Claim(kind="reported", text=text, evidence=(Evidence(paper_id=one.id, sentence=1, quote=quote),))
        for one, text, quote in claims
    )
    section = Section(category=category, papers=tuple(p.id for p in papers), findings=findings)
    return report(when, papers, category=category, language=language).model_copy(update={"sections": (section,)})


@pytest.fixture
def memory(folder: Path, url: str | None, embed: HashEmbedder) -> Memory:
    """Three days of one paper and one claim each."""
    with Memory.open(folder, embed, url=url) as memory:
        memory.remember(
            filed(MON, [(AGENTS, "에이전트가 도구로 계획을 세운다.", "Agents plan with tools and memory.")])
        )
        memory.remember(
            filed(TUE, [(CELLS, "현미경 영상을 분할한다.", "Microscopy images are segmented.")], category="vision")
        )
        memory.remember(
            filed(WED, [(SPEECH, "음성을 분리한다.", "Voices are separated by a filter.")], source="deeplearn")
        )
    return memory


@pytest.fixture
def opened(memory: Memory, folder: Path, url: str | None, embed: HashEmbedder) -> Iterator[Memory]:
    """That memory, opened again by an embedder that has embedded nothing yet."""
    with Memory.open(folder, embed, url=url) as again:
        embed.embedded.clear()
        yield again


def test_the_nearest_paper_and_the_claim_that_rests_on_it_come_first(opened: Memory, embed: HashEmbedder) -> None:
    question = "how agents plan with tools"
    first, second = opened.search(question, most=2)
    assert {first.kind, second.kind} == {"paper", "claim"}
    found = {hit.kind: hit for hit in (first, second)}
    assert (found["paper"].paper_id, found["paper"].text, found["paper"].day) == (AGENTS.id, AGENTS.title, MON)
    claim = found["claim"]
    assert (claim.text, claim.language, claim.category) == ("에이전트가 도구로 계획을 세운다.", "ko", "agents")
    assert (claim.paper_id, claim.title, claim.url) == (AGENTS.id, AGENTS.title, "https://arxiv.org/abs/2411.00001")
    passage, asked = embed(["Agents plan with tools and memory.", question])
    assert abs(claim.similarity - float(passage @ asked)) < 1e-5


def test_a_korean_question_finds_korean_claims_by_letter_and_papers_through_them(
    opened: Memory, embed: HashEmbedder
) -> None:
    hits = opened.search("현미경으로 분할을")
    assert (hits[0].kind, hits[0].text) == ("claim", "현미경 영상을 분할한다.")
    assert next(hit for hit in hits if hit.kind == "paper").paper_id == CELLS.id
    assert opened.search("양자 컴퓨터") == ()
    assert embed.embedded == []


def test_of_a_mixed_question_the_english_part_is_embedded(opened: Memory, embed: HashEmbedder) -> None:
    hits = opened.search("speech noise 음성", kind="paper")
    assert (hits[0].paper_id, embed.embedded) == (SPEECH.id, ["speech noise"])


def test_filters_bound_days_categories_sources_and_kind(opened: Memory) -> None:
    def found(**filters: object) -> set[tuple[str, str]]:
        return {(hit.kind, hit.paper_id) for hit in opened.search("agents", most=10, **filters)}  # pyright: ignore

    both = {(kind, one.id) for kind in ("paper", "claim") for one in (AGENTS, CELLS, SPEECH)}
    assert found() == both
    assert found(kind="claim") == {one for one in both if one[0] == "claim"}
    assert found(kind="paper", since=TUE, until=TUE) == {("paper", CELLS.id)}
    assert found(since=TUE) == {one for one in both if one[1] != AGENTS.id}
    assert found(categories=("vision",)) == {one for one in both if one[1] == CELLS.id}
    assert found(categories=("vision", "agents"), until=MON) == {one for one in both if one[1] == AGENTS.id}
    assert found(sources=["deeplearn"]) == {one for one in both if one[1] == SPEECH.id}
    assert opened.search("   ") == opened.search("agents", most=0) == ()


def test_narrow_filters_find_what_many_nearer_papers_hide(folder: Path, url: str | None, embed: HashEmbedder) -> None:
    many = [paper(n, f"Agents {n}", "Agents plan.") for n in range(100, 800)]
    with Memory.open(folder, embed, url=url) as memory:
        memory.remember(report(MON, [CELLS], category="vision"))
        memory.remember(report(TUE, many).model_copy(update={"sections": ()}))
        hits = memory.search("agents plan", categories=["vision"], kind="paper")
    assert [hit.paper_id for hit in hits] == [CELLS.id]


def test_a_name_is_found_by_letter_however_far_its_vector_is(opened: Memory) -> None:
    assert opened.search("SEGMENTATION", kind="paper", most=1)[0].paper_id == CELLS.id
    # The word is looked for at the beginning of words: not in "separated".
    assert words_of("The RAG of 검색 증강 생성을 using GPT-4 and C++") == (
        "rag",
        "검색",
        "증강",
        "생성",
        "gpt-4",
        "c++",
    )


def test_what_two_languages_say_of_one_passage_is_one_finding(folder: Path, embed: HashEmbedder) -> None:
    quote = "Agents plan with tools."
    with Memory.open(folder, embed) as memory:
        memory.remember(filed(MON, [(AGENTS, "Agents make plans.", quote)], language="en"))
        memory.remember(filed(MON, [(AGENTS, "에이전트가 계획한다.", quote)], language="ko"))
        assert embed.embedded.count(quote) == 1
        [by_meaning], [by_letter] = memory.search("tools", kind="claim"), memory.search("plan", kind="claim")
    assert (by_meaning.language, by_meaning.text) == ("ko", "에이전트가 계획한다.")
    assert (by_letter.language, by_letter.text) == ("en", "Agents make plans.")


def test_a_trend_claim_is_found_by_the_wording_of_its_facts(folder: Path, embed: HashEmbedder) -> None:
    fact = Fact(id="volume:rl", kind="volume", category=None, ko="강화학습이 늘었다.", en="Reinforcement grew.")
    claim = Claim(kind="trend", text="강화학습 논문이 늘었다.", facts=(fact.id,))
    with Memory.open(folder, embed) as memory:
        memory.remember(report(MON, []).model_copy(update={"facts": (fact,), "trend": (claim,)}))
        [hit] = memory.search("reinforcement")
    assert (hit.text, hit.paper_id, hit.category, hit.title) == (claim.text, "", "", "")


def test_a_claim_that_no_report_makes_any_more_is_found_no_more(
    folder: Path, url: str | None, embed: HashEmbedder
) -> None:
    with Memory.open(folder, embed, url=url) as memory:
        memory.remember(filed(MON, [(AGENTS, "Agents make plans.", "Agents plan.")]))
        memory.remember(filed(MON, [(AGENTS, "Tools are used.", "Tools help.")]))
        assert [hit.text for hit in memory.search("agents plan", kind="claim")] == ["Tools are used."]
        assert memory.check() == []


def test_a_rebuilt_index_holds_the_claims_again_without_embedding(
    opened: Memory, folder: Path, embed: HashEmbedder
) -> None:
    before = opened.search("agents plan")
    embed.embedded.clear()
    opened.rebuild()
    assert embed.embedded == []
    assert opened.search("agents plan") == before
    assert opened.check() == []


def test_the_life_of_a_paper_has_its_days_sources_category_and_claims(folder: Path, embed: HashEmbedder) -> None:
    with Memory.open(folder, embed) as memory:
        memory.remember(filed(MON, [(AGENTS, "Agents plan.", "Agents plan with tools.")], category="rl"))
        twin = AGENTS.model_copy(update={"id": "title:0123456789abcdef"})
        memory.remember(filed(TUE, [(twin, "It plans.", "Agents plan with tools.")], source="deeplearn"))
        memory.remember(filed(WED, [(CELLS, "Cells.", "Cells.")]))
        life = memory.biography(AGENTS.id)
        assert memory.biography("arxiv:0000.00000") is None
    assert life is not None
    assert life.days == ((MON, ("arxiv",)), (TUE, ("deeplearn",)))
    assert (life.paper.title, life.category, life.certainty, life.decided_by) == (AGENTS.title, "rl", 0.75, "test")
    assert [(hit.day, hit.text, hit.similarity) for hit in life.claims] == [
        (MON, "Agents plan.", 1.0),
        (TUE, "It plans.", 1.0),
    ]


def test_a_story_that_is_told_of_a_paper_belongs_to_its_life(folder: Path, embed: HashEmbedder) -> None:
    told = Claim(kind="trend", text="Agents continue.", facts=(f"continuing:{AGENTS.id}",))
    other = Claim(kind="trend", text="Cells continue.", facts=(f"continuing:{CELLS.id}",))
    day = filed(MON, [(AGENTS, "Agents plan.", "Agents plan with tools."), (CELLS, "Cells.", "Cells.")])
    section = day.sections[0].model_copy(update={"trend": (told, other)})
    with Memory.open(folder, embed) as memory:
        memory.remember(day.model_copy(update={"sections": (section, *day.sections[1:])}))
        life = memory.biography(AGENTS.id)
    assert life is not None
    assert [hit.text for hit in life.claims] == ["Agents plan.", "Agents continue."]
