"""The glossary behind a search in Korean."""

from pathlib import Path

import pytest

from domain.languages import codes, folder
from prompts.glossary import GlossaryEntry, GlossaryError, load_glossary, read_terms
from prompts.taxonomy import load_taxonomy
from prompts.topics import load_topics


@pytest.fixture(scope="module")
def korean() -> tuple[GlossaryEntry, ...]:
    return load_glossary()


def test_it_has_at_least_250_terms_each_with_a_korean_wording(korean: tuple[GlossaryEntry, ...]) -> None:
    assert len(korean) >= 250
    assert [t.name for t in korean if not t.accepted] == []


def test_each_term_stands_once_and_its_name_is_a_plain_word(korean: tuple[GlossaryEntry, ...]) -> None:
    names = [t.name.lower() for t in korean]
    assert sorted({n for n in names if names.count(n) > 1}) == []
    assert [n for n in names if n.endswith("*")] == []


TERMS = """# terms
learning = [
  # one a line { not a row }
  { en = ["a"], accepted = ["가"] },
  { en = [
    "b",
  ], accepted = ["]{"] },
]

[[more]]
en = ["c"]
accepted = ["다"]
"""


@pytest.mark.parametrize(
    ("old", "new", "problem", "line"),
    [
        ('en = ["a"]', 'english = ["a"]', "it is no term: en: Field required; expected are en, accepted", 4),
        ('accepted = ["]{"]', 'accepted = "x"', "it is no term: accepted: Input should be a valid tuple", 5),
        ('en = ["c"]', "en = []", "expected is at least one wording under 'en'", 10),
        ('accepted = ["가"]', 'accepted = [""]', "none empty", 4),
        ('en = ["c"]', 'en = ["A"]', "the term 'A' stands here a second time", 10),
        ("# terms", "terms = 3", "'terms' is no list of terms (en, accepted)", 1),
        ('["a"], a', '["a" a', "it is no TOML: unclosed array", 4),
        ("[[more]]", "learning = []", "it is no TOML: cannot overwrite a value", 10),
        ("# terms", "# \udcff", "it is no UTF-8 text", 1),
    ],
)
def test_a_slip_is_named_with_its_line(old: str, new: str, problem: str, line: int, tmp_path: Path) -> None:
    path = tmp_path / "glossary.toml"
    assert TERMS.count(old) == 1
    path.write_text(TERMS, encoding="utf-8")
    assert [t.name for t in read_terms(path)] == ["a", "b", "c"]
    path.write_text(TERMS.replace(old, new), encoding="utf-8", errors="surrogateescape")
    with pytest.raises(GlossaryError) as raised:
        read_terms(path)
    assert problem in str(raised.value)
    assert str(raised.value).startswith(f"{path}:{line}: ")


def glossary_of(code: str) -> tuple[GlossaryEntry, ...]:
    home = folder(code)
    return read_terms(path) if home and (path := home / "glossary.toml").exists() else ()


def english(name: str) -> str:
    """A name in English without case, hyphens and plural, set off by spaces."""
    words = name.casefold().replace("-", " ").split()
    return f" {' '.join(word.removesuffix('s') for word in words)} "


@pytest.mark.parametrize("code", codes())
def test_categories_and_topics_are_called_on_the_page_what_the_glossary_calls_them(code: str) -> None:
    called = {english(entry.name): entry.accepted for entry in glossary_of(code)}
    categories = [(each.names["en"], each.names.get(code)) for each in load_taxonomy().categories]
    topics = [(each.names["en"], each.names.get(code)) for each in load_topics().topics]
    first = {name: called[english(en)][0] for en, name in categories if name and english(en) in called}
    assert [(name, word) for name, word in first.items() if name != word] == []
    assert [name for en, name in topics if name and name not in called.get(english(en), (name,))] == []
    assert not called or len(first) > 5


@pytest.mark.parametrize("code", codes())
def test_a_category_has_its_name_inside_of_longer_names_too(code: str) -> None:
    longer = [(each.names["en"], each.names[code]) for each in load_topics().topics if code in each.names]
    longer += [(entry.name, entry.accepted[0]) for entry in glossary_of(code)]
    strange = [
        (name, word)
        for category in load_taxonomy().categories
        if (name := category.names.get(code))
        for en, word in longer
        if english(category.names["en"]) in english(en) and name.casefold() not in word.casefold()
    ]
    assert strange == []
