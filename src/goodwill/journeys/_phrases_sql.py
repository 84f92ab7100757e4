"""SQL of two things that a customer's words say plainly: "thanks", and "I told you already".

Patterns hold no backslash, and nothing that the engines' regular expressions read differently.
The English ones were written before any figure was made of them; Spanish and Portuguese are built
from grammar, not measured.
"""

from __future__ import annotations

from goodwill.literals import text_sql

_LONGEST = 90
"""Signs of the longest text that can be nothing but thanks."""
_LONGEST_END = 200
"""Signs of the longest text that thanks and may end the matter by its signals."""
_SEARCHED = 1500
"""Signs of a text that are searched for "I told you already"."""

_THANKS = (
    "thanks|thank|thankyou|thx|thnx|tks|ty|cheers|appreciated|appreciate|solved|sorted|fixed|"
    "resolved|gracias|agradecido|agradecida|solucionado|resuelto|obrigado|obrigada|brigado|"
    "brigada|valeu|resolvido"
)
# Words that may stand beside the thanks; with any other word the text says something more.
_BESIDE = (
    "a|all|and|answer|awesome|been|bye|cool|day|dear|done|everyone|everything|excellent|fast|for|"
    "getting|good|got|great|guys|has|have|hello|help|helping|hey|hi|i|is|it|just|lot|lots|lovely|"
    "me|million|much|name|nice|now|of|ok|okay|perfect|quick|really|received|reply|replying|"
    "response|s|so|super|support|team|that|the|this|to|very|was|wonderful|works|working|yes|you|"
    "your|"
    "amable|ayuda|bien|buen|buena|buenas|bueno|buenos|de|dia|d[ií]as|el|en|equipo|estupendo|fue|"
    "genial|ha|hola|la|las|listo|llegado|lo|los|me|mil|muchas|muchisimas|much[ií]simas|muy|os|"
    "perfecto|por|que|recibido|respuesta|r[aá]pida|r[aá]pido|saludo|saludos|se|su|tarde|tardes|"
    "te|todo|tu|un|vale|ya|"
    "abra[cç]o|ajuda|boa|bom|certo|com|deu|dia|ficou|j[aá]|muit[ao]|muit[ií]ssimo|o|ol[aá]|"
    "[oó]timo|pel[ao]|perfeito|recebido|recebi|resposta|sim|t[aá]|tudo|voc[eê]|voc[eê]s"
)
_TOLD = (
    # English
    "already (told|said|wrote|written|explained|sent|asked|contacted|called|mentioned|reported|"
    "provided|gave|given|emailed|tried)",
    "as (i|we) (already |have already |had )?(said|wrote|told|explained|mentioned|stated)",
    "(second|third|fourth|fifth|sixth|2nd|3rd|4th|5th|6th|nth) (time|mail|email|e-mail|message|"
    "call|letter|attempt|request)",
    "told you (already|before|twice|that|so many)",
    "(i have|i've|we have|we've) (told|asked|written|explained|contacted|called|emailed) "
    "(you |to you |this )?(already|before|twice|three|four|many|several)",
    "how many times",
    "over and over again",
    # Spanish
    "ya (os |les |le |te |lo |se lo )?(dije|hab[ií]a dicho|he dicho|escrib[ií]|he escrito|"
    "expliqu[eé]|he explicado|mand[eé]|envi[eé]|he enviado|coment[eé]|llam[eé]|ped[ií])",
    "como (ya )?(os |les |le |te )?(dije|he dicho|coment[eé]|escrib[ií]|expliqu[eé])",
    "(segunda|tercera|cuarta|quinta|en[eé]sima) vez",
    "cu[aá]ntas veces",
    # Portuguese
    "j[aá] (te |lhe |lhes )?(disse|falei|expliquei|escrevi|enviei|mandei|informei|reclamei|"
    "liguei|pedi)",
    "como (eu )?(j[aá] )?(disse|falei|expliquei|escrevi|informei)",
    "(segunda|terceira|quarta|quinta|en[eé]sima) vez",
    "quantas vezes",
)


def closing_sql(text: str) -> str:
    """Return the condition that a text is nothing but thanks, which asks for no answer."""
    named = f"regexp_replace(lower({text}), '@[a-z0-9_]+', ' ', 'g')"
    words = f"regexp_replace({named}, '[^a-zà-ÿ]+', ' ', 'g')"
    only = f"^ *(({_THANKS}|{_BESIDE})( +|$))+$"
    # Few texts hold a word of thanks at all: the others are not taken to words.
    return f"""CASE WHEN length({text}) <= {_LONGEST} AND strpos({text}, '?') = 0
                AND regexp_matches(lower({text}), '{_THANKS}')
                THEN regexp_matches({words}, '(^| )({_THANKS})( |$)')
                    AND regexp_matches({words}, '{only}')
                ELSE FALSE END"""


def ending_sql(text: str, signals: str) -> str:
    """Return the condition that a text ends the matter, by its row of the table `signals`.

    It says so (the signal ``closing``), or it thanks, complains of nothing, asks nothing and hands
    nothing in: no number, nothing sent or attached.
    """
    hands_in = "[0-9]|e-?mail|(^|[^a-z])(sent|send|attached|dm|dmed|dms)([^a-z]|$)"
    return f"""coalesce({signals}.closing >= 0.5 OR ({signals}.thanks >= 0.5
                AND coalesce({signals}.complaint, 0) < 0.5 AND length({text}) <= {_LONGEST_END}
                AND strpos({text}, '?') = 0
                AND NOT regexp_matches(lower({text}), '{hands_in}')), FALSE)"""


def retold_sql(text: str) -> str:
    """Return the condition that a customer says that he has said it before."""
    plain = f"replace(lower(substr({text}, 1, {_SEARCHED})), '’', '''')"
    pattern = text_sql(f"(^|[^a-zà-ÿ])({'|'.join(_TOLD)})([^a-zà-ÿ]|$)")
    return f"coalesce(regexp_matches({plain}, {pattern}), FALSE)"
