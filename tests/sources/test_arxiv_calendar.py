from datetime import UTC, date, datetime
from itertools import pairwise

import pytest

from sources.reading import arxiv_calendar

DAYS_OF_A_YEAR = [date.fromordinal(date(2026, 1, 1).toordinal() + n) for n in range(364)]


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("day", "start", "end"),
    [
        # The rows of arXiv's table, in summer (US Eastern is UTC-4).
        (date(2026, 8, 12), "2026-08-10T18:00", "2026-08-11T18:00"),
        (date(2026, 8, 13), "2026-08-11T18:00", "2026-08-12T18:00"),
        (date(2026, 8, 14), "2026-08-12T18:00", "2026-08-13T18:00"),
        (date(2026, 8, 17), "2026-08-13T18:00", "2026-08-14T18:00"),
        (date(2026, 8, 18), "2026-08-14T18:00", "2026-08-17T18:00"),
        # In winter, and over the change of the clocks.
        (date(2026, 2, 4), "2026-02-02T19:00", "2026-02-03T19:00"),
        (date(2026, 3, 10), "2026-03-06T19:00", "2026-03-09T18:00"),
        # After Labor Day: Monday's announcement is left out, Tuesday's holds its papers too.
        (date(2026, 9, 9), "2026-09-04T18:00", "2026-09-08T18:00"),
    ],
)
def test_a_listing_holds_what_was_submitted_between_two_deadlines(day: date, start: str, end: str) -> None:
    assert arxiv_calendar.submitted(day) == (utc(start), utc(end))


def test_the_windows_of_a_year_leave_no_gap_and_do_not_overlap() -> None:
    windows = [arxiv_calendar.submitted(day) for day in DAYS_OF_A_YEAR if not arxiv_calendar.why_quiet(day)]
    assert all(before[1] == after[0] < after[1] for before, after in pairwise(windows))


def test_weekends_and_the_days_after_holiday_evenings_have_no_listing_and_say_why() -> None:
    quiet = {day for day in DAYS_OF_A_YEAR if day.weekday() < 5 and arxiv_calendar.why_quiet(day)}
    assert quiet == {
        date(2026, 1, 2),
        date(2026, 1, 20),
        date(2026, 9, 8),
        date(2026, 11, 27),
        date(2026, 12, 30),
    }
    assert "2026-09-07, one of its holidays" in arxiv_calendar.why_quiet(date(2026, 9, 8))
    assert "so a Saturday has no listing" in arxiv_calendar.why_quiet(date(2026, 8, 15))
    assert all(arxiv_calendar.why_quiet(day) for day in DAYS_OF_A_YEAR if day.weekday() >= 5)


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        ("2026-08-11T23:59", date(2026, 8, 11)),
        ("2026-08-12T00:00", date(2026, 8, 12)),
        ("2026-02-04T00:59", date(2026, 2, 3)),
        ("2026-02-04T01:00", date(2026, 2, 4)),
        # Friday's listing stays until Sunday evening; Labor Day's neighbour until Tuesday evening.
        ("2026-08-16T23:59", date(2026, 8, 14)),
        ("2026-08-17T00:00", date(2026, 8, 17)),
        ("2026-09-08T23:59", date(2026, 9, 7)),
    ],
)
def test_a_listing_is_out_from_eight_in_the_evening_before(moment: str, day: date) -> None:
    assert arxiv_calendar.newest(utc(moment)) == day


def test_the_listing_after_skips_quiet_days() -> None:
    assert arxiv_calendar.following(date(2026, 8, 14)) == date(2026, 8, 17)
    assert arxiv_calendar.following(date(2026, 9, 7)) == date(2026, 9, 9)
