"""Who has chat models. Each file of this folder is one provider, a module with ``PROVIDER``, named as its models are:
``ollama.py`` holds that of ``ollama:NAME``.

Nothing else names a provider: a new file is a new one, and so is a module that another package declares as an entry
point of ``insights.models.providers``.
"""
