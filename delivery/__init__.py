"""Brings finished letters to their readers, each of them once."""
