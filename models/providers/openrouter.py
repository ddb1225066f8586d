"""OpenRouter: the models of many providers behind one key, ``openrouter:google/gemma-3-27b-it``."""

from .openai import speaks_openai

PROVIDER = speaks_openai("OPENROUTER_API_KEY", url="https://openrouter.ai/api/v1")
