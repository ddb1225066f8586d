"""The two bundled days are what a first run reads."""

from pathlib import Path

import pytest

import sources
from domain.papers import Paper, arxiv_id, one_line, paper_id
from domain.sentences import sentences

FOLDER = Path(sources.__path__[0]) / "sample_days"
DAYS = ("2024-10-06", "2024-10-13")


def read(day: str) -> list[Paper]:
    lines = (FOLDER / f"{day}.jsonl").read_text(encoding="utf-8").splitlines()
    return [Paper.model_validate_json(line) for line in lines]


@pytest.mark.parametrize("day", DAYS)
def test_a_sample_day_holds_twelve_different_papers(day: str) -> None:
    assert len({paper.id for paper in read(day)}) == len(read(day)) == 12


def test_exactly_two_papers_of_the_first_day_come_again_unchanged_on_the_second() -> None:
    first, second = ({paper.id: paper for paper in read(day)} for day in DAYS)
    repeated = first.keys() & second.keys()
    assert len(repeated) == 2
    assert all(first[key] == second[key] for key in repeated)


@pytest.mark.parametrize("paper", [paper for day in DAYS for paper in read(day)], ids=lambda paper: paper.id)
def test_a_sample_paper_is_complete_and_has_five_to_eight_sentences(paper: Paper) -> None:
    assert 5 <= len(sentences(paper.abstract)) <= 8
    assert paper.abstract == one_line(paper.abstract)
    assert paper.authors
    assert paper.sources == ("sample",)
    assert paper.id == paper_id(paper.title, paper.links[0])
    assert paper.links[0] == paper.url
    assert len(set(paper.links)) == len(paper.links)


def test_every_arxiv_link_of_a_sample_paper_means_the_same_paper() -> None:
    for paper in (paper for day in DAYS for paper in read(day)):
        assert {arxiv_id(link) for link in paper.links if "arxiv.org" in link} == {paper.id.removeprefix("arxiv:")}
