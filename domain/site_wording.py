"""Which words of its own the site needs in a language, beside those of its pages (``wording.py``). Braces are filled
with ``str.format``."""

from typing import Literal

from .kinds import Reason, Status
from .value import Value
from .wording import PluralForms


class SiteWords(Value):
    """The fixed wording of everything around a report."""

    brand: str
    own_name: str
    """What the language calls itself."""
    skip: str
    today: str
    archive: str
    trends: str
    search: str
    about: str
    main_menu: str
    theme: str
    dark: str
    light: str
    to_top: str
    footer: str
    old_news: str
    """Shown where the newest report is ``{days}`` days old."""

    # The status of a day.
    status: dict[Status, str]
    status_means: dict[Status, str]
    unread: str
    last_full: str
    mended: PluralForms
    left_out: PluralForms
    nothing_changed: str
    how_made: str
    sources: str
    source: str
    state: str
    held: str
    batch: str
    note: str
    prompts: str
    judge: str
    judge_passed: str
    no_judge: str

    # A day.
    contents: str
    other_days: str
    before: str
    after: str
    for_you: str
    for_you_note: str
    reasons: dict[Literal["topic", "author", "category"], str]
    muted: str
    evidence: str
    evidence_count: PluralForms
    whole_paper: str
    title_sentence: str
    marks: str
    mark_reported: str
    mark_analysis: str
    mark_trend: str
    analysis: str
    trend: str
    rest: PluralForms
    rest_link: str
    pictures: str
    earlier_days: str
    all_days: str

    # Pictures.
    as_table: str
    category: str
    papers: str
    total: str
    distribution_text: str
    distribution_one: str
    map: str
    map_text: str
    map_note: str
    map_missing: PluralForms
    number: str
    nearest: str
    trend_text: str
    trend_few: str
    share_today: str
    share_mean: str
    day_column: str

    # A paper.
    paper: str
    authors: str
    told_on: str
    seen: str
    abstract: str
    cited_here: str
    no_abstract: str
    continues_head: str
    continued_by: str
    changes_here: str
    not_told: str

    # A category.
    category_months: str
    category_count: PluralForms
    in_month: str
    to_category: str
    nothing_here: str

    # The archive.
    archive_lead: str
    month: str
    month_days: PluralForms
    calendar: str
    weekdays: tuple[str, ...]
    day_papers: PluralForms
    legend: str
    no_reports: str

    # Trends.
    trends_lead: str
    recent_facts: str
    no_facts: str

    # Search.
    search_lead: str
    search_box: str
    search_button: str
    search_needs_script: str
    filters: str
    any_category: str
    any_source: str
    since: str
    until: str
    least_votes: str
    searching: str
    found: str
    found_none: str
    found_any: str
    score: str
    score_means: str
    votes: str
    more: str
    failed: str

    # About.
    about_lead: str
    steps_head: str
    steps: tuple[tuple[str, str], ...]
    marks_head: str
    status_head: str
    exam_head: str
    exam_lead: str
    exam_result: str
    exam_missed: str
    exam_none: str
    kinds_head: str
    record_head: str
    record: str
    health_head: str
    health_lead: str
    limits_head: str
    limits: tuple[str, ...]

    # A week.
    weeks: str
    week_title: str
    week_span: str
    week_counts: str
    week_missing: str
    week_opening: str
    week_opened: str
    week_by_rule: str
    week_highlights: str
    week_order: str
    week_reasons: dict[Reason, str]
    week_threads: str
    week_shares: str
    week_now: str
    week_before: str
    week_moved: dict[Literal["more", "less"], str]
    week_left_out: str
    week_evidence: PluralForms
    week_nothing: str
