"""What a reader's file of interests finds in a paper, in either language, and what it does not."""

import pytest

from domain.interests import Interests, Match, matches, muted
from domain.papers import Paper

PAPER = Paper(
    id="arxiv:2611.00001",
    title="Reward-Hacking in RLHF",
    abstract="We study RAG and SAMs with diffusion models.",
    authors=("Yann LeCun", "José Álvarez", "Kim Min-su"),
)
TOLD = ("확산모델은 보상을 속인다", "에이전트가 배운다")


def topics(*words: str) -> tuple[str, ...]:
    return tuple(match.what for match in matches(Interests(topics=words), PAPER, "rl", TOLD))


@pytest.mark.parametrize(
    "word",
    ["reward hacking", "Reward  hacking", "diffusion model", "RAG", "SAM", "확산 모델", "모델", "에이전트", "rlhf"],
)
def test_a_topic_is_found_whatever_joins_its_words_and_whatever_follows_them(word: str) -> None:
    assert topics(word) == (word,)


@pytest.mark.parametrize("word", ["ward", "hack", "RA", "SAMS2", "model zoo", "보상 모델", "!!!", "RLH"])
def test_a_part_of_a_word_or_words_apart_are_no_topic(word: str) -> None:
    assert topics(word) == ()


def test_a_short_word_in_capitals_fits_only_itself() -> None:
    cloth = Paper(id="arxiv:1", title="A rag of cloth", abstract="")
    assert matches(Interests(topics=("RAG",)), cloth, "cv") == ()
    assert matches(Interests(topics=("rag",)), cloth, "cv") != ()


@pytest.mark.parametrize(
    ("name", "found"),
    [
        *(("LeCun", True), ("Y. LeCun", True), ("yann lecun", True), ("Jose Alvarez", True), ("Min-su Kim", True)),
        *(("A. LeCun", False), ("Le", False), ("", False)),
    ],
)
def test_an_author_is_known_by_name_initial_and_without_accents(name: str, found: bool) -> None:
    assert bool(matches(Interests(authors=(name,)), PAPER, "rl")) == found


def test_reasons_come_in_the_order_of_the_file_and_a_muted_paper_has_none() -> None:
    mine = Interests(topics=("RAG",), authors=("LeCun",), categories=("rl", "cv"))
    assert matches(mine, PAPER, "rl", TOLD) == (
        Match(kind="topic", what="RAG"),
        Match(kind="author", what="LeCun"),
        Match(kind="category", what="rl"),
    )
    quiet = mine.model_copy(update={"mute": ("로봇", "보상을")})
    assert (muted(quiet, PAPER, TOLD), matches(quiet, PAPER, "rl", TOLD)) == ("보상을", ())
    assert muted(mine, PAPER, TOLD) == ""
