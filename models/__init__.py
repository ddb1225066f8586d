"""Whoever answers prompts. ``llm.py`` is the door; ``chat.py`` stands behind it with any chat server."""
