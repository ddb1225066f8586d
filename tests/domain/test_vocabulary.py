"""How a claim's words are looked up in a paper."""

import pytest

from domain.vocabulary import alike, normalized, squash, vocabulary


def test_tex_accents_dashes_and_greek_make_no_difference() -> None:
    assert normalized(r"$\alpha$ Poincaré$^2$ with \textbf{bold}").split() == ["alpha", "Poincare2", "with", "bold"]
    assert squash("GPT‑4o") == squash("gpt 4o") == "gpt4o"
    assert squash(r"$\text{SE}^2$-β") == squash("SE2 beta")


def test_hangul_is_left_as_it_is() -> None:
    assert normalized("가우시안 β") == "가우시안 beta"


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("relabeling", "relabelled", True),
        ("bayes", "bayesian", True),
        ("token", "tokens", True),
        ("epistemic", "aleatoric", False),
        ("supervised", "unsupervised", False),
        ("mistral", "mixtral", False),
    ],
)
def test_forms_of_one_word_are_alike(one: str, other: str, same: bool) -> None:
    assert alike(one, other) is same


@pytest.mark.parametrize(
    ("acronym", "text", "made"),
    [
        ("MHSA", "multi-head self-attention", True),
        ("ViT", "a vision transformer", True),
        ("CoT", "chain of thought", True),
        ("T2I", "text-to-image models", True),
        ("LLMs", "large language models", True),
        ("EEG", "eye movements of eager readers", False),
        ("DPO", "proximal policy optimization", False),
    ],
)
def test_an_acronym_is_made_from_a_run_of_words(acronym: str, text: str, made: bool) -> None:
    assert vocabulary((text,)).abbreviates(acronym) is made
