"""Items without a model: a paper told in two or three of its own sentences, chosen and labelled by rule."""

from .clauses import clause
from .items import quote
from .names import own_name
from .tags import tags

__all__ = ["clause", "own_name", "quote", "tags"]
