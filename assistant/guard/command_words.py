"""Word classes from which an order to the program is recognised: verbs, their objects, and who is addressed."""

from __future__ import annotations


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Verbs, in the form an order has. Each class goes with its own kind of object.
SUSPEND = _words(
    """ignore disregard forget override overrule bypass skip drop discard neglect abandon circumvent disable remove
    lift break suspend delete erase cancel dismiss reject evade violate unlearn reset overwrite replace deactivate
    wipe clear omit ditch scrap bin revoke waive void nullify sidestep"""
)
SUSPEND_APART = {  # verbs that need one of these words beside them
    "set": _words("aside"),
    "put": _words("aside"),
    "leave": _words("aside"),
    "cast": _words("aside"),
    "turn": _words("off"),
    "switch": _words("off"),
    "throw": _words("away out"),
    "tear": _words("up"),
    "get": _words("rid"),
}
DISREGARD = _words("pay mind bother worry look care")  # "pay no attention to", "never mind", "don't bother with"
FOLLOW = _words(
    """follow use obey apply cite check rely refer consult comply adhere honour honor consider respect abide verify
    stick listen enforce keep heed"""
)
FOLLOWING = _words(
    """following using obeying applying citing checking relying consulting complying adhering verifying sticking
    enforcing respecting"""
)
HOLD_BACK = _words("decline refuse abstain hesitate caveat hedge")
SAY = _words(
    """say state declare conclude report affirm claim answer reply respond output tell announce assert print write
    return"""
)
PLAIN_SAY = _words("say state declare conclude report affirm claim tell announce assert")
OUTPUT = _words("answer reply respond output print return say write tell give")
RATE = _words(
    """treat mark classify label rate count consider regard judge rule tag score record deem recommend endorse call"""
)
SHOW = _words(
    """reveal show print output display repeat give tell list quote leak share expose dump translate summarise
    summarize paste write recite return copy provide disclose spell encode convert echo post send"""
)
MODE = _words("enter enable activate switch turn go start boot engage unlock run")
MODES = _words(
    """developer dev debug god admin sudo jailbreak unrestricted dan maintenance root unsafe opposite unfiltered
    diagnostic"""
)
ACT = _words("act behave")
SPEAK = _words("answer respond reply speak talk write")

# What belongs to the program. The strict ones are hardly ever meant of anything else when all are to be ignored.
STRICT_OBJECTS = _words(
    """instruction instructions rule rules prompt prompts restriction restrictions guideline guidelines directive
    directives constraint constraints filter filters guardrail guardrails programming safeguards directions
    rulebook purpose mission orders commands limits limitations"""
)
SOFT_OBJECTS = _words(
    """source sources guidance document documents passage passages evidence citation citations reference references
    criteria criterion check checks checking verification safety knowledge context corpus policy policies training
    role persona warning warnings disclaimers caveats ethics principles boundaries settings configuration table
    answers message messages protocols knowledgebase"""
)
PROGRAM_OBJECTS = STRICT_OBJECTS | SOFT_OBJECTS
BARE_OBJECTS = _words(
    """rulebook rules rule instructions sources criteria criterion citations warnings restrictions verification check
    checks filters guidelines prompt guardrails safeguards"""
)
SYSTEM_TEXT = _words(
    """prompt prompts preprompt instruction instructions message text configuration rules directives guidelines"""
)
SYSTEM_QUALIFIERS = _words(
    """system initial hidden secret original developer internal underlying base first starting confidential preset
    meta"""
)
OWN_TEXT = _words("prompt prompts instructions system configuration programming directives preprompt")
EARLIER = _words("previous prior above earlier preceding existing original initial current foregoing past")
ALL = _words("all any every each everything these those such")
YOURS = _words("your ur thy yr")
ABOVE = _words("above before preceding prior")
TEXTS = _words("text words everything all lines sentences content contents message messages conversation paragraphs")

# Verdicts an order tries to fix.
VERDICTS = _words(
    """approved permitted allowed compliant in_scope out_of_scope authorised authorized allowable approvable"""
)
SCOPE_VERDICTS = _words("in_scope out_of_scope non-clinical nonclinical operational_only operational")
AGREE = _words("approve authorise authorize endorse greenlight")
FORMATS = _words(
    """list table paragraph bullet bullets summary letter email json csv markdown text sentence note memo poster
    numbered short plain"""
)
YES = _words("yes no true false ok okay approved")
ONLY = _words("only just solely exactly simply nothing")
OPEN_WORDS = _words("whether if which what how why when where who or")

# Words that may begin a clause without being the verb of an order, and verbs that ask for an honest look at the rules.
NOT_VERBS = _words(
    """a about above according after again all also although an and another any are around as at based because been
    before being below between both but by concerning could did do does during each either else every feedback few
    following for from given had has have he her here hers him his how however i i'd i'll i'm i've if in inside
    instead into is it it's its like many me mine more most much my neither no nobody none nor not nothing of on
    one only or other our ours out over part per perhaps please question questions re regarding reading respecting
    same she should since so some such than thank thanks that the their them then there these they this those
    though through to too toward under unless until upon us using very via was we we'd we'll we're we've were what
    when where whether which while who whom whose why will with within without would yes yet you you'd you'll
    you're you've your yours problem problems issue issues"""
)
HONEST = _words(
    """explain describe list cite check recheck use show name give share tell compare repeat rephrase apply follow
    base quote link send summarise summarize mention include clarify outline state provide read see consult review
    verify confirm expand shorten simplify translate improve correct stick keep trust know understand love like
    appreciate need want remember justify help look find ask search double-check recall say write answer assume"""
)
RENEW = _words("update refresh extend add change")
OWN_OBJECTS = STRICT_OBJECTS | _words(
    """source sources criteria criterion table safety persona training check checks citation citations verification
    evidence ethics principles boundaries configuration settings knowledge role"""
)
AGAINST = _words("to outside beyond against past around over out away rid off")
ANSWERS = _words("answer answers reply replies response responses output outputs verdict verdicts conclusion result")
FIXED_TEXTS = _words("word words token string phrase sentence line statement letters text")

# Words that may stand between the beginning of a clause and the verb of an order.
LEADS = _words(
    """please now just then also kindly simply immediately first instead ok okay hey so but always henceforth hereby
    additionally next finally again right pls plz only therefore thus well alright dear assistant bot ai chatbot
    hi hello ever llm model completely totally fully entirely temporarily permanently actually"""
)
NEGATIONS = _words("not don't dont never won't cannot can't mustn't shouldn't no")
MODALS = _words("must should shall will can may need have has ought are is to 'll gonna")
REQUESTS = _words("can could would will")
QUESTION_STARTS = _words(
    """is are was were do does did can could should would will may might must shall has have had who what which when
    where why how am isn't aren't doesn't don't can't"""
)
JOINERS = _words("and then but or")
PROGRAM_NAMES = _words(
    """assistant ai llm llms model models chatbot chatbots bot system systems ais assistants reader summariser
    reviewer"""
)
THIRD_PERSON_OPENERS = _words("the any this all every dear")
ROLE_VERBS = _words("pretend roleplay role-play impersonate role play assume adopt take simulate imagine suppose")
STOP = _words("stop quit cease avoid")
ORDER_VERBS = (
    SUSPEND
    | frozenset(SUSPEND_APART)
    | FOLLOW
    | HOLD_BACK
    | SAY
    | OUTPUT
    | RATE
    | SHOW
    | MODE
    | ACT
    | SPEAK
    | ROLE_VERBS
    | STOP
    | DISREGARD
    | AGREE
    | {"do", "execute", "decode", "repeat", "mention"}
)
