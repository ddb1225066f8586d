"""all-MiniLM-L6-v2 on this machine: 384 dimensions, made for English, without key and network."""

import os
from collections import defaultdict
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cached_property, partial
from pathlib import Path
from threading import Lock
from typing import Any, NamedTuple, cast

import numpy as np
from numpy.typing import NDArray

from vectorstore.embedding import EmbedderUnavailable, UnknownEmbedder
from vectorstore.minilm_model import ModelMissing, model_folder

_AT_ONCE = 256
"""Tokens: a single short text leaves a processor waiting for the model's weights, and more are no quicker."""


def open_embedder(model: str) -> "MiniLM":
    """Raises UnknownEmbedder when a model is named: there is one."""
    if model:
        raise UnknownEmbedder(f"the embedder minilm is one model: write minilm, not minilm:{model}")
    return MiniLM()


class _Model(NamedTuple):
    """Both libraries come without types."""

    tokenizer: Any
    session: Any


class MiniLM:
    """all-MiniLM-L6-v2 on onnxruntime, as Chroma's own class computes it: mean of the token vectors, 384 dimensions.

    The file is read at the first call. Without the package that it is built from, Chroma may download it. As many
    threads compute, each texts of its own, as OMP_NUM_THREADS says, else as there are processors.
    """

    dimension = 384

    def __init__(self, tokens: int = 128) -> None:
        """``tokens``: where a text is cut. 256 is as far as the model was trained to read; 128 takes half the time."""
        self.name = f"minilm-l6-v2-t{tokens}"
        self._tokens = tokens
        self._loading = Lock()

    def __call__(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Raises EmbedderUnavailable where the model can be neither built nor downloaded."""
        with self._loading:
            tokenizer, session = self._model
        vectors = np.empty((len(texts), self.dimension), np.float32)
        read = [tokenizer.encode(text).ids for text in texts]
        by_length: defaultdict[int, list[int]] = defaultdict(list)
        for row, tokens in enumerate(read):
            by_length[len(tokens)].append(row)
        # Only texts of one length together: filled up to one, a vector would depend on its neighbours.
        together: list[list[int]] = []
        for length, rows in by_length.items():
            step = max(1, _AT_ONCE // length)
            together += (rows[start : start + step] for start in range(0, len(rows), step))
        with ThreadPoolExecutor(_threads()) as threads:
            given = (np.array([read[row] for row in rows], np.int64) for rows in together)
            for rows, means in zip(together, threads.map(partial(_means, session), given), strict=True):
                vectors[rows] = means
        return vectors

    @cached_property
    def _model(self) -> _Model:
        # From 1.29 on it tells Microsoft of every run unless this is set before it is loaded.
        os.environ.setdefault("ORT_DISABLE_TELEMETRY", "1")
        import onnxruntime
        from tokenizers import Tokenizer

        files = _files()
        options = cast(Any, onnxruntime).SessionOptions()
        options.log_severity_level = 3
        options.intra_op_num_threads = 1  # texts side by side: threads that share one mostly wait for each other
        try:
            tokenizer = cast(Any, Tokenizer).from_file(str(files / "tokenizer.json"))
            tokenizer.enable_truncation(max_length=self._tokens)
            tokenizer.no_padding()
            session = onnxruntime.InferenceSession(
                str(files / "model.onnx"), options, providers=["CPUExecutionProvider"]
            )
        except Exception as error:  # both libraries raise bare or private types for a file they cannot read
            raise EmbedderUnavailable(
                f"The embedding model in {files} cannot be read ({error}); delete that folder and start again."
            ) from error
        return _Model(tokenizer, session)


def _means(session: Any, tokens: NDArray[np.int64]) -> NDArray[np.float64]:
    """The vectors of length 1 of texts, for tokens shaped (texts, tokens of each)."""
    given = {"input_ids": tokens, "attention_mask": np.ones_like(tokens), "token_type_ids": np.zeros_like(tokens)}
    [states] = session.run(None, given)
    means = states.mean(axis=1, dtype=np.float64)
    return means / np.linalg.norm(means, axis=1, keepdims=True)


def _threads() -> int:
    told = os.environ.get("OMP_NUM_THREADS", "")
    return max(1, int(told) if told.isdecimal() else os.cpu_count() or 1)


def _files() -> Path:
    try:
        return model_folder() / "onnx"
    except ModelMissing as missing:
        return _downloaded(missing)


def _downloaded(missing: ModelMissing) -> Path:
    # Slow to import, and needed by nobody who has the model.
    from chromadb.utils.embedding_functions.onnx_mini_lm_l6_v2 import ONNXMiniLM_L6_V2

    theirs = ONNXMiniLM_L6_V2(preferred_providers=["CPUExecutionProvider"])
    try:
        theirs._download_model_if_not_exists()  # pyright: ignore[reportPrivateUsage]
    except Exception as error:  # whatever the network, the disk or the archive may do
        raise EmbedderUnavailable(
            f"{missing} Chroma could not download the model instead: {error or type(error).__name__}"
        ) from error
    return theirs.DOWNLOAD_PATH / theirs.EXTRACTED_FOLDER_NAME
