"""The prompt bench: frozen days, runs that are replayed from them, and whether a changed prompt is better."""
