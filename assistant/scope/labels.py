"""The criteria that are judged, in fixed order, and the other outputs of the judge."""

VERDICTS = ("in_scope", "out_of_scope", "needs_assessment")
FINDINGS = ("yes", "no", "unclear")
DEVICES = ("yes", "no", "depends")
CRITERIA = (
    "medical_purpose",
    "derives_or_acts",
    "touches_record_or_pathway",
    "operational_only",
    "identifiable_patient_data",
    "serious_effect_on_person",
    "iai_sees_identifiable",
    "purpose_stated",
)
