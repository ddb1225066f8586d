"""What published pages are worth, counted: ``python -m evals.page REPORT_FOLDER [...] [--json] [--quiet]``.

REPORT_FOLDER holds ``report.json`` and ``report.md`` of a day. Prints a row a day, totals, and by name what was
counted. Exits 1 when a folder could not be measured.
"""

import argparse
import json
import sys
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path

from bench.measures import PageMeasures, measure
from publishing import layout
from publishing.files import PublishError, read_report

_NAMED = (
    "figures_often",
    "sentences_twice",
    "headlines_lost",
    "faults",
    "without_result",
    "terms_unexplained",
    "register_mixed",
)
_COLUMNS: tuple[tuple[str, Callable[[PageMeasures], int]], ...] = (
    ("chars", lambda m: m.characters),
    ("min", lambda m: m.minutes),
    ("items", lambda m: m.items),
    ("notes", lambda m: m.notes),
    (">2x", lambda m: len(m.figures_often)),
    ("twice", lambda m: len(m.sentences_twice)),
    ("figures", lambda m: m.headlines),
    ("lost", lambda m: len(m.headlines_lost)),
    ("wrong", lambda m: len(m.figures_wrong)),
    ("faults", lambda m: len(m.faults)),
    ("no result", lambda m: len(m.without_result)),
    ("mended", lambda m: sum(m.mended.values())),
    ("dropped", lambda m: sum(m.dropped.values())),
    ("added", lambda m: m.added),
    ("terms", lambda m: m.terms),
    ("unexpl.", lambda m: len(m.terms_unexplained)),
    ("register", lambda m: len(m.register_mixed)),
)


def totals(measured: Sequence[PageMeasures]) -> dict[str, float]:
    """Sums over all days, and what they come to per page, per item and per twelve items."""
    sums = {name: sum(value(m) for m in measured) for name, value in _COLUMNS}
    items = sums["items"]
    return {
        **sums,
        "characters per page": sums["chars"] / len(measured),
        "characters per 12 items": 12 * sums["chars"] / items if items else 0.0,
        "notes per item": sums["notes"] / items if items else 0.0,
        "headline figures carried": 1 - sums["lost"] / sums["figures"] if sums["figures"] else 1.0,
    }


def table(measured: Sequence[PageMeasures], *, named: bool = True) -> str:
    """A row a day, totals, and with ``named`` what was counted."""
    lines = ["day        " + "".join(f"{name:>10}" for name, _ in _COLUMNS)]
    lines += [f"{m.day} " + "".join(f"{value(m):>10,}" for _, value in _COLUMNS) for m in measured]
    sums = totals(measured)
    lines.append("all        " + "".join(f"{sums[name]:>10,}" for name, _ in _COLUMNS))
    lines.append(
        f"{sums['characters per page']:,.0f} characters a page, {sums['characters per 12 items']:,.0f} for 12 items; "
        f"{sums['notes per item']:.2f} notes an item; {sums['headline figures carried']:.0%} of headline figures told"
    )
    for title, kinds in (("mended", [m.mended for m in measured]), ("dropped", [m.dropped for m in measured])):
        counts = sum((Counter(each) for each in kinds), Counter[str]()).most_common()
        lines += [f"{title}: {', '.join(f'{kind} {count}' for kind, count in counts)}"] if counts else []
    for m in measured if named else ():
        for name in _NAMED:
            if held := getattr(m, name):
                lines += ["", f"{m.day} {name.replace('_', ' ')}:", *(f"  {text}" for text in held)]
    return "\n".join(lines)


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m evals.page", description="What published pages are worth.")
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--quiet", action="store_true", help="numbers only, without what was counted")
    asked = parser.parse_args(arguments)
    measured: list[PageMeasures] = []
    failed = False
    for folder in asked.folders:
        try:
            markdown = (folder / layout.MARKDOWN).read_text(encoding="utf-8")
            measured.append(measure(read_report(folder / layout.REPORT), markdown))
        except (PublishError, OSError) as error:
            print(error, file=sys.stderr)
            failed = True
    if measured and asked.json:
        days = [m.model_dump(mode="json") for m in measured]
        print(json.dumps({"days": days, "totals": totals(measured)}, ensure_ascii=False, indent=1))
    elif measured:
        print(table(measured, named=not asked.quiet))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
