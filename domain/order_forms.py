"""The forms of speech that no language owns: of chats, templates and tool calls, and requests in languages in which
nobody writes reports. All in verbose form, case apart."""

from .speaking import Gated

CRAFTED = (
    Gated(
        r"[<\[#{=]",
        (
            r"<\|?(?:im_start|im_end|system|endoftext|assistant|user|eot_id|start_header_id)\|?> | </s>",
            r"\[/?(?:INST|SYS|SYSTEM)\] | <</?SYS>> | \#\#\#\s*(?:instruction|system|response|human)\b",
            r"""</?(?:papers?|abstract|context|document|untrusted|input|data|system|instructions?|user|assistant
                |tool_call|function_calls?|invoke)\b[^>]*>""",
            r"\{\s*\"(?:tool|function|name|action|role|tool_calls?)\"\s*:",
            r"</?(?:span|div|font|style|script|iframe|img|meta)\b[^>]*>",
            r"^\W*\#{1,6}\s | \[[\w-]+\s?=[^\]]*[;,][^\]]*=",
            r"\{%\s | \{\{\s[^{}]*\s\}\} | ={4,}\s?[0-9a-f]{8,}\s?={4,} | ={10,}",
        ),
    ),
    Gated(
        r"[:：(]",
        (
            r"""(?:^|[\n.!?"'>\]}*\#-]\s*)(?:system|assistant|developer)\s*:\s*\S
                | \b(?-i:SYSTEM|ASSISTANT|DEVELOPER)\b[^:]{0,12}:""",
            r"\"(?:headline|themes|findings|cites|supported|rejected|replacements|statements|verdicts?)\"\s*:",
            r"\b(?:eval|exec)\(",
        ),
    ),
    Gated(r"\b[PTSC]\d", (r"(?:^|[.!?]\s)(?-i:[PTSC])\d{1,2}(?:\.\d{1,2})?\s(?-i:[A-Z])",)),
    Gated(r"rm\s|curl|wget|os\.|subprocess", (r"\b(?:rm\s+-rf|curl\s+-|wget\s+http|os\.system|subprocess\.)",)),
)
"""What a chat, a template, a tool call or our own answers are made of."""

FOREIGN = (
    Gated(
        r"[\u3040-\u30ff\u3400-\u9fff\u0400-\u04ff]"
        r"|\b(?:bitte|veuillez|por\sfavor|pla[iî]t|favore|prosím|lütfen|soll|müssen|muss|dürfen|doit|doivent|devrai|deben?\b|"
        r"debería|tienen?\sque)",
        (
            r"""[请請]|(?:务必|務必|必须|必須|应该|應該|应当|應當|不得).*(?:本文|此文|该论文|這篇|这篇)""",
            r"\b(?:bitte|veuillez|por\sfavor|s['’]il\s(?:vous|te)\spla[iî]t|per\sfavore|prosím|пожалуйста|lütfen)\b",
            r"\b(?:soll(?:en|te|ten)?|muss|müssen|dürfen)\b.*\b(?:diese[rsmn]?|unsere?[rsmn]?)\s",
            r"\bdiese[rsmn]?\s.*\b(?:soll(?:en|te|ten)?|muss|müssen)\b",
            r"\b(?:doi(?:t|vent)|devrai(?:t|ent))\b.*\b(?:cet(?:te)?|ce|notre)\s(?:article|travail|papier|étude|résumé)",
            r"\b(?:deben?|debería[n]?|tienen?\sque)\b.*\b(?:este|nuestro|esta|nuestra)\s(?:artículo|trabajo|estudio|resumen)",
            r"\b(?:должн[ыао]?|следует|обязан\w*)\b.*\b(?:эт[уоай]\w*|наш\w*)\s(?:статью?|работу?|исследовани\w+)",
        ),
    ),
)
"""Please, or a duty towards this text."""
