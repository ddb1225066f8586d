"""What the glance of a quoted page says beside a title: what was used and measured on, and how much of it there is."""

import re
from collections.abc import Iterator

from domain.papers import Paper

from . import roles
from .names import mentioned, own_name

_MOST = 5
_MODELS = """
GPT, ChatGPT, o1, o3, o4-mini, Codex, Llama, LLaMA, Alpaca, Vicuna, Qwen, QwQ, Mistral, Mixtral, Pixtral
DeepSeek, Gemini, Gemma, PaLM, Claude, Phi, Grok, Kimi, Yi, OLMo, Pythia, Falcon, Baichuan, ChatGLM, GLM
InternLM, InternVL, LLaVA, BLIP, Flamingo, Molmo, MiniCPM, Idefics, BERT, RoBERTa, DeBERTa, ModernBERT, T5, BART
ViT, DINO, DINOv2, CLIP, SigLIP, SAM, Mamba, Whisper, wav2vec, HuBERT, Stable Diffusion, SDXL, FLUX, Sora
CogVideoX, HunyuanVideo, Wan, DALL-E, Midjourney, PixArt, Imagen, AnimateDiff, ControlNet, AlphaFold, ESM
OpenVLA, Octo, ColBERT, StarCoder, CodeLlama, Nemotron, Aya, TinyLlama, SmolLM, Gemma, MAmmoTH, Open-Sora, VILA
"""
_DATA = """
MMLU, MMLU-Pro, GSM8K, GSM-Plus, MATH, MATH-500, MATH500, AIME, AMC, OlympiadBench, HumanEval, MBPP, SWE-bench
LiveCodeBench, BigCodeBench, CodeForces, HellaSwag, ARC, ARC-AGI, BIG-Bench, BBH, TruthfulQA, GPQA, AlpacaEval
MT-Bench, Arena-Hard, Chatbot Arena, IFEval, RewardBench, LongBench, RULER, InfiniteBench, NIAH, WikiText, C4
The Pile, FineWeb, RedPajama, SlimPajama, CommonCrawl, Wikipedia, HotpotQA, Natural Questions, TriviaQA, SQuAD
MS MARCO, BEIR, MTEB, FLORES, WMT, GLUE, SuperGLUE, ImageNet, COCO, CIFAR-10, CIFAR-100, MNIST, LAION, ADE20K
Cityscapes, KITTI, nuScenes, Waymo, ScanNet, Objaverse, ShapeNet, DTU, RealEstate10K, MMMU, MMBench, MathVista
MathVerse, ChartQA, DocVQA, TextVQA, ScienceQA, POPE, MME, SEED-Bench, MM-Vet, Video-MME, MVBench, EgoSchema
Ego4D, Kinetics, MSRVTT, VBench, GenEval, DPG-Bench, UCF-101, LibriSpeech, Common Voice, AudioCaps, MusicCaps
VoxCeleb, WebArena, VisualWebArena, OSWorld, AndroidWorld, Mind2Web, ScreenSpot, ALFWorld, WebShop, GAIA, LIBERO
CALVIN, RLBench, Meta-World, D4RL, MuJoCo, Atari, Minecraft, MIMIC, PubMedQA, MedQA, BIRD, Spider, BrowseComp
Humanity's Last Exam, R2R, Habitat
"""
_SHAPED = r"[A-Z](?=[\w-]*[a-z])[\w-]*(?:Bench|BENCH|-bench|Eval|QA|Arena|Gym)(?![a-z])"
_SUFFIX = (
    r"(?:[-.]?v?\d[\w.]*)?(?:[- ](?:\d[\w.]*[BMb]?(?![\w%])|Pro|Flash|Sonnet|Opus|Haiku|mini|Turbo|Instruct|VL|Math"
    r"|Coder|Large|Base|R1|V3|Verified|Lite|preview|Vision|Thinking|Next|Omni|Audio))*"
)


def _written(listed: str, suffix: str = "") -> str:
    names = {name.strip() for line in listed.strip().splitlines() for name in line.split(",")}
    ordered = sorted(names, key=lambda name: (-len(name), name))
    return rf"(?<![\w-])(?:{'|'.join(map(re.escape, ordered))}){suffix}\+*(?![\w%+])"


_NAMES = re.compile(
    "|".join((_written(_MODELS, _SUFFIX), _written(_DATA, r"(?:[- ]?(?:20)?\d\d)?"), rf"(?<![\w-]){_SHAPED}"))
)
_COUNTED = re.compile(
    r"(?P<hedge>(?:over|more than|up to|about|around|nearly|approximately|roughly|almost|only)\s+)?(?<![\w.$-])"
    r"(?P<figure>\d[\d,.]*\d\s?(?:K|M|B|T|k)?\+?|\d\s?(?:K|M|B|T|k)?\+?)\s+(?P<scale>(?:thousand|million"
    r"|billion|trillion)\s+)?"
    r"(?P<which>(?!(?:of|and|in|the|to|with|than|our|or|for|on|by|times|from|is|are|at)\b)[A-Za-z][\w/-]*\s+){0,2}?"
    r"(?P<what>datasets?|tasks|languages|tokens|hours|images|videos|clips|questions|queries|samples|examples"
    r"|parameters|models|LLMs|MLLMs|VLMs"
    r"|benchmarks|domains|categories|papers|documents|pairs|problems|prompts|subjects|participants|annotators"
    r"|annotations|scenes|objects|GPUs|GPU\s+hours|users"
    r"|conversations|dialogues|instances|environments|trajectories|demonstrations|instructions|repositories"
    r"|entries|sentences|pages|articles|layers"
    r"|seconds|minutes|frames|applications|tools|functions|metrics|subtasks|dimensions|patients|speakers|agents"
    r"|experts|episodes|robots)\b"
)
_AFTERWARD = re.compile(r"(?:-based|-like|-style|-level|'s)\b")
_ON_IT = re.compile(r"\s+(?:benchmarks?|datasets?|corpus|leaderboards?|challenge|test\s+set)\b")
# 'surpassing models with up to 78B parameters', 'from 1.5B to 14B': not the paper's own, or half a range.
_NOT_OWN = re.compile(
    r"(?:surpass|outperform|exceed|rival|compar|than\b|beat)[^,;]{0,60}$|\b(?:from|to|between|each|per|\d\S*\s(?:and|or))\s$",
    re.IGNORECASE,
)
_LESSER = frozenset(
    "metrics dimensions categories layers seconds minutes frames examples tools functions subtasks experts".split()
)

_OF_WHAT = frozenset(
    """
    samples examples images pairs instances problems prompts entries subjects participants annotators annotations
    scenes objects frames layers models metrics dimensions categories seconds minutes tools functions subtasks experts
    agents episodes speakers environments experiments trajectories parameters sentences pages applications
    """.split()
)
"""Things of which a number says nothing without their kind: '30 samples'."""
_NO_KIND = re.compile(
    r"(?:new|different|diverse|distinct|various|unique|additional|other|total|valid|popular|common)\b", re.I
)


def tags(paper: Paper) -> tuple[str, ...]:
    """Models, benchmarks and data sets that the paper names, and key figures with what they count; at most five."""
    own = own_name(paper)
    held = [text for _, text in paper.evidence]
    begins = next(
        (n for n, text in enumerate(held) if roles.makes(text) or roles.studies(text) or roles.finds(text)), 0
    )
    told = held[begins:]
    names = dict.fromkeys(
        name for text in told for name in _names(text) if name not in paper.title and not (own and name.startswith(own))
    )
    figures: dict[str, str] = {}
    for text in told:
        for what, figure in _figures(text):
            figures.setdefault(what, figure)
    ordered = [figures[what] for what in sorted(figures, key=lambda what: what in _LESSER)]
    chosen = _without_parts(list(names))[: _MOST - min(2, len(ordered))]
    return (*chosen, *ordered[: min(3, _MOST - len(chosen))])


def _names(text: str) -> Iterator[str]:
    """Known names, names shaped like a benchmark's, and whatever is written like a name where results are told."""
    found = {
        match.start(): match.group().strip(" -.")
        for match in _NAMES.finditer(text)
        if not _AFTERWARD.match(text, match.end())
    }
    known = " ".join(found.values())
    for name in mentioned(text):
        place = text.find(name)
        named = bool(_ON_IT.match(text, place + len(name)))
        written = name != name.upper() and len(name) > 2 and roles.result(text) > 0
        if (named or written) and name not in known and not name[0].isdigit():
            found.setdefault(place, name)
    yield from (found[place] for place in sorted(found))


def _without_parts(names: list[str]) -> list[str]:
    """'Qwen2.5' says nothing beside 'Qwen2.5-7B'."""
    return [name for name in names if not any(other != name and other.startswith(name) for other in names)]


def _figures(text: str) -> Iterator[tuple[str, str]]:
    """(what is counted, the figure with it)."""
    for found in _COUNTED.finditer(text):
        small = found["figure"].strip(" ,.") in ("1", "2") and not found["scale"]
        untold = found["what"] in _OF_WHAT and not (found["which"] and not _NO_KIND.match(found["which"]))
        if (
            small
            or untold
            or found["figure"].startswith("0")
            or _NOT_OWN.search(text[: found.start()])
            or re.match(r"\s+(?:for\s+each|per|each)\b", text[found.end() :])
        ):
            continue
        yield found["what"], re.sub(r"\s+", " ", found.group()).strip()
