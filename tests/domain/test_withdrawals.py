"""A paper that was withdrawn says so in many ways; a paper about withdrawals says something else."""

import pytest

from domain.withdrawals import notice

STUDY = "We propose a grounded search agent. It gains 9.5% over the baseline on three benchmarks."

WITHDRAWN: list[tuple[str, str, str]] = [
    # (title, abstract, comment)
    ("A Method", "This paper has been withdrawn by the author due to an error in equation 3.", ""),
    ("A Method", STUDY, "This paper has been withdrawn by the authors"),
    ("A Method", STUDY, "10 pages, 3 figures. This paper has been withdrawn due to a gap in Lemma 2"),
    ("A Method", STUDY, "Withdrawn"),
    ("A Method", STUDY, "withdrawn by the author because of a crucial sign error in Theorem 1"),
    ("A Method", STUDY, "paper withdrawn"),
    ("A Method", STUDY, "12 pages, the paper is withdrawn, the proof is wrong"),
    ("A Method", "Withdrawn.", ""),
    ("A Method", "Withdrawn by the authors due to a data leak. " + STUDY, ""),
    ("A Method", "The paper has been withdrawn by the authors for further revision.", ""),
    ("A Method", "This submission has been withdrawn by arXiv administrators because it is plagiarised.", ""),
    ("A Method", "This submission has been removed by arXiv administrators as it holds falsified authorship.", ""),
    ("A Method", STUDY + " arXiv admin note: This version has been removed by arXiv administrators.", ""),
    ("A Method", STUDY, "arXiv admin note: submission has been withdrawn due to a disputed authorship"),
    ("A Method", "This article has been retracted at the request of the authors.", ""),
    ("A Method", STUDY + " This preprint was withdrawn by its authors.", ""),
    ("A Method", "The authors have withdrawn this paper. A corrected one will follow.", ""),
    ("A Method", "We withdraw this paper because the evaluation used the test set.", ""),
    ("A Method", "We have decided to withdraw this manuscript until the experiments are repeated.", ""),
    ("A Method", STUDY, "The authors wish to withdraw this submission"),
    ("A Method", "Paper withdrawn due to an error in Section 4.", ""),
    ("A Method", "This work is temporarily withdrawn for legal reasons.", ""),
    ("A Method", "[This paper has been withdrawn by the author, a mistake was found in the code]", ""),
    ("[Withdrawn] A Method for Agents", STUDY, ""),
    ("WITHDRAWN: A Method for Agents", STUDY, ""),
    ("RETRACTED ARTICLE: A Method for Agents", STUDY, ""),
    ("A Method for Agents (withdrawn)", STUDY, ""),
    ("A Method for Agents [RETRACTED]", STUDY, ""),
    ("에이전트를 위한 방법", "이 논문은 실험 오류로 저자에 의해 철회되었습니다.", ""),
    ("에이전트를 위한 방법", STUDY, "본 논문은 철회됨"),
    ("[철회] 에이전트를 위한 방법", STUDY, ""),
]

STANDING: list[tuple[str, str, str]] = [
    ("A Method", STUDY, ""),
    ("A Method", STUDY, "10 pages, 3 figures, accepted at a workshop"),
    (
        "On Withdrawn Papers",
        "We study why papers are withdrawn. In a corpus of 14,000 withdrawn papers, a classifier predicts withdrawal "
        "with 81.5% accuracy.",
        "",
    ),
    (
        "Citations After Retraction",
        "Retracted articles go on being cited. The article was retracted in 2010, yet 312 papers cite it.",
        "",
    ),
    ("Why Papers Are Retracted", "This paper studies papers that have been retracted by their authors.", ""),
    ("Why Papers Are Retracted", "Withdrawn papers are rarely read again. We read 400 of them.", ""),
    (
        "Reading Withdrawal Notices",
        'Notices such as "This paper has been withdrawn by the author" are short. We sort 2,000 of them into 7 kinds.',
        "",
    ),
    ("A Method", STUDY, "Submitted to ICLR 2025 and withdrawn"),
    ("A Method", STUDY, "Withdrawn from NeurIPS 2024 to add experiments"),
    ("A Method", STUDY, "ICLR 2025 (withdrawn)"),
    ("A Method", STUDY, "An earlier version of this paper has been withdrawn; this one corrects Table 2"),
    ("A Method", STUDY, "v1 was withdrawn, v2 repairs the proof"),
    ("A Method", STUDY, "This paper has not been withdrawn"),
    ("Social Withdrawal in Agents", "Agents that have withdrawn from a group return later. We model 40 agents.", ""),
    ("Retracted: A Corpus of Papers Taken Back", "We collect retraction notices of 30 years. " + STUDY, ""),
    ("Banking Agents", "The funds have been withdrawn by the customer in 31% of the dialogues.", ""),
    ("Peer Review at Scale", "The paper was withdrawn in 12% of the cases after the first review.", ""),
    ("Dataset Audits", "Two datasets were withdrawn by their authors after our audit. We audit 51 of them.", ""),
    ("Reviewer Agents", "This submission type has been withdrawn less often since 2021. We count 9,000 reviews.", ""),
    ("철회된 논문의 인용", "철회된 논문이 계속 인용되는 까닭을 분석한다. 3,120편을 조사했다.", ""),
    ("Unlearning", "We withdraw the influence of this paper's data from the model. Accuracy falls by 0.3 points.", ""),
    ("Image Editing", "This work has removed the need for masks. Quality rises by 2.1 points.", ""),
    ("Neural Rendering", "This article has been removed from the training set to test memorisation in 12 models.", ""),
]  # fmt: skip


@pytest.mark.parametrize(("title", "abstract", "comment"), WITHDRAWN, ids=lambda text: text[:40])
def test_a_notice_of_withdrawal_is_found_where_it_stands(title: str, abstract: str, comment: str) -> None:
    found = notice(title, abstract, comment)
    assert found
    assert found in (title, comment) or found in abstract or found in comment


@pytest.mark.parametrize(("title", "abstract", "comment"), STANDING, ids=lambda text: text[:40])
def test_a_paper_that_stands_is_not_taken_for_withdrawn(title: str, abstract: str, comment: str) -> None:
    assert notice(title, abstract, comment) == ""
