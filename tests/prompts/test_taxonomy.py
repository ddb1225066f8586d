"""The taxonomy file folds every heading that was ever printed, and says what is wrong with a broken one."""

import re
from pathlib import Path

import pytest

from prompts.taxonomy import FILE, TaxonomyError, load_taxonomy

# The headings of the three seed reports, as printed.
SEED_HEADINGS = {
    "☀️ LLM": "llm",
    "❄️ Computer Vision": "computer-vision",
    "🥳 Computer Vision": "computer-vision",
    "🪄 Computer Vision": "computer-vision",
    "❄️ Model training technique": "training",
    "🌅 Model training technique": "training",
    "🎠 Model training technique": "training",
    "❄️ Multimodal": "multimodal",
    "🎇 Multimodal": "multimodal",
    "🥳 Multimodal": "multimodal",
    "⭐ Healthcare AI": "healthcare",
    "🎈 Healthcare AI": "healthcare",
    "⭐ Natural Language Processing": "nlp",
    "🎠 Natural Language Processing": "nlp",
    "💚 Natural Language Processing": "nlp",
    "🍊 Diffusion Models": "generative",
    "🍊 Quantum Computing": "quantum",
    "🎈 Reinforcement Learning": "rl",
    "🥳 Reinforcement Learning": "rl",
    "🫧 Reinforcement Learning": "rl",
    "🎠 Machine Learning": "ml-theory",
    "🪐 Inference acceleration": "inference",
}

# What further reports of the older system used, and where it belongs.
LATER_HEADINGS = {
    "Language Models": "llm",
    "Generative Models": "generative",
    "Video Generation": "generative",
    "Audio": "audio",
    "Robotics": "robotics",
    "Autonomous Systems": "robotics",
    "Automation": "agents",
    "Artificial Intelligence": "agents",
    "Reasoning Models": "reasoning",
    "Open Domain Reasoning": "reasoning",
    "Reasoning and Problem Solving": "reasoning",
    "Symbolic AI": "reasoning",
    "Formal Methods": "reasoning",
    "Model Training Technique": "training",
    "Optimization": "training",
    "Deep Learning": "training",
    "Neural Networks": "training",
    "Model Architectures": "training",
    "Federated Learning": "training",
    "Inference Acceleration": "inference",
    "AI Alignment": "ethics",
    "AI Ethics": "ethics",
    "Machine Learning Ethics": "ethics",
    "Ethics in AI": "ethics",
    "Ethics in AI and Health": "ethics",
    "Social Science": "ethics",
    "Sociology": "ethics",
    "Philosophical Inquiry": "ethics",
    "Model Evaluation": "evaluation",
    "Interpretability": "evaluation",
    "Model Explainability": "evaluation",
    "Security": "security",
    "Cybersecurity": "security",
    "Machine Learning Theory": "ml-theory",
    "Statistics/Data Analysis": "ml-theory",
    "Statistical Analysis": "ml-theory",
    "Graph Neural Networks": "graph",
    "Graph Networks": "graph",
    "Tabular": "graph",
    "Information Retrieval": "retrieval",
    "Recommender Systems": "retrieval",
    "Recommendation Systems": "retrieval",
    "Physics": "science",
    "Scientific Computing": "science",
    "Field-specific Machine Learning": "science",
    "Signal Processing": "science",
    "Cognitive Science": "science",
    "Quantum Machine Learning": "quantum",
}


@pytest.mark.parametrize(("heading", "key"), [*SEED_HEADINGS.items(), *LATER_HEADINGS.items()])
def test_a_heading_of_the_older_reports_folds_into_its_category(heading: str, key: str) -> None:
    found = load_taxonomy().find(heading)
    assert found is not None
    assert found.key == key


@pytest.mark.parametrize("heading", ["종합 요약 보고서", "종합 보고서", "None"])
def test_a_heading_that_was_no_category_folds_into_none(heading: str) -> None:
    assert load_taxonomy().find(heading) is None


def test_every_category_is_found_by_each_of_its_names() -> None:
    taxonomy = load_taxonomy()
    for category in taxonomy.all:
        for name in category.called:
            assert taxonomy.find(f"{category.emoji} {name.upper()}") == category


def test_there_are_21_categories_and_a_fallback_with_names_and_emoji_of_their_own() -> None:
    every = load_taxonomy().all
    assert len(every) == 22
    assert every[-1].key == "other"
    for field in ("key", "emoji", "description"):
        assert len({getattr(category, field) for category in every}) == 22
    for language in ("ko", "en"):
        assert len({category.names[language] for category in every}) == 22


def test_a_file_of_before_in_which_each_language_was_a_field_is_read(tmp_path: Path) -> None:
    text = FILE.read_text(encoding="utf-8")
    old = re.sub(r"^( +)names: \{ko: (.+), en: (.+)\}$", r"\1ko: \2\n\1en: \3", text, flags=re.MULTILINE)
    assert old.count("\n    ko: ") == 21 and "names: {" not in old
    path = tmp_path / "taxonomy.yaml"
    path.write_text(old, encoding="utf-8")
    assert load_taxonomy(path) == load_taxonomy()


RL = "names: {ko: 강화 학습, en: Reinforcement Learning}"


def broken(tmp_path: Path, old: str, new: str) -> Path:
    text = FILE.read_text(encoding="utf-8")
    assert text.count(old) == 1
    path = tmp_path / "taxonomy.yaml"
    path.write_text(text.replace(old, new), encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("old", "new", "fault", "at"),
    [
        ("- key: rl", "- key: llm", "the key 'llm' is used by two categories", "- key: llm"),
        ("emoji: 🎮", "emoji: 🧠", "the emoji '🧠' is used by two categories", "emoji: 🧠"),
        (
            "    names: {ko: 강화 학습, en: Reinforcement Learning}\n",
            "",
            "category 'rl' has no 'names'; expected are key, names",
            "- key: rl",
        ),
        ("{ko: 강화 학습,", '{ko: " ",', "category 'rl' has an empty 'ko'", '{ko: " "'),
        (
            "{ko: 강화 학습, en: Reinforcement Learning}",
            "{ko: 강화 학습}",
            "category 'rl' has a field 'names' that cannot be used (Value error, the English one, 'en', is missing)",
            "names: {ko: 강화 학습}",
        ),
        (
            f"    {RL}\n",
            f"    {RL}\n    colour: red\n",
            "category 'rl' has a field 'colour' that is not known",
            "colour",
        ),
        ("aliases: [RL,", "aliases: [LLM,", "'LLM' means both 'llm' and 'rl'", "- key: rl"),
        ("aliases: [NLP]", "aliases: NLP", "category 'nlp' has a field 'aliases' that cannot be used", "aliases: NLP"),
        ("- key: llm", "- just words\n\n  - key: llm", "category number 1 is not a mapping of fields", "just words"),
        ("fallback:", "the rest:", "expected are a list 'categories' and one category 'fallback'", "#"),
        ("categories:\n", "categories: [\n", "is not valid YAML", "- key"),
        ("{ko: 강화 학습,", "{ko: 강화, ko: 강화 학습,", "the key 'ko' stands here a second time", "ko: 강화 학습"),
        ("{ko: 강화 학습,", "{ko: yes,", "'names' that cannot be used (Input should be a valid string)", "ko: yes"),
    ],
)
def test_a_broken_file_is_named_with_its_fault(tmp_path: Path, old: str, new: str, fault: str, at: str) -> None:
    path = broken(tmp_path, old, new)
    with pytest.raises(TaxonomyError) as raised:
        load_taxonomy(path)
    assert fault in str(raised.value)
    lines = path.read_text(encoding="utf-8").split("\n")
    first = raised.value.slips[0]
    assert str(raised.value).startswith(f"{path}:{first.line}: ")
    assert at in lines[first.line - 1]


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(TaxonomyError, match=r"none\.yaml:1: it cannot be read: No such file or directory"):
        load_taxonomy(tmp_path / "none.yaml")
