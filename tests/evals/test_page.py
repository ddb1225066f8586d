"""What is counted on a published page, and what a day costs."""

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

import prompts
from bench.frozen import DAYS
from bench.measures import PageMeasures, measure
from domain.claims import Claim, Evidence
from domain.items import Change, Item, Pick, Story, Term
from domain.kinds import Role
from domain.papers import Paper
from domain.reports import Filing, Receipt, Report, Usage
from domain.sentences import sentences
from evals import money, page
from evals.prefixes import tokens
from prompts.taxonomy import load_taxonomy
from publishing import layout
from publishing.files import write

O1 = Paper(
    id="arxiv:2409.15277",
    title="A Preliminary Study of o1 in Medicine",
    abstract="We test o1 on 37 medical datasets. It surpasses GPT-4 in accuracy by 6.2% across 19 datasets. "
    "Surprisal stays low.",
)
SMALL = Paper(id="arxiv:2409.00002", title="A Small Model", abstract="A small model is 3x faster on MMLU.")


def claim(role: Role, text: str, *cites: tuple[Paper, int]) -> Claim:
    evidence = tuple(Evidence(paper_id=p.id, sentence=n, quote=sentences(p.abstract)[n - 1]) for p, n in cites)
    return Claim(
        kind="analysis" if role in ("note", "pick", "thread") else "reported", role=role, text=text, evidence=evidence
    )


def item(paper: Paper, name: str, *claims: Claim) -> Item:
    return Item(paper_id=paper.id, name=name, claims=claims)


def report(**update: object) -> Report:
    """A page with nothing to complain of."""
    o1 = item(
        O1,
        "o1 의학 평가",
        claim("hook", "의학 문제에서 o1은 GPT-4보다 정확했다", (O1, 2)),
        claim("method", "의학 데이터셋 37개로 시험했습니다.", (O1, 1)),
        claim("result", "데이터셋 19개에서 정확도가 6.2% 높았습니다.", (O1, 2)),
    )
    small = item(
        SMALL,
        "작은 모델",
        claim("hook", "작은 모델이 더 빨랐다", (SMALL, 1)),
        claim("result", "MMLU에서 3배 빨랐습니다.", (SMALL, 1)),
    )
    base = Report(
        day=date(2024, 10, 13),
        language="ko",
        status="complete",
        model="openai:x",
        quoted=False,
        items=(o1, small),
        papers=(O1, SMALL),
        filings=tuple(Filing(paper_id=p.id, category="llm", certainty=1, decided_by="model") for p in (O1, SMALL)),
    )
    return base.model_copy(update=update)


def with_claims(*claims: Claim, at: int = 0) -> Report:
    """The page with further claims in one of its items."""
    items = list(report().items)
    items[at] = items[at].model_copy(update={"claims": (*items[at].claims, *claims)})
    return report(items=tuple(items))


@pytest.fixture
def measured(tmp_path: Path) -> Callable[[Report], PageMeasures]:
    """Publishes a report and measures the files."""

    def publish(report: Report, *usage: Usage) -> PageMeasures:
        receipt = Receipt(day=report.day, language=report.language, status="complete", model="x", usage=usage)
        folder = write(report, receipt, load_taxonomy(), tmp_path)
        return measure(report, (folder / layout.MARKDOWN).read_text(encoding="utf-8"))

    return publish


Measured = Callable[..., PageMeasures]


def test_a_page_without_faults_has_none(measured: Measured) -> None:
    found = measured(report())
    assert (found.headlines, found.headlines_lost, found.faults) == (4, (), ())
    assert found.figures_often == found.sentences_twice == found.register_mixed == found.terms_unexplained == ()
    assert (found.without_result, found.items, found.notes) == ((), 2, 0)


def test_only_what_is_read_is_counted_as_length(measured: Measured, tmp_path: Path) -> None:
    found = measured(report())
    text = (tmp_path / "2024-10-13" / layout.MARKDOWN).read_text(encoding="utf-8")
    assert "<details>" in text
    assert 200 < found.characters < len(text.split("<details>")[0])
    assert found.minutes == 1


def test_a_figure_told_three_times_of_one_paper_is_named_and_the_same_figure_of_another_paper_is_not(
    measured: Measured,
) -> None:
    more = claim("method", "GPT-4보다 정확도가 6.2% 높습니다.", (O1, 2))
    assert measured(with_claims(more)).figures_often == ()
    again = with_claims(more, claim("note", "6.2%는 평균입니다.", (O1, 2)))
    assert measured(again).figures_often == ("6.2% (o1 의학 평가): 3 times",)
    both = SMALL.model_copy(
        update={"abstract": "It is 6.2% better. It is 6.2% cheaper. A small model is 3x faster on MMLU."}
    )
    other = with_claims(more).model_copy(update={"papers": (O1, both)})
    thread = Story(headline=claim("thread", "둘 다 6.2% 나았다", (O1, 2), (both, 1)), papers=(O1.id, SMALL.id))
    assert measured(other.model_copy(update={"threads": (thread,)})).figures_often == ("6.2% (o1 의학 평가): 3 times",)


def test_a_sentence_that_is_printed_twice_is_found_whoever_printed_it_and_a_title_in_an_index_is_none() -> None:
    line = "데이터셋 19개에서 정확도가 6.2% 높았습니다."
    read = (
        f"- **o1.** {line} 약점도 있었습니다.\n\n## {O1.title}\n\n- {line}\n\n- {O1.title}\n- 작은 모델\n- 작은 모델\n"
    )
    assert measure(report(), read).sentences_twice == (line,)


def test_a_headline_figure_that_no_line_of_its_paper_tells_is_lost(measured: Measured) -> None:
    first, small = report().items
    short = first.model_copy(update={"claims": first.claims[:2]})
    assert measured(report(items=(short, small))).headlines_lost == (
        "6.2% (o1 의학 평가)",
        "19 datasets (o1 의학 평가)",
    )


def test_a_figure_that_its_sentences_do_not_carry_is_wrong(measured: Measured) -> None:
    found = measured(with_claims(claim("note", "7.2% 높았습니다.", (O1, 2))))
    assert [wrong.endswith(": 7.2% 높았습니다.") for wrong in found.figures_wrong] == [True]
    assert found.faults == found.figures_wrong


def test_whatever_else_the_rules_find_in_print_is_a_fault_and_no_wrong_figure(measured: Measured) -> None:
    found = measured(with_claims(claim("note", "PixWizard가 데이터셋 19개에서 높았습니다.", (O1, 2))))
    assert [fault.partition(" ")[0] for fault in found.faults] == ["name"]
    assert found.figures_wrong == ()


def test_a_paper_without_a_result_is_named(measured: Measured) -> None:
    first, small = report().items
    assert measured(report(items=(first, small.model_copy(update={"claims": small.claims[:1]})))).without_result == (
        "작은 모델",
    )


def test_changes_are_told_by_what_was_done_and_why(measured: Measured) -> None:
    changes = tuple(
        Change(paper_id=O1.id, role="result", before=before, after=after, why=why)
        for before, after, why in (
            ("가", "나", "the unit is GPU hours"),
            ("가", "나", "'suggests' told as fact"),
            ("가", "", "nothing carries it"),
            ("", "나", "the main result"),
            ("가", "나", "hm"),
        )
    )
    found = measured(report(changes=changes))
    assert found.mended == {"figures": 1, "strength": 1, "other": 1}
    assert (found.dropped, found.added) == ({"no evidence": 1}, 1)


def test_a_rare_term_counts_until_the_page_explains_it(measured: Measured) -> None:
    page_with = with_claims(claim("note", "서프라이절은 낮았습니다.", (O1, 3)))
    assert measured(page_with).terms_unexplained == ("서프라이절",)
    meaning = "앞의 글로 미루어 그 낱말이 얼마나 뜻밖인지를 재는 값"
    explained = page_with.model_copy(update={"terms": (Term(term="서프라이절(surprisal)", meaning=meaning),)})
    assert measured(explained).terms_unexplained == ()
    assert measured(with_claims(claim("note", "환각은 줄었습니다.", (O1, 3)))).terms_unexplained == ()


def test_a_korean_page_keeps_its_register(measured: Measured) -> None:
    mixed = with_claims(
        claim("problem", "시험이 없었다. 그래서 만들었습니다.", (O1, 1)),
        claim("note", "도움이 될까요?", (O1, 1)),
    )
    assert measured(mixed).register_mixed == ("sentence: 시험이 없었다.", "sentence: 도움이 될까요?")
    stories = (
        Story(headline=claim("opening", "o1이 앞섰습니다", (O1, 2)), papers=(O1.id,)),
        Story(headline=claim("opening", "o1의 승리", (O1, 2)), papers=(O1.id,)),
    )
    assert measured(report(opening=stories)).register_mixed == ("headline: o1이 앞섰습니다", "headline: o1의 승리")
    picks = (Pick(paper_id=O1.id, why=claim("pick", "의사에게", (O1, 2))),)
    assert measured(report(picks=picks)).register_mixed == ()
    assert measured(report(opening=stories, language="en")).register_mixed == ()


def test_several_days_come_with_totals_in_a_table_and_as_json(
    measured: Measured, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    first = measured(report())
    second = measured(
        with_claims(claim("note", "참고하면 좋습니다.", (O1, 1))).model_copy(update={"day": date(2024, 10, 14)})
    )
    folders = [str(tmp_path / day) for day in ("2024-10-13", "2024-10-14")]
    assert page.main([*folders, "--json"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert [day["day"] for day in said["days"]] == ["2024-10-13", "2024-10-14"]
    assert said["totals"]["chars"] == first.characters + second.characters
    assert (said["totals"]["notes per item"], said["totals"]["headline figures carried"]) == (0.25, 1.0)
    assert said["totals"]["characters per 12 items"] == 3 * said["totals"]["chars"]
    assert page.main([*folders, str(tmp_path / "none")]) == 1
    out = capsys.readouterr()
    assert "2024-10-14" in out.out
    assert "none" in out.err


def test_money_is_the_older_systems_for_as_many_papers_with_eight_in_for_one_out(
    measured: Measured, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    usage = [
        Usage(
            agent="synthesize",
            prompt="s@1",
            model="x",
            calls=1,
            input_tokens=1475,
            cached_tokens=475,
            output_tokens=400,
        ),
        Usage(
            agent="synthesize", prompt="s@2", model="x", calls=2, failed=1, input_tokens=0, output_tokens=200, cached=1
        ),
        Usage(agent="critique", prompt="c@1", model="x", calls=1, input_tokens=971, output_tokens=0),
    ]
    measured(report(items=report().items[:1]), *usage)
    assert money.main([str(tmp_path / "2024-10-13"), "--json"]) == 0
    [day] = json.loads(capsys.readouterr().out)
    assert day["agents"]["synthesize"] == {
        "calls": 3,
        "failed": 1,
        "cached": 1,
        "tokens_in": 1475,
        "tokens_out": 600,
        "from_cache": 475,
    }
    assert (day["papers"], day["told"]) == (2, 1)
    assert day["ratio"] == pytest.approx(2 * day["ratio_of_day"])
    assert day["ratio_of_day"] == pytest.approx((1475 + 971 + 8 * 600) / ((4851 + 8 * 4828) / 6))
    assert day["ratio_cached"] == pytest.approx((1000 + 0.1 * 475 + 971 + 8 * 600) / ((4851 + 8 * 4828) / 12))
    assert money.main([str(tmp_path / "2024-10-13")]) == 0
    assert "1 failed, 1 cached" in capsys.readouterr().out


def test_whatever_an_agent_is_asked_begins_as_its_first_question_did(capsys: pytest.CaptureFixture[str]) -> None:
    day, asked = money.replayed(DAYS / f"{money.TWELVE}.json")
    assert (day.papers, day.told) == (12, 12) and day.ratio_cached < 1.1 and day.ratio_cached < day.ratio
    before: set[str] = set()
    for one in asked:
        written = prompts.load(one.prompt.partition("@")[0]).source.partition("\n---\n")[0]
        assert one.shared > 0.75 * tokens(written) if one.prompt in before else not one.shared
        before.add(one.prompt)
    assert len([one for one in asked if one.shared]) >= 4
    assert money.main(["--day", str(DAYS / "none.json")]) == 1
    assert "none.json" in capsys.readouterr().err


def test_a_folder_without_a_receipt_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert money.main([str(tmp_path)]) == 1
    assert layout.RECEIPT in capsys.readouterr().err
