"""TeX is made readable once, when a paper comes in: signs, accents, powers; what a command sets is kept."""

import pytest

from domain.papers import Paper
from sources.reading import records
from sources.reading.tex import without_tex


@pytest.mark.parametrize(
    ("tex", "text"),
    [
        (r"improves by 3.5\% on R\&D data", "improves by 3.5% on R&D data"),
        (r"$\sim$31\% of responses", "~31% of responses"),
        (r"a $2\times$ speed-up and $1.5 \times$ memory", "a 2× speed-up and 1.5 × memory"),
        (r"17.9\times faster, 8$\times$A100", "17.9× faster, 8×A100"),
        ("2.4times faster, 1.6-1.8times less", "2.4× faster, 1.6-1.8× less"),
        ("64 times 64 or sim700, 3pm1", "64×64 or ~700, 3±1"),
        ("LLMtimesMapReduce of the NYTimes", "LLM×MapReduce of the NYTimes"),
        ("3 times as fast at 5pm, a timestamp, simple", "3 times as fast at 5pm, a timestamp, simple"),
        (r"\textbf{Star} and \emph{nested \texttt{code}}", "Star and nested code"),
        (r"\textbf{We gain $2\times$ and 3\%} in all", "We gain 2× and 3% in all"),
        (r"{\bf Star} and {\em stripes}", "Star and stripes"),
        (r"code at \url{https://example.org/a\_b}", "code at https://example.org/a_b"),
        (r"our code is \href{https://example.org/a_b}{here}.", "our code is here (https://example.org/a_b)."),
        (r"at \href{https://example.org/a}{https://example.org/a}", "at https://example.org/a"),
        (r"a rate of $O(n^{2})$ and $\mathcal{O}(\sqrt{n})$", "a rate of O(n²) and O(√(n))"),
        (r"$O(n \log n)$ and $2^{n-1}$ in $\mathbb{R}^{d}$", "O(n log n) and 2ⁿ⁻¹ in ℝ^d"),
        (r"from $10^{-3}$ to 10^6", "from 10⁻³ to 10⁶"),
        (r"$\theta_{SFT}$, $x_{i+1}^{2}$ and CO$_2$", "θ_SFT, x_(i+1)² and CO₂"),
        (r"$\frac{1}{2}$ of $0.5 \pm 0.1$ ($p<0.05$)", "1/2 of 0.5 ± 0.1 (p<0.05)"),
        (r"at $90^\circ$ and 30\textdegree", "at 90° and 30°"),
        (r"$\tau^2$-bench and top-$p$ and min-\$p\$", "τ²-bench and top-p and min-p"),
        (r"\ours gains 5\% on \swebench{} with \gls{llm}", "ours gains 5% on swebench with llm"),
        (r"a VFM (\eg, DINO), \ie{} a model", "a VFM (e.g., DINO), i.e. a model"),
        (r"as shown\footnote{in part} by others~\cite{a2020}", "as shown (in part) by others "),
        (r"na\"ive Poincar\'e, Mart\'{\i}n {\L}ukasz Erd\H{o}s", "naïve Poincaré, Martín Łukasz Erdős"),
        (r"Fig.~3 of Li~et~al., ~50\% and https://example.org/~me", "Fig. 3 of Li et al., ~50% and https://example.org/~me"),
        ("60--61\\% of it---so far", "60–61% of it—so far"),
        ("run it with --fast", "run it with --fast"),
        ("it costs $5 or $10 a day", "it costs $5 or $10 a day"),
        (r"it costs \$5", "it costs $5"),
        ("a ``quoted'' word", "a “quoted” word"),
        ("we take {things} apart in snake_case", "we take {things} apart in snake_case"),
        (r"a broken $\frac{1$ stays", r"a broken $\frac{1$ stays"),
        ("nothing to do here", "nothing to do here"),
    ],
)  # fmt: skip
def test_tex_becomes_text(tex: str, text: str) -> None:
    assert without_tex(tex) == text


def test_a_paper_comes_in_with_title_abstract_and_names_in_plain_text() -> None:
    paper: Paper = records.from_row(
        {
            "id": "2701.00001",
            "title": r"$\tau$-Nets: 17.9$\times$ \emph{Faster}",
            "abstract": r"We gain 3\% in $O(n^2)$. \textbf{It holds.}",
            "authors": "M. R\\'{e}my, C. Bal\\'azs and \\L{}. Erd\\H{o}s",
        },
        "files",
    )
    assert (paper.title, paper.abstract) == ("τ-Nets: 17.9× Faster", "We gain 3% in O(n²). It holds.")
    assert [sentence.text for sentence in paper.sentences] == ["We gain 3% in O(n²).", "It holds."]
    assert paper.authors == ("M. Rémy", "C. Balázs", "Ł. Erdős")


def test_no_text_that_a_stranger_can_send_makes_the_reader_of_tex_fail_or_hang() -> None:
    for text in (
        "\\" * 5000,
        "$" * 5000,
        "{" * 5000,
        "\\frac" * 1000,
        "$\\" * 2000,
        "\\a{" * 2000,
        "^{" * 3000,
        "\\'{" * 999,
    ):
        assert isinstance(without_tex(text), str)
