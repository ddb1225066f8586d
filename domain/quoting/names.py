"""What a paper calls itself and other things, and where it says so first."""

import re
from functools import lru_cache

from domain.papers import Paper

_KNOWN = frozenset(
    """
    AI AGI API AR ASR AUC BERT BLEU CLIP CNN CoT CPU CT CUDA CV DiT DL DPO EEG FID FLOP FPS GAN GNN GPT GPU GRPO
    GS GUI HCI HTML ICL IoT JSON KL KV LLM LLaMA LLaVA LMM LoRA LSTM LVLM MCTS ML MLLM MLP MoE MRI MSE NER NeRF
    NLP OCR OOD PDF PDE PEFT PPO PRM PSNR QA RAG RGB RL RLHF RLVR RNN SAM SFT SLAM SNN SOTA SQL SSIM SSM STEM
    SVG T2I T2V TTS UI VAE VLA VLM ViT VQA VR XAI 2D 3D 4D 3DGS MLLMs LLMs I2V V2V LiDAR HPC ICU EHR IDE IR IQ
    LM PLM MT NMT USA US UK EU
    """.split()
)
"""Abbreviations that readers of this field need not be told."""
_UPPER = frozenset(name.upper() for name in _KNOWN)
_TOKEN = re.compile(r"(?<![\w/])(?=[\w.+-]*[A-Z])[A-Za-z\d][\w+]*(?:[-.][\w+]+)*")
_PARENTHESIS = re.compile(r"\(([^()]{2,40})\)")
_NAMING = re.compile(
    r"\b(?:propos\w+|introduc\w+|present\w*|develop\w*|creat\w+|call(?:ed)?|named|dubbed|term(?:ed)?|coined|denoted"
    r"|referred\s+to\s+as|releas\w+|construct\w*|build|design\w*|curat\w+|contribut\w+|unveil\w*|namely|devis\w+"
    r"|establish\w*)\b",
    re.IGNORECASE,
)


def _is_name(token: str) -> bool:
    """MaskedMimic, SOS-Bench, R1, PO: letters that no ordinary word has so."""
    if "-" in token:
        parts = token.split("-")
        ordinary = parts[-1].islower() or not parts[0][:1].isalpha()
        return not ordinary and (any(_is_name(part) for part in parts) or parts[-1][:1].isdigit())
    bare = token.rstrip("s") if token[:-1].isupper() else token
    upper = sum(c.isupper() for c in bare)
    mixed = upper >= 2 or (bool(re.search(r"\d", bare)) and bool(re.search(r"[A-Za-z]", bare)))
    return mixed and not re.fullmatch(r"\d[\d.,]*[KMBTkx]?", bare) and len(bare) > 1


@lru_cache(maxsize=4096)
def mentioned(text: str) -> tuple[str, ...]:
    """The names in a text that a reader may not know, without the s of their plural."""
    found: dict[str, None] = {}
    for match in _TOKEN.finditer(text):
        token = match.group().rstrip(".-")
        for part in (token, *token.split("-")):
            bare = part[:-1] if part.endswith("s") and part[:-1].isupper() else part
            if _is_name(bare) and bare.upper() not in _UPPER:
                found[bare] = None
                break
    return tuple(found)


_CAPITALS = re.compile(r"(?<![\w-])[A-Z][\w+-]*(?:\s+[A-Z][\w+-]*)*")


_BETWEEN_COMMAS = re.compile(r",\s+((?:[A-Z][\w+-]*)(?:\s+[A-Z][\w+-]*)*)(?=,|\.$)")
_TERMS = re.compile(
    r"\(i\.e\.,?\s+([\w-]+(?:\s[\w-]+){0,2})\)"
    r"|\b(?:term|termed|call|called|dubbed|named|coined|denoted)\s+(?:as\s+|the\s+"
    r"|an?\s+)?[\"“]?([a-z][\w-]+(?:\s[\w-]+){0,2})(?=[\"”,.;:(]|\s\()"
)
_NAMED_NO_MORE = re.compile(
    r"[,.;:(]|\s(?:to|for|that|which|with|built|based|on|in|by|from|via|using|through|and|of|under)\s"
)


@lru_cache(maxsize=4096)
def introduced(text: str) -> frozenset[str]:
    """The names that a sentence makes known: 'Phantom Optimization (PO)', 'we propose SynMirror', 'called X'."""
    found = {name for inside in _PARENTHESIS.finditer(text) for name in mentioned(inside.group(1))}
    found.update(term for match in _TERMS.finditer(text) if (term := match.group(1) or match.group(2)))
    for naming in _NAMING.finditer(text):
        end = _NAMED_NO_MORE.search(text, naming.end())
        said = text[naming.end() : end.start() if end else None]
        if end and end.group() == ":":
            found.update(mentioned(text[end.end() :]))
        found.update(mentioned(said))
        found.update(name for match in _CAPITALS.finditer(said) if (name := match.group()).upper() not in _UPPER)
        found.update(match.group(1) for match in _BETWEEN_COMMAS.finditer(text, naming.end()))
    return frozenset(name for name in found if len(name) > 1)


def names_it(name: str, text: str) -> bool:
    """Whether a name, or its plural, stands in a text."""
    return name in text and re.search(rf"(?<![\w-]){re.escape(name)}s?(?!\w)", text) is not None


_ARTICLE = re.compile(
    r"^(?:A|An|The|On|Towards?|How|Is|Are|Do|Does|Can|What|Why|When|Where|Which|Rethinking|Beyond|Learning|From"
    r"|In|Exploring|Understanding|Scaling)\b"
)


def own_name(paper: Paper) -> str:
    """The paper's own short name: its title or what stands before a colon there, or where its abstract introduces it;
    else empty."""
    head, colon, _ = paper.title.partition(":")
    if not colon and (called := _TITLE_NAME.match(paper.title)) and _presented(called["name"], paper):
        return called["name"]
    head = head.strip()
    if colon and len(head) <= 30 and len(head.split()) <= 3 and not _ARTICLE.match(head):
        written = any(names_it(head, text) for _, text in paper.evidence)
        if len(head.split()) == 1 or written or mentioned(head):
            return head
    return _named_in(paper)


_SAYS = re.compile(
    r"\b(?:[Ww]e|[Tt]his\s+(?:paper|work|report|study)|[Hh]ere)\b[^.]{0,40}?\b(?:propose|introduce|present"
    r"|develop|release|build)s?\s+(?:\w+\s+){0,2}?(?P<name>[A-Z][\w+]*(?:[-.][\w+]+)*)(?=[,:(]|\s+(?:\(|[-–—]"
    r"|is\b|a\b|an\b|the\b|which\b|that\b|to\b|for\b))"
)


_TITLE_NAME = re.compile(r"^(?P<name>[A-Z][\w+-]*(?:\s[A-Z][\w+-]*)?!?)(?:$|(?<=!)\s)")
_THING = r"(?:method|approach|framework|model|system|algorithm|technique|pipeline|architecture|agent|strategy)"
_WRITTEN = r"(?P<name>[A-Z][\w+]*(?:[-.][\w+]+)*(?:\s[A-Z][\w+-]*)*)(?:\s\((?P<short>[A-Z][\w+]*(?:[-.][\w+]+)*)\))?"
_OWN_CALLED = re.compile(
    rf"\b[Oo]ur\s+(?:[\w-]+\s+){{0,3}}?{_THING},\s+(?:called\s+|named\s+|termed\s+)?{_WRITTEN}(?=[,.])"
)
_CALLED = re.compile(rf"\b{_THING},?\s+(?:called|named|dubbed|termed|namely)\s+{_WRITTEN}")
_SHORT = re.compile(
    r"\b(?:[Ww]e|[Tt]his\s+(?:paper|work|report|study))\s+(?:\w+\s+)?(?:propose|introduce|present|develop)s?\s+"
    r"(?P<name>(?:(?!by\b|to\b|for\b|using\b|via\b|with\b|that\b|which\b|in\b|of\b|and\b)[\w,-]+\s+){2,9}?)"
    r"\((?P<short>[A-Z][\w+]*(?:[-.][\w+]+)*)\)(?=[,.;]|\s(?:that|which|to|for|as|by|a|an|the|with|in|is|and)\b)"
)
_MAKING = re.compile(r"\b(?:propos|introduc|present|develop|design|our)\w*\b", re.IGNORECASE)


def _presented(name: str, paper: Paper) -> bool:
    """Whether the abstract says that this is what was made."""
    said = re.compile(
        r"\b(?:we|paper|work)\s+(?:\w+\s+)?(?:propose|introduce|present|develop)s?\s+(?:the\s+)?"
        + re.escape(name.rstrip("!")),
        re.IGNORECASE,
    )
    return any(said.search(text) for _, text in paper.evidence)


def _named_in(paper: Paper) -> str:
    title = set(mentioned(paper.title))
    held = [text for _, text in paper.evidence]
    for found in (found for text in held for found in _SAYS.finditer(text)):
        if (name := found["name"]) in title or name in mentioned(name):
            return name
    for form in (_OWN_CALLED, _CALLED, _SHORT):
        for found in (
            found for text in held if (found := form.search(text)) and _MAKING.search(text[: found.start() + 60])
        ):
            name = found["short"] or found["name"]
            if len(name.split()) <= 3 and name.rstrip("s").upper() not in _UPPER:
                return name
    return ""
