"""Words beside a name that tell of a person or of a thing, in English, Spanish, Portuguese, German.

Folded as words are looked up.
"""

from __future__ import annotations

_OF_THINGS = (
    "the a an this my our new el los las un una mi nuestro nuestra nuevo nueva um uma meu minha"
    " nosso nossa novo nova das den dem ein eine einen einem einer eines mein meine meinen meinem"
    " meiner neue neuen neuer neues"
)
_OF_PLACES = "in ins im en em nach aus ab desde hasta near zwischen"
_OF_OWNERS = "of from at de da do dos das del von vom bei by por pela pelo"
_MEETS = (
    "with to for thank thanks ask sorry besides by con a para gracias tal dile por com ao para"
    " obrigado obrigada pela pelo pro mit an bei danke durch fur"
)
_DOES = (
    "said says told tells called calls helped who did didn didn't promised mentioned"
    " asked answered replied explained wrote rang fitted installed works worked never always and"
    " assured confirmed signed took gave phoned emailed texted offered agreed apologised apologized"
    " insisted claimed refused visited came handled dealt checked sorted arranged booked knows knew"
    " thinks thought wants wanted needs likes loves lives lived speaks let showed spoke left"
    " picked passed brought ordered bought paid"
    " dijo dice llamo llama ayudo atendio me que prometio explico respondio"
    " escribio aseguro confirmo y encantadora encantador ofrecio insistio vino paso trajo dejo"
    " quiere queria sabe cree piensa vive pago compro pidio hablo comento indico firmo resolvio"
    " disse diz ligou liga ajudou atendeu prometeu explicou respondeu escreveu"
    " garantiu confirmou ofereceu insistiu veio passou trouxe deixou quer queria sabe acha mora"
    " pagou comprou pediu falou comentou indicou assinou resolveu levou recebeu"
    " sagte sagt rief ruft half hilft meinte versprach erklarte schrieb wollte"
    " nahm konnte und kam brachte liess holte bot bat fragte antwortete wohnt arbeitet weiss"
    " glaubt denkt bezahlte kaufte bestellte erzahlte kummerte unterschrieb"
)
_TRADES = (
    "order ordered ordering buying purchase purchased return returned returning"
    " exchange exchanged use using used wear wearing assembled installed compro compre compramos"
    " comprei comprar pedi pedir pido devolver devolvi devolvo trocar troquei cambiar quiero quero"
    " uso usei bestelle bestellt bestellte gekauft kaufe kaufen kaufte kauf zuruckgeben umtauschen"
    " tauschen benutze nutze gegen statt"
)
_ORDERED = "ordered returned purchased exchanged assembled order return exchange"
_SHOPS = (
    "app apps store stores shop website site page online order orders card cards delivery"
    " deliveries account voucher support team service services branch outlet"
    " tienda tiendas pedido pedidos tarjeta cuenta entrega loja lojas cartao conta"
    " laden filiale konto karte lieferung bestellung"
)
_ENGLISH_WARES = (
    "product products item model range collection set kit armchair sofa couch chair table"
    " lamp shelf bookcase bed mattress wardrobe rug curtain curtains mug kettle toaster oven"
    " blender pan pans shoes boots trainers sneakers sandals jacket coat dress shirt skirt"
    " jeans trousers bag handbag backpack wallet watch bracelet ring necklace earrings perfume"
    " lipstick palette phone tablet laptop charger speaker headphones camera guitar bike"
    " bicycle car van pram stroller toy doll game console book tickets lego"
    " shampoo conditioner soap gel lotion serum mascara foundation eyeshadow cologne fragrance"
    " deodorant toothbrush razor paint wallpaper tiles fabric screwdriver drill saw hammer wrench"
    " spanner screws bulb bulbs charger cable printer ink toner cartridge pencil pencils notebook"
    " diary plate plates bowl bowls glasses cutlery knife knives spoon saucepan wok grill barbecue"
    " bbq fridge freezer washer dryer dishwasher hoover boiler thermostat figurine puzzle album"
    " vinyl dvd novel wine beer whisky whiskey gin vodka rum tequila brandy champagne tea coffee"
    " cheese sausage sausages cake cakes biscuits cookies chocolate chocolates crisps sauce soup"
    " pizza burger salad dressing yoghurt yogurt cereal pasta noodles shirts t-shirt tee blouse"
    " hoodie jumper sweater cardigan scarf gloves socks tights bra underwear pyjamas slippers heels"
    " loafers brogues swimsuit bikini dresses skirts sunglasses pendant rucksack suitcase luggage"
    " cot crib highchair helmet tent kettles sofas chairs tables lamps desk desks dresser cabinet"
    " duvet pillow pillows cushion cushions towel towels blanket sheets headboard footstool stool"
    " suit suits trouser sectional cider collection bed bedframe ale lager blouses jacket jackets"
    " bench vase teapot percolator grinder juicer fryer airfryer bouquet candle candles"
)
_OTHER_WARES = (
    "modelo articulo artigo produto producto sofa silla sillon butaca mesa mesita lampara"
    " estanteria cama colchon almohada alfombra cortina taza sarten olla cafetera horno"
    " batidora nevera frigorifico lavadora zapatos zapatillas botas sandalias chaqueta abrigo"
    " vestido camisa falda pantalon vaqueros bolso mochila cartera reloj pulsera anillo collar"
    " perfume pintalabios paleta movil portatil cargador altavoz auriculares camara guitarra"
    " bicicleta coche carrito juguete muneca libro vino cerveza queso galletas galleta"
    " azulejos azulejo cadeira poltrona luminaria abajur estante guarda-roupa colchao"
    " travesseiro tapete caneca panela frigideira cafeteira forno liquidificador geladeira"
    " fogao sapatos tenis sandalia jaqueta casaco calca saia bolsa carteira relogio pulseira"
    " anel colar batom celular telemovel carregador carro carrinho brinquedo boneca livro"
    " vinho cerveja queijo bolacha cor artikel produkt modell sessel stuhl tisch couch lampe"
    " leuchte regal bett matratze kissen teppich vorhang tasse pfanne topf kaffeemaschine"
    " backofen mixer kuhlschrank waschmaschine staubsauger schuhe stiefel sandalen jacke"
    " mantel kleid hemd rock hose tasche rucksack uhr armband kette ohrringe parfum"
    " lippenstift handy ladegerat lautsprecher kopfhorer kamera gitarre fahrrad kinderwagen"
    " spielzeug puppe schrank kommode heizdecke bettwasche buch wein bier kase kekse fliesen"
    " farbe"
    " champu acondicionador jabon colonia crema pintura tornillo tornillos llave destornillador"
    " taladro boligrafo cuaderno pluma impresora tinta cartucho plato platos cubiertos cuchillo"
    " cuchillos cazuela barbacoa grifo muneco figura rompecabezas disco novela vinos cervezas"
    " botella botellas ginebra whisky tequila cava champan cafe queso jamon salchichas"
    " pan tarta chocolate chocolates salsa sopa pizza yogur cereales pasta arroz aceite vinagre"
    " conservas sudadera jersey bufanda guantes calcetines medias bragas pijama banador gafas"
    " colgante maleta cuna casco sofas sillas mesas lamparas escritorio aparador edredon"
    " marca coleccion gama linea serie pelicula musical dirndl lederhose kollektion marke reihe"
    " colecao linha filme"
    " cojin toalla toallas manta sabanas cabecero jarron velas tono color esmalte hotel"
    " xampu condicionador sabonete perfumes creme tintas parafuso parafusos chave broca caneta"
    " canetas caderno impressora cartucho prato pratos talheres faca facas churrasqueira torneira"
    " boneco quebra-cabeca vinhos cervejas garrafa garrafas cachaca espumante cha presunto"
    " salsicha bolo bolos chocolate molho iogurte cereal macarrao massa azeite conserva camisola"
    " cachecol luvas meias pijamas oculos pingente mala berco capacete barraca cadeiras mesas"
    " escrivaninha edredom almofada toalhas cobertor lencol cabeceira jarra esmalte tequila"
    " shampoo spulung seife duschgel creme lotion wimperntusche lidschatten deo zahnburste rasierer"
    " tapete schraube schrauben schraubenzieher bohrer bohrmaschine hammer schlussel lampen"
    " ladekabel kabel drucker tinte patrone toner stift stifte kugelschreiber heft kalender"
    " teller schussel glaser besteck messer loffel grill herd trockner geschirrspuler heizung"
    " thermostat wasserhahn puzzle album weine biere whisky gin wodka rum sekt champagner tee"
    " kaffee wurst wurstchen brot kuchen torte schokolade pralinen sosse suppe pizza salat joghurt"
    " musli nudeln ol essig konserve hemden bluse pullover pulli strickjacke schal handschuhe"
    " socken strumpfhose unterwasche schlafanzug hausschuhe pumps sneaker badeanzug bikini brille"
    " sonnenbrille anhanger koffer helm zelt sessel schreibtisch bettdecke handtuch handtucher"
    " decke bettlaken vase teekanne kanne kerze kerzen nuance"
)
_CARRIED = (
    "phone car van case laptop tablet camera charger headphones bag handbag backpack rucksack"
    " suitcase luggage wallet watch ring necklace bracelet earrings coat jacket dress shoes"
    " boots bike bicycle pram stroller tickets helmet sunglasses guitar desk chair"
)
_PERSONS = (
    "mum mom mam mother dad father parent parents daughter son child kid kids baby wife husband"
    " spouse fiance fiancee sister brother aunt uncle niece nephew cousin grandmother grandfather"
    " grandma grandad granddad grandson granddaughter nan gran partner girlfriend boyfriend friend"
    " neighbour neighbor carer colleague boss manager assistant secretary guy person man woman lady"
    " girl boy gentleman bloke chap lad fella dude"
)
_STREETS = "calle plaza avenida paseo rua praca largo travessa alameda strasse street platz"
# What bears a person's name in the languages that put it before.
_PLACES = (
    f"{_STREETS} hotel estacion parada metro aeropuerto barrio hospital colegio"
    " instituto universidad teatro museo estadio parque puente sucursal oficina centro farmacia"
    " estacao paragem aeroporto bairro escola universidade"
    " ponte agencia filial posto shopping autocarro comboio bahnhof haltestelle flughafen"
    " klinik krankenhaus apotheke stadion schule universitat station airport stadium"
    " linea linha linie club clube jogo partido spiel"
)
_HOUSES = (
    "haus bank markt hof werk werke brauerei backerei metzgerei apotheke kanzlei hotel verlag"
    " druckerei gartnerei molkerei reederei spedition versicherung"
)
# What the weather service calls like persons.
_STORMS = (
    "storm hurricane cyclone borrasca huracan tormenta tempestade furacao orkan sturm sturmtief"
)
_ENGLISH = "the a an this that my our your his her their"


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


TRADES, ORDERED, OWNED = _set(_TRADES), _set(_ORDERED), _set("phone car van book table bed case")
"""What is done with wares; ORDERED are English words behind which no person gets any; OWNED are
wares that are said of their owner without more: "bob stevens phone number"."""

CARRIED, PERSONS = _set(_CARRIED), _set(_PERSONS)
"""CARRIED are wares behind a person's "'s" ("Sarah's Laptop"); PERSONS are English words for kin
and the like: "Wendy's mum", "the Paul guy"."""

STREETS = _set(_STREETS)
PLACES_BEFORE = _set(_PLACES)
"""Words for places that go before the name they bear: "Rua Augusta", "estación de Miranda"."""

HOUSES = tuple(_HOUSES.split())
"""How German words for firms end, which go before their name: "Bankhaus Metzler"."""

OF_THINGS, OF_PLACES, OF_OWNERS = _set(_OF_THINGS), _set(_OF_PLACES), _set(_OF_OWNERS)
MEETS, DOES, SHOPS = _set(_MEETS), _set(_DOES), _set(_SHOPS)
DEEDS = DOES - _set("and y und que")
"""What only persons do, without the words that link."""

WARES_BEHIND = _set(_ENGLISH_WARES)
"""Wares that English puts behind their name: "the Oliver sofa"."""

WARES_BEFORE = _set(f"{_OTHER_WARES} {_STORMS}")
"""Wares that the others put before it: "el sofá Lucía", "Regal Billy"."""

OF_SHOPS = WARES_BEHIND | WARES_BEFORE | _set("store shop branch outlet tienda loja laden filiale")
OF_SHOPS -= PLACES_BEFORE
"""What is said to be of a make or a shop: "die Schuhe von Paul Green", "Filiale von Otto"."""

LABELS_OF_WARES = WARES_BEHIND | WARES_BEFORE | _set("shade colour color flavour flavor scent")
ARTICLES = _set(
    "the a an this that my your our new der die das den dem des ein eine einen einem einer vom zum"
    " zur am beim mein meine meinen meinem euer eure ihr unser unsere neue neuen"
)
"""English and German words before things; before names of persons German says them of one alone."""

ENGLISH = _set(_ENGLISH)
"""Before a ware these say that it is English: "the sofa John delivered" speaks of John."""
