"""Reads the settings: flags over ``INSIGHTS_*`` variables over .env over insights.toml over defaults."""

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from io import StringIO
from pathlib import Path
from typing import Any, cast, get_args

from dotenv import dotenv_values
from dotenv.parser import Binding, parse_stream
from pydantic import ValidationError

from domain.errors import FileError, Slip, UsageError
from graph.expected import expected
from graph.settings import ENV_FILE, PREFIX, Delivery, Secrets, Settings, mark
from prompts.texts import read_text, read_toml

TOML = "insights.toml"
DEFAULT = "default"
OTHERS = ("INSIGHTS_MODEL_DIR",)
"""Variables of this name that are no settings of a run: where the embedding model is built and kept."""

OTEL = ("OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT")
"""Variables that say where OpenTelemetry sends its traces."""


class SettingsError(UsageError):
    """Settings that cannot be used; each fault names one, what was expected, and where the value came from."""

    def __init__(self, *faults: str) -> None:
        super().__init__("; ".join(faults))
        self.faults = faults


class _Everything(Settings, Delivery, Secrets):
    """All that can be set, to be validated together."""


NAMES = tuple(_Everything.model_fields)
GONE = {"arxiv_categories": "name them behind the source, as in arxiv:cs.CL+cs.LG"}
"""Settings of earlier versions, and what to do instead."""


@dataclass(frozen=True)
class Loaded:
    """The settings, and where each value came from."""

    settings: Settings
    delivery: Delivery
    origins: Mapping[str, str]
    """By name, for secrets too."""

    @property
    def secrets(self) -> frozenset[str]:
        return frozenset(Secrets.model_fields)


@dataclass(frozen=True)
class _Layer:
    """One place where values come from."""

    values: Mapping[str, Any]
    origins: Mapping[str, str]


def flag_of(name: str) -> str:
    """The flag of a setting."""
    return mark(Settings, name).flag or f"--{name.replace('_', '-')}"


def load_settings(**flags: Any) -> Loaded:
    """The settings with the flags that were given (None: not given). Raises SettingsError in words."""
    given = {name: value for name, value in flags.items() if value is not None}
    values: dict[str, Any] = {}
    origins: dict[str, str] = {}
    for layer in (_toml(), _dotenv(), _variables(), _Layer(given, {name: flag_of(name) for name in given})):
        if {"papers", "sources"} <= layer.values.keys():
            both = " and ".join(layer.origins[name] for name in ("papers", "sources"))
            raise SettingsError(f"{both} exclude each other: with papers given, only those files are read")
        if "sources" in layer.values:  # whoever names sources wants no files that were named before
            values.pop("papers", None)
            origins.pop("papers", None)
        values |= layer.values
        origins |= layer.origins
    try:
        read = _Everything(**values)
    except ValidationError as error:
        faults = {str(fault["loc"][0]): fault for fault in reversed(error.errors())}
        told = [_say(name, faults[name], values, origins[name]) for name in values if name in faults]
        raise SettingsError(*told) from None
    settings = Settings(**{name: getattr(read, name) for name in Settings.model_fields})
    delivery = Delivery(**{name: getattr(read, name) for name in Delivery.model_fields})
    return Loaded(settings, delivery, {name: origins.get(name, DEFAULT) for name in NAMES})


def export_env() -> None:
    """Puts what .env says besides settings, such as OPENAI_API_KEY, into the environment, where it is not set yet.
    What is empty there counts as not set. Raises FileError."""
    for name, (value, _) in _env_file().items():
        is_setting = name.upper().startswith(PREFIX) and name not in OTHERS
        if value and not is_setting and not os.environ.get(name):
            os.environ[name] = value
    if any(map(os.environ.get, OTEL)):  # LangSmith's client is what tells OpenTelemetry of a run, and LangSmith nothing
        for name in ("LANGSMITH_TRACING", "LANGSMITH_OTEL_ENABLED", "LANGSMITH_OTEL_ONLY"):
            os.environ.setdefault(name, "true")


def origin_of_key(name: str) -> str:
    """Where a key that is no setting, such as OPENAI_API_KEY, comes from; empty where it is not set."""
    value, line = _env_file().get(name, (None, 0))
    if value and os.environ.get(name, value) == value:
        return _at(ENV_FILE, line)
    return f"the variable {name}" if os.environ.get(name) else ""


def _say(name: str, fault: Any, values: Mapping[str, Any], origin: str) -> str:
    where = [str(step) for step in fault["loc"][1:]]
    if fault["type"] == "extra_forbidden" and not where:
        near = get_close_matches(name, NAMES, n=1)
        if name in GONE:
            return f"{origin}: there is no setting {name} any more; {GONE[name]}"
        hint = f"did you mean {near[0]}?" if near else f"known: {', '.join(sorted(NAMES))}"
        return f"{origin}: there is no setting {name}; {hint}"
    if fault["type"] == "extra_forbidden":
        # What else stands in the table, such as addresses, is not told; nor the line, which is that of its first part.
        inner = get_args(_Everything.model_fields[name].annotation)[-1:]
        keys = [key for kind in inner if hasattr(kind, "model_fields") for key in kind.model_fields]
        near = get_close_matches(where[-1], keys, n=1)
        hint = f"did you mean {near[0]}?" if near else f"known: {', '.join(keys)}"
        return f"{origin.partition(':')[0]}: there is no key {'.'.join([name, *where])}; {hint}"
    wanted = expected(_Everything, name)
    if wanted in ("a list", "a table"):
        wanted += f" ({_Everything.model_fields[name].description})"
    value = "" if not mark(_Everything, name).shown else f", not {_written(values[name])}"
    reason = ""
    if fault["type"] == "value_error":
        said = fault["msg"].removeprefix("Value error, ")
        reason = f" ({': '.join([*filter(None, ['.'.join(where)]), said])})"
    return f"{origin}: the setting {name} should be {wanted}{value}{reason}"


def _written(value: Any) -> str:
    parts = cast("list[Any]", value) if isinstance(value, list) else [value]
    return ", ".join(repr(part) for part in parts) or "nothing"


def _at(file: str, line: int) -> str:
    return f"{file}:{line}"


def _variables() -> _Layer:
    """The process's own variables. One that begins so and is no setting is refused: it would do nothing."""
    found = {n: v for n, v in os.environ.items() if n.upper().startswith(PREFIX) and n not in OTHERS and v}
    return _prefixed((name, value, f"the variable {name}") for name, value in found.items())


def _dotenv() -> _Layer:
    return _prefixed(
        (name, value, _at(ENV_FILE, line))
        for name, (value, line) in _env_file().items()
        if value and name.upper().startswith(PREFIX) and name not in OTHERS
    )


def _prefixed(found: Iterable[tuple[str, str, str]]) -> _Layer:
    """(variable, value, origin) by the setting's name."""
    rows = [(name[len(PREFIX) :].lower(), value, origin) for name, value, origin in found]
    return _Layer({name: value for name, value, _ in rows}, {name: origin for name, _, origin in rows})


def _env_file() -> dict[str, tuple[str | None, int]]:
    """What .env says: value and line by variable. Raises FileError for a line that says nothing."""
    path = Path(ENV_FILE)
    if not path.exists():
        return {}
    text = read_text(path)
    bindings = list(parse_stream(StringIO(text)))
    if wrong := [_line(held) for held in bindings if held.error]:
        raise FileError(*(Slip(path, line, "expected is NAME=value, or a # and a comment") for line in wrong))
    lines = {held.key: _line(held) for held in bindings if held.key}
    return {key: (value, lines[key]) for key, value in dotenv_values(stream=StringIO(text)).items()}


def _line(binding: Binding) -> int:
    """The text of a binding begins with the blank lines before it."""
    text = binding.original.string
    return binding.original.line + text[: len(text) - len(text.lstrip())].count("\n")


def _toml() -> _Layer:
    path = Path(TOML)
    if not path.exists():
        return _Layer({}, {})
    file = read_toml(path)
    origins = {name: _at(TOML, file.lines.get(name, 1)) for name in file.values}
    for name in Secrets.model_fields:
        if name in file.values:
            raise SettingsError(
                f"{origins[name]}: {name} is a secret; keep it in the variable {PREFIX}{name.upper()} or in {ENV_FILE}"
            )
    return _Layer(file.values, origins)
