"""The page of an audit, in Korean."""

from domain.wording import AuditWords

AUDIT = AuditWords(
    title="{report} 검토",
    held="논문 {papers}편에 {lines}줄을 맞춰 보았습니다.",
    standings={
        "ok": "맞음",
        "mended": "고칠 것",
        "dropped": "근거 없음",
        "objected": "규칙의 이의",
        "unjudged": "판정 없음",
        "unplaced": "논문을 찾지 못함",
    },
    severities={"high": "심각", "medium": "중간", "low": "가벼움"},
    none="잘못된 줄을 찾지 못했습니다.",
    kinds={
        "figure": "수치",
        "direction": "방향",
        "actor": "주체",
        "absent": "논문에 없음",
        "cause": "원인·순위",
        "scope": "범위",
        "hedge": "단정",
        "praise": "과장",
        "term": "용어",
        "unclear": "모호함",
        "other": "그 밖",
    },
    judged="심판: {model}.",
    examined="먼저 치른 시험에서 심어 둔 오류 {planted}개 중 {caught}개를 잡고, "
    "옳은 줄 {right}개 중 {passed}개를 통과시켰습니다.",
    unexamined="시험은 치르지 않았습니다.",
    unanswered="답하지 않은 문제가 있습니다: {why}.",
    disbelieved="이 모델은 시험 기준에 못 미쳐 그 판정을 쓰지 않았고, 아래는 규칙만으로 찾은 것입니다.",
    rules_alone="심판 없이 규칙만으로 보았습니다.",
    rules_see="규칙은 근거 어디에도 없는 수치·단위·이름과 글자의 흠만 봅니다. 방향이 뒤집힌 말, 다른 논문의 결과, "
    "빠진 조건, 지어낸 원인과 순위, 단정과 과장, 오해할 용어, 근거 없는 주장은 보지 못합니다. "
    "이의가 없다고 맞는 줄은 아닙니다.",
    place="{number}번째 줄",
    mended="고치면",
    unconfirmed="(고친 말은 다시 확인되지 않음)",
    dropped="어느 논문도 이렇게 말하지 않습니다.",
    rule="규칙 {name}",
    evidence="근거",
    sentence="초록 {number}번째 문장",
    paper_title="제목",
    listed="논문 목록",
    untold="빠진 결과",
    untold_paper="다루지 않은 논문",
    all_told="초록의 주요 수치를 모두 전합니다.",
    unjudged="판정하지 못한 줄",
    unplaced="논문을 찾지 못한 줄",
    asides="논문에 대한 말이 아니어서 보지 않은 것 {count}개: {kinds}.",
    unusable="쓸 수 없는 논문 기록",
)
