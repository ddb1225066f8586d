"""Words in a title that point to a category: a hint to the classifier, which learns what each is worth."""

import re
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

KEYWORDS: Mapping[str, str] = {
    "llm": r"\bLLMs?\b|language models?\b|\bGPT|instruction.tun|in-context|prompt|code generation",
    "nlp": r"translation|linguist|\bNER\b|named entit|pars(?:ing|er)|summari[sz]|corpus|corpora|sentiment|dialog|"
    r"low.resource|text classif|relation extraction|morpholog|\bNLP\b|\bstance",
    "multimodal": r"multi-?modal|\bMLLMs?\b|vision.language|\bL?VLMs?\b|visual question|\bVQA\b|caption|image-text|"
    r"video-language|cross-modal",
    "computer-vision": r"detection|segmentation|point cloud|depth|\bposes?\b|tracking|super-resolution|3D|LiDAR|"
    r"remote sensing|video|image|visual|recognition",
    "generative": r"diffusion|text-to-(?:image|video|3d)|(?:image|video|3d|motion|scene) (?:generation|editing|"
    r"synthesis)|generative|flow matching|avatar|inpaint|gaussian splat|style transfer",
    "audio": r"audio|speech|speaker|voice|music|acoustic|\bASR\b|\bTTS\b|\bsounds?\b|spoken|phoneme",
    "rl": r"reinforcement|\b(?:RL|MARL|RLVR|GRPO|PPO)\b|polic(?:y|ies)\b|reward|bandit|regret|imitation|actor.critic|"
    r"Q-learning|\bMDPs?\b",
    "robotics": r"robot|manipulat|locomot|navigation|autonomous (?:driving|vehicle)|driving|drone|\bUAV|embodied|"
    r"vision-language-action|\bVLAs?\b|grasp|quadruped|humanoid",
    "agents": r"\bagents?\b|agentic|multi-agent|tool.(?:use|call|learn)|workflow|\bGUI\b|computer.use|\bMCP\b",
    "reasoning": r"reasoning|chain-of-thought|\bCoT\b|theorem|\blogic|symbolic|formal verif|\bmath|\bproof|"
    r"argumentation|ontolog|planning|puzzle",
    "training": r"training|optimizer|fine-?tun|pre-?train|distill|federated|continual learning|augmentation|\bLoRA\b|"
    r"loss function|self-supervised|mixture.of.experts|architecture|noisy labels",
    "inference": r"quantiz|pruning|accelerat|KV.?cache|speculative|sparse attention|low-bit|\d-bit|edge device|"
    r"compress|inference|hardware|\bFPGA|\bGPU|in-memory|token (?:reduction|merging)",
    "ethics": r"ethic|fair|\bbias|stereotyp|societ|social|moral|cultur|policy mak|regulat|govern|human values|"
    r"alignment|political|\blaws?\b|legal|education|trust",
    "evaluation": r"interpretab|explain|explanation|mechanistic|sparse autoencoder|attribution|probing|calibrat|"
    r"uncertainty|judge|evaluation of|concept bottleneck|saliency",
    "security": r"attack|adversarial|jailbreak|backdoor|privacy|security|malware|injection|watermark|unlearning|"
    r"vulnerab|poison|deepfake|defen[sc]e|threat|forgery",
    "ml-theory": r"bounds?\b|convergence|theor|bayes|causal|kernel|optimal transport|statistic|estimat(?:or|ion)|"
    r"generalization|gaussian process|equilibri|minimax|sample complexity|regression|stochastic",
    "graph": r"\bgraphs?\b|\bGNNs?\b|tabular|\btables?\b|time.series|\bSQL\b|forecast|link prediction|node|"
    r"anomaly detection|database",
    "retrieval": r"retriev|\bRAG\b|recommend|rerank|rank(?:ing|er)|search engine|click|citation|e-commerce|"
    r"quer(?:y|ies)\b",
    "healthcare": r"medic|clinic|\bMRI\b|\bCT\b|patholog|patient|disease|cancer|tumou?r|diagnos|\bEEG\b|health|"
    r"\bsurg(?:er|ic)|protein|drug|brain|radiolog|ultrasound|\bgenes?\b|genom|\bcells?\b|X-ray|lesion|retina|fundus",
    "science": r"physic|\bPDEs?\b|fluid|material|molecul|climate|weather|wireless|signal|energy|financ|chemi|astro|"
    r"simulation|aerodynam|turbulen|finite element|channel|radar|stock|battery|cognitive",
    "quantum": r"quantum|qubit",
}


def keyword_features(titles: Sequence[str], keys: Sequence[str]) -> NDArray[np.float64]:
    """1 where a title holds a word of a category, else 0; shaped (titles, keys). A key without words gets zeros."""
    patterns = [re.compile(KEYWORDS[key], re.IGNORECASE) if key in KEYWORDS else None for key in keys]
    hits = [[bool(pattern and pattern.search(title)) for pattern in patterns] for title in titles]
    return np.array(hits, np.float64).reshape(len(titles), len(keys))
