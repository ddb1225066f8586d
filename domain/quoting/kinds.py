"""The words by which kinds of sentences are known in English abstracts: what they mean is in ``roles``."""

import re

from .cues import cues

WORK = (
    r"this\s+(?:\w+\s+){0,2}?(?:paper|work|study|report|article|survey|thesis|tutorial|manuscript|research"
    r"|letter|note"
    r"|project|review)"
)
_SUBJECT = rf"(?:\bwe\b|\bour\s+(?:paper|work|study|team)\b|\b(?:in\s+)?{WORK}\b)\s*,?\s+(?:have\s+)?"
_ADVERBS = r"(?:(?:(?!apply|rely|supply)\w+ly|also|then|first|further|thus|therefore|here|next|instead|hence)\s+)*"
MADE = cues(
    """
    propos*, introduc*, present*, develop*, design*, build*, built, construct*, creat*, devis*, formulat*, contribut*
    curat*, releas*, unveil*, open-sourc*, formaliz*, formalis*, synthesiz*, collect*, compil*, assembl*, describ*
    offer*, put* forward, establish*, implement*, provid*, pioneer*, extend*, deriv*, reformulat*, unif*
    """
)
DONE = cues(
    """
    study, studies, studied, investigat*, examin*, analyz*, analys*, explor*, revisit*, rethink*, evaluat*
    assess*, benchmark*, compar*, conduct*, perform*, argu*, consider*, tackl*, address*, aim*, seek*, focus*
    ask*, attempt*, delv*, survey*, review*, systematiz*, tak*, look*, scal*, train*, pretrain*, pre-train*
    fine-tun*, finetun*, adapt*, apply, applies, leverag*, employ*, adopt*, use, uses, used, combin*, integrat*
    question*, challeng*, probe*, close, closes, fill, fills, experiment*, select*, choos*, measur*, defin*
    start*, replicat*, undertak*, reproduc*, characteriz*, quantif*, bridg*, bring*, generaliz*, optimiz*, trac*
    cast*, fram*, model*, learn*, replac*, enabl*, enhanc*, target*, advocat*, discuss*, outlin*, answer*
    treat*, disentangl*, dissect*, reimagin*, simulat*, validat*, test, tests, tested
    """
)
PASSIVE = re.compile(
    rf"\b(?:is|are)\s+(?:\w+\s+)?(?:proposed|introduced|presented)\b|\bin\s+{WORK}\b.{{0,80}}\b(?:is|are)\s"
    r"|^(?:The\s+|Our\s+)?(?:key|core|main|central)\s+(?:idea|insight|contribution)",
    re.IGNORECASE,
)
WE = re.compile(rf"\b(?:we|our|ours|us|{WORK})\b", re.IGNORECASE)
OURS = re.compile(rf"\b(?:we|our|{WORK})\b", re.IGNORECASE)
SAYS_WHO = re.compile(_SUBJECT + _ADVERBS, re.IGNORECASE)

LACK = cues(
    """
    challenge, challenges, challenging, difficult, difficulty, difficulties, struggl*, fail, fails, failed
    failing, failure, failures, suffer*, lack, lacks, lacked, lacking, limit, limits, limiting, is limited
    are limited, remain limited, remains limited, limited by, limited to, limited in, show limited
    shows limited, offer limited, offers limited, achieve limited, provide limited, have limited, has limited
    limitation, limitations, bottleneck*, costly, costs, expensive, unexplored, underexplored, under-explored
    understudied, under-studied, unclear, unknown, uninvestigated, unresolved, unsolved, unproven, unreliable
    unstable, unrealistic, unnatural, unavailable, unsatisfactory, unable, little is known, less explored
    less studied, remains, remain, hinder*, imped*, prohibitive*, insufficient*, inefficien*, inadequa*
    inaccura*, inconsisten*, instabilit*, ineffective*, infeasible, inability, incapable, incomplete, incoherent
    neglect*, overlook*, ignor*, prone, sacrific*, compromis*, degrad*, restrict*, scarc*, poor, poorly, hard
    harder, lag, lags, hallucinat*, cannot, can not, not well, not yet, not fully, not easily, not always
    untested, untapped, tedious
    not scale, not generalize, not sufficient*, not directly, not explicitly, no clear, no existing
    no standard*, no unified, no systematic, rarely, seldom, vulnerab*, pose … risk, poses … risk, pose … risks
    poses … risks, posing … risks, at risk, trade-off*, gap, gaps, burden*, concern, concerns, high … cost
    high … costs, huge … cost, heavy … cost, significant … overhead, substantial … overhead, overhead
    more hardware resources, substantial … resources, significant … resources, extensive … resources
    labor-intensive, time-consuming, resource-intensive, computationally intensive, computationally demanding
    quadratic*, forgetting, overfit*, bias, biases, biased, misalign*, mismatch*, fragmented, weakness*
    drawback*, shortcoming*, obstacle*, barrier*, dilemma, controvers*, fall short, falls short, falling short
    fell short, far from, constrain*, impractical, problematic, error-prone, ambigu*, redundan*, rely heavily
    relies heavily, relying heavily, rely solely, relies solely, relying solely, rely on expensive
    rely on costly, rely on manual, non-trivial, nontrivial, obscur*, collapse*, missing, absence, slow
    outdated, contaminat*, saturat*, simplistic, largely unexplored, less effective, open question, artifact*
    error accumulation, interfer*, unfair*
    """
)
COMPARED = cues(
    """
    outperform*, surpass*, exceed*, beat, beats, beating, state-of-the-art, state of the art, SOTA, rival
    rivals, rivaling, rivalling, on par, comparable, competitive, superior, match, matches, matching, parity
    better than, worse than, higher than, lower than, faster than, more … than, less … than, fewer … than
    perform* better, perform* worse, perform* best
    over … baseline, over … baselines, compared to, compared with, than baseline*, than existing, than previous
    than prior, best
    """
)
FIGURE = re.compile(
    r"(?<![\w.-])[~≈+-]?\d[\d.,]*\s?(?:%|×|percent\w*\b|x\b|-?fold\b|times\b|(?:\w+\s)?points?\b|FPS\b|dB\b"
    r"|BLEU\b|mAP\b|mIoU\b|ms\b|pp\b)",
    re.IGNORECASE,
)
SCORED = re.compile(
    r"\b(?:scor\w+|accuracy|F1|AUC|FID|PSNR|win\s+rate|Elo|pass@\d+|rate)\b[^,;]{0,30}\s\d"
    r"|\bfrom\s+\S*\d\S*\s+to\s+\S*\d"
    r"|\b(?:first|second|third)\s+(?:and\s+\w+\s+)?place\b|\brank(?:s|ed|ing)\s+(?:first|second|third|\d)",
    re.IGNORECASE,
)
EVIDENCE = cues(
    """
    result, results, experiment, experiments, experimentation, evaluation, evaluations, analysis, analyses, finding
    findings, ablation, ablations, ablation study, ablation studies, comparison, comparisons, simulation, simulations
    observation, observations, tests, assessment, assessments, study, studies, investigation, exploration, evidence
    """
)
SHOWS = cues(
    """
    show, shows, showed, showing, showcas*, demonstrat*, reveal, reveals, revealed, revealing, indicat*, suggest
    suggests, suggested, suggesting, confirm, confirms, confirmed, validate, validates, validated, find, finds, found
    verify, verifies, verified, prove, proves, proved, highlight, highlights, highlighted, illustrate, illustrates
    uncover, uncovers, uncovered, support, supports, underscore, underscores, underscored, attest, expose, exposes
    exposed, establish, observe, observes, observed, discover, discovers, discovered, conclude, concludes, notice
    """
)
FOUND_OF_IT = re.compile(
    r"\b(?:is|are|was|were)\s+(?:\w+ly\s+)?(?:shown|found|proved|proven|observed|demonstrated|seen)\s+(?:to|that)\b"
)
"""A finding told of its subject: 'both are shown to converge'."""
TRIED = re.compile(
    r"^(?:(?:[\w-]+ly|Moreover|Furthermore),\s+)?(?:When\s+)?"
    r"(?:tested|evaluated|measured|validated|benchmarked|assessed|compared|deployed)\s+(?:\w+\s+)?"
    r"(?:on|against|by|in|across|with|over|under|using|to)\b[^;]*?,\s",
    re.IGNORECASE,
)
"""How something was tried, before what came of it: 'Tested on wet letters, the tray …'."""
FOUND = cues(
    """
    find, found, show, shows, showed, demonstrate, demonstrates, demonstrated, observe, observes, observed, prove
    proves, proved, discover, discovered, reveal, reveals, revealed, uncover, uncovered, achieve, achieves, achieved
    obtain, obtained, report that, identify, identified, conclude, concluded, confirm, confirmed, establish that
    outperform, surpass, surpassed, reach, reached, attain, attained, notice, improve, improved, reduce, reduced
    set a new, verify that, validate that, see that, show how, illustrate that, highlight that
    """
)
EFFECT = re.compile(
    r"\b(?:yields?|achiev(?:es?|ed|ing)|demonstrat(?:es?|ed)|exhibits?|enhances?|improv(?:es?|ed)|boosts?|brings?"
    r"|delivers?|attains?|shows?|reduces?|reduced|accelerates?|increases?|declines?|drops?|degrades?|gains?|leads? to"
    r"|causes?|maintains?|preserves?|generali[sz]es)\b[^;]{0,90}?\b(?:performance|accuracy|improvements?|gains?"
    r"|results"
    r"|quality|speed-?ups?|efficiency|robustness|generali[sz]ation|fidelity|consistency|costs?|latency|memory|errors?"
    r"|rates?|decline|scores?|capabilit(?:y|ies)|abilit(?:y|ies)|models|tasks|domains)\b",
    re.IGNORECASE,
)
IMPROVED = re.compile(
    r"\b(?:performance|accuracy|efficiency|quality|robustness|speed|latency|costs?|errors?)\b[^;]{0,80}?\b(?:is|are|was|were)\s+"
    r"(?:\w+ly\s+)?(?:improved|reduced|increased|enhanced|accelerated|degraded|lowered)\b",
    re.IGNORECASE,
)
IN_ORDER_TO = re.compile(r"(?<!able)(?<!shown)(?<!found)(?<!seen)(?<!likely)\sto\s+$")
NO_EFFECT = re.compile(r"\bto\s+(?:\w+\s+){1,6}$|\b(?:should|must|would)\s+(?:\w+\s+)?$")
"""Before what is only wanted: 'to improve accuracy', 'a tray should show its letters'."""
TELLING = cues(
    """
    fail*, struggl*, only, do not, does not, did not, no, not, cannot, even, despite, degrad*, drop*, worse
    surprising*, unexpected*, most, largest, greatest, main, mainly, primarily, rather than, diminish*
    far below, far from, far behind, lag*, however, but, while, although, stem*, driven, critical, essential
    without, declin*, falling, significantly, substantially, consistently, strongly, marginal*, insufficient
    limited, key factor, due to
    """
)
VAGUE = re.compile(
    r"\b(?:demonstrat\w+|show\w*|validat\w+|verif\w+|confirm\w*|highlight\w*|illustrat\w+|underscor\w+|prov(?:e"
    r"|es|ing)"
    r"|reveal\w*|support\w*)\s+(?:the\s+|its\s+|our\s+|their\s+|both\s+)?(?:\w+\s+){0,3}?(?:and\s+\w+\s+)?"
    r"(?:effectiveness|superiority|potential|robustness|efficacy|importance|versatility|value|utility|promise"
    r"|capabilit\w+|advantages?|benefits?|generali[sz]ability|applicability|feasibility|usefulness|flexibility"
    r"|scalability|necessity|significance|impact|need|power|strengths?|controllability|quality|influence|role|effects?)\b",
    re.IGNORECASE,
)
OPINION = re.compile(
    r"\b(?:we|paper|work)\s+(?:contends?|argues?|posits?|hypothesi[sz]es?|conjectures?|advocates?)\b", re.I
)
HOPE = cues(
    """
    we hope, we believe, we expect, we envision, we anticipate, we plan, we intend, we will, paving the way
    paves the way, pave the way, open … avenues, opens … avenues, opening … avenues, open … possibilities
    opens … possibilities, opening … possibilities, open … doors, future research, future work
    future directions, future studies, future development*, future advanc*, future systems, future explorations
    valuable insights, valuable insight, insights into, insights for, offers insights, foundation for future
    step towards, step toward, step forward, promising direction, promising directions, promising avenue
    promising path, new direction, new directions, new perspective, serve* as a, serves as an, implications
    positioning itself, to the best of our knowledge, importance of, need for, to inspire, will inspire
    inspires, encourage*, call* for, lay* the, marks a, represents a, contributes to the, contribute to the
    potential of, potential for, potential to, promising solution, opening a new, offering a new
    new standard for, first systematic, broad applicability, practical solution, facilitate* future, avenue for
    """
)
ENDLESS = re.compile(r"\S{80}")
ADDRESS = re.compile(r"https?:|www\.|\b\w+\.(?:github\.io|com|org|io|ai)/")
ELEMENT = re.compile(r"</?(?:a|b|br|div|form|i|iframe|img|p|script|span|style|svg)\b[^<>]*>|<!--", re.I)
"""HTML: no words of a paper, whatever it does there."""
RELEASE = re.compile(
    r"\b(?:is|are|be|been|made|make|makes|it|them)\s+(?:\w+\s+)?(?:publicly|freely|openly)\s+"
    r"(?:available|release\w*|accessible)"
    r"|\bpublicly\s+(?:release|available\.$)|\bopen-?sourced?\s+(?:at|on|under)\b"
    r"|\b(?:code|codes|data|datasets?|models?|weights|checkpoints?|demos?|videos?|samples|page|website|benchmark"
    r"|resources|homepage|materials?|implementation)\b[^.;]{0,60}\b(?:is|are|will\s+be|can\s+be|be)\s+(?:\w+\s+)?"
    r"(?:available|released|found|accessible|accessed|open-?sourced|made|published|provided)\b"
    r"|\bwe\s+(?:(?:will|also|have|fully|further|plan\s+to|are|then|publicly)\s+){0,3}(?:open-?sourc\w*|releas\w+"
    r"|shar(?:e|ed))\b[^.;]{0,60}\b(?:code|data|models?|weights|dataset|outputs)\b"
    r"|\bavailable\s+(?:at|on|via|here|online|upon)\b|\bproject\s+page\b|\bsee\s+(?:our|the|demo)\s+",
    re.IGNORECASE,
)
OTHERS = re.compile(
    r"^(?:\w+ly,\s+|However,\s+)?(?:Recent|Prior|Previous|Existing|Early|Earlier|Current|Many|Several|Most|Some)\b"
    r"(?:\s+[\w-]+){0,4}?\s+(?:stud\w+|works?|research|methods?|approach\w*|efforts?|literature|advance\w*|progress"
    r"|findings|experiments|results|models|benchmarks|systems|techniques|evaluations)\b"
)
DIAGNOSIS = re.compile(
    r"\b(?:we|study|work|research|analysis)\b[^.,;]{0,30}\b(?:identif\w+|observ\w+|find|found|note|notice|recogni\w+"
    r"|highlights?|argue)\b[^.;]{0,40}\b(?:current|existing|previous|prior|conventional|traditional|popular"
    r"|these\s+models|challenges|problems|limitations|issues|bottlenecks)\b",
    re.IGNORECASE,
)
_AUTHORS_DO = (
    r"^(?:[\w-]+,\s+|Using\s[^,]+,\s+|To\s[^,]+,\s+|In\s[^,]+,\s+)?"
    r"(?:We|we|Our\s+(?:evaluation|experiments?|benchmark|analysis|study|research))\s+(?:\w+\s+){0,2}?"
)
_EVALUATING = (
    r"evaluat\w+|conduct\w*|perform\w*|test\w*|compar\w+|assess\w*|experiment\w*|run|ran|benchmark\w*|encompass\w*"
    r"|cover\w*|span\w*|includ\w+|report"
)
EVALUATES = re.compile(rf"{_AUTHORS_DO}(?:{_EVALUATING})\b")
SETUP = re.compile(
    rf"{_AUTHORS_DO}(?:{_EVALUATING}|appl(?:y|ies)|investigat\w+|explor\w+|stud(?:y|ies)|analy\w+|train\w*|use"
    rf"|employ\w*)\b"
)
ABLE = re.compile(
    r"\b(?:can|could|may|might|able|enabl\w+|allow\w*|aims?|by\s+\w+ing|to\s+(?:\w+ly\s+)?(?:\w+e|boost))\b"
)
STATES = cues(
    """
    match, matches, exceed*, beat, beats, rival, rivals, reach*, reduc*, find*, found, show*, demonstrat*, reveal*
    observ*
    achiev*, indicat*, outperform*, surpass*, improv*, result in, results in, differ*, drop*, declin*
    perform* better, perform* worse, perform* best, gain*, sav*, yield*, increas*, boost*, cut, cuts, accelerat*
    """
)
WORKS = cues(
    """
    via, through, using, use, uses, leverag*, combin*, integrat*, decompos*, consist*, compris*, employ*
    incorporat*, generat*, predict*, encod*, decod*, learn*, train*, optimiz*, treat*, apply, applies, applying
    adapt*, augment*, align*, sampl*, select*, replac*, transform*, represent*, construct*, extract*, fus*
    inject*, guid*, condition*, formulat*, convert*, map*, merg*, distill*, split*, retriev*, iterat*, composed
    built, based on, into, contain*, cover*, span*, annotat*, collect*, introduc*, propos*, design*, operat*
    adjust*, rearrang*
    updat*, assign*, partition*, quantiz*, prun*, cach*, alternat*, progressive*, two-stage, three-stage
    multi-stage, pipeline, comput*, filter*, reweight*, estimat*, project*, compress*, tokeniz*, attend*, rout*
    search*, plan*, reward*, penaliz*, initializ*, includ*, which, that, where, modul*, without, encompass*
    feature*, evaluates, assesses, measures, tests
    """
)
BEGINS_OWN = re.compile(
    r"^(?:[\w-]+ly,?\s+|In\s+particular,\s+|At\s+(?:its|the)\s+(?:core|heart)[^,]*,\s+|To\s+[^,]{3,60},\s+"
    r"|In\s+[^,]{3,40},\s+)?"
    r"(?:our|this|these|it|its|we|by|instead|rather|unlike|given|during|each|starting|built|inspired|both|using|with"
    r"|through|based|first|key|they|their|here|the\s+(?:[\w-]+\s+){0,2}?(?:models?|methods?|framework|approach|system"
    r"|pipeline|architecture|algorithm|technique|dataset|benchmark|corpus|agents?|modules?|network|policy"
    r"|strategy|idea|key"
    r"|stage|encoder|decoder|loss|objective|tool|training|data|questions|tasks))\b",
    re.IGNORECASE,
)
OWN_WORK = re.compile(
    r"^(?:[\w-]+ly,?\s+)?Our\s+(?:\w+\s+){0,2}?(?:method|approach|framework|model|models|system|pipeline|algorithm"
    r"|technique|architecture|dataset|benchmark|solution|strategy)\b"
)
GOES_ON_LISTING = re.compile(
    r"^(?:And\s+|and\s+)?(?:Second|Third|Fourth|Finally|Lastly|Next|Then|\(?(?:[2-9]|ii|iii|b|c)[).])"
)
IN_THIS_WORK = re.compile(rf"^(?:\w+ly,\s+)?in\s+{WORK},?\s+we\b", re.IGNORECASE)
GLUED = re.compile(r"[a-z)]{2}\.(?:[A-Z][a-z]+|A|In|We)[\s,]")
HOPEFUL = cues(
    """
    potential to, potential for, potential in, impressive, remarkable, success*, promise, promising, advances
    progress, powerful, gained … attention, breakthrough*, has shown, have shown, has emerged, have emerged
    crucial, important, valuable, aims to, enables, one way, overcome, essential, critical, vital, necessary
    popular, widely used, opens up, great potential
    """
)
TURN = cues(
    """
    but, yet, however, while, although, though, despite, remain, remains, still, lack*, struggl*, challeng*, fail*
    limitations, difficult*, suffer*, hinder*, bottleneck*, underexplored, understudied, unclear, neglect*
    overlook*, drawback*, prohibitive*
    """
)
CONSISTS = re.compile(
    r"^(?:[\w-]+ly,\s+)?(?:\S+\s+){1,4}?(?:introduces|comprises|consists|contains|features|combines|leverages|employs"
    r"|incorporates|integrates|includes|encompasses|covers|uses|learns|adopts)\b"
)
BUT = re.compile(r"^(?:However|But|Yet|Unfortunately|Nevertheless|Nonetheless)\b")
WISHES = re.compile(r"^(?:\w+ly,\s+)?we\s+(?:hope|believe|expect|envision|plan|intend|anticipate)\b", re.IGNORECASE)
_SEVERAL = r"\b(?:two|three|four|five|several)\s+(?:\w+\s+){0,2}"
UNTOLD = re.compile(rf"{_SEVERAL}(?:contributions|components|innovations|findings|questions|advances|steps)\.$")
UNNAMED_TROUBLE = re.compile(
    r"\b(?:challenges?|problems?|difficult(?:y|ies)|limitations?|issues?)(?:\s+(?:with|of|in|for)\s+[\w-]+){0,2}"
    r"\s+(?:still\s+|often\s+)?(?:remains?|persists?|exists?|arises?)\s*\.?$"
)
"""That there is trouble, and not which."""
ONLY_COUNTED = re.compile(
    rf"{_SEVERAL}(?:dimensions|aspects|challenges|limitations|problems|issues|reasons|drawbacks|gaps|ways)\.$"
)
CUT_LIST = re.compile(r"(?:^|\s)\(?(?:1|i|a)\)(?!.*\(?(?:2|ii|b)\))|[:,;]\s*(?:First|first)(?:ly)?,(?!.*\b[Ss]econd)")
COUNTED = re.compile(
    r"\b(?:two|three|four|five|several|following)\s+(?:[\w-]+\s+){0,2}(?:contributions|phenomena|components|steps|stages"
    r"|parts|ways|findings|challenges|observations|insights|aspects|innovations|modules|strategies|techniques)\s*[.:]?$"
)
"""A sentence that ends in how many things will come."""
FIRST_OF_LIST = re.compile(r"(?:First(?:ly)?,|\(?(?:1|i|a)\))")
BY_MEANS = re.compile(
    r"\b(?:achieve|obtain|reach|improve|reduce|identify)\w*\s+(?:this|it|these|them)\b|\bshow\s+how\s+to\b"
)
AND_MAKES = re.compile(
    r"\bby\s+(?:introducing|proposing|presenting|developing|designing|constructing|building)\b"
    r"|\b(?:and|,)\s+(?:\w+ly\s+|then\s+|thus\s+)?(?:propos|introduc|present|develop|design|devis|construct"
    r"|build|curat)"
    r"(?:e|es|s|ed)?\b"
)
AND_FINDS = re.compile(
    r"(?:\band|,)\s+(?:\w+ly\s+|then\s+)?(?:find|finding|found|show|showed|showing|demonstrate|demonstrated"
    r"|demonstrating|observe"
    r"|observed|reveal|revealed|revealing|prove|discover|discovered)\b"
)
AND_FINDS_THAT = re.compile(
    r"(?:\band|,)\s+(?:\w+ly\s+|then\s+)?(?:find|found|show|showed|showing|demonstrat|observ|reveal|prov|discover)\w*\s+that\b"
)
"""What was made and what came of it in one: 'we present X and show that …'."""
RESULT_SAYS = re.compile(
    r"^(?:Our|Its|Their|The|An?|One)\s+(?:[\w-]+\s+){0,2}?(?:result|theorem|bound)s?\s+"
    r"(?!(?:of|for|on|in|with|that|from|and|by|to|which|can|could|may)\b)[a-z]",
    re.IGNORECASE,
)
"""A result as what a sentence is about: 'a second theorem sets a limit: …'."""
_TESTS = (
    r"(?:results?|experiments?|evaluations?|analys[ei]s|findings?|ablations?|comparisons?|simulations?|tests"
    r"|stud(?:y|ies))"
)
EVIDENCE_COMPARES = re.compile(rf"^(?!We\b)(?:[\w-]+\s+){{0,4}}?{_TESTS}\b(?!\s+(?:is|are|was|were)\b)", re.IGNORECASE)
"""Evidence as what a sentence is about: 'comparisons on wet letters put it ahead of the best trays'."""
SIZE = re.compile(r"(?<![\w.-])\d[\d,.]*\d(?:[KMB]\b|\+)?(?!\s?[%×x\d])\s+[a-z]")
GRANTS = re.compile(r"^(?:Despite|Although|Though|While)\b[^,]*,")
ASIDE = re.compile(r"(?:While|Although|Though|However|But|The\s+\w+\s+(?:suggest|indicat|show|reveal))")
