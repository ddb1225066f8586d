"""``insights paper`` as its users meet it."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from .conftest import DAYS, REPEATED

Insights = Callable[..., Result]


@pytest.mark.parametrize(
    "name",
    [
        REPEATED,
        f"{REPEATED}v2",
        f"arxiv:{REPEATED}",
        f" arXiv:{REPEATED}v1 ",
        f"https://arxiv.org/abs/{REPEATED}v1",
        f"http://arxiv.org/pdf/{REPEATED}",
        f"https://huggingface.co/papers/{REPEATED}",
    ],
)
def test_a_paper_is_known_by_every_spelling_of_its_id(name: str, insights: Insights) -> None:
    result = insights("paper", name)
    assert result.exit_code == 0, result.output
    assert "Robot Hands Study 00" in result.output


def test_a_paper_is_known_by_its_whole_title_and_not_by_a_part(insights: Insights) -> None:
    found = json.loads(insights("paper", "robot hands: STUDY 00", "--json").stdout)
    assert found["paper"]["id"] == f"arxiv:{REPEATED}"
    assert insights("paper", "robot hands study").exit_code == 1


def test_the_paper_s_days_sources_category_and_claims_are_told(insights: Insights, data: Path) -> None:
    lines = [line.strip() for line in insights("paper", REPEATED).stdout.splitlines()]
    for day in (DAYS[0], DAYS[2]):
        assert f"{day}  files  {data / 'reports' / day / 'report.md'}" in lines
    assert any(line.startswith("category:") and "로보틱스" in line and "keyed" in line for line in lines)
    said = lines[lines.index("what was said of it") + 1 :]
    # As it was told, each line once although the opening says the hook again, and the line of the day it came again.
    hook = "정확도가 올랐다: robot hands grasp cups from a kitchen table."
    assert said == [
        f"{DAYS[0]}  ko  핵심  {hook}",
        f"{DAYS[0]}  ko  결과  정확도가 10% 올랐습니다.",
        f"{DAYS[0]}  ko  참고  한계는 아직 분명하지 않습니다.",
        f"{DAYS[2]}  ko  다시 온 논문  {hook}",
    ]


def test_a_paper_is_shown_with_the_name_that_it_was_told_under(insights: Insights) -> None:
    assert insights("paper", REPEATED).stdout.splitlines()[0] == "Study-00100: Robot Hands Study 00"
    assert json.loads(insights("paper", REPEATED, "--json").stdout)["name"] == "Study-00100"


def test_json_is_the_whole_biography(insights: Insights) -> None:
    found = json.loads(insights("paper", REPEATED, "--json").stdout)
    assert found["paper"]["id"] == f"arxiv:{REPEATED}"
    assert found["paper"]["url"] == f"https://arxiv.org/abs/{REPEATED}"
    assert [(row["day"], row["sources"]) for row in found["days"]] == [(DAYS[0], ["files"]), (DAYS[2], ["files"])]
    assert (found["category"], found["certainty"], found["decided_by"]) == ("robotics", 0.9, "keyed")
    assert {claim["paper_id"] for claim in found["claims"]} == {f"arxiv:{REPEATED}"}


def test_a_paper_that_never_came_is_said_in_a_sentence(insights: Insights) -> None:
    result = insights("paper", "1706.03762")
    assert result.exit_code == 1
    assert "no paper '1706.03762' is remembered" in result.output


def test_a_paper_that_was_withdrawn_says_since_when(insights: Insights, data: Path, tmp_path: Path) -> None:
    note = "This paper has been withdrawn by the author"
    row = {"id": REPEATED, "title": "Robot Hands Study 00", "summary": "We show how.", "comment": note}
    (tmp_path / "day.jsonl").write_text(json.dumps(row), encoding="utf-8")
    result = insights("run", "2025-09-08", "--papers", tmp_path / "day.jsonl")
    assert (result.exit_code, "quiet" in result.output) == (0, True), result.output
    assert f"withdrawn, as known since 2025-09-08: {note}" in insights("paper", REPEATED).stdout
    told = json.loads(insights("paper", REPEATED, "--json").stdout)
    assert told["withdrawn"] == ["2025-09-08", note]
