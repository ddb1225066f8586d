"""An abstract is cut into sentences that a reader would call sentences, and nothing of it is lost."""

import pytest

from domain.sentences import sentences

CASES: list[tuple[str, ...]] = [
    ("We propose DeepNet.", "It works.", "Does it?", "Yes!", "Done."),
    # Abbreviations, also before a capital letter.
    ("We use models, e.g. BERT, i.e. Transformers.", "They vary."),
    ("Smith et al. (2020) and Lee et al. Show that it holds.", "It does."),
    ("As in Fig. 3 and Eq. (2), vs. Baseline.", "See Sec. 4 and Tab. 2 for more.", "Fine."),
    ("The data are i.i.d. Gaussian w.r.t. Time.", "So is the noise."),
    ("Prof. Kim and Dr. Lee met at Acme Inc. Headquarters.", "They agreed."),
    ("The U.S. Army uses it.", "Others do not."),
    ("The method of J. Smith and K. Lee wins.", "The rest lose."),
    # Decimals, versions, ellipses.
    ("Accuracy rises by 3.5% to 71.2.", "GPT-4.5 gains 0.3 points."),
    ("We test on v2.0 of the set.", "2.5 billion tokens are used.", "10 runs each."),
    ("It goes on and on...", "Then it stops."),
    # Closing quotes and brackets belong to the sentence that they close.
    ('They call it "the end."', '"Not so," we say.'),
    ("(See the appendix.)", "We go on.", "[Code is out.]", "Fine."),
    # Formulas are not cut.
    ("We bound $f(x) = 3. Y$ from below.", "The bound is tight."),
    ("We solve $2x = 3. Y$ at once.", "The rest is easy."),
    ("For all $x$ in $[0, 1]. Z$ it holds.", "The rest is easy."),
    ("It needs $O(n^2)$ steps.", "We need $O(n)$.", "Both are exact."),
    ("It is a $3.5$-approximation.", "The next one is better.", "Ours is $2^{n}$ times faster.", "Code is out."),
    ("We gain $\\sim$50% over $\\times$2 the size.", "The gap closes.", "It stays closed."),
    ("The rate is $6.4×10^{-3}$ here.", "We are done."),
    # Prices are no formulas.
    ("It costs $5.", "We pay $10 for $2.50.", "Cheap."),
    ("A run costs $1.5M and then $200K.", "Others pay $3 billion.", "We pay US$7."),
    ("The escaped \\$5.", "It is one.", "No formula opens at \\$ 3 either.", "End."),
    # Other scripts and marks.
    ("이 논문은 A를 제안한다.", "정확도가 3.5% 올랐다.", "코드는 공개되었다."),
    ("La méthode marche.", "Étonnant, non?", "Übrigens auch."),
    # No boundary without a capital, a digit or a Hangul syllable behind it.
    ("It is called yahoo! and is fast.", "Good."),
    ("One sentence without an end",),
]


@pytest.mark.parametrize("parts", CASES, ids=lambda parts: parts[0][:30])
def test_an_abstract_is_cut_where_its_sentences_end(parts: tuple[str, ...]) -> None:
    assert sentences(" ".join(parts)) == parts


@pytest.mark.parametrize("text", ["", " ", "\n\t "])
def test_an_empty_abstract_has_no_sentences(text: str) -> None:
    assert sentences(text) == ()


STARTS = ("", "  ", "(", '"', "$", "$x. ", "e.g. ", "3.5 ", "한글. ", "A. ", "\\$ ")
ENDS = ("", ".", "...", "?!", '."', ".)", " et al.", " $5.", " $O(n)$.", "$", ".\n\n", " U.S. ", " 끝.")


@pytest.mark.parametrize("start", STARTS)
@pytest.mark.parametrize("end", ENDS)
def test_nothing_of_an_abstract_is_lost_added_or_left_blank(start: str, end: str) -> None:
    for middle in ("We propose X", "we do. It works (well). 2 runs"):
        for text in (start + middle + end, f"{start}{middle}{end} {start}{middle}{end}"):
            cut = sentences(text)
            assert " ".join(cut) == " ".join(text.split())
            assert all(part and part == part.strip() for part in cut)
