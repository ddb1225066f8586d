"""Runs the critic's rules over labelled claims, without any model: ``python -m evals.rules --claims FILE [--json]``."""

import argparse
import json
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from domain.grounding.rules import check_line
from domain.grounding.statement import Cited, Fault, Statement


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m evals.rules", description=__doc__)
    parser.add_argument("--claims", type=Path, required=True, help="JSON Lines of labelled claims")
    parser.add_argument("--json", action="store_true", help="one JSON object instead of a table")
    options = parser.parse_args(arguments)
    if not options.claims.is_file():
        parser.error(f"there is no file {options.claims}: give a JSON Lines file of claims")
    report = measure(read(options.claims))
    print(json.dumps(report, ensure_ascii=False, indent=2) if options.json else table(report))
    return 0


def read(path: Path) -> Iterator[dict[str, Any]]:
    """The claims of a file, one JSON object per line; a broken line stops with its number."""
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if line.strip():
            try:
                yield json.loads(line)
            except json.JSONDecodeError as error:
                sys.exit(f"{path}, line {number}: not JSON ({error.msg})")


def statement(row: dict[str, Any], known: Iterable[str] = ()) -> Statement:
    """The statement of a labelled claim; ``known`` are further sentences of its paper. The row is in the shape of this
    folder (``claim``, ``evidence``, ``language``, perhaps ``title``, ``abstract``, ``kind``, ``facts``) or in that of
    the Korean audit (``claim_ko``, ``evidence_en``, ``paper_title``)."""
    sentences, title = _evidence(row), _title(row)
    abstract = str(row.get("abstract") or " ".join(dict.fromkeys((*sentences, *known))))
    return Statement(
        text=str(row.get("claim") or row["claim_ko"]),
        language=str(row.get("language", "ko")),
        kind=row.get("kind", "reported"),
        cited=(Cited(title=title, abstract=abstract, sentences=sentences),),
        facts=tuple(row.get("facts", ())),
    )


def _title(row: dict[str, Any]) -> str:
    return str(row.get("title") or row.get("paper_title") or "")


def _evidence(row: dict[str, Any]) -> tuple[str, ...]:
    return tuple(row.get("evidence") or row.get("evidence_en") or ())


def measure(rows: Iterable[dict[str, Any]]) -> dict[str, Any]:
    """Per claim the faults, and per label and type how many were rejected of how many.

    Where the file names a paper without its abstract, all sentences that it quotes of that paper stand for it: a
    name may come from the whole abstract, a figure only from the cited sentences.
    """
    rows = list(rows)
    quoted: dict[str, list[str]] = defaultdict(list)
    for row in rows:
        if title := _title(row):
            quoted[title] += _evidence(row)
    claims: list[dict[str, Any]] = []
    rejected: dict[str, Counter[str]] = defaultdict(Counter)
    total: dict[str, Counter[str]] = defaultdict(Counter)
    for row in rows:
        shown = statement(row, quoted.get(_title(row), ()))
        faults = check_line(shown)
        label, kind = str(row["label"]), str(row.get("type", ""))
        total[label][kind] += 1
        rejected[label][kind] += bool(faults)
        claims.append(
            {"id": row["id"], "label": label, "type": kind, "claim": shown.text, "faults": list(map(_shape, faults))}
        )
    types = {
        label: {kind: {"rejected": rejected[label][kind], "of": total[label][kind]} for kind in sorted(total[label])}
        for label in sorted(total)
    }
    return {
        "claims": claims,
        "types": types,
        "totals": {label: {"rejected": rejected[label].total(), "of": total[label].total()} for label in sorted(total)},
        "missed": [claim["id"] for claim in claims if claim["label"] == "bad" and not claim["faults"]],
        "false_alarms": [claim["id"] for claim in claims if claim["label"] == "ok" and claim["faults"]],
    }


def _shape(fault: Fault) -> dict[str, str]:
    return fault.model_dump()


def table(report: dict[str, Any]) -> str:
    """The report as lines: a claim each, the totals by type, what was missed and what was wrongly rejected."""
    lines: list[str] = []
    for claim in report["claims"]:
        faults = claim["faults"]
        rules = ", ".join(sorted({fault["rule"] for fault in faults}))
        lines.append(
            f"{claim['id']}  {'rejected' if faults else 'ok':8}  {claim['label']}/{claim['type']}  {rules}".rstrip()
        )
        lines += [f"    {fault['rule']}: {fault['reason']}" for fault in faults]
    for label, types in report["types"].items():
        lines.append("")
        lines.append("wrong claims found, by type" if label == "bad" else "right claims rejected, by type")
        lines += [f"  {kind:18} {count['rejected']:4} / {count['of']}" for kind, count in types.items()]
        whole = report["totals"][label]
        lines.append(f"  {'all':18} {whole['rejected']:4} / {whole['of']}")
    lines.append("")
    lines.append(f"missed: {' '.join(report['missed']) or 'none'}")
    lines.append(f"right claims rejected: {' '.join(report['false_alarms']) or 'none'}")
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
