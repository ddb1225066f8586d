"""What the command says of what is remembered, in Korean."""

from domain.wording import Shell

SHELL = Shell(
    roles={
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
    },
    paper="논문",
    gone="분류 체계에 더는 없음",
    not_filed="분야 없음",
    whole_day="하루 전체",
)
