"""What is measured at first sight is measured once, of a set and a state of the code that are both written down."""

import json
import re
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from agents.verdicts import Refusal, Shown, Verdicts
from bench.claims import BadClaims, LabelledPapers, by_critic, read
from domain.grounding.rules import CHECKS, RULES
from evals import first_sight, history, rules_page
from evals.first_sight import Unready, by_rules, ready, result
from evals.history import Count, Result
from tests.scripted import ScriptedLLM

ROW = {
    "id": "a",
    "papers": [
        {
            "title": "Tarn",
            "abstract": "We train Tarn on 250 billion tokens. It is 3.49x faster than Alpha and 11.67x than Beta.",
        }
    ],
    "lines": [
        {"role": "hook", "text": "Tarn은 2,500억 토큰으로 학습했다", "label": "ok"},
        {"role": "result", "text": "Tarn은 250억 토큰으로 학습했습니다.", "label": "bad", "kind": "figure-scale"},
        {"role": "result", "text": "Tarn은 Gamma보다 빠릅니다.", "label": "bad", "kind": "name", "why": "none"},
        {"role": "note", "text": "Tarn은 Delta 사용자에게 맞습니다.", "label": "ok"},
        {"role": "thread", "text": "토큰을 늘리면 나아집니다.", "label": "bad", "kind": "cause"},
    ],
}
RECORD = LabelledPapers.model_validate(ROW)


def git(folder: Path, *words: str) -> None:
    who = ("-c", "user.name=a", "-c", "user.email=a@example.org")
    subprocess.run(["git", "-C", str(folder), *who, *words], check=True, capture_output=True)


@pytest.fixture
def claims(tmp_path: Path) -> Path:
    path = tmp_path / "claims.jsonl"
    path.write_text(json.dumps(ROW, ensure_ascii=False) + "\n", encoding="utf-8")
    return path


@pytest.fixture
def project(tmp_path: Path) -> Path:
    root = tmp_path / "project"
    (root / "evals" / "first_sight").mkdir(parents=True)
    (root / "domain").mkdir()
    (root / "domain" / "rules.py").write_text("RULES = ()\n")
    (root / "evals" / "first_sight" / "SHA256").write_text("# hashes\n")
    git(root, "init", "-q")
    git(root, "add", "-A")
    git(root, "commit", "-qm", "begin")
    return root


def test_nothing_runs_over_a_set_whose_hash_is_not_committed(claims: Path, project: Path) -> None:
    with pytest.raises(Unready, match=r"has the hash [0-9a-f]{64}: write it .* commit that"):
        ready(claims, project)
    listed = project / "evals" / "first_sight" / "SHA256"
    with pytest.raises(Unready) as told:
        ready(claims, project)
    found = re.search(r"[0-9a-f]{64}", str(told.value))
    assert found
    listed.write_text(f"{found[0]}  claims.jsonl\n")
    with pytest.raises(Unready):  # written, not committed
        ready(claims, project)
    git(project, "commit", "-qam", "the set")
    sha256, commit = ready(claims, project)
    assert sha256 == found[0] and re.fullmatch(r"[0-9a-f]{7,}", commit)


def test_nothing_runs_with_code_that_is_not_committed(claims: Path, project: Path) -> None:
    listed = project / "evals" / "first_sight" / "SHA256"
    listed.write_text(f"{first_sight.hashlib.sha256(claims.read_bytes()).hexdigest()}  claims.jsonl\n")
    (project / "domain" / "rules.py").write_text("RULES = (1,)\n")
    git(project, "commit", "-qm", "the set", str(listed))
    with pytest.raises(Unready, match=r"not committed \(M domain/rules.py\)"):
        ready(claims, project)


def test_the_rules_hold_each_line_against_all_sentences_of_its_papers() -> None:
    judged = by_rules(RECORD)
    assert [one.passed for one in judged] == [True, False, False, False, True]
    assert [one.rules for one in judged[1:4]] == [("figure-scale",), ("name",), ("name",)]


def test_what_was_caught_is_counted_by_label_kind_and_rule() -> None:
    counted = result(by_rules(RECORD), path=Path("a.jsonl"), sha256="0", commit="1", judge="rules", model="")
    assert (counted.wrong, counted.figures, counted.right) == (
        Count(found=2, of=3),
        Count(found=1, of=1),
        Count(found=1, of=2),
    )
    assert counted.kinds == {
        "cause": Count(found=0, of=1),
        "figure-scale": Count(found=1, of=1),
        "name": Count(found=1, of=1),
    }
    assert counted.rules == {"figure-scale": Count(found=1, of=1), "name": Count(found=1, of=2)}
    assert [line.split()[0] for line in first_sight.mistakes(by_rules(RECORD))] == ["rejected", "missed"]


async def test_the_lines_of_a_record_are_judged_together_by_the_critic_as_it_is() -> None:
    calls: list[int] = []

    def judges(lines: Sequence[Shown], **_: Any) -> Verdicts:
        calls.append(len(lines))
        wrong = {line.id for line in lines if line.role == "thread"}
        return Verdicts(
            ok=tuple(f"{line.id} {line.about[0]}.1 {line.about[0]}.2" for line in lines if line.id not in wrong),
            mend=(),
            drop=tuple(Refusal(id=id, why="no cause is told") for id in wrong),
            missing=(),
        )

    judged = await by_critic(RECORD, ScriptedLLM({"critique": judges}))
    assert calls == [5]
    assert [one.passed for one in judged] == [True, False, False, False, False]
    assert (judged[1].rules, judged[4].rules, judged[4].why) == (("figure-scale",), (), "no cause is told")


async def test_what_a_rule_sent_back_is_looked_at_once_more_as_in_a_run() -> None:
    calls: list[list[str]] = []

    def insists(lines: Sequence[Shown], **_: Any) -> Verdicts:
        calls.append([line.text for line in lines])
        passed = tuple(f"{line.id} {line.about[0]}.1 {line.about[0]}.2" for line in lines if line.role != "thread")
        drops = tuple(Refusal(id=line.id, why="no cause") for line in lines if line.role == "thread")
        return Verdicts(ok=passed, mend=(), drop=drops, missing=())

    judged = await by_critic(RECORD, ScriptedLLM({"critique": insists}), second_look=True)
    # What it dropped is not asked again; a name passes when the judge insists, a figure needs its words.
    assert calls[1] == [one.text for one in RECORD.lines[1:4]] and len(calls) == 2
    assert [one.passed for one in judged] == [True, False, False, False, False]
    assert [one.again for one in judged] == [True, False, True, True, False]


async def test_lines_without_an_answer_count_as_neither() -> None:
    def sleeps(lines: Sequence[Shown], **_: Any) -> Verdicts:
        return Verdicts(ok=tuple(f"{line.id} {line.about[0]}.1" for line in lines), mend=(), drop=(), missing=())

    judged = await by_critic(RECORD, ScriptedLLM({"critique": sleeps}, honest=False))
    counted = result(judged, path=Path("a"), sha256="0", commit="1", judge="critic", model="m")
    assert (counted.unanswered, counted.wrong.of, counted.right.of) == (5, 0, 0)
    assert "not believed" in judged[0].why


def counted(**changes: Any) -> Result:
    base = result(by_rules(RECORD), path=Path("a.jsonl"), sha256="0", commit="1", judge="rules", model="")
    return base.model_copy(update=changes)


def test_a_set_is_seen_once_anything_ran_over_it_at_another_commit_or_the_same_way(tmp_path: Path) -> None:
    file = tmp_path / "history.jsonl"
    assert not history.append(counted(), file).seen
    assert not history.append(counted(judge="critic", model="m"), file).seen
    assert history.append(counted(), file).seen
    assert history.append(counted(judge="critic", model="m", commit="2"), file).seen
    assert not history.append(counted(sha256="1", commit="2"), file).seen
    assert [one.seen for one in history.load(file)] == [False, False, True, True, False]


def test_the_record_of_a_rule_is_of_first_sights_without_a_model_only() -> None:
    results = (counted(), counted(seen=True), counted(judge="critic"), counted(sha256="1"))
    assert history.records(results) == {"figure-scale": Count(found=2, of=2), "name": Count(found=2, of=4)}


def test_the_page_on_rules_is_current_and_names_every_rule() -> None:
    text = rules_page.PAGE.read_text(encoding="utf-8")
    assert text == rules_page.page(history.load()), "run python -m evals.rules_page"
    assert all(f"| {one.name} |" in text for one in (*RULES, *CHECKS))


def test_the_page_on_rules_tells_what_each_found_and_falsely_rejected() -> None:
    text = rules_page.page([counted()])
    assert re.search(r"\| name \|.*\| 1 \| 1 \|", text)
    assert re.search(r"\| markup \|.*\| 0 \| 0 \|", text)
    assert "| a.jsonl | rules | 2 of 3 | 1 of 1 | 1 of 2 |" in text


def test_no_rule_is_named_anywhere_but_in_the_registry() -> None:
    root = Path(first_sight.__file__).parents[1]
    names = [one.name for one in (*RULES, *CHECKS) if "-" in one.name]
    code = [
        p
        for folder in ("domain", "agents", "graph", "cli", "publishing", "models")
        for p in (root / folder).rglob("*.py")
    ]
    told = [(path.name, name) for path in code for name in names if f'"{name}"' in path.read_text(encoding="utf-8")]
    assert {path for path, _ in told} == {"rules.py"}


def test_a_broken_record_is_named_with_its_line(claims: Path) -> None:
    claims.write_text(claims.read_text(encoding="utf-8") + '{"id": "b", "papers": [], "lines": [{"role": "x"}]}\n')
    with pytest.raises(BadClaims, match=r"claims.jsonl:2: it is no record of claims: lines.0.role"):
        read(claims)


def test_the_command_says_what_to_do_first(claims: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        first_sight.main([str(claims)])
    assert "commit that, then run" in capsys.readouterr().err
