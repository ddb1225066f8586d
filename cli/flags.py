"""Flags made from the settings: a new setting is a flag of ``insights run`` without another edit."""

import inspect
from collections.abc import Callable
from functools import wraps
from typing import Annotated, Any, cast, get_origin

import typer

from graph.expected import expected
from graph.settings import Settings, mark

from .settings import flag_of, load_settings

Verb = Callable[..., int | None]
_PLAIN = ("a text", "a list", "a table", "true or false")
_METAVARS = {"data": "FOLDER", "papers": "FILE", "interests": "FILE", "prices": "JSON"}


def with_settings(*names: str) -> Callable[[Verb], Callable[..., None]]:
    """Hands a verb its ``settings``, or with their origins as ``loaded``, and gives it the flags of those named, or of
    all; its return is the exit code, None where
    the command goes on.

    A flag's text is not judged here but with all other settings, so that a slip is told the same way everywhere.
    """
    wanted = names or tuple(Settings.model_fields)

    def decorate(verb: Verb) -> Callable[..., None]:
        @wraps(verb)
        def command(**given: Any) -> None:
            loaded = load_settings(**{name: _value(name, given.pop(name)) for name in wanted})
            handed = {"settings": loaded.settings, "loaded": loaded}
            code = verb(**given, **{name: value for name, value in handed.items() if name in taken})
            if code is not None:
                raise typer.Exit(code)

        taken = inspect.signature(verb, eval_str=True).parameters
        own = [p for p in taken.values() if p.name not in ("settings", "loaded")]
        options = [_option(name) for name in wanted]
        parameters = [p.replace(kind=inspect.Parameter.KEYWORD_ONLY) for p in (*own, *options)]
        command.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
        command.__annotations__ = {p.name: p.annotation for p in parameters}
        return command

    return decorate


def _value(name: str, given: Any) -> Any:
    """What a flag stands for."""
    switch = mark(Settings, name).switch
    return switch[not given] if switch and given is not None else given


def _option(name: str) -> inspect.Parameter:
    kind, flag = Settings.model_fields[name].annotation, flag_of(name)
    switched = kind is bool or mark(Settings, name).switch
    takes: Any = list[str] if get_origin(kind) is tuple else bool if switched else str
    if takes is bool:
        flag = f"{flag}/--no-{flag.removeprefix('--')}"
    option = typer.Option(flag, help=_help(name, several=takes == list[str]), metavar=_metavar(name, takes))
    annotation = Annotated[takes | None, option]
    return inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=None, annotation=annotation)


def _help(name: str, *, several: bool) -> str:
    field, words = Settings.model_fields[name], expected(Settings, name)
    told = [
        field.description or name,
        "" if words in _PLAIN else words,
        "repeatable" if several else "",
        f"default: {_shown(field.default)}" if field.default not in (None, "", (), {}) else "",
    ]
    return "; ".join(filter(None, told))


def _metavar(name: str, takes: type) -> str | None:
    if takes is bool:
        return None
    words = expected(Settings, name)
    return "NUMBER" if "number" in words else _METAVARS.get(name, "TEXT")


def _shown(default: Any) -> str:
    match default:
        case True | False:
            return "yes" if default else "no"
        case tuple():
            return ", ".join(cast("tuple[str, ...]", default))
        case _:
            return str(default)
