"""The glossary of the Korean report."""

from pathlib import Path

import pytest

from domain.grounding.glossary import Glossary, terms
from domain.grounding.passage import Cited, Passage
from prompts.glossary import load_glossary


@pytest.fixture(scope="module")
def korean() -> Glossary:
    return load_glossary("ko")


def _fold(text: str) -> str:
    return text.replace(" ", "")


def test_it_has_at_least_250_terms_each_with_a_korean_rendering(korean: Glossary) -> None:
    assert len(korean.terms) >= 250
    assert [t.name for t in korean.terms if not t.accepted] == []


def test_no_accepted_rendering_is_called_wrong_anywhere(korean: Glossary) -> None:
    accepted = {_fold(a) for t in korean.terms for a in t.accepted}
    assert {w for t in korean.terms for w in t.wrong if _fold(w) in accepted} == set()


def test_no_accepted_rendering_trips_over_a_wrong_one_of_its_own_paper(korean: Glossary) -> None:
    rule = terms(korean)
    tripped: list[tuple[str, str]] = []
    for term in korean.terms:
        name = term.name.replace(" ~", "")
        for accepted in term.accepted:
            paper = Cited(title=name, abstract=f"We study {name}.", sentences=(f"We study {name}.",))
            shown = Passage(text=f"{accepted}을 다룬다.", language="ko", cited=(paper,))
            tripped += [(accepted, fault.reason) for fault in rule(shown)]
    assert tripped == []


def test_every_wrong_rendering_is_found_where_its_term_is_in_the_paper(korean: Glossary) -> None:
    rule = terms(korean)
    missed: list[tuple[str, str]] = []
    for term in korean.terms:
        name = term.name.replace("~", "large")
        paper = Cited(title=name, abstract=f"We study {name}.", sentences=(f"We study {name}.",))
        for wrong in term.wrong:
            shown = Passage(text=f"{wrong.replace('~', '큰 ')}에 관한 연구이다.", language="ko", cited=(paper,))
            if not list(rule(shown)):
                missed.append((term.name, wrong))
    assert missed == []


def test_each_term_stands_once_and_its_name_is_a_plain_word(korean: Glossary) -> None:
    names = [t.name.lower() for t in korean.terms]
    assert sorted({n for n in names if names.count(n) > 1}) == []
    assert [n for n in names if n.endswith("*")] == []


def test_the_mistakes_of_the_older_reports_are_in_it(korean: Glossary) -> None:
    wrong = {_fold(w) for t in korean.terms for w in t.wrong}
    seen = (
        "세분화 튜닝",
        "대화 요원",
        "일반 지도",
        "객체 지향",
        "대체 라벨링",
        "고정된 흐름",
        "자귀회귀",
        "컴퓨터 레지나",
    )
    assert {w for w in seen if _fold(w) not in wrong} == set()


def test_only_the_terms_of_the_papers_go_into_a_prompt(korean: Glossary) -> None:
    held = {t.name for t in korean.occurring(["Rectified flow is trained by knowledge distillation."])}
    assert {"rectified flow", "knowledge distillation"} <= held
    assert "reinforcement learning" not in held
    assert len(held) < 10


def test_a_language_without_a_file_gets_the_english_side() -> None:
    english = load_glossary("en")
    assert len(english.terms) >= 250
    assert all(not t.accepted and not t.wrong for t in english.terms)


def test_a_broken_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "glossary.xx.toml").write_text('terms = [{ english = ["x"] }]', encoding="utf-8")
    with pytest.raises(ValueError, match=r"glossary\.xx\.toml is not a glossary"):
        load_glossary("xx", tmp_path)
