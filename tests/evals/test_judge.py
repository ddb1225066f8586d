"""The eval of a judge asks in the critic's real prompt and counts what came back, nothing else."""

import json
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from evals import judge
from tests.answering import Question, read, text, verdicts
from tests.model_server import ModelServer, Say, serve

ONE = "AlphaNet improves accuracy by 18% over the baseline."
TWO = "Its training needs labelled images of roads."
THREE = "BetaNet is slower than AlphaNet on long inputs."
CLAIMS = (
    ("a1", "ok", "number", "AlphaNet", "AlphaNet은 기준 방법보다 정확도를 18% 높인다.", ONE),
    ("a2", "bad", "number_value", "AlphaNet", "AlphaNet은 기준 방법보다 정확도를 28% 높인다.", ONE),
    ("a3", "bad", "invented_fact", "AlphaNet", "AlphaNet의 학습에는 라벨이 붙은 새 이미지가 필요하다.", TWO),
    ("a4", "ok", "fact", "AlphaNet", "AlphaNet의 학습에는 라벨이 붙은 도로 이미지가 필요하다.", TWO),
    ("b1", "bad", "direction", "BetaNet", "BetaNet은 긴 입력에서 AlphaNet과 비슷하다.", THREE),
    ("b2", "ok", "fact", "BetaNet", "BetaNet은 긴 입력에서 AlphaNet보다 느리다.", THREE),
)


@pytest.fixture
def claims(tmp_path: Path) -> Path:
    file = tmp_path / "claims.jsonl"
    rows = [
        {"id": id, "label": label, "type": kind, "paper_title": title, "claim_ko": said, "evidence_en": [evidence]}
        for id, label, kind, title, said, evidence in CLAIMS
    ]
    rows.append({**rows[0], "id": "t1", "facts": ["A fact."]})
    file.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows), encoding="utf-8")
    return file


@pytest.fixture
def served(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., ModelServer]]:
    """Starts a judge at OPENAI_BASE_URL."""
    with ExitStack() as running:

        def start(answer: Callable[[Question], Say]) -> ModelServer:
            server = running.enter_context(serve(lambda request, number: answer(read(request))))
            monkeypatch.setenv("OPENAI_BASE_URL", server.url)
            monkeypatch.setenv("OPENAI_API_KEY", "any")
            return server

        yield start


def report(claims: Path, capsys: pytest.CaptureFixture[str], *more: str) -> dict[str, Any]:
    assert judge.main(["--claims", str(claims), "--model", "openai:judge", "--json", *more]) == 0
    return json.loads(capsys.readouterr().out)


def strict(question: Question) -> Say:
    """Catches one of the two wrong claims that the rules let pass, and takes a right one for wrong."""
    return Say(text(verdicts(question, lambda said: "no" if "비슷" in said or "도로" in said else "")))


def silent(question: Question) -> Say:
    return Say(text({"supported": [], "rejected": []}))


def babbles(question: Question) -> Say:
    return Say("no JSON")


def test_wrong_claims_caught_and_right_ones_rejected_are_counted_apart(
    claims: Path, served: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    server = served(strict)
    found = report(claims, capsys)
    assert found["rejected by rules"] == {"bad": 1, "ok": 0}
    assert found["caught"] == {"rejected": 1, "of": 2}
    assert found["falsely rejected"] == {"rejected": 1, "of": 3}
    assert found["types"]["bad"] == {"direction": {"rejected": 1, "of": 1}, "invented_fact": {"rejected": 0, "of": 1}}
    assert [m["id"] for m in found["missed"]] == ["a3"]
    assert [(m["id"], m["reason"]) for m in found["false rejections"]] == [("a4", "contradicted: no")]
    assert found["unanswered"] == 0 and found["tokens"]["calls"] == len(server.asked)


def test_a_call_is_the_critics_own_and_never_has_two_claims_on_one_sentence(
    claims: Path, served: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    server = served(strict)
    report(claims, capsys)
    questions = [read(request) for request in server.asked]
    assert {question.schema for question in questions} == {"Verdicts"}
    for question in questions:
        cited = [line.split("[")[1].split("]")[0] for line in question.user.splitlines() if line.startswith("S")]
        assert len(cited) == len(set(cited)) > 0
    judged = [said for question in questions for said in question.items.values()]
    assert sorted(judged) == sorted(said for id, _, _, _, said, _ in CLAIMS if id != "a2")


def test_what_a_judge_does_not_name_counts_as_rejected_and_what_it_never_answers_as_nothing(
    claims: Path, served: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    served(silent)
    found = report(claims, capsys)
    assert (found["caught"]["rejected"], found["falsely rejected"]["rejected"]) == (2, 3)
    served(babbles)
    found = report(claims, capsys)
    assert found["unanswered"] == len(CLAIMS) - 1
    assert (found["caught"]["of"], found["falsely rejected"]["of"]) == (0, 0)


def test_the_table_says_the_same(claims: Path, served: Any, capsys: pytest.CaptureFixture[str]) -> None:
    served(strict)
    judge.main(["--claims", str(claims), "--model", "openai:judge"])
    printed = capsys.readouterr().out
    assert "caught by the model: 1 of 2 wrong claims that pass the rules" in printed
    assert "falsely rejected by the model: 1 of 3 right claims" in printed
    assert "missed: a3 (invented_fact)" in printed


@pytest.mark.parametrize(("model", "word"), [("offline", "is no model"), ("openai:judge", "OPENAI_API_KEY")])
def test_without_a_model_it_says_what_is_missing(
    model: str, word: str, claims: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        judge.main(["--claims", str(claims), "--model", model])
    assert word in capsys.readouterr().err
