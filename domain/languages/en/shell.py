"""What the command says of what is remembered, in English."""

from domain.wording import Shell

SHELL = Shell(
    roles={
        "hook": "finding",
        "abstract": "abstract",
        "problem": "problem",
        "method": "method",
        "result": "result",
        "note": "note",
        "opening": "opening",
        "pick": "pick",
        "group": "group",
        "thread": "across papers",
        "flow": "trend",
        "returning": "returning",
    },
    paper="paper",
    gone="no longer in the taxonomy",
    not_filed="not filed",
    whole_day="the whole day",
)
