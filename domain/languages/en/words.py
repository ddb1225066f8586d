"""English words by which names, numbers and sentences are told apart."""

FUNCTION_WORDS = frozenset(
    "the of and to in is are was were that which this these we our with for on by from as it its can be has".split()
)
BEFORE_NUMBERS = frozenset(
    """
    a an the our this these those we using with on in at for from to by of over under across and or all only about
    between within after before when while both each every its their overall experiments results evaluated among
    up than more less at least nearly roughly approximately around specifically there here covering spanning top
    trained tested containing including comprising averaging reaching achieving given since until january february
    march april may june july august september october november december accuracy score f precision recall bleu
    rouge auc map miou psnr dice wer fid only
    """.split()
)
"""Before a number these begin no name, in upper case or not."""
FILLERS = frozenset(
    """
    based like style free level aware wise driven powered guided centric agnostic specific related oriented only
    side scale world turn shot step hop end time art state self pre post multi cross inter intra non semi sub
    """.split()
)
"""Parts of words that make a name of no other name."""
COUNTED = frozenset(
    """
    top rank stage step task layer level table figure phase day week turn epoch about over under to by of in on
    than from with at least most only nearly around roughly and or the across all up between for
    """.split()
)
"""Behind these a number is no version."""
QUESTION_WORDS = frozenset(
    "a an and are as at be by can do does for from has have how in is it its new of on or paper papers that the their "
    "these this to use used using via was we what when where which who why will with work".split()
)
"""Words of a question that are not looked up."""
