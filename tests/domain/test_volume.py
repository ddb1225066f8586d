"""Trend facts say what moved, with numbers that recompute, and chance alone seldom makes one."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from math import log, sqrt
from random import Random

import pytest

from domain.taxonomy import Category, Taxonomy
from domain.topics import Lexicon, Topic
from domain.trends import DayRow, Fact
from domain.volume import calm_fact, memory_fact, recompute, topic_facts, volume

START = date(2026, 10, 5)


def category(key: str, ko: str = "") -> Category:
    return Category(key=key, ko=ko or f"분야 {key}", en=f"Field {key}", emoji=key, description=key)


TAXONOMY = Taxonomy(
    categories=(category("llm", "거대 언어 모델"), category("vision"), category("audio")), fallback=category("other")
)
LEXICON = Lexicon(
    topics=(
        Topic(key="rag", ko="검색 증강 생성", en="retrieval-augmented generation", patterns=("RAG",)),
        Topic(key="moe", ko="전문가 혼합", en="mixture of experts", patterns=("MoE",)),
    )
)


def row(at: int, new: int, categories: Mapping[str, int], topics: Mapping[str, int] | None = None) -> DayRow:
    return DayRow(
        day=START + timedelta(at), new=new, categories=tuple(categories.items()), topics=tuple((topics or {}).items())
    )


def days(number: int, new: int, **categories: int) -> list[DayRow]:
    return [row(at, new, categories) for at in range(number)]


def today(new: int, **categories: int) -> DayRow:
    return row(100, new, categories)


def test_a_category_that_rises_is_told_with_counts_shares_ratio_interval_and_test() -> None:
    (fact,) = volume(today(212, llm=31, vision=100), days(28, 147, llm=12, vision=70), TAXONOMY)
    assert (fact.id, fact.kind, fact.category) == ("volume:llm", "volume", "llm")
    assert fact.text("ko") == (
        "‘거대 언어 모델’ 분야는 오늘 새 논문 212편 가운데 31편(14.6%)으로, 지난 28 관측일의 평균 비중 8.2%"
        "(4,116편 가운데 336편)의 1.8배로 늘었다(95% 신뢰구간 1.20~2.59배, 정확 이항검정 p=0.005; "
        "지난 7 관측일에 견주면 1.8배, 1.15~2.73배, p=0.011)."
    )
    assert fact.text("en") == (
        "“Field llm” rose to 31 of today's 212 new papers (14.6%), 1.8 times its average share of 8.2% "
        "(336 of 4,116) over the last 28 observed days (95% interval 1.20 to 2.59, exact binomial test, p=0.005; "
        "against the last 7: 1.8 times, 1.15 to 2.73, p=0.011)."
    )
    assert fact.numbers[:8] == (31, 212, 336, 4116, 28, 84, 1029, 7)
    assert fact.numbers[8] == pytest.approx(31 / 212 / (336 / 4116), abs=1e-6)
    assert fact.numbers[12] == 28
    assert fact.days == (START, START + timedelta(27))


def test_the_last_seven_days_are_told_where_they_are_not_all_the_days_before() -> None:
    (few,) = volume(today(100, llm=30), days(7, 100, llm=10), TAXONOMY)
    assert "7 관측일에 견주면" not in few.text("ko") and few.numbers[13:] == few.numbers[8:12]
    quiet = [*days(21, 100, llm=10), *(row(at, 100, {"vision": 100}) for at in range(21, 28))]
    (fact,) = volume(today(100, llm=30), quiet, TAXONOMY)[:1]
    assert "; 지난 7 관측일에는 한 편도 없었음)" in fact.text("ko") and "; none in the last 7)" in fact.text("en")
    assert (fact.numbers[13], fact.numbers[15]) == (-1, -1)


def test_today_is_held_against_28_observed_days_and_no_more() -> None:
    older = [row(at, 100, {"llm": 100}) for at in range(-9, 0)]
    (fact,) = volume(today(100, llm=30), [*older, *days(28, 100, llm=10)], TAXONOMY)
    assert fact.numbers[2:8] == (280, 2800, 28, 70, 700, 7)
    assert fact.days[0] == START


def test_a_category_that_falls_is_told_as_falling() -> None:
    (fact,) = volume(today(200, llm=3), days(10, 100, llm=10), TAXONOMY)
    assert fact.id == "volume:llm"
    assert "지난 10 관측일의 평균 비중 10.0%(1,000편 가운데 100편)의 0.15배로 줄었다" in fact.text("ko")
    assert "fell to 3 of today's 200 new papers (1.5%), 0.15 times" in fact.text("en")


def test_a_category_without_a_paper_before_is_told_without_a_ratio() -> None:
    (fact,) = volume(today(100, audio=6, llm=10), days(9, 100, llm=10), TAXONOMY)
    assert fact.text("ko") == (
        "‘분야 audio’ 분야는 오늘 새 논문 100편 가운데 6편(6.0%)으로, 지난 9 관측일의 새 논문 900편에는 한 편도 "
        "없었다(정확 이항검정 p<0.001)."
    )
    assert fact.text("en").startswith(
        "“Field audio” has 6 of today's 100 new papers (6.0%), after none of 900 over the last 9 "
    )
    assert (fact.numbers[8], fact.numbers[10]) == (-1, -1)


def test_a_regular_category_that_stays_away_is_told_as_absent() -> None:
    (fact,) = volume(today(150, vision=60), days(13, 100, llm=8, vision=40), TAXONOMY)
    assert (fact.id, fact.kind, fact.category) == ("absent:llm", "absent", "llm")
    assert fact.text("ko") == (
        "‘거대 언어 모델’ 분야는 오늘 새 논문 150편 가운데 한 편도 없으나, 지난 13 관측일에는 13일에 걸쳐 "
        "1,300편 가운데 104편(8.0%)을 차지했다(그 비중이면 오늘 12.0편이 기대됨, 정확 이항검정 p<0.001)."
    )
    assert "on 13 of them (12.0 would be expected at that share" in fact.text("en")
    assert (fact.numbers[0], fact.numbers[12]) == (0, 13)


def test_a_category_that_came_only_now_and_then_is_not_missed() -> None:
    history = [row(at, 100, {"llm": 40 if at % 4 == 0 else 0, "vision": 40}) for at in range(12)]
    assert volume(today(100, vision=40), history, TAXONOMY) == ()


@pytest.mark.parametrize(
    ("now", "before"),
    [
        pytest.param({"llm": 10}, {"llm": 10}, id="no change"),
        pytest.param({"llm": 420}, {"llm": 33}, id="certain, but a reader would not care"),
        pytest.param({"audio": 4, "llm": 10}, {"llm": 10}, id="too few papers"),
        pytest.param({"llm": 15}, {"llm": 10}, id="large, but it may be chance"),
        pytest.param({"other": 50}, {"other": 1}, id="the rest is no category"),
        pytest.param({"gone": 50}, {"gone": 1}, id="not in the taxonomy"),
        pytest.param({}, {"audio": 3}, id="so few expected that none is no news"),
    ],
)
def test_what_is_small_uncertain_or_no_category_is_not_told(now: dict[str, int], before: dict[str, int]) -> None:
    assert volume(today(1000 if now.get("llm") == 420 else 100, **now), days(20, 100, **before), TAXONOMY) == ()


def test_an_absence_is_no_news_where_fewer_than_five_papers_were_expected() -> None:
    history = days(20, 100, audio=5)
    assert volume(today(90), history, TAXONOMY) == ()
    assert [fact.id for fact in volume(today(110), history, TAXONOMY)] == ["absent:audio"]


def test_a_category_has_one_fact_at_most_and_the_surest_comes_first() -> None:
    facts = volume(today(200, llm=20, vision=110, audio=30), days(20, 100, llm=33, vision=30, audio=3), TAXONOMY)
    assert [fact.id for fact in facts] == ["volume:llm", "volume:audio", "volume:vision"]
    assert [fact.numbers[11] for fact in facts] == sorted(fact.numbers[11] for fact in facts)
    assert len({fact.category for fact in facts}) == len(facts) == 3


@pytest.mark.parametrize("held", [0, 1, 4])
def test_with_too_little_memory_that_is_said_and_nothing_else(held: int) -> None:
    history = days(held, 100, llm=1)
    assert volume(today(100, llm=90), history, TAXONOMY) == ()
    assert topic_facts(row(9, 100, {}, {"rag": 90}), history, LEXICON) == ()
    fact = memory_fact(history)
    assert fact is not None
    assert (fact.id, fact.kind, fact.category, fact.numbers) == ("memory:few", "memory", None, (held,))
    said = {0: "관측일이 아직 없어서", 1: "관측일이 1일뿐이어서", 4: "관측일이 4일뿐이어서"}[held]
    assert fact.text("ko") == f"기억하고 있는 {said} 흐름은 말하지 않으며, 적어도 5일이 쌓여야 말할 수 있다."
    english = {0: "no observed days are", 1: "1 observed day is", 4: "4 observed days are"}[held]
    assert fact.text("en") == f"Nothing is said of trends yet: {english} held in memory, and at least 5 are needed."


def test_from_five_observed_days_on_trends_are_told() -> None:
    history = days(5, 100, llm=5)
    assert memory_fact(history) is None
    assert [fact.id for fact in volume(today(100, llm=40), history, TAXONOMY)] == ["volume:llm"]


def test_a_day_of_repeats_only_has_no_shares() -> None:
    assert volume(today(0), days(9, 100, llm=30), TAXONOMY) == ()
    assert volume(today(50, llm=30), days(9, 0), TAXONOMY) == ()


def test_a_calm_day_is_called_so() -> None:
    fact = calm_fact(days(30, 100))
    assert (fact.id, fact.kind, fact.numbers) == ("memory:calm", "memory", (28, 2800))
    assert fact.text("ko") == "오늘 새 논문의 분야별 비중과 주제 가운데 지난 28 관측일과 뚜렷이 다른 것은 없다."
    assert (
        fact.text("en")
        == "No category and no topic of today's new papers differs clearly from the last 28 observed days."
    )


def topic_days(early: int, late: int, *, last: int) -> tuple[DayRow, list[DayRow]]:
    """21 earlier and 7 later days of 100 papers: ``early`` and ``late`` papers a day with the topic, today ``last``."""
    rows = [row(at, 100, {}, {"rag": early if at < 21 else late, "moe": 5}) for at in range(27)]
    return row(27, 100, {}, {"rag": last, "moe": 5}), rows


def test_a_topic_that_rises_is_told_with_counts_of_both_windows_and_z() -> None:
    (fact,) = topic_facts(*topic_days(2, 9, last=9), LEXICON)
    assert (fact.id, fact.kind, fact.category) == ("topic:rag", "topic", None)
    assert fact.numbers[:9] == (63, 700, 7, 7, 42, 2100, 21, 21, 9)
    prior = 50 * 105 / 2800
    have, had = 63 + prior, 42 + prior
    delta = log(have / (750 - have)) - log(had / (2150 - had))
    assert fact.numbers[9:11] == pytest.approx((delta, delta / sqrt(1 / have + 1 / had)), abs=1e-6)
    assert fact.text("ko") == (
        "‘검색 증강 생성’ 주제의 새 논문은 최근 7 관측일에 700편 가운데 63편(9.0%)으로, 그 앞 21 관측일의 2.0%"
        f"(2,100편 가운데 42편)보다 늘었다(로그 오즈비 z={fact.numbers[10]:.1f})."
    )
    assert fact.text("en").startswith(
        "“retrieval-augmented generation” rises as a topic: 63 of 700 new papers (9.0%) of the "
    )
    assert fact.days == tuple(START + timedelta(at) for at in (0, 20, 21, 27))


def test_a_topic_that_fades_and_one_that_is_new_are_told_as_such() -> None:
    (fading,) = topic_facts(*topic_days(9, 1, last=0), LEXICON)
    assert "보다 줄었다" in fading.text("ko")
    assert "fades as a topic" in fading.text("en")
    assert fading.numbers[10] < -4
    (new,) = topic_facts(*topic_days(0, 1, last=2), LEXICON)
    assert new.numbers[:2] == (8, 700)
    assert new.numbers[11] == pytest.approx(2 * 0.25**8, abs=1e-6)
    assert "그 앞 21 관측일의 2,100편에는 한 편도 없었다" in new.text("ko")
    assert "is new as a topic: 8 of 700 new papers (1.1%)" in new.text("en")


def windows(
    early: Sequence[int], late: Sequence[int], *, new_early: int = 100, new_late: int = 100
) -> tuple[DayRow, list[DayRow]]:
    """Days whose papers with the topic are given one by one, the last of ``late`` being today."""
    rows = [row(at, new_early, {}, {"rag": count}) for at, count in enumerate(early)]
    rows += [row(len(early) + at, new_late, {}, {"rag": count}) for at, count in enumerate(late)]
    return rows[-1], rows[:-1]


@pytest.mark.parametrize(
    "story",
    [
        pytest.param(windows([5] * 21, [5] * 7), id="no change"),
        pytest.param(windows([2] * 21, [9] * 6 + [0]), id="more, but not today"),
        pytest.param(windows([2] * 21, [0] * 5 + [40, 40]), id="more on fewer than three days"),
        pytest.param(windows([200] * 21, [260] * 7, new_early=1000, new_late=1000), id="more by less than half"),
        pytest.param(windows([0] * 21, [1] * 7, new_early=900, new_late=10), id="fewer than eight papers now"),
        pytest.param(
            windows([300, 300] + [0] * 19, [1] * 7, new_early=1000, new_late=1000),
            id="less, after fewer than three days",
        ),
        pytest.param(windows([260] * 21, [200] * 7, new_early=1000, new_late=1000), id="less by less than a third"),
        pytest.param(windows([1] * 7 + [0] * 14, [1] * 7, new_early=1, new_late=9000), id="fewer than eight before"),
        pytest.param(windows([90] * 4, [0]), id="less, but with too little memory"),
    ],
)
def test_a_topic_that_hardly_moves_or_is_rare_is_not_told(story: tuple[DayRow, list[DayRow]]) -> None:
    assert topic_facts(*story, LEXICON) == ()


def test_only_the_last_28_days_are_looked_at() -> None:
    (fact,) = topic_facts(*windows([50] * 9 + [2] * 21, [9] * 7), LEXICON)
    assert fact.numbers[:9] == (63, 700, 7, 7, 42, 2100, 21, 21, 9)


def test_a_new_topic_comes_before_one_that_rises() -> None:
    rows = [row(at, 100, {}, {"rag": 2 if at < 21 else 15, "moe": 0 if at < 21 else 2}) for at in range(28)]
    facts = topic_facts(rows[-1], rows[:-1], LEXICON)
    assert [fact.id for fact in facts] == ["topic:moe", "topic:rag"]
    assert abs(facts[0].numbers[10]) < facts[1].numbers[10]


def test_a_short_memory_is_cut_in_two_halves() -> None:
    rows = [row(at, 300, {}, {"rag": 2 if at < 3 else 30}) for at in range(6)]
    (fact,) = topic_facts(rows[-1], rows[:-1], LEXICON)
    assert fact.numbers[:9] == (90, 900, 3, 3, 6, 900, 3, 3, 30)


def test_only_the_surest_topics_are_told() -> None:
    many = Lexicon(
        topics=tuple(Topic(key=f"t{n}", ko=f"주제 {n}", en=f"topic {n}", patterns=(f"word{n}",)) for n in range(9))
    )
    rows = [row(at, 100, {}, {f"t{n}": 2 if at < 21 else 10 + n for n in range(9)}) for at in range(28)]
    facts = topic_facts(rows[-1], rows[:-1], many)
    assert [fact.id for fact in facts] == ["topic:t8", "topic:t7", "topic:t6", "topic:t5", "topic:t4"]
    assert len(topic_facts(rows[-1], rows[:-1], many, most=2)) == 2


def shuffled_histories(times: int) -> list[list[DayRow]]:
    """A field of 18 categories from 30 % down to under 1 %, its papers put onto 14 days at random."""
    random = Random(7)
    papers = [f"c{n}" for n in range(18) for _ in range(max(6, int(600 * 0.75**n)))]
    sizes = [random.randint(100, 300) for _ in range(14)]
    histories: list[list[DayRow]] = []
    for _ in range(times):
        drawn = random.choices(papers, k=sum(sizes))
        starts = [sum(sizes[:at]) for at in range(14)]
        histories.append(
            [row(at, n, Counter(drawn[s : s + n])) for at, (s, n) in enumerate(zip(starts, sizes, strict=True))]
        )
    return histories


FIELD = Taxonomy(categories=tuple(category(f"c{n}") for n in range(18)), fallback=category("other"))


def told(histories: Sequence[Sequence[DayRow]]) -> list[tuple[DayRow, Sequence[DayRow], tuple[Fact, ...]]]:
    return [
        (rows[at], rows[:at], volume(rows[at], rows[:at], FIELD)) for rows in histories for at in range(5, len(rows))
    ]


def test_chance_makes_a_statement_on_at_most_one_category_day_in_twenty() -> None:
    days_told = told(shuffled_histories(25))
    facts = sum(len(facts) for _, _, facts in days_told)
    assert 0 < facts <= 0.05 * len(days_told) * len(FIELD.categories)


def test_a_share_that_is_three_times_as_large_is_told_nine_times_in_ten() -> None:
    random = Random(11)
    found: list[bool] = []
    for now, history, _ in told(shuffled_histories(3)):
        shares = Counter[str]()
        for earlier in history:
            shares.update(dict(earlier.categories))
        total = sum(earlier.new for earlier in history)
        for key, count in shares.items():
            share = count / total
            if share < 1 / 3 and now.new * share >= 5:
                rises = sum(random.random() < 3 * share for _ in range(now.new))
                facts = volume(now.model_copy(update={"categories": ((key, rises),)}), history, FIELD)
                found.append(any(fact.category == key and fact.numbers[8] > 1 for fact in facts))
    assert len(found) > 100
    assert sum(found) >= 0.9 * len(found)


def test_every_fact_recomputes_from_the_rows_and_not_from_others() -> None:
    history = days(12, 100, llm=20, vision=40, audio=8)
    now = today(150, llm=70, vision=5, audio=0)
    facts = (*volume(now, history, TAXONOMY), *topic_facts(*topic_days(2, 9, last=9), LEXICON))
    assert {fact.kind for fact in facts} == {"volume", "absent", "topic"}
    for fact in facts:
        rows = topic_days(2, 9, last=9) if fact.kind == "topic" else (now, history)
        assert recompute(fact, *rows) == fact.numbers
        assert recompute(fact, rows[0], rows[1][:-1]) != fact.numbers
        assert not any(isinstance(part, float) and part != part for part in fact.numbers)
        assert Fact.model_validate_json(fact.model_dump_json()) == fact
    calm = calm_fact(history)
    assert recompute(calm, now, history) == calm.numbers
    few = memory_fact(history[:3])
    assert few is not None
    assert recompute(few, now, history[:3]) == few.numbers
    with pytest.raises(ValueError, match="'repeat:x' is no fact about volume"):
        recompute(few.model_copy(update={"id": "repeat:x"}), now, history)
