"""What blind readers and auditors are handed, and what came of it.

    python -m evals.readers bundle --ours report.md --other digest.md --papers papers.jsonl --round FOLDER --name DAY
        [--roles researcher engineer editor auditor] [--language ko] [--seed 0] [--hide WORDS …]
    python -m evals.readers score FOLDER [--json]

``bundle`` makes one folder for each role, ``DAY-researcher`` and so on: ``A.md`` and ``B.md`` (which is ours changes
from role to role, beginning with a drawn letter), ``abstracts.md`` and ``sheet.md``, which asks for an ``answer.json``.
Which letter is whose stands beside the folder in ``DAY-researcher.key.json``, which no reader may see. ``score`` reads
the answers of all folders of a round, ``answer*.json``, and prints its table.
"""

import argparse
import gzip
import json
import random
import sys
import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import Any, cast

from bench.as_read import SIGNS, blind
from domain.languages import find
from domain.papers import one_line

from .rounds import EXAMPLES, Key, Round, SheetError, gather, table

_SHEETS = Path(__file__).parent / "sheets"
ROLES = ("researcher", "engineer", "editor", "auditor")


def abstracts(papers: Path, language: str) -> tuple[str, int]:
    """The papers as Markdown, and how many there are. ``papers``: JSON Lines (also gzip), a JSON list, or a report.

    Raises SheetError for a file without papers, or one whose papers lack title or abstract.
    """
    rows = _papers(papers)
    parts: list[str] = []
    for place, row in enumerate(rows, start=1):
        title, abstract = row.get("title"), row.get("abstract") or row.get("summary")
        if not title:
            raise SheetError(f"{papers}: paper {place} has no title.")
        none = "(초록 없음)" if language == "ko" else "(no abstract)"
        parts.append(f"## P{place}. {one_line(str(title))}\n\n{one_line(str(abstract)) if abstract else none}")
    return "\n\n".join(parts) + "\n", len(rows)


def _papers(path: Path) -> list[dict[str, Any]]:
    opened = gzip.open if path.suffix == ".gz" else open
    try:
        with opened(path, "rt", encoding="utf-8") as file:
            text = file.read()
    except OSError as error:
        raise SheetError(f"{path} cannot be read: {error.strerror or error}.") from None
    try:
        data: Any = json.loads(text)
    except json.JSONDecodeError:
        try:
            data = [json.loads(line) for line in text.splitlines() if line.strip()]
        except json.JSONDecodeError as error:
            raise SheetError(f"{path} is neither JSON nor JSON Lines: {error.msg}.") from None
    if isinstance(data, dict):
        report = cast("dict[str, Any]", data)
        data = report.get("papers", [report] if "title" in report else [])
    # A recorded day of the Hugging Face API has the paper inside, with its abstract.
    rows = [{**row, **row["paper"]} if isinstance(row.get("paper"), dict) else row for row in data]
    if not rows:
        raise SheetError(f"{path} holds no papers: expected JSON Lines with title and abstract, or a report.json.")
    return rows


def sheet(role: str, language: str) -> str:
    """What a reader of a role is asked; raises SheetError for a role or language that no sheet knows."""
    kind = "audit" if role == "auditor" else "reading"
    personas = tomllib.loads((_SHEETS / "roles.toml").read_text(encoding="utf-8"))
    if role not in personas.get(language, {}):
        raise SheetError(
            f"No sheet for the role '{role}' in '{language}': evals/sheets/roles.toml lists those there are."
        )
    text = (_SHEETS / f"{kind}.{language}.md").read_text(encoding="utf-8")
    example = EXAMPLES[kind].model_dump_json(indent=2)
    return text.replace("{role}", personas[language][role]).replace("{answer}", example)


def bundle(
    ours: str,
    other: str,
    papers: Path,
    to: Path,
    *,
    name: str,
    roles: Sequence[str] = ROLES,
    language: str = "ko",
    seed: int = 0,
    hide: Sequence[str] = (),
) -> list[str]:
    """Writes the folders of a day and their keys into ``to``; gives the lines that were taken out of the two pages.

    A role that stands twice gets a second folder. Raises SheetError, before anything is written, where the papers or a
    role cannot be used, or where a folder is there already: a reading that has begun is never changed.
    """
    told, count = abstracts(papers, language)
    sheets = [sheet(role, language) for role in roles]
    hide, words = (*SIGNS, *hide), find(language)
    pages = (
        blind(ours, words.heading, promise=words.page.checked, hide=hide),
        blind(other, words.heading, hide=hide),
    )
    first = random.Random(f"{seed}/{name}").randrange(2)
    names = [
        f"{name}-{role}" + (f"-{roles[:place].count(role) + 1}" if role in roles[:place] else "")
        for place, role in enumerate(roles)
    ]
    if there := [each for each in names if (to / each).exists()]:
        raise SheetError(f"{to} has {', '.join(there)} already: take another --name or --round.")
    for place, (each, role) in enumerate(zip(names, roles, strict=True)):
        swapped = (first + place) % 2
        folder = to / each
        folder.mkdir(parents=True)
        for letter, page in zip("AB", reversed(pages) if swapped else pages, strict=True):
            (folder / f"{letter}.md").write_text(page.text, encoding="utf-8")
        (folder / "abstracts.md").write_text(told, encoding="utf-8")
        (folder / "sheet.md").write_text(sheets[place], encoding="utf-8")
        key = Key(ours="B" if swapped else "A", role=role, language=language, papers=count, seed=seed)
        (to / f"{each}.key.json").write_text(key.model_dump_json(indent=2) + "\n", encoding="utf-8")
    return [f"{whose}: {line}" for whose, page in zip(("ours", "other"), pages, strict=True) for line in page.removed]


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m evals.readers", description="Blind readings and audits.")
    commands = parser.add_subparsers(dest="command", required=True)
    made = commands.add_parser("bundle", help="make the folders of a day")
    for option in ("--ours", "--other", "--papers", "--round"):
        made.add_argument(option, type=Path, required=True)
    made.add_argument("--name", required=True, help="of the day, in the folders' names")
    made.add_argument("--roles", nargs="+", choices=ROLES, default=ROLES)
    made.add_argument("--language", choices=("ko", "en"), default="ko")
    made.add_argument("--seed", type=int, default=0)
    made.add_argument("--hide", nargs="+", default=(), help="further words that would give a page away")
    scored = commands.add_parser("score", help="print the table of a round")
    scored.add_argument("round", type=Path)
    scored.add_argument("--json", action="store_true")
    asked = parser.parse_args(arguments)
    try:
        if asked.command == "bundle":
            ours, other = (path.read_text(encoding="utf-8") for path in (asked.ours, asked.other))
            options = {name: getattr(asked, name) for name in ("name", "roles", "language", "seed", "hide")}
            removed = bundle(ours, other, asked.papers, asked.round, **options)
            print("\n".join(["taken out, so that nobody knows whose page it is:", *(f"  {r}" for r in removed)]))
        else:
            found: Round = gather(asked.round)
            print(found.model_dump_json(indent=2) if asked.json else table(found))
    except (SheetError, OSError) as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
