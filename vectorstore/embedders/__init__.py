"""What turns text into vectors. Each file of this folder is one embedder, a module with ``open_embedder(model)``.

``model`` is what stands behind its name: ``nomic-embed-text`` of ``ollama:nomic-embed-text``, empty where nothing does.
Nothing else names an embedder: a new file is a new one, and so is a module that another package declares as an entry
point of ``insights.vectorstore.embedders``.
"""
