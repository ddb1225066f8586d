"""A shape is declared in one place, and anybody can add one."""

from collections.abc import Callable
from pathlib import Path

import pytest

from domain.errors import InsightsError
from domain.reports import Receipt, Report
from domain.taxonomy import Taxonomy
from publishing import shapes
from publishing.files import is_whole, write
from publishing.links import anchor
from publishing.page import Page


def hooks(report: Report, taxonomy: Taxonomy) -> str:
    """A shape of a few lines: what came out, and nothing else."""
    page = Page(report, taxonomy)
    lines = (f"- [{page.name(id)}](#{anchor(id)})" for id in page.told)
    return "\n".join(lines) + "\n"


def test_a_third_shape_is_one_function_and_one_name(
    report: Report,
    taxonomy: Taxonomy,
    receipt_of: Callable[[Report], Receipt],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(shapes.SHAPES, "hooks", hooks)
    place = write(report, receipt_of(report), taxonomy, tmp_path, "hooks")
    assert (place / "report.md").read_text(encoding="utf-8") == hooks(report, taxonomy)
    assert is_whole(tmp_path, report.day, "ko")


def test_every_declared_shape_is_published_and_the_first_is_the_default(
    report: Report, taxonomy: Taxonomy, receipt_of: Callable[[Report], Receipt], tmp_path: Path
) -> None:
    texts: dict[str, str] = {}
    for name in shapes.SHAPES:
        place = write(report, receipt_of(report), taxonomy, tmp_path / name, shape=name)
        texts[name] = (place / "report.md").read_text(encoding="utf-8")
    place = write(report, receipt_of(report), taxonomy, tmp_path / "none")
    assert (place / "report.md").read_text(encoding="utf-8") == texts["papers"]
    assert len(set(texts.values())) == len(texts) == 2


def test_a_shape_that_nobody_declared_is_refused_with_those_that_are(
    report: Report, taxonomy: Taxonomy, receipt_of: Callable[[Report], Receipt], tmp_path: Path
) -> None:
    with pytest.raises(InsightsError, match="there is no shape 'haiku'; choose one of: papers, five-part"):
        write(report, receipt_of(report), taxonomy, tmp_path, "haiku")
    assert list(tmp_path.iterdir()) == []
