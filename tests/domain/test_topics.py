"""A text speaks of a topic when the topic's words stand in it in a row, and of no other."""

import pytest

from domain.topics import Lexicon, Topic, doubles, fault


def lexicon(**patterns: str) -> Lexicon:
    return Lexicon(
        topics=tuple(
            Topic(key=key, ko=f"주제 {key}", en=f"topic {key}", patterns=tuple(words.split("|")))
            for key, words in patterns.items()
        )
    )


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        ("diffusion model", "Diffusion Models beat GANs"),
        ("retrieval augmented", "A survey of Retrieval-Augmented\nGeneration"),
        ("text to image", "text-to-image/video synthesis"),
        ("SAM 2", "We extend SAM-2."),
        ("RAG", "Agentic RAGs (RAG, in short)"),
        ("LLM agent", "LLM agents plan"),
        ("hallucinat*", "models Hallucinate less"),
        ("bias*", "Bias in, bias out"),
        ("MoCo*", "MoCoV3 pretraining"),
        ("KV cach*", "KV-caching for long inputs"),
        ("LLM as a judge", "an LLM-as-a-Judge system"),
        ("large language model agent", "large language model (LLM) tuning of large language model agents"),
    ],
)
def test_words_in_a_row_are_found_whatever_their_case_hyphens_and_plural(pattern: str, text: str) -> None:
    assert lexicon(it=pattern).topics_of(text) == ("it",)


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        ("RAG", "a rag doll"),
        ("RAG", "RAGE and fRAGile"),
        ("LLM agent", "llm agents"),
        ("code model", "The code, model weights and data are public"),
        ("code model", "We release the code. Model weights follow."),
        ("diffusion model", "diffusion of models"),
        ("diffusion model", "diffusion"),
        ("personaliz*", "personality traits"),
        ("MoCo*", "mocospheres"),
        ("agent", ""),
    ],
)
def test_words_that_stand_otherwise_are_not_the_topic(pattern: str, text: str) -> None:
    assert lexicon(it=pattern).topics_of(text) == ()


def test_a_text_has_each_topic_once_in_the_order_of_the_lexicon() -> None:
    both = lexicon(video="video diffusion|video generation", diffusion="diffusion model|video diffusion", rag="RAG")
    assert both.topics_of("A diffusion model for video diffusion. Video generation with diffusion models") == (
        "video",
        "diffusion",
    )
    assert both.topics_of("RAG with a diffusion model") == ("diffusion", "rag")


def test_a_topic_is_found_by_its_key_and_named_in_both_languages() -> None:
    topics = lexicon(rag="RAG", agents="LLM agent")
    assert (topics["agents"].name("ko"), topics["agents"].name("en")) == ("주제 agents", "topic agents")
    assert "rag" in topics
    assert "gone" not in topics
    with pytest.raises(KeyError):
        topics["gone"]


def test_the_version_changes_with_what_is_counted_and_not_with_a_name() -> None:
    one = lexicon(rag="RAG")
    renamed = Lexicon(topics=(one.topics[0].model_copy(update={"ko": "검색 증강 생성"}),))
    assert len(one.version) == 8
    assert renamed.version == one.version
    assert lexicon(rag="RAG|retrieval augmented").version != one.version
    assert lexicon(rags="RAG").version != one.version


@pytest.mark.parametrize(
    ("pattern", "part"),
    [
        ("diffusion  model", "single spaces"),
        ("text-to-image", "may hold Latin letters"),
        ("확산 모델", "may hold Latin letters"),
        ("", "may hold Latin letters"),
        ("quan*tization", "may hold Latin letters"),
        ("low ra*", "needs at least 4 letters before the '*' of 'ra*'"),
        ("Q", "is a single letter"),
    ],
)
def test_a_pattern_that_cannot_be_used_is_told_with_the_reason(pattern: str, part: str) -> None:
    assert part in fault(pattern)


@pytest.mark.parametrize("pattern", ["RAG", "3D gaussian", "best of N", "rank*", "4 bit"])
def test_a_pattern_that_can_be_used_has_no_fault(pattern: str) -> None:
    assert fault(pattern) == ""


def test_what_stands_twice_is_named_once_for_each_further_time() -> None:
    assert doubles(["a", "b", "a", "a"]) == ["a", "a"]
    assert doubles("abc") == []
