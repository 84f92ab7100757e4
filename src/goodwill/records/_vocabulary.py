"""What sources write for the house's words: channels, directions, roles, kinds of orders.

In lower case, signs between words left out, alternatives parted by a bar.
"""

from __future__ import annotations

CHANNEL_WORDS = {
    "email": "email|e mail|mail|correo|correo electronico|courriel|emails|gmail|outlook|"
    "outbound email|office365|exchange",
    "chat": "chat|live chat|livechat|messenger|whatsapp|messaging|sms|intercom|telegram|in app|"
    "native messaging|web messenger|web messaging|mobile sdk|facebook messenger|"
    "facebook private message|instagram direct message|instagram dm|instagram direct|"
    "twitter direct message|twitter dm|line|wechat|viber|sms text|text message|beacon|bot|"
    "conversation|chat widget|push|viber messaging",
    "phone": "phone|telephone|call|voice|ivr|telefono|telefone|telefon|telefonisch|anruf|"
    "llamada|llamada telefonica|"
    "ligacao|ligacao telefonica|appel|phone call|hotline|aircall|"
    "phone call incoming|phone call outgoing|phone call inbound|phone call outbound|voicemail|"
    "incoming phone call|outgoing phone call|ringcentral|dialpad",
    "web_form": "web|web form|webform|form|portal|website|online|self service|contact form|"
    "help center|feedback widget|api|web service|web service api|web widget|helpcenter|widget|"
    "help center post|mobile|customer portal|mobile app|kontaktformular|formular|webformular|"
    "formulario|formulario web|formulario de contacto|formulario de contato|site|pagina web",
    "social": "social|social media|twitter|x|tweet|facebook|instagram|reddit|tiktok|linkedin|"
    "facebook post|facebook comment|facebook recommendations|facebook mention|"
    "instagram comment|instagram ad comment|instagram mention|twitter mention|twitter like|"
    "twitter favorite|tiktok shop|youtube",
    "review": "review|reviews|app store|play store|google play|trustpilot|app review|resena|"
    "bewertung|avaliacao|avis",
    "survey": "survey|nps|csat|questionnaire|encuesta|feedback survey|umfrage|pesquisa|enquete",
    "in_person": "in person|store|shop|branch|walk in|counter|direct opening|filiale|laden|"
    "tienda|loja|magasin",
}
DIRECTION_WORDS = {
    "in": "in|inbound|incoming|received|customer|true|from customer|user|consumer|eingehend|"
    "eingang|entrante|"
    "entrada|recibido|recebido|kunde|cliente",
    "out": "out|outbound|outgoing|sent|agent|false|to customer|reply|company|support|"
    "ausgehend|ausgang|"
    "saliente|salida|saida|enviado|agente|mitarbeiter",
    "internal": "internal|note|private|private note|internal note",
}
ROLE_WORDS = {
    "customer": "customer|user|client|consumer|end user|contact|lead|requester|visitor|buyer|"
    "kunde|"
    "kundin|cliente|usuario",
    "agent": "agent|admin|support|staff|employee|operator|team|company|representative|teammate|"
    "mitarbeiter|bearbeiter|agente|atendente|soporte|suporte",
    "bot": "bot|chatbot|automation|assistant",
    "system": "system|automatic|trigger",
}
KIND_WORDS = {
    "refund": "refund|refunded|return|returned|credit|chargeback|reembolso|gutschrift|"
    "erstattung|ruckerstattung|retoure|devolucion|devolucao|estorno|remboursement|avoir",
    "cancellation": "cancellation|cancelled|canceled|cancel|void|voided|cancelado|"
    "storno|storniert|stornierung|cancelacion|cancelamento|annule",
    "fee": "fee|fees|charge fee",
    "gesture": "gesture|goodwill|goodwill gesture|gesture of goodwill|goodwill credit|"
    "goodwill voucher|voucher|compensation|courtesy credit|kulanz|gutschein|gesto|"
    "gesto comercial|vale|compensacion|compensacao|cortesia|geste commercial",
    "payment": "payment|paid|pago|pagamento|zahlung|paiement",
    "order": "order|sale|purchase|invoice|completed|shipped|delivered|compra|pedido|bestellung|"
    "kauf|verkauf|venta|venda|rechnung|commande",
}
PERIOD_WORDS = {
    "week": "week|weekly|weeks|w|7|7 days|1 week|every week|woche|wochentlich|semana|semanal|"
    "semaine|hebdomadaire",
    "month": "month|monthly|months|m|mo|1|1 month|every month|30 days|monat|monatlich|mes|mensual|"
    "mensal|mensuel|mois",
    "quarter": "quarter|quarterly|q|3|3 months|every 3 months|every quarter|90 days|quartal|"
    "vierteljahrlich|trimestre|trimestral|trimestriel",
    "half_year": "half year|half yearly|6|6 months|every 6 months|semi annual|semiannual|"
    "biannual|halbjahr|halbjahrlich|semestre|semestral|semestriel",
    "year": "year|yearly|years|annual|annually|y|yr|12|12 months|1 year|every year|365 days|"
    "jahr|jahrlich|ano|anual|annuel|an",
}
