"""``insights audit``: the critic's rules over a report that is already published, by this project or before it."""

from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from agents.auditor import Audit, AuditError, Finding, audit
from domain.reports import Drop
from prompts.glossary import load_glossary
from prompts.taxonomy import load_taxonomy
from sources.files import BadFile, read_file

from .app import COMPLETE, USAGE, fail
from .console import open_console, print_json


def audit_report(report: Path, papers: Path, *, language: str, as_json: bool) -> int:
    """Prints every fault and the totals by rule; 0 whatever was found. Raises typer.Exit, with a sentence said, when
    the report cannot be audited."""
    try:
        text = report.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise fail(f"there is no report {report}", USAGE) from None
    except UnicodeDecodeError:
        raise fail(f"{report} is not UTF-8 text; expected is a report in Markdown", USAGE) from None
    except OSError as error:
        raise fail(f"{report} cannot be read: {error.strerror or error}", USAGE) from None
    try:
        held, drops = read_file(papers, "files")
        found = audit(text, held, load_taxonomy(), load_glossary(language), language)
    except BadFile as error:
        raise fail(error, USAGE) from None
    except AuditError as error:
        raise fail(f"{report} cannot be audited: {error}", USAGE) from None
    console = open_console()
    if as_json:
        print_json(console, _shape(report, found, drops))
    else:
        _print(console, report, found, drops)
    return COMPLETE


def _shape(report: Path, found: Audit, drops: tuple[Drop, ...]) -> dict[str, Any]:
    values = found.model_dump(mode="json")
    return {
        "report": str(report),
        "sections": values["sections"],
        "sentences": found.sentences,
        "faults": values["faults"],
        "totals": found.totals,
        "unchecked": values["unchecked"],
        "unusable": [drop.model_dump(include={"what", "reason"}) for drop in drops],
    }


def _print(console: Console, report: Path, found: Audit, drops: tuple[Drop, ...]) -> None:
    if found.faults:
        table = Table(show_lines=True, expand=True)
        for name, share in (("section", 3), ("sentence", 7), ("span", 3), ("rule", 2), ("reason", 6)):
            table.add_column(name, ratio=share, overflow="fold")
        for fault in found.faults:
            table.add_row(Text(fault.section), _marked(fault), Text(fault.span), fault.rule, Text(fault.reason))
        console.print(table)
        totals = Table("rule", "faults")
        for rule, count in found.totals.items():
            totals.add_row(rule, str(count))
        console.print(totals)
    for unchecked in found.unchecked:
        console.print(Text(f"not checked: {unchecked.what} ({unchecked.section}): {unchecked.reason}"))
    for drop in drops:
        console.print(Text(f"not usable: {drop.what}: {drop.reason}"))
    faulty = len({(fault.section, fault.sentence) for fault in found.faults})
    console.print(
        Text(
            f"{report}: {len(found.sections)} sections, {found.sentences} sentences, "
            f"{len(found.faults)} faults in {faulty} of them"
        )
    )


def _marked(fault: Finding) -> Text:
    """The sentence with the offending words set off."""
    sentence = Text(fault.sentence)
    if (start := fault.sentence.find(fault.span)) >= 0:
        sentence.stylize("bold red", start, start + len(fault.span))
    return sentence
