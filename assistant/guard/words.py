"""Word lists by which a person, an organisation, a member of staff and a state of health are told apart."""

from __future__ import annotations

import re

# A capitalised word from one of these sets is not part of a person's name.
FUNCTION_WORDS = frozenset(
    """a about after again all also am an and another any anybody anyone are as at be because been before being both
    but by can could dear did do does doing done each either else every everybody everyone everything few first
    for from further get give given go got had has have having he hello help her here hers hi his how however i if
    in into is it its just last let like many may me might mine more most much must my neither never new next no
    nobody none nor not nothing now of off ok okay old on once one only or other our ours out over own part per
    please put re regarding same say see shall she should since so some somebody someone something still such
    summarise summary tell than thank thanks that the their theirs them then there these they this those though
    through to today together tomorrow tonight too two under until up upon urgent us use used using very via want
    was we were what when where whether which while who whom whose why will with within without would write yes
    yesterday yet you your yours draft rebook book check send call text email phone ask asks letter letters note
    notes query question task subject concerning name surname forename age aged male female born dob gp ed ae pt
    pts patient patients client clients resident residents service user users person people man woman lady
    gentleman boy girl child children baby mum mom dad mother father son daughter husband wife partner brother
    sister gran nan grandad grandma aunt uncle friend neighbour carer family relative relatives cousin grandson
    granddaughter nephew niece staff nobody mr mrs ms miss mx dr prof sir dame lord lady""".split()
)
CALENDAR_WORDS = frozenset(
    """monday tuesday wednesday thursday friday saturday sunday january february march april may june july august
    september october november december spring summer autumn winter christmas easter bank holiday""".split()
)
ORGANISATION_WORDS = frozenset(
    """academy access accident act active administration adult advice agency agile agreement ai algorithm alliance
    amazon ambulance and anthropic app apple area assessment assistant assurance auditor authority bank best bill
    board body bot bradford bristol britain british bureau business cabinet caldicott campus cancer cardiology
    care caring centre center chair charity charter chatbot chatgpt city claude clinic clinical clinics cloud club
    code college command commission commissioner committee commons community company computing connect consortium
    consult copilot corporate corporation council county court covid cross crown data day department dental
    departments desk device devices dhsc dictate digital director directorate district division dpia dpo dragon
    dtac dxs e east edge edinburgh education emergency emis england english enterprise epic estates europe
    european evidence exemplar exemplars experience expert finance first foundation framework free freedom fund
    future gdpr gemini general generative google governance government group guardian guidance guide gov health
    healthcare heidi hospice hospital hospitals hr house icb icbs ico improvement inc incubator industry
    information initiative innovation inspectorate institute insurance intelligence international ireland irish it
    journal kingdom knows lab laboratory labs law learning leeds legal library licence limited line lister
    liverpool lloyd local london lords ltd management manager manchester maternity medguard medical medicine
    medicines mental mersey metropolitan mhra microsoft midlands minister ministry model motor national network
    newcastle nhs nice nightingale north northern notebook nuance nursing office officer online open openai opt
    oracle organisation orthopaedics outpatients oxford palantir paediatrics park parliament partners partnership
    patient pathway people personal pharmacy plan platform plc police policy portal power practice primary
    principle principles private procurement product products programme project protection public quality queen
    radiology record records redbox reform register registry regulation regulations regulator report research
    response review road robot rota royal safety saint school science scotland scottish scribe secondary section
    secretary security sector senior service services shared sheffield simple site social society software
    solutions south southern spine square st staffing standard standards state statement street strategy summit
    support surgery survey system systems systmone team teams technologies technology teams test theatre therapies
    therapy tool tools training transformation treasury trial trust trusts turing uk unit united university urgent
    vendor wales ward warehouse watch welsh west western westminster winter word work workforce world yorkshire
    youth windows word excel outlook teams zoom viva whatsapp siri alexa tortus accurx""".split()
)
ROLE_WORDS = frozenset(
    """accountant administrator adviser advisor analyst architect author auditor boss ceo cfo chair chairman
    chairwoman chief cio ccio cnio cso clerk clinician colleague commissioner consultant coordinator dentist
    developer dietitian director doctor dpo engineer executive gp governor guardian head hr journalist lawyer lead
    leader lecturer librarian manager matron midwife minister mp nurse officer owner paramedic pathologist
    pharmacist physician physio physiotherapist porter president principal professor programmer psychiatrist
    psychologist radiographer radiologist receptionist registrar researcher rep representative salesman secretary
    siro sister sonographer specialist spokesman spokeswoman spokesperson supervisor supplier surgeon surgeons
    teacher technician therapist trainer trustee vendor peer baroness""".split()
)
DEPARTMENTS = frozenset(
    """procurement finance it hr estates pathology radiology pharmacy governance ig legal comms communications
    informatics catering payroll digital facilities theatres purchasing contracts recruitment audit research
    coding cardiology microbiology sales marketing reception""".split()
)
TOOL_WORDS = frozenset(
    """ai alert alerts algorithm algorithms app apps bot bots camera cameras chatbot chatbots clinic clinics
    conference course data dashboard department detector expertise flag flags form forms guideline guidance
    guidelines letter letters leaflet leaflets line list lists model models nurse nurses module pathway pathways
    pilot plan platform policy policies programme programmes project protocol register registry research sensor
    sensors service services software specialist specialists strategy study survey system systems team teams
    template templates tool tools trial unit units video training service-line tracker awareness care predictor
    screening responder""".split()
)
CONDITIONS = frozenset(
    """addiction alcoholic alcoholism alzheimer's alzheimers anaemia angina anorexia anorexic anxiety asthma autism
    autistic bipolar blind bulimia cancer cellulitis chlamydia chemo cirrhosis concussion confused confusion
    constipation copd covid crohn's deaf delirious delirium dementia depressed depression diabetes diabetic
    diarrhoea dialysis dying dyslexia eczema embolism epilepsy epileptic feverish fibromyalgia flu fracture
    fractures gallstones gangrene glaucoma gonorrhoea gout haemophilia headache headaches herpes hiv hypertension
    hypertensive ibs incontinent infection insomnia jaundice jaundiced leukaemia lupus lymphoma measles menopause
    migraine migraines miscarriage miscarried ms mnd obese obesity overdose palsy palliative paralysed parkinson's
    parkinsons pneumonia pregnant psoriasis psychosis psychotic rash schizophrenia schizophrenic sciatica seizure
    seizures self-harm sepsis septic shingles stroke suicidal syphilis tb thrombosis tumour tumours ulcer ulcers
    uti vertigo vomiting warfarin insulin methadone morphine catheter stoma pacemaker pain adhd ptsd dvt cjd
    mrsa""".split()
)
_CONDITION_ENDINGS = re.compile(
    r"(?:itis|osis|aemia|emia|oma|opathy|plegia|algia|uria|paresis|sclerosis|phobia|philia|trophy|cele)$"
)
CARE_NOUNS = frozenset(
    """allergies allergy ankle appointment appointments biopsy blood bloods breast bruise care-plan chemo chest
    colonoscopy condition consultation ct death delivery diagnosis discharge dose drugs ecg endoscopy eye fall
    falls fracture heart hip hysterectomy illness injuries injury kidney knee leg liver lungs mastectomy meds
    medication medications medicine medicines mammogram mri notes operation overdose physio prescription
    prescriptions pregnancy prognosis prostate rehab results scan scans smear spine surgery swab swabs symptoms
    tablets transplant treatment ultrasound vaccination vaccine weight wound wounds x-ray xray""".split()
)
PATIENT_VERBS = frozenset(
    """admitted discharged diagnosed sectioned hospitalised catheterised intubated ventilated resuscitated cannulated
    miscarried sedated readmitted transfused vaccinated prescribed""".split()
)
WEAK_PATIENT_VERBS = frozenset("referred transferred treated examined seen scanned assessed scheduled".split())
HAPPENINGS = frozenset(
    """fell collapsed died deteriorated vomited overdosed relapsed fainted aspirated desaturated absconded self-
    harmed complains suffers suffering suffered presented haemorrhaged dna'd dnad""".split()
)

_NAME_WORD = re.compile(r"(?:[^\W\d_]{1,3}')?[^\W\d_]{2,}(?:['-][^\W\d_]+)*$")
_SUFFIX = re.compile(r"'s?$")


def is_name_word(word: str) -> bool:
    """Whether a word could be part of a person's name: capitalised, no abbreviation, no common or organisation word."""
    bare = _SUFFIX.sub("", word)
    if not bare[:1].isupper() or not _NAME_WORD.match(bare) or (bare.isupper() and len(bare) < 4):
        return False
    return not is_common(bare)


def is_common(word: str) -> bool:
    """Whether a word is known to be something other than a person's name."""
    lower = word.lower()
    if "-" in lower:
        return all(is_common(piece) for piece in lower.split("-") if piece)  # "So-and-so"
    return lower in FUNCTION_WORDS or lower in CALENDAR_WORDS or lower in ORGANISATION_WORDS or lower in ROLE_WORDS


def is_condition(word: str) -> bool:
    """Whether a word names a state of health, by list or by its medical ending. "Ms" is a title, "MS" is not."""
    if word == "Ms":
        return False
    lower = _SUFFIX.sub("", word.lower()) if word.lower() not in CONDITIONS else word.lower()
    return lower in CONDITIONS or (len(lower) > 6 and bool(_CONDITION_ENDINGS.search(lower)))
