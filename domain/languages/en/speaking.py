"""How English speaks to whoever reads a paper, and how papers in it report. All in verbose form, case apart."""

from domain.speaking import Speaking

from .asides import BEST, FATE, OUGHT, SUBJECTS, WRONG
from .orders import ABOUT_ITSELF, CHATS, CONDEMNED, ORDERS

_VERB = r"""(?:add|propos|present|introduc|show|find|found|evaluat|demonstrat|develop|stud(?:y|ied)|investigat|explor
    |analy|train|test|describ|address|achiev|outperform|improv|reveal|highlight|suggest|indicat|provid|establish|extend|buil[dt]
    |design|conduct|compar|validat|appl[yi]|us(?:e|ing)|observ|discuss|examin|argue|prov|derive|report|identif|construct|collect
    |formulat|releas|aim|focus|leverag|employ|enabl|allow|offer|reduc|combin|integrat|mitigat|captur|support|confirm|remain
    |outlin|review|survey|quantif|measur|open|yield|requir|treat|preserv|avoid|eliminat|lead|facilitat|contribut|deliver
    |underscor|uncover|fine-tun|adapt|generat|learn|track|marks|limit|rel(?:y|ies)|rais|cause)"""
_REPORTS = rf"""\b(?:we|(?:this|these|our|the\s(?:proposed|resulting))\s(?:[\w-]+\s){{0,4}}?|this|these)\s?
        (?:\w+ly\s|also\s|further\s|then\s|first\s|here\s|can\s)*{_VERB}\w*
    | \b(?:experiment|evaluation|result|finding|stud(?:y|ies)|analys|simulation|approach|method|framework|model
        |algorithm|system|technique|dataset|task|benchmark|test|module|network|validation)\w*\b[^.;:]{{0,60}}
        \b(?:show|demonstrat|outperform|achiev|improv|reveal|suggest|indicat|confirm|validat|verif|require|rely|relies
        |lack|suffer|fail|struggle|reduc|enabl|conducted|produc|consist|employ|us(?:es|ing)|based)\w*
    | ^\W*(?:however|specifically|moreover|furthermore|additionally|in\saddition
        |to\s(?:this\send|address|tackle|overcome|mitigate|bridge|solve|evaluate)|finally
        |in\sthis\s(?:paper|work|study|article)|by\s\w+ing|while|although|despite|recent|existing|current|traditional
        |notably|unlike|meanwhile|consequently|therefore|thus|as\sa\sresult|during|at\s(?:inference|test\stime)|central
        |each)\b
    | ^\W*(?:introduction|background|methods?|results?|conclusions?|objectives?)\b"""
_NO_TIES = frozenset(
    """
    acros after also althou among becaus becomi becom before betwee both despit during each either even from first four
    furthe fully given have howeve http into like many make making more moreov most only often other over overal paper
    rather same second severa should since some still such than that their them then thereb these they though three
    throug time togeth toward under unlike upon used using very well were when where whethe which while widely will wise
    with within withou highli higher high better lower level allow enable provid offer based
    """.split()
)
_SPOKEN_OF = r"""\b(?:papers?|articles?|manuscripts?|submissions?|abstracts?|preprints?|works?|stud(?:y|ies)|authors?
    |entr(?:y|ies)|items?|texts?|lines?|sentences?|paragraphs?|statements?|claims?|results?|page|listing|list
    |today(?:['’]s)?|issue|headlines?|digests?|newsletters?|bulletins?|reports?|coverage|news|summar\w+|read(?:er|ers|s|ing)?
    |review\w*|referees?|editors?|chairs?|committees?|jury|judges?|critics?|graders?|raters?|assistants?|models?
    |bots?|you|your|please|us|we\s(?:ask|urge|request)|scores?|ranks?|ranking|ratings?|grades?|verdicts?
    |accept\w*|recommend\w*|prais\w*|cit(?:e|es|ed|ing)|mention\w*|trust\w*|retract\w*|withdr\w+|fabricat\w*|fake[ds]?
    |instruct\w*|prompts?|rules|sign\sup|subscribe|donate|order|share)\b"""
_STUDIED = r"""\b(?:readers?|review\w*|referee\w*|summar\w+|digests?|news\w*|recommend\w*|ranking|citations?|cited
    |instruct\w+|prompts?|inject\w*|attack\w*|annotat\w+|retract\w+|plagiar\w+|peer|headlines?|captions?|misinformation
    |persua\w+|judges?|fact-check\w*)\b"""
SPEAKING = Speaking(
    orders=ORDERS,
    chats=CHATS,
    about_itself=ABOUT_ITSELF,
    of_orders=(
        r"\b(?:to|can|could|would|telling|asking|instructing|whether|that|who|which|how)\s"
        r"(?:ignore|disregard|forget|override|bypass|skip)\b"
    ),
    condemned=CONDEMNED,
    subjects=SUBJECTS,
    ought=OUGHT,
    fate=FATE,
    wrong=WRONG,
    best=BEST,
    spoken_of=_SPOKEN_OF,
    studied=_STUDIED,
    figures=r"(?-i:\b(?:times|twice)\sas\b|\bone\s(?:of|in)\s(?:every\s)?\w+|\bhalf\sof)",
    reports=_REPORTS,
    introduces=r"(?:introduc|present|propos)(?:e|es|ed|ing)|call(?:ed|s)?|named|dubbed|termed",
    it="It",
    you=r"\byou(?:rs?)?\b",
    one="one",
    to_models=r"\b(?:AI|assistant|language[ ]model|prompt|instruction|review\w*|scor\w+|rat(?:e|ing))s?\b",
    no_ties=_NO_TIES,
)
