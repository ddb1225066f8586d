"""What a reader of the Markdown report can rely on."""

import re
from collections import Counter
from collections.abc import Callable
from datetime import date
from typing import get_args

import pytest
from markdown_it import MarkdownIt
from markdown_it.token import Token

from domain.claims import Claim
from domain.papers import Paper
from domain.reports import Cause, CauseKind, Drop, Gap, Health, Report, Section
from domain.taxonomy import Taxonomy
from publishing.escape import escape
from publishing.markdown import render

HOSTILE = (
    "1. *Star* [x](javascript:alert(1)) <script>alert(1)</script> | # _a_ `b` $c$ ~~d~~ ![i](https://evil.example/i.png)\n\n"
    "## Heading\n\n---\n- item\u202e\u200b </a><b id='e1'> [[7]](#e7) &lt;i&gt; {{ x }} \\"
)


def parse(text: str) -> list[Token]:
    return MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"]).parse(text)


def headings(text: str) -> list[tuple[str, str]]:
    tokens = parse(text)
    return [(t.tag, tokens[place + 1].content) for place, t in enumerate(tokens) if t.type == "heading_open"]


def shape(text: str) -> list[str]:
    """The document's structure without its words: every block and inline token but text."""
    tokens = [inner for token in parse(text) for inner in (token, *(token.children or []))]
    return [
        t.type + (t.content if t.type.startswith("html") else "") for t in tokens if t.type not in ("text", "inline")
    ]


def section_of(text: str, heading: str) -> str:
    found = re.search(rf"^## [^\n]*{re.escape(heading)}.*?(?=^## |^---$)", text, re.MULTILINE | re.DOTALL)
    assert found, heading
    return found[0]


def without_evidence(text: str) -> str:
    return text.split("\n## 근거\n")[0]


def claims_of(report: Report) -> list[Claim]:
    return [*report.overview, *report.trend, *(claim for s in report.sections for _, claim in s.claims())]


def test_the_first_lines_are_those_that_readers_know(report: Report, taxonomy: Taxonomy) -> None:
    lines = render(report, taxonomy).splitlines()
    assert lines[0] == "# Daily Artificial Intelligence Insights : Papers"
    assert re.fullmatch(r"!\[[^]]+\]\(paper_2026-11-17\.png\)", lines[2])


def test_the_outline_is_overview_then_categories_in_the_taxonomys_order_then_evidence(
    report: Report, taxonomy: Taxonomy
) -> None:
    assert headings(render(report, taxonomy)) == [
        ("h1", "Daily Artificial Intelligence Insights : Papers"),
        ("h2", "오늘의 핵심"),
        ("h2", "👁️ 컴퓨터 비전 (Computer Vision)"),
        ("h2", "🎮 강화학습 (Reinforcement Learning)"),
        ("h2", "🔊 오디오·음성 (Audio & Speech)"),
        ("h2", "⚛️ 양자 컴퓨팅 (Quantum Computing)"),
        ("h2", "근거"),
    ]


def test_an_english_report_has_the_same_outline_in_english(report: Report, taxonomy: Taxonomy) -> None:
    english = report.model_copy(update={"language": "en"})
    text = render(english, taxonomy)
    assert [name for _, name in headings(text)][1:] == [
        "Today in brief",
        "👁️ Computer Vision",
        "🎮 Reinforcement Learning",
        "🔊 Audio & Speech",
        "⚛️ Quantum Computing",
        "Evidence",
    ]
    assert shape(text) == shape(render(report, taxonomy))
    own_words = text
    for claim in claims_of(report):
        own_words = own_words.replace(escape(claim.text), "")
    assert not re.search(r"[가-힣]", own_words)


def test_every_category_with_papers_has_all_five_parts_in_order(
    report: Report, quoted: Report, taxonomy: Taxonomy
) -> None:
    parts = ["핵심 주제", "키워드와 흐름", "주요 내용", "영향 분석", "결론과 전망"]
    for day in (report, quoted):
        for section in day.sections:
            text = section_of(render(day, taxonomy), taxonomy[section.category].ko)
            assert re.findall(r"^(\d)\. \*\*(.+?)\*\*", text, re.MULTILINE) == [
                (str(number), part) for number, part in enumerate(parts, start=1)
            ]
            tokens = parse(text)
            assert [t.type for t in tokens].count("ordered_list_open") == 1
            assert [t.info for t in tokens if t.type == "list_item_open" and t.info] == ["1", "2", "3", "4", "5"]


def test_a_part_without_claims_says_so(report: Report, quoted: Report, taxonomy: Taxonomy) -> None:
    written = section_of(render(report, taxonomy), "컴퓨터 비전")
    assert "4. **영향 분석**: 초록에 해당하는 내용이 없습니다." in written
    assert "5. **결론과 전망**: 초록에서 이에 해당하는 문장을 찾지 못했습니다." in section_of(
        render(quoted, taxonomy), "강화학습"
    )


def test_every_claim_is_printed_once_under_its_part_and_ends_with_its_citations(
    report: Report, taxonomy: Taxonomy
) -> None:
    lines = without_evidence(render(report, taxonomy)).splitlines()
    for claim in claims_of(report):
        mark = " (분석)" if claim.kind == "analysis" else ""
        matching = [line for line in lines if escape(claim.text) + mark + " [[" in line]
        assert len(matching) == 1, claim.text
        cited = len(claim.evidence) + len(claim.facts)
        assert re.search(r"[^\]] " + r" ".join([r"\[\[T?\d+\]\]\(#[et]\d+\)"] * cited) + "$", matching[0])


def test_each_number_leads_to_the_sentence_that_the_claim_rests_on(report: Report, taxonomy: Taxonomy) -> None:
    text = render(report, taxonomy)
    entries = dict(re.findall(r'^- <a id="(\w+)"></a>(.*)$', text, re.MULTILINE))
    for claim in claims_of(report):
        line = next(line for line in text.splitlines() if line.lstrip("- ").startswith(escape(claim.text)))
        numbers = re.findall(r"\[\[(\d+)\]\]\(#e(\d+)\)", line)
        assert len(numbers) == len(claim.evidence)
        for (shown, target), evidence in zip(numbers, claim.evidence, strict=True):
            entry = entries[f"e{target}"]
            paper = report.paper(evidence.paper_id)
            assert shown == target
            assert entry.startswith(f"**[{shown}]** ")
            assert f"[{escape(paper.title)}]({paper.url})" in entry
            if evidence.sentence:
                assert f"“{escape(evidence.quote)}”" in entry
        for fact in claim.facts:
            (mark, target) = re.findall(r"\[\[(T\d+)\]\]\(#(t\d+)\)", line)[0]
            assert entries[target].startswith(f"**[{mark}]** ")
            known = next(f for s in report.sections for f in s.facts if f.id == fact)
            assert escape(known.ko) in entries[target]
            assert "[2026-11-12](../2026-11-12/report.md)" in entries[target]


def test_numbers_follow_the_order_of_first_use_and_one_sentence_has_one_number(
    report: Report, taxonomy: Taxonomy
) -> None:
    text = render(report, taxonomy)
    used = [int(n) for n in re.findall(r"\]\(#e(\d+)\)", text)]
    listed = [int(n) for n in re.findall(r'<a id="e(\d+)">', text)]
    assert list(dict.fromkeys(used)) == listed == list(range(1, len(listed) + 1))
    assert len(listed) == len({(e.paper_id, e.sentence) for c in claims_of(report) for e in c.evidence})
    assert re.findall(r"#t(\d+)\)", text) == ["1", "1"]
    assert re.findall(r'<a id="t(\d+)">', text) == ["1"]


def test_every_paper_of_the_day_stands_in_exactly_one_list(report: Report, quoted: Report, taxonomy: Taxonomy) -> None:
    for day in (report, quoted):
        text = without_evidence(render(day, taxonomy))
        sources = re.findall(r"^ - (.+) \((https?://\S+)\)$", text, re.MULTILINE)
        others = re.findall(r"^- \[(.+)\]\((https?://\S+?)\)(?: — .*)?$", text, re.MULTILINE)
        expected = Counter((escape(p.title), p.url) for p in day.papers)
        assert Counter([*sources, *others]) == expected
        assert {title for title, _ in sources} == {escape(day.paper(id).title) for s in day.sections for id in s.papers}


def test_papers_are_listed_under_what_became_of_them(report: Report, taxonomy: Taxonomy) -> None:
    text = render(report, taxonomy)
    vision, gap = section_of(text, "컴퓨터 비전"), section_of(text, "양자 컴퓨팅")
    order = [vision.index(mark) for mark in ("**요약:**", "**출처:**", "**함께 나온 논문:**", "**다시 온 논문:**")]
    assert order == sorted(order)
    assert " - Scaling Diffusion Models for Perception (https://arxiv.org/abs/2611.00003)\n" in vision
    assert vision.index("SAMPart3D") > order[2]
    assert "An Older Paper on Wavelets" in vision[order[3] :]
    assert "[2026-09-30](../2026-09-30/report.md)" in vision[order[3] :]
    assert "the model did not answer" in gap
    assert "[Quantum Loss Landscapes](https://arxiv.org/abs/2611.00007)" in gap


def test_repeats_of_a_category_that_failed_are_named_as_repeats(report: Report, taxonomy: Taxonomy) -> None:
    spoken = report.sections[2].repeats
    gap = Gap(category="audio", reason="no answer", papers=(), repeats=spoken)
    changed = report.model_copy(update={"sections": report.sections[:2], "gaps": (*report.gaps, gap)})
    text = render(changed, taxonomy)
    assert "[2026-10-02](../2026-10-02/report.md)" in section_of(text, "오디오·음성")
    assert "다시 온 논문 2편" in text


def test_a_paper_without_a_place_is_not_lost(report: Report, taxonomy: Taxonomy) -> None:
    lost = Paper(id="arxiv:2611.77777", title="Forgotten", abstract="")
    text = render(report.model_copy(update={"papers": (*report.papers, lost)}), taxonomy)
    assert "[Forgotten](https://arxiv.org/abs/2611.77777)" in section_of(text, "분야에 넣지 못한 논문")
    assert "모두 9편" in text


def test_records_of_one_paper_are_named_so_that_none_seems_lost(report: Report, taxonomy: Taxonomy) -> None:
    held = [health.model_copy(update={"held": 0}) for health in report.health]
    held[0] = held[0].model_copy(update={"held": 11, "signal": False})
    text = render(report.model_copy(update={"health": tuple(held)}), taxonomy)
    assert "다시 온 논문 2편; 같은 논문이어서 합친 기록 3건" in text
    held[0] = held[0].model_copy(update={"held": 8})
    assert "합친 기록" not in render(report.model_copy(update={"health": tuple(held)}), taxonomy)


def test_the_status_says_day_state_counts_sources_and_model(report: Report, taxonomy: Taxonomy) -> None:
    text = render(report, taxonomy)
    block = [line for line in text.splitlines() if line.startswith(">")]
    assert block == [
        "> - **날짜:** 2026-11-17 (화)",
        "> - **상태:** 일부 누락: 쓰지 못한 분야: 양자 컴퓨팅",
        "> - **논문:** 모두 8편: 새 논문 6편 (종합 3, 목록만 2, 쓰지 못함 1), 다시 온 논문 2편",
        "> - **수집처 arxiv:** 응답, 9편 중 8편 확보, 2026-11-17자 목록",
        "> - **수집처 hf:** 응답 없음, 참고용 (HTTP 503)",
        "> - **모델:** openai:gpt-5",
    ]


@pytest.mark.parametrize(
    ("causes", "korean", "english"),
    [
        (
            [Cause(kind="silent", about=(("arxiv", "HTTP 503"), ("hub_1", "")))],
            "일부 누락: 목록을 다 받지 못한 수집처: arxiv, hub_1",
            "partly missing: sources that did not give all they list: arxiv, hub_1",
        ),
        (
            [Cause(kind="missing", about=(("rl", "no"),)), Cause(kind="missing", about=(("cv", "no"),))],
            "일부 누락: 쓰지 못한 분야: 강화학습, 컴퓨터 비전",
            "partly missing: categories that could not be written: Reinforcement Learning, Computer Vision",
        ),
        (
            [Cause(kind="quoted", about=(("rl", ""),)), Cause(kind="bare", about=(("cv", ""),))],
            "일부 누락: 모델이 실패해 초록을 인용하기만 한 분야: 강화학습; 근거를 확인한 내용이 없는 분야: 컴퓨터 비전",
            "partly missing: categories that are only quoted, because the model failed: Reinforcement Learning; "
            "categories of which no finding could be confirmed: Computer Vision",
        ),
    ],
)
def test_the_reasons_are_given_in_the_language_of_the_report(
    report: Report, taxonomy: Taxonomy, causes: list[Cause], korean: str, english: str
) -> None:
    for language, told in (("ko", korean), ("en", english)):
        day = report.model_copy(update={"causes": tuple(causes), "language": language, "reason": "as logged"})
        assert f":** {told}\n" in render(day, taxonomy)
        assert "as logged" not in render(day, taxonomy)


def test_every_kind_of_reason_has_words_and_an_older_report_keeps_its_own(quiet: Report, taxonomy: Taxonomy) -> None:
    for kind in get_args(CauseKind):
        told = render(quiet.model_copy(update={"causes": (Cause(kind=kind, about=(("rl", "x"),)),)}), taxonomy)
        assert re.search(r"\*\*상태:\*\* 조용한 날: [가-힣]", told) and "Sundays" not in told
    assert "조용한 날: no listing on Sundays" in render(quiet, taxonomy)


def test_the_trends_stand_between_overview_and_categories_with_their_picture(
    trending: Report, taxonomy: Taxonomy
) -> None:
    for language, heading in (("ko", "흐름"), ("en", "Trends")):
        text = render(trending.model_copy(update={"language": language}), taxonomy)
        assert [name for _, name in headings(text)][2] == heading
        part = section_of(text, heading)
        assert part.count("![") == 1 and "](trend_2026-11-17.png)" in part
        assert re.findall(r"^- (.+) \[\[(T\d)\]\]\(#t\d\)$", part, re.MULTILINE) == [
            (escape(claim.text), mark) for claim, mark in zip(trending.trend, ("T2", "T3"), strict=True)
        ]


def test_too_few_days_before_have_no_picture_but_their_sentence(trending: Report, taxonomy: Taxonomy) -> None:
    few = trending.model_copy(update={"history": trending.history[:4], "trend": trending.trend[:1]})
    part = section_of(render(few, taxonomy), "흐름")
    assert trending.trend[0].text in part and "![" not in part
    text = render(few.model_copy(update={"trend": ()}), taxonomy)
    assert "흐름" not in [name for _, name in headings(text)]
    text = render(trending.model_copy(update={"trend": ()}), taxonomy)
    assert "![" in section_of(text, "흐름")


def test_a_trend_of_one_category_is_told_apart_from_its_keywords(report: Report, taxonomy: Taxonomy) -> None:
    lines = section_of(render(report, taxonomy), "컴퓨터 비전").splitlines()
    place = lines.index("   - **흐름:**")
    assert lines[place - 1] == "2. **키워드와 흐름**"
    assert lines[place + 1].startswith(f"     - {escape(report.sections[1].trend[0].text)} [[T1]]")
    assert "**흐름:**" not in section_of(render(report, taxonomy), "강화학습")


def test_a_fact_of_many_days_and_papers_links_to_three_of_each(trending: Report, taxonomy: Taxonomy) -> None:
    text = render(trending, taxonomy)
    (entry,) = re.findall(r'^- <a id="t2"></a>(.*)$', text, re.MULTILINE)
    assert re.findall(r"\.\./(\S+)/report\.md", entry) == ["2026-11-05", "2026-11-12", "2026-11-13"]
    assert re.findall(r"\[arXiv:(\S+)\]", entry) == ["2611.00003", "2611.00005", "2611.00001"]
    assert "· 외 4일 ·" in entry and entry.endswith("· 외 2편")
    (entry,) = re.findall(r'^- <a id="t3"></a>(.*)$', text, re.MULTILINE)
    assert re.findall(r"\.\./(\S+)/report\.md", entry) == ["2026-11-12", "2026-11-13"]
    assert " 외 " not in entry
    english = render(trending.model_copy(update={"language": "en"}), taxonomy)
    assert "· and 4 more days ·" in english and "· and 2 more papers\n" in english


@pytest.mark.parametrize(
    ("status", "shown", "said"),
    [("quiet", "조용한 날", "오류가 아닙니다"), ("broken", "실패", "보고서를 만들지 못했습니다")],
)
def test_a_day_without_papers_says_which_kind_it_is(
    quiet: Report, taxonomy: Taxonomy, status: str, shown: str, said: str
) -> None:
    text = render(quiet.model_copy(update={"status": status, "reason": "arxiv (timeout)"}), taxonomy)
    assert f"**상태:** {shown}: arxiv (timeout)" in text
    assert said in text
    assert "## " not in text


def test_a_report_without_a_model_says_on_its_face_that_it_quotes(
    quoted: Report, report: Report, taxonomy: Taxonomy
) -> None:
    assert "모델 없이 만든 보고서입니다" in render(quoted, taxonomy).split("\n## ")[0]
    assert "Written without a model" in render(quoted.model_copy(update={"language": "en"}), taxonomy).split("\n## ")[0]
    assert "모델 없이" not in render(report, taxonomy)


def test_a_single_quoted_section_is_marked_in_an_otherwise_written_report(report: Report, taxonomy: Taxonomy) -> None:
    sections = (report.sections[0].model_copy(update={"extractive": True}), *report.sections[1:])
    text = render(report.model_copy(update={"sections": sections}), taxonomy)
    assert "모델 없이" in section_of(text, "강화학습")
    assert text.count("모델 없이") == 1


def test_a_sentence_that_the_text_quotes_is_not_printed_again_as_evidence(quoted: Report, taxonomy: Taxonomy) -> None:
    text = render(quoted, taxonomy)
    for claim in claims_of(quoted):
        if claim.text == claim.evidence[0].quote:
            assert text.count(escape(claim.text)) == 1
    assert len(re.findall(r"^- <a id=.*\(본문에 인용\)$", text, re.MULTILINE)) == 5


def test_a_claim_that_rests_on_nothing_is_counted_and_never_printed(report: Report, taxonomy: Taxonomy) -> None:
    bare = Claim(kind="reported", text="모든 산업에서 쓰일 것이다.")
    sections = (report.sections[0].model_copy(update={"impact": (bare,), "headline": bare}), *report.sections[1:])
    text = render(report.model_copy(update={"sections": sections, "overview": (bare,)}), taxonomy)
    assert bare.text not in text
    assert "뺀 문장: 1개" in section_of(text, "오늘의 핵심")
    assert "뺀 문장: 3개" in section_of(text, "강화학습")


def test_sentences_that_the_critic_left_out_are_counted_but_not_printed(report: Report, taxonomy: Taxonomy) -> None:
    text = render(report, taxonomy)
    assert "뺀 문장: 1개" in section_of(text, "강화학습")
    assert "99%" not in text


def test_links_of_another_language_lead_to_that_languages_reports(report: Report, taxonomy: Taxonomy) -> None:
    text = render(report.model_copy(update={"language": "en"}), taxonomy)
    assert "[2026-09-30](../../2026-09-30/en/report.md)" in text


def test_the_same_report_gives_the_same_bytes(report: Report, taxonomy: Taxonomy) -> None:
    again = Report.model_validate_json(report.model_dump_json())
    assert render(report, taxonomy) == render(again, taxonomy)


def test_a_claim_on_a_paper_of_another_day_is_refused(report: Report, taxonomy: Taxonomy) -> None:
    with pytest.raises(KeyError, match=r"2611\.00002"):
        render(
            report.model_copy(update={"papers": tuple(p for p in report.papers if p.id != "arxiv:2611.00002")}),
            taxonomy,
        )


def _spoil(report: Report, spoil: Callable[[str], str]) -> Report:
    """The report with every text that comes from outside run through ``spoil``."""

    def claim(one: Claim) -> Claim:
        evidence = tuple(e.model_copy(update={"quote": spoil(e.quote)}) for e in one.evidence)
        return one.model_copy(update={"text": spoil(one.text), "evidence": evidence})

    def cause(one: Cause) -> Cause:
        about = ((name if one.kind == "missing" else spoil(name), spoil(why)) for name, why in one.about)
        return one.model_copy(update={"about": tuple(about)})

    def section(one: Section) -> Section:
        parts = ("themes", "keywords", "findings", "trend", "impact", "outlook")
        changed: dict[str, object] = {part: tuple(claim(c) for c in getattr(one, part)) for part in parts}
        changed["headline"] = claim(one.headline) if one.headline else None
        changed["facts"] = tuple(f.model_copy(update={"ko": spoil(f.ko), "en": spoil(f.en)}) for f in one.facts)
        changed["drops"] = tuple(Drop(step="critic", what=spoil(d.what), reason=spoil(d.reason)) for d in one.drops)
        return one.model_copy(update=changed)

    def health(one: Health) -> Health:
        return one.model_copy(
            update={"source": spoil(one.source), "asked": spoil(one.asked), "note": spoil(one.note or "x")}
        )

    return report.model_copy(
        update={
            "reason": spoil(report.reason),
            "causes": tuple(cause(c) for c in report.causes),
            "trend": tuple(claim(c) for c in report.trend),
            "facts": tuple(f.model_copy(update={"ko": spoil(f.ko), "en": spoil(f.en)}) for f in report.facts),
            "model": spoil(report.model),
            "overview": tuple(claim(c) for c in report.overview),
            "sections": tuple(section(s) for s in report.sections),
            "gaps": tuple(g.model_copy(update={"reason": spoil(g.reason)}) for g in report.gaps),
            "papers": tuple(p.model_copy(update={"title": spoil(p.title)}) for p in report.papers),
            "health": tuple(health(h) for h in report.health),
        }
    )


@pytest.mark.parametrize("language", ["ko", "en"])
@pytest.mark.parametrize("kind", ["report", "quoted", "trending", "silent"])
def test_hostile_titles_claims_and_reasons_change_nothing_in_the_structure(
    request: pytest.FixtureRequest, report: Report, taxonomy: Taxonomy, language: str, kind: str
) -> None:
    silent = report.model_copy(update={"causes": (*report.causes, Cause(kind="silent", about=(("hf", "HTTP 503"),)))})
    day: Report = silent if kind == "silent" else request.getfixturevalue(kind)
    day = day.model_copy(update={"language": language})
    tame = render(_spoil(day, lambda text: f"{text} tame"), taxonomy)
    for place in ("before", "after"):
        wild = render(
            _spoil(day, lambda text, place=place: HOSTILE + text if place == "before" else text + HOSTILE), taxonomy
        )
        assert shape(wild) == shape(tame)
        assert [t.attrs for t in _links(wild)] == [t.attrs for t in _links(tame)]
        assert "\u202e" not in wild and "\u200b" not in wild


def _links(text: str) -> list[Token]:
    return [t for token in parse(text) for t in (token.children or []) if t.type in ("link_open", "image")]


def test_an_address_that_is_no_web_address_is_not_linked(report: Report, taxonomy: Taxonomy) -> None:
    papers = tuple(
        p if p.id.startswith("arxiv") else p.model_copy(update={"links": ("javascript:alert(1)",)})
        for p in report.papers
    )
    text = render(report.model_copy(update={"papers": papers}), taxonomy)
    assert "javascript" not in text
    assert "\n- A Workshop Paper without an arXiv Id\n" in text


def test_a_category_that_the_taxonomy_no_longer_knows_is_printed_under_the_last_one(
    report: Report, taxonomy: Taxonomy
) -> None:
    sections = (report.sections[0].model_copy(update={"category": "gone"}), *report.sections[1:])
    names = [name for _, name in headings(render(report.model_copy(update={"sections": sections}), taxonomy))]
    assert names[-2:] == ["📦 기타 (Other)", "근거"]


def test_the_footer_leads_to_the_data(report: Report, taxonomy: Taxonomy) -> None:
    last = render(report, taxonomy).splitlines()[-1]
    assert "[receipt.json](receipt.json)" in last
    assert "[report.json](report.json)" in last
    assert date(2026, 11, 17).isoformat() not in last
