"""What the places of a claim are called, for whoever asks the memory."""

from domain.claims import Role
from domain.memories import Hit

_KO: dict[Role, str] = {
    "hook": "핵심",
    "abstract": "초록",
    "problem": "문제",
    "method": "방법",
    "result": "결과",
    "note": "참고",
    "opening": "오늘의 소식",
    "pick": "추천",
    "group": "묶음",
    "thread": "함께 보기",
    "flow": "흐름",
    "returning": "다시 온 논문",
}
_EN: dict[Role, str] = {
    "hook": "finding",
    "abstract": "abstract",
    "problem": "problem",
    "method": "method",
    "result": "result",
    "note": "note",
    "opening": "opening",
    "pick": "pick",
    "group": "group",
    "thread": "across papers",
    "flow": "trend",
    "returning": "returning",
}


def place_name(hit: Hit, language: str) -> str:
    """What a finding is: a paper, or a claim in a place of the page. Korean for ``ko``, English for every other."""
    if not hit.role:
        return "논문" if language == "ko" else "paper"
    return (_KO if language == "ko" else _EN)[hit.role]
