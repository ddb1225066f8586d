"""Whatever a title or an abstract holds, Markdown shows it and does nothing else."""

import html
import re

import pytest
from markdown_it import MarkdownIt

from publishing.escape import address, bold, escape, link, lone

HOSTILE = [
    "*Star* and **bold** and ***both***",
    "_under_ and __double__ and snake_case_name and _x",
    "[x](javascript:alert(1))",
    "[x][1] and [^1] and [ ] todo",
    "![picture](https://evil.example/x.png)",
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<https://evil.example>",
    "<!-- comment --> <?php ?> <![CDATA[x]]>",
    "a < b, a<b, a <= b, <3, a > b, -> x <- y <",
    "&lt;b&gt; &copy; &#60; &#x3c; R&D A&B; &",
    "`code` and ``more`` and ```",
    "```python",
    "~~gone~~ and 10~20%, 30~40% and ~one~",
    "~~~",
    "# heading",
    "#hash and C# and #1 ##",
    "- item",
    "-5% and - and --",
    "---",
    "- - -",
    "***",
    "* * *",
    "___",
    "===",
    "+ item",
    "> quote",
    ">quote",
    "1. first",
    "2026) second",
    "1.3 times",
    "1986.",
    "| a | b |",
    "|---|---|",
    ":---|---:",
    r"LaTeX $O(\sqrt{n})$ and \(x\) and \\ and \* and \textit{a}\_b",
    "costs $5 and $10",
    "ends with a backslash \\",
    r"\<b> \[x](y) \`",
    "]( ) [",
    "](https://evil.example)",
    "{{ site.secret }} {% include x %} {{{x}}}",
    "*_`~*_`~<>[]()#|$&\\",
    "[1]: https://evil.example",
    "[^1]: note",
    "- [x] done",
    "quotes \" and ' and “these”",
]
PROSE = [
    "이 방법은 1.3배 빠르고(최대 18%), 비용은 2,500억 토큰의 0.5%p이다.",
    "EgoAllo - a system (2024) that reaches 40.2% on MS-COCO, e.g. at 3 fps; see Fig. 2!",
    "Large Language Models: A Survey of GPT-4, LLaMA-2 & beyond?",
    "-5% against x_i in snake_case, C# and p < 0.05, A/B at people.example.org/~foo/a_b.",
    r"bound of \tilde{O}(n^2) and \sqrt{n}",
    "1.3 times, 2026년 11월",
]


def shown(rendered: str) -> str:
    return html.unescape(re.sub(r"^<p>|</p>\n?$", "", rendered))


def places(text: str) -> list[tuple[str, str]]:
    """Markdown that puts the text where the report puts it, and the HTML that may surround it there."""
    return [
        (text, "<p>{}</p>\n"),
        (f"- {text}", "<ul>\n<li>{}</li>\n</ul>\n"),
        (f" - {text} (x)", "<ul>\n<li>{} (x)</li>\n</ul>\n"),
        (f"> {text}", "<blockquote>\n<p>{}</p>\n</blockquote>\n"),
        (f"## {text}", "<h2>{}</h2>\n"),
        (f"| {text} |\n|---|", "<table>\n<thead>\n<tr>\n<th>{}</th>\n</tr>\n</thead>\n</table>\n"),
        (f"before {text} after", "<p>before {} after</p>\n"),
        (
            f"*before* {text} *after* `c` $1 ~~x~~ [a](b)",
            '<p><em>before</em> {} <em>after</em> <code>c</code> $1 <s>x</s> <a href="b">a</a></p>\n',
        ),
        (f"[{text}](https://x.example)", '<p><a href="https://x.example">{}</a></p>\n'),
    ]


@pytest.mark.parametrize("text", HOSTILE + PROSE)
@pytest.mark.parametrize("preset", ["commonmark", "gfm-like"])
def test_escaped_text_shows_itself_and_makes_no_markup_wherever_it_stands(text: str, preset: str) -> None:
    markdown = MarkdownIt(preset, {"linkify": False, "html": True}).enable(["table", "strikethrough"])
    for source, frame in places(escape(text)):
        expected = frame.replace("{}", html.escape(text).replace("&#x27;", "'"))
        assert markdown.render(source) == expected, source


@pytest.mark.parametrize("text", PROSE)
def test_plain_prose_stays_as_it_is(text: str) -> None:
    assert escape(text) == text


def test_template_tags_of_a_page_generator_are_broken_up() -> None:
    assert not re.search(r"\{[{%]", escape("{{ site.secret }} {% include x %} {{{x}}}"))


def test_ranges_with_a_tilde_strike_nothing_out() -> None:
    # markdown-it knows only ~~; GitHub also pairs single ones, unless one stands between / and a letter.
    assert escape("10~20%, 30~40% at x.example/~me ~") == r"10\~20%, 30\~40% at x.example/~me \~"


def test_a_tilde_that_is_alone_in_its_line_shows_no_backslash_in_any_reader() -> None:
    for text in ("10~30%", "~2배 빠르다", "끝 ~", r"a\~b"):
        line = lone(escape(text))
        assert line.count(r"\~") == text.count(r"\~")
        assert shown(MarkdownIt("gfm-like", {"linkify": False}).render(line)) == text


@pytest.mark.parametrize("other", ["30~40%", "[~](https://x.example/~me)", "~~~"])
def test_a_tilde_with_another_one_in_its_line_stays_escaped(other: str) -> None:
    line = f"{escape('10~20%')} {other}"
    assert lone(line) == line


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("18.5%에서 20.1%로", ["18.5%에서", "20.1%로"]),
        ("17.9×로, 1.9배나", ["17.9×로", "1.9배"]),
        ("10~30% 또는 10%~30%를", ["10~30%", "10%~30%를"]),
        ("12.5–13.5 points, 10-20%", ["12.5–13.5 points", "10-20%"]),
        ("+3.2%p, ±2.5% and ~20%", ["+3.2%p", "±2.5%", "~20%"]),
        ("(40%)였다", ["40%"]),
        ("GPT-4, Qwen2.5-7B, top-5% and 2x2 on 37 tasks in 2024", []),
    ],
)
def test_a_figure_that_stands_out_is_whole_and_read_as_bold(text: str, figures: list[str]) -> None:
    html_ = MarkdownIt().render(bold(text))
    assert re.findall("<strong>(.+?)</strong>", html_) == figures
    assert shown(re.sub("</?strong>", "", html_)) == text


@pytest.mark.parametrize(
    "address", ["https://evil.example/a", "HTTP://evil.example", "www.evil.example", "ftp://x.example"]
)
def test_a_bare_address_in_text_becomes_no_link(address: str) -> None:
    escaped = escape(f"Code: {address}.")
    # What GitHub's autolinks look for, outside of backslash escapes.
    assert not re.search(r"://|www\.", re.sub(r"\\.", "", escaped), re.IGNORECASE)
    assert MarkdownIt().render(escaped) == f"<p>Code: {address}.</p>\n"


def test_dollar_signs_start_no_formula() -> None:
    assert escape("$5 and $O(n)$") == r"\$5 and \$O(n)\$"


def test_line_breaks_control_and_invisible_characters_do_not_pass() -> None:
    assert escape("a\n\n# b\r\n\tc\u200b\u202ed\x00e\u2028f\ufeff") == "a \\# b cd e f"


def test_every_pair_of_markup_characters_is_inert() -> None:
    markdown = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
    signs = "\\`*_{}[]()<>#+-.!|~&$=:;\"'/ a1"
    for one in signs:
        for two in signs:
            for text in (f"{one}{two}", f"{one}{two}a{one}{two}", f"a{one}{two} b{two}{one}", f"1{one}{two} {one}"):
                text = " ".join(text.split())
                if text:
                    assert shown(markdown.render(escape(text))) == text, escape(text)


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "JavaScript:alert(1)",
        "data:text/html,x",
        "javascript://x.example/%0aalert(1)",
        "//x.example",
        "",
        "x.example",
        "https://",
        "https://[::1",
        "file:///etc/passwd",
    ],
)
def test_only_web_addresses_become_links(url: str) -> None:
    assert address(url) == ""
    assert link("A [title]", url) == "A \\[title\\]"


@pytest.mark.parametrize(
    "url",
    [
        "https://x.example/a_(b)",
        "https://x.example/a) [evil](https://evil.example",
        "https://x.example/<b>\"'`*a*_b_~~c~~|$x$",
        "https://x.example/a b\n\nc?d=1&e=2&copy;#f",
        "https://x.example/\\*",
        "https://x.example/한글",
    ],
)
def test_an_address_cannot_break_out_of_its_place(url: str) -> None:
    markdown = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
    safe = address(url)
    amp = html.escape(safe, quote=False)
    assert markdown.render(f"[t]({safe}) after") == f'<p><a href="{amp}">t</a> after</p>\n'
    assert markdown.render(f" - t ({safe})") == f"<ul>\n<li>t ({amp})</li>\n</ul>\n"


def test_an_ordinary_address_stays_as_it_is() -> None:
    for url in (
        "https://arxiv.org/abs/2411.09703",
        "https://openreview.net/forum?id=a_B-9&n=1#x",
        "https://x.example/~me/%20a.pdf",
    ):
        assert address(url) == url
