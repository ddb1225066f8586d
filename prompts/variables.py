"""What each prompt is filled with: the agent that asks gives exactly these values, and the file uses each of them."""

VARIABLES: dict[str, frozenset[str]] = {
    "audit": frozenset({"sentences", "lines", "fence"}),
    "classify": frozenset({"items", "categories", "fence"}),
    "critique": frozenset({"again", "sentences", "lines", "fence"}),
    "digest": frozenset({"papers", "fence"}),
    "frame": frozenset({"items", "terms", "fence"}),
    "prefer": frozenset({"first", "second", "fence"}),
    "revise": frozenset({"text", "values", "reasons", "fence"}),
    "synthesize": frozenset({"paper", "sentences", "short", "name", "fence"}),
    "week": frozenset({"items", "fence"}),
}
"""By the file's name without ``.md``, the same in every folder."""
