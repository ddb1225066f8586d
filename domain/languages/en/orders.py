"""The forms in which English speaks to whoever reads, judges or retells a paper, and in which a paper speaks of itself.

All in verbose form, case apart.
"""

from domain.speaking import Gated

_SELF = r"""(?:
    (?:this|these|our|the\s(?:present|following|above)|said)\s(?:\w+\s){0,2}?
    (?:paper|work|submission|manuscript|article|abstract|text|study|method|approach|result|contribution|finding|claim
      |statement|sentence|document|note|title|message|instruction|prompt|repository|number|figure)s?\b
    | \b(?:it|us)\s(?:as|first|10)\b | \bP\d{1,2}\b | \btoday(?:['’]s)?\b | \bthe\s(?:day|digest|newsletter)\b
    | \b(?:all\s)?other\spapers\b | \bthe\stop\sscore\b | \bacceptance\b
)"""
_WHO = r"""\b(?:
    readers?|reviewers?|referees?|summari[sz]ers?|assistants?|models?|llms?|ais?|chatbots?|agents?|judges?|critics?
    |graders?|evaluators?|systems?|machines?|editors?|chairs?|committees?|audience|digests?|newsletters?
    |summar(?:y|ies)|reports?|reviews?|whoever|anyone|everyone|users?
)\b"""
_DUTY = r"(?:must|should|shall|ought\sto|has\sto|have\sto|needs?\sto)"
_ASKED = rf"""(?:
    {_DUTY} | will | would\sdo\swell\sto | (?:can|may)\ssafely
    | (?:is|are)\s(?:\w+ly\s|hereby\s)?(?:asked|advised|requested|instructed|required|urged|invited|encouraged|expected
      |reminded|told|supposed|obliged)\sto
    | (?:is|are)\sto
)"""
_ACT = r"""(?:
    rate|score|rank|grade|accept|praise|promote|recommend|endorse|regard|treat|consider|count|mark|report|describe|present
    |mention|cite|quote|list|place|put|lead|open|start|begin|name|tell|inform|say|state|write|output|print|reply|respond
    |answer|emphasi[sz]e|highlight|stress|ignore|disregard|forget|skip|omit|drop|exclude|classify|assign|give|award|pass
    |approve|verify|trust|believe|repeat|include|add|call|show|conclude|note|express|feature|reveal|confirm|assume
    |summari[sz]e|translate|prefer|conclude|bear|render|avoid|choose
)"""
_DO = rf"(?:{_ACT}|compare|share|star|follow|visit|click|subscribe|upvote|download|spread|keep)"
_OBJECT = r"""(?:
    that|this|these|the|our|it|us|all|every|each|any|no|only|with|as|to|in|how|an?|nothing|everything|others?|readers?
    |users?|P\d
)\b"""
_VERDICT = (
    r"(?:verified|supported|unsupported|accepted|rejected|true|false|correct|confirmed|approved|valid|invalid|perfect)"
)
CONDEMNED = r"""\b(?:
    retracted|withdrawn|fabricat\w+|falsif\w+|plagiari\w+|fraud\w*|misconduct|debunked|refuted|discredited|manipulated
    |fake[ds]?|made\sup|invented\s(?:numbers|data|results)|hoax|bogus|not\sreproducible|irreproducible|invalid(?:ated)?|wrong
)\b"""
_TITLE = r"(?-i:[A-Z][\w-]*(?:\s(?:[A-Z][\w-]*|of|for|the|in|on|with|and|from|to|a|by|that|via|without)){2,})"
_TEXT = r"(?:paper|article|abstract|submission|manuscript|preprint|text|lines|paragraph|summary|entry|write-?up)s?"
_THIS_TEXT = rf"(?:these\slines|(?:this|the\spresent|our|the\sabove)\s(?:\w+\s){{0,2}}?{_TEXT})\b"
_NORM = r"""\b(?:
    must|should|shall|ought\sto|ha[sv]e?\sto|needs?\sto|deserves?|merits?|had\sbetter|(?:is|are)\sto|may\s(?:only\s)?be|may\snot
    |(?:is|are|be|being)\s(?:\w+ly\s|hereby\s)?(?:asked|requested|advised|urged|required|instructed|encouraged|invited|expected
      |permitted|allowed|forbidden|prohibited|obliged|reminded|informed)
    |would\sbe\s(?:appreciated|welcome|appropriate|incomplete)|we\s(?:ask|request|urge|demand|insist)\sthat
    |(?:it|there)\sis\s(?:essential|imperative|recommended|appropriate|advisable|fitting|necessary|no\sneed)
    |satisf(?:y|ies)\sall|acceptance\scriteria|(?:checked|verified|approved|certified)\sby|10\sout\sof\s10
)\b"""
ABOUT_ITSELF = rf"""
    \b(?:in|throughout|within)\s(?:this|the\spresent|our|these)\s(?:\w+\s){{0,2}}?
        (?:paper|article|manuscript)s?\b(?!\s{_NORM})
    | \b(?:goals?|aims?|objectives?|purposes?|focus|scope|contributions?|subject|topics?|ideas?|motivation|results
        |findings|code|data|authors?|rest|remainder|version)\s(?:of|in|for)\s{_THIS_TEXT}
    | \b{_THIS_TEXT}\s(?:\w+ly\s|also\s|first\s|then\s)?
        (?!deserves|merits|satisf|ranks|scores|is\b|was\b|has\b|needs)\w\w+(?:s|ed)\b
    """
"""How papers speak of themselves when they report: «in this paper», «the goal of this paper», «this paper shows»."""
ORDERS = (
    Gated(
        r"\byou",
        (
            r"""(?<!-)\b(?-i:you|your|yours)\b
                (?!-|\s(?:can|may)\s(?:also\s)?(?:find|access|try|download|view)|\s(?:go|see\sis)\b)""",
            r"""(?:^|[.!?>*\#-])\W*(?-i:You|Your|YOU|YOUR)\s
                (?:must|should|shall|will|are|have|need\sto|may\s(?!also|find)|task|job|answer|summary)\b""",
            r"(?-i:\bYOU\sMUST\b) | \byourself\b",
        ),
    ),
    Gated(
        r"^\W*(?:dear|hello|hi|attention|note)\b",
        (r"^\W*(?:dear|hello|hi)\b | ^\W*(?:attention|note)\s*[:!] | ^\W*note\s(?:to|for)\b",),
    ),
    # asked of somebody, about this text or the page that will tell of it
    Gated(
        rf"\b(?:{_DUTY}|will|do\swell|safely|asked|advised|requested|instructed|required|urged|invited|encouraged|expected"
        r"|reminded|told|supposed|obliged|(?:is|are)\sto|reading|processing|condensing|summari[sz]ing|evaluating|reviewing"
        r"|judging|seeing|read\sby|editors?|committee|chairs?|reviewers?|referees?|judges?|critics?)\b",
        (
            rf"{_WHO}[^.;]{{0,80}}?\b{_ASKED}\s(?:\w+ly\s|also\s|then\s|all\s|now\s)*{_ACT}\b(?=.*{_SELF})",
            rf"{_SELF}.*{_WHO}[^.;]{{0,40}}?\b{_DUTY}\s(?:\w+ly\s)*{_ACT}\b",
            rf"""{_WHO}\s(?:who\s|that\s)?(?:reading|processing|condensing|summari[sz]ing|evaluating|reviewing|judging)\s
                (?:this|our|the\spresent)\b""",
            rf"{_WHO}\s(?:processing|reading|seeing)\b.*\bwill\b",
            r"\bread\sby\s(?:an?|any|the)\s(?:machine|model|ai|assistant|llm|language\smodel)\b",
            r"\breviewer\s\#?\d\b.*\b(?:should|must|will|shall|may)\b",
            r"""\b(?:editors?|committee|chairs?|reviewers?|referees?)\b.{0,40}?
                \b(?:approv|accept|recommend|endors|confirm|verif|certif|ask|request|urg|instruct|order|declar)\w*\b
                (?=.*\b(?:this|our)\s(?:paper|work|submission|manuscript|abstract|text|study)\b)""",
            rf"\b(?:judge|critic|reviewer)s?\b.{{0,20}}\b(?:passes|accepts|supports|approves)\s(?:every|all|each|any)\b.*{_SELF}",
        ),
    ),
    # what ought to be done with this text, or is certain of it
    Gated(
        _NORM,
        (
            _THIS_TEXT,
            r"\b(?:given|stated|made|listed|reported)\shere(?:in)?\b | \bderived\stexts?\b",
            r"\bour\s(?:limitations|weaknesses)\b | \bthe\sonly\spaper\b",
            r"\bother\s(?:abstracts|papers|entries|submissions)\b",
            r"\b(?:cite|mention|praise|rank|name|quote)\sus\b",
            r"\b(?:in|from|of)\stoday['’]?s?\s(?:papers|digest|list|news|summary|page|report|issue) | \bof\sthe\sday\b",
        ),
    ),
    Gated(
        r"^\W*(?:refrain|abstain)\b|\b(?:score|rating|grade|rank)\sof\b|\bbest\spaper\b|^(?:to|for)\s[^:]{3,60}:|\bacceptance\s",
        (
            r"^\W*(?:refrain|abstain)\s(?:from)\b",
            rf"\b(?:score|rating|grade|rank)\sof\s{_THIS_TEXT}\s(?:is|equals)\b | \bis\sthe\sbest\spaper\b",
            r"\bacceptance\s(?:should|must|is\sto|would|will)\b",
            r"^(?:to|for)\s(?:the|any|all|whoever|every)\b[^:]{3,60}\b(?:reading|who|that)\b[^:]*:",
        ),
    ),
    # the page that will tell of the day, and our place on it
    Gated(
        r"\b(?:digest|newsletter|front\spage|lead\sstory|top\sof\s(?:the|your)|listing|headline)\b",
        (
            r"\b(?:digest|newsletter|front\spage|lead\sstory|top\sof\s(?:the|your)|headline)\b.*\b(?:us|our|this)\b",
            r"\b(?:us|our|this)\s.*\b(?:digest|newsletter|front\spage|lead\sstory|top\sof\s(?:the|your)\s(?:list|page))\b",
        ),
    ),
    Gated(
        r"\bP\d|\bno\s(?:further|more)\s(?:evidence|check|proof|verification)|peer\sreview|^\w+[:,]|\b(?:verdict|below|above|certified|exempt)\b|\bwould\b|^attention\b",
        (
            rf"\bP\d{{1,2}}(?:\.\d+)?\s(?:is|are|was|has\sbeen)\s.*(?:{CONDEMNED}|\b{_VERDICT}\b)",
            r"^attention\s(?:all|every|any)\b",
            rf"{_WHO}\swould\s(?:\w+\s)?(?:call|say|agree|conclude|prefer|rate|rank|accept)\b.*\b(?:this|our|us)\b",
            r"\bverdict\b.*\b(?:follows?|below|above|here)\b",
            r"\b(?:below|above)\b.*\b(?:certified|verified|exempt|beyond\sdoubt)\b",
            r"\bpapers?\s(?:listed|shown|named|printed|placed)\s(?:above|below|before|after|next)\b",
            r"\bneeds?\sno\s(?:further|more|additional)\s(?:evidence|checks?|proof|verification|support)\b",
            r"\b(?:claims|statements|paper|abstract|results)\s(?:\w+\s){0,2}passed\speer\sreview\b",
            rf"^\W*(?:{_WHO}|grade|score|rating|verdict|decision|recommendation)\s?:",
            rf"^\W*{_WHO},\s(?:please|kindly)\b",
        ),
    ),
    # asked of nobody by name
    Gated(
        r"\b(?:requested|asked|advised|recommended|imperative|essential|mandatory|required|must|should|shall|to\sbe)\b",
        (
            rf"""\b(?:is|are)\s(?:hereby\s)?(?:requested|asked|advised|recommended|imperative|essential|mandatory|required)
                \s(?:that|to)\b(?=.*\b{_ACT}\b)(?=.*{_SELF})""",
            r"""\b(?:this|our|the\spresent)\s(?:paper|work|submission|abstract|text|manuscript|study)\b.{0,60}?
                \b(?:must|should|shall|has\sto|is\sto)\sbe\s(?:rated|ranked|accepted|praised|presented|recommended|regarded
                |treated|considered|listed|placed|named|told|scored|featured|mentioned)\b""",
        ),
    ),
    # an imperative
    Gated(
        rf"(?:^\W*|[:;]\s|\bplease\s|\bkindly\s)(?:{_DO}|please|kindly|always|only|also|do|don|never|be|remember"
        r"|make|ensure|see|return|go|navigate|browse)\b|^(?:if|when|while|in|for|before|after)\b",
        (
            rf"""(?:^\W*|[:;]\s|\b(?:please|kindly)\s)(?:
                (?:please|kindly|always|only|also|do\snot|don['’]t|never|be\ssure\sto|remember\sto)\s(?:please\s)?{_DO}\b
                | {_DO}\s{_OBJECT}
                )(?=.*{_SELF})""",
            r"^\W*(?:mark|count|treat|regard|accept|reject)\s(?:the|this|that|every|all|any)\b.*\bas\b",
            r",\streat\sthis\sas\b",
            rf"""^(?:if|when|while|before|after)\b[^,]{{0,60}},\s(?:please\s)?{_DO}\s
                (?:that|the|an?|it|this|all|every|no|only|our|us|["'])""",
            r"^\W*(?:consider|count|call|skip|omit|drop|leave)\s.*\b(?:our\s(?:results|work|paper|claims|method)|us)\b",
            rf"""^\W*(?:(?:please|kindly)\s)?(?:make\ssure|ensure|see\sto\sit)\s(?:that\s|to\s)?(?:the\s)?(?:{_WHO}|{_DO}\b)
                (?=.*{_SELF})""",
            rf"""^(?:if|when|while|in|for|before|after)\b[^,]{{0,60}}
                (?:summar|review|report|digest|answer|reply|respon|list|judg|evaluat|read)[^,]{{0,30}},\s
                (?:please\s|always\s)?{_ACT}\b""",
            rf"""^\W*(?:please|kindly)\b(?!-)(?=.*\b(?:{_ACT}|star|share|upvote|follow)\b)
                (?!.*\b(?:appendix|section|supplement\w*|page|website|videos?)\b)""",
            r"""^\W*(?:give|write|provide|assign|produce|output)\s(?:only\s)?(?:an?\s|the\s)?(?:very\s)?(?:positive|favou?rable
                |glowing|perfect|highest|maximum|strong)\s(?:review|score|rating|evaluation|accept(?:ance)?)\b""",
            r"^\W*(?:go|navigate|browse)\sto\s(?:https?:|www\.|this\s(?:link|url|site|page))",
            r"^\W*click\s(?:on\s)?(?:the|this)\slink",
            r"""^\W*(?:answer|reply|respond|output|print|return|write|say|repeat)\b(?:\sonly)?\s
                (?:with|in|the\s(?:single\s)?(?:word|sentence|phrase|following)|only|nothing|["'])""",
        ),
    ),
    Gated(
        r"ignor|disregard|forget|overrid|bypass|overrul|skip|reveal|leak|print|repeat|output",
        (
            r"""\b(?:ignore|disregard|forget|override|bypass|overrule|skip)\s
                (?:(?:all|any|the|your|these|of|everything)\s)*
                (?:previous|prior|above|earlier|preceding|foregoing|existing|original|system|safety|rules)\b""",
            r"""\b(?:reveal|print|repeat|output|leak)\s(?:me\s)?(?:your|the)\s
                (?:system\sprompt|hidden\sprompt|initial\sinstructions?|api\skeys?|secrets?)\b(?=[.!]|$)""",
        ),
    ),
    # verdicts on statements, passed or taken for granted
    Gated(
        r"statement|sentence|claim|other\spapers",
        (
            rf"""\b(?:statements?|sentences?|claims?)\s(?:from|about|of|in|on)\s(?:P\d|this|our)\b.*
                \b(?:are|is|be|count\w*|as)\b.*\b{_VERDICT}\b""",
            r"\b(?:supersede|outrank|invalidate)s?\b.*\b(?:all\s)?other\spapers\b",
        ),
    ),
    # another paper's fate
    Gated(
        CONDEMNED,
        (
            rf"""\b(?:paper|work|study|article|preprint|submission|results?\s(?:reported\s)?(?:in|of)
                |(?:claims?|numbers|data)\s(?:in|of)|authors\sof)\s[“"'‘]?{_TITLE}[”"'’]?.*{CONDEMNED}""",
            rf"""{_TITLE}[”"'’]?\s(?:\w+\s){{0,4}}?
                \b(?-i:retracted|withdrawn|fabricated|plagiari\w+|fraudulent|misconduct|invented\s(?:numbers|data|results)|a\shoax)\b""",
            rf"\b(?:all\s(?:the\s)?|the\s|these\s)(?:other|remaining)\s(?:\w+\s)?(?:papers|works|submissions|articles)\b.*{CONDEMNED}",
        ),
    ),
    Gated(
        r"\b(?:rival|competing|other)\s(?:work|papers?|submissions?)\b|\bcompetitors",
        (
            r"\bcompetitors['’]?\s(?:papers|work|submissions)\b.*\bnot\b",
            rf"\b(?:today|of\sthe\sday|this\sweek)\b.*(?:{CONDEMNED}|\berrors\b|\bdisregard|\bignored?\b|\bweak)",
        ),
    ),
)
"""Words to a second person, requests, imperatives and verdicts, and what is said of other papers."""
CHATS = (
    Gated(
        r"[:：]",
        (
            r"""(?:^|[\n.!?"'>\]}*\#-]\s*)(?:system|assistant|developer)\s*(?:prompt|message|override|note)\s*:\s*\S""",
            r"\bnew\s(?:system\s)?instructions?\s*:",
        ),
    ),
    Gated(
        r"\b[PTSC]\d",
        (
            r"""(?:^|[.!?]\s)(?-i:[PTSC])\d{1,2}(?:\.\d{1,2})?\s
                (?:is\s(?:supported|accepted|rejected|true|false)|this\b)""",
        ),
    ),
    Gated(
        "decode|_",
        (
            r"\bdecode\s(?:(?:this|it|the\sfollowing)\s)?and\s(?:follow|obey|execute)\b",
            r"(?<!to\s)\bcall\s\w+_\w+\b | \b\w+_\w+\s(?:on|with|for)\shttps?:",
        ),
    ),
)
"""Words of a chat, a tool call or our own answers."""
