"""``insights site``: the pages of a data folder, with its memory's map and its reader's interests."""

import re
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

import httpx
from click.testing import Result
from typer.testing import CliRunner

from cli.app import app
from tests.cli.conftest import DAYS, SAMPLE

Insights = Callable[..., Result]


def test_the_site_of_all_days_is_built_beside_them_and_again_only_where_something_changed(
    insights: Insights, data: Path
) -> None:
    first = insights("site", "build")
    assert (first.exit_code, first.stderr) == (0, "")
    days, files, written = re.match(r"(\d+) days in (\d+) files, (\d+) of them new", first.output).groups()  # type: ignore[union-attr]
    assert (int(days), int(written) > 50, int(files) > int(written)) == (len(DAYS) + 1, True, True)
    assert first.output.splitlines()[-1] == str(data / "site" / "index.html")
    assert insights("site", "build").output.startswith(f"{days} days in {files} files, 0 of them new or changed\n")


def test_one_day_is_told_in_the_singular(insights: Insights, data: Path) -> None:
    for day in DAYS:
        shutil.rmtree(data / "reports" / day)
    assert insights("site", "build").output.startswith("1 day in ")
    shutil.rmtree(data / "memory")
    made = insights("memory", "rebuild", "--from-reports").output
    assert made.startswith("the ledger was made from 1 published report\n1 day, ")


def test_the_map_comes_from_the_memory_and_without_one_there_is_none(insights: Insights, data: Path) -> None:
    page = data / "site" / "day" / f"{DAYS[-1]}.html"
    insights("site", "build")
    assert 'class="chart map"' in page.read_text(encoding="utf-8")
    for path in (data / "memory").glob("ledger.sqlite*"):
        path.unlink()
    assert insights("site", "build").exit_code == 0
    assert 'class="chart map"' not in page.read_text(encoding="utf-8")
    (data / "memory" / "ledger.sqlite").write_bytes(b"no ledger" * 200)
    broken = insights("site", "build")
    assert broken.exit_code == 0 and "insights: pages have no map: The ledger" in broken.stderr


def test_interests_are_read_where_they_lie_or_where_they_are_named(
    insights: Insights, data: Path, tmp_path: Path
) -> None:
    page = data / "site" / "day" / f"{SAMPLE}.html"
    insights("site", "build")
    assert "for-you" not in page.read_text(encoding="utf-8")
    Path("interests.toml").write_text('topics = ["sampled"]\n', encoding="utf-8")
    insights("site", "build")
    assert "주제: sampled" in page.read_text(encoding="utf-8")
    missing = insights("site", "build", "--interests", str(tmp_path / "none.toml"))
    assert missing.exit_code == 2 and "none.toml:1: it cannot be read" in missing.stderr
    Path("interests.toml").write_text('topic = ["sampled"]\n', encoding="utf-8")
    told = "interests.toml:1: there is no list 'topic'"
    assert told in insights("site", "build").stderr and told in CliRunner().invoke(app, ["check"]).output


def test_a_report_that_cannot_be_read_makes_the_build_partial_and_is_named(insights: Insights, data: Path) -> None:
    (data / "reports" / SAMPLE / "report.json").write_text("{", encoding="utf-8")
    built = insights("site", "build")
    assert built.exit_code == 3 and built.stderr.startswith(f"insights: {SAMPLE}: ")
    assert (data / "site" / "day" / f"{DAYS[0]}.html").is_file()


def test_without_a_report_and_in_a_folder_of_others_it_says_what_to_do(insights: Insights, data: Path) -> None:
    refused = insights("site", "build", "--out", str(data))
    shutil.rmtree(data / "reports")
    none = insights("site", "build")
    assert (none.exit_code, refused.exit_code) == (1, 1)
    assert "'insights run' writes one" in none.stderr and "name an empty folder" in refused.stderr


def test_it_is_served_on_this_machine_until_it_is_stopped(data: Path) -> None:
    command = [sys.executable, "-c", "from cli.app import main; main()", "site", "serve", "--port", "0"]
    command += ["--data", str(data)]
    root = Path(__file__).parents[2]
    # Whoever runs the tests in the background has Ctrl-C ignored, and so would what they start.
    heard = partial(signal.signal, signal.SIGINT, signal.default_int_handler)
    with subprocess.Popen(
        command, cwd=root, stdout=subprocess.PIPE, text=True, start_new_session=True, preexec_fn=heard
    ) as process:
        try:
            assert process.stdout is not None
            line = process.stdout.readline()
            found = re.match(r"(http://127\.0\.0\.1:\d+/) ", line)
            assert found, line
            answer = httpx.get(found[1], timeout=60)
            assert answer.status_code == 200 and "<h1>2025년 9월 6일 토요일</h1>" in answer.text
            process.send_signal(signal.SIGINT)
            assert process.wait() == 0
        finally:
            process.kill()


def test_a_port_that_is_taken_is_told(insights: Insights) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        told = insights("site", "serve", "--port", str(port))
    assert told.exit_code == 1 and "choose another --port" in told.stderr
