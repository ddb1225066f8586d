"""The stock phrases of paper digests and the vocabulary that fits any paper: data of the rule ``generic``."""

import re

STOCK_KO = re.compile(
    r"""
    기대(?:된|되|를|가|할\s*수|하게|할|감) | 전망(?:된|이다|되|이\s*밝|할\s*수|을) | 예상(?:된|되)
    | 예측된다 | 중요성(?:이|을|을\s*다시)?\s*(?:강조|부각|커|높|대두|시사|보여)
    | 새로운\s*(?:지평|가능성|시대|길|장|패러다임|기회|돌파구|경로|방향성)
    | (?:큰|중요한|긍정적(?:인)?|상당한|지대한|혁신적인|의미\s*있는|실질적(?:인)?|많은
        |주요한)\s*(?:변화|영향|기여|진전|발전|의의|의미|역할|파급|도움|진보)
    | 향후\s*(?:연구|발전)[^.]{0,20}(?:필요|중요|요구|주목|기대|이어|지속|탐색|집중)
    | 추가(?:적인)?\s*(?:연구|검증|개발)[^.]{0,10}(?:필요|요구|중요)
    | (?:기여|공헌|도움)(?:할|하|이\s*될|을\s*줄|를\s*할)
    | 가능성(?:을|이)\s*(?:열|넓|보여|제시|높|크|확대|시사|확인|있|무궁) | 잠재력(?:을|이)
    | 주목(?:된|받|할|을|되|이\s*필요) | 각광
    | (?:활용|적용|응용)(?:도|성|이|될|가능|\s*가능성|\s*범위|\s*분야)(?:가|이|을|를)?\s*(?:높|넓|크
        |확대|기대|넓어|가능|무궁|클|많|다양)
    | 혁신(?:을|적|이) | 의의가 | 의미가\s*(?:크|있) | 시사(?:한다|점|하는) | 자리\s*(?:잡|매김)
    | 발전(?:에|을|이|할|될|가능성) | 이정표 | 초석 | 토대를 | 발판 | 밑거름 | 시사점 | 필요성(?:이|을)
    | (?:연구|발전|논의)(?:가|이)\s*(?:필요|요구|중요|지속|이어|이루어|기대|활발|계속) | 각광 | 패러다임
    | 증가할\s*것 | 커질\s*것 | 확대될\s*것 | 활발해질
    """,
    re.VERBOSE,
)
STOCK_EN = re.compile(
    r"""
    \b(?:great|significant|huge|enormous|immense|considerable|tremendous|promising|exciting|vast
        |strong|broad|wide|much)\s+(?:potential|promise|impact|opportunit\w+|implications|possibilit\w+
        |progress|advance\w*|interest)
    | \bpaves?\s+the\s+way | \bopens?\s+(?:up\s+)?(?:new|the\s+door|exciting|many|a\s+new)
    | \b(?:further|future|more|additional)\s+(?:research|work|stud\w+|exploration|investigation)\b
    | \b(?:new|important|major|significant|promising|big)\s+(?:era|chapter|horizon\w*|avenue\w*
        |direction\w*|milestone|step|paradigm|frontier\w*|breakthrough|contribution\w*)
    | \b(?:is|are|will\s+be|was)\s+(?:expected|likely|poised|set|bound|anticipated)\s+to
    | \b(?:highlights?|underscores?|emphasi[sz]es?|shows?|demonstrates?)\s+the\s+(?:importance|need
        |potential|value|significance|power|promise)
    | \b(?:can|could|may|might|will)\s+(?:\w+\s+)?(?:revolutioni[sz]e|transform|benefit|change|reshape
        |contribute|advance|impact|inspire|accelerate|influence|help|improve|lead)
    | \bgame[- ]chang\w+ | \brevolutioni\w+ | \bmakes?\s+a\s+(?:\w+\s+)?contribution | \bcontributes?\s+to
    | \badvances?\s+the\s+(?:field|state) | \bstate\s+of\s+the\s+field
    | \bof\s+great\s+(?:importance|interest|value) | \bbright\s+future | \bremains?\s+to\s+be\s+seen
    | \bstep\s+(?:forward|toward\w*)
    """,
    re.IGNORECASE | re.VERBOSE,
)
STEMS_KO = tuple(
    """
    AI ML 가능 가속 가져 가지 가진 가질 가치 각광 강력 강조 강화 갖는 갖춘 개발 개선 개척 거두 거둘 거듭 거치
    검증 것도 것으 것은 것을 것이 것임 견인 결과 결론 경로 경향 계기 계속 고급 고도 고려 공헌 과제 과학 관련
    관심 관점 광범위 굉장 구현 국내 국제 궁극 규모 그들 그의 극대 극대화 근본 긍정 기계 기관 기대 기반 기법 기술
    기업 기여 기존 기준 기초 기회 깊은 깊이 까지 꾸준 끊임 나아가 나은 나타 난제 내다 넓어 넓은 넓히 넓힌 넓힐
    논문 높게 높아 높여 높은 높이 높일 누구 능력 다각 다루 다룰 다른 다방면 다시 다양 다음 다채 단계 달라 달성
    당길 당면 대두 대안 대응 대폭 대한 대해 더불 더욱 데도 데에 데이터 도구 도메인 도모 도움 도입 독자 돋보 돌파
    동시 동안 동향 됐다 되고 되는 되며 되어 되었 된다 될것 드러 등과 등에 등을 등의 등이 등장 디딤 딥러닝 따라
    따른 때문 또한 뛰어 마련 만든 만들 많은 많이 맞는 맞추 맞춘 맞춤 매우 머신러닝 머지 먼저 메트릭 면모 모델
    모두 모든 모범 모색 목표 무궁 무엇 무척 무한 문제 물론 미래 미치 미칠 밀접 밑거름 바가 바꾸 바꿀 바를 바탕
    반드시 받게 받고 받는 받을 발돋 발전 발판 방면 방법 방식 방안 방향 범용 범위 변모 변혁 변화 보고서 보다 보여
    보완 보인 복잡 본격 부각 부문 부분 부상 부응 분명 분석 분야 불러 비롯 빠르 빠른 뿐만 사례 사업 사용 사항
    사회 산업 살펴 상당 상용 상호 상황 새로 생각 생산 서비스 선도 설계 성공 성과 성능 성장 세계 세트 소개 솔루션
    수가 수도 수를 수요 수준 수행 쉽게 시너지 시대 시도 시사 시스템 시작 시킬 신기 신기술 신뢰 실마리 실무
    실생활 실용 실제 실질 실험 실현 쓰일 아니 아울 아울러 아키텍처 안정 않아 알고리즘 앞당 앞으로 애플리케이션
    야기 어떤 어려 어렵 얻는 얻을 업계 없는 없이 여겨 여는 여러 여지 역량 역할 연결 연구 연다 열게 열고 열릴
    열망 열쇠 열어 열었 영역 영향 예상 예측 오늘날 완성 요건 요구 요소 요인 용이 우리 우수 운영 움직 원동력 원활
    위상 위치 위한 위해 유망 유용 유의 유의미 융합 응용 의미 의의 이끄 이끌 이는 이두 이득 이들 이러 이런 이로
    이론 이루 이뤄 이를 이바지 이번 이상 이어 이에 이와 이익 이점 이정표 이제 이후 인간 인공지능 인류 인사이트
    인정 인해 일반 일상 일조 일환 입증 잇따 있게 있는 있다 있습 있어 있으 있을 있음 자극 자리 자원 자율성 작업
    잠재 재조명 저자 적극 적용 적은 적합 전략 전망 전문가 전반 전체 전환 점에서 점은 점을 점이 점점 점차 접근
    접목 정교 정도 정립 정밀 정보 정확 제공 제시 제안 제약 조명 조직 존재 종합 좋은 좋을 주는 주도 주목 주어
    주요 주제 주체 줄수 줄여 줄일 중심 중요 증가 증대 증명 지금 지닌 지대 지속 지원 지침 지평 진보 진전 진정
    진화 집중 차별 차세대 차지 착수 참신 채택 처리 처음 첨단 체계 초석 초점 촉진 최근 최대 최신 최적 추가 추구
    추세 추진 추후 출발 충분 측면 커지 커진 커질 컴퓨팅 크게 탁월 탄생 탄탄 탐구 탐색 토대 통찰 통한 통합 통해
    트렌드 특히 튼튼 파급 패러다임 패턴 편리 편의 평가 포함 폭넓 프레임워크 필수 필요 하게 하고 하기 하나 하는
    하며 하여 하였 학계 학문 학습 한계 한다 한층 할것 함께 함으로 함의 해결 핵심 했다 향상 향후 혁명 혁신 현실
    현장 현재 협력 형성 형태 확대 확보 확신 확인 확장 환경 활기 활발 활성 활용 활짝 획기 효과 효용 효율 후속
    훈련 훌륭 흐름 흥미
    """.split()
)
"""Stems of generic Korean words: whatever begins so and goes on for a few syllables of endings is generic."""
WORDS_KO = frozenset(
    """
    AI ML 각 간 것 곳 그 길 내 네 다 더 데 된 될 됨 두 둘 듯 등 딛 때 또 만 면 몇 못 및 바 발 본 뿐 상 새 세 수
    약 여 열 온 외 위 이 일 임 잘 장 전 점 줄 중 즉 질 채 첨 첫 총 크 큰 클 틀 폭 하 하나 한 할 함 해 후 힘
    """.split()
)
"""Generic Korean words that are too short to be stems."""
WORDS_EN = frozenset(
    """
    a ability about academia academic across adopt adoption advance advanced advancement advancements advances
    advancing ai all also among an and any application applications applied apply approach approaches are area
    areas artificial as aspects at attention avenue avenues be because become been benefit benefits better
    between beyond big both bright broad broader build building by can capabilities capability challenge
    challenges change changes chapter clear community complex comprehensive concept conclusion considerable
    continue continued contribute contributes contribution contributions could critical current data deep define
    demonstrate demonstrates develop developers developing development developments different direction
    directions diverse domain domains door drive driving due each effective effectively effectiveness efficiency
    efficient emerging emphasize emphasizes enable enables engineers enhance enhanced enhances enhancing
    enormous era especially essential everyday exciting expand expected exploration explore explored far few
    field fields findings first for form forward foundation framework frameworks from frontier frontiers further
    future game general generation global good great greatly ground groundbreaking growing growth had has have
    having help helps high higher highlight highlights highly horizon horizons how however huge human humans
    idea ideas immense impact impactful impacts implications importance important improve improved improvement
    improvements improves improving in increase increased increasing increasingly industrial industries industry
    influence innovation innovations innovative insight insights inspire integration intelligence interest
    interesting into is it its journey key large lead leading leads learning life likely machine made major make
    makes making many marks may meaningful method methods might milestone model models modern more most much
    need needs new next not notable novel number numerous of on one open opens opportunities opportunity or
    other our out outcomes outperform over overall paper papers paradigm part pave paves performance play plays
    poised positive possibilities possibility potential power powerful practical practice practitioners
    presented presents problem problems process processes progress promise promises promising propose proposed
    provide provides push quality range real reliable remains represents requires research researchers reshape
    result results revolutionary revolutionize role scientific sectors seen serve set sets several shed shift
    should show shown shows significance significant significantly society solution solutions solve solving some
    specific state step steps strong studies study substantial such suggest suggests support system systems take
    task tasks technique techniques technological technologies technology that the their them there these they
    this those through to today tool tools toward towards transform transformative tremendous trend trends
    ultimately underscore underscores understanding up us use used useful users uses using valuable value
    various vast very vital was way ways we well were what when where whether which while wide widely wider will
    with within work works world would yet
    """.split()
)
"""Generic English words in every form."""
