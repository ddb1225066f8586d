"""A site built once, of days of every kind."""

from pathlib import Path

import pytest

from domain.week_by_rule import arrange
from publishing import weeks
from publishing.site.week import markdown
from tests.publishing.day import TAXONOMY

from . import days


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the site; nobody may change it."""
    tmp = tmp_path_factory.mktemp("built")
    week = arrange(days.WEEK, [report for report in days.reports() if report.language == "ko"], "ko", rows=days.ROWS)
    weeks.write(week, markdown(week, TAXONOMY), tmp / "weeks")
    days.made(tmp, *days.reports(), interests=days.MINE, reviews=tmp / "weeks")
    return tmp / "site"
