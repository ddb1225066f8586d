import subprocess
import sys
from pathlib import Path

import pytest

import sources
from domain import registry
from sources import BadSource, Source, open_sources

OWN = """from dataclasses import dataclass
from domain.reports import Health, Listing


def open_source(what, given):
    return Own(what, given.contact)


@dataclass(frozen=True)
class Own:
    what: str
    contact: str
    name: str = "own"
    address: str = ""
    signal: bool = False

    async def listing(self, day):
        return Listing(papers=(), health=Health(source=self.name, asked=self.what, state="empty"))
"""
"""A whole source."""


def names(*wanted: str, papers: tuple[Path, ...] = ()) -> list[str]:
    opened: tuple[Source, ...] = open_sources(wanted, papers=papers, cache=None, contact="reader@example.org")
    return [source.name for source in opened]


def test_every_known_source_opens_under_its_name_in_the_order_asked() -> None:
    wanted = tuple(reversed(registry.names("sources")))
    assert {"arxiv", "deeplearn", "files", "huggingface", "sample"} <= set(wanted)
    opens = [f"{name}:https://papers.example/feed" if name == "feed" else name for name in wanted]
    told = ["papers.example" if name == "feed" else name for name in wanted]
    assert names(*opens, papers=(Path("some.jsonl"),)) == told


def test_only_deeplearn_is_a_signal() -> None:
    wanted = [name for name in registry.names("sources") if name != "feed"]
    opened = open_sources(wanted, papers=(Path("x"),), cache=None, contact="")
    assert [source.name for source in opened if source.signal] == ["deeplearn"]


def test_a_name_given_twice_opens_one_source() -> None:
    assert names("sample", "sample") == ["sample"]


def test_given_files_are_the_day_and_replace_the_other_sources() -> None:
    assert names("arxiv", "huggingface", papers=(Path("some.jsonl"),)) == ["files"]


def test_files_join_other_sources_when_asked_for_by_name() -> None:
    assert names("huggingface", "files", papers=(Path("some.jsonl"),)) == ["huggingface", "files"]
    assert names("huggingface", "files:some.jsonl") == ["huggingface", "files"]


def test_an_unknown_name_is_refused_and_the_known_ones_are_listed() -> None:
    for wanted in ("arxive", "reading", "../files", ""):
        with pytest.raises(BadSource, match=f"no source called {wanted}; the known ones are "):
            names(wanted)


def test_settings_that_cannot_work_are_refused_in_a_sentence() -> None:
    with pytest.raises(BadSource, match=r"'\.\./x' is not an arXiv category"):
        names("arxiv:cs.CL+../x")
    with pytest.raises(BadSource, match="at least one file"):
        names("files")
    with pytest.raises(BadSource, match="write huggingface, not huggingface:cs"):
        names("huggingface:cs")


def test_a_file_in_the_folder_is_a_source_and_is_told_what_stands_behind_its_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "own.py").write_text(OWN, encoding="utf-8")
    monkeypatch.setattr(sources, "__path__", [*sources.__path__, str(tmp_path)])
    assert "own" in registry.names("sources")
    (opened,) = open_sources(("own:all of it",), cache=None, contact="reader@example.org")
    assert vars(opened) == vars(opened) | {"what": "all of it", "contact": "reader@example.org"}


def test_an_installed_package_adds_a_source_by_an_entry_point(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "their_source.py").write_text(OWN, encoding="utf-8")
    about = tmp_path / "their_package-1.0.dist-info"
    about.mkdir()
    (about / "METADATA").write_text("Metadata-Version: 2.1\nName: their-package\nVersion: 1.0\n", encoding="utf-8")
    (about / "entry_points.txt").write_text("[insights.sources]\ntheirs = their_source\n", encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    assert "theirs" in registry.names("sources")
    assert names("theirs", "sample") == ["own", "sample"]


def test_the_package_is_imported_without_its_web_libraries() -> None:
    look = "import sys, sources; from domain import registry; registry.fault('sources', 'source', 'arxiv')"
    check = f"{look}; assert not {{'httpx', 'bs4', 'defusedxml', 'feedparser'}} & set(sys.modules)"
    subprocess.run([sys.executable, "-W", "error", "-c", check], check=True, cwd=Path(__file__).parents[2])
