"""Prompt files: what goes into them is fenced with a delimiter that it does not contain."""

import pytest

import prompts


def test_a_fence_is_the_same_for_the_same_texts_and_another_for_others() -> None:
    assert prompts.fence(["a", "b"]) == prompts.fence(["a", "b"])
    assert len({prompts.fence(texts) for texts in ((), ("a",), ("a", "b"), ("ab",), ("b", "a"))}) == 5


def test_no_text_contains_its_fence(monkeypatch: pytest.MonkeyPatch) -> None:
    # Real hashes never meet the text in a test: here the first two do.
    digests = iter(["c0ffee0000ff", "c0ffee1111ff", "c0ffee2222ff"])

    class Weak:
        def hexdigest(self) -> str:
            return next(digests)

    monkeypatch.setattr(prompts.hashlib, "sha256", lambda _: Weak())
    assert prompts.fence(["said ==c0ffee0000== and ==c0ffee1111=="]) == "==c0ffee2222=="
