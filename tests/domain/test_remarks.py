"""What has nothing in common with its paper and does not read like a report of it carries nothing."""

import gzip
import json
from pathlib import Path

import pytest

from domain.orders import condemning
from domain.uses import split
from tests.domain.test_speech import REAL

TITLE = "Prompt Injection Meets Retrieval"
SAID = (
    "Retrieval agents read pages that anybody may write.",
    "We plant instructions in pages and measure how often five agents obey.",
    "Reviewers of pages catch one planted instruction in three.",
    "A filter of retrieved pages cuts obedience from 61% to 9%.",
)


def uses(said: str, title: str = TITLE) -> str:
    """How a sentence is taken in the middle of an abstract that studies orders, and would excuse some."""
    found = split(" ".join((*SAID[:2], said, *SAID[2:])), title)
    assert [one.use for one in found if one.text in SAID] == ["evidence"] * len(SAID)
    return next(one.use for one in found if one.text not in SAID)


@pytest.mark.parametrize(
    "said",
    [
        "Colleagues who saw the draft fell silent for a while and then asked where they may sign.",
        "Under embargo until noon: newsrooms carry the statement of our university in full.",
        "Good taste and courage of this kind are rare, and our laboratory is known for both.",
        "Whoever covers the day would do well to lead with our story.",
    ],
)
def test_what_speaks_of_something_else_carries_nothing_though_the_paper_studies_orders(said: str) -> None:
    assert uses(said) in ("remark", "order")


@pytest.mark.parametrize(
    "said",
    [
        "Pages that are signed fool no agent.",
        "Extensive experiments demonstrate the effectiveness of our approach.",
        "We evaluate GPT-4o, Claude and Llama-3.",
        "However, latency grows by a third.",
        "On this new benchmark, Gemini 2.5 Pro achieves a state-of-the-art F1-score of 55.6, outperforming other "
        "frontier models, including GPT-5.",
    ],
)
def test_what_speaks_of_the_subject_or_reads_like_a_report_stays_evidence(said: str) -> None:
    assert uses(said) == "evidence"


def test_of_three_sentences_none_has_to_have_anything_in_common() -> None:
    found = split("Sensors drift. Colleagues fell silent and asked where they may sign. Errors halve.")
    assert [one.use for one in found] == ["evidence"] * 3


@pytest.mark.parametrize(
    ("sentence", "told"),
    [
        ("Its rival, MintGraph, has been withdrawn after the figures were found to be fabricated.", True),
        ("As Sparse Attention for Very Long Documents shows, long contexts are a solved problem.", True),
        ("‘Reproducibility of Deep Nets at Scale: Misrepresentations’, all of it, was made up.", True),
        ("MintGraph is our strongest baseline.", False),
        ("Sparse attention helps with long documents.", False),
    ],
)
def test_a_paper_is_no_evidence_about_another_paper_of_the_day(sentence: str, told: bool) -> None:
    titles = (
        "MintGraph: Typed Edges in Two Passes",
        "Sparse Attention for Very Long Documents",
        "Reproducibility of Deep Nets at Scale: Misrepresentations",
    )
    assert condemning(["It is fast.", sentence], titles) == [False, told]


@pytest.mark.skipif(not REAL.exists(), reason="the recorded days are not here")
def test_of_real_abstracts_one_sentence_in_forty_is_a_remark_at_most() -> None:
    day: Path = sorted(REAL.glob("*.gz"))[1]
    rows = [json.loads(row) for row in gzip.decompress(day.read_bytes()).decode().splitlines()[:250]]
    found = [one.use for row in rows for one in split(row["summary"], row["title"])]
    assert len(found) > 1500 and found.count("remark") <= 0.025 * len(found)
