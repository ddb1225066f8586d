"""A site built once, of days of every kind."""

from pathlib import Path

import pytest

from . import days


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the site; nobody may change it."""
    tmp = tmp_path_factory.mktemp("built")
    days.made(tmp, *days.reports(), interests=days.MINE)
    return tmp / "site"
