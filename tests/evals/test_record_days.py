"""The answers that are recorded beside the frozen days."""

from pathlib import Path

from bench.frozen import DAYS
from evals import record_days


def test_recorded_answers_are_made_again_from_the_frozen_days_byte_for_byte(tmp_path: Path) -> None:
    made = record_days.record(record_days.written(), tmp_path)
    assert len(made) == 10
    for path in made:
        assert path.read_bytes() == (DAYS / path.name).read_bytes(), "python -m evals.record_days makes them anew"
