"""The filing of papers is held against readers who saw neither the program nor each other."""

import json
from pathlib import Path

import pytest

from agents.classifier import load_examples
from evals import labels
from evals.fit_bag import read_filed
from evals.labels import agreed, main, papers_of
from prompts.taxonomy import load_taxonomy
from tests.scripted import HashEmbedder

ROWS = [
    {
        "id": "2611.00001",
        "title": "Quantum Kernels on Few Qubits",
        "abstract": "We train variational quantum circuits.",
    },
    {"id": "2611.00002", "title": "Speech Recognition in Noisy Rooms", "abstract": "We adapt to speakers."},
    {"id": "2611.00003", "title": "Grasping with a Robot Hand", "abstract": "A robot grasps what it never saw."},
]


@pytest.fixture
def day(tmp_path: Path) -> Path:
    path = tmp_path / "day.jsonl"
    path.write_text("\n".join(map(json.dumps, ROWS)), encoding="utf-8")
    return path


def answers(path: Path, text: str) -> str:
    path.write_text(text, encoding="utf-8")
    return str(path)


def test_a_reader_gets_every_category_with_a_line_and_every_paper_and_nothing_of_the_program(
    day: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["sheet", str(day)])
    told = capsys.readouterr().out
    assert [c.key for c in load_taxonomy().all if f"- `{c.key}`: {c.description}" not in told] == []
    assert [row["title"] for row in ROWS if row["title"] not in told or row["abstract"] not in told] == []
    assert "classifier" not in told


def test_only_papers_on_which_all_readers_agree_are_counted(
    day: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(labels, "open_embedder", lambda name: HashEmbedder())
    first = answers(tmp_path / "a.txt", "1 quantum\n2 audio\n3. `robotics`\n")
    second = answers(tmp_path / "b.txt", "1 quantum\n2 llm\n\n3 Robots\n")
    main(["count", str(day), "--labels", first, "--labels", second])
    told = capsys.readouterr().out
    assert "2 readers filed 3 papers, and agree on 2" in told
    assert "first place      2 of 2, 100.0%" in told


def test_papers_that_the_classifier_has_learned_from_are_left_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(labels, "open_embedder", lambda name: HashEmbedder())
    filed, example = next(iter(read_filed())), load_examples()[0].title
    learned = [
        {"id": filed, "title": "Filed", "abstract": "A."},
        {"id": "2611.00009", "title": example, "abstract": "B."},
    ]
    day = tmp_path / "day.jsonl"
    day.write_text("\n".join(map(json.dumps, [*learned, *ROWS])), encoding="utf-8")
    main(["count", str(day), "--labels", answers(tmp_path / "a.txt", "1 rl\n2 rl\n3 quantum\n4 audio\n5 robotics\n")])
    told = capsys.readouterr().out
    assert "2 papers are left out: the classifier has learned from them" in told
    assert "first place      3 of 3, 100.0%" in told


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("4 rl", "a.txt:1: expected is the number of a paper, from 1 to 3"),
        ("1 rl\n2 gardening", "a.txt:2: there is no"),
    ],
)
def test_an_answer_that_is_none_is_told_with_its_line(
    text: str, words: str, day: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        main(["count", str(day), "--labels", answers(tmp_path / "a.txt", text)])
    assert words in capsys.readouterr().err


def test_agreement_is_of_all_readers(day: Path) -> None:
    ids = [paper.id for paper in papers_of([day])]
    assert agreed([{ids[0]: "rl", ids[1]: "llm"}, {ids[0]: "rl", ids[1]: "nlp"}, {ids[0]: "rl"}]) == {ids[0]: "rl"}
