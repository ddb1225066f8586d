"""How Korean writes figures, and what it says of them."""

import re
from pathlib import Path

from domain.readings import ABOUT, OVER, UNDER, UP_TO, Bound, ChangeCues, Phrase, Readings, is_

from .names import NAMES
from .numbers import COUNTED, COUNTER, NUMBER, number, numbers, scale, written
from .particles import PARTICLES, SUFFIXES

_END = r"(?=\s|[간동이을를의만치분로에,.)]|$)"
_COUNT = "(?:번|명|개|편|건|곳|가지|문제|문항|사람)?"


def _year(found: re.Match[str]) -> float:
    return float(found[1])


def _below(found: re.Match[str]) -> float | None:
    """Of 3분의 1: the first is below."""
    below, above = number(found[1]), number(found[2])
    return above / below if below and above else None


def _share(found: re.Match[str]) -> float | None:
    whole, part = number(found[1]), number(found[2])
    return part / whole if whole and part and part <= whole else None


_SHARES = (
    Phrase(rf"(?<![가-힣\d])({NUMBER}) ?{_COUNT} ?(?:에|중|가운데|중에|마다) ?(?:(?:평균|약|거의|고작) )?"
        rf"({NUMBER}) ?{_COUNT}(?![\d.])", "fraction", _share),
)  # fmt: skip
_PHRASES = (
    Phrase(r"(?<![\d.,])((?:19|20)\d\d)년(?!간)", "year", _year),
    Phrase(rf"(?<![가-힣\d.])({NUMBER}) ?분의 ?({NUMBER})", "fraction", _below),
    Phrase(r"절반|(?<![가-힣])반으로|(?<![가-힣])반(?= (?:이하|미만|수준|가까이))", "fraction", is_(0.5)),
    Phrase(r"갑절|곱절", "multiple", is_(2)),
)  # fmt: skip
_BEFORE = (
    Bound(UP_TO, r"최대|많게는"),
    Bound(UP_TO, r"최고", sure=False),
    Bound(UNDER, r"최대", sure=False),
    Bound(OVER, r"최소|적어도"),
    Bound(UNDER, r"불과|고작"),
    Bound(ABOUT, r"약|대략|거의|얼추"),
)
_NOT_FAR = r"(?!크게|훨씬|월등|대폭)"
_WORDS = rf"(?:\s?{_NOT_FAR}[가-힣A-Za-z·-]+){{0,2}}?"
_OBJECT = rf"(?:\s?여)?{_WORDS}(?:\s?[을를이가은는도에])?(?:\s?(?:조금|약간|살짝))?\s?{_NOT_FAR}"
_NOT_ANOMALY = r"(?!\s?(?:탐지|치|징후|행동|감지|현상|거래|상황|데이터|패턴|여부|적|한|하|음성))"
_BEHIND = (
    Bound(OVER, rf"{_OBJECT}(?:이상{_NOT_ANOMALY}|초과(?!학습)|넘(?!지\s?(?:않|못|는))|웃도|웃돌|상회|뛰어넘)"),
    # 'A가 B를 4% 능가' tells by how much; only '90%를 능가' goes beyond the figure.
    Bound(OVER, rf"{_OBJECT}(?<=[을를])\s?능가"),
    Bound(OVER, rf"여\s?{COUNTER}|여(?=\s)"),
    Bound(OVER, rf"{_OBJECT}남짓", sure=False),
    # '60% 위를 지켰다'; what lies on ten sheets lies '10장 위에' too, so that it asks for nothing.
    Bound(OVER, r"\s위(?:로|를|에서?|의)?(?![가-힣])", sure=False),
    Bound(
        UNDER,
        rf"{_OBJECT}(?:미만|이하|이내|못 ?미[치친쳐쳤]|밑도|밑돌|하회|불과|안에|아래"
        rf"|도 (?:채 |안 |[가-힣]{{1,4}} )?(?:안|못|않)|넘지\s?(?:않|못)|\s?or (?:less|fewer))",
    ),
    Bound(UP_TO, rf"{_OBJECT}(?:이하|이내|미만|한도|안에)", sure=False),
    Bound(UP_TO, r"\s?[가-힣A-Za-z]{0,6}(?:\s[가-힣]{1,6})?까지", sure=False),
    Bound(
        ABOUT,
        rf"{_OBJECT}(?:대(?=[의는가로에를였이\s,.])|가량|정도|쯤|안팎|내외|남짓|가까이|가까운|육박|수준)|여",
        sure=False,
    ),
    Bound(UNDER, rf"{_OBJECT}(?:가까이|가까운|육박)", sure=False),
)
_CHANGED = (
    "(?:줄|낮|늘|높[였이아여]|올[렸라랐리]|떨어|감소|증가|"
    "개선|향상|끌어|단축|절감|하락|상승|내[려렸리]|뛰었|뛰어|깎|불어)"
)
_CHANGE = ChangeCues(
    by=rf"(?:씩|만큼|나|이나|를|을|가량|\s이상|\s넘게|쯤|\s정도)?\s(?:더\s|크게\s)?{_CHANGED}",
    to=rf"(?:\s?(?:수준|선))?(?:으로|로|까지)\s(?:크게\s|뚝\s|확\s|대폭\s|더\s)?{_CHANGED}|(?:나|에|밖에)\s(?:됐|되었|달했|이르)"
    r"|에 불과|밖에\s(?:안|들지|쓰지|되지)|만(?:으로|\s(?:쓰|써|들|있으면))",
    away=r"[^.,\d]{0,14}(?:걸러[졌지냈내]|버[려렸]|제거|솎아|탈락)",
    left=r"[^.,\d]{0,14}(?:살아남|남[았겼는]|통과)",
    origin=r"(?:에서(?=\s(?:약\s)?\d)|였던|이던|이었던)\s",
)
_ACT = "평가|추천|채택|칭찬|출력|답변|대답|작성|인용|방문|클릭|무시|호출|실행|승인|응답|요약|소개"
READINGS = Readings(
    scale=scale,
    scales="[만억조천백]",
    numbers=numbers,
    written=written,
    phrases=_PHRASES,
    shares=_SHARES,
    units={
        "microsecond": r"마이크로초",
        "millisecond": r"밀리초",
        "second": r"초(?!과|당|기|점|고|대|월|안|록|분|저|해상)",
        "minute": r"분(?!의|류|포|할|야|석|산|리|기|량|자|위|해)",
        "hour": r"(?:[A-Z]+\d* ?){0,2}시간(?!적|축|대|당)",
        "day": rf"일(?!\s?(?:때|경우|반|치|관|련|부|정|종)){_END}",
        "week": rf"주{_END}",
        "month": rf"개월|달{_END}",
        "year": r"년(?!대)",
        "decade": r"십 ?년",
        "kilobyte": r"킬로바이트",
        "megabyte": r"메가바이트",
        "gigabyte": r"기가바이트",
        "terabyte": r"테라바이트",
        "bit": r"비트",
        "nanometer": r"나노미터",
        "micrometer": r"마이크로미터",
        "millimeter": r"밀리미터",
        "centimeter": r"센티미터|센티(?!널)",
        "meter": r"미터",
        "kilometer": r"킬로미터",
        "foot": r"피트",
        "inch": r"인치",
        "mile": r"마일",
        "hertz": r"헤르츠",
        "kilohertz": r"킬로헤르츠",
        "megahertz": r"메가헤르츠",
        "gigahertz": r"기가헤르츠",
        "frames per second": r"프레임/초|프레임 ?퍼 ?세컨드",
        "decibel": r"데시벨",
        "milliwatt": r"밀리와트",
        "watt": r"와트",
        "kilowatt": r"킬로와트",
        "joule": rf"줄{_END}",
        "degree": r"(?<![십백천만억조A-Za-z])도(?=\s|[의를가로다,.)]|$)",
        "degree Celsius": r"섭씨",
        "dollar": r"달러",
        "cent": r"센트",
        "won": rf"원{_END}",
        "megaflop": r"메가플롭스",
        "gigaflop": r"기가플롭스",
        "teraflop": r"테라플롭스",
    },
    counters=COUNTER,
    some="여",
    in_names=("차원", "샷", "홉", "층", "세대", "단계"),
    times=("번", "회", "차례"),
    unlisted=("샷", "홉", "차원", "번", "회", "차례", "세대"),
    quantity=rf"퍼센트|배(?!치|포)|[십백천만억조]|점|포인트|여\s?{COUNTER}|{COUNTER}|{COUNTED}|년|월",
    sized="파라미터|매개변수|토큰|개",
    absolute="절대",
    percent=r"퍼센트|프로(?![가-힣A-Za-z])",
    point=r"%\s?포인트|퍼센트\s?포인트|점(?!수|검|진|프|자|유|차|군)|포인트",
    multiple=r"배(?![치경포열터율합제우양분정달송출기관선])|곱절",
    decade=r"대(?=[로의에는를가,.\s]|$)",
    half=r"반(?=[\s이만을으동에,.]|$)",
    ranges=r"부터\s|(?:\([^)]*\))?에서\s",
    spans=r"(?:에서|부터)\s",
    lists=r"와\s|과\s|\s및\s",
    modifiers=r"약\s|각각\s|최대\s",
    # adverbs that begin like 'one': 한층 (still more), 한 번 더 (once again), 한편 (meanwhile)
    no_numbers=r"한층|한결|한편|한창|한꺼번에|한눈에|한데|한 번 더|한번 더|다시 한 ?번|한 걸음|한 단계 (?:더|앞)",
    ordinals=(
        r"(?:첫|두|세|네|다섯|여섯|일곱|여덟|아홉|열) ?번째|(?<![가-힣])(?:첫|둘|셋|넷)째"
        r"|(?<![\d.,])[1-9]차(?![가-힣]?원|로|량|이|례|감)|(?<![\d.,])1단계|[13]인칭|열대"
        r"|(?<!\d)\d{1,2}월(?!드|등)(?: ?\d{1,2}일)?"
    ),
    before=_BEFORE,
    behind=_BEHIND,
    clause_ends=r"지만|면서|으며|이며",
    change=_CHANGE,
    together=r"합[쳐하친한]|모두|통틀어|더하면",
    each=r"당\s|마다|꼴|평균",
    mixed=r"[가-힣][a-z]{2,}",
    goes_on=r"(?:그래서|따라서|그러므로|그러나|하지만|그런데|그리고|그러자|또한|게다가|다만)(?=[\s,])",
    joined=r"및|[와과/·]\s|그리고",
    and_=r",?\s(?:및|그리고)\s|[와과]\s",
    respectively=r"각각|차례로|순서대로",
    at_most=r"최대|최고|많게는|까지",
    average=r"평균|중앙값|중간값",
    averaged=r"평균|중앙값",
    beaten=r"\s?[가-힣]{0,3}[을를]\s?(?:\S+\s)?(?:웃돌|상회|뛰어넘|넘[어었]|능가)",
    papers=r" ?(?:편의?|개의?)? ?(?:논문|연구)",
    separators=r"[와과]\s|\s및\s|(?:[^가-힣]*[가-힣]){18}",
    rival=r"(?:(?:\s[가-힣]{1,6})?보다|\s?대비|에 비해|[을를]\s(?:\S+\s)?(?:앞|능가|넘|제치|제쳤|웃돌|뛰어넘))",
    benchmark=r"(?:\s(?:벤치마크|데이터셋|과제))?에서",
    no_things=r"[을를은는]\s|에서|으로",
    things=tuple(Path(__file__).with_name("things.txt").read_text(encoding="utf-8").splitlines()),
    names=NAMES,
    halves={"챗(?=[A-Za-z])": "Chat", "오픈(?=AI)": "Open"},
    endings=f"{SUFFIXES}{PARTICLES}",
    verb_endings="(?:하|한|할|함|해|했|된|될|되|됐|돼|시|화)[가-힣]{0,3}",
    shown="배|점",
    leftovers=r"""
        (?:종합\s*)?보고서\s*요약\s*: | ^요약(?:\s*보고서)?\s*: | 요약해\s*드리(?:겠|면)
        | 도움이\s*(?:되었|되셨)(?:기를|으면) | 요청하신 | 알겠습니다
        | 저는\s*(?:AI|인공지능|언어\s*모델)
        | (?:AI|인공지능|언어\s*모델)(?:로서|으로서)[,\s]+(?:저는|저로서는|제가)
        | (?:주제|테마)(?:\s*및\s*(?:주제|테마))?\s*추출\s*: | (?:키워드|트렌드|패턴)[^.]{0,12}식별\s*:
        | ^(?:핵심\s*주제|주요\s*내용|영향\s*분석|결론과\s*전망|키워드와\s*흐름|출처)\s*:""",
    given=(
        r"(?:주어진|제공된|제시된|입력된)\s*(?:논문\s*)?초록(?!.*(?:없|않|안 |못|뿐|모른|모릅|알 수|불분명|만으로))"
    ),
    orders=(
        rf"(?:{_ACT})(?:하십시오|하세요|해\s*주세요|해\s*주십시오|하시오|해라|하라(?:[.!]|$)|할\s*것(?:[.!]|$))"
        r"|(?:이|본|해당)\s*(?:논문|연구|글)[을를에은는]?\s*(?:반드시|꼭|무조건|높게|최고로|좋게)[^.]{0,20}"
        rf"(?:{_ACT})(?:하여야|해야|되어야)"
        r"|(?:지시|명령|지침|프롬프트|규칙)(?:사항|문|들)?[을를은는]?\s*(?:모두\s*|전부\s*|다\s*)?(?:무시|잊|따르지|폐기)"
        r"|당신은\s*(?:이제|지금부터|앞으로)|시스템\s*(?:메시지|프롬프트|지시|명령)\s*[:：]|^시스템\s*[:：]"
    ),
    invitations=(
        r"(?:링크|사이트|주소|홈페이지|웹페이지)(?:를|을|에|로)?\s*(?:클릭|방문|접속|열어)\s?(?:하(?:세|십|라|시|여)|해|보)"
    ),
    praise=r"획기적|혁명적|최고의\s*(?:논문|연구)|필독|만점|독보적",
)
