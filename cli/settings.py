"""Settings: flags over ``INSIGHTS_*`` variables over ``insights.toml`` over defaults. Keys are never settings."""

from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict, TomlConfigSettingsSource

TOML = "insights.toml"
SECRET = ("chroma_url", "chroma_headers")
"""Settings that carry a key, or may by mistake: what was given is never repeated."""


class SettingsError(ValueError):
    """A setting that cannot be used; the text names it and where it came from."""


class Settings(BaseSettings):
    """What one run may be told, whoever tells it."""

    model_config = SettingsConfigDict(env_prefix="INSIGHTS_", extra="forbid", toml_file=TOML)

    model: str = Field("offline", description="offline, or openai:NAME")
    language: Literal["ko", "en"] = Field("ko", description="language of the report")
    sources: list[str] = Field(["huggingface", "deeplearn"], description="huggingface, arxiv, deeplearn, sample")
    arxiv_categories: list[str] = Field([], description="arXiv listings to read too, such as cs.CL")
    cap: int = Field(8, ge=1, le=50, description="new papers of one category that are synthesised")
    revisions: int = Field(2, ge=0, le=5, description="how often the editor may mend one category")
    data: Path = Field(Path("data"), description="folder of memory, reports and unfinished runs")
    fallback_model: str = Field("", description="asked when the model fails for good")
    calls_at_once: int = Field(8, ge=1, le=64, description="model calls under way at the same time")
    attempts: int = Field(4, ge=1, le=10, description="tries of one model call, where trying again can help")
    timeout: float = Field(120.0, gt=0, description="seconds until a model call without an answer has failed")
    budget_tokens: int | None = Field(None, ge=1, description="stops a run before it takes more tokens")
    budget_usd: float | None = Field(None, gt=0, description="stops a run before it costs more; needs prices")
    prices: dict[str, tuple[float, float]] = Field({}, description="model: dollars for a million tokens in and out")
    cache_replies: bool = Field(True, description="answer an unchanged prompt from what the model said before")
    contact: str = Field("", description="an address for the User-Agent")
    chroma_url: str = Field("", description="a Chroma server for the index, such as http://127.0.0.1:8000")
    chroma_headers: dict[str, SecretStr] = Field({}, description="sent to it, such as a proxy's token")

    @field_validator("chroma_url")
    @classmethod
    def _address(cls, url: str) -> str:
        if not url:
            return url
        parts = urlsplit(url)
        if parts.scheme not in ("http", "https") or not parts.hostname or parts.port == 0:
            raise ValueError("it is no address; write it as http://127.0.0.1:8000")
        if parts.username or parts.password:
            raise ValueError("an address is shown; give its key as a header, in INSIGHTS_CHROMA_HEADERS")
        return url

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        file = TomlConfigSettingsSource(settings_cls)
        if "chroma_headers" in file.toml_data:
            raise SettingsError(f"chroma_headers are a key; set them in INSIGHTS_CHROMA_HEADERS, not in {TOML}")
        return init_settings, env_settings, file


def load_settings(**flags: Any) -> Settings:
    """The settings with the flags that were given (None: not given). Raises SettingsError in words."""
    given = {name: value for name, value in flags.items() if value is not None}
    try:
        return Settings(**given)
    except ValidationError as error:
        raise SettingsError("; ".join(_say(e) for e in error.errors())) from None
    except SettingsError:
        raise
    except ValueError as error:  # a list in a variable that is no JSON, or TOML that is none
        raise SettingsError(f"the settings cannot be read (flags, INSIGHTS_* or {TOML}): {error}") from None


def _say(error: Any) -> str:
    name = ".".join(str(part) for part in error["loc"])
    if error["type"] == "extra_forbidden":
        return f"there is no setting {name!r}; known: {', '.join(sorted(Settings.model_fields))}"
    given = "" if error["loc"][0] in SECRET else f" (it was {error['input']!r})"
    return f"setting {name!r}: {error['msg'].removeprefix('Value error, ')}{given}"
