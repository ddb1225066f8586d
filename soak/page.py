"""docs/faults.md: what was done to the project, how often, and what came of it."""

import json
import re
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

_HEAD = """# Faults, counted

What happens to this project when it is killed, stopped, starved and lied to, counted by `make soak` (`python -m soak`).
After each disturbance the same must hold: nothing that was there is lost, nothing is there or sent or paid for twice,
the user gets a sentence and no traceback, the next run completes, and what it leaves is the same, file by file and row
by row, as after an undisturbed run (receipts aside, which tell how it came to be).

"""
_MOST = 6
"""Sentences shown of a kind."""


def write_page(log: Path, page: Path) -> None:
    """Writes the page from the whole log, with what stands in ``soak/mended.md``."""
    trials = [json.loads(line) for line in log.read_text(encoding="utf-8").splitlines()]
    mended = (Path(__file__).parent / "mended.md").read_text(encoding="utf-8")
    page.write_text(_HEAD + _counts(trials) + _rooms(trials) + _bad(trials) + mended + _seen(trials), encoding="utf-8")


def _kinds(trials: list[dict[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    held: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for trial in trials:
        held[trial["kind"]].append(trial)
    return held


def _counts(trials: list[dict[str, Any]]) -> str:
    lines = ["## Counts\n", "| disturbance | of what | times | bad outcomes |", "|---|---|---:|---:|"]
    for kind, them in _kinds(trials).items():
        whole, what = Counter[str](), Counter[str]()
        for trial in them:
            whole["times"] += trial["number"]
            whole["bad"] += bool(trial["bad"])
            what[trial["what"]] += trial["number"]
        of = ", ".join(f"{name} {number:,}" for name, number in what.most_common() if number)
        lines.append(f"| {kind} | {of} | {whole['times']:,} | {whole['bad']:,} |")
    times, bad = sum(t["number"] for t in trials), sum(bool(t["bad"]) for t in trials)
    return "\n".join([*lines, f"| **all** | | **{times:,}** | **{bad:,}** |"]) + "\n\n"


def _rooms(trials: list[dict[str, Any]]) -> str:
    """How large the disks were that were full, and whether any number of pages was passed over."""
    short: dict[str, set[int]] = defaultdict(set)
    for trial in trials:
        if trial["kind"] == "full disk" and trial["number"] and (pages := re.search(r"(\d+) pages$", trial["seed"])):
            short[trial["what"]].add(int(pages[1]))
    if not short:
        return ""
    lines = ["## Full disks\n", "Each had room for so many pages of 4 KiB more, which was too little.\n"]
    for verb, rooms in short.items():
        last = max(rooms)
        every = 1 < len(rooms) == last + 1
        lines.append(
            f"- {verb}: 0, 1, 2, … {last:,} pages, each in its turn"
            if every
            else f"- {verb}: {len(rooms):,} size{'s'[: len(rooms) > 1]} from {min(rooms)} to {last:,} pages"
        )
    return "\n".join(lines) + "\n\n"


def unmended(trials: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The bad ones, each once, that were not done again since, or not well."""
    last = {(trial["kind"], trial["seed"]): trial for trial in trials if trial["seed"]}
    return [trial for trial in last.values() if trial["bad"]]


def _bad(trials: list[dict[str, Any]]) -> str:
    them = [trial for trial in trials if trial["bad"]]
    if not them:
        return ""
    lines, left = ["## Bad outcomes of these runs\n"], {trial["seed"] for trial in unmended(trials)}
    for trial in them[:30]:
        since = "" if trial["seed"] in left else " (well when it was done again)"
        lines.append(f"- {trial['kind']}, {trial['what']} (`{trial['seed']}`): {_short(trial['bad'], 300)}{since}")
    return "\n".join(lines) + "\n\n"


def _seen(trials: list[dict[str, Any]]) -> str:
    lines = ["## What a user sees\n"]
    for kind, them in _kinds(trials).items():
        seen = Counter[str]()
        for trial in them:
            if trial["seen"] and not trial["bad"]:
                seen[trial["seen"]] += trial["number"]
        if seen:
            lines.append(f"**{kind}**\n")
            lines += [f"- {number:,} × {_short(text, 220)}" for text, number in seen.most_common(_MOST)]
            if len(seen) > _MOST:
                lines.append(f"- and {len(seen) - _MOST} other sentences")
            lines.append("")
    return "\n".join(lines)


def _short(text: str, most: int) -> str:
    whole = " ".join(text.split()).replace("|", "\\|").replace("<", "&lt;").replace("`", "'")
    return whole if len(whole) <= most else f"{whole[:most]}…"
