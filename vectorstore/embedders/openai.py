"""Embeddings of OpenAI, or of a server that speaks its protocol: ``openai:NAME``, at OPENAI_BASE_URL."""

from vectorstore.embedding import EmbedderUnavailable, Served, UnknownEmbedder


def open_embedder(model: str) -> Served:
    """Raises UnknownEmbedder without a model."""
    if not model:
        raise UnknownEmbedder("the embedder openai needs a model: write openai:text-embedding-3-small")

    def ask(texts: list[str]) -> list[list[float]]:
        from langchain_openai import OpenAIEmbeddings
        from openai import OpenAIError

        try:
            # Otherwise token ids are sent instead of text, which only OpenAI's own server understands.
            client = OpenAIEmbeddings(model=model, check_embedding_ctx_length=False, chunk_size=256)
            return client.embed_documents(texts)
        except OpenAIError as error:
            raise EmbedderUnavailable(f"The embedding model {model} did not answer: {error}") from error

    return Served("openai", model, ask)
