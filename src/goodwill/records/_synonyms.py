"""What companies call the columns of their exports, in English and a little Spanish, Portuguese.

Names are in the plain form of ``_recipe.plain``; the more telling ones stand first.
"""

from __future__ import annotations

from collections.abc import Mapping


def _words(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(","))


CUSTOMER = _words(
    "customer ref, customer id, customer number, customer no, customer key, customer reference, "
    "cust id, client id, client number, requester id, user id, account id, account number, "
    "member id, buyer id, author id, contact ref, id cliente, cliente id, id do cliente, "
    "numero de cliente, customer, client, account, cliente"
)
CONTACTS: Mapping[str, tuple[str, ...]] = {
    "contact_id": _words(
        "contact id, message id, interaction id, review id, response id, tweet id, comment id, "
        "call id, survey id, complaint id, feedback id, submission id, ticket id, case id, "
        "conversation id, ticket number, case number, id, uuid, #"
    ),
    "thread_id": _words(
        "thread id, conversation id, ticket id, case id, ticket number, case number, thread, "
        "ticket, conversation"
    ),
    "reply_to_id": _words(
        "reply to id, in reply to id, in response to id, in response to tweet id, parent id, "
        "parent message id, reply to, in reply to"
    ),
    "at": _words(
        "at, sent at, received at, contacted at, created at, created time, created date, "
        "date created, creation date, created, submitted at, submit date, opened at, posted at, "
        "occurred at, recorded at, recorded date, collected at, completed at, timestamp, "
        "date time, datetime, message date, contact date, review date, response date, "
        "date received, date, time, fecha de creacion, fecha hora, fecha, data de criacao, data"
    ),
    "edited_at": _words("edited at, last edited at"),
    "channel": _words(
        "channel, contact channel, contact type, canal, medium, via, platform, source"
    ),
    "public": _words("public, is public"),
    "direction": _words("direction, message direction, inbound, is inbound"),
    "author_role": _words(
        "author role, author type, sender type, sender role, from type, role, sender"
    ),
    "customer_ref": CUSTOMER,
    "agent_id": _words("agent id, agent, assignee, assigned to, handled by, owner, agente"),
    "team": _words("team, group, department, queue, equipo, equipe"),
    "subject": _words("subject, title, topic, summary, headline, issue, asunto, assunto, titulo"),
    "text": _words(
        "text, message text, message body, message, body, content, review text, review content, "
        "comment text, comment, comments, feedback comment, verbatim, description, feedback, "
        "tweet, complaint text, complaint, transcript, narrative, "
        "consumer complaint narrative, details, notes, note, review, question, mensaje, "
        "mensagem, comentario, comentarios, texto, descripcion, descricao"
    ),
    "language": _words("language, lang, locale, idioma"),
    "rating": _words(
        "rating, star rating, stars, review score, review rating, nps, nps score, csat, "
        "csat score, ces, ces score, satisfaction score, satisfaction, score, nota, "
        "puntuacion, calificacion, avaliacao"
    ),
    "rating_scale": _words("rating scale, scale"),
    "order_id": _words(
        "order number, order id, order no, order ref, order reference, order, purchase id, "
        "numero de pedido, numero do pedido, id pedido, pedido"
    ),
    "product": _words("product, product name, product category, item, sku, producto, produto"),
    "region": _words("region, country, state, city, pais, estado"),
    "url": _words("url, link, permalink"),
}
ORDERS: Mapping[str, tuple[str, ...]] = {
    "order_number": _words(
        "order number, order no, order id, order ref, order reference, invoice number, "
        "invoice no, invoice id, invoice, order name, order, receipt number, receipt, "
        "numero de pedido, numero do pedido, id pedido, pedido"
    ),
    "order_id": _words(
        "order line id, line id, line item id, item id, transaction id, payment id, charge id, id"
    ),
    "line": _words("line number, line no, line, item number, position"),
    "related_order_id": _words(
        "related order id, related order, original order id, original order, parent order id"
    ),
    "customer_ref": CUSTOMER,
    "at": _words(
        "ordered at, order date, order time, purchased at, purchase date, placed at, "
        "order created at, invoice date, transaction date, payment date, paid at, sale date, "
        "at, created at, created date, date created, created, timestamp, date time, datetime, "
        "date, time, fecha de pedido, fecha pedido, fecha, data do pedido, data da compra, data"
    ),
    "kind": _words("kind, transaction type, order type, type"),
    "quantity": _words("quantity, qty, units, cantidad, quantidade"),
    "amount": _words(
        "amount, order total, total amount, total price, order amount, order value, line total, "
        "line amount, grand total, total paid, amount paid, net amount, gross amount, "
        "total, revenue, sales, value, importe, valor total, valor, monto"
    ),
    "margin": _words("margin, gross margin, profit, gross profit, margen, margem"),
    "currency": _words("currency, currency code, order currency, moneda, moeda"),
    "product": _words(
        "product, product name, item name, item, description, product id, sku, stock code, "
        "producto, produto"
    ),
    "promised_at": _words(
        "promised at, promised date, promised, promised delivery date, promised delivery, "
        "promise date, "
        "delivery promised at, promised delivery at, estimated delivery date, "
        "estimated delivery, estimated delivery at, expected delivery date, expected delivery, "
        "expected at, delivery due, due date, due at, eta, fecha prometida, data prometida"
    ),
    "delivered_at": _words(
        "delivered at, delivered date, delivered on, delivered, actual delivery date, "
        "delivery date, delivery at, fecha de entrega, data de entrega"
    ),
    "region": _words("region, country, state, city, pais, estado"),
    "status": _words("status, order status, fulfillment status, financial status, situacao"),
}
UNIT_PRICE = _words("unit price, item price, price each, price, precio, preco, preco unitario")
MINOR_AMOUNT = _words(
    "amount minor, amount cents, amount in cents, total cents, price cents, minor amount"
)
IDENTITIES: Mapping[str, tuple[str, ...]] = {
    "email": _words(
        "email, e mail, email address, customer email, requester email, contact email, "
        "user email, client email, from email, billing email, mail, correo, "
        "correo electronico, from"
    ),
    "phone": _words(
        "phone, phone number, telephone, mobile, mobile phone, customer phone, cell phone, "
        "caller, telefono, telefone, celular, movil"
    ),
    "handle": _words("username, user name, handle, screen name, twitter handle, nickname"),
}
NAMES = _words(
    "name, full name, customer name, client name, contact name, first name, last name, surname, "
    "requester name, requester, author name, user full name, billing name, shipping name, "
    "nombre, apellido, apellidos, nombre completo, nome, sobrenome, nome completo"
)
