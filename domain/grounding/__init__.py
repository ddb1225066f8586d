"""Rules that decide without a model whether a sentence stands on what it cites."""
