"""Titles and abstracts come with bits of TeX in them; readers, rules and models want the text."""

import re

_SIGNS = {
    **{
        r"\times": "×",
        r"\sim": "~",
        r"\approx": "≈",
        r"\pm": "±",
        r"\leq": "≤",
        r"\le": "≤",
        r"\geq": "≥",
        r"\ge": "≥",
    },
    **{r"\rightarrow": "→", r"\to": "→", r"\alpha": "α", r"\beta": "β", r"\gamma": "γ", r"\lambda": "λ", r"\tau": "τ"},
    **{r"\epsilon": "ε", r"\varepsilon": "ε", r"\mu": "μ", r"\sigma": "σ", r"\pi": "π", r"\theta": "θ", r"\cdot": "·"},
    **{r"\ldots": "…", r"\dots": "…", r"\infty": "∞"},
}
_SIGN = re.compile("|".join(re.escape(sign) + r"(?![A-Za-z])" for sign in sorted(_SIGNS, key=len, reverse=True)))
_WRAPPED = re.compile(r"\\(?:text(?:bf|it|tt|sc|sf|rm)?|emph|url|mathrm|mathbf|mathcal|underline)\s*\{([^{}]*)\}")
_PLAIN = r"[\d.,+\-~%×±≤≥≈<>=/ ]*"
_SIMPLE_MATH = re.compile(rf"(?<!\\)\$(?! )({_PLAIN}[A-Za-zα-ω]?{_PLAIN})(?<! )\$")
_ESCAPED = re.compile(r"\\([%&#_$])")


def plain(text: str) -> str:
    r"""The text without the TeX that stands for plain characters; formulas stay as they are.

    >>> plain(r"improves \textbf{X} by $\sim$3.5\% ($2\times$)")
    'improves X by ~3.5% (2×)'
    """
    while (unwrapped := _WRAPPED.sub(r"\1", text)) != text:
        text = unwrapped
    text = _SIGN.sub(lambda found: _SIGNS[found.group(0)], text)
    # Escaped characters inside a formula would hide that it is a plain one.
    text = _SIMPLE_MATH.sub(r"\1", re.sub(r"\\%", "%", text))
    return _ESCAPED.sub(r"\1", text).replace("``", "“").replace("''", "”")
