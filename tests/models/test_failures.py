"""What the words and headers of a failed call mean."""

from typing import Any

import pytest

from models.failures import FailedCall, diagnose, retry_after, status_of
from models.reply import Reply


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({}, None),
        ({"retry-after": ""}, None),
        ({"retry-after": "soon"}, None),
        ({"retry-after": "nan"}, None),
        ({"retry-after": "inf"}, None),
        ({"retry-after": "-5"}, 0.0),
        ({"retry-after": "1.5"}, 1.5),
        ({"retry-after": " 120 "}, 120.0),
        ({"retry-after": "Thu, 05 Nov 2026 10:05:00 GMT", "date": "Thu, 05 Nov 2026 10:00:00 GMT"}, 300.0),
        ({"retry-after": "Thu, 05 Nov 2026 10:05:00 -0000", "date": "Thu, 05 Nov 2026 10:00:00 GMT"}, 300.0),
        ({"retry-after": "Thu, 05 Nov 2026 10:00:00 GMT", "date": "Thu, 05 Nov 2026 10:05:00 GMT"}, 0.0),
        ({"retry-after": "Mon, 01 Jan 2001 00:00:00 GMT"}, 0.0),
        ({"retry-after": "Thu, 05 Nov 2026 10:05:00 GMT", "date": "yesterday"}, None),
    ],
)
def test_a_pause_is_given_in_seconds_or_until_a_date(headers: dict[str, str], seconds: float | None) -> None:
    assert retry_after(headers) == seconds


class Refused(Exception):
    """An error of a client's library."""

    def __init__(self, status: int, message: str, **body: Any) -> None:
        super().__init__(message)
        self.status_code = status
        self.body = {"message": message, **body}


def told(message: str, status: int = 400, *, answered: bool = False, **body: Any) -> FailedCall:
    return diagnose(Refused(status, message, **body), answered=answered, suited=answered)


@pytest.mark.parametrize(
    ("message", "body", "window", "prompt"),
    [
        (
            "This model's maximum context length is 4096 tokens. However, you requested 5000 tokens (1000 in the "
            "messages, 4000 in the completion).",
            {},
            4096,
            1000,
        ),
        (
            "'max_tokens' or 'max_completion_tokens' is too large: 4000. This model's maximum context length is 4096 "
            "tokens and your request has 1000 input tokens (4000 > 4096 - 1000).",
            {},
            4096,
            1000,
        ),
        ("request (9000 tokens) exceeds the available context size (2048 tokens), try increasing it", {}, 2048, 9000),
        ("the request exceeds the available context size", {"n_prompt_tokens": 9000, "n_ctx": 2048}, 2048, 9000),
        ("prompt is too long: 210000 tokens > 200000 maximum", {}, None, 210000),
        ("Input tokens exceed the configured limit of 8000 tokens.", {}, 8000, None),
    ],
)
def test_a_window_that_is_too_small_is_known_by_its_words(
    message: str, body: dict[str, int], window: int | None, prompt: int | None
) -> None:
    fault = told(message, **body)
    assert (fault.act, fault.window, fault.prompt) == ("too long", window, prompt)


@pytest.mark.parametrize(("code", "status"), [("404", 404), (503, 503), ("4" * 5_000, None), ("no", None), ("9", None)])
def test_the_status_that_a_body_tells_is_a_status(code: object, status: int | None) -> None:
    error = RuntimeError("no")
    error.code = code  # type: ignore[attr-defined]
    assert status_of(error) == status


@pytest.mark.parametrize(
    ("message", "part"),
    [
        ("Unsupported parameter: 'max_completion_tokens'", "limit"),
        ("Unsupported value: 'stream' does not support true", "stream"),
        ("stream_options can only be used with stream", "usage"),
        ("'response_format' of type 'json_schema' is not supported with this model", "rung"),
        ("this backend supports no guided decoding", "rung"),
        ("Conversation roles must not be system role", "system"),
    ],
)
def test_what_a_server_refuses_is_known_by_its_words(message: str, part: str) -> None:
    fault = told(message)
    assert (fault.act, fault.part) == ("humbler", part)


def test_the_longest_answer_that_a_server_gives_is_read_from_its_refusal() -> None:
    for message in (
        "max_tokens is too large: 30000. This model supports at most 16384 completion tokens",
        "`max_completion_tokens` must be less than or equal to `16384`",
    ):
        assert (told(message).act, told(message).longest) == ("humbler", 16384)


def test_a_refusal_without_a_reason_is_believed_of_a_server_that_has_answered() -> None:
    assert told("Bad Request").act == "humbler"
    assert told("Bad Request", answered=True).act == "give up"


def test_an_empty_account_is_told_from_one_that_asks_too_fast() -> None:
    quota = "You exceeded your current quota, please check your plan and billing details."
    assert told(quota, 429).act == "spent"
    assert told(f"{quota} Limit: 15 requests per minute. Please retry in 34.1s.", 429).act == "again"
    assert told("Rate limit exceeded. Add credits to raise it.", 429).act == "again"


def test_the_key_to_check_is_the_providers_own() -> None:
    assert (
        "ANTHROPIC_API_KEY"
        in diagnose(Refused(401, "no"), answered=False, suited=False, key="ANTHROPIC_API_KEY").sentence
    )


def test_a_filter_ends_one_question_and_not_the_run() -> None:
    assert told("input was flagged by moderation", 403).act == "give up"
    assert told("no access to this model", 403).act == "stop"


def test_halves_of_a_character_are_joined_or_replaced_so_that_every_file_takes_them() -> None:
    reply = Reply(text="a robot \ud83e", refusal="\udd16 no")
    reply.text += "\uddbe arm"
    reply.settle()
    assert (reply.text, reply.refusal) == ("a robot 🦾 arm", "\ufffd no")
    assert told("busy \ud800", 503).sentence.endswith("busy \ufffd)")


def test_what_a_server_says_is_told_in_one_line_and_not_at_length() -> None:
    sentence = told("no\n\nnever " * 200, 418).sentence
    assert "\n" not in sentence and len(sentence) < 450
