"""The clinics of the demo, and the accounts one can sign in with."""

from tracking.management.demo.clinics.juniper import JUNIPER
from tracking.management.demo.clinics.little_steps import LITTLE_STEPS
from tracking.management.demo.clinics.riverside import RIVERSIDE

CLINICS = (RIVERSIDE, LITTLE_STEPS, JUNIPER)

DEMO_LOGINS = {
    "tess": "therapist",
    "asha": "therapist assistant, whom Tess supervises",
    "stella": "student, whom Tess supervises",
    "theo": "therapist; also gives the code of an app",
    "otto": "owner of the clinic",
    "sol": "owner and only therapist of a small clinic",
    "fay": "mother; her child has two homes",
    "greg": "father, in the other home",
    "nan": "grandmother, who only logs",
    "ada": "mother, who also minds the child of another family",
    "orla": "mother; a diary, before anything is prescribed",
    "joan": "mother; her child is in hospital",
    "alma": "mother; her reminders rest",
    "dina": "mother, after the discharge",
}
"""Printed after seeding, with who they are; everybody else has an account without a password."""

WITH_AN_APP = "theo"
"""Who gives the code of an authenticator app too, so that the second step at sign-in can be tried."""
