"""Letters to readers and to whoever runs the program, in each form that a channel may need."""

from collections.abc import Sequence
from functools import cache

import css_inline
from markupsafe import Markup
from markupsafe import escape as html

from domain.deliveries import Letter, Picture

from .archive import Card
from .letter import headline, letter, plain_text, summary
from .render import environment
from .site import Site, Way
from .words import site_words

BRAND = site_words("en").brand


def day_letter(site: Site, card: Card, pictures: Sequence[Picture] = ()) -> Letter:
    """The report of a day. Where the site has no address, the sentences that carry the text stand at its end."""
    way = Way(site, "", site.address or None)
    w = site.words
    alts = [w.trend_picture if picture.name.startswith("trend") else w.picture for picture in pictures]
    return Letter(
        subject=f"{BRAND} · {headline(site, card)}",
        text=plain_text(way, card),
        html=page(site.language, w.day(card.day), letter(way, card), list(zip(pictures, alts, strict=True))),
        short=summary(way, card),
        pictures=tuple(pictures),
    )


def notice(subject: str, lines: Sequence[str]) -> Letter:
    """A word to whoever runs the program, in English as all that is said to him."""
    body = Markup("\n").join(Markup("<p>{}</p>").format(line) for line in lines)
    text = "\n".join(lines)
    return Letter(
        subject=f"{BRAND} · {subject}",
        text=f"{text}\n",
        html=page("en", subject, body),
        short=f"{subject}\n{text}",
    )


def page(language: str, heading: str, body: str, pictures: Sequence[tuple[Picture, str]] = ()) -> str:
    """A piece of HTML as a whole mail. ``pictures``: with what each shows in words."""
    told = (
        environment()
        .get_template("mail.html")
        .render(
            language=language,
            title=html(heading),
            heading=heading,
            body=Markup(body),  # noqa: S704  made by a template, with everything in it escaped
            pictures=[(picture.name, alt) for picture, alt in pictures],
            s=site_words(language),
        )
    )
    return _inliner().inline(told)


@cache
def _inliner() -> css_inline.CSSInliner:
    return css_inline.CSSInliner(load_remote_stylesheets=False)
