"""What the command says of what is remembered, in Japanese."""

from domain.wording import Shell

SHELL = Shell(
    roles={
        "hook": "要点",
        "abstract": "要旨",
        "problem": "課題",
        "method": "手法",
        "result": "結果",
        "note": "メモ",
        "opening": "今日の話題",
        "pick": "おすすめ",
        "group": "まとまり",
        "thread": "合わせて読む",
        "flow": "流れ",
        "returning": "再登場",
    },
    paper="論文",
    gone="分類にもうない",
    not_filed="分野なし",
    whole_day="一日全体",
)
