"""A present danger to somebody's life or safety that the writer tells of.

Three things make one: a person (the writer, or somebody the writer stands by), a danger in a form that says it is
happening, and no frame around it. A frame is whatever turns the danger into a topic: a tool that detects it, a
condition, a quotation, a past or planned event, a text to be written.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from assistant.guard.characters import fold

CrisisKind = Literal["emergency", "self_harm", "safeguarding"]


@dataclass(frozen=True)
class CrisisFinding:
    """The danger told of, as character offsets in the message."""

    kind: CrisisKind
    start: int
    end: int


_NEAR_PERSON = (
    r"(?:(?:my|our|his|her|the|a|this|that|an|another|one of (?:my|our|the))\s(?:[\w'-]+\s){0,2})?"
    r"(?:mum|mom|dad|mother|father|son|daughter|husband|wife|partner|brother|sister|gran\w*|nan|nana|grandad|"
    r"aunt\w*|uncle|"
    r"cousin|niece|nephew|baby|newborn|toddler|child|kid|boy|girl|boyfriend|girlfriend|friend|neighbour|mate|colleague|"
    r"flatmate|patient|pt|client|resident|visitor|lady|woman|man|gentleman|lad|nurse|doctor|porter|bloke|guy|person)"
)
_SOMEBODY = rf"(?:{_NEAR_PERSON}|i|he|she|they|someone|somebody|we)"
_BE = r"(?:'(?:m|s|re|ve)|(?<=\bi)m|(?<=\bhe)s|(?<=\bshe)s|\s(?:am|is|are|was|were))?"
_NOW = r"(?:\s(?:just|now|really|still|currently|suddenly|also|not|so|literally|actually|has|have|had|all|been))*"
_SELF = r"(?:myself|himself|herself|themsel(?:f|ves)|my(?:\sown)?\slife|(?:his|her|their)(?:\sown)?\slife)"
_POISON = (
    r"(?:bleach|antifreeze|poison|batter(?:y|ies)|detergent|paracetamol|pills|tablets|drugs|acid|weedkiller|"
    r"white spirit|"
    r"methadone|button cell|dishwasher tablets?|all (?:of )?(?:his|her|my|the) \w+|a (?:whole )?(?:box|bottle|"
    r"packet|pack|load) of \w+)"
)

_DRUG = (
    r"(?:pills?|tablets?|capsules?|meds|medication|paracetamol|ibuprofen|aspirin|codeine|sertraline|diazepam|"
    r"zopiclone|insulin|"
    r"co-codamol|antidepressants?|propranolol|morphine|oramorph)"
)
_OWN_END = (
    r"(?:kill|hurt|harm|hang|cut|shoot|drown)(?:ing)? myself\b|"
    r"end(?:ing)? (?:my (?:own )?life|it all|it tonight|it now|it today)\b"
)
_SELF_HARM = (
    rf"\b(?:{_SOMEBODY}){_BE}{_NOW}\s(?:want|wants|wanted|plan|plans|planning|intend|intends|going|gonna|about|"
    rf"thinking|"
    rf"threatening|threatens|trying|tried|need|might|feel|feels|like|feel like|feels like|thought|keep|keeps|"
    rf"considering|ready|will|says?)"
    rf"(?:\s(?:to|of|about|that|is|he|she|they|i|going|wants?|will))*\s(?:{{verb}})",
    rf"(?:^\W*|(?<=[,.:]\s))(?:just |so |i'm |am  |now |been )?(?:want|going|gonna|planning|thinking|about|"
    rf"ready)\s(?:to|of|about)\s(?:{_OWN_END})",
    r"\bi\s(?:(?:don't|dont|do not|no longer|can't|cannot)\s)(?:really\s)?(?:want|see (?:a|any) (?:reason|"
    r"point))\s?(?:to|in)?\s?"
    r"(?:be\s(?:here|alive)|live|liv(?:e|ing)|go on|exist|wake up)\b",
    r"\b(?:no|any)\s(?:point|reason)\s(?:in|to)\s(?:living|live|going on|go on|carry on|carrying on)\b",
    r"\b(?:nobody|no one|noone) would (?:even )?(?:miss me|notice|care)(?: me)? if i\b",
    r"\bi (?:just |really |only )?(?:want|need|wish) (?:it|this|everything) (?:all )(?:to (?:end|stop|be over)|over)\b",
    r"\bbetter off\s(?:if i\s(?:were|was|am)\s(?:dead|gone)|without me|dead)\b",
    rf"\b(?:i|{_NEAR_PERSON}|he|she){_BE}{_NOW}\s(?:(?:feel|feeling|feels|been)\s)?(?:suicidal)\b",
    rf"\b(?:i|i've|{_NEAR_PERSON}|he|she|he's|she's){_BE}{_NOW}\s(?:taken|took|swallowed)\s(?:an?\s)?(?:overdose|"
    rf"\d{{1,3}}\s(?:of\s)?(?:\w+\s)?{_DRUG}|(?:all|loads|lots|too many)"
    rf"(?:\sof)?\s(?:my|the|his|her)?\s?{_DRUG})\b",
    r"\bi\s(?:wish\s(?:i\s(?:was|were)\sdead|i\s(?:had never been|hadn't been|wasn't)\s(?:born|alive))|"
    r"hope i don't wake up)\b",
    rf"\b(?:i|he|she){_BE}{_NOW}\s(?:cut|cutting|burn|burning|hurt|hurting|harm|harming|starving)\s{_SELF}\b",
    r"\b(?:written|wrote|left)\s(?:a\s|my\s)?(?:suicide\s)?note\b(?=.{0,40}\b(?:goodbye|end|die|living)\b)",
)
_SELF_HARM_VERBS = (
    rf"(?:kill(?:ing)?|hurt(?:ing)?|harm(?:ing)?|hang(?:ing)?|cut(?:ting)?|drown(?:ing)?|shoot(?:ing)?|"
    rf"burn(?:ing)?|stab(?:bing)?|"
    rf"poison(?:ing)?|end(?:ing)?|tak(?:e|ing)|top(?:ping)?|finish(?:ing)?)\s(?:{_SELF})\b"
    r"|(?:die|be dead|dying|end(?:ing)? it(?: all| tonight| now| today| here)?(?=\W|$)|jump(?:ing)?(?: off| from|"
    r" in front)|overdos(?:e|ing)|not be (?:here|alive)|"
    rf"tak(?:e|ing) (?:all|every|the rest of|too many|the whole)\s(?:of\s)?(?:\w+\s){{0,2}}{_DRUG}|"
    r"do (?:myself|himself|herself) in|disappear forever|commit suicide|suicide|never wake up|take an overdose)\b"
)
_EMERGENCY = (
    rf"\b{_SOMEBODY}(?:\s(?:has |have )?(?:fallen|fell|"
    rf"gone down)(?: \w+)? and)?{_BE}{_NOW}\s(?:stopped breathing|(?:barely|hardly|not) breath(?:e|ing)|"
    rf"collapsed|unconscious|unresponsive|"
    rf"not responding|not waking(?: up)?|choking|turning blue|gone (?:blue|limp|floppy|grey)|passed out|"
    rf"bleeding (?:heavily|badly|out|to death|"
    rf"everywhere|and)|bleeding(?=\s*(?:$|[,.!?]|from|at|so))|in labour|overdos(?:ed|ing)|fitting|convulsing|"
    rf"drowning|dying|trapped|on fire|been (?:stabbed|shot|electrocuted|hit by a)|"
    rf"arresting|in (?:cardiac )?arrest|in anaphylaxis|having an? (?:stroke|seizure|fit|heart attack|"
    rf"cardiac arrest|anaphyla\w+|"
    rf"allergic reaction|asthma attack|miscarriage)|struggling (?:to|for) breath\w*|fighting for breath|"
    rf"going into labour|stabbed|shot)\b",
    rf"\b{_SOMEBODY}\s(?:isn't|isnt|aren't|is not|are not|'s not|wasn't|won't|wont|will not|can't|cant|cannot|"
    rf"can (?:hardly|barely|not)|"
    rf"could hardly|can no longer|has stopped|doesn't|does not)\s(?:breath(?:e|ing)|wake(?: up)?|wak(?:e|"
    rf"ing)(?: up)?|respond(?:ing)?|stop bleeding|"
    rf"swallow|move (?:his|her|my) (?:arm|leg|face|side))\b",
    r"\b(?:(?:i|i've|he|she|they|my|he's|she's)\s(?:have |has |got |having |am having |is having |"
    r"\w+ has )?(?:[\w-]+\s){0,2})?"
    r"(?:chest pains?|pain in (?:my|his|her) chest|crushing pain)\s(?:right now|now|at the moment|for the last|"
    r"since this|and (?:i|he|she|my))",
    r"\b(?:i have|i've got|i'm having|i am having|he has|she has|he's got|she's got|he's having|"
    r"she's having)\s(?:[\w-]+\s){0,3}chest pains?\b",
    rf"\b(?:{_SOMEBODY}){_BE}(?:'s|'ve)?{_NOW}\s(?:swallowed|drank|drunk|drunken|eaten|ate|taken|injected|"
    rf"inhaled)\s(?:some |a |the )?{_POISON}",
    r"\b(?:his|her|my|their|\w+'s|one side of (?:his|her|my)) (?:face|mouth|arm|side)(?: \w+)? (?:has|is|'s|"
    r"just)?\s?(?:dropped|drooping|droopy|gone numb|numb)\b",
    r"\b(?:my|his|her|their|the \w+'s|\w+'s) (?:throat|tongue|airway|lips)(?: \w+)? (?:swelling|closing|swollen|"
    r"blocked)\b",
    r"\b(?:there's|there is|theres|so much|a lot of|losing a lot of)\s(?:so much\s|"
    r"a lot of\s)?blood\s(?:everywhere|all over|pouring|and)\b",
    r"\b(?:there's|there is|theres)\s(?:a\s)?fire\s(?:in|on|at)\b(?=.{0,60}\b(?:trapped|stuck|people|smoke|"
    r"patients|help|spreading)\b)",
    r"^\W*(?:help[,!]? )?(?:bad |severe |crushing |sudden |terrible |awful )?chest pains?(?= (?:and|with|for|"
    r"since|now|radiating|down|going))",
    r"\b(?:can't|cant|cannot) (?:find|feel) (?:a|his|her|any) pulse\b",
    r"\b(?:no pulse|not breathing)\b(?=.{0,30}\b(?:help|what do i do|now|please)\b)",
    rf"^(?:help,?\s)?{_NEAR_PERSON} (?:has )?(?:just )?collapsed\b",
    r"\b(?:do|should|shall|must) i (?:need |have to |really |just )*(?:call |ring |dial |phone |get )?"
    r"(?:999|an ambulance)\b",
)
_HARM = (
    r"(?:hit|hits|hitting|beat|beats|beating|beaten|hurt|hurts|hurting|punch\w*|kick\w*|slap\w*|chok\w+|"
    r"strangl\w+|rap(?:e|ed|es|ing)|"
    r"abus(?:e|es|ed|ing)|molest\w*|touch(?:es|ed|ing)?|threaten\w*|attack\w*|stalk\w*|burn(?:s|ed|ing)?|"
    r"follow(?:ing|ed)|assault\w*|"
    r"starv\w+|lock(?:s|ed|ing))"
)
_HARMER = (
    r"(?:he|she|they|someone|somebody|a man|a woman|(?:my|her|his|their|the|a)\s(?:[\w'-]+\s)?(?:husband|wife|"
    r"partner|ex|boyfriend|girlfriend|dad|father|"
    r"mum|mother|stepdad|stepfather|stepmum|stepmother|son|daughter|brother|uncle|carer|boss|neighbour|colleague|"
    r"manager|parents?|family|patient|visitor|man))"
)
_HARMED = (
    r"(?:me|us|(?:my|a|the|this|our)\s(?:[\w'-]+\s)?"
    r"(?:child|kids?|daughter|son|baby|mum|mother|sister|gran\w*|nan|patient|resident|children))"
)
_SAFEGUARDING = (
    rf"\b{_HARMER}(?:'s|\s(?:is|are|was|has|keeps?|just|always|been|often|still))*\s{_HARM}\s{_HARMED}\b",
    rf"\b(?:{_HARMER})(?:'s|\s(?:is|says?|said|keeps?|he|she|they|will|'ll|going|to|threatening|threatened|"
    rf"threatens|tried|that|would|wants|trying))*\s(?:kill|hurt|stab|shoot|rape)\s"
    r"(?:me|us|her|him|my \w+)\b",
    rf"\b(?:i|i'm|{_NEAR_PERSON}|(?:my |our )?\w+'s (?:kid|child|son|daughter|"
    rf"baby))(?:\s?here)?{_BE}{_NOW}\s(?:being)\s(?:\w+ly\s)?"
    r"(?:abused|hit|hurt|beaten|attacked|followed|threatened|stalked|starved|neglected|raped|assaulted|exploited|"
    r"trafficked|held)\b",
    r"\b(?:a|the|my|one|this)\s(?:[\w'-]+\s){0,4}(?:has\s|have\s)?(?:just\s|now\s)?(?:told|disclosed to|"
    r"confided in|confided to|said to|tells)\s(?:me|us)\s"
    rf"(?:[\w'-]+\s){{0,4}}(?:is\s|are\s|was\s|has been\s|keeps?\s)?{_HARM}\s(?:her|him|them)\b",
    r"\b(?:i'm|i am|i feel)\s(?:so\s|too\s|really\s)?(?:scared|afraid|frightened|terrified|not safe|"
    r"unsafe)\s(?:to go home|of (?:him|her|them|my \w+)|at home)\b",
    r"\b(?:with|has|got|holding|waving)\s(?:a|the)\s(?:knife|gun|machete|weapon)\s(?:is|on|in|at|here|to|and|"
    r"outside)\b",
)
_TOOL = re.compile(
    r"\b(?:ai|a\.i|tool|tools|app|apps|bot|bots|chatbot|chatbots|alert|alerts|detect\w*|predict\w*|model|models|"
    r"algorithm|rota|rotas|training|survey|"
    r"count|counts|flag|flags|flagging|camera|cameras|sensor|sensors|bleep|software|system|video|leaflet|poster|"
    r"policy|module|simulat\w+|"
    r"scenario|actor|actors|actress\w*|pretend\w*|imagine|listens?|spots?|recognis\w+|dataset|statistics|report|"
    r"reports|audit|research|study|hotline|helpline|line|device|"
    r"transcri\w+|code|codes|coding|script|dashboard|scribe|copilot|programme|project|pilot|service|pathway|"
    r"example|hypothetical\w*|"
    r"template|course|exercise|drill|mannequin|manikin|film|story|novel|game|questionnaire|answers?|phrase|"
    r"words?|callers?|button)\b"
)
_FRAME_BEFORE = re.compile(
    r"\b(?:if|when|whenever|where|unless|in case|once|suppose|supposing|imagine|say|whether|people|patients|"
    r"staff|users|those|anyone|who|what happens|"
    r"how (?:do|to|can|should)|should|would|could|might|may|can|does|do|did|is|are|has anyone|before|after|"
    r"for when|until)\b(?!')[^,;:.!?\n]{0,80}$"
)
_CONDITION = re.compile(
    r"\b(?:if|when|whenever|where|unless|in case|suppose|supposing|imagine|say|people|patients|staff|users|those|"
    r"anyone|who|what happens|how (?:do|to|can|should)|for when)\b(?!')[^,;:.!?\n]{0,80}$"
)
_PAST = re.compile(
    r"\b(?:yesterday|last (?:week|month|year|spring|summer|autumn|winter|january|february|march|april|may|june|"
    r"july|august|september|october|"
    r"november|december)|(?:\w+ )?(?:days|weeks|months|years) ago|in (?:19|20)\d\d|previously|historically|"
    r"used to|back in|once)\b"
)
_QUOTATION = re.compile(r"\"[^\"\n]{3,200}\"|(?<!\w)'(?:[^'\n]|'(?=\w)){3,200}'(?!\w)")
_SENTENCE = re.compile(r"[^.!?\n;]+[.!?\n;]*")
_IDIOM = re.compile(
    r"\b(?:dying (?:to|for)|stabbed in the back|kill for|death of me|kill me if (?:this|it|we|that)|"
    r"bleeding money|drowning in|"
    r"on fire with)\b"
)
_LONGEST_SENTENCE = 600


def find_crisis(text: str) -> CrisisFinding | None:
    """The first present danger told of in `text`, or None. Uses of AI about such dangers are none."""
    folded = fold(text)
    plain = _without_quotations(folded.text.lower())
    for start, sentence in _sentences(plain):
        for kind, patterns in _PATTERNS.items():
            for pattern in patterns:
                match = pattern.search(sentence)
                if match and not _framed(sentence, match.start(), match.end(), kind):
                    return CrisisFinding(kind, *folded.to_original(start + match.start(), start + match.end()))
    return None


def _sentences(text: str) -> Iterator[tuple[int, str]]:
    """Sentences with their offsets; a very long one in pieces, so that the work stays linear."""
    for match in _SENTENCE.finditer(text):
        for place in range(match.start(), match.end(), _LONGEST_SENTENCE):
            yield place, text[place : min(place + _LONGEST_SENTENCE, match.end())]


def _without_quotations(text: str) -> str:
    """Quotations blanked out, unless the message is nothing but one."""
    blanked = _QUOTATION.sub(lambda match: " " * len(match.group()), text)
    return blanked if blanked.strip() else text


def _framed(sentence: str, start: int, end: int, kind: CrisisKind) -> bool:
    """Whether the words around a danger in its clause make it a topic, a condition, a figure of speech or history."""
    clause_start = max(sentence.rfind(mark, 0, start) for mark in ",:(-") + 1
    before = sentence[clause_start:start]
    rest = sentence[end:]
    clause = sentence[clause_start:end] + re.split(r"[,:]", rest, maxsplit=1)[0]
    if _IDIOM.search(clause):
        return True
    own = kind == "self_harm" and re.search(r"\b(?:i|i'm|i've|me|my|myself)\b", sentence[start:end])
    if _TOOL.search(before) or (not own and _TOOL.search(sentence if kind == "self_harm" else clause)):
        return True
    if (_CONDITION if own else _FRAME_BEFORE).search(before):
        return True
    return not own and bool(_PAST.search(sentence)) and kind == "emergency"


_PATTERNS: dict[CrisisKind, tuple[re.Pattern[str], ...]] = {
    "self_harm": tuple(re.compile(piece.replace("{verb}", _SELF_HARM_VERBS)) for piece in _SELF_HARM),
    "emergency": tuple(re.compile(piece) for piece in _EMERGENCY),
    "safeguarding": tuple(re.compile(piece) for piece in _SAFEGUARDING),
}
