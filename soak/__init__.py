"""Faults, counted: the project is killed, starved and lied to for as long as it is told. ``python -m soak --help``."""
