"""A day is frozen and run again from the command line."""

import json
from collections.abc import Callable
from pathlib import Path

from click.testing import Result


def test_a_frozen_day_is_replayed_beside_the_published_one(insights: Callable[..., Result], data: Path) -> None:
    published = data / "reports" / "2025-09-06"
    (published / "receipt.json").write_text(
        json.dumps({"day": "2025-09-06", "language": "ko", "status": "complete", "model": "by hand"})
    )
    before = {path: path.read_bytes() for path in published.iterdir()}
    frozen = insights("freeze", "2025-09-06")
    assert frozen.exit_code == 0 and (data / "days" / "2025-09-06.json").is_file(), frozen.output
    assert "6 papers" in frozen.output and "6 days before" in frozen.output
    done = insights("replay", "2025-09-06", "--model", "offline", "--language", "en")
    assert done.exit_code == 0, done.output
    replayed = data / "replays" / "2025-09-06" / "reports" / "2025-09-06" / "en" / "report.json"
    report = json.loads(replayed.read_text())
    assert len(report["papers"]) == 6 and report["language"] == "en" and report["facts"]
    assert {path: path.read_bytes() for path in published.iterdir()} == before


def test_freezing_a_day_that_was_never_run_says_how_to_run_it(insights: Callable[..., Result]) -> None:
    found = insights("freeze", "2025-10-01")
    assert found.exit_code == 2 and "'insights run 2025-10-01' writes one" in found.output
