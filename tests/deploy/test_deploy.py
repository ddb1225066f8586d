"""What runs the program each day: the morning's script, and what calls it from cron, systemd, a container or GitHub."""

import os
import re
import shutil
import subprocess
import tomllib
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest
import yaml
from typer.main import get_command

from cli.app import app
from graph.settings import Secrets, Settings

ROOT = Path(__file__).parents[2]
DEPLOY = ROOT / "deploy"
MONDAY, TUESDAY = ("1", "2026-11-22"), ("2", "2026-11-23")
"""Day of the week, and the day before."""


@pytest.fixture
def morning(tmp_path: Path) -> Callable[..., tuple[int, list[str]]]:
    """Runs the script with a command that writes down how it is called and exits as it is told; its code, the calls."""
    bin = tmp_path / "bin"
    bin.mkdir()
    (bin / "insights").write_text(
        '#!/bin/sh\necho "$*" >> "$CALLS"\ncase $1 in run) exit ${RUN:-0} ;; week) exit ${WEEKLY:-0} ;; '
        "site) exit ${SITE:-0} ;; deliver) exit ${LETTERS:-0} ;; esac\n"
    )
    (bin / "date").write_text(
        '#!/bin/sh\ncase "$*" in *+%u) echo $WEEKDAY ;; *+%G-W%V) echo 2026-W47 ;; '
        "*yesterday*) echo $YESTERDAY ;; esac\n"
    )
    for path in bin.iterdir():
        path.chmod(0o755)

    def run(*arguments: str, on: tuple[str, str] = TUESDAY, **codes: str) -> tuple[int, list[str]]:
        calls = tmp_path / "calls"
        calls.write_text("")
        paths = {"PATH": f"{bin}:{os.environ['PATH']}", "CALLS": str(calls), "WEEKDAY": on[0], "YESTERDAY": on[1]}
        done = subprocess.run([DEPLOY / "morning.sh", *arguments], env=paths | codes, check=False)
        return done.returncode, calls.read_text().splitlines()

    return partial(run, DELIVER="yes")


def test_a_morning_writes_shows_and_sends_yesterday(morning: Callable[..., Any]) -> None:
    assert morning() == (0, ["run 2026-11-23", "site build", "deliver 2026-11-23"])
    assert morning("2026-11-17") == (0, ["run 2026-11-17", "site build", "deliver 2026-11-17"])
    assert morning(DELIVER="no") == (0, ["run 2026-11-23", "site build"])


def test_a_monday_also_looks_back_on_the_week(morning: Callable[..., Any]) -> None:
    calls = ["run 2026-11-22", "week 2026-W47", "site build", "deliver 2026-11-22", "deliver 2026-W47"]
    assert morning(on=MONDAY) == (0, calls)
    assert morning(on=MONDAY, WEEKLY="3") == (0, calls) and morning(on=MONDAY, WEEKLY="1") == (1, calls)


@pytest.mark.parametrize("code", ["3", "4"])
def test_a_partial_and_a_broken_day_go_through_and_tell_by_the_exit_code(
    code: str, morning: Callable[..., Any]
) -> None:
    letters = "4" if code == "4" else "0"
    assert morning(RUN=code, LETTERS=letters) == (int(code), ["run 2026-11-23", "site build", "deliver 2026-11-23"])


@pytest.mark.parametrize("code", ["1", "2"])
def test_a_run_that_could_not_begin_is_followed_by_nothing(code: str, morning: Callable[..., Any]) -> None:
    assert morning(RUN=code) == (int(code), ["run 2026-11-23"])


def test_letters_that_did_not_go_out_are_told_by_the_exit_code(morning: Callable[..., Any]) -> None:
    assert morning(LETTERS="3")[0] == 3 and morning(SITE="1")[0] == 1 and morning(SITE="3")[0] == 0


def workflow() -> dict[Any, Any]:
    return yaml.safe_load((DEPLOY / "github" / "daily.yml").read_text(encoding="utf-8"))


def steps() -> list[dict[str, Any]]:
    (job,) = workflow()["jobs"].values()
    return job["steps"]


def test_the_workflow_runs_keeps_publishes_and_sends_in_this_order() -> None:
    told = [step.get("uses", "").partition("@")[0] or step["run"] for step in steps()]
    marks = [
        "actions/checkout",
        "git clone",
        "memory rebuild --from-reports",
        "insights run",
        "keep.sh",
        "site build",
        "actions/upload-pages-artifact",
        "actions/deploy-pages",
        "insights deliver",
        "keep.sh",
    ]
    place = 0
    for mark in marks:
        place = next(n for n, text in enumerate(told) if n >= place and mark in text) + 1
    assert workflow()["permissions"] == {"contents": "write", "pages": "write", "id-token": "write"}


def test_no_value_of_others_is_part_of_a_script_and_secrets_reach_only_the_steps_that_need_them() -> None:
    whole = workflow()
    assert "secrets." not in str(whole["env"])
    for step in steps():
        assert "${{" not in step.get("run", ""), step["name"]
        if "secrets." in str(step):
            assert re.search(r"insights (run|week|deliver)\b", step["run"]), step["name"]
    assert all(re.fullmatch(r"actions/[a-z-]+@v\d+", step["uses"]) for step in steps() if "uses" in step)


def test_every_script_of_the_workflow_is_one_and_calls_only_verbs_that_there_are() -> None:
    verbs = set(get_command(app).commands)  # type: ignore[attr-defined]  # pyright: ignore
    texts = [step["run"] for step in steps() if "run" in step]
    texts += [path.read_text(encoding="utf-8") for path in (DEPLOY / "morning.sh", DEPLOY / "github" / "keep.sh")]
    found: set[str] = set()
    for text in texts:
        assert subprocess.run(["bash", "-n"], input=text, text=True, check=False).returncode == 0, text
        command = r'(?:may "?[\d ]+"?|insights|"\$insights")'
        called = re.findall(rf"(?:^|[;{{|] |then )\s*{command} ([a-z]+)", text, re.MULTILINE)
        assert set(called) <= verbs, called
        found |= set(called)
    assert found == {"run", "week", "site", "deliver", "memory"}


def test_the_workflow_passes_actionlint() -> None:
    if not (actionlint := shutil.which("actionlint")):
        pytest.skip("actionlint is not installed")
    done = subprocess.run([actionlint, DEPLOY / "github" / "daily.yml"], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_what_is_new_is_kept_on_a_branch_of_its_own_and_nothing_else(tmp_path: Path) -> None:
    def git(*arguments: str, at: Path) -> str:
        done = subprocess.run(["git", *arguments], cwd=at, check=True, capture_output=True, text=True)
        return done.stdout.strip()

    far, data = tmp_path / "far.git", tmp_path / "data"
    git("init", "--quiet", "--bare", str(far), at=tmp_path)
    git("init", "--quiet", "--initial-branch", "data", str(data), at=tmp_path)
    git("remote", "add", "origin", str(far), at=data)
    ignored = next(line for step in steps() for line in step.get("run", "").splitlines() if ".gitignore" in line)
    (data / "memory").mkdir()
    (data / "memory" / "ledger.sqlite").write_text("big")
    (data / "report.json").write_text("{}")
    (data / "outbox.sqlite").write_text("sent")
    subprocess.run(["bash", "-c", ignored.strip()], cwd=tmp_path, check=True)
    for _ in range(2):
        subprocess.run([DEPLOY / "github" / "keep.sh", "2026-11-17"], cwd=tmp_path, check=True)
    assert git("log", "--format=%s", "data", at=far) == "2026-11-17"
    kept = git("ls-tree", "-r", "--name-only", "data", at=far).splitlines()
    assert kept == [".gitignore", "outbox.sqlite", "report.json"]


def test_the_units_are_sound_and_call_the_morning(tmp_path: Path) -> None:
    if not (analyze := shutil.which("systemd-analyze")):
        pytest.skip("systemd is not installed")
    service = (DEPLOY / "systemd" / "insights.service").read_text(encoding="utf-8")
    script = re.findall(r"^ExecStart=(\S+)$", service, re.MULTILINE)
    assert script == ["/opt/daily-ai-insights/deploy/morning.sh"] and "User=root" not in service
    shutil.copy(DEPLOY / "systemd" / "insights.timer", tmp_path)
    # On the machine of the tests nothing lies where the units expect the checkout.
    (tmp_path / "insights.service").write_text(service.replace(script[0], "/bin/true"), encoding="utf-8")
    units = [tmp_path / "insights.timer", tmp_path / "insights.service"]
    done = subprocess.run([analyze, "verify", *units], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_the_line_for_cron_has_five_fields_and_a_command_that_is_one() -> None:
    lines = (DEPLOY / "crontab").read_text(encoding="utf-8").splitlines()
    (line,) = [line for line in lines if line and not line.startswith("#") and "=" not in line.split()[0]]
    minute, hour, *days, command = line.split(maxsplit=5)
    assert (0 <= int(minute) < 60, 0 <= int(hour) < 24, days) == (True, True, ["*"] * 3)
    assert subprocess.run(["sh", "-n", "-c", command], check=False).returncode == 0 and "deploy/morning.sh" in command


def test_the_image_holds_every_package_runs_as_nobody_special_and_keeps_data_in_a_volume() -> None:
    text = (DEPLOY / "Dockerfile").read_text(encoding="utf-8")
    lines = [line.split() for line in text.replace("\\\n", " ").splitlines() if line and not line.startswith("#")]
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    copied = {name for words in lines if words[0] == "COPY" and "--from=build" not in words for name in words[1:-1]}
    assert set(project["tool"]["hatch"]["build"]["targets"]["wheel"]["packages"]) <= copied
    assert [name for name in copied if not (ROOT / name).exists()] == []
    allowed = (DEPLOY / "Dockerfile.dockerignore").read_text(encoding="utf-8").split()
    assert {f"!{name}" for name in copied} <= set(allowed)
    last = lines[max(n for n, words in enumerate(lines) if words[0] == "FROM") :]
    steps = [words[0] for words in last]
    assert steps.index("USER") < steps.index("CMD") and ["VOLUME", "/data"] in last
    assert next(words[1] for words in last if words[0] == "USER") != "root"


# Several machines


def services() -> dict[str, Any]:
    return yaml.safe_load((DEPLOY / "compose.yaml").read_text(encoding="utf-8"))["services"]


def test_the_services_of_a_cluster_know_each_other_and_nobody_outside_reaches_them() -> None:
    every = services()
    assert all(needed in every for one in every.values() for needed in one.get("depends_on", {}))
    published = [port for one in every.values() for port in one.get("ports", [])]
    assert published == ["127.0.0.1:8787:8787"]
    addresses = re.findall(r"(?:@|//)([a-z]+)[:/]", (DEPLOY / "compose.yaml").read_text(encoding="utf-8"))
    assert set(addresses) - {"insights"} <= set(every)
    variables = {name for one in every.values() for name in one.get("environment", {}) if name.startswith("INSIGHTS_")}
    assert {name.removeprefix("INSIGHTS_").lower() for name in variables} <= {
        *Settings.model_fields,
        *Secrets.model_fields,
    }


def test_the_cluster_runs_a_verb_that_there_is_with_flags_that_it_has() -> None:
    _, verb, flag, address = services()["backfill"]["entrypoint"]
    known = get_command(app).commands[verb]  # type: ignore[attr-defined]
    assert flag in {option for parameter in known.params for option in parameter.opts}
    assert services()["worker"]["command"][2] == address
    assert (
        services()["worker"]["build"]["args"]["EXTRAS"].strip("[]")
        in tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["optional-dependencies"]
    )
