"""Payment cards, bank accounts and national ids, told by form, check digits and words before."""

from __future__ import annotations

import re

from goodwill.records.privacy._checks import (
    COUNTRIES,
    cnpj_holds,
    cpf_holds,
    cuit_holds,
    dni_holds,
    ean_holds,
    iban_holds,
    iban_length,
    luhn_holds,
    machine_read_holds,
    nif_holds,
    nir_holds,
    pps_holds,
    rut_holds,
    tax_id_holds,
    verhoeff_holds,
)
from goodwill.records.privacy._labelled_ids import FORMS as LABELS
from goodwill.records.privacy._labelled_ids import find_labelled_ids
from goodwill.records.privacy._spans import Found

_IBAN = re.compile(r"(?<![A-Za-z0-9])[A-Za-z]{2}\d{2}(?:[ \u00a0.-]?[A-Za-z0-9]){11,30}")
_NOT_ALNUM = re.compile(r"[\W_]+")
_CARD = re.compile(
    r"(?<![\d.,])(?:[3-6]\d{3}(?:[ \u00a0.-]{1,3}\d{4}){3}|2[2-7]\d\d(?:[ \u00a0.-]{1,3}\d{4}){3}"
    r"|3[47]\d\d[ \u00a0.-]{1,3}\d{6}[ \u00a0.-]{1,3}\d{5}"
    r"|3[068]\d\d[ \u00a0.-]{1,3}\d{6}[ \u00a0.-]{1,3}\d{4}|[2-6]\d{12,18})(?!\d)"
)

_ID_FORMS = re.compile(
    r"""(?<![\w.])(?:
      (?P<cpf>\d{3}\.\d{3}\.\d{3}\s?[-.–/]\s?\d{2} | \d{3}\s\d{3}\s\d{3}[-–]\d{2}(?!-\d))
    | (?P<cpf_plain>\d{9}\s?[-–/]\s?\d{2})
    | (?P<cnpj>\d{2}\.\d{3}\.\d{3}\s?/\s?\d{4}\s?[-–]\s?\d{2})
    | (?P<ssn>\d{3}[-–]\d{2}[-–]\d{4}(?!-\d))
    | (?P<ssn_spaced>\d{3}\s\d{2}\s\d{4})
    | (?P<tax_id>\d{2}\s\d{3}\s\d{3}\s\d{3} | \d{3}\s\d{3}\s\d{3}\s\d{2})
    | (?P<dni>(?:\d{8}|\d{2}\.?\d{3}\.\d{3}|[XYZxyz][-\s]?\d{7})[-\s]?[A-Za-z])
    | (?P<nino>(?![DFIQUV]|.[DFIQUVO]|BG|GB|NK|KN|TN|NT|ZZ)
        [A-Z]{2}[-\s]?\d\d[-\s]?\d\d[-\s]?\d\d[-\s]?[A-D])
    | (?P<nino_low>[a-z]{2}\s?\d\d\s?\d\d\s?\d\d\s?[a-d])
    | (?P<rut>\d{1,2}\.\d{3}\.\d{3}-[\dkK])
    | (?P<rut_plain>\d{7,8}-[\dkK])
    | (?P<rg>\d{1,2}\.\d{3}\.\d{3}-[\dxX])
    | (?P<fiscal>[A-Z]{6}\d{2}[A-EHLMPRST]\d{2}[A-Z]\d{3}[A-Z])
    | (?P<curp>[A-Z]{4}\d{6}[HMX][A-Z]{5}[A-Z\d]\d)
    | (?P<rfc>[A-ZÑ&]{4}\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])[A-Z\d]{3})
    | (?P<perso>[LMNPRTVWXY](?=[A-Z\d]*[A-Z])[CFGHJ-NPRTV-Z\d]{8}\d)
    | (?P<nir>[12]\s?\d\d\s?(?:0[1-9]|1[0-2]|[2-9]\d)\s?\d[\dAB]\s?\d{3}\s?\d{3}\s?\d\d)
    | (?P<pan>[A-Z]{3}[PCHFATBLJG][A-Z]\d{4}[A-Z])
    | (?P<ahv>756[ .]?\d{4}[ .]?\d{4}[ .]?\d\d)
    | (?P<cuit>(?:2[0347]|3[034])-\d{8}-\d)
    | (?P<pps>\d{7}[A-W][A-IW]?)
    | (?P<aadhaar>[2-9]\d{3}\s\d{4}\s\d{4})
    | (?P<nif>PT\s?\d{3}\s?\d{3}\s?\d{3})
    | (?P<south>\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\s?\d{4}\s?[01]\d\s?\d)
    | (?P<eleven>\d{11}) | (?P<fourteen>\d{14}) | (?P<nine>\d{9} | \d{3}[\s.]\d{3}[\s.]\d{3})
    )(?![\w]|[.,]\d)""",
    re.VERBOSE,
)
# What every form has: six digits near each other, but for the Italian and the German one.
_ID_DENSE = re.compile(
    r"\d(?:[\s.\-–/]{0,3}\d){5}|\d\d[A-Z]\d\d[A-Z]\d{3}"
    r"|[LMNPRTVWXY](?=[A-Z\d]*\d)[CFGHJ-NPRTV-Z\d]{8}\d"
)
_SPOKEN = 70  # characters before a number in which its kind may be named
_SPOKEN_OF = re.compile(
    r"""\b(?:(?P<nif>nif | contribuinte | n[úu]mero\sfiscal | identifica[çc][ãa]o\sfiscal)
      | ssn | social(?:\ssecurity)?\s(?:number|no)
      | (?:my|his|her|wrong)\ssocial(?!\s(?:media|network|event|account|page|club|life)))\b""",
    re.VERBOSE | re.IGNORECASE,
)
_SPOKEN_INSURANCE = re.compile(r"\b(?:national\sinsurance|nino|ni)\b", re.I)
_SPOKEN_OTHER = re.compile(
    r"\b(?:order|pedido|encomenda|invoice|tel\w*|phone|ref\w*|cliente|customer|tracking|iban|conta"
    r"|account|case|ticket)\W{1,3}(?:\w{1,3}\W{1,3})?$",
    re.IGNORECASE,
)
# Thirteen digits behind these are no South African's, whatever their check digit.
_OF_A_THING = re.compile(
    r"\b(?:imei|ean|gtin|isbn|sku|barcode|serial|orders?|pedidos?|encomendas?|bestell\w*|auftrag\w*"
    r"|invoices?|facturas?|faturas?|rechnung\w*|tracking|ref|reference|referenz\w*|case|tickets?"
    r"|bookings?|reserva|buchung\w*|parcels?|paket\w*|sendung\w*|flight|claim)"
    r"(?:\W{1,3}(?:number|no|nr|num|nummer|n[úu]mero|code|id|is|ist|es|é|lautet|was|war))*\W{1,3}$",
    re.IGNORECASE,
)
_LONG_NUMBER = re.compile(r"\d(?:[ .-]?\d){5,}")
_SORTED_ACCOUNT = re.compile(
    r"\b(?:account|acct|a/c)(?:\s(?:number|no))?[\s.:#=-]*(?:is\s)?(?P<value>\d{6,10})(?!\w)",
    re.IGNORECASE,
)
_DIGIT = re.compile(r"\d")
ACCOUNT_FORMS = (
    re.compile(
        rf"(?:{'|'.join(COUNTRIES)})\d{{2}}(?:[ \u00a0.-]?[A-Za-z0-9]){{11}}", re.IGNORECASE
    ),
    _CARD,
)
ID_FORMS = (_ID_FORMS, *LABELS, _SORTED_ACCOUNT)


def find_accounts(found: Found) -> None:
    """Bank accounts (IBAN, mod 97) and payment cards (Luhn; 4-4-4-4 in any case)."""
    text = found.text
    for match in _IBAN.finditer(text):
        start, end = match.span()
        need = iban_length(text[start : start + 2].upper())
        if not need:
            continue
        # the pattern runs on into the words behind: cut at the length of the country
        seen = 0
        stop = start
        while stop < end and seen < need:
            seen += text[stop].isalnum()
            stop += 1
        plain = _NOT_ALNUM.sub("", text[start:stop]).upper()
        if iban_holds(plain) or (
            len(plain) == need and " " in match.group() and len(_DIGIT.findall(plain)) >= 14
        ):
            found.add(start, stop, "iban")
    for match in _CARD.finditer(text):
        plain = _NOT_ALNUM.sub("", match.group())
        grouped = len(plain) != len(match.group())
        if (grouped and len(plain) in (15, 16)) or (_card_length(plain) and luhn_holds(plain)):
            found.add(match.start(), match.end(), "card")


def _card_length(digits: str) -> bool:
    """Whether a card of this first digit has this many digits."""
    length = len(digits)
    if digits[0] == "3":
        return length == (15 if digits[1] in "47" else 14 if digits[1] in "068" else 16)
    if digits[0] == "4":
        return length in (13, 16, 19)
    if digits[0] == "6":
        return 16 <= length <= 19
    return length == 16


def find_ids(found: Found) -> None:
    """National ids, by their form and check digits, or behind a word that names them."""
    text = found.text
    find_labelled_ids(found)
    if dense := _ID_DENSE.search(text):
        for match in _ID_FORMS.finditer(text, max(0, dense.start() - 12)):
            form = match.lastgroup or ""
            if _id_holds(
                form, match.group(), text[max(0, match.start() - _SPOKEN) : match.start()]
            ):
                found.add(match.start(), match.end(), "id")
    if "sort code" in found.low:
        for match in _SORTED_ACCOUNT.finditer(text):
            found.add(match.start("value"), match.end("value"), "id")


def _is_named(before: str, digits: str) -> bool:
    """Whether the words before nine digits, no other number between, name an id."""
    behind = 0
    for number in _LONG_NUMBER.finditer(before):
        behind = number.end()
    if _SPOKEN_OTHER.search(before, behind):
        return False
    cue = _SPOKEN_OF.search(before, behind)
    return cue is not None and (cue["nif"] is None or nif_holds(digits))


def _id_holds(form: str, text: str, before: str) -> bool:
    plain = _NOT_ALNUM.sub("", text)
    if form in ("cpf", "cnpj", "ssn", "nino", "rut", "rg", "fiscal", "curp", "rfc"):
        return True
    if form == "dni":
        return dni_holds(plain)
    if form == "rut_plain":
        return rut_holds(plain[:-1], plain[-1])
    if form == "nir":
        return plain.isdigit() and nir_holds(plain)
    if form == "south":
        return luhn_holds(plain) and not _OF_A_THING.search(before)
    if form == "ahv":
        return ean_holds(plain)
    if form == "cuit":
        return cuit_holds(plain)
    if form == "perso":
        return machine_read_holds(plain)
    if form == "pps":
        return pps_holds(plain)
    if form == "aadhaar":
        return verhoeff_holds(plain)
    if form == "nino_low":
        return _SPOKEN_INSURANCE.search(before) is not None
    if form == "cpf_plain":
        return cpf_holds(plain)
    if form == "eleven":
        return cpf_holds(plain) or tax_id_holds(plain)
    if form == "tax_id":
        return tax_id_holds(plain)
    if form == "nif":
        return nif_holds(plain[2:])
    if form in ("nine", "ssn_spaced"):
        return _is_named(before, plain)
    if form == "fourteen":
        return cnpj_holds(plain)
    return False
