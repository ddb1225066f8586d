"""The file of topics finds what papers speak of, and says what is wrong with a broken one."""

from pathlib import Path

import pytest

from domain.topics import MOST, fault
from prompts.topics import FILE, TopicsError, load_topics

# How papers write, and all topics they speak of by that.
SENTENCES = {
    "We study Retrieval-Augmented Generation (RAG) for medical question answering.": {
        "retrieval-augmented-generation",
        "question-answering",
        "clinical-llms",
    },
    "A Mixture-of-Experts model with a compressed KV cache.": {"mixture-of-experts", "kv-cache"},
    "Direct Preference Optimization (DPO) replaces RLHF.": {"preference-optimization", "rlhf"},
    "Post-training with GRPO and verifiable rewards": {"post-training", "verifiable-rewards"},
    "Real-time rendering with 3D Gaussian Splatting": {"gaussian-splatting"},
    "Jailbreaking attacks and how models hallucinate": {"jailbreaks", "hallucination"},
    "Selective state space models such as Mamba": {"state-space-models"},
    "A diffusion transformer (DiT) trained with rectified flow": {"diffusion-transformers", "flow-matching"},
    "The code, model weights and dataset will be released.": set[str](),
    "The attack success rate (ASR) exceeds 97%.": set[str](),
    "Personality traits and the national curriculum": {"role-play"},
    "A flag-waving mamba snake; a moe character; ragged edges": set[str](),
}


@pytest.mark.parametrize(("text", "topics"), SENTENCES.items())
def test_a_sentence_speaks_of_its_topics_and_of_no_other(text: str, topics: set[str]) -> None:
    assert set(load_topics().topics_of(text)) == topics


def test_every_topic_is_found_by_each_of_its_own_patterns() -> None:
    lexicon = load_topics()
    for topic in lexicon.topics:
        for pattern in topic.patterns:
            assert topic.key in lexicon.topics_of(f"We study {pattern.replace('*', 'ing')}, and more.")


def test_there_are_at_most_150_topics_each_with_names_of_its_own() -> None:
    topics = load_topics().topics
    assert 100 <= len(topics) <= MOST == 150
    assert len({topic.key for topic in topics}) == len(topics)
    for language in ("ko", "en"):
        assert len({topic.names[language] for topic in topics}) == len(topics)
    assert not [pattern for topic in topics for pattern in topic.patterns if fault(pattern)]


def broken(tmp_path: Path, old: str, new: str) -> Path:
    text = FILE.read_text(encoding="utf-8")
    assert text.count(old) == 1
    path = tmp_path / "topics.yaml"
    path.write_text(text.replace(old, new), encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("old", "new", "problem", "at"),
    [
        (
            "- key: rlhf\n",
            "- key: post-training\n",
            "the key 'post-training' is used by two topics",
            "- key: post-training",
        ),
        ("{ko: 사후 학습,", "{ko: 사전 학습,", "the ko '사전 학습' is used by two topics", "ko: 사전 학습"),
        (
            "    names: {ko: 인간 피드백 기반 강화 학습, en: RLHF}\n",
            "",
            "topic 'rlhf' has no 'names'; expected are key, names, patterns",
            "- key: rlhf",
        ),
        ("en: RLHF}", 'en: " "}', "topic 'rlhf' has an empty 'en'", 'en: " "'),
        ("en: RLHF}\n", "en: RLHF}\n    color: red\n", "has a field 'color' that is not known", "color"),
        ("[RLHF, RLAIF,", "[RL-HF, RLAIF,", "topic 'rlhf': the pattern 'RL-HF' may hold Latin letters", "RL-HF"),
        ("[RLHF, RLAIF,", "[RL*, RLAIF,", "'RL*' needs at least 4 letters before the '*'", "RL*"),
        ("[RLHF, RLAIF,", "[RLAIF, RLAIF,", "topic 'rlhf' has the pattern 'RLAIF' twice", "RLAIF, RLAIF"),
        ("[post training, posttraining, post trained]", "[]", "topic 'post-training' has no patterns", "[]"),
        (
            "[post training, posttraining, post trained]",
            "post training",
            "topic 'post-training' has a field 'patterns' that cannot be used",
            "patterns: post training",
        ),
        ("- key: rlhf\n", "- just words\n\n  - key: rlhf\n", "topic number 4 is not a mapping of fields", "just words"),
        ("topics:\n", "subjects:\n", "expected is a list 'topics'", "#"),
        ("topics:\n", "topics: [\n", "is not valid YAML", "- key"),
        ("en: RLHF}", "en: RL, en: RLHF}", "the key 'en' stands here a second time", "en: RLHF"),
    ],
)
def test_a_broken_file_is_named_with_its_fault(tmp_path: Path, old: str, new: str, problem: str, at: str) -> None:
    path = broken(tmp_path, old, new)
    with pytest.raises(TopicsError) as raised:
        load_topics(path)
    assert problem in str(raised.value)
    lines = path.read_text(encoding="utf-8").split("\n")
    first = raised.value.slips[0]
    assert str(raised.value).startswith(f"{path}:{first.line}: ")
    assert at in lines[first.line - 1]


def test_more_topics_than_can_be_watched_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "topics.yaml"
    rows = "".join(f"  - {{key: t{n}, ko: 주제 {n}, en: topic {n}, patterns: [word{n}]}}\n" for n in range(151))
    path.write_text(f"topics:\n{rows}", encoding="utf-8")
    with pytest.raises(TopicsError, match="has 151 topics, and no more than 150 can be watched"):
        load_topics(path)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(TopicsError, match=r"none\.yaml:1: it cannot be read: No such file or directory"):
        load_topics(tmp_path / "none.yaml")
