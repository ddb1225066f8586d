"""all-MiniLM-L6-v2 on this machine: 384 dimensions, made for English, without key and network."""

from collections.abc import Sequence
from functools import cached_property
from threading import Lock
from typing import TYPE_CHECKING, Any, cast

import numpy as np
from numpy.typing import NDArray

from vectorstore.embedding import EmbedderUnavailable, UnknownEmbedder
from vectorstore.minilm_model import ModelMissing, model_folder

if TYPE_CHECKING:
    from chromadb.utils.embedding_functions.onnx_mini_lm_l6_v2 import ONNXMiniLM_L6_V2


def open_embedder(model: str) -> "MiniLM":
    """Raises UnknownEmbedder when a model is named: there is one."""
    if model:
        raise UnknownEmbedder(f"the embedder minilm is one model: write minilm, not minilm:{model}")
    return MiniLM()


class MiniLM:
    """all-MiniLM-L6-v2 on onnxruntime, through Chroma's own class: mean of the token vectors, 384 dimensions.

    The file is read at the first call. Without the package that it is built from, Chroma may download it.
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
            model = self._model
        vectors = np.empty((len(texts), self.dimension), np.float32)
        # One by one: without padding a batch gains little on a CPU, and a vector does not depend on its neighbours.
        for row, text in enumerate(texts):
            vectors[row] = model([text])[0]
        return vectors

    @cached_property
    def _model(self) -> "ONNXMiniLM_L6_V2":
        import onnxruntime
        from chromadb.utils.embedding_functions.onnx_mini_lm_l6_v2 import ONNXMiniLM_L6_V2

        model = ONNXMiniLM_L6_V2(preferred_providers=["CPUExecutionProvider"])
        try:
            model.DOWNLOAD_PATH = model_folder()
        except ModelMissing as missing:
            _download(model, missing)
        files = model.DOWNLOAD_PATH / model.EXTRACTED_FOLDER_NAME
        options = cast(Any, onnxruntime).SessionOptions()
        options.log_severity_level = 3
        # Threads that spin while they wait take the processor from whoever shares it.
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        try:
            model.tokenizer.enable_truncation(max_length=self._tokens)
            model.tokenizer.no_padding()
            model.model = onnxruntime.InferenceSession(
                str(files / "model.onnx"), options, providers=["CPUExecutionProvider"]
            )
        except Exception as error:  # both libraries raise bare or private types for a file they cannot read
            raise EmbedderUnavailable(
                f"The embedding model in {files} cannot be read ({error}); delete that folder and start again."
            ) from error
        return model


def _download(model: "ONNXMiniLM_L6_V2", missing: ModelMissing) -> None:
    try:
        model._download_model_if_not_exists()  # pyright: ignore[reportPrivateUsage]
    except Exception as error:  # whatever the network, the disk or the archive may do
        raise EmbedderUnavailable(
            f"{missing} Chroma could not download the model instead: {error or type(error).__name__}"
        ) from error
