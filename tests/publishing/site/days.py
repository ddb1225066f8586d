"""Published days for the site: the hand-made day with its returning and continued papers, a day before, a quiet one, a
broken one, one without a model, and one of many papers; in two languages."""

from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path

import numpy as np
from bs4 import BeautifulSoup
from numpy.typing import NDArray

from domain.claims import Claim, Evidence
from domain.exams import Exam
from domain.interests import Interests
from domain.items import Item
from domain.papers import Paper
from domain.reports import Cause, Filing, Health, Report
from domain.taxonomy import Taxonomy
from domain.trends import DayRow
from domain.weeks import WeekId
from publishing import layout
from publishing.site.build import Built, build
from tests.publishing.day import DAY, QUIET, QUOTED, RACER, SPEECH, TAXONOMY, TRENDING, WAVELETS
from tests.publishing.english import english
from tests.scripted import HashEmbedder

EXAM = Exam(
    model="openai:gpt-5",
    prompt="ko/critique@3f21ab90",
    language="ko",
    planted=48,
    caught=46,
    right=48,
    passed=47,
    missed=("unit", "bound"),
)
TOLD = TRENDING.model_copy(update={"judge": EXAM})
EARLIER, QUIET_DAY, BROKEN_DAY, PLAIN_DAY = (date(2026, 11, n) for n in (12, 15, 16, 18))
CONTINUED = "arxiv:2610.09999"
MODELS = ("모델은 표에서 배운다", "모델이 그림을 읽는다", "초거대모델을 줄였다")
"""Headlines in which the noun stands before particles and within a compound."""


def paper(number: str, title: str, abstract: str = "We study it. It works better by 12%.", **fields: object) -> Paper:
    return Paper.model_validate(
        {"id": f"arxiv:{number}", "title": title, "abstract": abstract, "sources": ("arxiv",), "votes": 3} | fields
    )


def item(one: Paper, hook: str) -> Item:
    evidence = (Evidence(paper_id=one.id, sentence=1, quote=one.sentences[0].text),)
    claims = (
        Claim(kind="reported", role="hook", text=hook, evidence=evidence),
        Claim(kind="reported", role="result", text=f"{hook}: 12% 나아졌습니다.", evidence=evidence),
    )
    return Item(paper_id=one.id, name=one.title.split(":")[0], claims=claims, made_by="openai:gpt-5 · ko/synthesize@1")


def day(when: date, papers: Iterable[tuple[Paper, str]], category: str = "cv") -> Report:
    """A complete day of papers with their headlines."""
    held = list(papers)
    return Report(
        day=when,
        language="ko",
        status="complete",
        model="openai:gpt-5",
        quoted=False,
        items=tuple(item(one, hook) for one, hook in held),
        papers=tuple(one for one, _ in held),
        filings=tuple(Filing(paper_id=one.id, category=category, certainty=0.9, decided_by="model") for one, _ in held),
        health=(Health(source="arxiv", asked="x", state="answered", listed=len(held), held=len(held)),),
    )


def earlier() -> Report:
    """Five days before: the paper that one of the hand-made day continues, and three about models."""
    diffusion = paper(CONTINUED.removeprefix("arxiv:"), "Diffusion Depth", sources=("huggingface",), votes=50)
    others = [paper(f"2611.1000{n}", f"Tables {n}: A Study", authors=("Yann LeCun",)) for n in range(len(MODELS))]
    return day(EARLIER, [(diffusion, "확산이 깊이를 잰다"), *zip(others, MODELS, strict=True)])


def first_days() -> list[Report]:
    """The days on which the returning papers of the hand-made day came first."""
    told = {one.id: one for one in TRENDING.papers}
    return [
        day(date(2026, 9, 30), [(told[WAVELETS], "웨이블릿이 형상을 줄인다")]),
        day(date(2025, 10, 2), [(told[SPEECH], "말소리 토큰을 다시 본다")], "audio"),
    ]


def broken() -> Report:
    silent = Health(source="arxiv", asked="x", state="unavailable", note="HTTP 503 from the listing")
    return Report(
        day=BROKEN_DAY,
        language="ko",
        status="broken",
        reason="no papers: arxiv (HTTP 503 from the listing)",
        causes=(Cause(kind="no papers", about=(("arxiv", "HTTP 503 from the listing"),)),),
        model="openai:gpt-5",
        quoted=False,
        health=(silent,),
    )


def reports() -> list[Report]:
    plain = QUOTED.model_copy(update={"day": PLAIN_DAY, "withdrawn": ()})
    quiet = QUIET.model_copy(update={"day": QUIET_DAY})
    return [*first_days(), earlier(), quiet, broken(), TOLD, plain, english(TRENDING)]


def great(when: date, papers: int = 700, told: int = 160) -> Report:
    """A day with more papers than a page can tell."""
    held = [paper(f"2612.{n:05d}", f"Paper {n}: {'On Something ' * 5}{n}") for n in range(papers)]
    whole = day(when, [(one, f"{n}번째 논문이 무언가를 길게 설명하는 제목을 지녔다") for n, one in enumerate(held)])
    return whole.model_copy(update={"items": whole.items[:told]})


def publish(folder: Path, *held: Report) -> Path:
    """Writes what the site reads of each report; the folder of all reports."""
    for report in held:
        place = folder / layout.place(report.day, report.language)
        place.mkdir(parents=True, exist_ok=True)
        (place / layout.REPORT).write_text(report.model_dump_json(), encoding="utf-8")
    return folder


def vectors(held: Iterable[Report]) -> dict[str, NDArray[np.float32]]:
    papers = {one.id: one for report in held for one in report.papers}
    found = HashEmbedder()([f"{one.title} {one.abstract}" for one in papers.values()])
    return dict(zip(papers, found, strict=True))


MINE = Interests(topics=("실패", "reward hacking"), authors=("Y. LeCun",), categories=("quantum",), mute=("인식",))


WEEK = WeekId.of(DAY)
ROWS = tuple(DayRow(day=day, new=20, categories=(("cv", 12), ("rl", 8))) for day in (date(2026, 11, 10), DAY))


def made(
    tmp: Path,
    *held: Report,
    taxonomy: Taxonomy = TAXONOMY,
    interests: Interests | None = None,
    language: str = "ko",
    reviews: Path | None = None,
) -> Built:
    """The site of some days, and of weeks in review, built in ``tmp/site``."""
    folder = publish(tmp / "reports", *held)
    known = vectors(held)
    return build(folder, tmp / "site", taxonomy, language=language, interests=interests, vectors=known, weeks=reviews)


def soup(path: Path) -> BeautifulSoup:
    return BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")


def pages(site: Path) -> Iterator[tuple[str, BeautifulSoup]]:
    """Every page with its path."""
    for path in sorted(site.rglob("*.html")):
        yield path.relative_to(site).as_posix(), soup(path)


TYPES = {
    "home": "index.html",
    "day": f"day/{DAY}.html",
    "day without a model": f"day/{PLAIN_DAY}.html",
    "quiet day": f"day/{QUIET_DAY}.html",
    "broken day": f"day/{BROKEN_DAY}.html",
    "paper": f"paper/{RACER.removeprefix('arxiv:')}.html",
    "category": "category/cv.html",
    "category's month": "category/cv-2026-11.html",
    "week": f"week/{WEEK}.html",
    "archive": "archive.html",
    "month": "archive/2026-11.html",
    "trends": "trends.html",
    "search": "search.html",
    "about": "about.html",
    "day in English": f"en/day/{DAY}.html",
}
"""One page of each type."""
