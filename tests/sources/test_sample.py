from datetime import date
from pathlib import Path

import pytest

import sources
from domain.papers import Paper
from sources import Unavailable
from sources.sample import DAYS, Sample

FOLDER = Path(sources.__path__[0]) / "sample_days"


def test_the_days_are_those_of_the_folder_in_order() -> None:
    assert [f"{day}.jsonl" for day in DAYS] == sorted(file.name for file in FOLDER.glob("*.jsonl"))
    assert DAYS


@pytest.mark.parametrize("day", DAYS, ids=str)
async def test_a_bundled_day_is_listed_whole_and_unchanged(day: date) -> None:
    listing = await Sample().listing(day)
    lines = (FOLDER / f"{day}.jsonl").read_text(encoding="utf-8").splitlines()
    assert list(listing.papers) == [Paper.model_validate_json(line) for line in lines]
    assert (listing.drops, listing.health.source, listing.health.state) == ((), "sample", "answered")


async def test_another_day_is_unavailable_and_the_bundled_ones_are_named() -> None:
    with pytest.raises(Unavailable, match=f"only for {DAYS[0]}"):
        await Sample().listing(date(1999, 1, 1))
