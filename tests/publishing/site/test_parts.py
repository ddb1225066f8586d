"""The parts of an item, and the day as one paragraph: on the site, in letters, and as plain text."""

from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from domain.deliveries import Letter
from domain.interests import Interests
from publishing.site.archive import read_archive
from publishing.site.mail import day_letter
from publishing.site.site import Site
from tests.publishing.day import RACER, TAXONOMY, say
from tests.publishing.pages import change_item

from . import days

PARTS = (
    say("problem", "정책이 드뭅니다.", (RACER, 1)),
    say("method", "먼저 잽니다.", (RACER, 2), form="bullet"),
    say("method", "그다음 말합니다.", (RACER, 2), form="bullet"),
    say("result", "모두 나았습니다.", (RACER, 3), form="bullet"),
    say("result", "기준 · 성공률: 60% · 시간: 3초", (RACER, 3), form="row"),
    say("result", "RACER · 성공률: 78.5% · 시간: 2초", (RACER, 3), form="row"),
)
HOOK = "확산 모델이 적은 계산으로 인식에서도 통했다"
TITLE = "RACER: Rich Language-Guided Failure Recovery"
DAY = [
    "로봇도 연합 학습도, 일이 틀어졌을 때 버티는 법을 보인 날입니다.",
    "계산을 아끼는 쪽에서는 확산 모델이 눈에 띕니다.",
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    tmp = tmp_path_factory.mktemp("parts")
    days.made(tmp, change_item(days.TOLD, RACER, *PARTS))
    return tmp


@pytest.fixture(scope="module")
def page(folder: Path) -> BeautifulSoup:
    return days.soup(folder / "site" / days.TYPES["day"])


@pytest.fixture(scope="module")
def letter(folder: Path) -> Letter:
    site = Site(read_archive(folder / "reports", "ko", TAXONOMY), Interests(), {}, address="https://papers.example/")
    (card,) = site.archive.cards
    return day_letter(site, card)


def told(page: BeautifulSoup, heading: str) -> list[tuple[str, str]]:
    """Paragraphs, lists and tables below the head of an item, each with its words."""
    (first,) = (one for one in page.select("h3") if heading in one.text)
    found: list[tuple[str, str]] = []
    for one in first.find_next_siblings(["h2", "h3", "p", "ul", "table", "div"]):
        if one.name in ("h2", "h3"):
            break
        name = "table" if one.select("tr") else one.name
        if name != "div" and not {"head", "about", "small"} & set(one.get("class") or ()):
            found.append((name, " ".join(one.get_text(" ").split())))
    return found


def test_on_the_site_and_in_letters_only_results_that_would_run_into_another_list_have_a_label(
    page: BeautifulSoup, letter: Letter
) -> None:
    for shown in (page, BeautifulSoup(letter.html, "html.parser")):
        assert told(shown, TITLE) == [
            ("p", "정책이 드뭅니다."),
            ("ul", "먼저 잽니다. 그다음 말합니다."),
            ("p", "결과"),
            ("ul", "모두 나았습니다."),
            ("table", "성공률 시간 기준 60% 3초 RACER 78.5% 2초"),
        ]
        alone = told(shown, "확산 모델이 적은 계산으로 인식에서도 통했다")
        assert alone[0] == ("p", "계산을 40% 덜 쓰고 최고 수준과 같은 성능을 냈습니다.")
    assert [b.text for b in page.select("p > b.part")] == ["결과"]


def test_plain_text_has_the_same_label(letter: Letter) -> None:
    block = letter.text[letter.text.index(TITLE) :].partition("속이는 동료가")[0]
    assert [line.strip() for line in block.splitlines() if line.strip()][-8:] == [
        "정책이 드뭅니다.",
        "- 먼저 잽니다.",
        "- 그다음 말합니다.",
        "결과:",
        "- 모두 나았습니다.",
        "| 성공률 | 시간",
        "기준 | 60% | 3초",
        "RACER | 78.5% | 2초",
    ]
    assert "\n계산을 40% 덜 쓰고 최고 수준과 같은 성능을 냈습니다." in letter.text


def test_the_day_is_one_paragraph_and_each_of_its_sentences_opens_its_own_evidence(
    page: BeautifulSoup, letter: Letter
) -> None:
    (paragraph,) = page.select(".opening > p")
    assert " ".join(paragraph.get_text(" ").split()) == " ".join(DAY)
    shown = [page.select_one(f'[id="{mark["popovertarget"]}"]') for mark in paragraph.select("button.mark")]
    names = [[b.text for b in one.select(".place b")] for one in shown if one]
    assert names == [["RACER", "적대자를 견디는 연합 강화학습"], ["인식용 확산 모델"]]
    assert [a.text for a in page.select(".leads > li > a")] == [
        "RACER",
        "적대자를 견디는 연합 강화학습",
        "인식용 확산 모델",
    ]
    (written,) = (p for p in BeautifulSoup(letter.html, "html.parser").select("p") if DAY[0] in p.text)
    assert " ".join(written.get_text(" ").split()) == " ".join(DAY)
    assert " ".join(DAY) in letter.text


def test_a_story_comes_before_the_paper_that_it_is_of_and_a_paper_without_a_headline_before_what_is_quoted_of_it(
    page: BeautifulSoup, letter: Letter
) -> None:
    story, title = "덜 쓰고 최고 수준과 같은 성능을 냈습니다.", "Scaling Diffusion Models for Perception"
    for shown in (page, BeautifulSoup(letter.html, "html.parser"), BeautifulSoup(letter.text, "html.parser")):
        text = " ".join(shown.get_text(" ").split()).partition(HOOK)[2]
        assert 0 < text.index(story) < text.index(title)
        text = " ".join(shown.get_text(" ").split()).partition(TITLE)[2]
        assert 0 < text.index("arXiv") < text.index("정책이 드뭅니다.")


def test_terms_are_told_before_the_papers_that_use_them(page: BeautifulSoup, letter: Letter) -> None:
    for shown in (page, BeautifulSoup(letter.html, "html.parser"), BeautifulSoup(letter.text, "html.parser")):
        text = " ".join(
            shown.select_one("main").get_text(" ").split() if shown is page else shown.get_text(" ").split()
        )
        text = text.partition("풀었습니다.")[2]  # of the opening
        assert 0 < text.index("100가지를 모은 벤치마크") < text.index(HOOK)


def test_site_and_letters_head_a_paper_as_the_page_does_by_its_own_name(tmp_path: Path) -> None:
    days.made(tmp_path, days.TOLD)
    site = Site(read_archive(tmp_path / "reports", "ko", TAXONOMY), Interests(), {}, address="https://papers.example/")
    (card,) = site.archive.cards
    letter = day_letter(site, card)
    shown = (days.soup(tmp_path / "site" / days.TYPES["day"]), BeautifulSoup(letter.html, "html.parser"))
    wanted = "RACER: " + next(
        c.text for i in days.TOLD.items for c in i.claims if c.role == "hook" and i.name == "RACER"
    )
    for one in shown:
        assert wanted in [" ".join(head.get_text(" ").split()) for head in one.select("h3")]
    assert wanted in letter.text.splitlines()
