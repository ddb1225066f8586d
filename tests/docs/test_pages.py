"""The pages that are shown as examples are the ones that the code writes."""

import re
from pathlib import Path

import pytest

from docs.pages.__main__ import HERE, pages
from publishing.shapes import SHAPES

PAGES = dict(pages())
AGAIN = "run `make pages` and look at what it changed"


@pytest.mark.parametrize("path", PAGES, ids=lambda path: str(path.relative_to(HERE)))
def test_an_example_page_is_the_one_that_the_code_writes_with_its_pictures(path: Path) -> None:
    assert path.is_file() and path.read_text(encoding="utf-8") == PAGES[path], AGAIN
    pictures = re.findall(r"!\[[^]]*\]\((\S+)\)", PAGES[path])
    assert len(pictures) == 2
    assert all((path.parent / name).is_file() for name in pictures), AGAIN


def test_there_is_one_for_each_shape_and_language_and_no_other_and_all_are_listed() -> None:
    assert set(PAGES) == {HERE / language / f"{shape}.md" for language in ("ko", "en") for shape in SHAPES}
    assert set(PAGES) == set(HERE.glob("*/*.md"))
    listed = re.findall(r"\]\((\w+/\S+\.md)\)", (HERE / "README.md").read_text(encoding="utf-8"))
    assert {HERE / name for name in listed} == set(PAGES)
