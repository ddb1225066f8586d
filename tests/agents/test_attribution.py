"""Where two figures of a line could be exchanged, the judge says in the evidence's own words which is which."""

from collections.abc import Sequence
from typing import Any

import pytest

from agents import critic
from agents.attribution import swappable, unshown
from agents.verdicts import Refusal, Shown, Verdicts, Words
from domain.claims import Evidence
from domain.grounding.rules import NO_EVIDENCE, UNSHOWN
from domain.lines import Line
from domain.papers import Paper
from tests import judging
from tests.scripted import ScriptedLLM

SPEED = "It is 3.49x faster than Alpha and 11.67x faster than Beta."
RIGHT = "Alpha보다 3.49배, Beta보다 11.67배 빠릅니다."
EXCHANGED = "Alpha보다 11.67배, Beta보다 3.49배 빠릅니다."


@pytest.mark.parametrize(
    ("text", "sentence", "figures"),
    [
        (RIGHT, SPEED, ("3.49배", "11.67배")),
        (
            "환자 340명을 12개 병원에서 모았습니다.",
            "Scans of 340 patients were collected at 12 hospitals.",
            ("340명", "12개"),
        ),
        ("It uses 14 of the tasks and 8 of the sets.", "14 tasks and 8 sets are used.", ("14", "8")),
        ("정확도는 51%와 70%입니다.", "A reaches 51% and B 70%.", ("51%", "70%")),
    ],
)
def test_figures_of_one_kind_and_of_one_sentence_can_be_exchanged(
    text: str, sentence: str, figures: tuple[str, ...]
) -> None:
    assert swappable(text, [sentence]) == figures


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("3.49배 빠릅니다.", [SPEED]),
        ("3.49배 빠르고 정확도는 12%p 높습니다.", ["It is 3.49x faster and 12 points better."]),
        ("25~39% 나아졌습니다.", ["It gains 25-39%."]),
        ("512×64 격자입니다.", ["A 512x64 grid is used."]),
        ("51%와 70%입니다.", ["A reaches 51%.", "B reaches 70%."]),
        ("51%와 51%입니다.", ["A and B reach 51%."]),
        ("두 모델과 세 과제입니다.", ["Two models and three tasks are used."]),
        ("51%와 70%입니다.", ["A reaches 51%."]),
        ("736x416과 1280x720 영상을 만듭니다.", ["It makes videos of 736x416 and 1280x720."]),
    ],
    ids=["one", "two kinds", "a range", "a shape", "two sentences", "equal", "words", "one is not there", "two shapes"],
)
def test_other_figures_cannot(text: str, sentences: list[str]) -> None:
    assert swappable(text, sentences) == ()


@pytest.mark.parametrize(
    "words",
    [
        [("3.49배", "3.49x faster than Alpha"), ("11.67배", "11.67x faster than Beta")],
        [("3.49배", "It is 3.49x … Alpha"), ("11.67배", "11.67X … than beta.")],
        [("3.49x", "3.49x"), ("11.67", "11.67x"), ("11.67배", "11.67x")],
    ],
    ids=["as it stands", "with what lies between left out", "the figures in the evidence's form"],
)
def test_words_that_hold_one_figure_each_show_which_is_which(words: list[tuple[str, str]]) -> None:
    assert unshown(RIGHT, [SPEED], words) == ()


def test_so_many_a_second_are_no_two() -> None:
    rate = "It encodes speech, of which there are 2 words per second, at a rate of 25 or 50 tokens per second."
    words = [("2", "2 words per second"), ("25", "at a rate of 25"), ("50", "50 tokens per second")]
    assert unshown("Speech has 2 words per second and takes 25 or 50 tokens.", [rate], words) == ()


@pytest.mark.parametrize(
    ("words", "figures"),
    [
        ([], ("3.49배", "11.67배")),
        ([("3.49배", "3.49x faster than Alpha")], ("11.67배",)),
        ([("3.49배", "11.67x faster than Beta"), ("11.67배", "3.49x faster than Alpha")], ("3.49배", "11.67배")),
        ([("3.49배", SPEED), ("11.67배", SPEED)], ("3.49배", "11.67배")),
        ([("3.49배", "3.49x faster than Gamma"), ("11.67배", "11.67x … Beta")], ("3.49배",)),
        ([("3.49배", "…"), ("11.67배", "")], ("3.49배", "11.67배")),
        ([("3.49배", "Alpha … 3.49x"), ("11.67배", "11.67x … Beta")], ("3.49배",)),
    ],
    ids=["none", "one lacks", "of the other figure", "both in one", "not in the sentence", "empty", "out of order"],
)
def test_other_words_do_not(words: list[tuple[str, str]], figures: tuple[str, ...]) -> None:
    assert unshown(RIGHT, [SPEED], words) == figures


def test_the_ends_of_a_range_have_the_same_words() -> None:
    sentence = "It accelerates the base model by 10-18x and beats Beta by 15x."
    text = "It is 10–18x faster than the base model and 15x faster than Beta."
    whole, beta = "the base model by 10-18x", "Beta by 15x"
    assert unshown(text, [sentence], [("10", whole), ("18x", whole), ("15x", beta)]) == ()
    assert unshown(text, [sentence], [("10", whole), ("18x", whole), ("15x", sentence)]) == ("15x",)
    assert unshown(text, [sentence], [("10", sentence), ("18x", whole), ("15x", beta)]) == ("10",)


def test_a_figure_in_two_places_is_asked_for_once_and_its_words_carry_both() -> None:
    sentences = ["The smallest Gamma (130M) beats the largest rival (400M).", "At the same scale (400M), Gamma leads."]
    text = "Gamma with 130M beats a rival with 400M; at 400M, it leads."
    assert swappable(text, sentences) == ("130M", "400M")
    small, large = ("130M", "the smallest Gamma (130M)"), ("400M", "the largest rival (400M)")
    assert unshown(text, sentences, [small]) == ("400M",)
    assert unshown(text, sentences, [small, large]) == ()


def test_a_figure_that_stands_for_two_things_is_asked_for_twice() -> None:
    sentence = "A of 20 layers and B of 35 gain 20 or 30%."
    assert swappable("With 20 layers A gains 20 or 30%, as B does with 35.", [sentence]) == ("20", "20", "30%", "35")


PAPER = Paper(id="p", title="Gamma", abstract=f"We build Gamma. {SPEED}")


async def judged(text: str, *, words: Sequence[Words] = (), line: Line | None = None) -> tuple[Line, list[Shown]]:
    """The line after a judge that passes it and gives these words, and the lines as that judge saw them."""
    seen: list[Shown] = []

    def passes(lines: Sequence[Shown], sentences: Any, **_: Any) -> Verdicts:
        seen.extend(lines)
        said = Verdicts(ok=("L1 P1.2",), mend=(), drop=(), missing=(), words=tuple(words))
        return judging.labelled(said, lines, sentences)

    line = line or Line(papers=("p",), role="result", text=text)
    found = await critic.critique([line], [PAPER], about=None, language="ko", llm=ScriptedLLM({"critique": passes}))
    return found[0], seen


GOOD = (
    Words(id="L1", figure="3.49배", words="3.49x faster than Alpha"),
    Words(id="L1", figure="11.67배", words="11.67x … Beta"),
)


async def test_a_line_is_accepted_with_the_words_that_were_asked_for() -> None:
    line, seen = await judged(RIGHT, words=GOOD)
    assert (line.state, seen[0].swappable) == ("accepted", ("3.49배", "11.67배"))


async def test_without_them_an_approval_is_no_verdict_and_the_line_is_sent_back_with_the_reason() -> None:
    line, _ = await judged(EXCHANGED)
    assert (line.state, line.rule) == ("pending", UNSHOWN.name)
    assert "11.67배, 3.49배" in line.objection


async def test_words_given_for_another_line_do_not_count() -> None:
    line, _ = await judged(RIGHT, words=[one.model_copy(update={"id": "L2"}) for one in GOOD])
    assert line.rule == UNSHOWN.name


async def test_no_words_are_asked_for_a_line_with_a_single_figure() -> None:
    line, seen = await judged("Alpha보다 3.49배 빠릅니다.")
    assert (line.state, seen[0].swappable) == ("accepted", ())


async def test_a_mended_line_is_asked_about_the_sentences_that_were_given_for_it() -> None:
    evidence = Evidence(paper_id="p", sentence=2, quote=SPEED)
    line, seen = await judged(
        RIGHT, words=GOOD, line=Line(papers=("p",), role="result", text=RIGHT, evidence=(evidence,))
    )
    assert (line.state, len(seen), seen[0].swappable) == ("accepted", 1, ("3.49배", "11.67배"))


async def test_a_paper_without_a_sentence_is_told_before_its_figures() -> None:
    def cites_nothing(lines: Sequence[Shown], **_: Any) -> Verdicts:
        return Verdicts(ok=(lines[0].id,), mend=(), drop=(Refusal(id="L9", why="planted"),), missing=())

    line = Line(papers=("p",), role="result", text=RIGHT)
    llm = ScriptedLLM({"critique": cites_nothing})
    (found,) = await critic.critique([line], [PAPER], about=None, language="ko", llm=llm)
    assert found.rule == NO_EVIDENCE.name
