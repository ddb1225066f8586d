"""Text to vector: the embedded all-MiniLM-L6-v2 by default, or an OpenAI-compatible server by setting."""

import re
from collections.abc import Sequence
from functools import cached_property
from threading import Lock
from typing import TYPE_CHECKING, Any, Protocol, cast

import numpy as np
from numpy.typing import NDArray

from domain.errors import InsightsError
from domain.papers import Paper

from .minilm_model import ModelMissing, model_folder

if TYPE_CHECKING:
    from chromadb.utils.embedding_functions.onnx_mini_lm_l6_v2 import ONNXMiniLM_L6_V2
    from langchain_openai import OpenAIEmbeddings


class EmbedderUnavailable(InsightsError):
    """No vectors can be had; the message says why and what to do."""


class Embedder(Protocol):
    """Turns texts into vectors. Two embedders of one name give the same vectors for the same text."""

    @property
    def name(self) -> str:
        """Letters, digits, dots and hyphens: it becomes part of a collection's name."""
        ...

    @property
    def dimension(self) -> int: ...

    def __call__(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Vectors of length 1, shaped (number of texts, dimension)."""
        ...


def paper_text(paper: Paper) -> str:
    """The one form in which a paper is embedded."""
    return f"{paper.title}\n{paper.abstract}"


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


class OpenAIEmbedder:
    """Embeddings of OpenAI, or of a server that speaks its protocol (``OPENAI_BASE_URL``, ``OPENAI_API_KEY``)."""

    def __init__(self, model: str = "text-embedding-3-small", dimension: int = 1536) -> None:
        """``dimension``: what the model returns; the ``text-embedding-3`` models are asked to shorten to it."""
        self.model = model
        self.dimension = dimension
        self.name = "openai-" + re.sub(r"[^a-z0-9.]+", "-", model.casefold()).strip("-.")

    def __call__(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Raises EmbedderUnavailable when the server does not answer or answers with another dimension."""
        from openai import OpenAIError

        if not texts:
            return np.empty((0, self.dimension), np.float32)
        try:
            vectors = np.asarray(self._client.embed_documents(list(texts)), np.float32)
        except OpenAIError as error:
            raise EmbedderUnavailable(f"The embedding model {self.model} did not answer: {error}") from error
        if vectors.shape != (len(texts), self.dimension):
            raise EmbedderUnavailable(
                f"The embedding model {self.model} returns {vectors.shape[-1]} dimensions, "
                f"but the settings say {self.dimension}."
            )
        lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
        return vectors / np.maximum(lengths, np.float32(1e-12))

    @cached_property
    def _client(self) -> "OpenAIEmbeddings":
        from langchain_openai import OpenAIEmbeddings

        return OpenAIEmbeddings(
            model=self.model,
            dimensions=self.dimension if self.model.startswith("text-embedding-3") else None,
            # Otherwise token ids are sent instead of text, which only OpenAI's own server understands.
            check_embedding_ctx_length=False,
            chunk_size=256,
        )
