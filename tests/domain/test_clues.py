"""What a sieve holds back has nothing in it that the forms behind it would find."""

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from random import Random
from typing import get_args

import pytest

from domain.clues import clues, folded
from domain.language import Language
from domain.languages import every
from domain.order_forms import CRAFTED, FOREIGN
from domain.orders import FLAGS, QUOTED, speaks, visible
from domain.resources import ADDRESS
from domain.sentences import sentences
from domain.sieve import Sieve
from domain.speaking import Theme
from domain.tongues import union
from sources import sample

from . import toy
from .found import texts

SAMPLES = sorted((Path(sample.__file__).parent / "sample_days").glob("*.jsonl"))


@pytest.mark.parametrize(
    ("form", "found"),
    [
        (r"\breaders?\s(?:must|should)\b", "Readers\nSHOULD know"),
        (r"^\W*(?:mark|count)\s(?:this|all)\b", "«Count all"),
        (r"\#\#\#\s*(?:human|system)\b", "### Human"),
        (r"rm\s-rf", "so rm -rf"),
        (r"https?://\w", "at HTTPS://x"),
        (r"<\|?(?:im_start|user)\|?>", "<|im_start|>"),
        (r"\b[PT]\d{1,2}\s", "see P12 there"),
        (r"(?<!-)\byou\b(?!\scan)", "You."),
        (r"pre(?:-|\s)?trained\b", "pretrained, pre-trained"),
        (r"\b(?:a|an)\s(?:\w+\s){0,2}?(?:paper|text)s?\b", "an other text"),
        (r"\b(?:ask|urge)\w*\b(?=.*\bour\s(?:work|text))", "asked of our work"),
        (r"(?:심사\s?위원|독자)(?:은|는)\s", "심사위원은 본"),
        (r"\b(?:insist|kiss)", "İNSİST"),
        (r"ſtraße|kind", "STRASSE STRAẞE"),
        (r"x{2,3}\s{2,}y", "xxx  y"),
        (r"(?!)|end\s*of", "endof"),
        (r"[^\W\d_]{3,}|[!?]", "?"),
    ],
)
def test_where_a_form_finds_something_a_clue_of_it_is_there(form: str, found: str) -> None:
    assert re.search(form, found, FLAGS)
    known = clues([form], FLAGS)
    assert known is None or any(clue in folded(found) for clue in known)
    assert Sieve({"it": [form]}, FLAGS).left(found) == {"it"}


@pytest.mark.parametrize(
    ("form", "text"),
    [
        (r"\breaders?\s(?:must|should)\b", "We read what readers want, and must go on."),
        (r"^\W*(?:mark|count)\s(?:this|all)\b", "We count all."),
        (r"\b[PT]\d{1,2}\s", "Phase 3 takes time."),
        (r"\b(?:retract|withdr[ae]w)\w*", "A subtraction is a tract."),
        ("독자|심사", "논문을 읽는다."),
        (r"(?!)", "Anything."),
    ],
)
def test_without_a_clue_a_form_is_held_back(form: str, text: str) -> None:
    assert Sieve({"it": [form]}, FLAGS).left(text) == set()


def test_of_forms_that_count_together_the_rarer_clues_hold_both_back() -> None:
    sieve = Sieve({"both": [r"\bthe\s", r"\bretracted\b"], "one": [r"\bthe\s"]}, FLAGS)
    assert (sieve.left("The end."), sieve.left("The retracted paper.")) == ({"one"}, {"one", "both"})


def test_a_form_that_may_find_something_anywhere_is_never_held_back() -> None:
    forms = {"sign": ["[{}]"], "words": [r"\w+"], "lines": [r"(?m)^a"], "latin": [r"(?a:\bc\W)"]}
    assert Sieve(forms, FLAGS).left("") == set(forms)


def test_a_python_that_does_not_show_how_it_parses_forms_holds_none_back(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("domain.clues._PARSER", None)
    form = "dear readers of the morning"
    assert clues([form]) is None and Sieve({form: [form]}).left("Nothing of the kind.") == {form}


def test_letters_that_are_one_where_case_is_apart_are_one_for_clues() -> None:
    cased = "".join(c for c in map(chr, range(0x110000)) if c.isalpha() and (c.lower() != c or c.upper() != c))
    known = [clues([form], FLAGS) or () for form in _forms_of(every()).values()]
    letters = {letter for own in known for clue in own for letter in clue}
    for letter in letters - set("^ 0"):
        assert {folded(c) for c in re.findall(re.escape(letter), cased, FLAGS)} <= {folded(letter)}, letter


def _forms_of(languages: tuple[Language, ...]) -> Mapping[str, str]:
    """All forms that are sieved, each by where it comes from."""

    def named() -> Iterator[tuple[str, str]]:
        shared = [("crafted", group) for group in CRAFTED] + [("foreign", group) for group in FOREIGN]
        own = [(each.code, group) for each in languages for group in (*each.speaking.orders, *each.speaking.chats)]
        for origin, group in (*shared, *own):
            yield from ((f"{origin}: {form}", form) for form in group.forms)
        for each in languages:
            for theme in get_args(Theme):
                if theme in each.speaking.subjects:
                    yield f"{each.code} {theme}", each.speaking.subjects[theme].named
        for name in ("ought", "fate", "wrong", "best", "of_orders", "about_itself"):
            yield name, union(f"speaking.{name}")

    return dict(named())


@pytest.fixture
def third(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    toy.add(tmp_path, monkeypatch)


@pytest.mark.usefixtures("third")
def test_whatever_a_form_of_any_language_finds_it_is_let_through() -> None:
    random = Random(7)
    forms = _forms_of(every())
    sieve = Sieve({name: [form] for name, form in forms.items()}, FLAGS)
    for name, form in forms.items():
        found = list(texts(form, FLAGS, random))
        assert found, f"chance made no text for {name}"
        for text in found:
            assert name in sieve.left(text), text


def test_of_real_sentences_hardly_any_form_is_left() -> None:
    forms = _forms_of(every())
    sieve = Sieve({name: [form] for name, form in forms.items()}, FLAGS)
    abstracts = [json.loads(row)["abstract"] for path in SAMPLES for row in path.read_text("utf-8").splitlines()]
    said = [text for abstract in abstracts for text in sentences(abstract)]
    assert len(said) > 50
    assert sum(len(sieve.left(text)) for text in said) < 0.04 * len(said) * len(forms)


@pytest.mark.usefixtures("third")
def test_what_lies_where_is_let_through_as_the_languages_say_it() -> None:
    random = Random(7)
    names = [f"prose.{name}" for name in ("things", "lies", "resources.coming", "resources.releases", "resources.lies")]
    forms = {name: union(name) for name in names} | {"address": ADDRESS.pattern}
    sieve = Sieve({name: [form] for name, form in forms.items()}, re.IGNORECASE)
    for name, form in forms.items():
        found = list(texts(form, re.IGNORECASE, random, 200))
        assert len(found) == 200
        assert all(name in sieve.left(text) for text in found)


@pytest.mark.usefixtures("third")
def test_an_order_that_is_made_of_its_form_is_heard() -> None:
    random = Random(3)
    reported = re.compile(f"{union('speaking.about_itself')}|{union('speaking.of_orders')}", FLAGS)
    heard = 0
    for group in (group for each in every() for group in (*each.speaking.orders, *each.speaking.chats)):
        for form in group.forms:
            for text in texts(form, FLAGS, random, 4):
                plain = visible(text) == text and not QUOTED.search(text) and not reported.search(text)
                if plain and re.search(group.gate, text, FLAGS):
                    assert speaks(text), (form, text)
                    heard += 1
    assert heard > 100
