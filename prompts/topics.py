"""Reads ``topics.yaml``: the topics whose rise and fall is told."""

from pathlib import Path
from typing import Any, cast

import yaml
from pydantic import ValidationError

from domain.topics import MOST, Lexicon, Topic, doubles, fault

FILE = Path(__file__).parent / "topics.yaml"


class TopicsError(ValueError):
    """The file of topics cannot be used; the message names the file, the place and the fault."""


def load_topics(path: Path | None = None) -> Lexicon:
    """The topics of ``path``, or of the file that comes with the project.

    Raises TopicsError where the file is missing or not YAML, where a topic lacks a name or has a pattern that cannot
    be used, where two topics share a key or a name, and where there are more than 150.
    """
    path = path or FILE
    try:
        data = yaml.safe_load(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise TopicsError(f"{path} cannot be read: {error.strerror or error}.") from None
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise TopicsError(f"{path} is not valid YAML: {' '.join(str(error).split())}.") from None
    match data:
        case {"topics": [_, *_] as listed}:
            rows = cast("list[object]", listed)
        case _:
            raise TopicsError(f"{path} needs a list 'topics'.")
    if len(rows) > MOST:
        raise TopicsError(
            f"{path} has {len(rows)} topics, and no more than {MOST} can be watched: with more of them, some would "
            f"seem to rise by chance."
        )
    topics = tuple(_topic(path, row, f"number {n}") for n, row in enumerate(rows, 1))
    for field in ("key", "ko", "en"):
        for double in doubles(getattr(topic, field) for topic in topics):
            raise TopicsError(f"{path}: the {field} '{double}' is used by two topics.")
    return Lexicon(topics=topics)


def _topic(path: Path, row: object, place: str) -> Topic:
    if not isinstance(row, dict):
        raise TopicsError(f"{path}: topic {place} is not a mapping of fields.")
    fields = cast("dict[str, Any]", row)
    place = f"'{fields['key']}'" if isinstance(fields.get("key"), str) else place
    try:
        topic = Topic.model_validate(fields)
    except ValidationError as error:
        found = error.errors()[0]
        field = found["loc"][0]
        problems = {"missing": f"has no '{field}'", "extra_forbidden": f"has a field '{field}' that is not known"}
        problem = problems.get(found["type"], f"has a field '{field}' that cannot be used ({found['msg']})")
        raise TopicsError(f"{path}: topic {place} {problem}.") from None
    for field in ("key", "ko", "en"):
        if not getattr(topic, field).strip():
            raise TopicsError(f"{path}: topic {place} has an empty '{field}'.")
    if not topic.patterns:
        raise TopicsError(f"{path}: topic {place} has no patterns.")
    for double in doubles(topic.patterns):
        raise TopicsError(f"{path}: topic {place} has the pattern '{double}' twice.")
    for pattern in topic.patterns:
        if problem := fault(pattern):
            raise TopicsError(f"{path}: topic {place}: the pattern '{pattern}' {problem}.")
    return topic
