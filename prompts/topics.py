"""Reads ``topics.yaml``: the topics whose rise and fall is told."""

from pathlib import Path
from typing import cast

from domain.topics import MOST, Lexicon, Topic, doubles, fault

from . import rows

FILE = Path(__file__).parent / "topics.yaml"


class TopicsError(ValueError):
    """The file of topics cannot be used; the message names the file, the place and the fault."""


def load_topics(path: Path | None = None) -> Lexicon:
    """The topics of ``path``, or of the file that comes with the project.

    Raises TopicsError where the file is missing or not YAML, where a topic lacks a name or has a pattern that cannot
    be used, where two topics share a key or a name, and where there are more than 150.
    """
    path = path or FILE
    data = rows.read(path, TopicsError)
    match data:
        case {"topics": [_, *_] as listed}:
            found = cast("list[object]", listed)
        case _:
            raise TopicsError(f"{path} needs a list 'topics'.")
    if len(found) > MOST:
        raise TopicsError(
            f"{path} has {len(found)} topics, and no more than {MOST} can be watched: with more of them, some would "
            f"seem to rise by chance."
        )
    topics = tuple(_topic(path, row, f"number {n}") for n, row in enumerate(found, 1))
    for field in ("key", "ko", "en"):
        for double in doubles(getattr(topic, field) for topic in topics):
            raise TopicsError(f"{path}: the {field} '{double}' is used by two topics.")
    return Lexicon(topics=topics)


def _topic(path: Path, row: object, place: str) -> Topic:
    topic = rows.row(path, row, Topic, place, TopicsError, ("key", "ko", "en"))
    place = f"'{topic.key}'"
    if not topic.patterns:
        raise TopicsError(f"{path}: topic {place} has no patterns.")
    for double in doubles(topic.patterns):
        raise TopicsError(f"{path}: topic {place} has the pattern '{double}' twice.")
    for pattern in topic.patterns:
        if problem := fault(pattern):
            raise TopicsError(f"{path}: topic {place}: the pattern '{pattern}' {problem}.")
    return topic
