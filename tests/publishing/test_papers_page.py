"""What a reader of the page can rely on: the shape ``papers`` of a day that a model wrote."""

import re
from collections.abc import Callable
from datetime import date
from functools import partial

import pytest

from domain.claims import Claim
from domain.items import Group, Item, Story
from domain.papers import Paper
from domain.reports import Cause, Report
from domain.taxonomy import Taxonomy
from domain.trends import Fact
from publishing.escape import escape
from publishing.shapes import SHAPES, render
from tests.publishing.day import FED, QUANTUM, RACER, SCALE
from tests.publishing.pages import (
    HOSTILE,
    TAME,
    change_item,
    headings,
    links,
    running,
    section,
    spoiled,
    structure,
)

Say = Callable[..., Claim]


def latin(text: str) -> str:
    """The text with a Latin letter for every syllable."""
    return re.sub("[가-힣]", lambda found: chr(97 + ord(found[0]) % 26), text)


def test_the_page_opens_with_its_title_one_status_line_and_the_picture(report: Report, taxonomy: Taxonomy) -> None:
    for language, status in (
        (
            "ko",
            "2026년 11월 17일 화요일 · 새 논문 6편, 다시 온 논문 2편 · 읽는 데 2분 · "
            "목록을 다 받지 못한 곳이 있습니다: Hugging Face · "
            "글 대신 초록의 문장을 실은 논문이 있습니다: Quantum Loss Landscapes · "
            "초록을 바탕으로 썼습니다 · 문장마다 확인했습니다",
        ),
        (
            "en",
            "Tuesday, 17 November 2026 · 6 new papers, 2 returning · 2 minutes to read · "
            "not all that was listed could be had: Hugging Face · "
            "some papers are told in sentences of their abstracts: Quantum Loss Landscapes · "
            "written from the abstracts · every line checked against them",
        ),
    ):
        lines = render(report.model_copy(update={"language": language}), taxonomy).splitlines()
        assert lines[0] == "# Daily Artificial Intelligence Insights : Papers"
        assert lines[2] == status
        assert re.fullmatch(r"!\[[^]]+\]\(paper_2026-11-17\.png\)", lines[4])


def test_the_outline_is_stories_groups_what_is_in_none_of_them_and_what_stands_around(
    report: Report, taxonomy: Taxonomy
) -> None:
    assert headings(render(report, taxonomy)) == [
        "# Daily Artificial Intelligence Insights : Papers",
        "## 오늘의 이야기",
        "## 실패해도 배우는 에이전트",
        "### RACER: 말로 짚어 주자 로봇이 실패에서 회복했다",
        "### 속이는 동료가 있어도 연합 학습은 수렴했다",
        "## 덜 쓰고도 보는 모델",
        "### 확산 모델이 적은 계산으로 인식에서도 통했다",
        "## ⚛️ 양자 컴퓨팅",
        "### Quantum Loss Landscapes",
        "## 함께 읽으면 *(편집자의 생각)*",
        "## 다시 온 논문",
        "## 더 나온 논문",
        "## 철회된 논문",
    ]


def opening(report: Report, taxonomy: Taxonomy) -> list[str]:
    """The lines of the opening, under its heading."""
    return section(render(report.model_copy(update={"terms": ()}), taxonomy), "오늘의 이야기").strip().splitlines()[2:]


def test_terms_are_explained_before_the_papers_that_use_them(report: Report, taxonomy: Taxonomy) -> None:
    assert report.terms
    assert section(render(report, taxonomy), "오늘의 이야기").strip().splitlines()[-1].startswith("**오늘의 용어** ")
    page = render(report, taxonomy)
    assert page.index("**오늘의 용어**") < page.index("<a id=")


def test_the_opening_is_a_paragraph_on_the_day_and_papers_to_read_first_each_for_whom(
    report: Report, taxonomy: Taxonomy
) -> None:
    assert opening(report, taxonomy) == [
        "로봇도 연합 학습도, 일이 틀어졌을 때 버티는 법을 보인 날입니다. "
        "계산을 아끼는 쪽에서는 확산 모델이 눈에 띕니다.",
        "",
        "- **[RACER](#p-2611.00002)**: 무엇이 틀렸는지 말로 들은 로봇은 RLBench에서 18.5% 더 자주 성공했습니다. "
        "*→ 로봇을 가르치는 팀*",
        "- **[적대자를 견디는 연합 강화학습](#p-2611.00001)**: 참가자 가운데 일부가 속여도, 그 수가 절반에 못 미치면 "
        "나머지는 함께 배웁니다. *→ 여러 기관과 함께 학습하는 팀*",
        "- **[인식용 확산 모델](#p-2611.00003)**: 인식 과제를 40% 적은 계산으로 최고 수준만큼 풀었습니다.",
    ]


def test_a_range_reads_in_every_reader_of_markdown(report: Report, taxonomy: Taxonomy, say: Say) -> None:
    one, two = (say("opening", text, (RACER, 3), (FED, 3)) for text in ("10~30% 올랐습니다.", "1~2배, 3~4배입니다."))
    stories = tuple(Story(headline=claim, papers=(RACER, FED)) for claim in (one, two))
    lines = opening(report.model_copy(update={"opening": stories, "picks": ()}), taxonomy)
    # GitHub would strike out what stands between two of them, also of two sentences in one paragraph.
    assert lines == [r"10\~30% 올랐습니다. 1\~2배, 3\~4배입니다."]
    alone = opening(report.model_copy(update={"opening": stories[:1], "picks": ()}), taxonomy)
    assert alone == ["10~30% 올랐습니다."]


def test_what_did_not_hold_of_the_opening_leaves_the_rest(report: Report, taxonomy: Taxonomy) -> None:
    day, more, racer, *_ = report.opening
    without_day = opening(report.model_copy(update={"opening": (racer,), "picks": report.picks[:1]}), taxonomy)
    assert without_day == [
        "- **[RACER](#p-2611.00002)**: 무엇이 틀렸는지 말로 들은 로봇은 RLBench에서 18.5% 더 자주 성공했습니다. "
        "*→ 로봇을 가르치는 팀*"
    ]
    without_leads = opening(report.model_copy(update={"opening": (day,), "picks": ()}), taxonomy)
    assert without_leads == [day.headline.text]
    # Without the first of its sentences the day is told by the other, though it names a paper that is read first.
    one_left = opening(report.model_copy(update={"opening": (more, *report.opening[2:])}), taxonomy)
    assert one_left[0] == more.headline.text and len(one_left) == 5
    only_readers = opening(report.model_copy(update={"opening": ()}), taxonomy)
    hooks = {item.paper_id: hook.text for item in report.items for hook in item.claims if hook.role == "hook"}
    assert only_readers == [
        f"- **[RACER](#p-2611.00002)**: {hooks[RACER]} *→ 로봇을 가르치는 팀*",
        f"- **[적대자를 견디는 연합 강화학습](#p-2611.00001)**: {hooks[FED]} *→ 여러 기관과 함께 학습하는 팀*",
        f"- **[인식용 확산 모델](#p-2611.00003)**: {hooks[SCALE]}",
    ]


def test_stories_of_older_reports_keep_headline_and_text(report: Report, taxonomy: Taxonomy, say: Say) -> None:
    old = Story(
        headline=say("opening", "로봇에게 말로 고쳐 주는 감독이 생겼다", (RACER, 2)),
        text=say("opening", "RACER는 시각 언어 모델을 감독으로 세웁니다.", (RACER, 2)),
        papers=(RACER,),
    )
    lines = opening(report.model_copy(update={"opening": (old,), "picks": report.picks[:1]}), taxonomy)
    assert lines == [
        "**로봇에게 말로 고쳐 주는 감독이 생겼다.** [RACER](#p-2611.00002)는 시각 언어 모델을 감독으로 세웁니다.",
        "",
        "- **[RACER](#p-2611.00002)**: 말로 짚어 주자 로봇이 실패에서 회복했다 *→ 로봇을 가르치는 팀*",
    ]


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("kind", ["report", "trending", "quoted"])
def test_an_english_page_is_built_as_the_korean_one_and_has_no_korean_of_ours(
    request: pytest.FixtureRequest, taxonomy: Taxonomy, shape: str, kind: str
) -> None:
    korean: Report = spoiled(request.getfixturevalue(kind), latin)
    english = korean.model_copy(update={"language": "en"})
    text = render(english, taxonomy, shape)
    assert not re.search(r"[가-힣]", text)
    # The Korean five parts have the English name of a category beside the Korean one, in the same heading.
    assert structure(text) == structure(render(korean, taxonomy, shape))


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("kind", ["report", "trending"])
def test_every_accepted_line_stands_on_the_page_exactly_once(
    request: pytest.FixtureRequest, taxonomy: Taxonomy, shape: str, kind: str
) -> None:
    day: Report = request.getfixturevalue(kind)
    text = render(day, taxonomy, shape)
    told = [claim.text for claim in day.claims()]
    assert len(told) > 20
    # Figures of results stand out, and names lead to their papers.
    unweighted = re.sub(r"\*\*|\[([^\]]+)\]\(#p-[^)]*\)", r"\1", text)
    for line in told:
        assert unweighted.count(escape(line)) == 1, line
        assert escape(line) in running(unweighted)


def test_without_groups_every_paper_stands_under_its_category(report: Report, taxonomy: Taxonomy) -> None:
    text = render(report.model_copy(update={"groups": (), "opening": (), "picks": ()}), taxonomy)
    assert headings(text)[1:9] == [
        "## 👁️ 컴퓨터 비전",
        "### 확산 모델이 적은 계산으로 인식에서도 통했다",
        "## 🎮 강화학습",
        "### RACER: 말로 짚어 주자 로봇이 실패에서 회복했다",
        "### 속이는 동료가 있어도 연합 학습은 수렴했다",
        "## ⚛️ 양자 컴퓨팅",
        "### Quantum Loss Landscapes",
        "## 함께 읽으면 *(편집자의 생각)*",
    ]


def test_a_paper_that_two_groups_claim_is_told_once_and_an_empty_group_has_no_heading(
    report: Report, taxonomy: Taxonomy
) -> None:
    groups = (*report.groups, Group(title="또 다른 묶음", papers=(RACER, "arxiv:2611.77777")))
    text = render(report.model_copy(update={"groups": groups}), taxonomy)
    assert "또 다른 묶음" not in text
    assert text.count('<a id="p-2611.00002">') == 1


def test_a_category_that_the_taxonomy_no_longer_knows_is_printed_as_the_last_one(
    report: Report, taxonomy: Taxonomy
) -> None:
    filings = (f.model_copy(update={"category": "gone"}) if f.paper_id == QUANTUM else f for f in report.filings)
    assert "## 📦 기타" in headings(render(report.model_copy(update={"filings": tuple(filings)}), taxonomy))


def test_new_papers_that_are_not_told_are_linked_under_their_category(report: Report, taxonomy: Taxonomy) -> None:
    assert section(render(report, taxonomy), "더 나온 논문").strip().splitlines()[2:] == [
        "- 👁️ 컴퓨터 비전",
        "  - [A Workshop Paper without an arXiv Id](https://x.example/p?a=1&b=2)",
        "  - [SAMPart3D: Segment Any Part](https://arxiv.org/abs/2611.00005)",
    ]
    lost = Paper(id="arxiv:2611.88888", title="Forgotten", abstract="")
    text = render(report.model_copy(update={"papers": (*report.papers, lost)}), taxonomy)
    assert "- 📦 기타\n  - [Forgotten](https://arxiv.org/abs/2611.88888)" in section(text, "더 나온 논문")
    assert "새 논문 7편" in text


def test_a_returning_paper_has_one_line_with_its_first_day_and_what_brought_it_back(
    report: Report, taxonomy: Taxonomy
) -> None:
    assert section(render(report, taxonomy), "다시 온 논문").strip().splitlines()[2:] == [
        "- **[WaLa](https://arxiv.org/abs/2609.00006)** (처음 [9월 30일](../2026-09-30/report.md#p-2609.00006)) "
        "웨이블릿으로 3D 형상을 압축하는 모델입니다. 오늘은 Hugging Face에 올랐습니다.",
        "- **[Speech Tokens Revisited](https://arxiv.org/abs/2610.00008)** "
        "(처음 [2025년 10월 2일](../2025-10-02/report.md#p-2610.00008)) 오늘은 arXiv에 올랐습니다.",
    ]


def test_withdrawn_papers_are_named_and_their_notices_folded_away(report: Report, taxonomy: Taxonomy) -> None:
    text = render(report, taxonomy)
    assert section(text, "철회된 논문").splitlines()[2] == (
        "- [A Proof That Was Not One](https://arxiv.org/abs/2611.00099): "
        "[11월 3일](../2026-11-03/report.md#p-2611.00099)에 소개한 뒤 철회됐습니다."
    )
    assert "has been withdrawn by the authors" in text.replace(running(text), "")
    assert "has been withdrawn by the authors" not in running(text)
    (one,) = report.withdrawn
    fresh = report.model_copy(update={"withdrawn": (one.model_copy(update={"first_day": None}),)})
    assert "철회된 논문이어서 소개하지 않습니다." in section(render(fresh, taxonomy), "철회된 논문")


def test_trends_are_told_with_their_picture_only_when_there_is_something_to_tell(
    trending: Report, taxonomy: Taxonomy
) -> None:
    for language, heading in (("ko", "흐름"), ("en", "Trends")):
        part = section(render(trending.model_copy(update={"language": language}), taxonomy), heading)
        assert part.count("![") == 1 and "](trend_2026-11-17.png)" in part
        assert re.findall(r"^- (.+)$", part, re.MULTILINE) == [escape(claim.text) for claim in trending.flow]
    few = Fact(id="memory:few", kind="memory", category=None, ko="아직 5일이 쌓이지 않았다.", en="Too few days.")
    sorry = Claim(kind="trend", role="flow", text=few.text("ko"), facts=(few.id,))
    text = render(trending.model_copy(update={"flow": (sorry,), "facts": (few,)}), taxonomy)
    assert "## 흐름" not in headings(text) and few.text("ko") not in text
    # The picture is there for whoever unfolds the rest.
    assert "trend_2026" not in running(text) and text.count("](trend_2026-11-17.png)") == 1
    short = trending.model_copy(update={"history": trending.history[:4]})
    assert "trend_2026" not in render(short, taxonomy)


def test_nothing_of_an_empty_part_is_printed(report: Report, taxonomy: Taxonomy) -> None:
    (racer, *_) = report.items
    bare = Report(
        day=report.day,
        language="ko",
        status="complete",
        model="m",
        quoted=False,
        items=(racer,),
        papers=(report.paper(RACER),),
    )
    text = render(bare, taxonomy)
    assert headings(text) == [
        "# Daily Artificial Intelligence Insights : Papers",
        "## 📦 기타",
        "### RACER: 말로 짚어 주자 로봇이 실패에서 회복했다",
    ]
    assert running(text).splitlines()[2] == (
        "2026년 11월 17일 화요일 · 새 논문 1편 · 읽는 데 1분 · 초록을 바탕으로 썼습니다 · 문장마다 확인했습니다"
    )
    assert "다시" not in running(text) and "용어" not in running(text)


def test_a_sentence_of_an_item_is_not_said_again_in_the_stories(report: Report, taxonomy: Taxonomy, say: Say) -> None:
    hook = say("opening", "말로 짚어 주자 로봇이 실패에서 회복했다.", (RACER, 2))
    text = say("opening", "감독은 시각 언어 모델입니다.", (RACER, 2))
    both = Story(headline=hook, text=text, papers=(RACER,))
    told = render(report.model_copy(update={"opening": (both,)}), taxonomy)
    assert told.count("말로 짚어 주자 로봇이 실패에서 회복했다") == 1
    assert section(told, "오늘의 이야기").splitlines()[2] == (
        "- **[RACER](#p-2611.00002)**: 감독은 시각 언어 모델입니다. *→ 로봇을 가르치는 팀*"
    )
    alone = Story(headline=hook, papers=(RACER,))
    bare = report.model_copy(update={"opening": (alone,), "picks": ()})
    assert "오늘의 이야기" not in running(render(bare, taxonomy))


@pytest.mark.parametrize("shape", SHAPES)
def test_a_sentence_that_two_lines_say_is_printed_once(
    report: Report, taxonomy: Taxonomy, say: Say, shape: str
) -> None:
    said = "모방 학습에서 RACER는 성공률을 18.5% 올렸습니다."
    day = change_item(report, RACER, say("method", said, (RACER, 2)), say("result", said, (RACER, 3)))
    text = render(change_item(day, FED, say("result", said.upper(), (FED, 3))), taxonomy, shape)
    assert text.casefold().count(said.casefold()) == 1


def test_a_line_that_rests_on_nothing_is_never_printed(report: Report, taxonomy: Taxonomy) -> None:
    for shape in SHAPES:
        bare = Claim(kind="reported", role="hook", text="모든 산업에서 쓰일 것이다")
        day = report.model_copy(
            update={
                "opening": (Story(headline=bare, text=bare, papers=(RACER,)),),
                "items": (Item(paper_id=RACER, name="RACER", claims=(bare,)), *report.items[1:]),
                "flow": (bare,),
                "changes": (),
            }
        )
        assert bare.text not in render(day, taxonomy, shape)


def test_links_of_another_language_lead_to_that_languages_pages(report: Report, taxonomy: Taxonomy) -> None:
    text = render(report.model_copy(update={"language": "en"}), taxonomy)
    assert "[30 September](../../2026-09-30/en/report.md#p-2609.00006)" in text


@pytest.mark.parametrize("shape", SHAPES)
def test_the_same_report_gives_the_same_bytes(report: Report, taxonomy: Taxonomy, shape: str) -> None:
    again = Report.model_validate_json(report.model_dump_json())
    assert render(report, taxonomy, shape) == render(again, taxonomy, shape)


@pytest.mark.parametrize("shape", SHAPES)
def test_a_claim_on_a_paper_of_another_day_is_refused(report: Report, taxonomy: Taxonomy, shape: str) -> None:
    without = report.model_copy(update={"papers": tuple(p for p in report.papers if p.id != RACER)})
    with pytest.raises(KeyError, match=r"2611\.00002"):
        render(without, taxonomy, shape)


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("language", ["ko", "en"])
@pytest.mark.parametrize("kind", ["report", "quoted", "trending", "quiet"])
def test_hostile_texts_of_papers_models_and_sources_change_nothing_in_the_structure(
    request: pytest.FixtureRequest, taxonomy: Taxonomy, language: str, kind: str, shape: str
) -> None:
    day: Report = request.getfixturevalue(kind)
    day = day.model_copy(
        update={"language": language, "causes": (*day.causes, Cause(kind="lost", about=(("x", "y"),)))}
    )
    places: tuple[Callable[[str, str], str], ...] = (lambda words, text: words + text, lambda words, text: text + words)
    for place in places:
        tame, wild = (render(spoiled(day, partial(place, words)), taxonomy, shape) for words in (TAME, HOSTILE))
        assert structure(wild) == structure(tame)
        assert links(wild) == links(tame)
        assert "\u202e" not in wild and "\u200b" not in wild


def test_a_day_of_another_year_is_named_with_its_year(report: Report, taxonomy: Taxonomy) -> None:
    january = report.model_copy(update={"day": date(2027, 1, 2)})
    assert "[2026년 9월 30일]" in section(render(january, taxonomy), "다시 온 논문")


def test_the_first_mention_of_a_paper_in_the_days_line_leads_to_it(
    report: Report, taxonomy: Taxonomy, say: Say
) -> None:
    text = "RACER와 RACER-2는 다르고, 적대자를 견디는 연합 강화학습은 RACER와 닮았습니다."
    day = Story(headline=say("opening", text, (RACER, 2), (FED, 2)), papers=(RACER, FED))
    (line,) = opening(report.model_copy(update={"opening": (day,), "picks": ()}), taxonomy)
    assert line == (
        "[RACER](#p-2611.00002)와 RACER-2는 다르고, "
        "[적대자를 견디는 연합 강화학습](#p-2611.00001)은 RACER와 닮았습니다."
    )
