"""Search by meaning and by letter, with filters, and what is remembered of one paper."""

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from chromadb import Collection

from domain.claims import Claim
from domain.items import Returning, Story
from domain.papers import Paper
from domain.reports import Report
from domain.trends import Fact
from tests.vectorstore.conftest import HashEmbedder, claim, days, item, paper, report
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
    """A day of these papers, each with one result (its text) that rests on one sentence (the quote)."""
    papers = [one.model_copy(update={"sources": (source,)}) for one, _, _ in claims]
    items = [item(one, claim(one, text, quote=quote, sentence=1)) for one, text, quote in claims]
    return report(when, papers, items, category=category, language=language)


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


@pytest.mark.parametrize("exact", [0, 2_000], ids=["through the index", "one by one"])
def test_the_nearest_paper_and_the_claim_that_rests_on_it_come_first(
    opened: Memory, embed: HashEmbedder, monkeypatch: pytest.MonkeyPatch, exact: int
) -> None:
    monkeypatch.setattr("vectorstore.search.EXACT", exact)
    question = "how agents plan with tools"
    first, second = opened.search(question, most=2)
    assert {first.kind, second.kind} == {"paper", "claim"}
    found = {hit.kind: hit for hit in (first, second)}
    assert (found["paper"].paper_id, found["paper"].text, found["paper"].day) == (AGENTS.id, AGENTS.title, MON)
    said = found["claim"]
    assert (said.text, said.language, said.category) == ("에이전트가 도구로 계획을 세운다.", "ko", "agents")
    assert (said.paper_id, said.title, said.url) == (AGENTS.id, AGENTS.title, "https://arxiv.org/abs/2411.00001")
    assert (said.role, found["paper"].role) == ("result", None)
    passage, asked = embed(["Agents plan with tools and memory.", question])
    assert abs(said.similarity - float(passage @ asked)) < 1e-5


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


def test_a_small_memory_finds_everything_whatever_the_graph_of_its_index_leaves_out(
    folder: Path, embed: HashEmbedder, monkeypatch: pytest.MonkeyPatch
) -> None:
    # A graph of a hundred sentences that are nearly the same leaves out some, in one process of four; this one leaves
    # out whatever is nearest.
    whole = Collection.query

    def query(asked: Collection, **given: Any) -> dict[str, list[list[Any]]]:
        found: Any = whole(asked, **given)
        return {name: [row[1:] for row in found[name] or []] for name in ("ids", "distances")}

    monkeypatch.setattr(Collection, "query", query)
    with Memory.open(folder, embed) as memory:
        memory.remember(report(MON, [CELLS, *(paper(n) for n in range(10, 20))]))
        for kind in ("paper", "claim"):
            [hit] = memory.search("cells under a microscope", kind=kind, most=1)
            assert hit.paper_id == CELLS.id
        asked = paper(99, "Cells", CELLS.abstract)
        nearest, *_ = memory.recall([asked], TUE)[asked.id].neighbours
        assert nearest.paper_id == CELLS.id
        assert memory.check() == []


@pytest.mark.parametrize("exact", [0, 2_000], ids=["through the index", "one by one"])
def test_narrow_filters_find_what_many_nearer_papers_hide(
    folder: Path, url: str | None, embed: HashEmbedder, monkeypatch: pytest.MonkeyPatch, exact: int
) -> None:
    monkeypatch.setattr("vectorstore.search.EXACT", exact)
    many = [paper(n, f"Agents {n}", "Agents plan.") for n in range(100, 800)]
    with Memory.open(folder, embed, url=url) as memory:
        memory.remember(report(MON, [CELLS], category="vision"))
        memory.remember(report(TUE, many).model_copy(update={"items": ()}))
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


def test_findings_are_ordered_by_their_score_of_meaning_and_wording(folder: Path, embed: HashEmbedder) -> None:
    near = paper(1, "Planning by language agents", "Agents plan with tools.")
    named = paper(2, "WebGym", "Pages are rendered in a browser for exercise.")
    day = report(
        MON, [near, named, SPEECH], [item(near, claim(near, "에이전트가 계획한다.", quote="Agents plan with tools."))]
    )
    with Memory.open(folder, embed) as memory:
        memory.remember(day)
        found = memory.search("webgym for agents that plan with tools")
    assert [hit.score for hit in found] == sorted((hit.score for hit in found), reverse=True)
    scores = {(hit.kind, hit.paper_id): hit for hit in found}
    hit = scores["paper", named.id]
    # Of webgym, agents, plan, tools its title holds one.
    assert hit.score == pytest.approx((hit.similarity + 1 / 4) / 2, abs=1e-5)
    said = scores["claim", near.id]
    # A Korean line holds the words that the sentence under it holds.
    assert said.score == pytest.approx((said.similarity + 3 / 4) / 2, abs=1e-5)
    assert found[0] == said


def test_a_name_in_a_title_outdoes_a_paper_that_is_a_little_nearer(folder: Path, embed: HashEmbedder) -> None:
    named = paper(1, "WebGym pages", "a world of its own where agents train on many different tasks")
    near = paper(2, "Rendering", "pages browser pages browser")
    with Memory.open(folder, embed) as memory:
        memory.remember(report(MON, [named, near], []))
        first, second = memory.search("webgym pages browser", kind="paper")
    assert first.similarity < second.similarity
    assert (first.paper_id, second.paper_id) == (named.id, near.id)


def test_where_nothing_of_a_question_can_be_embedded_the_words_alone_count(folder: Path, embed: HashEmbedder) -> None:
    both, one = paper(1, "합성 데이터와 로봇"), paper(2, "합성 데이터")
    with Memory.open(folder, embed) as memory:
        memory.remember(report(MON, [one, both], []))
        found = memory.search("합성 데이터 로봇 손", kind="paper")
    assert [(hit.paper_id, hit.score, hit.similarity) for hit in found] == [(both.id, 0.75, 0.0), (one.id, 0.5, 0.0)]


def test_of_what_one_day_says_of_one_sentence_the_hook_is_shown(folder: Path, embed: HashEmbedder) -> None:
    opening = Story(headline=claim(AGENTS, "도구로 계획한다", role="opening"), papers=(AGENTS.id,))
    told = item(AGENTS, claim(AGENTS, "언어 에이전트가 계획한다", role="hook"), claim(AGENTS, "도구를 씁니다."))
    day = report(MON, [AGENTS], [told])
    with Memory.open(folder, embed) as memory:
        memory.remember(day.model_copy(update={"opening": (opening,)}))
        [hit] = memory.search("language agents", kind="claim")
    assert (hit.role, hit.text) == ("hook", "언어 에이전트가 계획한다")


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
    flow = Claim(kind="trend", role="flow", text="강화학습 논문이 늘었다.", facts=(fact.id,))
    with Memory.open(folder, embed) as memory:
        memory.remember(report(MON, []).model_copy(update={"facts": (fact,), "flow": (flow,)}))
        [hit] = memory.search("reinforcement")
    assert (hit.text, hit.paper_id, hit.category, hit.title, hit.role) == (flow.text, "", "", "", "flow")


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


def test_what_is_said_of_a_paper_comes_in_reading_order_with_its_roles(folder: Path, embed: HashEmbedder) -> None:
    continues = Claim(kind="trend", role="flow", text="Agents continue.", facts=(f"continuing:{AGENTS.id}",))
    other = Claim(kind="trend", role="flow", text="Cells continue.", facts=(f"continuing:{CELLS.id}",))
    told = item(
        AGENTS,
        claim(AGENTS, "They plan.", role="hook"),
        claim(AGENTS, "Plans fail.", role="problem"),
        claim(AGENTS, "First.", role="result"),
        claim(AGENTS, "Second.", role="result"),
        claim(AGENTS, "Only simulated.", role="note"),
    )
    day = report(MON, [AGENTS, CELLS], [told, item(CELLS, claim(CELLS, "Cells."))], category="rl")
    line = claim(AGENTS, "Agents that plan.", role="returning")
    again = Returning(paper_id=AGENTS.id, first_day=MON, days=(MON,), line=line)
    opening = Story(headline=claim(AGENTS, "Agents plan.", role="opening"), papers=(AGENTS.id,))
    with Memory.open(folder, embed) as memory:
        memory.remember(day.model_copy(update={"opening": (opening,), "flow": (continues, other)}))
        memory.remember(report(TUE, [AGENTS], [], category="rl").model_copy(update={"returning": (again,)}))
        life = memory.biography(AGENTS.id)
    assert life is not None
    assert [(hit.role, hit.category, hit.text) for hit in life.claims] == [
        ("hook", "rl", "They plan."),
        ("problem", "rl", "Plans fail."),
        ("result", "rl", "First."),
        ("result", "rl", "Second."),
        ("note", "rl", "Only simulated."),
        ("opening", "", "Agents plan."),
        ("flow", "", "Agents continue."),
        ("returning", "rl", "Agents that plan."),
    ]
