"""The lists of explained terms."""

from pathlib import Path

import pytest

from domain.terms import occurring
from prompts.terms import TermsError, load_terms

WANTED = (
    *("PRM", "GRPO", "DPO", "MoE", "KV cache", "NeRF", "ASR", "SFT", "RLVR", "speculative decoding", "LoRA", "MAE"),
    *("FID", "pass@1", "ECE", "classifier-free guidance", "surprisal", "NEFTune", "PPO", "jailbreak", "VLA", "WER"),
)
COMMON = ("LLM", "GPT", "AI", "Transformer", "언어 모델", "딥러닝", "neural network", "machine learning", "GPU")


@pytest.mark.parametrize("language", ["ko", "en"])
def test_a_list_has_at_least_180_terms_and_explains_none_that_everybody_knows(language: str) -> None:
    terms = load_terms(language)
    assert len(terms) >= 180
    assert occurring(COMMON, terms) == ()
    context = "speech reward masked autoencoder 음성 보상 오토인코더"
    assert [w for w in WANTED if not occurring([f"{w} {context}"], terms)] == []
    assert [w for w in WANTED if w.lower() not in {o.name.lower() for o in occurring([f"{w}, {context}"], terms)}] == [
        "pass@1"
    ]


def test_the_korean_list_finds_its_terms_in_korean_and_english_and_both_lists_hold_the_same() -> None:
    korean, english = load_terms("ko"), load_terms("en")
    assert [t.names[0] for t in korean] == [t.names[0] for t in english]
    assert all(name.isascii() or not any("가" <= c <= "힣" for c in name) for t in english for name in t.names)
    assert sum(any("가" <= c <= "힣" for name in t.names for c in name) for t in korean) >= 180


@pytest.mark.parametrize("language", ["ko", "en"])
def test_every_spelling_of_a_list_is_found_where_it_stands(language: str) -> None:
    terms = load_terms(language)
    missed = [
        name
        for term in terms
        for name in term.names
        if term not in [o.entry for o in occurring([f"{name}, {term.near[0] if term.near else ''}"], terms)]
    ]
    assert missed == []


MEANS = 'means = "seven words that explain what X is"'


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ([f'{{ names = ["X"], {MEANS} }},', '{ names = ["Y" },'], ":3: it is no TOML"),
        (['{ names = ["X"] },'], ":2: 'means' is missing: expected names"),
        (["", '{ names = ["X"], means = "too short" },'], ":3: 'X' is explained in 2 words: expected 6 to 16"),
        ([f'{{ name = ["X"], {MEANS} }},'], ":2: 'names' is missing"),
        ([f'{{ names = ["X"], {MEANS}, rare = true }},'], ":2: 'rare' is not known: expected names"),
        ([f'{{ names = "X", {MEANS} }},'], ":2: 'names' is 'X': expected"),
        ([f'{{ names = [""], {MEANS} }},'], ":2: a name is empty"),
        ([f'{{ names = ["X*"], {MEANS} }},'], ":2: 'X*' has a '*'"),
        ([f'{{ names = ["X"], {MEANS} }},', f'{{ names = ["Z", "X"], {MEANS} }},'], ":3: 'X' stands in line 2 too"),
        ([f'{{ names = ["X"], {MEANS} }}, {{ names = ["Y"], {MEANS} }},'], "2 terms in 1 lines: expected one term a"),
        (["], b = 3"], ":2: it is no TOML"),
    ],
)
def test_a_slip_in_a_list_is_named_with_file_line_and_what_was_expected(
    rows: list[str], message: str, tmp_path: Path
) -> None:
    (tmp_path / "terms.toml").write_text("\n".join(["a = [", *rows, "]"]), encoding="utf-8")
    with pytest.raises(TermsError) as error:
        load_terms("en", tmp_path)
    assert "terms.toml:" in str(error.value)
    assert message in str(error.value)


def test_a_korean_explanation_is_measured_in_characters(tmp_path: Path) -> None:
    (tmp_path / "terms.toml").write_text('a = [\n  { names = ["X"], means = "짧은 풀이" },\n]\n', encoding="utf-8")
    with pytest.raises(TermsError, match=r"terms\.toml:2: 'X' is explained in 5 characters: expected 25 to 60"):
        load_terms("ko", tmp_path)


def test_a_subject_that_is_no_list_is_told(tmp_path: Path) -> None:
    (tmp_path / "terms.toml").write_text("# words\nspeech = 3\n", encoding="utf-8")
    with pytest.raises(TermsError, match=r"toml:2: expected 'speech = \['"):
        load_terms("en", tmp_path)


def test_a_language_without_a_list_explains_nothing_and_a_list_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    assert load_terms("xx", tmp_path) == ()
    (tmp_path / "terms.toml").mkdir()
    with pytest.raises(TermsError, match=r"terms\.toml:1: it cannot be read"):
        load_terms("yy", tmp_path)
