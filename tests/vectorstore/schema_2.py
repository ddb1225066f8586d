"""Makes ``schema_2.zip``: the memory of two sample days in schema 2, and their reports as they were published then.

    python -m tests.vectorstore.schema_2 FILE

To be run in a checkout of 3d32819, the last commit that wrote that schema, with this file put in its place there.
"""

import sys
import zipfile
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from typer.testing import CliRunner

from cli.app import app
from graph.context import Context
from tests.scripted import KeyedClassifier
from tests.vectorstore.conftest import HashEmbedder
from vectorstore.memory import Memory

DAYS = ("2024-10-06", "2024-10-13")


def main(target: Path) -> None:
    with TemporaryDirectory() as data, pytest.MonkeyPatch.context() as patch:
        patch.setattr(Context, "embed", HashEmbedder())
        patch.setattr(Context, "classifier", KeyedClassifier())
        for day in DAYS:
            result = CliRunner().invoke(app, ["run", day, "--source", "sample", "--data", data])
            assert result.exit_code == 0, result.output
        with Memory.open(Path(data) / "memory", HashEmbedder(), lexicon=Context().lexicon) as memory:
            memory.backup(target)
        with zipfile.ZipFile(target, "a", zipfile.ZIP_DEFLATED) as archive:
            for day in DAYS:
                archive.write(Path(data) / "reports" / day / "report.json", f"reports/{day}/report.json")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
