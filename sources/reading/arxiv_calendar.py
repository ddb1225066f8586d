"""When arXiv announces what. A listing carries the date after the evening of its announcement.

Source: https://info.arxiv.org/help/availability.html, read for 2026. All evenings and deadlines are US Eastern; since
announcements come at 20:00, a listing's date is also its date in Korea.
"""

from datetime import UTC, date, datetime, time, timedelta
from itertools import count
from zoneinfo import ZoneInfo

EASTERN = ZoneInfo("America/New_York")
_DAY = timedelta(days=1)
_ANNOUNCED, _DEADLINE = time(20), time(14)
_NO_ANNOUNCEMENT = frozenset(
    date(2026, month, day)
    for month, day in ((1, 1), (1, 19), (6, 19), (7, 3), (9, 7), (11, 26), (12, 25), (12, 29), (12, 31))
)
"""Evenings without announcement beside Fridays and Saturdays."""


def why_quiet(day: date) -> str:
    """Why no listing carries this date; empty where one does."""
    evening = day - _DAY
    if day.weekday() >= 5:
        return f"arXiv announces nothing on Friday and Saturday evenings, so a {day:%A} has no listing"
    if evening in _NO_ANNOUNCEMENT:
        return f"arXiv announces nothing on {evening}, one of its holidays, so {day} has no listing"
    return ""


def announced_at(day: date) -> datetime:
    """The moment from which the listing of a date is out."""
    return datetime.combine(day - _DAY, _ANNOUNCED, EASTERN).astimezone(UTC)


def newest(moment: datetime) -> date:
    """The date of the newest listing that is out at a moment (with time zone)."""
    start = moment.astimezone(EASTERN).date() + _DAY
    return next(day for back in count() if _is_out(day := start - back * _DAY, moment))


def following(day: date) -> date:
    """The date of the first listing after a date."""
    return next(later for ahead in count(1) if not why_quiet(later := day + ahead * _DAY))


def submitted(day: date) -> tuple[datetime, datetime]:
    """From when to when (UTC, end excluded) the papers of a listing were submitted, as the announcement table has it:
    from the deadline of the announcement before to the deadline of its own."""
    before = next(earlier for back in count(1) if not why_quiet(earlier := day - back * _DAY))
    return _deadline(before), _deadline(day)


def _deadline(day: date) -> datetime:
    evening = day - _DAY
    # Sunday's announcement holds what came until Friday.
    last = evening - 2 * _DAY if evening.weekday() == 6 else evening
    return datetime.combine(last, _DEADLINE, EASTERN).astimezone(UTC)


def _is_out(day: date, moment: datetime) -> bool:
    return not why_quiet(day) and announced_at(day) <= moment
