"""How English abstracts are written."""

from domain.prose import Prose, Resources, Withdrawal

_ABBREVIATIONS = (
    *("e.g.", "i.e.", "et al.", "al.", "etc.", "vs.", "cf.", "viz.", "ca.", "resp.", "approx.", "a.k.a.", "w.r.t."),
    *(
        "i.i.d.",
        "fig.",
        "figs.",
        "eq.",
        "eqs.",
        "sec.",
        "secs.",
        "tab.",
        "no.",
        "vol.",
        "ref.",
        "refs.",
        "app.",
        "chap.",
    ),
    *("ch.", "pp.", "dr.", "mr.", "ms.", "prof.", "st.", "inc.", "ltd.", "jr.", "sr.", "ph.d.", "u.s.", "u.k."),
)
_LEADS_ON = frozenset(
    """
    a an the of and or but nor to in on at by for with from as into onto over under between among than that which who
    whose when where while if because since although though so such is are was were be been being has have had do does
    did can could may might must shall should will would not no our their its this these those we it they there via
    per both either each every more most less very about through during without within across against toward towards
    including like using based novel new various different several many
    combines leverages uses achieves improves outperforms enables allows provides introduces requires proposes
    integrates employs shows demonstrates reduces presents contains includes incorporates
    """.split()
)
_COMMONEST = frozenset("a an and are as at by can for from in is it of on our that the this to we which with".split())
_FOREIGN = frozenset(
    """
    aber als auch auf bei das dem den der des die ein eine für ist mit nicht sich und von werden wird zu
    au aux ce cet cette dans de des doit du en est et il la le les ne pas pour que qui sont sur un une
    como con del el es esta este la las lo los más no para por que se sus una
    che con da dei del della di essere gli il la le nel non per più questo si sono una
    """.split()
)
_POINTING = frozenset(
    """
    a acceptance access accessed accessible accompanying additional additionally after algorithm all along also an
    and annotations anonymous anonymously apache are as associated at available be been benchmark both can cc-by
    check checkpoint checkpoints code codebase codes com community complete data dataset datasets demo demos details
    development encourage evaluation everything experiments face facilitate find first following for found framework
    freely from full fully further future github gitlab has have here homepage hosted http https hugging huggingface
    implementation in information is it its licence license link links list made make material materials method mit
    model models more of official on online open openly opensource opensourced or our out page page's pages paper
    permissive please possible pretrained project promote promoting proposed provide provided public publication
    publicly qualitative refer release released releasing repo repository reproduce reproducibility reproducible
    research resource resources results sample samples script scripts see share shared site soon source sourced
    sourcing suite supplementary support supporting the their them these this through to together tool tools trained
    transparency under upon url used via video videos view visit visualizations we web webpage website weights well
    which will with work you your
    """.split()
)
_PAPER = r"(?:e-?print|preprint|paper|article|manuscript|submission|document|work|report|version|contribution)"
_TAKEN = r"(?:withdrawn|retracted|removed)"
_IS = r"(?:has\s+been|have\s+been|had\s+to\s+be|is\s+being|is\s+now|was|is|were|be)"
_HOW = r"(?:(?:temporarily|permanently|voluntarily|hereby|now|formally|being)\s+)?"
# What a notice goes on with: who took it back and why, or nothing. Anything else tells of some other paper's fate.
_BY_OR_WHY = (
    r"(?=\s*(?:[.,;:!)\]—–-]|$)"
    r"|\s+(?:by|due|because|since|as|owing|pending|until|while|at\s+the\s+request|on\s+request|upon|following|after|"
    r"for|and\s+(?:will|is|has|a)\b|from\s+(?:arxiv|the\s+arxiv|the\s+server|this\s+server))\b)"
)
_LEAD = (
    r"^[\[(*\"'\s]*(?:(?:arxiv\s+)?(?:admin(?:istrators?)?\s+)?(?:note|notice|comments?)\s*:\s*)?"
    r"(?:unfortunately,?\s+)?"
)
_THIS = rf"{_LEAD}(?:this|our|the\s+present)\s+{_PAPER}\s+{_IS}\s+{_HOW}{_TAKEN}\b{_BY_OR_WHY}"
_THE = (
    rf"{_LEAD}(?:the\s+)?{_PAPER}\s+(?:{_IS}\s+)?{_HOW}(?:withdrawn|retracted|removed)\b"
    r"(?=\s*(?:[.,;!)\]]|$)|\s+(?:by\s+(?:(?:the|its|their|all|both)\s+)?(?:first\s+|corresponding\s+)?(?:authors?|arxiv)|"
    r"due\s+to|because|owing\s+to|pending|from\s+(?:the\s+)?arxiv|for\s+(?:further\s+)?revision)\b)"
)
_AUTHORS = (
    rf"{_LEAD}(?:we|i|the\s+authors?)(?:\s*,[^,]*,)?\s+(?:(?:have|has|had|hereby|wish|would\s+like|want|need|must|"
    rf"decided|are|is|be|to|forced|withdrawing)\s+)*(?:withdraw(?:n|ing)?|retract(?:ed|ing)?)\s+(?:this|our|the)\s+{_PAPER}\b"
    r"(?!['’]s)"
)
_BARE = (
    r"^[\[(*\s]*(?:temporarily\s+)?(?:withdrawn|retracted)\b(?=[\s\])*]*(?:[.!]|$)|\s+(?:by|due|because|owing|pending|"
    r"as|since|until)\b|\s*[:;—–]|,\s)"
)
PROSE = Prose(
    abbreviations=_ABBREVIATIONS,
    leads_on=_LEADS_ON,
    commonest=_COMMONEST,
    foreign=_FOREIGN,
    things=(
        r"\b(?:code\w*|data\w*|models?|weights|checkpoints?|implementations?|benchmark|demos?|videos?|pages?|web\w*|sites?"
        r"|homepage|repo\w*|projects?|resources?|materials?|scripts?|tools?|samples?|results|details|information|github"
        r"|source)\b"
    ),
    lies=(
        r"\b(?:available|releas\w+|open-?\s?sourc\w+|public\w*|accessible|shared?|hosted|provided?|found|soon|here)\b"
    ),
    pointing=_POINTING,
    resources=Resources(
        kinds={
            "demo": r"\b(?:demos?|demonstrations?|playground|videos?|video\s+results)\b",
            "project": r"\b(?:project|web)\s?-?(?:page|site)|\b(?:home|project)\s?page|\bwebsite|\bproject\b",
            "weights": (
                r"\b(?:weights|checkpoints?|(?:pre-?trained|trained|fine-?tuned|reward|base|our|the)\s+models?|models)\b"
            ),
            "data": (
                r"\b(?:data\s?-?sets?|data(?!\s+(?:processing|preparation|pipeline))|benchmark|corpus|corpora|annotations)\b"
            ),
            "code": (
                r"\b(?:code(?:s|base)?|(?<!open-)(?<!open )source|implementations?|scripts?|"
                r"repositor(?:y|ies)|repo|library|toolkit|framework|github)\b"
            ),
        },
        coming=(
            r"\b(?:will|(?:plan|intend|aim|hope|expect|going)\w*\s+to|to\s+be)\s+(?:also\s+|soon\s+|all\s+)*"
            r"(?:be\s+)?(?:\w+ly\s+)*(?:made\s+)?(?:\w+ly\s+)?(?:releas|availab|publi[cs]|open-?\s?sourc|shar(?:e|ed)\b|accessib)\w*"
            r"|\b(?:will|(?:plan|intend|aim|hope|going)\w*\s+to)\s+(?:also\s+|soon\s+)?make\b[^.;]{0,80}\b(?:available|public|open)\b"
            r"|\b(?:upon|after)\s+(?:\w+\s+)?(?:acceptance|publication)|\bavailable\s+soon\b|\bcoming\s+soon\b"
        ),
        releases=(
            r"\bwe(?:\s+(?:have|also|\w+ly))*\s+(?:releas|open-?\s?sourc|shar)(?:e|ed|ing)\b"
            r"(?!\s+(?:the\s+)?(?:view|idea|belief|goal|insight|spirit))"
            r"|\bwe(?:\s+(?:have|also|are|\w+ly))*\s+(?:make|made|making)\b[^.;]{0,80}\b(?:available|public|open)\b"
            r"|\b(?:is|are)\s+open-?\s?sourcing\b"
        ),
        lies=(
            r"\b(?:is|are|have\s+been|has\s+been)\s+(?:(?:all|also|now|\w+ly)\s+)*(?:available|released|open-?\s?sourced|public)\b"
        ),
        at_once=r"\b(?:is|are)\s+(?:\w+ly\s+)?available\b",
        of_others=(r"\b(?:no|few|little|limited|lack\w*|not|existing|previous\w*|other|requires?|when|if)\b"),
        hosts=r"\b(?:on|at|in|from|via)\s+(?:our\s+)?(?:git\s?hub|git\s?lab|hugging\s?face)\b",
        clauses=r"[,;]\s+(?:and|while|but)\s+",
        placeholder=(
            r"\bto[/_-]?be[/_-]?(?:released|announced|added|updated|made[/_-]?public)\b|\bcoming[/_-]?soon\b|\bsoon\b|\btb[ad]\b"
            r"|\bx{3,}\b|\b(?:your|our)[/_-]?(?:repo(?:sitory)?|name|link|url|code)\b|\bplace-?holder\b"
        ),
    ),
    withdrawal=Withdrawal(
        notice=f"{_THIS}|{_AUTHORS}",
        outer=_THE,
        bare=_BARE,
        shouted=r"(?:WITHDRAWN|RETRACTED)(?:\s+(?:ARTICLE|PAPER|MANUSCRIPT))?",
        marks="withdrawn|retracted",
        marks_before="withdrawal|retraction",
        begins="this|the|paper|article|submission|our|we",
    ),
)
