"""The page of an audit, in English."""

from domain.wording import AuditWords

AUDIT = AuditWords(
    title="Audit of {report}",
    held="{lines} lines were held against {papers} papers.",
    standings={
        "ok": "right",
        "mended": "to be mended",
        "dropped": "without evidence",
        "objected": "objected by a rule",
        "unjudged": "unjudged",
        "unplaced": "without a paper",
    },
    severities={"high": "High", "medium": "Medium", "low": "Low"},
    none="No faulty line was found.",
    kinds={
        "figure": "figure",
        "direction": "direction",
        "actor": "who did what",
        "absent": "not in the paper",
        "cause": "cause or ranking",
        "scope": "scope",
        "hedge": "certainty",
        "praise": "praise",
        "term": "term",
        "unclear": "unclear",
        "other": "other",
    },
    judged="Judge: {model}.",
    examined="In its exam it caught {caught} of {planted} planted errors and passed {passed} of {right} right lines.",
    unexamined="It sat no exam.",
    unanswered="Not all of it was answered: {why}.",
    disbelieved="This model did not reach the mark of the exam: its verdicts are not used, and what follows is "
    "what the rules alone find.",
    rules_alone="No judge was asked; rules alone looked at it.",
    rules_see="Rules see figures, units and names that stand nowhere in the evidence, and slips of writing. They do "
    "not see a direction turned round, another paper's result, a condition left out, invented causes and rankings, "
    "certainty and praise, misleading terms, claims without evidence. "
    "A line without an objection is not therefore right.",
    place="line {number}",
    mended="Mended",
    unconfirmed="(the mended words were not confirmed)",
    dropped="No paper says so.",
    rule="rule {name}",
    evidence="Evidence",
    sentence="abstract, sentence {number}",
    paper_title="title",
    listed="list of papers",
    untold="Results left out",
    untold_paper="Papers that are not told",
    all_told="Every headline figure of the abstracts is told.",
    unjudged="Lines that nobody judged",
    unplaced="Lines without a paper",
    asides="{count} pieces say nothing of a paper and were not looked at: {kinds}.",
    unusable="Records that give no paper",
)
