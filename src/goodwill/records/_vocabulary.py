"""What sources write for the house's words: channels, directions, roles, kinds of orders.

In lower case, signs between words left out, alternatives parted by a bar.
"""

from __future__ import annotations

CHANNEL_WORDS = {
    "email": "email|e mail|mail|correo|gmail|outlook|outbound email|office365|exchange",
    "chat": "chat|live chat|livechat|messenger|whatsapp|messaging|sms|intercom|telegram|in app|"
    "native messaging|web messenger|web messaging|mobile sdk|facebook messenger|"
    "facebook private message|instagram direct message|instagram dm|instagram direct|"
    "twitter direct message|twitter dm|line|wechat|viber|sms text|text message|beacon|bot|"
    "conversation|chat widget|push|viber messaging",
    "phone": "phone|telephone|call|voice|ivr|telefono|telefone|phone call|hotline|aircall|"
    "phone call incoming|phone call outgoing|phone call inbound|phone call outbound|voicemail|"
    "incoming phone call|outgoing phone call|ringcentral|dialpad",
    "web_form": "web|web form|webform|form|portal|website|online|self service|contact form|"
    "help center|feedback widget|api|web service|web service api|web widget|helpcenter|widget|"
    "help center post|mobile|customer portal|mobile app",
    "social": "social|social media|twitter|x|tweet|facebook|instagram|reddit|tiktok|linkedin|"
    "facebook post|facebook comment|facebook recommendations|facebook mention|"
    "instagram comment|instagram ad comment|instagram mention|twitter mention|twitter like|"
    "twitter favorite|tiktok shop|youtube",
    "review": "review|reviews|app store|play store|google play|trustpilot|app review|resena",
    "survey": "survey|nps|csat|questionnaire|encuesta|feedback survey",
    "in_person": "in person|store|shop|branch|walk in|counter|direct opening",
}
DIRECTION_WORDS = {
    "in": "in|inbound|incoming|received|customer|true|from customer|user|consumer",
    "out": "out|outbound|outgoing|sent|agent|false|to customer|reply|company|support",
    "internal": "internal|note|private|private note|internal note",
}
ROLE_WORDS = {
    "customer": "customer|user|client|consumer|end user|contact|lead|requester|visitor|buyer",
    "agent": "agent|admin|support|staff|employee|operator|team|company|representative|teammate",
    "bot": "bot|chatbot|automation|assistant",
    "system": "system|automatic|trigger",
}
KIND_WORDS = {
    "refund": "refund|refunded|return|returned|credit|chargeback|reembolso",
    "cancellation": "cancellation|cancelled|canceled|cancel|void|voided|cancelado",
    "fee": "fee|fees|charge fee",
    "payment": "payment|paid|pago|pagamento",
    "order": "order|sale|purchase|invoice|completed|shipped|delivered|compra|pedido",
}
