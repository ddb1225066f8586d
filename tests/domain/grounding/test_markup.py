"""The sentence is plain text."""

import pytest

from domain.grounding.markup import invisible, markup

from .statements import spans


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("# 결과", "heading"),
        ("[논문](http://a.b)을 보라.", "link"),
        ("https://a.b/c 에 있다.", "address"),
        ("www.example.org에 있다.", "address"),
        ("evil.example.com/x 에 있다.", "address"),
        ("javascript:alert(1)", "address"),
        ("- 첫째이다.", "list"),
        ("1. 첫째이다.", "list"),
        ("| 가 | 나 |", "table"),
        ("> 인용이다.", "quotation"),
        ("`code`를 쓴다.", "code"),
        ("<b>굵게</b> 쓴다.", "HTML"),
        ("<script src=x>", "HTML"),
        ("a&nbsp;b", "HTML"),
        ("**굵게** 쓴다.", "emphasis"),
        ("*기울여* 쓴다.", "emphasis"),
        ("__굵게__ 쓴다.", "emphasis"),
        ("사실이다.[^1]", "footnote"),
        ("사실이다 [12].", "footnote"),
        (r"$\mathcal{O}(n)$이다.", "TeX"),
        ("첫 줄\n둘째 줄", "line break"),
    ],
)
def test_every_form_of_markup_is_a_fault_and_named(text: str, what: str) -> None:
    from domain.grounding.statement import Statement

    found = list(markup(Statement(text=text, language="ko")))
    assert any(what in fault.reason for fault in found)


@pytest.mark.parametrize(
    "text",
    [
        "A* 탐색과 D* 탐색을 견준다.",
        "o1_medicine 자료를 쓴다.",
        "f<N/2이면 성립하고 x>0이다.",
        "구간 [0, 1]에서 3.5%이다.",
        "비용은 $5이고 #1 순위이다.",
        "2.5배 빠르다.",
        "CycleGAN-style 변환 - 세 범주 사이 - 를 쓴다.",
    ],
)
def test_symbols_in_plain_text_pass(text: str) -> None:
    assert spans(markup, text) == []


@pytest.mark.parametrize("character", ["\u200b", "\u202e", "\u2066", "\ufeff", "\x07", "\u00ad"])
def test_characters_that_no_reader_sees_are_a_fault(character: str) -> None:
    [span] = spans(invisible, f"잎의 {character}병을 찾는다.")
    assert span == f"U+{ord(character):04X}"
    assert spans(invisible, "잎의 병을 찾는다.") == []
