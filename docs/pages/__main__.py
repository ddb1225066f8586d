"""Writes the pages in this folder: the hand-made day of the tests, in every shape and language."""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from publishing.files import write
from publishing.shapes import SHAPES, render
from tests.publishing.day import TAXONOMY, TRENDING, receipt_of
from tests.publishing.english import english

HERE = Path(__file__).parent
REPORTS = (TRENDING, english(TRENDING))


def pages() -> Iterator[tuple[Path, str]]:
    """Where each page lies, and what it has to say."""
    for report in REPORTS:
        for shape in SHAPES:
            yield HERE / report.language / f"{shape}.md", render(report, TAXONOMY, shape)


def main() -> None:
    for report in REPORTS:
        folder = HERE / report.language
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        with tempfile.TemporaryDirectory() as published:
            place = write(report, receipt_of(report), TAXONOMY, Path(published))
            for picture in place.glob("*.png"):
                shutil.copy(picture, folder)
    for path, text in pages():
        path.write_text(text, encoding="utf-8")
        print(path)


if __name__ == "__main__":
    main()
