"""What the program itself says in a report, per language. Everything else in a report is claims, titles and facts."""

from datetime import date

from domain.reports import CauseKind, Status
from domain.value import Value

TITLE = "Daily Artificial Intelligence Insights : Papers"


class Words(Value):
    """The fixed wording of a report in one language. Braces are filled with ``str.format``."""

    weekdays: tuple[str, ...]
    """Monday first."""
    picture: str
    day: str
    status: str
    statuses: dict[Status, str]
    causes: dict[CauseKind, str]
    """Why a day is not complete; what the sources and the failed categories say themselves stands with each of them."""
    papers: str
    counts: str
    merged: str
    """Records of a paper that another record, or another source, already gave."""
    states: dict[str, str]
    source: str
    held: str
    held_of: str
    batch: str
    signal: str
    model: str
    quoted_report: str
    quoted_section: str
    nothing: dict[Status, str]
    """What stands in place of the sections on a day that has none."""
    overview: str
    trends: str
    trend_picture: str
    trend_label: str
    """Above the trends of one category, among its keywords."""
    more_days: str
    more_papers: str
    summary: str
    parts: tuple[str, str, str, str, str]
    no_sentence: str
    no_quote: str
    no_paper: str
    none: str
    analysis: str
    left_out: str
    sources: str
    also: str
    repeats: str
    first_listed: str
    gap: str
    gap_papers: str
    others: str
    evidence: str
    evidence_note: str
    analysis_note: str
    facts_note: str
    title_cited: str
    sentence_cited: str
    quoted: str
    footer: str
    synthesised: str
    listed: str
    missing: str
    repeated: str
    picture_title: str
    picture_empty: str
    trend_title: str
    trend_today: str
    trend_today_partial: str
    trend_mean: str
    no_category: str

    def dated(self, day: date) -> str:
        return f"{day.isoformat()} ({self.weekdays[day.weekday()]})"


_KO = Words(
    weekdays=("월", "화", "수", "목", "금", "토", "일"),
    picture="분야별 논문 수",
    day="날짜",
    status="상태",
    statuses={"complete": "완전", "partial": "일부 누락", "quiet": "조용한 날", "broken": "실패"},
    causes={
        "nothing listed": "새로 올라온 논문이 없음",
        "unusable": "목록에 논문이 있으나 쓸 수 있는 기록이 없음",
        "no papers": "논문 목록을 받지 못한 수집처: {names}",
        "unwritten": "어느 분야도 쓰지 못함: {names}",
        "silent": "목록을 다 받지 못한 수집처: {names}",
        "missing": "쓰지 못한 분야: {names}",
        "quoted": "모델이 실패해 초록을 인용하기만 한 분야: {names}",
        "bare": "근거를 확인한 내용이 없는 분야: {names}",
    },
    papers="논문",
    counts="모두 {total}편: 새 논문 {new}편{detail}, 다시 온 논문 {repeated}편",
    merged="; 같은 논문이어서 합친 기록 {count}건",
    states={"answered": "응답", "empty": "빈 목록", "unavailable": "응답 없음", "stale": "갱신되지 않은 목록"},
    source="수집처",
    held="{held}편 확보",
    held_of="{listed}편 중 {held}편 확보",
    batch="{batch}자 목록",
    signal="참고용",
    model="모델",
    quoted_report="**모델 없이 만든 보고서입니다.** 요약의 문장은 논문 초록의 영어 문장을 그대로 인용한 것이며, "
    "사람이나 모델이 고쳐 쓰지 않았습니다.",
    quoted_section="*이 분야는 모델 없이, 논문 초록의 영어 문장을 그대로 인용해 만들었습니다.*",
    nothing={
        "complete": "이날 다룰 논문이 없습니다.",
        "partial": "이날 다룰 논문이 없습니다.",
        "quiet": "이날은 새로 올라온 논문이 없습니다. 오류가 아닙니다.",
        "broken": "보고서를 만들지 못했습니다. 이유는 위의 상태에 있습니다.",
    },
    overview="오늘의 핵심",
    trends="흐름",
    trend_picture="새 논문의 분야별 비중 흐름",
    trend_label="흐름",
    more_days="외 {count}일",
    more_papers="외 {count}편",
    summary="요약",
    parts=("핵심 주제", "키워드와 흐름", "주요 내용", "영향 분석", "결론과 전망"),
    no_sentence="초록에 해당하는 내용이 없습니다.",
    no_quote="초록에서 이에 해당하는 문장을 찾지 못했습니다.",
    no_paper="종합한 새 논문이 없습니다.",
    none="없음",
    analysis="(분석)",
    left_out="근거를 확인하지 못해 뺀 문장: {count}개 (이유는 [report.json](report.json))",
    sources="출처",
    also="함께 나온 논문",
    repeats="다시 온 논문",
    first_listed="처음 소개된 날 {day}",
    gap="**이 분야는 쓰지 못했습니다.** 이유: {reason}",
    gap_papers="종합하지 못한 논문",
    others="📎 분야에 넣지 못한 논문",
    evidence="근거",
    evidence_note="본문의 번호가 가리키는 논문의 원문입니다.",
    analysis_note="(분석)이 붙은 문장은 논문이 직접 한 말이 아니라 여기의 근거에서 이끌어 낸 것입니다.",
    facts_note="T로 시작하는 번호는 이전 날들의 기록에서 계산한 사실입니다.",
    title_cited="제목",
    sentence_cited="초록 문장 {number}",
    quoted="(본문에 인용)",
    footer="Daily AI Insights가 자동으로 만든 보고서이며, 근거가 확인된 문장만 실었습니다. "
    "수집과 누락의 기록: [receipt.json](receipt.json) · 보고서 데이터: [report.json](report.json)",
    synthesised="종합",
    listed="목록만",
    missing="쓰지 못함",
    repeated="다시 옴",
    picture_title="{day} 논문 {total}편",
    picture_empty="논문이 없습니다",
    trend_title="새 논문의 분야별 비중: 이전 {days} 관측일과 오늘",
    trend_today="오늘",
    trend_today_partial="오늘(일부 누락)",
    trend_mean="이전 날들의 평균 비중",
    no_category="분야 없음",
)

_EN = Words(
    weekdays=("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
    picture="Papers per category",
    day="Day",
    status="Status",
    statuses={"complete": "complete", "partial": "partly missing", "quiet": "quiet day", "broken": "failed"},
    causes={
        "nothing listed": "nothing new was listed",
        "unusable": "papers were listed, but none of their records could be used",
        "no papers": "sources whose papers could not be had: {names}",
        "unwritten": "no category could be written: {names}",
        "silent": "sources that did not give all they list: {names}",
        "missing": "categories that could not be written: {names}",
        "quoted": "categories that are only quoted, because the model failed: {names}",
        "bare": "categories of which no finding could be confirmed: {names}",
    },
    papers="Papers",
    counts="{total} in all: {new} new{detail}, {repeated} listed before",
    merged="; {count} records merged into others",
    states={
        "answered": "answered",
        "empty": "empty listing",
        "unavailable": "no answer",
        "stale": "listing not renewed",
    },
    source="Source",
    held="{held} held",
    held_of="{held} of {listed} held",
    batch="listing of {batch}",
    signal="signal only",
    model="Model",
    quoted_report="**Written without a model.** The sentences of the summaries are quoted as they stand in the papers’ "
    "own English abstracts; nobody rephrased them.",
    quoted_section="*Written without a model: the sentences are quoted as they stand in the papers’ abstracts.*",
    nothing={
        "complete": "There is no paper to report.",
        "partial": "There is no paper to report.",
        "quiet": "No new papers were listed on this day. This is not an error.",
        "broken": "No report could be made. The status above says why.",
    },
    overview="Today in brief",
    trends="Trends",
    trend_picture="New papers per category over the days before",
    trend_label="Trends",
    more_days="and {count} more days",
    more_papers="and {count} more papers",
    summary="Summary",
    parts=("Key themes", "Keywords and trends", "Main findings", "Impact", "Conclusion and outlook"),
    no_sentence="No sentence with confirmed evidence.",
    no_quote="No such sentence was found in the abstracts.",
    no_paper="No new paper was synthesised.",
    none="none",
    analysis="(analysis)",
    left_out="Sentences left out because their evidence could not be confirmed: {count} (reasons in "
    "[report.json](report.json))",
    sources="Sources",
    also="Also listed",
    repeats="Listed before",
    first_listed="first listed on {day}",
    gap="**This category could not be written.** Reason: {reason}",
    gap_papers="Papers left without a synthesis",
    others="📎 Papers without a category",
    evidence="Evidence",
    evidence_note="The sentences of the papers that the numbers in the text point to.",
    analysis_note="What is marked (analysis) is not said by a paper but follows from the evidence here.",
    facts_note="Numbers with a T are facts computed from the record of earlier days.",
    title_cited="title",
    sentence_cited="abstract, sentence {number}",
    quoted="(quoted in the text)",
    footer="Made automatically by Daily AI Insights; only sentences with confirmed evidence are printed. What was "
    "collected and what is missing: [receipt.json](receipt.json) · the report as data: [report.json](report.json)",
    synthesised="synthesised",
    listed="listed only",
    missing="not written",
    repeated="listed before",
    picture_title="{day} · papers: {total}",
    picture_empty="No papers",
    trend_title="Share of the new papers: {days} observed days and today",
    trend_today="today",
    trend_today_partial="today (partly missing)",
    trend_mean="mean share of the days before",
    no_category="no category",
)


def words(language: str) -> Words:
    """Korean for ``ko``, English for every other language, as the taxonomy and the trend facts do."""
    return _KO if language == "ko" else _EN
