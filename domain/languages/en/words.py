"""English words by which names, numbers and sentences are told apart."""

FUNCTION_WORDS = frozenset(
    """
    a an the this that these those each every either neither some any no all both half such what which whose whatever
    whichever another other many much more most few fewer fewest less least several same i me my mine myself you your
    yours yourself yourselves he him his himself she her hers herself it its itself we us our ours ourselves they them
    their theirs themselves one ones oneself somebody someone something anybody anyone anything everybody everyone
    everything nobody nothing none who whom whoever whomever there here am is are was were be been being do does did
    done doing have has had having can cannot could may might must shall should will would ought let lets about above
    across after against along amid among around as at before behind below beneath beside besides between beyond by
    despite during except for from in inside into like near of off on onto out outside over per since than through
    throughout till to toward towards under underneath unlike until up upon versus via with within without down and or
    nor but yet so if unless though although because while whereas whether when whenever where wherever once lest then
    why how however not only even also too very just still already again ever never now thus hence therefore moreover
    furthermore instead otherwise meanwhile else perhaps maybe rather quite almost yes
    """.split()
)
"""Words of the closed classes: they are no names, whatever case they have."""
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
STOPWORDS = frozenset(
    """
    a an and as at be by for from in into is it its of on or our over per than that the this to under up via vs
    versus we with within without et al etc eg ie cf are can not no
    """.split()
)
"""Words that are no part of a name."""
DERIVED = frozenset(
    ("s", "es", "e", "n", "an", "ian", "ean", "ese", "ese", "ish", "ism", "ist", "ists", "ic", "al", "ed", "er", "ers",
     "ing", "ized", "ised", "ization", "isation", "like", "based")
)  # fmt: skip
"""Endings by which a name makes another word of itself."""
WORDS_OF_ABSTRACTS = frozenset(
    """
    a about above across after against all also although among an and any approach approaches are as at based be
    because been before being best better between both but by can code compared current dataset datasets
    demonstrate demonstrates different do does due during each effective effectively efficient enable enables et
    etc evaluate evaluation even existing experiments explore extensive first for framework from further generate
    generation given have has having high however i if improve improved improves improving in including into
    introduce introduces investigate is issue it its key large leading learn less level leverage leverages
    leveraging limited low make makes many may method methods model models more most multiple need new no not
    novel number of often on one only or other our out outperform outperforms over paper performance perform
    present presents previous prior problem problems propose proposed proposes provide provides range real recent
    recently remain remains require requires research result results set several show shows significant
    significantly simple single small so some state-of-the-art studies study such suggest suggests superior system
    systems task tasks than that the their them then there these they this those three through thus to toward
    towards train two under understanding up use used user users using via was we well were what when where
    whether which while who why wide widely will with within without work works world yet achieve achieves
    achieving address addresses addressing aim aims ability across available challenge challenges challenging
    complex comprehensive consistent consistently crucial critical develop developed despite diverse enhance
    enhances enhancing ensure general good highly important increasing increasingly lack like long main major mean
    means often particular particularly popular powerful quality rather related resulting robust same second
    setting settings specific specifically strong success successful suffer synthetic target technique techniques
    traditional typically unlike various very way ways combine combines combining design designed input output
    part process time times types type allow allows full public publicly github https page project respectively
    furthermore moreover finally additionally similar thereby hundreds thousands hundred thousand million billion
    far fully four five six seven eight nine ten
    """.split()
)
"""Words that any abstract may have: they tell no paper from another."""
NO_ANCHORS = (
    "with|from|that|this|than|were|have|been|when|while|which|their|over|under|about|more|less|only|both|each|also|into"
)
"""Beginnings of longer words to which no figure belongs."""
