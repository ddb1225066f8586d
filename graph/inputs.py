"""What a run was begun with, as it is kept with its steps."""

import json
from typing import Any, cast

from .context import Context
from .settings import Settings, mark


def inputs_of(context: Context) -> str:
    """What a cut-off run must have in common with the new one to be its continuation: every setting that is not
    marked as one with which the same run may go on."""
    made_by = {name for name in Settings.model_fields if not mark(Settings, name).same_run}
    inputs = context.model_dump(mode="json", include=made_by)
    inputs |= {name: prompt.version for name, prompt in context.edited.items()}
    return json.dumps(inputs, sort_keys=True)


def continues(before: str, context: Context) -> bool:
    """Whether a run that began with other ``inputs_of`` may go on as this one. A setting that came into being since
    had its default then, and one that is gone no longer counts."""
    try:
        told = cast("dict[str, Any]", json.loads(before))
    except ValueError:
        return False
    now = json.loads(inputs_of(context))
    plain = json.loads(inputs_of(Context()))
    return {name: told.get(name, plain[name]) for name in now} == now


def as_begun(context: Context, before: str, **changes: object) -> Context:
    """The context, but as a run had it in everything that shapes what it writes, and with the ``changes``."""
    told = cast("dict[str, Any]", json.loads(before))
    own = {name: value for name, value in told.items() if name in Settings.model_fields}
    return type(context).model_validate({**context.model_dump(exclude=set(changes)), **own, **changes})
