"""What counts as the answer in a text, and what does not."""

import pytest

from agents.verdicts import Verdicts
from domain.value import Value
from models.answers import Unreadable, read
from models.reply import babbles


class Note(Value):
    """A small answer."""

    text: str


def test_of_several_objects_the_last_one_that_fits_is_the_answer() -> None:
    text = 'For example {"text": "first"}; but no: {"other": 1}, rather {"text": "last"}, as in [1, 2].'
    assert read([text], Note).text == "last"


def test_what_is_said_outweighs_what_is_thought() -> None:
    text = '<think>{"text": "thought"}</think>{"text": "said"}'
    assert read([text], Note).text == "said"
    assert read(["", "", text], Note).text == "said"
    assert read(['{"text": "said"} <think>But: {"text": "thought"}</think>'], Note).text == "said"
    assert read(['{"text": "said"}', '{"text": "called"}', '{"text": "thought"}'], Note).text == "said"


def test_a_brace_in_a_string_does_not_end_the_answer() -> None:
    assert read(['Here: {"text": "a } b { c"} and so on {'], Note).text == "a } b { c"


def test_a_line_break_in_a_string_is_text() -> None:
    assert read(['{"text": "two\nlines"}'], Note).text == "two\nlines"


def test_a_think_tag_in_a_string_is_text() -> None:
    assert read(['{"text": "It opens with <think> and ends."}'], Note).text == "It opens with <think> and ends."


@pytest.mark.parametrize(
    ("text", "words", "json", "shaped"),
    [
        ("", "it was empty", False, False),
        ("no JSON", "Invalid JSON", False, False),
        ("{" * 5_000, "Invalid JSON", False, False),
        ('{"text": 1}', "text: Input should be a valid string", True, True),
        ('{"other": "x"}', "text: Field required", True, False),
    ],
)
def test_what_is_no_answer_says_what_is_wrong_with_it(text: str, words: str, json: bool, shaped: bool) -> None:
    with pytest.raises(Unreadable, match=words) as found:
        read([text], Note)
    assert (found.value.json, found.value.shaped) == (json, shaped)


def test_json_that_an_answer_quotes_is_no_answer() -> None:
    for text in (
        '{"quote": "{\\"text\\": \\"from a paper\\"}", "page": 3}',
        '{"quote": {"text": "from a paper"}, "page": 3}',
        '["{\\"text\\": \\"one\\"}", "{\\"text\\": \\"two\\"}"]',
    ):
        with pytest.raises(Unreadable):
            read([text], Note)


def test_an_answer_may_be_wrapped() -> None:
    for text in (
        '{"answer": {"text": "said"}}',
        '[{"text": "said"}]',
        '{"name": "note", "parameters": {"text": "said"}}',
        '{"name": "note", "arguments": "{\\"text\\": \\"said\\"}"}',
        '"{\\"text\\": \\"said\\"}"',
    ):
        assert read([text], Note).text == "said"


class Notes(Value):
    """Several of them."""

    notes: tuple[Note, ...]


def test_fields_that_nobody_asked_for_are_left_out_wherever_they_stand() -> None:
    text = '{"notes": [{"text": "a"}, {"text": "b", "id": 2, "more": {"text": 1}}], "type": "object", "title": "Notes"}'
    assert read([text], Notes) == Notes(notes=(Note(text="a"), Note(text="b")))
    with pytest.raises(Unreadable, match=r"notes\.0\.text: Field required"):
        read(['{"notes": [{"id": 2}]}'], Notes)


def test_a_half_of_an_answer_is_none() -> None:
    good = '{"ok": ["L1 P1.1", "L2 P1.2"], "mend": [], "drop": [{"id": "L3", "why": "no"}], "missing": []}'
    for end in range(len(good)):
        with pytest.raises(Unreadable):
            read([good[:end]], Verdicts)


@pytest.mark.parametrize(
    "text",
    [
        "and so on " * 40,
        "\n" * 400,
        '{"text": "' + "The model is trained on the data of the model. " * 30,
        "a the of " + "model the model of a model and the model " * 80,
        '{"items": [' + '{"id": "L1", "why": "no sentence of the paper carries it"}, ' * 12,
    ],
)
def test_going_round_in_circles_is_babble(text: str) -> None:
    assert babbles(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "a short answer",
        " ".join(f'"S{n}",' for n in range(400)),
        "".join(f'{{"id": "L{n}", "why": "no sentence of the paper carries it"}}, ' for n in range(60)),
        "<table>" + "<td>a</td>" * 10,
    ],
)
def test_a_long_list_is_no_babble(text: str) -> None:
    assert not babbles(text)
