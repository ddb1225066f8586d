"""How English reports are built."""

from domain.boilerplate import Boilerplate

_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*"

BOILERPLATE = Boilerplate(
    sources="sources?|references?|bibliography|evidence|further reading",
    colophon="how (?:this|it) was made",
    glossary="terms of the day|glossary",
    dates=(
        rf"{_MONTH}\.?\s\d\d?(?:st|nd|rd|th)?(?:,?\s(?:19|20)\d\d)?|\d\d?\s{_MONTH}\.?(?:,?\s(?:19|20)\d\d)?"
        "|(?:mon|tues?|wednes|thurs?|fri|satur|sun)day"
    ),
    counted_before="papers?|new|today",
    counted="papers?|new papers?",
    minutes=r"\d+[ -]min(?:ute)?s?(?: read)?",
    voted="(?:up)?votes?|likes?|points?|score",
    votes="(?:up)?votes?|likes?|points?",
    links=(
        r"paper|links?|code|abs(?:tract)?|pdf|arxiv|hugging\s?face|hf|github|data(?:set)?|weights|models?|demo"
        r"|project(?:\s+page)?|read|more|here|source|sources|and|or|the"
    ),
    legend=(
        r"\babstracts? (?:only|alone)\b|based (?:only )?on (?:the |their )?abstracts|(?:sentence|line) checked"
        r"|(?:digest|page|report|summary) (?:was|is) (?:written|made|generated)"
        r"|(?:numbers|figures) are (?:as )?(?:reported|the authors)"
    ),
    greetings=(
        r"\bgood (?:morning|evening|day)|happy (?:reading|\w+day)|see you|that'?s (?:it|all) for|thanks? for reading"
        "|have a (?:great|good|nice)"
    ),
    predicate=(
        r"\b(?:is|are|was|were|has|have|can|cannot|can't|may|does|doesn't|do|don't|did|beats?|wins?|outperforms?"
        r"|match(?:es)?|reach(?:es)?|improves?|cuts?|helps?|shows?|makes?|learns?|needs?|fails?|gets?|lets?|keeps?|solves?"
        r"|leads?|loses?|drops?|rises?|doubles?|halves|falls?|grows?|brings?|turns?|runs?|works?|stays?|gives?|takes?"
        r"|comes?|goes|knows?)\b"
    ),
    figures="times|percent|points?|hours?",
    openings="summary|title|tl;?dr",
    parts="problem|background|method|proposal|approach|results?|limits?|why",
    filing="field|area|category|topic|group",
    concluding="impact|implication|conclusion|outlook|takeaway",
    ordinals=tuple(rf"\b{one} (?:paper|study|work)\b" for one in ("first", "second", "third", "fourth", "fifth")),
    one_of_them=r"\b(?:first|second|third|fourth|fifth) (?:paper|study|work)\b",
    several=r"\b(?:both|these|all(?: the)?|two|three|four) (?:papers|studies|works)\b",
    counts=r"\b(?:two|three|four|five|six|seven|eight|nine|ten|twelve|\d+) (?:papers|studies)\b",
    kinds=r"\b(?:two|three|four|five|six|seven|eight|\d+) (?=fields|groups|areas|topics|sections|themes)",
    of_the_day=r"\btoday'?s?\b|this (?:issue|week|morning)",
    opposites=(
        ("backfires", "pays off"),
        (" lift ", " lower "),
        ("faster", "slower"),
        ("higher", "lower"),
        ("under half", "over half"),
    ),
)
