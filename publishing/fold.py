"""What is folded away at the end of a page: what each line rests on, what was mended or left out, how it was made."""

from collections.abc import Iterator

from domain.claims import ITEM_ROLES, Claim, Evidence
from domain.items import Change
from domain.reports import Health
from domain.trends import Fact

from .blocks import trend_picture
from .escape import escape, link
from .links import other_day, paper_link, target
from .page import Page, printable
from .words import PageWords, counted

_LINKED = 3
"""Days that a fact links to, the first and the last ones of them; and papers, the first."""


def fold(page: Page) -> Iterator[str]:
    w = page.words
    lines = cited(page)
    sentences = {(e.paper_id, e.sentence) for _, claim in lines for e in claim.evidence}
    told = [counted(w.sentences, len(sentences))] if sentences and not page.report.quoted else []
    told += [counted(w.changed, len(page.report.changes))] if page.report.changes else []
    summary = w.fold.format(evidence=", ".join(told)) if told else w.how_made
    yield f"<details><summary>{summary}</summary>"
    if not page.report.quoted:
        yield from _evidence(page, lines)
    yield from _facts(page, lines)
    yield from _changes(page)
    yield from _notices(page)
    if told:
        yield f"**{w.how_made}**"
    yield from _made(page)
    yield w.footer
    yield "</details>"


def cited(page: Page) -> list[tuple[str, Claim]]:
    """Every line of ours that is printed, with the name of its place: ``result 2``, ``today's stories 1``."""
    w = page.words
    held: list[tuple[str, Claim]] = []
    for id, claims in page.told.items():
        for claim in claims if not page.items[id].quoted else ():
            alike = [other for other in claims if other.role == claim.role]
            number = f" {alike.index(claim) + 1}" if len(alike) > 1 else ""
            held.append((f"{w.roles[claim.role]}{number}", claim))
    for stories in (page.opening, page.threads):
        for number, story in enumerate(stories, start=1):
            held += [(f"{w.roles[c.role]} {number}", c) for c in (story.headline, story.text) if c]
    picks = [pick.why for pick in page.report.picks if pick.why and pick.paper_id in page.items]
    lines = [one.line for one in page.report.returning if one.line]
    held += [(w.roles[claim.role], claim) for claim in printable([*picks, *lines])]
    held += [(w.roles["flow"], claim) for claim in page.flow]
    return held


def _evidence(page: Page, cited: list[tuple[str, Claim]]) -> Iterator[str]:
    """Per paper, in the order of the page: which line rests on which of its sentences, and these, each once."""
    own: dict[str, list[tuple[str, Evidence]]] = {}
    for place, claim in cited:
        for evidence in claim.evidence:
            own.setdefault(evidence.paper_id, []).append((place, evidence))
    quoted = {claim.text.strip() for _, claim in cited}
    for paper_id, held in own.items():
        paper = page.paper(paper_id)
        category = escape(page.category_name(page.categories[paper_id]))
        lines = [f"{target(paper_id, 'e')}**{escape(page.name(paper_id))}** · {category}", ""]
        places: dict[str, set[int]] = {}
        for place, evidence in held:
            places.setdefault(place, set()).add(evidence.sentence)
        sentences = {evidence.sentence: evidence for _, evidence in held}
        for number in sorted(sentences):
            served = ", ".join(place for place, numbers in places.items() if number in numbers)
            lines.append(f"- {_sentence(page, sentences[number], paper.title, quoted)} ← {served}")
        yield "\n".join(lines)


def _sentence(page: Page, evidence: Evidence, title: str, quoted: set[str]) -> str:
    w = page.words
    if not evidence.sentence:
        return f"{w.title_place}: {escape(title)}" if page.name(evidence.paper_id) != title else w.title_place
    where = w.place.format(number=evidence.sentence)
    return f"{where}: " + (w.as_quoted if evidence.quote.strip() in quoted else w.in_quotes(escape(evidence.quote)))


def _facts(page: Page, cited: list[tuple[str, Claim]]) -> Iterator[str]:
    printed = {claim.text for _, claim in cited}
    ids = dict.fromkeys(id for _, claim in cited for id in claim.facts if id in page.facts)
    if ids:
        yield f"**{page.words.facts}**"
        yield "\n".join(f"- {_fact(page, page.facts[id], printed)}" for id in ids)


def _fact(page: Page, fact: Fact, printed: set[str]) -> str:
    """A fact with the days and papers from which it recomputes; one that the page prints is not said again."""
    w = page.words
    text = fact.text(page.report.language)
    days, papers = sorted(fact.days), list(_named(page, fact))
    more_days, more_papers = len(days) - _LINKED, len(papers) - _LINKED
    if more_days > 0:
        days = [days[0], *days[1 - _LINKED :]]
    about = [other_day(page, day) for day in days]
    about += [counted(w.more_days, more_days)] if more_days > 0 else []
    about += papers[:_LINKED]
    about += [counted(w.more_papers, more_papers)] if more_papers > 0 else []
    shown = f"{w.roles['flow']}: {w.as_quoted}" if text in printed else escape(text)
    return f"{shown} — {' · '.join(about)}" if about else shown


def _named(page: Page, fact: Fact) -> Iterator[str]:
    """Short links to papers that may be of another day, of which only the id is known."""
    for id in fact.papers:
        if id.startswith("arxiv:"):
            yield link(id.replace("arxiv:", "arXiv:"), f"https://arxiv.org/abs/{id.removeprefix('arxiv:')}")
        elif id in page.papers:
            yield paper_link(page.papers[id])


def _changes(page: Page) -> Iterator[str]:
    if page.report.changes:
        yield f"**{page.words.changes}**"
        yield "\n".join(f"- {_change(page, change)}" for change in page.report.changes)


def _change(page: Page, change: Change) -> str:
    """What was there before and why it is not there now; what stands on the page is not said again."""
    w = page.words
    before = [page.words.in_quotes(escape(change.before))] if change.before else []
    told = " · ".join([changed(change, w), *map(escape, changed_about(page, change)), *before])
    why = [escape(change.why)] if change.why else []
    why += [f"({w.rule.format(name=escape(change.rule))})"] if change.rule else []
    return f"{told} — {' '.join(why)}" if why else told


def changed(change: Change, w: PageWords) -> str:
    """What became of a line."""
    return w.left_out if not change.after else w.mended if change.before else w.added


def changed_about(page: Page, change: Change) -> list[str]:
    """Which paper and which place the line was of, as plain text."""
    about = [page.name(change.paper_id)] if change.paper_id in page.papers else []
    # Of a line of before there were items only the text is known.
    return about + ([page.words.roles[change.role]] if about or change.role not in ITEM_ROLES else [])


def _notices(page: Page) -> Iterator[str]:
    notes = [one for one in page.report.withdrawn if one.note]
    if notes:
        yield f"**{page.words.notices}**"
        yield "\n".join(f"- {escape(one.title)}: {page.words.in_quotes(escape(one.note))}" for one in notes)


def _made(page: Page) -> Iterator[str]:
    """Sources, model and prompts, and the reason on record where something is missing."""
    report, w = page.report, page.words
    if not page.flow:
        yield from trend_picture(page)
    records = sum(health.held for health in report.health if not health.signal)
    merged = records - len(report.papers)
    lines: list[str] = []
    for health in report.health:
        lines.append(f"- {w.health}: {escape(health.source)} ({escape(health_told(health, w))})")
        lines += [f"  - {w.unread}: {escape(drop.what)} — {escape(drop.reason)}" for drop in health.lost]
    lines += [f"- {counted(w.merged, merged)}"] if merged > 0 and report.papers else []
    lines.append(f"- {w.model}: {escape(report.model)}")
    made = dict.fromkeys(item.made_by for item in report.items if item.made_by)
    lines += [f"- {w.made_by}: {escape(text)}" for text in made]
    lines += [f"- {w.reason}: {escape(report.reason)}"] if report.reason else []
    yield "\n".join(lines)


def health_told(health: Health, w: PageWords) -> str:
    """How a source behaved, as plain text."""
    told = [w.states[health.state]]
    if health.listed is not None or health.held:
        form = w.held if health.listed is None else w.held_of
        told.append(form.format(listed=health.listed, held=health.held))
    if health.batch:
        told.append(w.batch.format(batch=health.batch.isoformat()))
    if health.signal:
        told.append(w.signal)
    return ", ".join(told) + (f"; {health.note}" if health.note else "")
