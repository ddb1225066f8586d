"""Reads ``topics.yaml``: the topics whose rise and fall is told."""

from pathlib import Path
from typing import cast

from domain.errors import FileError, Slip
from domain.topics import MOST, Lexicon, Topic, doubles, fault

from . import rows

FILE = Path(__file__).parent / "topics.yaml"


class TopicsError(FileError):
    """The file of topics cannot be used."""


def load_topics(path: Path | None = None) -> Lexicon:
    """The topics of ``path``, or of the file that comes with the project.

    Raises TopicsError where the file is missing or not YAML, where a topic lacks a name or has a pattern that cannot
    be used, where two topics share a key or a name, and where there are more than 150.
    """
    path = path or FILE
    document = rows.read(path, TopicsError)
    match document.value:
        case {"topics": [_, *_] as listed}:
            number = len(cast("list[object]", listed))
        case _:
            raise TopicsError(Slip(path, 1, "expected is a list 'topics'"))
    if number > MOST:
        document.slip(
            f"it has {number} topics, and no more than {MOST} can be watched: with more of them, some would seem to "
            "rise by chance",
            *("topics", MOST),
        )
    topics = [(n, topic) for n in range(number) if (topic := _topic(document, n))]
    seen: set[tuple[str, str]] = set()
    for n, topic in topics:
        for what, value in (("key", topic.key), *topic.names.items()):
            if (what, value) in seen:
                steps = ("key",) if what == "key" else ("names", what)
                document.slip(f"the {what} '{value}' is used by two topics", "topics", n, *steps)
            seen.add((what, value))
    if document.slips:
        raise TopicsError(*document.slips)
    return Lexicon(topics=tuple(topic for _, topic in topics))


def _topic(document: rows.Document, number: int) -> Topic | None:
    topic = document.row(Topic, ("topics", number), f"number {number + 1}", ("key", "names"))
    if topic is None:
        return None
    place, name = ("topics", number, "patterns"), f"topic '{topic.key}'"
    if not topic.patterns:
        document.slip(f"{name} has no patterns", *place)
    for double in doubles(topic.patterns):
        document.slip(f"{name} has the pattern '{double}' twice", *place)
    for n, pattern in enumerate(topic.patterns):
        if problem := fault(pattern):
            document.slip(f"{name}: the pattern '{pattern}' {problem}", *place, n)
    return topic.model_copy(update={"names": rows.named(topic.names, topic.key)})
