"""Embeddings of a model that Ollama serves: ``ollama:NAME``, at OLLAMA_HOST or on this machine."""

from vectorstore.embedding import EmbedderUnavailable, Served, UnknownEmbedder


def open_embedder(model: str) -> Served:
    """Raises UnknownEmbedder without a model."""
    if not model:
        raise UnknownEmbedder("the embedder ollama needs a model: write ollama:nomic-embed-text")

    def ask(texts: list[str]) -> list[list[float]]:
        try:
            from langchain_ollama import OllamaEmbeddings
        except ImportError:
            raise EmbedderUnavailable("ollama: needs its package: pip install '.[ollama]'") from None
        from ollama import ResponseError

        try:
            return OllamaEmbeddings(model=model).embed_documents(texts)
        except (ResponseError, ConnectionError) as error:
            raise EmbedderUnavailable(f"The embedding model {model} of Ollama did not answer: {error}") from error

    return Served("ollama", model, ask)
