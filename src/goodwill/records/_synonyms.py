"""What companies call the columns of their exports, in English, German, Spanish,
Portuguese and a little French.

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
    "numero de cliente, customer, client, account, cliente, kundennummer, kunden nr, "
    "kunde nr, kundennr, "
    "kunden id, kunde, codigo do cliente, codigo de cliente, codigo cliente, numero do cliente, "
    "id del cliente, usuario, numero client, id client, code client"
)
CONTACTS: Mapping[str, tuple[str, ...]] = {
    "contact_id": _words(
        "contact id, message id, interaction id, review id, response id, tweet id, comment id, "
        "call id, survey id, complaint id, feedback id, submission id, ticket id, case id, "
        "conversation id, ticket number, case number, id, uuid, #, nachrichten id, "
        "ticketnummer, ticket nr, vorgangsnummer, fallnummer, numero de ticket, numero de caso, "
        "numero do ticket, protocolo, numero de protocolo, numero do protocolo, id do chamado, "
        "numero du ticket"
    ),
    "thread_id": _words(
        "thread id, conversation id, ticket id, case id, ticket number, case number, thread, "
        "ticket, conversation, ticketnummer, ticket nr, vorgangsnummer, fallnummer, "
        "numero de ticket, numero de caso, numero do ticket, protocolo, numero de protocolo, "
        "numero do protocolo, id do chamado, numero du ticket, reference name"
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
        "date received, date, time, fecha de creacion, fecha hora, fecha, data de criacao, data, "
        "communication date, erstellt am, erstellungsdatum, eingegangen am, eingangsdatum, "
        "gesendet am, zeitpunkt, datum uhrzeit, datum, erstellt, fecha y hora, fecha de envio, "
        "creado el, data de abertura, data e hora, data hora, aberto em, criado em, "
        "date de creation, date d envoi, cree le"
    ),
    "edited_at": _words("edited at, last edited at"),
    "channel": _words(
        "channel, contact channel, contact type, canal, medium, via, platform, source, kanal, "
        "kontaktart, "
        "canal de contacto, canal de atendimento, communication medium"
    ),
    "public": _words("public, is public"),
    "direction": _words(
        "direction, message direction, inbound, is inbound, sent or received, richtung, "
        "direccion, "
        "direcao, sentido"
    ),
    "author_role": _words(
        "author role, author type, sender type, sender role, from type, role, sender, "
        "absendertyp, "
        "tipo de autor, tipo de remitente, tipo de remetente"
    ),
    "customer_ref": CUSTOMER,
    "agent_id": _words(
        "agent id, agent, assignee, assigned to, handled by, owner, agente, bearbeiter, "
        "mitarbeiter, "
        "zustandig, atendente, responsable, responsavel"
    ),
    "team": _words(
        "team, group, department, queue, equipo, equipe, abteilung, gruppe, departamento, grupo"
    ),
    "subject": _words(
        "subject, title, topic, summary, headline, issue, asunto, assunto, titulo, betreff, "
        "titel, "
        "objet, sujet"
    ),
    "text": _words(
        "text, message text, message body, message, body, content, review text, review content, "
        "comment text, comment, comments, feedback comment, verbatim, description, feedback, "
        "tweet, complaint text, complaint, transcript, narrative, "
        "consumer complaint narrative, details, notes, note, review, question, mensaje, "
        "mensagem, comentario, comentarios, texto, descripcion, descricao, nachricht, "
        "nachrichtentext, "
        "beschreibung, kommentar, inhalt, anliegen, freitext, texto del mensaje, reclamacion, "
        "reclamacao, relato, opinion, opiniao, commentaire, commentaires"
    ),
    "language": _words("language, lang, locale, idioma, sprache, langue"),
    "rating": _words(
        "rating, star rating, stars, review score, review rating, nps, nps score, csat, "
        "csat score, ces, ces score, satisfaction score, satisfaction, score, nota, "
        "puntuacion, calificacion, avaliacao, bewertung, sterne, zufriedenheit, valoracion, "
        "estrellas, "
        "satisfaccion, satisfacao, evaluation"
    ),
    "rating_scale": _words("rating scale, scale"),
    "order_id": _words(
        "order number, order id, order no, order ref, order reference, order, purchase id, "
        "numero de pedido, numero do pedido, id pedido, pedido, bestellnummer, bestell nr, "
        "auftragsnummer, numero de commande"
    ),
    "product": _words(
        "product, product name, product category, item, sku, producto, produto, produkt, "
        "artikel, articulo, artigo"
    ),
    "region": _words("region, country, state, city, pais, estado, land, pays"),
    "url": _words("url, link, permalink"),
}
ORDERS: Mapping[str, tuple[str, ...]] = {
    "order_number": _words(
        "order number, order no, order id, order ref, order reference, invoice number, "
        "invoice no, invoice id, invoice, order name, order, receipt number, receipt, "
        "numero de pedido, numero do pedido, id pedido, pedido, bestellnummer, bestell nr, "
        "bestellnr, auftragsnummer, rechnungsnummer, rechnungs nr, belegnummer, "
        "numero de factura, factura, nota fiscal, numero de commande, commande"
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
        "date, time, fecha de pedido, fecha pedido, fecha, data do pedido, data da compra, data, "
        "bestelldatum, bestellt am, auftragsdatum, rechnungsdatum, kaufdatum, datum, "
        "fecha de compra, fecha factura, data da venda, date de commande"
    ),
    "kind": _words("kind, transaction type, order type, type"),
    "quantity": _words(
        "quantity, qty, units, cantidad, quantidade, menge, anzahl, stuckzahl, quantite"
    ),
    "amount": _words(
        "amount, order total, total amount, total price, order amount, order value, line total, "
        "line amount, grand total, total paid, amount paid, net amount, gross amount, "
        "total, revenue, sales, value, importe, valor total, valor, monto, "
        "gesamtbetrag, gesamtsumme, rechnungsbetrag, endbetrag, bruttobetrag, betrag, summe, "
        "umsatz, importe total, monto total, total pedido, valor do pedido, valor pago, "
        "montant total, total ttc, montant"
    ),
    "margin": _words("margin, gross margin, profit, gross profit, margen, margem"),
    "currency": _words(
        "currency, currency code, order currency, moneda, moeda, wahrung, divisa, devise"
    ),
    "product": _words(
        "product, product name, item name, item, description, product id, sku, stock code, "
        "producto, produto, produkt, artikel, articulo, artigo"
    ),
    "promised_at": _words(
        "promised at, promised date, promised, promised delivery date, promised delivery, "
        "promise date, "
        "delivery promised at, promised delivery at, estimated delivery date, "
        "estimated delivery, estimated delivery at, expected delivery date, expected delivery, "
        "expected at, delivery due, due date, due at, eta, fecha prometida, data prometida, "
        "zugesagter liefertermin, liefertermin, versprochen am, voraussichtliche lieferung, "
        "fecha de entrega prevista, fecha prevista, data prevista, previsao de entrega, "
        "prazo de entrega, date de livraison prevue"
    ),
    "delivered_at": _words(
        "delivered at, delivered date, delivered on, delivered, actual delivery date, "
        "delivery date, delivery at, fecha de entrega, data de entrega, geliefert am, "
        "zugestellt am, "
        "lieferdatum, zustelldatum, entregado el, entregue em, date de livraison, livre le"
    ),
    "region": _words("region, country, state, city, pais, estado"),
    "status": _words("status, order status, fulfillment status, financial status, situacao"),
}
CONTRACTS: Mapping[str, tuple[str, ...]] = {
    "subscription_id": _words(
        "subscription id, contract id, contract number, contract no, contract, subscription, "
        "membership id, policy number, policy id, vertragsnummer, vertrags nr, vertrag, abo nr, "
        "id contrato, numero de contrato, contrato, id suscripcion, id do contrato, "
        "id assinatura, assinatura, numero de contrat, contrat, id"
    ),
    "customer_ref": CUSTOMER,
    "plan": _words(
        "plan, plan name, plan id, tariff, tariff plan, tier, package, product name, product, "
        "tarif, vertragsart, tarifa, plano, paquete, formule"
    ),
    "started_at": _words(
        "started at, start date, started, contract start, subscription start, begin date, "
        "signup date, signed up at, activated at, activation date, valid from, start, "
        "vertragsbeginn, beginn, startdatum, fecha de inicio, fecha de alta, data de inicio, "
        "inicio, date de debut, debut"
    ),
    "ended_at": _words(
        "ended at, end date, ended, contract end, subscription end, cancelled at, canceled at, "
        "cancellation date, terminated at, termination date, churned at, churn date, expired at, "
        "valid to, vertragsende, gekundigt am, enddatum, fecha de fin, fecha de baja, "
        "data de fim, data de cancelamento, fim, date de fin, fin"
    ),
    "amount": _words(
        "amount, price, plan amount, plan price, fee, recurring amount, mrr, monthly price, "
        "monthly fee, premium, betrag, preis, beitrag, importe, precio, cuota, valor, preco, "
        "mensalidade, montant, prix"
    ),
    "currency": _words("currency, currency code, moneda, moeda, wahrung, divisa, devise"),
    "period": _words(
        "period, billing period, billing interval, interval, plan interval, billing cycle, "
        "billing frequency, frequency, term, renewal period, turnus, zahlweise, laufzeit, "
        "periodicidad, periodo, periodicidade, periodicite, periode"
    ),
}
UNIT_PRICE = _words(
    "unit price, item price, price each, price, precio, preco, preco unitario, einzelpreis, "
    "stuckpreis, preis, precio unitario, prix unitaire"
)
MINOR_AMOUNT = _words(
    "amount minor, amount cents, amount in cents, total cents, price cents, minor amount"
)
IDENTITIES: Mapping[str, tuple[str, ...]] = {
    "email": _words(
        "email, e mail, email address, mail address, customer email, requester email, "
        "contact email, user email, client email, from email, billing email, mail, correo, "
        "correo electronico, from, "
        "e mail adresse, email adresse, mailadresse, e mail kunde, e mail do cliente, "
        "email do cliente, correo del cliente, adresse e mail, courriel"
    ),
    "phone": _words(
        "phone, phone number, telephone, mobile, mobile phone, customer phone, cell phone, "
        "caller, telefono, telefone, celular, movil, telefon, telefonnummer, rufnummer, handy, "
        "handynummer, mobil, mobilnummer, numero de telefono, portable"
    ),
    "handle": _words("username, user name, handle, screen name, twitter handle, nickname"),
}
NAMES = _words(
    "name, full name, customer name, client name, contact name, first name, last name, surname, "
    "requester name, requester, author name, user full name, billing name, shipping name, "
    "nombre, apellido, apellidos, nombre completo, nome, sobrenome, nome completo, vorname, "
    "nachname, kundenname, ansprechpartner, nombre del cliente, nome do cliente, prenom, nom, "
    "nom complet"
)
