"""Plain groups of diseases, by ICD-10 chapter, and which codes may not be printed without a purpose.

Claim lists often carry the code inside the words ("Osteoartritis lutut (M17.1)"), or no code at all; then the words
decide, in Indonesian and English. A public paper names chapters only, never a rare diagnosis.
"""

from __future__ import annotations

from functools import lru_cache

from liaison.domain.restricted import code_in, is_restricted
from liaison.i18n import N_

CANCER = N_("Cancer")
HEART = N_("Heart and circulation")
DIGESTIVE = N_("Digestive system")
BONES = N_("Bones and muscles")
BIRTH = N_("Pregnancy and birth")
NERVES = N_("Nervous system")
KIDNEY = N_("Kidney and urinary")
LUNG = N_("Lungs and airways")
EYES_EARS = N_("Eyes and ears")
HORMONES = N_("Diabetes and hormones")
INJURY = N_("Injuries")
INFECTION = N_("Infections")
CHECKS = N_("Check-ups and examinations")
OTHER = N_("Other groups")
NOT_STATED = N_("Diagnosis not stated")

_CHAPTERS = (
    ("A00", "B99", INFECTION), ("C00", "D48", CANCER), ("D50", "D89", OTHER), ("E00", "E90", HORMONES),
    ("F00", "F99", OTHER), ("G00", "G99", NERVES), ("H00", "H95", EYES_EARS), ("I00", "I99", HEART),
    ("J00", "J99", LUNG), ("K00", "K93", DIGESTIVE), ("L00", "L99", OTHER), ("M00", "M99", BONES),
    ("N00", "N39", KIDNEY), ("N40", "N99", OTHER), ("O00", "P96", BIRTH), ("Q00", "Q99", OTHER),
    ("R00", "R99", OTHER), ("S00", "T98", INJURY), ("V01", "Y98", INJURY), ("Z00", "Z99", CHECKS),
)  # fmt: skip

_WORDS = (
    (CANCER,
     "kanker cancer karsinoma carcinoma tumor tumour neoplas limfoma lymphoma leukemi leukaemi "
     "melanoma kemoterapi chemo"),
    (HEART,
     "jantung heart koroner coronary cardiac kardio hipertensi hypertens stroke infark angina aritmia "
     "aneurisma katup"),
    (BONES,
     "lutut knee tulang bone sendi joint osteo hernia_nukleus hnp spondil fraktur_patologis artritis "
     "arthritis skoliosis"),
    (DIGESTIVE,
     "lambung usus hati liver empedu gallstone kolelit hepat appendi usus_buntu gastr hernia pankrea "
     "kolon colitis wasir"),
    (BIRTH,
     "hamil kehamilan pregnan persalinan melahirkan delivery caesar sesar preeklam obstet"),
    (NERVES,
     "saraf epilep parkinson neuro migren migraine alzheimer skleros"),
    (KIDNEY,
     "ginjal kidney renal batu_saluran urolit nefro nephro dialis hemodial"),
    (LUNG,
     "paru lung asma asthma pneumon bronk sinus tonsil"),
    (EYES_EARS,
     "mata eye katarak cataract glaukoma retina telinga"),
    (HORMONES,
     "diabet tiroid thyroid gondok kolesterol obes"),
    (INJURY,
     "patah fraktur fracture cedera injur trauma kecelakaan luka"),
    (INFECTION,
     "demam_berdarah dengue tifoid tifus typhoid infeksi infection sepsis malaria covid"),
    (CHECKS,
     "check-up check_up checkup medical_check pemeriksaan_kesehatan skrining screening"),
)  # fmt: skip


@lru_cache(maxsize=50_000)
def group_of(code: str, words: str) -> str:
    """The plain group of a diagnosis, as a marked text. Restricted ones are in the other groups, never named."""
    if is_restricted(code, words):
        return OTHER
    known = code_in(code, words)[:3]
    for first, last, group in _CHAPTERS:
        if first <= known <= last:
            return group
    folded = (words or "").casefold()
    for group, stems in _WORDS:
        if any(stem.replace("_", " ") in folded for stem in stems.split()):
            return group
    return OTHER if folded.strip() else NOT_STATED
