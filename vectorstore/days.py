"""Days as the ledger keeps them: integers, yyyymmdd."""

from datetime import date


def day_number(day: date) -> int:
    """20241114 for 2024-11-14."""
    return day.year * 10_000 + day.month * 100 + day.day


def day_from_number(number: int) -> date:
    return date(number // 10_000, number // 100 % 100, number % 100)
