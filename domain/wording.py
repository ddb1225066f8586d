"""Which words a language has to have: forms to be filled in by each. Braces are filled with ``str.format``."""

from datetime import date

from .kinds import CauseKind, FaultKind, ResourceKind, Role, Severity, Standing, Status
from .rates import CERTAINTY
from .value import Value

TITLE = "Daily Artificial Intelligence Insights : Papers"

PluralForms = tuple[str, str]
"""For one, and for any other number; ``{count}`` in both."""


SURE = f"{CERTAINTY:.0%}"
"""How sure the interval of a comparison is."""


def times(ratio: float) -> str:
    """A ratio as facts tell it."""
    return f"{ratio:.1f}" if ratio >= 1 else f"{ratio:.2f}"


def p_value(p: float) -> str:
    """What stands behind the p of a test."""
    return "<0.001" if p < 0.001 else f"={p:.3f}"


def counted(forms: PluralForms, count: int) -> str:
    return forms[0 if count == 1 else 1].format(count=count)


class Wording(Value):
    """What every kind of page has to be written with."""

    quotes: tuple[str, str] = ("“", "”")
    """The marks around what others say."""

    def in_quotes(self, text: str) -> str:
        return text.join(self.quotes)


class PageWords(Wording):
    """The fixed wording of a page in one language. Everything else on it is claims, titles and facts."""

    months: tuple[str, ...]
    weekdays: tuple[str, ...]
    """Monday first."""
    long_day: str
    short_day: str
    day_of_year: str
    """A day of another year than the page's."""

    # The status line.
    new: PluralForms
    returning_count: PluralForms
    minutes: PluralForms
    written: str
    """What a page rests on."""
    checked: str
    quoted: str
    """In place of both on a page without a model."""
    would_add: str
    not_written: str
    """In place of ``would_add`` where a model was asked and gave nothing that could be published."""
    causes: dict[CauseKind, str]
    incomplete: dict[Status, str]
    """For a report that gives no causes."""
    sources: dict[str, str]
    """Names of sources as readers know them; the others keep their own."""

    # What every shape has.
    picture: str
    nothing: dict[Status, str]
    """What stands in place of everything else on a day without papers."""
    opening: str
    threads: str
    editors: str
    """Behind the title of what is ours."""
    note: str
    """Before what the editor adds to a paper."""
    note_legend: str
    by_person_legend: str
    flow: str
    trend_picture: str
    returning: str
    first_day: str
    brought_back: str
    listed: str
    withdrawn: str
    withdrawn_since: str
    withdrawn_now: str
    terms: str

    # An item.
    evidence: str
    resources: dict[ResourceKind, str]
    announced: str
    released: str
    """Out already, at an address that is not told."""
    original: str
    """The link to a paper that arXiv does not have."""
    hub_votes: PluralForms
    votes: PluralForms
    problem: str
    method: str
    proposal: str
    """The method of a paper that is quoted: what its authors propose."""
    result: str
    abstract: str
    continues: str
    same_people: str
    no_results: str
    result_left_out: str
    no_result: str
    breaks_off: str
    quoted_item: str

    # A quoted page: its titles at a glance, then each paper.
    glance: str
    order: str
    by_votes: str
    by_sources: str
    by_category: str
    whole_abstract: str
    more_authors: str

    # Five parts.
    summary: str
    parts: tuple[str, str, str, str, str]
    keywords: str
    source_list: str
    also: str

    # The fold.
    fold: str
    sentences: PluralForms
    changed: PluralForms
    how_made: str
    roles: dict[Role, str]
    place: str
    title_place: str
    as_quoted: str
    changes: str
    mended: str
    left_out: str
    added: str
    rule: str
    facts: str
    more_days: PluralForms
    more_papers: PluralForms
    health: str
    states: dict[str, str]
    held: str
    held_of: str
    batch: str
    signal: str
    unread: str
    """A record that a source handed over and that could not be read."""
    merged: PluralForms
    model: str
    made_by: str
    reason: str
    notices: str
    footer: str

    # The pictures.
    picture_title: str
    picture_empty: str
    told: str
    told_quoted: str
    told_listed: str
    told_returning: str
    trend_title: str
    trend_today: str
    trend_today_partial: str
    trend_mean: str
    no_category: str

    def day(self, day: date) -> str:
        """A day as a page is headed by it."""
        return self._filled(self.long_day, day)

    def other_day(self, day: date, today: date) -> str:
        """Another day as it is named on today's page."""
        return self._filled(self.short_day if day.year == today.year else self.day_of_year, day)

    def _filled(self, form: str, day: date) -> str:
        return form.format(
            year=day.year, month=self.months[day.month - 1], day=day.day, weekday=self.weekdays[day.weekday()]
        )

    def source(self, name: str) -> str:
        return self.sources.get(name, name)


class AuditWords(Wording):
    """The fixed wording of an audit's page."""

    title: str
    held: str
    standings: dict[Standing, str]
    severities: dict[Severity, str]
    none: str
    kinds: dict[FaultKind, str]
    judged: str
    examined: str
    unexamined: str
    unanswered: str
    disbelieved: str
    rules_alone: str
    rules_see: str
    place: str
    mended: str
    unconfirmed: str
    dropped: str
    rule: str
    evidence: str
    sentence: str
    paper_title: str
    listed: str
    untold: str
    untold_paper: str
    all_told: str
    unjudged: str
    unplaced: str
    asides: str
    unusable: str


class Shell(Value):
    """What the command calls things where it lists what is remembered."""

    roles: dict[Role, str]
    """Places of a claim."""
    paper: str
    gone: str
    """Of a category that the taxonomy no longer has."""
    not_filed: str
    whole_day: str
