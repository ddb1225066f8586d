"""A memory and its published reports, written by hand: a sample day and six small days, with light services."""

import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

from cli.app import app
from domain.claims import Claim, Evidence
from domain.items import Item, Returning, Story
from domain.kinds import Role
from domain.papers import Paper
from domain.reports import Filing, Report
from domain.sentences import sentences
from graph.context import Context
from publishing import layout
from tests.scripted import HashEmbedder, KeyedClassifier
from vectorstore.memory import Memory

SAMPLE = "2024-10-06"
DAYS = tuple(f"2025-09-{day:02d}" for day in range(1, 7))
SUBJECTS = (
    ("Robot Hands", "robot hands grasp cups from a kitchen table"),
    ("Robot Legs", "robot legs walk over gravel and stairs"),
    ("Speech Recognition", "speech of noisy telephone calls is written down"),
    ("Language Models", "language models answer questions about long books"),
)
REPEATED = "2509.00100"
"""arXiv id of the robot paper of the first day; it comes again on the third."""


def _paper(id: str, title: str, about: str, gain: int, source: str) -> Paper:
    return Paper(
        id=f"arxiv:{id}",
        title=title,
        abstract=f"We show how {about}. It improves accuracy by 1{gain}%. Limits remain unclear.",
        authors=("A. Author",),
        links=(f"https://arxiv.org/abs/{id}",),
        categories=("cs.AI",),
        sources=(source,),
    )


def _papers(place: int) -> list[Paper]:
    """Two of each subject, but no speech on the last two days."""
    papers = [
        _paper(f"2509.{place:02d}{number}0{again}", f"{title} Study {place}{again}", about, again, "files")
        for number, (title, about) in enumerate(SUBJECTS, start=1)
        for again in range(2)
        if place < 4 or not title.startswith("Speech")
    ]
    return papers + (_papers(0)[:1] if place == 2 else [])


def _claim(paper: Paper, role: Role, text: str, sentence: int) -> Claim:
    quote = sentences(paper.abstract)[sentence - 1]
    kind = "analysis" if role == "note" else "reported"
    evidence = (Evidence(paper_id=paper.id, sentence=sentence, quote=quote),)
    return Claim(kind=kind, role=role, text=text, evidence=evidence)


def _item(paper: Paper) -> Item:
    first = sentences(paper.abstract)[0].removeprefix("We show how ")
    return Item(
        paper_id=paper.id,
        name=f"Study-{paper.id[-5:]}",
        claims=(
            _claim(paper, "hook", f"정확도가 올랐다: {first}", 1),
            _claim(paper, "result", f"정확도가 {sentences(paper.abstract)[1][-4:-1]} 올랐습니다.", 2),
            _claim(paper, "note", "한계는 아직 분명하지 않습니다.", 3),
        ),
        made_by="by hand",
    )


def report(day: str, papers: list[Paper], returning: tuple[str, ...] = (), first_day: str = DAYS[0]) -> Report:
    """A whole day: every paper that is not ``returning`` is told, the first of them in the opening too."""
    told = [_item(paper) for paper in papers if paper.id not in returning]
    again = [_item(paper) for paper in papers if paper.id in returning]
    known = date.fromisoformat(first_day)
    filed = zip(papers, KeyedClassifier().rank(papers), strict=True)
    hook = told[0].claims[0]
    return Report(
        day=date.fromisoformat(day),
        language="ko",
        status="complete",
        model="by hand",
        quoted=False,
        opening=(Story(headline=hook.model_copy(update={"role": "opening"}), papers=(told[0].paper_id,)),),
        items=tuple(told),
        returning=tuple(
            Returning(
                paper_id=item.paper_id,
                first_day=known,
                days=(known,),
                name=item.name,
                line=item.claims[0].model_copy(update={"role": "returning"}),
            )
            for item in again
        ),
        papers=tuple(papers),
        filings=tuple(
            Filing(paper_id=paper.id, category=ranking[0][0], certainty=ranking[0][1], decided_by=KeyedClassifier.name)
            for paper, ranking in filed
        ),
    )


def publish(report: Report, reports: Path) -> None:
    """The files that the memory's commands look for."""
    place = reports / layout.place(report.day, report.language)
    place.mkdir(parents=True)
    (place / layout.REPORT).write_text(report.model_dump_json(indent=2), encoding="utf-8")
    (place / layout.MARKDOWN).write_text(f"# {report.day}\n", encoding="utf-8")


@pytest.fixture(scope="session")
def _written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("written") / "data"
    sample = [_paper(f"2410.0000{n}", f"Sample Thing {n}", f"thing {n} is sampled", n, "sample") for n in range(3)]
    days = [report(SAMPLE, sample)]
    days += [report(day, _papers(n), (f"arxiv:{REPEATED}",) if n == 2 else ()) for n, day in enumerate(DAYS)]
    with Memory.open(folder / "memory", HashEmbedder()) as memory:
        for one in days:
            publish(one, folder / "reports")
            memory.remember(one)
    return folder


@pytest.fixture
def data(_written: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the data folder, and the services that filled it."""
    monkeypatch.setattr(Context, "embed", HashEmbedder())
    monkeypatch.setattr(Context, "classifier", KeyedClassifier())
    return Path(shutil.copytree(_written, tmp_path / "data"))


@pytest.fixture
def insights(data: Path) -> Callable[..., Result]:
    """Runs the command on that folder."""
    return lambda *arguments: CliRunner().invoke(app, [*map(str, arguments), "--data", str(data)])
