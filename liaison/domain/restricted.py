"""Which diagnoses are specially protected: HIV, mental health, fertility, tuberculosis. One list for paper and screen.

An officer may mark any case so; what a code or word already tells needs no mark. Source: the field "Restricted
diagnosis" of a case; ``domain`` 4, "Do not print".
"""

from __future__ import annotations

import re

_CODE = re.compile(r"(?<![A-Z0-9])([A-Z]\d\d)(?:\.?\d{0,2})(?![A-Z0-9])", re.IGNORECASE)
_RESTRICTED_CODES = re.compile(
    r"^(?:A1[5-9]|B2[0-4]|B90|F\d\d|N46|N97|N98|R75|Z21|Z20\.?6|Z31|O98\.?[07]|P37\.?0|X[67]\d|X8[0-4])", re.IGNORECASE
)
"""Tuberculosis and what it leaves (A15 to A19, B90, O98.0, P37.0), HIV (B20 to B24, R75, Z20.6, Z21, O98.7), mental
health (F, self-harm X60 to X84), fertility (N46, N97, N98, Z31)."""

_RESTRICTED_WORDS = re.compile(
    r"\bhiv\b|\baids\b|\bodha\b|human immunodef|imunodefisiensi manusia|\btbc?\b|tuberk|tubercul"
    r"|skizo|schizo|depres|bipolar|psikiat|psychiat|psikosis|psychosis|gangguan (?:jiwa|mental)|mental disorder"
    r"|bunuh diri|suicid|anxiety|cemas|infertil|fertility|kesuburan|mandul|inseminasi|inseminat|bayi tabung|\bivf\b"
    r"|\biui\b",
    re.IGNORECASE,
)


def code_in(code: str, words: str) -> str:
    """The ICD-10 code of a diagnosis: the stated one, else one found in its words; empty if there is none."""
    for text in (code, words):
        match = _CODE.search(text or "")
        if match:
            return match.group(0).upper()
    return ""


def is_restricted(code: str, words: str) -> bool:
    """Whether a diagnosis tells of HIV, mental health, fertility or tuberculosis."""
    return bool(_RESTRICTED_CODES.match(code_in(code, words)) or _RESTRICTED_WORDS.search(words or ""))
