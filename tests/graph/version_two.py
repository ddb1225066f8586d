"""Makes ``version_two.zip``: a data folder as the version wrote it in which each language was a field of its own.

    python -m tests.graph.version_two FILE

To be run in a checkout of e19dc83, the last commit that wrote so, with this file put in its place there. One sample day
is finished, the other was cut off before it was published.
"""

import sys
import zipfile
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from typer.testing import CliRunner

import publishing.files
from cli.app import app
from graph.context import Context
from tests.scripted import HashEmbedder, KeyedClassifier


def main(target: Path) -> None:
    with TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setattr(Context, "embed", HashEmbedder())
        patch.setattr(Context, "classifier", KeyedClassifier())
        patch.chdir(folder)
        data = Path(folder) / "data"
        ran = CliRunner().invoke(app, ["run", "2024-10-06", "--source", "sample"])
        assert ran.exit_code == 0, ran.output
        patch.setattr(publishing.files, "write", _cut_off)
        cut = CliRunner().invoke(app, ["run", "2024-10-13", "--source", "sample"])
        assert cut.exit_code != 0
        with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
            for name in ("runs.sqlite", "memory/ledger.sqlite"):
                archive.write(data / name, name)
            for path in sorted((data / "reports").rglob("*")):
                if path.is_file():
                    archive.write(path, path.relative_to(data))


def _cut_off(*_: object, **__: object) -> None:
    raise KeyboardInterrupt


if __name__ == "__main__":
    main(Path(sys.argv[1]))
