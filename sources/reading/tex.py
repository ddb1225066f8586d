"""Titles, abstracts and names come with bits of TeX in them; readers, rules and models want the text."""

import logging
import re
from functools import lru_cache
from typing import Any

from pylatexenc.latex2text import LatexNodes2Text, MacroTextSpec, get_default_latex_context_db

from domain.sentences import FORMULA

# It warns of every formula that it finds broken; such a formula stays as it is.
logging.getLogger("pylatexenc").setLevel(logging.CRITICAL)

_WORDS = {
    **{"ie": "i.e.", "eg": "e.g.", "etc": "etc.", "etal": "et al.", "vs": "vs.", "wrt": "w.r.t.", "aka": "a.k.a."},
    **{"LaTeX": "LaTeX", "TeX": "TeX", "xspace": "", "newline": " ", "par": " ", "linebreak": " ", "quad": " "},
    **{"deg": "°", "degree": "°", "textdegree": "°", "checkmark": "✓", "textless": "<", "textgreater": ">"},
    **{"star": "*", "ast": "*", "textasciitilde": "~", "textbackslash": "\\", "sim": "~", "S": "§"},
    **dict.fromkeys("em bf it tt sc sf rm bfseries itshape centering noindent left right big Big bigl".split(), ""),
    **dict.fromkeys("bigr Bigl Bigr displaystyle label limits nolimits protect normalfont".split(), ""),
    **{
        name: name for name in "log ln exp sin cos tan min max sup inf lim arg det dim Pr softmax argmax argmin".split()
    },
}
_DROPPED = ("cite", "citep", "citet", "ref", "eqref", "label", "vspace", "hspace", "thanks")
_SCRIPTS = {
    "^": dict(zip("0123456789+-−=()ni", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿⁱ", strict=True))
    | dict.fromkeys("°∘", "°")
    | {"*": "*", "T": "ᵀ"},
    "_": dict(zip("0123456789+-−=()", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎", strict=True)),
}
_ALPHABETS = "mathbf mathcal mathsf mathit mathtt mathfrak mathscr texttt textsf textsl textmd textup mbox hbox".split()

_NESTED = r"\{(?:[^{}]|\{(?:[^{}]|\{[^{}]*\})*\})*\}"
_ACCENT = (
    r"\\['\"`^~=.](?:\{[^{}]*\}|\\[ij](?![A-Za-z])|[A-Za-z])"
    r"|\\[cHkvdbtur](?:\{(?:[A-Za-z]|\\[ij])\}|\s+[A-Za-z](?![A-Za-z]))"
)
_MACRO = rf"\\[A-Za-z]+\*?(?:\[[^\[\]]*\])?(?:{_NESTED})*"
_PIECE = re.compile(
    rf"\$\$[^$]+\$\$|{FORMULA.pattern}|\\\(.+?\\\)|\\\[.+?\\\]|\{{(?:{_ACCENT}|\\[A-Za-z]+)(?:[^{{}}]|{_NESTED})*\}}"
    rf"|{_ACCENT}|{_MACRO}|\\[%&#_${{}}]|\\\\|\\[,;:! /-]|[\^_]{_NESTED}|(?<=[\dA-Za-z)])\^[-+]?\d+"
)
_SCRIPT = re.compile(rf"([\^_])({_NESTED}|\\[A-Za-z]+|[^\s{{}}\\])")
_HELD = {"^": "\ue000", "_": "\ue001"}
"""What a power or an index that no character shows is while the rest is read."""
_HREF = re.compile(rf"\\href\s*({_NESTED})(?:\s*({_NESTED}))?")
_FOOTNOTE = re.compile(r"\s*\\footnote\s*\{((?:[^{}]|\{[^{}]*\})*)\}")
_SECOND = re.compile(rf"\\(?:hyperlink|hypertarget|textcolor|colorbox)\s*\{{[^{{}}]*\}}\s*({_NESTED})")
_URL = re.compile(r"\\(?:url|path)\s*\{([^{}]*)\}")
_UNKNOWN = re.compile(r"\\([A-Za-z]+)\*?(\s*\{\}|\s*\{)?")
_SPACE = re.compile(r"(?<=[A-Za-z]{2})~(?=[\dA-Za-z(\\])|(?<=[.,])~(?=\w)")
_TIGHT = re.compile(r"\s+([.,;:)\]%])")
_BARE = re.compile(
    r"(?<=\d)times(?![A-Za-z])|(?<=[A-Z])times(?=[A-Z])|(?<=\d)\s+times\s+(?=\d)|\bsim\s?(?=\d)|(?<=\d)pm(?=\d)"
)
_SIGNS = {"times": "×", "sim": "~", "pm": "±"}
"""Commands that a source handed on without their backslash: 2.4times, 64 times 64, LLMtimesMapReduce, sim700."""


def without_tex(text: str) -> str:
    r"""The text without TeX: signs, accents, powers and indices as characters, commands gone and what they set kept.

    A formula that is not well-formed stays as it is.

    >>> without_tex(r"improves \textbf{X} by $\sim$3.5\% ($2\times$) in $O(n^{2})$")
    'improves X by ~3.5% (2×) in O(n²)'
    """
    if "\\" in text or "$" in text or "^" in text or "_{" in text:
        text = _SPACE.sub(" ", text)
        text = re.sub(r"\\\$([^\d\s$][^\s$]{0,20}?)\\\$", r"$\1$", text)  # a formula whose dollars were escaped
        text = _FOOTNOTE.sub(
            r" (\1)", _SECOND.sub(lambda found: found[1][1:-1], _HREF.sub(_link, _URL.sub(_address, text)))
        )
        text = _PIECE.sub(lambda found: _read(found[0]), text)
    if any(sign in text for sign in _SIGNS):
        text = _BARE.sub(_sign, text)
    if "~" in text:
        text = _SPACE.sub(" ", text)
    if "--" in text:
        text = re.sub(r"(?<=\w)---(?=\w)", "—", re.sub(r"(?<=\w)--(?=\w)", "–", text))
    return text.replace("``", "“").replace("''", "”")


def _sign(found: re.Match[str]) -> str:
    return _SIGNS[found[0].strip()]


def _address(found: re.Match[str]) -> str:
    return re.sub(r"\\(?=[_%#&~])", "", found[1])


def _link(found: re.Match[str]) -> str:
    address, words = re.sub(r"\\(?=[_%#&~])", "", found[1][1:-1]).strip(), (found[2] or "")[1:-1].strip()
    return address if not words or words.rstrip("/") in address else f"{words} ({address})"


@lru_cache(maxsize=4096)
def _read(piece: str) -> str:
    if piece in ("\\\\", "\\ ", "\\,", "\\;", "\\:"):
        return " "
    if re.fullmatch(r"\\[%&#_${}]", piece):
        return piece[1]
    if misspelt := re.fullmatch(r"\\([cHkvdbtur])\{([A-Za-z]{2,})\}", piece):
        return misspelt[1] + misspelt[2]  # \k{appa} for \kappa
    source = _UNKNOWN.sub(_known, _scripts(piece))
    source = re.sub(r"(?<!\\)([%#&])", r"\\\1", source)
    try:
        text = str(_reader().latex_to_text(source))
    except Exception:  # pylatexenc raises bare and private types for what is not well-formed
        return piece
    if "%s" in text:  # what pylatexenc makes of a command that lacks its argument
        return piece
    text = text.replace(_HELD["^"], "^").replace(_HELD["_"], "_")
    return _TIGHT.sub(r"\1", " ".join(text.split())) if text.strip() else text


def _scripts(source: str) -> str:
    """Powers and indices as characters where there are such, else in brackets."""
    before = ""
    while before != source:
        before, source = source, _SCRIPT.sub(_script, source)
    return source


def _script(found: re.Match[str]) -> str:
    sign, inner = found[1], found[2]
    inner = inner[1:-1] if inner.startswith("{") else inner
    if _SCRIPT.search(inner):
        inner = _scripts(inner)
    text = _read(f"${inner}$") if "\\" in inner else inner.strip()
    if text.startswith("$"):
        return found[0].replace(sign, _HELD[sign])
    letters = _SCRIPTS[sign]
    if text and all(c in letters for c in text):
        return "".join(letters[c] for c in text)
    if len(text) == 1 and not text.isalnum():
        return text
    return (_HELD[sign]) + (text if text.isalnum() else f"({text})")


def _known(found: re.Match[str]) -> str:
    """Commands of an author's own: with an argument they set it, alone they stand for a name."""
    name, argument = found[1], found[2]
    if name in _reader_names():
        return found[0]
    return "{" if argument and not argument.endswith("}") else f"{{{name}}}" if argument else f"{{{name}}} "


@lru_cache(maxsize=1)
def _reader_names() -> frozenset[str]:
    database: Any = get_default_latex_context_db()
    known = {str(spec.macroname) for spec in database.iter_macro_specs()}
    return frozenset(known | set(_WORDS) | set(_DROPPED) | set(_ALPHABETS))


@lru_cache(maxsize=1)
def _reader() -> Any:
    database: Any = get_default_latex_context_db()
    database.add_context_category(
        "ours",
        prepend=True,
        macros=[
            *(MacroTextSpec(name, simplify_repl=text) for name, text in _WORDS.items()),
            *(MacroTextSpec(name, simplify_repl="") for name in _DROPPED),
            *(MacroTextSpec(name, simplify_repl="%s") for name in _ALPHABETS),
        ],
    )
    return LatexNodes2Text(latex_context=database, math_mode="text", keep_comments=True, strict_latex_spaces=False)
