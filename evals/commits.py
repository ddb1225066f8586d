"""Which commit is measured, and whether what is measured is committed."""

import subprocess
from pathlib import Path

ROOT = Path(__file__).parents[1]
MEASURED = ("domain", "prompts", "agents", "models", "publishing", "sources", "vectorstore", "graph", "bench", "evals")


def git(root: Path, *words: str) -> str:
    """What git says; empty where it fails."""
    done = subprocess.run(["git", "-C", str(root), *words], capture_output=True, text=True, check=False)
    return done.stdout if done.returncode == 0 else ""


def now(root: Path = ROOT) -> tuple[str, list[str]]:
    """The short hash of the commit, empty outside of a repository, and the measured files that differ from it."""
    lines = git(root, "status", "--porcelain", "--", *MEASURED).splitlines()
    changed = [line[3:] for line in lines if line[3:] != "evals/history.jsonl"]
    return git(root, "rev-parse", "--short", "HEAD").strip(), changed
