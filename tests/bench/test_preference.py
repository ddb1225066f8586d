"""A reader is asked blind and in both orders which page it would rather have."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

import prompts
from bench.frozen import save
from cli.app import app
from tests import answering
from tests.answering import Question, item
from tests.bench.days import frozen, model
from tests.model_server import Answer, ModelServer, Say, asked_for

PLAIN = "소박하게 쓴다.\n"


def plainer(question: Question) -> Any:
    """Without notes, where the prompt asks for that."""
    return {**item(question), "note": None if PLAIN.strip() in question.system else "밤에 다시 읽을 만합니다."}


def reader(pages: list[str], *, fickle: bool) -> Answer:
    """Prefers the page without notes, and to a digest any page with an opening of its own; ``fickle``: whatever it is
    shown first."""
    others = model(Written=plainer)

    def answer(request: Any, number: int) -> Say:
        if asked_for(request) != "Preference":
            return others(request, number)
        user = str(request["messages"][-1]["content"])
        first, second = user.split("둘째 페이지 (second)")
        pages.append(user)
        better = "first" if fickle or worth(first) > worth(second) else "second"
        return Say(answering.text({"why": "읽기 좋다", "choice": better}))

    return answer


def worth(page: str) -> int:
    return 2 * ("정확도가 오른 날" in page) - ("밤에 다시" in page)


@pytest.mark.parametrize("fickle", [False, True])
def test_a_reader_that_follows_the_order_decides_nothing_and_one_that_does_not_decides(
    fickle: bool, tmp_path: Path, server: Callable[[Answer], ModelServer]
) -> None:
    save(frozen(papers=3), tmp_path / "days")
    candidate = tmp_path / "candidate.md"
    candidate.write_text(PLAIN + prompts.load("ko/synthesize").source)
    pages: list[str] = []
    server(reader(pages, fickle=fickle))
    asked = ("--model", "openai:scripted", "--exam", "0", "--data", str(tmp_path), "--json")
    done = CliRunner().invoke(
        app, ["prompts", "judge" if fickle else "prefer", "ko/synthesize", "now", str(candidate), *asked]
    )
    assert done.exit_code == 0, done.output
    found = json.loads(done.stdout)
    assert len(pages) == 3 * 2, "three pairs, both orders"
    assert not any(sign in page for page in pages for sign in ("Daily AI", "digest", "scripted", "2611"))
    standings = {tuple(one["pair"]): one for one in found["standings"]}
    if fickle:
        assert found["agreement"] == 0.0 and all(one["wins"] == [0, 0] for one in standings.values())
        assert {one["verdict"] for one in standings.values()} == {"cannot tell"}
    else:
        assert found["agreement"] == 1.0
        assert standings["A", "B"]["wins"] == [0, 1] and standings["A", "digest"]["wins"] == [1, 0]
