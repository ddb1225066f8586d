"""A third language, made for tests: a folder as anybody would add one, outside of the product."""

from pathlib import Path

import pytest

from domain import languages

TOY = """
import re
from dataclasses import replace

from domain.boilerplate import Boilerplate
from domain.languages.en import LANGUAGE as ENGLISH
from domain.prose import Prose, Resources, Withdrawal
from domain.readings import OVER, Bound, Number, Phrase, Readings, is_, scaled_by
from domain.speaking import Gated, Speaking, Subject

from . import facts

WORDS = {"пять": 5, "девять": 9, "двести": 200}


def numbers(text):
    for word, value in WORDS.items():
        for found in re.finditer(word, text):
            yield Number(found.start(), found.end(), float(value))


READINGS = Readings(
    numbers=numbers,
    phrases=(Phrase("половин[аы]", "fraction", is_(0.5)),),
    before=(Bound(OVER, "более"),),
    scale=scaled_by({"тыс": 1e3}),
    multiple="раза",
    factor_before="фактор ",
    absolute_before="абсолютно",
    perhaps_bounds="под",
    rival_before="чем",
    benchmark_before="для",
    units={"gigabyte": "гигабайт[а-я]*", "second": "сек"},
    things=("язык[а-я]*|languages?",),
    names={"Гугл": ("Google",), "Ламу": ("Llama",)},
    endings="(?:ами|у)?",
    verb_endings="ить",
    shown=r"раза\\b",
)
SPEAKING = Speaking(
    orders=(Gated("хвал", (r"\\bвелено\\sхвалить",)), Gated("vy|nashli", (r"\\bvy\\s", r"put\\s+nashli"))),
    chats=(Gated("систем", (r"^система:",)),),
    subjects={"judges": Subject("читател[а-я]+", "чтени[а-я]+")},
    ought="обязан[а-я]*",
    introduces="назовём",
    it="Оно",
    you="vy",
    one="nekto",
    to_models="mashin[a-z]*",
)
PROSE = Prose(
    abbreviations=("см.",),
    things="код",
    lies="лежит",
    commonest=frozenset("и в на".split()),
    foreign=frozenset("снимки прежних".split()),
    pointing=frozenset("код лежит тут".split()),
    resources=Resources(kinds={"code": "код"}, coming="откроем код"),
    withdrawal=Withdrawal(notice="эта статья отозвана"),
)
BOILERPLATE = Boilerplate(
    sources="источники",
    counted="статьи",
    greetings="доброе утро",
    predicate="ет$",
    label_words=1,
    ordinals=("первая статья", "вторая статья"),
    one_of_them="(?:первая|вторая) статья",
    counts="две статьи",
    ends="ет",
    opposites=(("быстрее", "медленнее"),),
)

LANGUAGE = replace(
    ENGLISH,
    code="xx",
    name="Toyish",
    script="Cyrillic",
    letters=re.compile("[а-яА-Я]+"),
    page=ENGLISH.page.model_copy(update={"picture": "Картинка", "opening": "Истории", "result": "Итог"}),
    shell=ENGLISH.shell.model_copy(update={"paper": "статья"}),
    facts=facts,
    readings=READINGS,
    prose=PROSE,
    boilerplate=BOILERPLATE,
    speaking=SPEAKING,
    question_endings="ами|у",
    question_words=frozenset(["про"]),
    papers=("статья", "статьи"),
    names={"robotics": "Роботы"},
)
"""
FACTS = """
from domain.languages.en.facts import absent, calm, continuing, first, moved, topic


def few(held, needed):
    return f"Дней {held} из {needed}."
"""


def add(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Puts the language where languages are looked for."""
    folder = tmp_path / "languages" / "xx"
    folder.mkdir(parents=True)
    (folder / "__init__.py").write_text(TOY, encoding="utf-8")
    (folder / "facts.py").write_text(FACTS, encoding="utf-8")
    monkeypatch.setattr(languages, "__path__", [*languages.__path__, str(folder.parent)])
