"""The command ``insights``. Importing it, and ``--help``, load neither LangGraph nor Chroma nor a model's client."""
