"""What published reports are worth, counted: ``python -m evals.reports REPORT_FOLDER [...]``.

REPORT_FOLDER holds ``report.json`` and ``receipt.json`` of a day. Prints for each day: claims filed and left out (with
the rules that left them out), papers covered by a finding, headline figures of the synthesised abstracts and how many
of them the report carries right, faults that the rules still find in what was published, and model tokens.
"""

import json
import sys
from collections import Counter
from pathlib import Path

from agents.critic import of_part
from domain.claims import Claim
from domain.grounding import drafts, rules
from domain.grounding.headline import carried, headlines
from domain.reports import Receipt, Report
from domain.sentences import sentences
from prompts.glossary import load_glossary


def measure(report: Report, receipt: Receipt) -> dict[str, object]:
    """The figures of one day."""
    claims = [claim for s in report.sections for _, claim in s.claims()] + list(report.overview)
    written = {p for s in report.sections for p in s.papers}
    covered = {e.paper_id for s in report.sections for c in s.findings for e in c.evidence}
    about: dict[str, list[Claim]] = {}
    for claim in claims:
        for paper_id in {e.paper_id for e in claim.evidence}:
            about.setdefault(paper_id, []).append(claim)
    figures = [
        (paper_id, headline)
        for paper_id in sorted(written)
        for headline in headlines(sentences(report.paper(paper_id).abstract))
    ]
    lost = [(p, h.text) for p, h in figures if not carried(h, [c.text for c in about.get(p, [])])]
    glossary = load_glossary(report.language)
    faults = [
        (fault.rule, claim.text)
        for section in report.sections
        for part, claim in section.claims()
        if not section.extractive
        for fault in of_part(
            part, rules.check(drafts.passage_of(claim, report.papers, section.facts, report.language), glossary)
        )
    ]
    out = Counter(d.reason.split(":")[0] for d in receipt.drops if d.step.startswith(("critique", "overview")))
    return {
        "day": str(report.day),
        "status": report.status,
        "claims filed": len(claims),
        "left out": dict(out),
        "papers covered": f"{len(covered & written)} / {len(written)}",
        "figures carried": f"{len(figures) - len(lost)} / {len(figures)}",
        "figures not carried": lost,
        "faults in print": faults,
        "revisions": sum(s.revisions for s in report.sections),
        "model calls": sum(u.calls for u in receipt.usage),
        "tokens in": sum(u.input_tokens for u in receipt.usage),
        "tokens out": sum(u.output_tokens for u in receipt.usage),
    }


def main() -> None:
    for folder in map(Path, sys.argv[1:]):
        report = Report.model_validate_json((folder / "report.json").read_bytes())
        receipt = Receipt.model_validate_json((folder / "receipt.json").read_bytes())
        print(json.dumps(measure(report, receipt), ensure_ascii=False, indent=1))


if __name__ == "__main__":
    main()
