"""How what a writer lays out becomes lines."""

import pytest

from domain.forms import MOST_EMPHASES, Formed, cells, formed


def read(*entries: str) -> list[tuple[str, str]]:
    return [(one.form, one.text) for one in formed(entries)]


def test_sentences_stay_as_they_were_given_and_a_broken_one_is_one_line() -> None:
    assert read("It won.", "It lost\nelsewhere.", " ") == [("sentence", "It won."), ("sentence", "It lost elsewhere.")]


@pytest.mark.parametrize("mark", ["- ", "* ", "• ", "1. ", "12) "])
def test_bullets_are_known_by_their_marks_in_one_entry_or_in_several(mark: str) -> None:
    expected = [("sentence", "Two things:"), ("bullet", "one"), ("bullet", "two")]
    assert read("Two things:", f"{mark}one", f"{mark}two") == expected
    assert read(f"Two things:\n{mark}one\n{mark}two") == expected


def test_a_minus_before_a_figure_is_no_bullet() -> None:
    assert read("-3.5 points.", "*p* < 0.05.") == [("sentence", "-3.5 points."), ("sentence", "*p* < 0.05.")]


def test_each_row_of_a_table_says_what_stands_over_its_cells() -> None:
    rows = [("row", "Ours · MATH: 98% · AIME: 40%"), ("row", "Base · MATH: 90% · AIME: 30%")]
    table = ["| Model | MATH | AIME |", "| --- | ---: | :---: |", "| Ours | 98% | 40% |", "| Base | 90% | 30% |"]
    named = [(form, f"Model: {text}") for form, text in rows]
    assert read(*table) == named
    assert read("\n".join(table)) == named
    assert read(*[table[0].replace("Model", ""), *table[2:]]) == rows


def test_a_row_is_read_back_as_it_was_laid_out() -> None:
    (row,) = formed(["| | A: b | C |", "| x: y | 1 · 2 | 3 |"])
    assert cells(row.text) == (("", "x y"), ("A b", "1, 2"), ("C", "3"))


def test_a_head_without_rows_is_all_there_is() -> None:
    assert read("| 8B | 40% |") == [("bullet", "8B · 40%")]


def test_words_that_stand_out_are_kept_beside_plain_text() -> None:
    assert formed(["- It cut **half** of **40 layers**."]) == (
        Formed(text="It cut half of 40 layers.", form="bullet", emphasis=("half", "40 layers")),
    )
    assert formed(["2 ** 3 ** 4 and **unclosed"])[0].emphasis == ()
    assert len(formed([" ".join(f"**w{n}**" for n in range(9))])[0].emphasis) == MOST_EMPHASES
