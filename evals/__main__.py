"""All evals that need nothing from outside: ``python -m evals [NAME …] [--into FOLDER] [--model SPEC] [--no-history]``.

Each prints a table and writes ``NAME.txt`` and ``NAME.json`` into the folder (``build/evals``); what is measured at a
commit without changes goes into ``evals/history.jsonl``, and ``history.html`` in the folder plots that file. Without
``--model`` the writer and the critic answer as recorded.

``evals.first_sight``, ``evals.labels``, ``evals.marks``, ``evals.stories``, ``evals.trends``, ``evals.days``,
``evals.quoted`` and ``evals.readers`` need sets of claims or hostile sentences, papers, data folders or readers of
their own, and are run by themselves; ``evals.fit_speech`` makes what ``domain/speech.py`` weighs with,
``evals.fit_bag`` what the classifier does.
"""

import argparse
import json
import sys
import tempfile
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from domain.errors import InsightsError
from graph.settings import OFFLINE, Settings

from . import commits, history, history_page, suite
from .history import Measured

FOLDER = Path("build/evals")


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m evals", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"of {', '.join(suite.EVALS)}; default: all")
    parser.add_argument("--into", type=Path, default=FOLDER, metavar="FOLDER")
    parser.add_argument("--model", default=OFFLINE, metavar="SPEC", help="writes and judges, as in openai:gpt-5-mini")
    parser.add_argument("--no-history", action="store_true", help="keep nothing in evals/history.jsonl")
    asked = parser.parse_args(arguments)
    if unknown := [name for name in asked.names if name not in suite.EVALS]:
        parser.error(f"there is no eval {', '.join(unknown)}; known: {', '.join(suite.EVALS)}")
    asked.into.mkdir(parents=True, exist_ok=True)
    commit, changed = commits.now()
    failed = False
    for name in asked.names or suite.EVALS:
        with tempfile.TemporaryDirectory() as scratch:
            settings = Settings(model=asked.model, language=suite.LANGUAGE, data=Path(scratch))
            try:
                found = suite.EVALS[name](settings)
            except InsightsError as error:
                print(f"{name}: {error}", file=sys.stderr)
                failed = True
                continue
        model = asked.model if name in suite.ASKING and settings.has_model else ""
        measured = Measured(
            eval=name, day=date.today().isoformat(), commit=commit or "unknown", model=model, values=found.values
        )
        print(f"{name}\n{found.table}\n")
        (asked.into / f"{name}.txt").write_text(f"{found.table}\n", encoding="utf-8")
        told = json.dumps(measured.model_dump(), ensure_ascii=False, indent=1)
        (asked.into / f"{name}.json").write_text(f"{told}\n", encoding="utf-8")
        if commit and not changed and not asked.no_history:
            history.keep(measured)
    if changed and not asked.no_history:
        print(f"nothing was added to the history: {changed[0]} is not committed", file=sys.stderr)
    page = asked.into / "history.html"
    page.write_text(history_page.html(history.load_measured(), history.load()), encoding="utf-8")
    print(page)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
