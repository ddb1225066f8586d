"""The file of interests: what may stand in it, and slips that are told with their line."""

from pathlib import Path

import pytest

from domain.interests import Interests
from prompts.interests import InterestsError, load_interests
from prompts.taxonomy import load_taxonomy


def load(tmp_path: Path, text: str) -> Interests:
    path = tmp_path / "interests.toml"
    path.write_text(text, encoding="utf-8")
    return load_interests(path, load_taxonomy())


def test_categories_may_be_written_as_key_name_or_alias_and_lists_may_be_left_out(tmp_path: Path) -> None:
    found = load(tmp_path, 'topics = [" reward hacking "]\ncategories = ["rl", "멀티모달", "LLMs"]\n')
    assert found == Interests(topics=("reward hacking",), categories=("rl", "multimodal", "llm"))


@pytest.mark.parametrize(
    ("text", "line", "told"),
    [
        ('topics = ["a"]\n\nauthor = ["b"]', 3, "there is no list 'author'; expected are topics, authors, categories"),
        ('topics = "a"', 1, "'topics' should be a list of texts"),
        ('mute = [""]', 1, "'mute' should be a list of texts"),
        ('# mine\ncategories = ["alchemy"]', 2, "there is no category 'alchemy'; known: llm, "),
        ("topics = [", 1, "it is no TOML"),
    ],
)
def test_a_slip_is_told_with_its_line(text: str, line: int, told: str, tmp_path: Path) -> None:
    with pytest.raises(InterestsError) as caught:
        load(tmp_path, text)
    (slip,) = caught.value.slips
    assert slip.line == line and told in slip.text


def test_all_slips_are_told_at_once(tmp_path: Path) -> None:
    with pytest.raises(InterestsError) as caught:
        load(tmp_path, 'colours = ["red"]\ntopics = 3\ncategories = ["alchemy", "magic"]')
    assert [slip.line for slip in caught.value.slips] == [1, 2, 3, 3]
