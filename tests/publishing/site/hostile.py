"""Sixty strings that try to be more than text: markup, handlers, addresses, templates, directions, length."""

from itertools import product

_ACTS = (
    "<script>window.hit=1</script>",
    "<img src=x onerror=window.hit=1>",
    "<svg/onload=window.hit=1>",
    '"><svg onload=window.hit=1>',
    "' onmouseover='window.hit=1",
    "</title><script>window.hit=1</script>",
    "</script><script>window.hit=1</script>",
    "<a href=javascript:window.hit=1>x</a>",
    "[x](javascript:window.hit=1)",
    "javascript:window.hit=1",
    "data:text/html,<script>window.hit=1</script>",
    "<iframe src=https://evil.example/></iframe>",
    "<link rel=stylesheet href=https://evil.example/x.css>",
    "<style>*{display:none}</style>",
    "<base href=https://evil.example/>",
    "<meta http-equiv=refresh content=0;url=https://evil.example/>",
    "<form action=https://evil.example/><input name=q>",
    "<details open ontoggle=window.hit=1>",
    "<!-- <script>window.hit=1</script>",
    "]]><script>window.hit=1</script>",
    "&lt;script&gt;window.hit=1&lt;/script&gt;",
    "&#60;img src=x onerror=window.hit=1&#62;",
    "{{ 7*7 }} {% raw %} {{ config }}",
    "${7*7} #{7*7} <%= 7*7 %>",
    r"\u003cscript\u003ewindow.hit=1\u003c/script\u003e",
)
_TEXTS = (
    "| a | b |\n|---|---|\n| 1 | 2 |",
    "![x](https://evil.example/x.png) [y][1]\n\n[1]: https://evil.example/",
    "# Heading\n\n- list\n\n---\n\n```\ncode\n```",
    r"$\alpha_{i} \frac{1}{2}$ \textbf{bold} \\ \href{javascript:window.hit=1}{x}",
    "`backticks` **bold** _under_ ~~struck~~ <u>u</u>",
    "\u202eright to left\u202c \u2066isolated\u2069 \u200fmark",
    "zero\u200bwidth\u200djoined\ufeff\u00ad soft",
    "control \x00\x07\x1b[31m and \x85 \x9b",
    "line\u2028separator\u2029and\u000bmore",
    "tags \U000e0041\U000e0042 and private \ue000",
    "W" * 300,
    "가" * 300,
    "<b>" * 100,
    "&" * 300,
    "a" * 140 + "<script>window.hit=1</script>" + "b" * 140,
)
_WRAPS = ("We propose {}.", "{}", "Results improve by 12% {} on GSM8K.")

STRINGS = tuple(dict.fromkeys([*_ACTS, *_TEXTS, *(w.format(a) for w, a in product(_WRAPS, _ACTS[:10])), *_ACTS]))[:60]
