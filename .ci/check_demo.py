"""Looks at what `make demo` wrote: a whole, complete report with all twelve papers in it; exits 1 if it is not."""

import sys
from datetime import date
from pathlib import Path

from domain.reports import Receipt
from publishing import files


def main(folder: Path) -> None:
    day = date.fromisoformat(folder.name)
    assert files.is_whole(folder.parent, day, "ko"), f"{folder} is not a whole report"
    report = files.read_report(folder / "report.json")
    receipt = Receipt.model_validate_json((folder / "receipt.json").read_bytes())
    assert report.status == "complete", f"status {report.status}: {report.reason}"
    assert len(report.papers) == 12, f"{len(report.papers)} papers"
    placed = [item.paper_id for item in report.items] + [one.paper_id for one in report.returning]
    placed += [paper.id for paper in report.listed]
    assert sorted(placed) == sorted(p.id for p in report.papers), "a paper is missing or stands twice"
    claims = list(report.claims())
    assert all(item.claims for item in report.items), "a paper of which nothing is told"
    assert all(c.evidence or c.facts for c in claims), "a claim without evidence"
    assert receipt.health[0].held == 12, f"the receipt says {receipt.health}"
    print(f"demo: {len(report.papers)} papers, {len(report.items)} items, {len(claims)} claims, all with evidence")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
