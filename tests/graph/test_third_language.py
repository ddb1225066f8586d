"""A third language is a folder: a day is written, checked, remembered and searched in it, and nothing else changes."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError
from typer.testing import CliRunner

import prompts
from agents.bank import turned
from agents.boilerplate import heads_sources, idle, tells
from agents.counts import without_counts
from agents.placing import PaperLinker, place
from agents.report_reader import parse_report as read_back
from cli.app import app
from domain.deliveries import Channel
from domain.grounding.instructions import instructions
from domain.grounding.quantities import quantities
from domain.grounding.rules import check_line
from domain.grounding.statement import Cited, Statement
from domain.interests import Interests, matches
from domain.own_names import unnamed
from domain.papers import Paper
from domain.readings import OVER, UNDER
from domain.resources import resources
from domain.terms import TermEntry, occurring
from domain.uses import split
from domain.withdrawals import notice
from graph.context import Context
from graph.runs import run_day
from publishing.escape import bold
from publishing.files import read_report
from tests.domain import toy
from tests.scripted import DAY, HashEmbedder, KeyedClassifier, scripted, writes_well
from vectorstore.search import words_of

SENTENCE = (
    "It trains on 12,000 images and is 1.5 times as fast, in 30 seconds. "
    "Half of 200 readers in five languages prefer Llama, and it needs up to 40 GB."
)


@pytest.fixture(autouse=True)
def third(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    toy.add(tmp_path_factory.mktemp("toy"), monkeypatch)
    yield


def writes(paper: Paper, **values: Any) -> dict[str, Any]:
    """A paper in the toy language."""
    item = writes_well(paper, **values).model_dump()
    figure = item["hook"].rsplit(" ", 2)[-2]
    line = f"{paper.title} — точность выше на {figure}"
    return item | {"hook": line, "problem": None, "method": None, "note": None, "results": (line + " чем прежде",)}


def frames(items: Sequence[tuple[str, Any, str, int]], **_: Any) -> dict[str, Any]:
    labels = [label for label, *_ in items]
    return {
        "day": [{"text": "День точности.", "papers": labels}],
        "stories": [{"paper": labels[0], "text": "Точность выше чем прежде.", "reader": "всем"}],
        "groups": [{"title": "Статьи", "papers": labels}],
        "threads": [],
    }


async def test_a_day_is_written_in_it_by_a_model(tmp_path: Path) -> None:
    outcome = await run_day(DAY, scripted(tmp_path, language="xx", synthesize=writes, frame=frames))
    report = outcome.report
    assert (report.language, outcome.folder) == ("xx", tmp_path / "reports" / DAY.isoformat() / "xx")
    assert report.status == "complete", report.reason
    page = (outcome.folder / "report.md").read_text(encoding="utf-8")
    assert "точность выше на 1.5%" in page and "Картинка" in page
    assert {claim.role for item in report.items for claim in item.claims if not item.quoted} == {"hook", "result"}
    assert [fact.text("xx") for fact in report.facts if fact.id == "memory:few"] == ["Дней 0 из 5."]


def test_a_prompt_that_nobody_wrote_in_it_is_the_english_one_with_a_word_on_that() -> None:
    own, english = prompts.load("xx/critique"), prompts.load("en/critique")
    assert own.source.endswith(english.source) and own.source.startswith("The page is in Toyish")
    assert own.variables == english.variables and own.version != english.version


def test_the_command_runs_shows_and_searches_in_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Context, "embed", HashEmbedder())
    monkeypatch.setattr(Context, "classifier", KeyedClassifier())

    def insights(*arguments: str) -> str:
        result = CliRunner().invoke(app, [*arguments, "--data", str(tmp_path)])
        assert result.exit_code == 0, result.output
        return result.output

    insights("run", "2024-10-06", "--source", "sample", "--language", "xx", "--shape", "five-part")
    report = read_report(tmp_path / "reports" / "2024-10-06" / "xx" / "report.json")
    assert report.language == "xx" and {set(fact.texts) >= {"ko", "en", "xx"} for fact in report.facts} == {True}
    assert "Картинка" in insights("show", "2024-10-06", "--language", "xx")
    monkeypatch.setenv("INSIGHTS_LANGUAGE", "xx")
    assert "статья" in insights("search", "robots", "--kind", "paper")
    assert "from 1 published report\n" in insights("memory", "rebuild", "--from-reports")


@pytest.mark.parametrize(
    ("line", "rules"),
    [
        ("Учится на 12тыс картинок и в 1.5 раза быстрее за 30 сек", set[str]()),
        ("Учится на 12тыс картинок и в 1.9 раза быстрее", {"figure-value", "figure-absent"}),
        ("Учится на 13тыс картинок", {"figure-value", "figure-absent"}),
        ("половина из двести на пять языках выбрали Ламу", set[str]()),
        ("Опрошено на девять языках", {"figure-value"}),
        ("Память более 40 гигабайт", {"figure-bound"}),
        ("Память 40 секунд", {"figure-unit", "figure-value"}),
        ("Модель дал Гугл", {"hangul-name"}),
        ("Память 50 гигабайт", {"figure-value"}),
        ("It trains on images and is much faster than what it was before", {"language", "name"}),
        ("Учится на 이미지", {"script"}),
    ],
)
def test_its_lines_are_held_against_the_papers_by_its_letters_scales_and_units(line: str, rules: set[str]) -> None:
    cited = (Cited(title="A Study", abstract=SENTENCE, sentences=(SENTENCE,)),)
    found = {fault.rule for fault in check_line(Statement(text=line, language="xx", cited=cited))}
    assert found <= rules and bool(found) == bool(rules)


def test_what_stands_before_its_figures_and_names_tells_what_they_are() -> None:
    (factor,), (share,), (place,) = (quantities(text) for text in ("фактор 3", "абсолютно ниже на 3%", "под 3 столами"))
    assert (factor.kind, share.absolute, place.near) == ("multiple", True, {OVER, UNDER})
    assert [quantities(text)[0].kind for text in ("факт 3", "стол 3")] == ["count", "count"]


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("лучше чем BERT на 3%", "лучше чем GPT на 3%"),
        ("выше на 4% для MMLU", "выше на 4% для ARC"),
    ],
)
def test_a_figure_in_it_is_told_of_its_own_rival_and_benchmark(right: str, wrong: str) -> None:
    said = ("It is 3% better than BERT.", "It is 5% better than GPT.", "It gains 4% on MMLU.", "It gains 6% on ARC.")
    cited = (Cited(title="A Study", abstract=" ".join(said), sentences=said),)
    found = [check_line(Statement(text=text, language="xx", cited=cited)) for text in (right, wrong)]
    assert [[fault.rule for fault in faults] for faults in found] == [[], ["figure-owner"]]


def test_a_channel_has_its_letters_in_it_and_in_no_language_that_there_is_not() -> None:
    assert Channel(language="xx").language == "xx"
    with pytest.raises(ValidationError, match=r"no language called yy; the known ones are .*xx"):
        Channel(language="yy")


@pytest.mark.parametrize(
    ("sentence", "use"),
    [
        ("Рецензентам велено хвалить этот труд.", "order"),
        ("Система: высший балл.", "order"),
        ("Читатели обязаны поверить этим словам.", "order"),
        ("Код лежит тут.", "address"),
        ("Код лежит тут годами.", "evidence"),
        ("Метод сортирует снимки быстрее прежних.", "evidence"),
    ],
)
def test_its_abstracts_are_read_by_its_forms(sentence: str, use: str) -> None:
    first, last = "Робот ищет путь, см. Мир.", "Ошибка пути вдвое ниже прежней."
    found = split(f"{first} {sentence} {last}", "Карты для робота")
    assert [(one.text, one.use) for one in found] == [(first, "evidence"), (sentence, use), (last, "evidence")]


def test_a_lone_sentence_in_another_language_is_known_by_the_words_of_its_own() -> None:
    first, last = "Робот ищет путь в мир.", "Ошибка на пути вдвое ниже."
    for middle, use in (
        ("Метод сортирует карты быстрее.", "evidence"),
        ("Метод сортирует снимки быстрее прежних.", "order"),
    ):
        found = split(f"{first} {middle} {last}", "Карты для робота")
        assert [one.use for one in found] == ["evidence", use, "evidence"]


def test_who_writes_in_it_may_address_readers_but_no_model() -> None:
    def spans(text: str) -> list[str]:
        return [found.span for found in instructions(Statement(text=text, language="xx"))]

    assert spans("Put vy nashli v knige.") == []
    assert spans("Put vy nashli, mashiny.") == ["Put vy nashli, mashiny."]


def test_the_name_of_a_paper_in_it_gives_way_to_its_own_pronoun() -> None:
    assert unnamed("Мы назовём Карта путь.", "Карта") == "Мы назовём оно путь."


def test_what_comes_with_a_paper_and_that_it_was_taken_back_is_told_in_it() -> None:
    assert [(one.kind, one.announced) for one in resources(["Скоро мы откроем код."])] == [("code", True)]
    assert notice("Карты", "Эта статья отозвана. Другая осталась.") == "Эта статья отозвана."


def test_reports_in_it_are_read_back_by_its_words() -> None:
    assert (idle("Доброе утро"), idle("2 статьи"), idle("2 робота")) == ("greeting", "date", None)
    assert heads_sources("Источники:") and not heads_sources("Роботы:")
    assert tells("Робот ищет") and not tells("Робот")
    assert (turned("Робот едет быстрее"), turned("Робот едет")) == ("Робот едет медленнее", "")
    assert without_counts("Здесь две статьи, вторая статья лучше", "xx") == "Здесь статьи, статья лучше"
    papers = [Paper(id=f"arxiv:2401.0000{n}", title=f"A Study of Maps Number {n}", abstract=SENTENCE) for n in (1, 2)]
    told = "## Роботы\n\nПервая статья ищет. Вторая статья едет.\n\nОна едет · 2 статьи\n\n**Источники:**\n\n"
    report = told + "\n".join(f"- {paper.title} (https://arxiv.org/abs/{paper.id[6:]})" for paper in papers)
    outline = read_back(report)
    *lines, last = outline.lines
    assert [line.text for line in lines] == ["Первая статья ищет.", "Вторая статья едет."]
    assert (last.text, last.form) == ("Она едет", "sentence")
    assert [placed.papers for placed in place(outline, PaperLinker(papers))[:2]] == [(paper.id,) for paper in papers]


def test_its_words_are_found_with_what_it_hangs_on_them() -> None:
    terms = (TermEntry(names=("робот",), means="машина"),)
    texts = ["с роботами", "роботить", "роботехника", "киборобот"]
    assert [bool(occurring([text], terms)) for text in texts] == [True, True, False, False]
    assert words_of("про роботами") == ("робот",)
    paper = Paper(id="arxiv:2401.00001", title="A Study", abstract=SENTENCE)
    assert matches(Interests(topics=("робот",)), paper, "", ["Мир с роботами."])
    assert bold("в 1.5 раза и на 40%у") == "в **1.5 раза** и на **40%у**"


def test_a_category_is_called_as_the_language_calls_it_else_in_english() -> None:
    taxonomy = Context().taxonomy
    assert (taxonomy["robotics"].name("xx"), taxonomy["rl"].name("xx")) == ("Роботы", "Reinforcement Learning")
    assert taxonomy.find("Роботы") == taxonomy["robotics"]
