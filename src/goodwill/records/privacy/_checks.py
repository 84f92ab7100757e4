"""Check digits of cards, accounts and national ids."""

from __future__ import annotations

_LUHN_DOUBLE = (0, 2, 4, 6, 8, 1, 3, 5, 7, 9)
_DNI_LETTERS = "TRWAGMYFPDXBNJZSQVHLCKE"
_IBAN_LENGTHS = {
    "AD": 24, "AE": 23, "AL": 28, "AT": 20, "AZ": 28, "BA": 20, "BE": 16, "BG": 22, "BH": 22,
    "BR": 29, "BY": 28, "CH": 21, "CR": 22, "CY": 28, "CZ": 24, "DE": 22, "DK": 18, "DO": 28,
    "EE": 20, "EG": 29, "ES": 24, "FI": 18, "FO": 18, "FR": 27, "GB": 22, "GE": 22, "GI": 23,
    "GL": 18, "GR": 27, "GT": 28, "HR": 21, "HU": 28, "IE": 22, "IL": 23, "IS": 26, "IT": 27,
    "JO": 30, "KW": 30, "KZ": 20, "LB": 28, "LC": 32, "LI": 21, "LT": 20, "LU": 20, "LV": 21,
    "MC": 27, "MD": 24, "ME": 22, "MK": 19, "MR": 27, "MT": 31, "MU": 30, "NL": 18, "NO": 15,
    "PK": 24, "PL": 28, "PS": 29, "PT": 25, "QA": 29, "RO": 24, "RS": 22, "SA": 24, "SE": 24,
    "SI": 19, "SK": 24, "SM": 27, "TN": 24, "TR": 26, "UA": 29, "VG": 24, "XK": 20,
}  # fmt: skip
COUNTRIES = tuple(_IBAN_LENGTHS)
"""The countries whose accounts have an IBAN."""


def luhn_holds(digits: str) -> bool:
    """Whether the last digit is the Luhn check digit of the others (cards, Canadian SIN)."""
    total = 0
    for place, digit in enumerate(reversed(digits)):
        total += _LUHN_DOUBLE[int(digit)] if place % 2 else int(digit)
    return total % 10 == 0


def iban_holds(iban: str) -> bool:
    """Whether the account number (no spaces, upper case) has its country's length and mod 97."""
    if _IBAN_LENGTHS.get(iban[:2]) != len(iban):
        return False
    return int("".join(str(int(c, 36)) for c in iban[4:] + iban[:4])) % 97 == 1


def iban_length(country: str) -> int:
    """The length of the account numbers of a country, 0 where it has none."""
    return _IBAN_LENGTHS.get(country, 0)


def cpf_holds(digits: str) -> bool:
    """Whether 11 digits are a Brazilian person's number."""
    if len(set(digits)) == 1:
        return False
    return all(_mod11(digits[:n], range(n + 1, 1, -1)) == int(digits[n]) for n in (9, 10))


def cnpj_holds(digits: str) -> bool:
    """Whether 14 digits are a Brazilian company's number."""
    if len(set(digits)) == 1:
        return False
    weights = (6, 5, 4, 3, 2, 9, 8, 7, 6, 5, 4, 3, 2)
    return all(_mod11(digits[:n], weights[13 - n :]) == int(digits[n]) for n in (12, 13))


def _mod11(digits: str, weights: range | tuple[int, ...]) -> int:
    rest = sum(int(d) * w for d, w in zip(digits, weights, strict=True)) % 11
    return 0 if rest < 2 else 11 - rest


def dni_holds(number: str) -> bool:
    """Whether 8 digits and a letter (or X, Y, Z, 7 digits and a letter) are a Spanish DNI, NIE."""
    number = number.upper()
    digits = str("XYZ".index(number[0])) + number[1:8] if number[0] in "XYZ" else number[:8]
    return _DNI_LETTERS[int(digits) % 23] == number[-1]


def nif_holds(digits: str) -> bool:
    """Whether 9 digits are a Portuguese tax number."""
    if digits[0] not in "1235689" or len(set(digits)) == 1:
        return False
    return _mod11(digits[:8], range(9, 1, -1)) == int(digits[8])


def tax_id_holds(digits: str) -> bool:
    """Whether 11 digits are a German tax number: one digit twice or thrice, and ISO 7064."""
    if digits[0] == "0":
        return False
    often = sorted(digits[:10].count(digit) for digit in set(digits[:10]))
    if often[-1] not in (2, 3) or (len(often) > 1 and often[-2] > 1):
        return False
    product = 10
    for digit in digits[:10]:
        product = ((int(digit) + product) % 10 or 10) * 2 % 11
    return (11 - product) % 10 == int(digits[10])


def cuit_holds(digits: str) -> bool:
    """Whether 11 digits are an Argentine tax number."""
    weights = (5, 4, 3, 2, 7, 6, 5, 4, 3, 2)
    total = sum(int(d) * w for d, w in zip(digits, weights, strict=False))
    return (11 - total % 11) % 11 == int(digits[10])


def ean_holds(digits: str) -> bool:
    """Whether 13 digits have the check digit of EAN, as Swiss social security numbers do."""
    total = sum(int(d) * (3 if place % 2 else 1) for place, d in enumerate(digits))
    return total % 10 == 0


def machine_read_holds(code: str) -> bool:
    """Whether the last digit checks the others as in papers that machines read (ICAO 9303)."""
    total = sum(int(c, 36) * (7, 3, 1)[place % 3] for place, c in enumerate(code[:-1]))
    return total % 10 == int(code[-1])


def pps_holds(number: str) -> bool:
    """Whether 7 digits and one or two letters are an Irish person's number."""
    letters = "WABCDEFGHIJKLMNOPQRSTUV"
    total = sum(int(d) * w for d, w in zip(number[:7], range(8, 1, -1), strict=True))
    if len(number) > 8:
        total += 9 * letters.index(number[8])
    return letters[total % 23] == number[7]


def rut_holds(digits: str, check: str) -> bool:
    """Whether the check character is that of a Chilean RUT."""
    total = sum(int(d) * (2 + place % 6) for place, d in enumerate(reversed(digits)))
    return "0123456789K0"[11 - total % 11] == check.upper()


def nir_holds(digits: str) -> bool:
    """Whether 15 digits are a French social security number."""
    return 97 - int(digits[:13]) % 97 == int(digits[13:])


_VERHOEFF_D = (
    "0123456789", "1234067895", "2340178956", "3401289567", "4012395678",
    "5987604321", "6598710432", "7659821043", "8765932104", "9876543210",
)  # fmt: skip
_VERHOEFF_P = (
    "0123456789", "1576283094", "5803796142", "8916043527",
    "9453126870", "4286573901", "2793806415", "7046913258",
)  # fmt: skip


def verhoeff_holds(digits: str) -> bool:
    """Whether the last digit is the Verhoeff check digit (Indian Aadhaar)."""
    check = 0
    for place, digit in enumerate(reversed(digits)):
        check = int(_VERHOEFF_D[check][int(_VERHOEFF_P[place % 8][int(digit)])])
    return check == 0
