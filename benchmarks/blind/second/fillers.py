"""Values for the marks in the frames that are not people: # any digit, N 1-9, @ letter."""

MAIL_DOMAINS = {
    "en": "gmail.com gmail.com gmail.com yahoo.com hotmail.co.uk outlook.com icloud.com btinternet.com aol.com proton.me comcast.net live.ie".split(),
    "es": "gmail.com gmail.com hotmail.com hotmail.es yahoo.es outlook.es telefonica.net live.com.mx icloud.com".split(),
    "pt": "gmail.com gmail.com hotmail.com sapo.pt uol.com.br bol.com.br outlook.pt yahoo.com.br icloud.com terra.com.br".split(),
    "de": "gmx.de web.de web.de t-online.de gmail.com gmail.com freenet.de posteo.de gmx.at bluewin.ch outlook.de".split(),
}
WORK_DOMAINS = {
    "en": "harbourdental.co.uk northgate-logistics.com brightpath.org ucl.ac.uk fernhill-school.org.uk tallgrass.io".split(),
    "es": "asesoriamontes.es ayto-getafe.es clinicadelmar.com ferreteriasur.es uam.es grupotecno.com.mx".split(),
    "pt": "padariacentral.com.br obrasul.pt clinicasorriso.com.br escolaviva.org.br fc.up.pt metaltec.ind.br".split(),
    "de": "kanzlei-am-markt.de haustechnik-nord.de uni-koeln.de stadtwerke-bielefeld.de praxis-am-see.ch holzbau-tirol.at".split(),
}


def _amount(form):
    def make(r, code, big=False):
        n = r.choice([r.randint(4, 40), r.randint(10, 99), r.randint(10, 99), r.randint(40, 199), r.randint(100, 490), r.randint(100, 2400)])
        if big:
            n = r.randint(80, 950)
        c = r.choice([0, 50, 90, 95, 99, 99, r.randint(1, 99)])
        pick = r.choice(form)
        whole = "{:,}".format(n)
        if not pick.startswith(("$", "£", "CHF")) and not pick.endswith("USD") and "." not in pick:
            whole = whole.replace(",", ".")
        return pick.format(n=whole, c="%02d" % c)
    return make


ANY_PRODUCTS = ("Galaxy S23|iPhone 14 Pro|Dyson V11|Roomba i7|Kindle Paperwhite|Nespresso Vertuo|PlayStation 5|GoPro Hero 12|Philips Lumea|AirPods Pro|Xiaomi Mi Band 8|"
                "ThinkPad T14|Fitbit Charge 6|Nintendo Switch OLED|Fritz!Box 7590|WH-1000XM5|Instax Mini 12|Garmin Forerunner 265|KitchenAid Artisan|Brita Marella XL|Tefal Optigrill|Moulinex Cookeo").split("|")
COMMON = {
    "order": ["#NNN###", "N########", "N##-#######-#######", "ORD-N#####", "#N#####", "SO-####-N###", "W00N######", "N#######", "@@N#####", "N#########"],
    "tracking": ["1Z999@@#N########", "JJD0003N############", "00340434N###########", "RR#########DE", "LX#########ES", "N###########", "H100N###########", "TBA30N########"],
    "invoice": ["InV-2024-0N###", "2023/0N##", "N#######", "F-N#####", "InV0N####", "2024-N####"],
    "ticket": ["#N######", "N#######", "CAS-N####-@N@#", "TCK-N#####"],
    "serial": ["Sn: @@#N####@", "@#@N#######", "N#@@@####", "Sn N########"],
    "version": ["v4.2.1", "3.18.0", "iOS 17.4.1", "2.11", "v10.0.3", "Android 14", "5.9.2", "v2024.3", "build 19045.3803"],
    "custno": ["N######", "K-N#####", "N#######", "C0N#####"],
    "ext": ["N##", "N#", "N###"],
    "initials": ["x"],
    "time": ["9:30", "10:15", "14:00", "17:45", "18:20", "8:05", "11:40", "20:10"],
    "n": ["2", "3", "4", "5", "6", "10", "12"],
    "handle": ["@marlo_x", "@kiki1987", "@the_tall_one", "@runner_77", "@zapatilla", "@nordwind_k", "@belinha", "@old_tom_cat", "@jay.dee"],
}
FILL = {
    "any": {k: (lambda r, code, k=k, v=v: code(r, r.choice(v)) if "#" in "".join(v) and k not in ("handle", "version", "time", "n", "initials") else r.choice(v)) for k, v in COMMON.items()},
    "en": {
        "amount": _amount(["£{n}.{c}", "${n}.{c}", "€{n}.{c}", "£{n}", "${n}", "{n}.{c} USD"]),
        "thing": "Aurora desk lamp|Trailblazer 40L backpack|Meadow duvet set|Summit Pro tent|Willow sofa|Harper side table|Barbour jacket|Levi's 501".split("|"),
        "product": ANY_PRODUCTS + "Ninja air fryer|Ember Mug 2|Henry hoover".split("|"),
        "brand": "Argos|Best Buy|Currys|Wayfair|Target|John Lewis|Vodafone|Verizon|Marks & Spencer|Etsy|Home Depot|Boots|Ted Baker|Tommy Hilfiger|Trader Joe's|Paul Smith".split("|"),
        "company": "Harbour Dental|Northgate Logistics Ltd|Brightpath Trust|Fernhill Primary School|Tallgrass Software|Blue Kettle Café|Riverside Lettings|Oak & Iron LLC".split("|"),
        "carrier": "DPD|Royal Mail|UPS|FedEx|Evri|USPS|Parcelforce".split("|"),
        "city": "Leeds|Bristol|Austin|Portland|Cork|Manchester|San Diego|Brighton|Phoenix|Glasgow|Charlotte|Melbourne|Lincoln|Jackson|Cardiff|Victoria|Florence".split("|"),
        "date": "3 March|12/04/2024|May 7|2024-02-19|June 21st|Nov 30|October 14th|08/09/23|2 June|Easter Monday|14 Feb".split("|"),
        "weekday": "Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday".split("|"),
        "month": "January|March|April|May|June|August|October|December".split("|"),
        "birth": "12/03/1984|4 July 1971|1990-11-23|02/09/66|19 May 1998".split("|"),
        "addr": "14 Elm Grove, Leeds LS7 4QD|Flat 3, 221 Queen's Road, Bristol BS8 1QU|1180 Maple Ave, Apt 4B, Austin, TX 78704|9 Harbour View, Cork|77 Station Road, M20 3WL|502 W 3rd St, Portland, OR 97204|Rose Cottage, Mill Lane, Hexham".split("|"),
        "job": "Office Manager|Head of Operations|Purchasing|Owner|Director|Accounts Payable|Assistant Principal|Facilities Lead".split("|"),
        "url": "https://www.argos.co.uk/product/8842331|www.wayfair.com/furniture|https://bit.ly/3xKqP0z|bestbuy.com/returns|https://help.etsy.com/hc/en-us".split("|"),
    },
    "es": {
        "amount": _amount(["{n},{c} €", "{n} €", "{n},{c}€", "{n} euros", "${n}.{c}", "{n},{c} euros"]),
        "thing": "sofá Mallorca|lámpara Luna|colchón Pikolin|mochila Quechua 20L|bicicleta Orbea Alma|zapatillas Joma".split("|"),
        "product": ANY_PRODUCTS + "Cecotec Conga 3090|freidora Cosori".split("|"),
        "brand": "El Corte Inglés|Zara|Mercadona|Movistar|Mango|Carrefour|Wallapop|Adolfo Domínguez|Liverpool|Mercado Libre|PcComponentes|Leroy Merlin|Massimo Dutti".split("|"),
        "company": "Asesoría Montes|Clínica del Mar|Ferretería Sur S.L.|Grupo Tecno|Panadería La Espiga|Talleres Norte S.A.|Inmobiliaria Puerta Real".split("|"),
        "carrier": "Correos|SEUR|MRW|GLS|DHL|Nacex|Correos Express".split("|"),
        "city": "Sevilla|Valencia|Bilbao|Murcia|Guadalajara|Rosario|Santiago|Córdoba|Mérida|León|Zaragoza|Málaga|Monterrey|Medellín|Santa Cruz|San Sebastián".split("|"),
        "date": "3 de marzo|12/04/2024|07/10|19-02-2024|21 de junio|30/11|Viernes Santo|8 de septiembre de 2023|14 de febrero".split("|"),
        "weekday": "lunes|martes|miércoles|jueves|viernes|sábado|domingo".split("|"),
        "month": "enero|marzo|abril|mayo|junio|agosto|octubre|diciembre".split("|"),
        "birth": "12/03/1984|4 de julio de 1971|23-11-1990|02/09/66".split("|"),
        "addr": "C/ Alcalá 214, 3º B, 28028 Madrid|Avenida de la Constitución 8, 41001 Sevilla|calle San Vicente Mártir, 55, pta. 7, Valencia|Av. Insurgentes Sur 1602, Col. Crédito Constructor, CDMX|Plaza Mayor 3, 37001 Salamanca|Camino de los Olivos s/n, Jaén".split("|"),
        "job": "Administración|Gerente|Departamento de Compras|Responsable de tienda|Directora|Jefe de obra|Contabilidad".split("|"),
        "url": "https://www.pccomponentes.com/cecotec-conga|www.vueling.com|https://bit.ly/3pQz1Kd|elcorteingles.es/devoluciones".split("|"),
    },
    "pt": {
        "amount": _amount(["{n},{c} €", "R$ {n},{c}", "R$ {n}", "{n} €", "R${n},{c}", "{n} reais", "{n},{c} euros"]),
        "thing": "sofá Lisboa|colchão Ortobom|mochila Kipling|tênis Olympikus|Havaianas Slim".split("|"),
        "product": ANY_PRODUCTS + "Electrolux DB53|geladeira Consul CRM50|Mondial Family|air fryer Britânia".split("|"),
        "brand": "Worten|Continente|Magalu|Americanas|Pingo Doce|MEO|NOS|Casas Bahia|Vivo|Claro|Fnac|Shopee|Natura|Ricardo Eletro|Mercado Livre|Leroy Merlin".split("|"),
        "company": "Padaria Central|Obrasul Lda.|Clínica Sorriso|Escola Viva|Metaltec Indústria Ltda|Farmácia Nova Era|Condomínio Jardim das Acácias".split("|"),
        "carrier": "CTT|Correios|DPD|Loggi|Jadlog|GLS|Total Express".split("|"),
        "city": "Lisboa|Porto|Braga|Coimbra|São Paulo|Curitiba|Salvador|Recife|Belo Horizonte|Vitória|Santos|Faro|Natal|São José dos Campos|Fortaleza|Setúbal|Santa Maria".split("|"),
        "date": "3 de março|12/04/2024|07/10|19-02-2024|21 de junho|30/11|25 de abril|8 de setembro de 2023|14/02".split("|"),
        "weekday": "segunda|terça|quarta|quinta|sexta|segunda-feira|terça-feira|quinta-feira|sexta-feira".split("|"),
        "month": "janeiro|março|abril|maio|junho|agosto|outubro|dezembro".split("|"),
        "birth": "12/03/1984|4 de julho de 1971|23-11-1990|02/09/66".split("|"),
        "addr": "Rua da Prata 112, 3.º Esq., 1100-420 Lisboa|Av. Paulista, 1578, apto 92, São Paulo - SP, 01310-200|Rua das Flores 45, 4050-262 Porto|Rua Marechal Deodoro, 630, Centro, Curitiba|Travessa do Carmo 7, Évora|QNL 12 conjunto B casa 9, Taguatinga DF".split("|"),
        "job": "Gerente de compras|Financeiro|Departamento Comercial|Diretora|Síndico|Responsável de loja|Contabilidade".split("|"),
        "url": "https://www.magazineluiza.com.br/p/228|www.worten.pt|https://bit.ly/3zLm8Qe|fnac.pt/apoio-cliente".split("|"),
    },
    "de": {
        "amount": _amount(["{n},{c} €", "{n} €", "{n},{c} Euro", "{n} Euro", "EUR {n},{c}", "CHF {n}.{c}", "{n},{c}€"]),
        "thing": "Regal Billy|Vaude Brenta 30|Leifheit Pegasus|Boxspringbett Oslo|Deuter Futura|Birkenstock Arizona".split("|"),
        "product": ANY_PRODUCTS + "Bosch Serie 6|Miele WCA030|Jura E8|Kärcher K5|WMF Lono".split("|"),
        "brand": "Otto|MediaMarkt|Zalando|Telekom|Lidl|Rossmann|Ernsting's family|Peek & Cloppenburg|Tchibo|Hugo Boss|Jack Wolfskin|Thalia|Douglas|Migros|Saturn|Dr. Oetker|Kaufland".split("|"),
        "company": "Haustechnik Nord GmbH|Kanzlei am Markt|Praxis am See|Holzbau Tirol|Bäckerei Sonnenschein|Autohaus Süd GmbH & Co. KG|Druckwerk AG".split("|"),
        "carrier": "DHL|Hermes|DPD|GLS|UPS|Österreichische Post|die Post".split("|"),
        "city": "Köln|Leipzig|Freiburg|Essen|Hagen|Graz|Zürich|Bern|Münster|Dresden|Hamm|Kassel|Konstanz|Halle|Linz|Bad Homburg|Rostock".split("|"),
        "date": "3. März|12.04.2024|7. Mai|19.02.|21. Juni|30.11.2023|Karfreitag|8.9.|14. Februar|Ostermontag".split("|"),
        "weekday": "Montag|Dienstag|Mittwoch|Donnerstag|Freitag|Samstag|Sonntag".split("|"),
        "month": "Januar|März|April|Mai|Juni|August|Oktober|Dezember".split("|"),
        "birth": "12.03.1984|4. Juli 1971|23.11.1990|02.09.66".split("|"),
        "addr": "Lindenstr. 14, 50674 Köln|Am Markt 3, 04109 Leipzig|Bahnhofstrasse 21, 8001 Zürich|Mariahilfer Straße 88/12, 1070 Wien|Hauptstraße 7a, 79104 Freiburg|Friedrich-Ebert-Allee 55, 34117 Kassel".split("|"),
        "job": "Einkauf|Geschäftsführer|Assistenz der Geschäftsleitung|Buchhaltung|Objektleitung|Büroleitung|Vertrieb Innendienst".split("|"),
        "url": "https://www.otto.de/p/148832|www.dhl.de/sendungsverfolgung|https://bit.ly/3vTzQ9a|zalando.de/faq|mediamarkt.de/garantie".split("|"),
    },
}

# brands, products and places written out in the frames, kept as well
LITERALS = {
    "brand": "Marks & Spencer|Zara|TAP|Iberia|NOS|PayPal|Klarna|Bizum|Xiaomi|Dyson|Google|Twitter|WhatsApp|Birkenstock|Joma|CTT|Android|Outlook|WEB.DE|Visa|Prime|ABBA|Abba|SPRING24|HERBST20|BIENVENIDA10|PRIMEIRA20|Safari|Edge|Standard|Express".split("|"),
    "product": "Samsung A54|Fritzbox|iPhone|iPad|Chrome 121|Black Friday|Summer Sale|Rewards Club|Plano Família|Plano Mais|Rosa Chá".split("|"),
    "city": "Manaus|Canarias|Northern Ireland|Plaza Mayor|Station Road".split("|"),
}
