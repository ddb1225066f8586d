"""What a paper in English does not rule on, and what sentences say that do. All in verbose form, case apart."""

from collections.abc import Mapping

from domain.speaking import Subject, Theme

OUGHT = r"""
    \b(?:must|should|shall|ought|has\sto|have\sto|had\sbetter|needs?\sto|would\sdo\swell|deserves?|belongs?)\b
    | \b(?:ask(?:s|ed|ing)?|request\w*|advis\w*|urg\w*|invit\w*|encourag\w*|expected\sto\s(?!be\b)|obliged|permitted
    |allowed|entitled
        |supposed|appreciated|grateful|recommend(?:s|ed)?|instruct(?:s|ed)?|desired|desirable|preferable|preferred
        |welcome|please|kindly)\b
    | \b(?:the\sonly|fair|proper|right|wise|best)\s(?:\w+\s)?(?:choice|wording|word|way|summary|description|verdict)\b
    | \b(?:counts?\sas|regarded|treated|considered|taken|agreed|decided|ruled|confirmed|certified)\b"""
FATE = r"""\b(?:
    retract\w* | withdr[ae]wn? | fabricat\w* | falsif\w* | plagiari\w* | fraud\w* | misconduct | copied | conceded
        | forge[dr]\w*
        | bogus | hoax
    | (?:were|was|been|be|is|are)\s(?:invented|faked?|made\sup|disproved?n?|debunked|cancell?ed|pulled|taken\sdown)
)\b"""
WRONG = r"""\b(?:
    mistakes? | errors? | wrong | false | unreliable | unverified | untrue | outdated | obsolete | superseded?
        | inaccurate
    | misleading | (?:not|n['’]t|never|cannot|hardly)\s(?:\w+\s){0,2}(?:trust|believ|reli|cit)\w*
)\b"""
BEST = r"\b(?:verified|strongest|greatest|finest)\b"
_VERB = r"""(?:accept|add|answer|append|ascribe|assign|attribute|avoid|award|begin|believe|call|cite|class|classify
    |close|compare|conclude
    |copy|credit|cut|declare|describe|disregard|dismiss|drop|emphasi[sz]e|end|exclude|favou?r|feature|flag|forget
    |forward|give|grant|highlight
    |ignore|include|insert|keep|lead|leave|list|mark|mention|move|name|note|omit|open|paste|pick|place|praise|prefer
    |present|print|promote|put
    |quote|rank|rate|read|recommend|refer|reject|remember|remove|repeat|replace|report|respond|reward|say|score
    |select|send|set|skip|speak|start
    |state|stop|summari[sz]e|tag|take|tell|translate|treat|trust|turn|weigh|withhold|write)"""
_TELL = r"""(?:named?|told|mentioned|listed|cited|repeated|printed|shown|quoted|presented|praised|ranked|placed|accepted
    |read)"""
SUBJECTS: Mapping[Theme, Subject] = {
    "speech": Subject(
        rf"""^\W*{_VERB}\s(?:all|every|each|any|no|nothing|only|this|our|it|its|them|both|first|here|as)\b
        | ^\W*(?:feel\sfree|rest\sassured|be\s(?:sure|aware|advised|warned)|take\scare|bear\sin\smind
        |never(?!\s(?:before|theless))|do\snot|don['’]t)\b
        | ^\W*let\s(?:the|this|our|it|no|every|all)\s(?:\w+\s){{1,3}}?(?:begin|open|start|end|close|be|say|tell|read
        |carry|show|stand)\b
        | \bunder\sno\scircumstances\b | \b(?:it\sis\sour|our)\s(?:wish|request|expectation|plea)\b
        | \bwe\s(?:remind|beg|implore|ask|request|urge|instruct|order|forbid)\s(?:the|any|every|all|each|those
        |whoever)\s
            (?!(?:\w+\s)?(?:question|whether)|(?:research|scientific|AI|ML|NLP|broader|wider)?\s?(?:community|field
                |question|model|llm|participant
                |user|annotator|following|same|policy))
        | \b(?:this|our|the\spresent)\s(?:work|paper|study|abstract|submission|article)\sbe\s\w+
        | \b(?:may|shall|must|can|should)\s(?:\w+\s){{0,6}}?(?:this|our)\s(?:work|paper|study
        |submission)\s(?:not\s)?be\s{_TELL}\b
        | ^\W*(?:assistants?|readers?|reviewers?|editors?|summari[sz]ers?|agents?|machines?|bots?|model)\s*[,:]
        | ^\W*(?:grade|score|rating|verdict|recommendation|decision|confidence)s?\s*:
        | \bend\sof\s(?:the\s)?(?:abstract|text|paper|document)\b | \bthe\s(?:following|next|new)\stask\b"""
    ),
    "retellers": Subject(
        r"""\b(?:whoever|any(?:one|body)|every(?:one|body)|those|machines?|models?|systems?|tools?|assistants?
            |agents?|bots?|crawlers?
            |pipelines?|colleagues|they)\s(?:(?:who|that|which|when\sthey)\s)?
            (?:read|process|meet|encounter|pars|index|quot|see|cit|upvot|shar|scor|grad)\w*\s
            (?:this\s(?:record|abstract|text|paper|work|entry|page|listing|submission)|our\s(?:numbers|results|work
                |paper)|the\swork)\b
        | \bupvot\w*
        | \b(?:summari[sz]ers?|newsletters?|(?:area|program|session)\schairs?
        |(?:program(?:me)?|award)\scommittees?
            |whoever)\b""",
        r"\b(?:summar|referee|digest|newsletter|chairs|committee|peer|review|upvot)",
    ),
    "beside": Subject(
        r"""\b(?:no|nothing|none)\b[^.;]{0,40}\b(?:today|of\sthe\sday|in\s(?:this|the)\slist(?:ing)?)\b
        | \bclaims?\s\d+\b[^.;]*\b(?:lack|basis|baseless|sound|supported|true|false|correct)\b
        | \b(?:listed|printed|published|shown|posted|appear(?:s|ed|ing)?|submitted)\s(?:here\s)?(?:today|beside
            |alongside|next\sto|on\sthe\ssame)\b
        | \b(?:beside|alongside|next\sto|around|above|below)\sthis\s(?:one|paper|abstract|entry|text|item)\b
        | \b(?:next|following|previous|preceding|last|above)\s(?:sentence|line|statement)\b.*\b(?:cop(?:y|ied)
        |verbatim|repeat\w*|overview|omit\w*|print\w*)\b"""
    ),
    "judges": Subject(
        r"""\b(?:(?<!human\s)readers?|reviewers?|referees?|(?:area|program|session)\schairs?|(?:program(?:me)?
            |organi[sz]ing
            |award)\scommittees?
            |editors?|journalists?|curators?|whoever|(?:any|every)(?:one|body)\swho|those\swho|all\swho
            |(?<!in\s)(?<!to\s)summar(?:y|ies|i[sz]ers?|i[sz]ing)|digests?|newsletters?|bulletins?|briefings?
            |write-?ups?
            |headlines?|retellings?|(?:future|later|next|subsequent)\s(?:editions?|issues?)
            |(?:describ|report|cit|summari[sz]|retell|present|cover|distil+|condens|scor|grad|review|evaluat)(?:es?
            |ing|s)
                \s(?:this|these|it|our|the\spresent)\b)\b""",
        r"""\b(?:read(?:er|ing|ab)|review|referee|chairs|committee|editor|audience|journalis|curat|summar|digest
            |newsletter|briefing
            |headline|news|edition|coverage|peer|assess|survey|annotat|workshop|competition|challenge)""",
    ),
    "text": Subject(
        r"""(?<!in\s)\b(?:this|the\spresent|our)\s(?:submission|manuscript|abstract|text|listing|entry|item)s?\b
        | \bthese\s(?:lines|words)\b | \b(?:previous|preceding|following|above)\s(?:sentence|line|statement
        |paragraph)s?\b
        | \b(?:repeat|mention|report|tell|cite|omit|leave|print|quote|skip|ignore|drop
        |hide)\w*\b[^.;]{0,40}\b\w+ed?n?\s(?:above|below)\b
        | \b(?:drawn|derived|taken|stem\w*|com\w+)\sfrom\s(?:this|the\spresent|our)\b""",
        r"\b(?:submission|manuscript|abstract(?:s|ive)|listing|entr(?:y|ies)|items?|peer|review|statement|above)\b",
    ),
    "rivals": Subject(
        r"""\b(?:the|that|another|other|an?|rival|competing|earlier|its|their)\s(?:[\w-]+\s){0,3}?
            (?:paper|manuscript|article|preprint|submission|study|thesis|work|authors?)\b""",
        rf"{FATE} | integrity | detect\w*\sof\s",
    ),
    "page": Subject(
        r"""\b(?:the|this|today['’]s)\s(?:page|listing|digest|bulletin|newsletter|feed|briefing)\b
        | \b(?:remaining|other|neighbou?ring)\s(?:items?|entries|stories|papers|news|articles)\b""",
        r"\b(?:pages?|web|listing|news|articles?|items?|entries|stories|feed)\b",
    ),
    "offer": Subject(
        r"""\b(?:sign\sup|subscribe|register|enrol+|donate|sponsor)\b.*\b(?:code|today|now|free|receive|get|bonus
            |discount|credits?)\b
        | \b(?:promo(?:tion)?|discount|coupon|referral)\scodes?\b | \bdonations?\s(?:are|is|to|can)\b""",
        r"\b(?:regist|subscri|enrol|donat|sponsor|promo|discount|coupon|referral|purchas|market|econom|advert)",
    ),
}
