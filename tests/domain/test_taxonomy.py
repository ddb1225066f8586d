"""One list of categories: found by whatever a heading calls them, printed in one order."""

import pytest

from domain.taxonomy import Category, Taxonomy


def category(key: str, ko: str, en: str, *aliases: str) -> Category:
    return Category(key=key, ko=ko, en=en, emoji="🔹", description=en, aliases=aliases)


TAXONOMY = Taxonomy(
    categories=(
        category("llm", "대규모 언어 모델", "Large Language Models", "LLM", "foundation models"),
        category("computer-vision", "컴퓨터 비전", "Computer Vision", "CV"),
        category("audio", "오디오·음성", "Audio & Speech"),
    ),
    fallback=category("other", "기타", "Other"),
)


@pytest.mark.parametrize(
    ("heading", "key"),
    [
        *(("computer-vision", "computer-vision"), ("COMPUTER  VISION", "computer-vision"), ("cv", "computer-vision")),
        *(("👁️ Computer Vision", "computer-vision"), ("컴퓨터비전", "computer-vision"), ("오디오 · 음성", "audio")),
        *(("large language model", "llm"), ("LLMs", "llm"), ("Foundation Model", "llm"), ("Audios & speeches", None)),
        *(("Audio and Speech", None), ("Speech", None), ("", None), ("🎧", None), ("기타", "other")),
    ],
)  # fmt: skip
def test_a_heading_finds_its_category_whatever_its_case_spaces_emoji_and_plural(heading: str, key: str | None) -> None:
    found = TAXONOMY.find(heading)
    assert (found.key if found else None) == key


def test_categories_are_printed_in_the_order_of_the_list_and_the_fallback_last() -> None:
    assert [c.key for c in TAXONOMY.all] == ["llm", "computer-vision", "audio", "other"]
    assert TAXONOMY.order(["other", "zz", "audio", "llm", "aa"]) == ["llm", "audio", "other", "aa", "zz"]
    assert TAXONOMY.order([]) == []


def test_a_key_that_is_no_longer_known_is_the_fallback() -> None:
    assert TAXONOMY["audio"].name("en") == "Audio & Speech"
    assert TAXONOMY["astrology"] == TAXONOMY["other"] == TAXONOMY.fallback
    assert "audio" in TAXONOMY and "other" in TAXONOMY and "astrology" not in TAXONOMY


def test_a_category_has_a_name_in_the_language_of_the_report() -> None:
    assert TAXONOMY["audio"].name("ko") == "오디오·음성"
    assert TAXONOMY["audio"].name("en") == "Audio & Speech"
