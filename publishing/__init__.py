"""Turns a report into files: Markdown, JSON, a picture. No model, no network, no clock."""
