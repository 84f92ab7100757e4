"""Fillers that are not personal, and must stay."""

CITIES = {
    "en": "Leeds,Bristol,Seattle,Galway,Toronto,Norwich,Perth,Cork,Denver,Swansea".split(","),
    "es": "Zaragoza,Murcia,Bilbao,Puebla,Rosario,Valparaíso,Gijón,Cali,Alicante,Logroño".split(","),
    "pt": "Coimbra,Curitiba,Aveiro,Recife,Faro,Campinas,Porto Alegre,Luanda,Évora,Goiânia".split(","),
    "de": "Kassel,Bielefeld,Graz,Winterthur,Rostock,Mainz,Bregenz,Chemnitz,Oldenburg,Ulm".split(","),
}
PRODUCTS = ("Nimbus 3 backpack,CoolMax 300 fridge,kettle,oak bookshelf,e-bike,wireless headphones,espresso machine,"
            "winter coat,air fryer,sewing machine,standing desk,toaster").split(",")
BRANDS = "Nordvik,Telario,HomeCraft,Bluepeak,Kaufwelt,Veloria,Datanest,SkyNorth,Quickbasket,Finovo".split(",")
TAGS = "NordvikHelp,TelarioCare,BluepeakSupport,SkyNorthHelp,QuickbasketUK,KaufweltService".split(",")
AIR = "BA LH IB TP EW VY KL AF".split()
MONTHS = {
    "en": "January February March April May June July August September October November December".split(),
    "es": "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre".split(),
    "pt": "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro".split(),
    "de": "Januar Februar März April Mai Juni Juli August September Oktober November Dezember".split(),
}
DAYS = {
    "en": "Monday Tuesday Wednesday Thursday Friday Saturday".split(),
    "es": "lunes martes miércoles jueves viernes sábado".split(),
    "pt": "segunda terça quarta quinta sexta".split(),
    "de": "Montag Dienstag Mittwoch Donnerstag Freitag Samstag".split(),
}
TITLES = "Mr Mr. Ms Ms. Mrs Dr Dr.".split()
PROVIDERS = ("gmail.com gmail.com hotmail.com outlook.com yahoo.co.uk icloud.com gmx.de web.de t-online.de uol.com.br "
             "sapo.pt hotmail.es telefonica.net bluewin.ch proton.me mail.example.org").split()
FIRMS = "brightwell-ltd.co.uk montebravo.es lindental-gruppe.de acme.com.br kancelaria.pl edu.uni-lisboa.pt studio77.io".split()
