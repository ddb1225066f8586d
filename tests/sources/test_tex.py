"""TeX that stands for plain characters is read; formulas are left alone."""

import pytest

from sources.tex import plain


@pytest.mark.parametrize(
    ("tex", "text"),
    [
        (r"improves by 3.5\% on R\&D data", "improves by 3.5% on R&D data"),
        (r"$\sim$31\% of responses", "~31% of responses"),
        (r"a $2\times$ speed-up and $1.5 \times$ memory", "a 2× speed-up and 1.5 × memory"),
        (r"\textbf{Star} and \emph{nested \texttt{code}}", "Star and nested code"),
        (r"code at \url{https://example.org/a_b}", "code at https://example.org/a_b"),
        (r"a rate of $O(n^{2})$ and $\mathcal{O}(\sqrt{n})$", r"a rate of $O(n^{2})$ and $O(\sqrt{n})$"),
        ("it costs $5 or $10 a day", "it costs $5 or $10 a day"),
        ("a ``quoted'' word", "a “quoted” word"),
        ("nothing to do here", "nothing to do here"),
    ],
)
def test_tex_becomes_text(tex: str, text: str) -> None:
    assert plain(tex) == text
