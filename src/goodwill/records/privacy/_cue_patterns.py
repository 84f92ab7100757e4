"""What stands around a name: what is read behind a cue word, and words that tell of no name."""

from __future__ import annotations

import re

# Each pattern is matched right behind its cue word; the name begins where the match ends.

_S = r"[ \t\u00a0]"
_TITLE = (
    r"(?:(?:mr|mrs|ms|miss|mx|dr|dra|prof|sir|sr|sra|srta|señor|señora|señorita|dña|doña|don|dona"
    rf"|herrn?|frau|mme|mlle|madame|monsieur|signora?)\b\.?{_S}+)*"
)
_FLAGS = re.VERBOSE | re.IGNORECASE
GREETED = re.compile(rf"(?:{_S}(?:there|again|to{_S}you))?,?{_S}+{_TITLE}", _FLAGS)
TITLED = re.compile(rf"(?:\.ª?{_S}*|ª?{_S}+){_TITLE}", _FLAGS)
CLOSED = re.compile(
    rf"""(?:{_S}(?:you|u|wishes|so|very|much|a|lot|again|in|advance|for|everything|your|help|muito|mil
        |beaucoup|d['’]avance|cordial|cordiales|de|antemano|pela|aten[çc][ãa]o|sch[öo]n|im|voraus
        |truly|faithfully|sincerely|kindly)\b){{0,4}}
    (?P<gap>\s*[,.!;:]*\s*(?:[-–—~]{{1,2}}\s*)?){_TITLE}""",
    _FLAGS,
)
NAMED = re.compile(
    rf"""(?:['’]s|{_S}(?:on|for|under|en|na|no|auf){_S}(?:\w+{_S}){{1,2}}(?:is|es|[ée]|ist)|{_S}(?:is|was|are|ist|est|es|[ée]|of|de|d[ao]|me|completo{_S}[eé]s?|called))?
    {_S}*[:,"'“‘]?{_S}*{_TITLE}""",
    _FLAGS,
)
INTRODUCED = re.compile(
    rf"""(?:{_S}(?:is|quem{_S}fala{_S}[eé]|[eé]|ist|your{_S}\w+|yo{_S}otra{_S}vez|outra{_S}vez
        |again|nochmals?|(?:ist{_S})?noch{_S}einmal|wieder))?,?(?:{_S}[oa])?{_S}+{_TITLE}""",
    _FLAGS,
)
INTRODUCED_BEHIND = re.compile(
    r",?\s(?:from|calling|here|speaking|writing|with|de|da|do|von|aus|vom)\b"
)
LABELLED = re.compile(
    rf"""(?:\(s\))?(?:{_S}(?:(?P<sure>name|completo|y{_S}apellidos|et{_S}pr[ée]nom)|on{_S}(?:the{_S}|my{_S})?\w+))?
    (?P<filler>(?:{_S}\(?[^\W\d_]+\)?){{1,5}})?
    {_S}*(?:[:=]|{_S}[-–]{_S}){_S}*["'“]?{_TITLE}""",
    _FLAGS,
)
LISTED_BEHIND = re.compile(r"(?:;|,|,?\s(?:and|&|y|e|et|und))\s+(?=[^\W\d_])")
FIELD_ENDS = re.compile(
    r"[ \t\u00a0]*(?:\Z|[\r\n,;.(|/]|\s-\s|(?:tel|mob|m[óo]vil|phone|e?mail)\b)", re.IGNORECASE
)
TALKED = re.compile(
    rf"""(?:{_S}(?:to|with|for|by|con|com|p[oea]r|para|avec|[àa]|mit|bei))?
    (?:{_S}(?:your|an?|the|my|one{_S}of{_S}your|la|el|o|una?|um|uma))?
    (?P<role>{_S}(?:agent|rep|representative|manager|supervisor|driver|employee|colleague|lady
        |man|guy|woman|person|gentleman|girl|atendente|agente))?
    (?P<named>,?{_S}(?:named|called|whose{_S}name{_S}(?:is|was)|by{_S}the{_S}name{_S}of))?
    ,?{_S}+{_TITLE}""",
    _FLAGS,
)
_PASSED_WORDS = (
    "mr mrs ms miss mx dr dra prof sir sr sra srta senor senora senorita dna don dona herr herrn"
    " frau mme mlle madame monsieur signor signora there again to you is quem fala e ist your yo"
    " otra vez outra nochmal nochmals noch einmal wieder o a with for by con com por per par para"
    " avec mit bei an the my one of la el una un um uma agent rep representative manager"
    " supervisor driver employee colleague lady man guy woman person gentleman girl atendente"
    " agente named called whose name was"
)
PASSED = frozenset(_PASSED_WORDS.split())
"""Words that these rules pass over between "hello", "spoke", "this is" and the like and a name,
in the form in which words are looked up; they pass over any behind "your" as well."""
STOPS = re.compile(
    r"[ \t\u00a0]*(?:$|[,.!?:;\n\r\-–—~()\[|<\d+\"'’”]|(?:and|&|y|e|et|und)\b)", re.IGNORECASE
)
LINE_ENDS = re.compile(
    r"[ \t\u00a0]*(?:[.!,)~*_]*\s*$|[.,!]?[ \t]*[\r\n]|,?\s*[\[(|+<–—/]|,\s|\s-\s"
    r"|[ \t]*[:;=][-']?[)(DP])"
)
TEXT_ENDS = re.compile(r"[\s.!,)~*_x😊🙂❤️]*$|[.,!]?[ \t]*[\r\n]|\s*\[")
LONGEST_UNKNOWN = 12
"""Letters of a name of one word that no list knows; longer ones are compounds."""
COMMA = re.compile(r",\s")
ES_PT = frozenset(("soy", "sou", "aqui", "suscribe", "atiende", "atende"))
AND = re.compile(r",?\s+(?:and|&|y|e|et|und|\+)\s+(?=[^\W\d_])")

WHOSE = frozenset(("my", "full", "first", "last", "real", "mi", "meu", "mon", "mein", "his", "her"))
# "my name is misspelled": endings that names in lower case do not have unless a list knows them
NOT_NAMES = ("ed", "ing", "ly", "tion", "able", "ful", "less")
HALF_GREETINGS = frozenset(
    (
        "day",
        "dia",
        "dias",
        "tarde",
        "tardes",
        "noite",
        "noches",
        "evening",
        "afternoon",
        "tag",
        "abend",
        "morgen",
    )
)
GOOD = frozenset(("good", "bom", "boa", "buen", "buenos", "buenas", "guten", "great", "happy"))
# "the song's name is", "name of the playlist": not of a person
_OTHER_NAMES_WORDS = (
    "song album artist band playlist track file company brand product app store show movie "
    "user screen domain device account's street display podcast game hotel restaurant place "
    "network city town ciudad cidade stadt ort cancion banda empresa marca producto musica "
    "produto loja"
)
OTHER_NAMES = frozenset(_OTHER_NAMES_WORDS.split())

MONTHS = frozenset(
    (
        "januar", "februar", "marz", "april", "mai", "juni", "juli", "august", "september",
        "oktober", "november", "dezember",
    )
)  # fmt: skip
