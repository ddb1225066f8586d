"""Korean particles that depend on the sound before them."""

_FIRST, _LAST = "가", "힣"
_ENDINGS = 28


def particle(word: str, closed: str, open_: str) -> str:
    """The particle for ``word``: ``closed`` after a final consonant (은, 과), ``open_`` after a vowel (는, 와).

    The last letter decides; where that is no Hangul, its sound is not known and both are given, as in 은(는).

    >>> particle("강화 학습", "은", "는"), particle("언어 모델의 이해", "과", "와"), particle("BERT", "은", "는")
    ('은', '와', '은(는)')
    """
    last = next((c for c in reversed(word) if c.isalnum()), "")
    if not last or not _FIRST <= last <= _LAST:
        return f"{closed}({open_})"
    return closed if (ord(last) - ord(_FIRST)) % _ENDINGS else open_
