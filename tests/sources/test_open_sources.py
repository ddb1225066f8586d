import subprocess
import sys
from pathlib import Path

import pytest

from sources import KNOWN, BadSource, Source, open_sources


def names(*wanted: str, papers: tuple[Path, ...] = (), categories: tuple[str, ...] = ("cs.AI",)) -> list[str]:
    opened: tuple[Source, ...] = open_sources(
        wanted, papers=papers, arxiv_categories=categories, cache=None, contact="reader@example.org"
    )
    return [source.name for source in opened]


def test_every_known_source_opens_under_its_name_in_the_order_asked() -> None:
    wanted = tuple(reversed(KNOWN))
    assert names(*wanted, papers=(Path("some.jsonl"),)) == list(wanted)


def test_only_deeplearn_is_a_signal() -> None:
    opened = open_sources(KNOWN, papers=(Path("x"),), arxiv_categories=("cs.AI",), cache=None, contact="")
    assert [source.name for source in opened if source.signal] == ["deeplearn"]


def test_a_name_given_twice_opens_one_source() -> None:
    assert names("sample", "sample") == ["sample"]


def test_given_files_are_the_day_and_replace_the_other_sources() -> None:
    assert names("arxiv", "huggingface", papers=(Path("some.jsonl"),)) == ["files"]


def test_files_join_other_sources_when_asked_for_by_name() -> None:
    assert names("huggingface", "files", papers=(Path("some.jsonl"),)) == ["huggingface", "files"]


def test_an_unknown_name_is_refused_and_the_known_ones_are_listed() -> None:
    with pytest.raises(BadSource, match="no source called arxive; the known ones are arxiv, huggingface"):
        names("arxive")


def test_settings_that_cannot_work_are_refused_in_a_sentence() -> None:
    with pytest.raises(BadSource, match="at least one category"):
        names("arxiv", categories=())
    with pytest.raises(BadSource, match=r"'\.\./x' is not an arXiv category"):
        names("arxiv", categories=("../x",))
    with pytest.raises(BadSource, match="at least one file"):
        names("files")


def test_the_package_is_imported_without_its_web_libraries() -> None:
    check = "import sys, sources; assert not {'httpx', 'bs4', 'defusedxml'} & set(sys.modules)"
    subprocess.run([sys.executable, "-W", "error", "-c", check], check=True, cwd=Path(__file__).parents[2])
