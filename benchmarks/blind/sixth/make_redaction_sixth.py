#!/usr/bin/env python3
"""Writes redaction_sixth.jsonl: customer-service texts with marked personal data, and clean texts.
Standard library only; every render is seeded by its frame id, so the same bytes come each run."""
import json, random, re, sys

# ---------------------------------------------------------------- names
N = {
 'en': (("James Oliver Harry Thomas Jack Daniel Ryan Luke Gareth Simon Keith Trevor Callum Stuart Derek Malcolm Noah Ethan").split(),
        ("Emily Sophie Charlotte Hannah Rachel Megan Gemma Joanne Beth Heather Alison Claire Fiona Brenda Lauren Abigail Tracey Holly").split(),
        ("Whitfield Barker Holloway Sutton Pearce Marsh Fletcher Ainsworth Hughes Donnelly O'Brien McAllister Thornton Briggs Kelly Cartwright Sanders Mitchell Reynolds Atkinson Young Bell").split()),
 'es': (("Javier Sergio Álvaro Rubén Iván Manuel Gonzalo Raúl Matías Ignacio Hernán Facundo Andrés Óscar Joaquín Emilio Ramiro Pablo").split(),
        ("Lucía Marta Nuria Rocío Carmen Beatriz Ximena Valentina Paola Noelia Inés Graciela Milagros Silvia Rosario Yolanda Camila Elena").split(),
        ("Ortega Villanueva Cabrera Domínguez Peña Quintero Ibáñez Salazar Fuentes Navarro Echeverría Rojas Méndez Aguirre Cortés Lozano Prieto Zamora Benítez Carrasco Vidal Núñez").split()),
 'pt': (("João Tiago Rui Nuno Gonçalo Bruno Rafael Thiago Leandro Vinícius Caio Otávio Duarte Henrique Fábio Wellington Murilo Paulo").split(),
        ("Inês Catarina Joana Mariana Beatriz Larissa Camila Patrícia Letícia Sandra Vanessa Débora Juliana Aline Filipa Luciana Tatiane Marta").split(),
        ("Carvalho Figueiredo Moreira Teixeira Nogueira Barbosa Azevedo Monteiro Pacheco Antunes Lopes Ribeiro Siqueira Brandão Fonseca Vasconcelos Macedo Pinto Tavares Queiroz Rocha Guedes").split()),
 'de': (("Stefan Jürgen Lukas Tobias Matthias Dirk Florian Holger Uwe Sebastian Jonas Felix Reinhard Bernd Kai Moritz Andreas Torsten").split(),
        ("Sabine Katrin Anja Lena Petra Heike Julia Ulrike Franziska Miriam Birgit Svenja Antje Lisa Claudia Ingrid Nadine Johanna").split(),
        ("Krämer Hoffmann Lindner Brandt Schuster Vogt Albrecht Hartmann Weiß Zimmermann Köhler Reuter Böttcher Seidel Wagner Lorenz Möller Huber Steiner Fuchs Kaiser Jansen").split()),
}
MIG = [
 ("Mehmet Emre Yusuf Kerem".split(), "Elif Zeynep Ayşe Gülcan".split(), "Yılmaz Öztürk Kaya Demir Aydın".split()),
 ("Piotr Tomasz Krzysztof Marek".split(), "Agnieszka Katarzyna Magda Ewa".split(), "Kowalczyk Wiśniewska Nowak Zieliński Wójcik".split()),
 ("Omar Youssef Karim Tariq".split(), "Fatima Amina Layla Nour".split(), "El Amrani,Haddad,Al-Masri,Benali,Khalil".split(',')),
 ("Rajesh Arjun Vikram Sanjay".split(), "Priya Ananya Deepika Kavitha".split(), "Sharma Iyer Patel Krishnan Mukherjee".split()),
 ("Minh Tuan Duc Quang".split(), "Linh Thu Huong Mai".split(), "Nguyen Tran Pham Hoang Le".split()),
 ("Chukwuemeka Tunde Ifeanyi Kwame".split(), "Ngozi Adaeze Folake Abena".split(), "Okafor Adeyemi Mensah Eze Boateng".split()),
 ("Oleksandr Dmytro Andriy Vasyl".split(), "Oksana Iryna Olena Svitlana".split(), "Kovalenko Shevchenko Bondarenko Tkachuk Melnyk".split()),
 ("Matteo Giorgio Lorenzo Davide".split(), "Chiara Federica Ilaria Giulia".split(), "Ricci Esposito Colombo De Luca,Ferrante".replace('De Luca', 'De_Luca').replace(',', ' ').split()),
 ("Wei Jian Haoran Zhiming".split(), "Xiuying Yuxuan Meiling Lan".split(), "Zhang Liu Chen Huang Zhou".split()),
 ("Mathieu Thierry Laurent Bastien".split(), "Aurélie Céline Margaux Élodie".split(), "Lefebvre Moreau Girard Dupuis Fontaine".split()),
]
PART = {'pt': ["de ", "de "], 'es': ["de ", "de "], 'de': ["von "]}
class P:
    def __init__(s, r, lang):
        x = r.random()
        if x < .58: pool, s.pl = N[lang], lang
        elif x < .74: s.pl = r.choice([l for l in N if l != lang]); pool = N[s.pl]
        else: pool, s.pl = r.choice(MIG), 'mig'
        s.g = r.randrange(2)
        s.first = r.choice(pool[s.g]); s.last = r.choice(pool[2]).replace('_', ' ')
        s.second = r.choice([n for n in pool[s.g] if n != s.first])
        s.last2 = r.choice([n for n in pool[2] if n != s.last]).replace('_', ' ')
    def form(s, f, r, lang):
        full = s.first + ' ' + s.last
        if f == 'r':
            f = r.choices(['full', 'first', 'init', 'mid', 'lower', 'upper', 'fi', 'dbl', 'firstlower'], [50, 16, 7, 6, 6, 5, 2, 6, 2])[0]
        if f == 'full' and r.random() < .2:
            f = r.choice(['dbl', 'comp', 'mid'])
        if f == 'dbl':
            if s.pl in ('es', 'pt'): t = full + ' ' + s.last2
            elif s.pl in ('de', 'en'): t = full + '-' + s.last2
            else: t = s.first + ' ' + s.second + ' ' + s.last
            return t, 'double'
        if f == 'comp': return (s.first + ('-' if s.pl in ('de', 'en') and r.random() < .5 else ' ') + s.second + ' ' + s.last, 'compound')
        if f == 'mid':
            if s.pl in PART and s.pl != 'de' and r.random() < .5: return s.first + ' ' + s.second + ' ' + r.choice(PART[s.pl]) + s.last, 'particle'
            return s.first + ' ' + s.second[0] + '. ' + s.last, 'middle'
        if f == 'full': return full, 'full'
        if f == 'first': return s.first, 'first'
        if f == 'last': return s.last, 'last'
        if f == 'init': return s.first[0] + '. ' + s.last, 'initial'
        if f == 'fi': return s.first + ' ' + s.last[0] + '.', 'first_initial'
        if f == 'lower': return full.lower().replace('i̇', 'i'), 'lower'
        if f == 'firstlower': return s.first.lower(), 'first_lower'
        if f == 'lastlower': return s.last.lower(), 'last_lower'
        if f == 'upper': return full.replace('ß', 'SS').upper(), 'upper'
        if f == 'rev': return s.last + ', ' + s.first, 'reversed'
        raise ValueError(f)
TR = str.maketrans("áàâãäåéèêëíìîïóòôõöúùûüçñýşığæłśńćżźęąÁÉÍÓÚÖÜÄÇŞ", "aaaaaaeeeeiiiiooooouuuucnysigalsnczzeaAEIOUOUACS")
def asc(s): return re.sub(r'[^a-z]', '', s.lower().replace('ß', 'ss').translate(TR))
DOM = {'en': "gmail.com gmail.com hotmail.co.uk outlook.com yahoo.com btinternet.com icloud.com sky.com proton.me comcast.net live.com.au mail.co.nz".split(),
       'es': "gmail.com gmail.com hotmail.com hotmail.es outlook.es yahoo.com.mx telefonica.net live.com.ar icloud.com yahoo.es vtr.net".split(),
       'pt': "gmail.com gmail.com hotmail.com sapo.pt outlook.pt uol.com.br bol.com.br terra.com.br yahoo.com.br icloud.com netcabo.pt".split(),
       'de': "gmx.de web.de gmx.net t-online.de gmail.com googlemail.com outlook.de freenet.de posteo.de bluewin.ch gmx.at mailbox.org".split()}
BIZ = {'en': "harbourline.co.uk northgate-supplies.com pinecrest-dental.com brightloop.io fernhill-school.org.uk".split(),
       'es': "talleresnorte.es logisticasur.com.mx grupoalameda.cl clinicarivera.com ferreteria-lacentral.com.ar".split(),
       'pt': "padariacentral.pt transportesminho.pt construtoravale.com.br oticaluz.com.br escola-atlantico.pt".split(),
       'de': "bauservice-nord.de praxis-am-markt.de holzwerk-tirol.at seeblick-hotel.ch it-beratung-west.de".split()}
def mail(r, p, lang, sub=''):
    f, l = asc(p.first), asc(p.last)
    if sub == 'biz' or r.random() < .15:
        return r.choice([f[0] + '.' + l, f + '.' + l, f, l, 'info', 'office']) + '@' + r.choice(BIZ[lang])
    y = str(r.randint(58, 99)); n = str(r.randint(1, 999))
    loc = r.choice([f + '.' + l, f + l, f[0] + l + y, f + '_' + l, l + '.' + f, f + y, f + '.' + l + n, l + f[0], f + '-' + l, f + l + '19' + y, f + '.' + l + '+shop'])
    m = loc + '@' + r.choice(DOM[lang])
    if sub == 'up': return m.upper()
    if r.random() < .06: m = m[0].upper() + m[1:]
    return m

# ---------------------------------------------------------------- numbers
def fill(r, pat):
    out, i = '', 0
    while i < len(pat):
        c = pat[i]
        if c == '#': out += str(r.randrange(10))
        elif c == '@': out += str(r.randint(2, 9))
        elif c == '^': out += str(r.randint(1, 9))
        elif c == '&': out += r.choice('ABCDEFGHJKLMNPRSTVWXYZ')
        elif c == '[':
            j = pat.index(']', i); out += r.choice(pat[i+1:j]); i = j
        elif c == '(' and pat[i+1] == '?':
            j = pat.index('?)', i); out += r.choice(pat[i+2:j].split('|')); i = j + 1
        else: out += c
        i += 1
    return out
PH = {  # country: (national ways, ways with the country code)
 'GB': (["07[78][1235]# ######", "07[78][1235]#######", "07[78]## ### ###", "020 7[0-9]## ####".replace('[0-9]', '#'), "(0161) 4## ####", "0113 2## ####", "01865 [27]#####", "0117 9## ####"],
        ["+44 7[789]## ######", "+447[789]########", "+44 (0)20 7### ####", "0044 7[789]## ### ###", "+44 161 4## ####"]),
 'US': (["((?212|415|312|617|303|206|512|404?)) @##-####", "(?212|415|312|617|303|206|512|404?)-@##-####", "(?212|415|312|617|303|206|512|404?).@##.####", "(?212|415|312|617|303?) @## ####"],
        ["+1 (?212|415|312|617|303|206?) @## ####", "+1 ((?212|415|312?)) @##-####", "1-(?617|303|512?)-@##-####", "+1(?212|415|312?)@######"]),
 'CA': (["((?416|604|514|403?)) @##-####", "(?416|604|514|403?)-@##-####"], ["+1 (?416|604|514|403?)-@##-####", "+1 (?416|604?) @## ####"]),
 'IE': (["08[5679] ### ####", "08[5679]#######", "01 4## ####", "(01) 6## ####"], ["+353 8[5679] ### ####", "00353 8[57] #######", "+353 1 6## ####"]),
 'AU': (["04[0-3]# ### ###".replace('[0-3]', '[0123]'), "04[0123]#######", "(02) 9[23]## ####", "03 9[56]## ####"], ["+61 4[0123]# ### ###", "+61 2 9[23]## ####"]),
 'NZ': (["021 ### ####", "027 ### ####", "09 3## ####"], ["+64 21 ### ####", "+64 27 4## ####"]),
 'IN': (["98### #####", "99########", "097### #####"], ["+91 98### #####", "+91-99########", "+91 9[78]########"]),
 'ZA': (["082 ### ####", "083 ### ####", "(011) 4## ####"], ["+27 82 ### ####", "+27 83 #######"]),
 'NG': (["0803 ### ####", "0806#######"], ["+234 803 ### ####", "+234806#######"]),
 'SG': (["9[1234]## ####", "8[1234]## ####"], ["+65 9[1234]## ####", "+65 8[1234]######"]),
 'ES': (["6[0-9]# ## ## ##".replace('[0-9]', '[123456789]'), "6[12345679]# ### ###", "6[12356]#######", "91 4## ## ##", "93 2## ## ##", "954 4# ## ##", "6[2356]#-##-##-##", "96 3## ## ##"],
        ["+34 6[12356]# ## ## ##", "+346[12356]#######", "0034 6[1235]# ### ###", "(+34) 91 4## ## ##"]),
 'MX': (["55 [1235]### ####", "(55) 5[23456]## ####", "33 3[36]## ####", "81 8[13]## ####", "55[1235]#######"], ["+52 55 [1235]### ####", "+52 1 33 3[36]## ####".replace(' 1 ', ' '), "+52 81 8[13]## ####"]),
 'AR': (["011 4[3578]##-####", "11 [56]###-####", "(0351) 4[2578]#-####", "011 15 [56]###-####"], ["+54 9 11 [56]###-####", "+54 11 4[3578]## ####", "+54911[56]#######"]),
 'CO': (["31# ### ####", "300 ### ####", "31########", "(601) [2367]## ####", "320 ### ## ##"], ["+57 31# ### ####", "+57 300 #######", "+57 601 [2367]######"]),
 'CL': (["9 [79][23456]## ####", "9[79][23456]######", "2 2[2367]## ####"], ["+56 9 [79][23456]## ####", "+569[79][23456]######", "+56 2 2[2367]## ####"]),
 'PE': (["9[4789]# ### ###", "9[4789]#######", "(01) 4[234]# ####"], ["+51 9[4789]# ### ###", "+51 1 4[234]# ####"]),
 'UY': (["09[1489] ### ###", "2[469]## ####"], ["+598 9[1489] ### ###"]),
 'EC': (["09[89] ### ####", "09[89]#######"], ["+593 9[89] ### ####"]),
 'PT': (["91# ### ###", "96# ### ###", "93#######", "21 [3478]# ## ###".replace('[3478]# ## ###', '[3478]## ## ##'), "22 [2356]## ####", "91 ### ## ##", "96#-###-###"],
        ["+351 91# ### ###", "+35196#######", "00351 93# ### ###", "(+351) 21 [3478]## ####"]),
 'BR': (["(11) 9[6789]###-####", "(21) 9[6789]###-####", "11 9[6789]### ####", "(31) 3[234]##-####", "(51)9[89]###-####", "119[6789]#######", "(85) 9 [89]###-####", "41 9[89]###-####"],
        ["+55 11 9[6789]###-####", "+55 (21) 9[6789]###-####", "+55219[6789]#######", "+55 31 3[234]##-####"]),
 'AO': (["92# ### ###", "91# ### ###"], ["+244 92# ### ###", "+244 93#######"]),
 'MZ': (["84 ### ####", "82 ### ####"], ["+258 84 ### ####"]),
 'DE': (["0171 [2-9]######".replace('[2-9]', '@'), "0170/@######", "0176 @#######", "0151-@#######", "030 [2-9]### ####".replace('[2-9]', '@'), "(089) @##### ##".replace('@##### ##', '@## ## ##'), "040/@## ## ##", "0221 - @## ## ##", "0711 @#####", "0160 @## ## ##".replace('@## ## ##', '@######'), "0172@######"],
        ["+49 171 @######", "+49 (0)176 @#######", "0049 151 @#######", "+49 30 @#######", "+49176@#######", "+49 (0) 89 / @#####"]),
 'AT': (["0664 @######", "0676/@## ## ##", "01 5[0128]# ## ##".replace('[0128]# ## ##', '[01238]# ## ##'), "0650 @######", "0316 [238]#####"], ["+43 664 @######", "+43 (0)676 @######", "0043 650 @######", "+43 1 5[01238]####"]),
 'CH': (["079 @## ## ##", "076 @## ## ##", "044 @## ## ##", "078/@## ## ##"], ["+41 79 @## ## ##", "+41 (0)76 @## ## ##", "0041 44 @## ## ##"]),
 'FR': (["06 [126]# ## ## ##"], ["+33 6 [126]# ## ## ##", "0033 6 [126]# ## ## ##", "+33 (0)1 4^ ## ## ##"]),
 'IT': (["347 ### ####"], ["+39 347 ### ####", "+39 333 #######"]),
 'NL': (["06 [1-5]#######".replace('[1-5]', '[1234]')], ["+31 6 [1234]### ####", "+316[1234]#######"]),
 'PL': (["601 ### ###"], ["+48 601 ### ###", "+48 50# ### ###"]),
 'TR': (["0532 ### ## ##"], ["+90 532 ### ## ##"]),
 'VE': (["0414-[1-9]######".replace('[1-9]', '^')], ["+58 414 ^######"]),
}
LOC = {'en': (['GB', 'GB', 'GB', 'US', 'US', 'IE', 'AU', 'CA', 'NZ', 'IN', 'ZA', 'NG'], ['GB', 'US', 'IE', 'AU', 'IN', 'ZA', 'SG', 'FR', 'ES', 'NG', 'DE', 'PL']),
       'es': (['ES', 'ES', 'ES', 'MX', 'MX', 'AR', 'CO', 'CL', 'PE', 'EC', 'UY'], ['ES', 'MX', 'AR', 'CO', 'CL', 'PE', 'UY', 'EC', 'US', 'FR', 'VE', 'IT']),
       'pt': (['PT', 'PT', 'BR', 'BR', 'BR', 'AO', 'MZ'], ['PT', 'BR', 'AO', 'MZ', 'FR', 'CH', 'GB', 'ES', 'PT', 'BR']),
       'de': (['DE', 'DE', 'DE', 'DE', 'AT', 'AT', 'CH'], ['DE', 'AT', 'CH', 'PL', 'TR', 'NL', 'IT', 'FR', 'DE'])}
def phone(r, lang, sub):
    if sub in PH: cc, intl = sub, r.random() < .3
    elif sub == '+': cc, intl = r.choice(LOC[lang][1]), True
    else:
        intl = r.random() < .3
        cc = r.choice(LOC[lang][1 if intl else 0])
    return fill(r, r.choice(PH[cc][1 if intl else 0])), cc
def luhn(d):
    s = 0
    for i, c in enumerate(reversed(d)):
        n = int(c) * (1 if i % 2 else 2); s += n - 9 if n > 9 else n
    return str(-s % 10)
CARD = [('visa', '4', 16), ('visa', '4', 16), ('visa', '4', 16), ('visa', '4', 16), ('visa', '4', 16), ('mastercard', '5(?1|2|3|4|5?)', 16), ('mastercard', '5(?1|2|3|4|5?)', 16), ('mastercard', '5(?1|2|3|4|5?)', 16), ('mastercard', '5(?1|2|3|4|5?)', 16), ('mastercard', '2(?3|4|5|6?)', 16),
        ('amex', '3(?4|7?)', 15), ('amex', '37', 15), ('discover', '6011', 16), ('diners', '36', 14), ('jcb', '35(?3|4|5|6|7?)', 16), ('maestro', '6759', 16), ('unionpay', '62', 16), ('elo', '636297', 16), ('hipercard', '606282', 16)]
def card(r, lang, sub=''):
    b, pre, n = r.choice([c for c in (CARD[:-2] if lang != 'pt' else CARD) if not sub or c[0] == sub])
    d = fill(r, pre); d = fill(r, d + '#' * (n - 1 - len(d))); d += luhn(d)
    g = [4, 6, 5] if n == 15 else [4, 6, 4] if n == 14 else [4, 4, 4, 4]
    sep = r.choice([' ', ' ', ' ', '-', '', '', '.']) if r.random() < .95 else ' - '
    out, i = [], 0
    for k in g: out.append(d[i:i+k]); i += k
    return sep.join(out), b
IBL = {'DE': '(?37040044|10050000|50010517|70150000|20041133?)##########', 'AT': '(?12000|20111|32000|60000?)###########', 'CH': '(?00700|00762|09000|80808?)############', 'GB': '(?BARC|NWBK|LOYD|HBUK|MIDL?)######00######'.replace('00######', '########'),
       'IE': '(?AIBK|BOFI?)93####' + '########', 'ES': 'es', 'PT': 'pt', 'FR': '30004#####' + '#' * 13, 'IT': '&0(?3069|5428|2008?)' + '#' * 5 + '#' * 12, 'NL': '(?ABNA|INGB|RABO?)0#########', 'BE': 'be', 'BR': '(?60701190|00000000|90400888?)' + '#' * 5 + '#' * 10 + 'C1', 'LU': '001' + '#' * 13, 'LT': '73000' + '#' * 11}
def iban(r, lang, sub):
    cc = sub or r.choice({'en': ['GB', 'GB', 'IE', 'IE', 'DE', 'FR', 'NL', 'LT'], 'es': ['ES', 'ES', 'ES', 'ES', 'DE', 'BE', 'IT', 'LT'], 'pt': ['PT', 'PT', 'PT', 'PT', 'BR', 'BR', 'LU', 'FR'], 'de': ['DE', 'DE', 'DE', 'DE', 'AT', 'AT', 'CH', 'CH', 'NL', 'LT']}[lang])
    k = IBL[cc]
    if k == 'es':
        e = r.choice(['2100', '0049', '0182', '2038', '1465']) + fill(r, '####'); c = fill(r, '#' * 10)
        def dc(s, w):
            v = 11 - sum(int(a) * b for a, b in zip(s, w)) % 11; return {10: '1', 11: '0'}.get(v, str(v))
        b = e + dc('00' + e, [1, 2, 4, 8, 5, 10, 9, 7, 3, 6]) + dc(c, [1, 2, 4, 8, 5, 10, 9, 7, 3, 6]) + c
    elif k == 'pt':
        n = r.choice(['0035', '0033', '0007', '0010', '0018']) + fill(r, '####' + '#' * 11); b = n + '%02d' % (98 - int(n + '00') % 97)
    elif k == 'be':
        n = fill(r, '(?001|063|310?)#######'); b = n + '%02d' % (int(n) % 97 or 97)
    else: b = fill(r, k)
    num = int(''.join(str(int(c, 36)) for c in b + cc + '00'))
    s = cc + '%02d' % (98 - num % 97) + b
    x = r.random()
    if x < .6: s = ' '.join(s[i:i+4] for i in range(0, len(s), 4))
    elif x < .66: s = s.lower()
    elif x < .7: s = '-'.join(s[i:i+4] for i in range(0, len(s), 4))
    return s, cc
def ip(r, sub):
    v6 = sub == '6' or (sub != '4' and r.random() < .35)
    if not v6: return '.'.join(str(x) for x in [r.choice([24, 31, 46, 62, 77, 81, 84, 88, 92, 109, 151, 178, 185, 189, 190, 201, 212]), r.randrange(256), r.randrange(256), r.randint(1, 254)]), 'v4'
    pre = r.choice(['2001:8a0', '2a02:8109', '2a01:4b00', '2804:14c', '2003:e5', '2806:2f0', '2600:1700', '2a00:23c7'])
    h = lambda: '%x' % r.randint(1, 65535)
    x = r.random()
    if x < .4: s = pre + ':' + ':'.join(h() for _ in range(6))
    elif x < .8: s = pre + ':' + h() + ':' + h() + '::' + h()
    else: s = pre + '::' + h()
    return (s.upper() if r.random() < .1 else s), 'v6'

# ---------------------------------------------------------------- national ids
def w(d, ws): return sum(int(a) * b for a, b in zip(d, ws))
def ver_d():
    t = [[(i + j) % 5 if i < 5 and j < 5 else 0 for j in range(10)] for i in range(10)]
    return [[0,1,2,3,4,5,6,7,8,9],[1,2,3,4,0,6,7,8,9,5],[2,3,4,0,1,7,8,9,5,6],[3,4,0,1,2,8,9,5,6,7],[4,0,1,2,3,9,5,6,7,8],[5,9,8,7,6,0,4,3,2,1],[6,5,9,8,7,1,0,4,3,2],[7,6,5,9,8,2,1,0,4,3],[8,7,6,5,9,3,2,1,0,4],[9,8,7,6,5,4,3,2,1,0]]
VP = [[0,1,2,3,4,5,6,7,8,9],[1,5,7,6,2,8,3,0,9,4],[5,8,0,3,7,9,6,1,4,2],[8,9,1,6,0,4,3,5,2,7],[9,4,5,3,1,2,6,8,7,0],[4,2,8,6,5,7,3,9,0,1],[2,7,9,3,8,0,6,4,1,5],[7,0,4,6,9,1,3,2,5,8]]
def verhoeff(d):
    D, c = ver_d(), 0
    for i, ch in enumerate(reversed(d + '0')): c = D[c][VP[i % 8][int(ch)]]
    for k in range(10):
        if D[c][k] == 0: return str(k)
def ymd(r): return r.randint(50, 99), r.randint(1, 12), r.randint(1, 28)
CONS = 'BCDFGHJKLMNPQRSTVWXYZ'
def mxbase(r): y, m, d = ymd(r); return r.choice('CGLMPRST') + r.choice('AEIO') + r.choice('CGLMRST') + r.choice('JLMR') + '%02d%02d%02d' % (y, m, d)
def nid(r, t):
    g = lambda *o: r.choice(o)
    if t == 'GB.NINO':
        p, d, s = g('AB', 'CE', 'JG', 'NR', 'PW', 'SK', 'WM', 'YH'), fill(r, '######'), r.choice('ABCD')
        return g(f'{p} {d[:2]} {d[2:4]} {d[4:]} {s}', p + d + s, f'{p}{d} {s}')
    if t == 'GB.NHS':
        while 1:
            d = fill(r, '[4679]########'); c = 11 - w(d, range(10, 1, -1)) % 11
            if c != 10: break
        d += str(c % 11); return g(f'{d[:3]} {d[3:6]} {d[6:]}', d)
    if t == 'US.SSN':
        d = fill(r, '[12345]##'), fill(r, '^#'), fill(r, '@###'); return g('-'.join(d), '-'.join(d), '-'.join(d), ''.join(d))
    if t == 'IE.PPS':
        d = fill(r, '^######'); s = r.choice(['', 'A']); c = 'WABCDEFGHIJKLMNOPQRSTUV'[(w(d, range(8, 1, -1)) + (9 if s else 0)) % 23]; return d + c + s
    if t == 'CA.SIN':
        d = fill(r, '[1234567]#######'); d += luhn(d); return g(f'{d[:3]} {d[3:6]} {d[6:]}', f'{d[:3]}-{d[3:6]}-{d[6:]}')
    if t == 'AU.TFN':
        while 1:
            d = fill(r, '[1234568]########')
            if w(d, [1, 4, 3, 7, 5, 8, 6, 9, 10]) % 11 == 0: return g(f'{d[:3]} {d[3:6]} {d[6:]}', d)
    if t == 'NZ.IRD':
        while 1:
            d = fill(r, '(?05|07|08|10|11?)######'); c = -w(d, [3, 2, 7, 6, 5, 4, 3, 2]) % 11
            if c != 10: d += str(c); return f'{d[:3]}-{d[3:6]}-{d[6:]}'.lstrip('0') if 0 else f'{d[:3]}-{d[3:6]}-{d[6:]}'
    if t == 'ZA.ID':
        d = '%02d%02d%02d' % ymd(r) + fill(r, '####') + '08'; d += luhn(d); return g(d, d, f'{d[:6]} {d[6:10]} {d[10:]}')
    if t == 'IN.AADHAAR':
        d = fill(r, '@##########'); d += verhoeff(d); return g(f'{d[:4]} {d[4:8]} {d[8:]}', d)
    if t == 'IN.PAN': return fill(r, '&&&P&####&')
    if t == 'SG.NRIC':
        d = fill(r, '[789]######'); c = 'JZIHGFEDCBA'[w(d, [2, 7, 6, 5, 4, 3, 2]) % 11]; return 'S' + d + c
    L = 'TRWAGMYFPDXBNJZSQVHLCKE'
    if t == 'ES.DNI':
        d = fill(r, '[234567]#######'); c = L[int(d) % 23]
        return g(d + c, d + c, d + '-' + c, d + ' ' + c, f'{d[:2]}.{d[2:5]}.{d[5:]}-{c}', d + c.lower())
    if t == 'ES.NIE':
        x = r.choice('XYZ'); d = fill(r, '#######'); c = L[int(str('XYZ'.index(x)) + d) % 23]; return g(x + d + c, f'{x}-{d}-{c}', x + d + c)
    if t == 'MX.CURP':
        b = mxbase(r) + r.choice('HM') + g('DF', 'JC', 'NL', 'PL', 'VZ', 'MC') + ''.join(r.choice('CDFGLMNPRST') for _ in range(3)) + '0'
        A = '0123456789ABCDEFGHIJKLMNÑOPQRSTUVWXYZ'; return b + str(-sum(A.index(c) * (18 - i) for i, c in enumerate(b)) % 10)
    if t == 'MX.RFC':
        b = mxbase(r) + fill(r, '&#').replace('Ñ', 'N'); A = '0123456789ABCDEFGHIJKLMN&OPQRSTUVWXYZ Ñ'
        c = -sum(A.index(x) * (13 - i) for i, x in enumerate(b)) % 11; return b + ('A' if c == 10 else str(c))
    if t == 'AR.DNI': d = fill(r, '[234]#######'); return g(f'{d[:2]}.{d[2:5]}.{d[5:]}', d)
    if t == 'AR.CUIL':
        while 1:
            d = g('20', '27', '23') + fill(r, '[234]#######'); c = -w(d, [5, 4, 3, 2, 7, 6, 5, 4, 3, 2]) % 11
            if c != 10: return g(f'{d[:2]}-{d[2:]}-{c}', d + str(c))
    if t == 'CL.RUT':
        d = fill(r, '1[0123456789]######'); c = '0123456789K'[-w(d[::-1], [2, 3, 4, 5, 6, 7, 2, 3]) % 11]
        return g(f'{d[:2]}.{d[2:5]}.{d[5:]}-{c}', f'{d}-{c}', f'{d}-{c}'.lower())
    if t == 'CO.CC': d = fill(r, '10########'); return g(d, f'1.{d[1:4]}.{d[4:7]}.{d[7:]}', fill(r, '[57]#.###.###'))
    if t == 'PE.DNI': return fill(r, '[047]#######')
    if t == 'UY.CI':
        d = fill(r, '[12345]######'); c = -w(d, [2, 9, 8, 7, 6, 3, 4]) % 10; return f'{d[0]}.{d[1:4]}.{d[4:]}-{c}'
    if t == 'EC.CI':
        d = g('17', '09', '01', '13') + fill(r, '[012345]######'); return d + luhn(d)
    if t == 'BR.CPF':
        d = fill(r, '#########')
        for k in (10, 11):
            c = w(d, range(k, 1, -1)) * 10 % 11 % 10; d += str(c)
        return g(f'{d[:3]}.{d[3:6]}.{d[6:9]}-{d[9:]}', f'{d[:3]}.{d[3:6]}.{d[6:9]}-{d[9:]}', d, f'{d[:9]}-{d[9:]}')
    if t == 'PT.NIF':
        d = fill(r, '[12]#######'); c = 11 - w(d, range(9, 1, -1)) % 11; d += str(c if c < 10 else 0); return g(d, d, f'{d[:3]} {d[3:6]} {d[6:]}')
    if t == 'PT.CC':
        d = fill(r, '1#######'); c0 = 0
        n = w(d, range(9, 1, -1)) % 11; c0 = 0 if n < 2 else 11 - n
        b = d + str(c0) + fill(r, 'Z[XYVW]')
        A = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ'; s = 0
        for i, ch in enumerate(b[::-1]):
            v = A.index(ch)
            if i % 2 == 0:
                v *= 2; v -= 9 if v > 9 else 0
            s += v
        c = -s % 10; return g(f'{d} {c0} {b[9:]}{c}', b + str(c))
    if t == 'PT.NISS':
        d = fill(r, '1[12]########'); c = 9 - w(d, [29, 23, 19, 17, 13, 11, 7, 5, 3, 2]) % 10; return d + str(c)
    if t == 'AO.BI': return fill(r, '00#######') + g('LA', 'BA', 'HO', 'HA') + fill(r, '0##')
    if t == 'DE.IDNR':
        while 1:
            ds = list('0123456789'); r.shuffle(ds); drop = ds.pop(); ds.append(r.choice(ds)); r.shuffle(ds)
            d = ''.join(ds)
            if d[0] != '0': break
        p = 10
        for ch in d:
            s = (int(ch) + p) % 10 or 10; p = s * 2 % 11
        d += str((11 - p) % 10); return g(f'{d[:2]} {d[2:5]} {d[5:8]} {d[8:]}', d)
    if t == 'DE.PA':
        A = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ'
        d = r.choice('LMPRTVWX') + ''.join(r.choice('0123456789CFGHJKLMNPRTVWXYZ') for _ in range(8)); c = sum(A.index(x) * k for x, k in zip(d, [7, 3, 1] * 3)) % 10
        return d + str(c)
    if t == 'DE.SV':
        y, m, dd = ymd(r); l = r.choice('BFHKLMRSW'); b = g('12', '15', '53', '65', '25') + '%02d%02d%02d' % (dd, m, y); s = fill(r, '0^')
        q = b + '%02d' % (ord(l) - 64) + s
        t2 = [int(a) * k for a, k in zip(q, [2, 1, 2, 5, 7, 1, 2, 1, 2, 1, 2, 1])]; c = sum(x // 10 + x % 10 for x in t2) % 10
        return g(f'{b[:2]} {b[2:]} {l} {s}{c}', f'{b}{l}{s}{c}')
    if t == 'AT.SVNR':
        y, m, dd = ymd(r); b = '%02d%02d%02d' % (dd, m, y)
        while 1:
            n = fill(r, '^##'); c = w(n + b, [3, 7, 9, 5, 8, 4, 2, 1, 6]) % 11
            if c != 10: return g(f'{n}{c} {b}', f'{n}{c}{b}')
    if t == 'CH.AHV':
        d = '756' + fill(r, '#########'); c = -sum(int(a) * (3 if i % 2 else 1) for i, a in enumerate(d)) % 10; d += str(c)
        return g(f'{d[:3]}.{d[3:7]}.{d[7:11]}.{d[11:]}', f'{d[:3]}.{d[3:7]}.{d[7:11]}.{d[11:]}', d)
    raise ValueError(t)

# ---------------------------------------------------------------- kept things
MON = {'en': "January February March April May June July August September October November December".split(),
       'es': "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre".split(),
       'pt': "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro".split(),
       'de': "Januar Februar März April Mai Juni Juli August September Oktober November Dezember".split()}
CITY = {'en': "Leeds Bristol Chicago Dublin Perth Toronto Cardiff Denver Manchester Auckland Norwich Brighton".split(),
        'es': ["Valencia", "Sevilla", "Monterrey", "Rosario", "Medellín", "Zaragoza", "Bilbao", "Guadalajara", "Lima", "Valparaíso", "Málaga"],
        'pt': ["Braga", "Porto", "Coimbra", "Curitiba", "Recife", "Belo Horizonte", "Faro", "Campinas", "Luanda", "Setúbal"],
        'de': "Köln Leipzig Graz Zürich Bremen Nürnberg Kassel Linz Rostock Dortmund Bern Mainz".split()}
CO = {'en': "DHL Royal_Mail Evri FedEx UPS".replace('_', ' ').split(' '), 'es': "SEUR Correos MRW Estafeta GLS".split(), 'pt': "CTT DPD GLS Jadlog Correios".split(), 'de': "DHL Hermes DPD GLS UPS".split()}
CO['en'] = ["DHL", "Royal Mail", "Evri", "FedEx", "UPS"]
PROD = {'en': ["AirFlow 300 fan", "Galaxy S23", "BrewMate Pro", "iPhone 14", "ThermoPlus kettle", "DeskLite 2 lamp", "PS5 controller"],
        'es': ["freidora AirChef 4L", "plancha VaporMax", "aspiradora CleanBot X2", "cafetera BrewMate", "tablet Lenovo M10", "consola Switch"],
        'pt': ["Galaxy A34", "iPhone 12", "secador VentoPro", "aspirador CleanBot X2", "televisor LG 50", "ventilador BrisaMax"],
        'de': ["Kaffeevollautomat BrewMate", "Galaxy S22", "iPhone 13", "Staubsauger CleanBot X2", "Wasserkocher ThermoPlus", "Drucker LaserOne 200"]}
def keep(r, k, lang):
    y = r.choice([2025, 2026]); m, d = r.randint(1, 12), r.randint(1, 28)
    if k == 'date':
        de, iso = {'en': f'{d} {MON[lang][m-1]}', 'es': f'{d} de {MON[lang][m-1]}', 'pt': f'{d} de {MON[lang][m-1]}', 'de': f'{d}. {MON[lang][m-1]}'}[lang], f'{y}-{m:02d}-{d:02d}'
        return r.choice([de, de + (' de' if lang in ('es', 'pt') else '') + f' {y}', f'{d:02d}.{m:02d}.{y}' if lang == 'de' else f'{d:02d}/{m:02d}/{y}', iso if r.random() < .3 else de])
    if k == 'time': return f'{r.randint(8, 20)}' + (':' if lang != 'pt' else r.choice([':', 'h'])) + f'{r.choice([0, 5, 10, 15, 30, 45, 50]):02d}'
    if k == 'amt':
        a, c = r.randint(9, 890), r.randrange(100)
        return {'en': r.choice([f'£{a}.{c:02d}', f'${a}.{c:02d}', f'€{a}', f'£{a}']), 'es': r.choice([f'{a},{c:02d} €', f'{a} euros', f'${a * 10}', f'{a},{c:02d}€']), 'pt': r.choice([f'R$ {a},{c:02d}', f'{a},{c:02d} €', f'{a} euros', f'R${a}']), 'de': r.choice([f'{a},{c:02d} €', f'{a} Euro', f'{a},{c:02d} EUR', f'CHF {a}.{c // 5 * 5:02d}'])}[lang]
    if k == 'order': return fill(r, r.choice(['######', '#######', '^#######', '#&&-#####', '&&######', '####-####', '^########']))
    if k == 'booking': return fill(r, r.choice(['&&&#&#', '&#&&#&', '&&####&']))
    if k == 'ticket': return fill(r, r.choice(['^#####', 'TK-######', 'INC00#####', 'CS-#####', '^######']))
    if k == 'inv': return fill(r, r.choice([f'{y}-####', f'{y}/#####', '&&-#####', '^#######', 'F######']))
    if k == 'contract': return fill(r, r.choice(['^########', 'V-#######', '##-######-#', 'C######']))
    if k == 'trk': return fill(r, r.choice(['&&#########GB', '1Z###&&&##########', 'JD00############', '&&#########DE', '########&##']))
    if k == 'flight': return fill(r, '(?BA|FR|TP|IB|LH|AV|U2|LA|EW?)###')
    if k == 'city': return r.choice(CITY[lang])
    if k == 'company': return r.choice(CO[lang])
    if k == 'product': return r.choice(PROD[lang])
    raise ValueError(k)
KEEPS = {'date', 'time', 'amt', 'order', 'booking', 'ticket', 'inv', 'contract', 'trk', 'flight', 'city', 'company', 'product'}
NAMES = {'greet': ('name_greeting', 'B'), 'sig': ('name_signature', 'A'), 'intro': ('name_introduced', 'A'), 'field': ('name_field', 'A'), 'ment': ('name_mentioned', 'C')}

def render(frame, lang, fid, n):
    r = random.Random(f'{fid}/{n}')
    ps = {c: P(r, lang) for c in 'ABCDE'}
    out, items, kp = '', [], []
    for tok in re.split(r'(\{[^{}]*\}|<<[^<>]*>>)', frame):
        if tok.startswith('<<') and tok.endswith('>>'):
            k, t = tok[2:-2].split(':', 1); kp.append({'kind': k, 'start': len(out), 'end': len(out) + len(t)}); out += t; continue
        if not (tok.startswith('{') and tok.endswith('}')): out += tok; continue
        a = tok[1:-1].split(':'); k = a[0]; x = a[1] if len(a) > 1 else ''
        if k == 'g': out += a[2].split('|')[ps[a[1]].g]; continue
        if k == 'pick': out += r.choice(tok[6:-1].split('|')); continue
        if k in KEEPS:
            t = keep(r, k, lang); kp.append({'kind': k, 'start': len(out), 'end': len(out) + len(t)}); out += t; continue
        if k in NAMES:
            kind, who = NAMES[k]; who = a[2] if len(a) > 2 else who
            f = x or {'greet': 'first', 'sig': 'r'}.get(k, 'full')
            t, sub = ps[who].form(f, r, lang)
        elif k == 'mail': kind, t, sub = 'mail', mail(r, ps[a[2] if len(a) > 2 else 'A'], lang, x), ''
        elif k == 'phone': kind = k; t, sub = phone(r, lang, x)
        elif k == 'card': kind = k; t, sub = card(r, lang, x)
        elif k == 'iban': kind = k; t, sub = iban(r, lang, x)
        elif k == 'ip': kind = k; t, sub = ip(r, x)
        elif k == 'id': kind = 'national_id'; t = nid(r, x); sub = x
        else: raise ValueError(tok)
        it = {'kind': kind, 'start': len(out), 'end': len(out) + len(t)}
        if sub: it['sub'] = sub
        items.append(it); out += t
        if t.endswith('.'): pass
    return {'text': out, 'language': lang, 'items': items, 'keep': kp, 'clean': False, 'frame': fid, 'eponym': False}

def main():
    path = sys.argv[1] if len(sys.argv) > 1 else 'redaction_sixth.jsonl'
    with open(path, 'w', encoding='utf-8', newline='\n') as f:
        for lang in ('en', 'es', 'pt', 'de'):
            for i, fr in enumerate(x.strip('\n') for x in FRAMES[lang].split('\n---\n')):
                for n in range(3):
                    f.write(json.dumps(render(fr, lang, f'{lang}-{i+1:03d}', n), ensure_ascii=False) + '\n')
            for i, t in enumerate(x for x in CLEAN[lang].strip('\n').split('\n') if x.strip()):
                ep = t.startswith('^'); t = t.lstrip('^').replace('\\n', '\n')
                f.write(json.dumps({'text': t, 'language': lang, 'items': [], 'keep': [], 'clean': True, 'frame': f'{lang}-c{i+1:03d}', 'eponym': ep}, ensure_ascii=False) + '\n')

# ---------------------------------------------------------------- frames with items (blocks parted by a line ---)
FRAMES, CLEAN = {}, {}
FRAMES['en'] = r'''
Hi {greet},

Thanks for getting back to me so quickly. I've checked and the refund of {amt} for order {order} still hasn't landed. The card I paid with is {card} if that helps you trace it.

Kind regards,
{sig}
---
hi there, my order {order} was meant to arrive on {date} and its still showing "out for delivery" with {company}. can someone ring me on {phone} please? ta
{sig:lower}
---
Dear Customer Services,

I am writing to complain about the {product} I bought from your {city} branch on {date}. It stopped working after nine days and the member of staff I dealt with, {ment}, told me there was nothing {g:C:he|she} could do.

I would like a full refund. You can reach me by email at {mail} or by phone on {phone}.

Yours faithfully,

{sig}
---
Name: {field}
Email: {mail}
Phone: {phone}
Order number: {order}
Message: The zip on the jacket broke the second time I wore it. Would like an exchange not a refund, size M.
---
[10:42] Customer: hello is anyone there
[10:42] Agent: Hi, you're through to billing. Who am I speaking with?
[10:43] Customer: my name is {intro}
[10:43] Agent: Thanks {greet:first:A}. Can you confirm the email on the account?
[10:44] Customer: {mail}
[10:44] Agent: Perfect. I can see invoice {inv} for {amt} is still open.
---
Call note {date} {time} - cust rang re double billing. Verified w/ NI number {id:GB.NINO}. Callback requested on {phone}. Spoke previously to {ment} in retentions. Ref {ticket}.
---
Good morning {greet},

Please find our bank details below for the outstanding amount of {amt} (invoice {inv}).

Account holder: {field}
IBAN: {iban}

Many thanks
{sig}
Accounts Payable
---
Just wanted to say a massive thank you to {ment:first} in your {city} store. I came in ten minutes before closing with a broken {product} and {g:C:he|she} stayed late to sort it. Five stars!
---
Hello, I'm {intro} and I booked flight {flight} for {date}, reference {booking}. I've been trying to change it online but it keeps timing out. Please call me: {phone}.
---
Login failed 3 times this morning from my home connection. Your security page says my IP is {ip} and that it's been blocked. I haven't done anything wrong! Can you unblock it please?

Thanks, {sig}
---
Ticket {ticket}
Reported by: {field}
Contact: {mail:biz}
Summary: VPN drops every 20 mins since the update on {date}
Source address: {ip}
Priority: P2
---
To whom it may concern

My social security number is {id:US.SSN} and I need a copy of my 1099 for last year mailed to me. I moved from {city} in March so the address on file is out of date.

{sig}
{phone:US}
---
Hi {greet},

I've spoken to the warehouse and your parcel was returned to sender. I've arranged for a replacement to go out today with {company}, tracking number {trk}. You should have it by {date}.

If there's anything else you need just reply to this email.

Best wishes,
{sig:first:C}
Customer Care Team
---
wtf, third time ive been charged {amt}. card {card}. sort it out or im calling my bank
---
Dear {g:B:Mr|Mrs} {greet:last},

Further to our telephone conversation on {date}, I confirm that your contract {contract} has been cancelled with no further charge.

Yours sincerely,

{sig:full:D}
Senior Case Handler
---
Hey team, {intro:first} here. Any news on ticket {ticket}? You can text me on {phone}.
---
REFUND REQUEST FORM
Full name: {field}
Date of purchase: {date}
Order no.: {order}
Amount: {amt}
IBAN for refund: {iban}
Reason: Item arrived damaged
---
Thanks for the chat earlier. As requested my PPS number is {id:IE.PPS} and the mobile on the account should be {phone:IE}. The old one can be deleted.

Regards
{sig}
---
Absolutely shocking service. Waited in for a delivery from {company} between {time} and 18:00 on {date}, nobody came, and when I rang up a {g:C:man|woman} called {ment:first} told me I hadn't been in. I was sat by the window all day. Never again.

{sig:fi}, <<city:Nottingham>>
---
On Tue, 4 Nov 2025 at 09:12, {field} <{mail}> wrote:
> Hi, can you tell me when my {product} will be back in stock?
>
> Thanks
> {sig:first}

Hi {greet:first:A},

We're expecting more by {date}. I'll pop you on the list.

{sig:first:D}
---
Agent summary: Customer {ment:full:A} called about a duplicate charge on card {card}. Charge of {amt} reversed on {date}. Customer happy.
---
hello my name is {intro:lower} i have lost the password of my account the email is {mail} please help me i need it for work tomorrow
---
Hi, I need to update my payment details. New card: {card}, expiry 09/28. The order it's for is {order}.

Cheers,
{sig:first}
---
Dear Sir/Madam,

Please could you arrange for my pension statement to be re-sent. My National Insurance number is {id:GB.NINO} and my former employer was <<company:Severn Valley Plastics>>.

I can be contacted most mornings on {phone:GB}.

Yours faithfully
{sig:upper}
---
We stayed at your {city} hotel from {date} for three nights. Reception staff were lovely, particularly {ment:first} and {ment:first:D}, but the room was freezing and the shower never got above lukewarm. Booking ref {booking}.
---
Patient: {field}
NHS number: {id:GB.NHS}
Mobile: {phone:GB}
Reason for contact: repeat prescription not at the pharmacy, was told it would be ready on {date}
---
Hi {greet}, it's {intro:full} from <<company:Brightloop Ltd>>. Did you get my voicemail? We still need someone to whitelist {ip} before the go-live on {date}. My direct line is {phone}.
---
SIN: {id:CA.SIN}
DOB on file is wrong, please correct before the T4s go out.

Thank you,
{sig}
---
Evening all, moved house last month and still getting bills for the old place. Account {contract}. I've emailed twice from {mail} and nobody has replied. What do I have to do??

{sig:first}
---
Hiya {greet}

Can you take the {amt} off card {card} instead of the one you've got? That one's expired.

Ta
{sig:firstlower}
---
Incident report
Affected user: {field}
User email: {mail:biz}
IP at time of incident: {ip}
Ticket: {ticket}
Description: user clicked a link in a fake {company} text and entered their password. Session terminated at {time}.
---
Hello,
I applied for the student discount and it asks for my tax file number. It is {id:AU.TFN}. Can you tell me why you even need that?
{sig}
---
My mobile has changed to {phone}, please update. Everything else is the same. {sig}
---
Hi, this is {intro} calling about my boiler service. You were supposed to come on {date} and nobody turned up. I took a day off work. My number is {phone}, please ring before {time}.
[voicemail transcript]
---
Good afternoon {greet},

Apologies for the delay. I've now looked at what happened with order {order}:

1. It left our {city} warehouse on {date}.
2. {company} scanned it twice, then nothing.
3. We've opened a trace, number {trk}.

I'll email you at {mail:x:B} as soon as I hear more.

Warm regards,
{sig:full:C}
Customer Support | <<company:Fernhill Home>>
---
Beware!! Ordered a {product}, got an empty box. Customer service rep {ment} was rude and hung up. Order {order}, {amt} down the drain.
---
account holder {field:lower}
sort of problem: cant log in
email {mail}
phone {phone}
---
Aadhaar {id:IN.AADHAAR} is already linked, I did that in {city} branch itself. Kindly do the needful and release my SIM. Contact {phone:IN}.

Thanks & regards,
{sig}
---
Hello {greet}, as discussed please send the cheque to 14 Marlborough Crescent, {city}. If it's quicker to do a bank transfer use IBAN {iban}.

Thanks again for all your help,
{sig}
---
hi, i was cut off. i was talking to {ment:first} about my bill of {amt}, can you put me back through to {g:C:him|her} pls
---
Dear Team,

I am an executor of the estate of the late {ment} and need to close account {contract}. Please let me know which documents you need. Letters can be sent to me by email at {mail}.

Yours sincerely,
{sig}
Solicitor
T {phone:GB}
---
Live chat transcript #{ticket}
Visitor: do you ship to New Zealand
{field:first:B} (Support): Yes we do! It takes 7-10 days.
Visitor: great. can you email me the quote at {mail}
---
My son was charged for skins on his console - {amt} on {date}. Card ending isn't enough apparently so here's the whole thing: {card}. I want every penny back.
{sig:mid}
---
Hi

IRD number for the payout is {id:NZ.IRD}. Let me know if you need anything else.

Cheers
{sig:first}
Sent from my iPhone
---
Caller: {field}
Tel: {phone}
Re: claim {contract}
Msg: wants to know when the assessor is coming. Prefers mornings. Will be away from {date}.
---
@ParcelHelp your driver left my parcel in the rain again. DM'd you my number {phone} on {date}, no reply. tracking {trk}
---
Dear {greet:full},

Thank you for your application for a store card. Before we can go ahead we need the following:
- proof of address
- last three payslips

Please upload these to your account by {date} quoting {contract}.

Kind regards,
{sig:full:D}
New Accounts
<<company:Pinecrest Stores>>
---
Hi, id number for FICA is {id:ZA.ID}. I already sent it to {ment:first} last week but {g:C:he|she} says it never came. My cell is {phone:ZA}. {sig:first}
---
Our router at the shop has IP {ip:4} and we can't open ports. I've tried what {ment:first} suggested (turning off the firewall), no joy. Can you call {phone} after {time}?

{sig:full}
Manager
---
Hello. I would like to sign up for paperless billing. Email is {mail}. Contract {contract}. Thank you. {sig:full}
---
Sorry to bother you again {greet:first} but the voucher code still says invalid. Screenshot attached. I paid {amt} for it!

{sig:first} x
---
Please cancel my gym membership from {date}. Name on the account is {field}, my membership no is {contract}. Direct debit comes out of {iban}.
---
Hi Support,

We're seeing failed logins from {ip} and {ip} on our tenant since {date}. Could you block both, please, and tell us whether any data was accessed?

Thanks,
{sig}
IT Administrator
{mail:biz}
---
I spoke to {ment:full} on {date} and then {ment:full:D} on Monday and they each told me something different about my tariff. Which is it? My account is {contract}. You can get me at {mail}.
---
good evening, I am {intro}, a resident of block C. The lift has been out since {date}. My neighbour is 84 and cannot manage stairs. Please phone me at {phone}.
---
Payment failed?? used my amex {card:amex} same as always. order {order}
---
Dear {greet},

Your claim {contract} has been approved. We'll pay {amt} into the account ending in the digits you gave us within five working days.

If your details have changed call us quoting {ticket}.

Regards,

{sig:init:D}
Claims Department
---
Hi! My name's {intro:first}, I bought two tickets for the {date} show but only one came through. Order {order}. My email is {mail} in case you need to resend. Thank you!!
---
PAN: {id:IN.PAN}
Mobile: {phone:IN}
Issue: TDS certificate not received for FY 2024-25, raised twice already (ref {ticket}).

Regards,
{sig}
---
Called again today, spoke w/ {ment:first}, who was at least honest: the part isn't in the country. So now it's {date} at the earliest for the {product} I paid {amt} for. Not {g:C:his|her} fault but come on.
---
Hello,

I no longer want to receive marketing texts on {phone}. I've replied STOP four times.

Also please remove {mail} from your lists.

{sig}
---
Passenger: {field}
Flight: {flight}
Booking ref: {booking}
NRIC: {id:SG.NRIC}
Contact: {phone:SG}
Request: wheelchair assistance
---
Thanks {greet:first}, that worked a treat. For the record the fix was restarting the hub and waiting for the light to go blue.

{sig:first}
---
Hi, bank says the transfer bounced because of a wrong digit. The correct IBAN is {iban}, account in the name of {field}. Refund should be {amt}.

Best,
{sig}
---
Complaint about driver
Date: {date} {time}
Vehicle: white van, {company}
What happened: he reversed into my gatepost, I told him and he laughed. My neighbour {ment} saw the whole thing.
My details: {field}, {phone}
---
Hey {greet:first}! quick one, our new starter {ment:full} needs access to the portal by {date}. {g:C:His|Her} email will be {mail:biz:C}. Cheers, {sig:first}
---
I keep getting someone else's emails!! Somebody put {mail} on their account and that's MY address. It's an order {order} for the {product}, going to {city}. Please remove me.
---
SSN {id:US.SSN}, policy {contract}. You asked me to fax it but nobody has a fax anymore.

{sig:full}
Cell {phone:US}
---
Just had a lovely chat with {ment:first} on the phone, {g:C:he|she} sorted my broadband in five mins flat. Give {g:C:him|her} a pay rise!
---
Dear Customer Care

I refer to your letter dated {date}, reference {ticket}. I dispute the balance of {amt}. I have never been supplied by you at this address and I have asked for this to be put in writing.

I look forward to your reply within fourteen days.

Yours faithfully

{sig:init}
---
Hi there, I'd like to report fraud on my card {card}. There are 3 payments I don't recognise: {amt}, {amt} and {amt}. Please block it now and ring me on {phone}.
---
can u pls send my payslip to my personal mail {mail} not the work one. NI is {id:GB.NINO}

thx {sig:firstlower}
---
Good day,

My name is {intro} and I'm writing on behalf of my {g:C:father|mother}, {ment:full}, who doesn't use email. {g:C:He|She} has had no landline since {date}. Could an engineer call me on {phone} to arrange a visit?

Kind regards,
{sig}
---
Hello {greet:full}, we tried to deliver your {product} today at {time} but there was nobody home. To rebook, reply to this message or quote {trk} to {company}.
---
From: {field} <{mail}>
To: Customer Support
Subject: Re: Re: Order {order}

Still waiting. It has been 3 weeks. Please escalate.

{sig}
---
Review - 2/5
Website fine, app awful. Logged me out every time, support ({ment:first}) said "clear your cache" about six times. Ended up ringing instead.
---
User {mail} reports a 403 from {ip:6} and from mobile data. Cleared cookies, tried Chrome and Edge. Escalating to network team. - {sig:fi:D}
---
hi its {intro:firstlower} again, still no heating, kids are freezing. job number {ticket}. my landlords agent {ment:full} says you have the keys??? ring me {phone}
---
Thanks for registering, {greet:first}! Your customer number is {contract}. Your first bill is due on {date}.
---
Dear HR Helpdesk,

Please change my bank details before the {date} payroll run:

New IBAN: {iban}
Bank: <<company:Allied Irish Banks>>
PPSN: {id:IE.PPS}

Thank you,

{sig}
Warehouse, {city}
---
SMS from {phone}: Hi its {intro} waiting 4 my taxi booked 4 {time} where r u
---
Hello, just to confirm you can take the deposit of {amt} from my Visa {card:visa} and the rest on arrival. We're two adults and a dog. Booking {booking}.

See you on {date}!

{sig:first} & family
---
Hi Team,

Please add the following people to the account:

Name: {field:full:C}
Email: {mail:biz:C}

Name: {field:full:D}
Email: {mail:biz:D}

And remove me as I'm leaving on {date}. Any questions, I'm on {phone}.

Best,
{sig}
---
Order {order} wrong item AGAIN. I asked for black, got navy. {sig:full}, {phone}
---
Escalation note: cust. {field:rev}, acct {contract}, threatened Ombudsman. Was promised a callback on {phone} by {time} on {date}, not done. Goodwill {amt} offered, declined.
---
To confirm my identity: SSN is {id:US.SSN}, email {mail}, last order {order}. Please unlock the account, I have a flight ({flight}) on {date} and my boarding pass is in there.

{sig}
---
Hi {greet:first},

As per your auto reply I've filled in the form. Login IP as shown on the page: {ip}. Browser: Firefox 131.

Let me know,
{sig:full}
---
Hello, charge on {card} dated {date} isn't mine. Please investigate. Kind regards, {sig}
---
Could someone explain this bill?! {amt} for one month in a one bed flat. I'm on the phone number ending as on file but try my work one first: {phone}. Meter reading was 48213 on {date}.

Many thanks in advance
{sig:full}
<<city:Swansea>>
---
Hi. Direct debit was taken twice on {date}, please return {amt} to {iban}. {sig}
---
Subject: payout still missing

Hey, I sell on your marketplace (shop no. {contract}). Payout of {amt} from {date} never arrived. I'd put the old IBAN in. It should be {iban}. I'm {intro:full} btw, same as on the shop.
---
IVR capture 16 digits: {card:mastercard}
Agent note: caller gave name as {field}, asked to pay invoice {inv} in full. Receipt to {mail}.
---
Hello, my name is {intro} and I think I've been scammed. A man rang me saying he was from <<company:Microsoft>> and I read him my card number {card}. I'm 79 and on my own. Please help. {phone:GB}
'''
CLEAN['en'] = r'''
Where is my order? 48213377 placed 3 May, still says processing.
Hi, can I change the delivery slot for tomorrow to after 6pm? Order GB-55120.
Do you ship to the Channel Islands?
The app crashes every time I open it since version 8.14.2. Android 15, Pixel 8.
I was charged £34.99 twice on 12 March. Please refund one of them.
Thanks for the quick reply!
Still nothing. It's been nine days.
Is the blue one coming back in stock in a medium?
Great service, fast delivery, would use again.
Worst company ever. Avoid.
Hello, I'd like to cancel my subscription before it renews on 1 August. How do I do that?
Your website says "out of stock" but the Leeds store has six on the shelf. Which is right?
Flight BA286 was delayed by 5 hours. Am I entitled to compensation under EU261?
Good morning,\n\nPlease could you send me a VAT receipt for invoice 2026-4471?\n\nMany thanks
I've tried turning it off and on again. The light just blinks amber.
How long does a refund take to show up?
Error 0x80070057 when installing the update on Windows 11.
Booking ref KX7P2M - can we add a cot to the room please?
Parcel marked as delivered at 14:32 but nobody's been here all day.
Can someone from billing get in touch about account 7730021?
You're now through to Customer Support. How can we help today?
No problem at all, glad it's sorted.
We're sorry to hear that. Please allow up to 5 working days for the replacement to arrive.
The kettle leaks from the base. Bought in November, £42.50.
Do I need to be in when the engineer comes?
Unfortunately the item is no longer available in this colour.
Received the wrong size. Ordered a 10, got a 12. Return label please.
Ordered on the 4th, dispatched on the 9th, arrived on the 21st. Not exactly "next day".
my internet has been down since tuesday and all i get is recorded messages
Can you confirm whether the warranty is 12 or 24 months? The box says one thing and the site another.
Dear Sir or Madam,\n\nI wish to complain in the strongest terms about the state of the 8.04 from Reading to Paddington on Monday.\n\nI await your reply.
Is it ok to use the descaler with the filter in?
The voucher SPRING20 doesn't work. It says it's expired but your email says it's valid until 30 June.
Four stars. Lovely room, thin walls.
Meter reading 48213, taken this morning.
Please stop sending me texts.
Could you tell me what time the Norwich branch closes on Bank Holiday Monday?
Quick question: does the 2 TB model come with the cable?
Hi team,\n\nAny update on ticket 448120? It was raised last Thursday and the client is getting impatient.\n\nThanks
Package arrived crushed. Photos attached. Order number 112-7740912.
Just to say the new checkout is so much better than the old one. Well done.
I can't hear anything on calls unless I use speaker. iPhone 14, iOS 18.2.
Where's my money? You said 3-5 days. It's day 11.
Not fit for purpose. Broke on first use.
Does this fit a Fiat 500, 2019 model?
Our records show that your payment of £118.00 was received on 2 February. Nothing further is due.
I've moved to Cardiff and need to know if your fibre reaches there yet.
Your call is important to us, apparently. 52 minutes on hold.
Cancel my order please, I found it cheaper elsewhere.
How do I reset the thermostat after a power cut?
The left earbud won't charge. Have cleaned the contacts and done a factory reset, still dead.
Table for four at 7.30 on Saturday was cancelled with an hour's notice. Very disappointing.
Tracking JD0002384417765 hasn't updated since it reached the Coventry depot.
Sizing runs small, go one up.
Amazing product, terrible packaging.
I'd like a callback after 5pm please. Query: gas bill for quarter 3.
Please note our offices will be closed from 24 December to 2 January.
Hi! Is the 20% off on everything or just shoes?
Why has my premium gone up from £312 to £487 with no claims?
Tried to upload the PDF six times. "Something went wrong." Helpful.
My gift card has £15 left on it but the till said zero.
You have been unsubscribed.
The assembly instructions are missing page 4.
Can I collect from the Birmingham store instead?
We've escalated this to our technical team and will update you by Friday.
thx sorted now
Ok
Yes please go ahead
No, that's not what I asked. I asked if it's vegan.
Is there a student discount?
Wi-Fi drops out upstairs, fine downstairs. 65 Mbps on a cable.
I paid for premium support and got a chatbot.
Hello, could you please resend the confirmation for booking 88213? It's not in my inbox or junk.
Return received 19/09/2026. Refund of $64.10 issued to original payment method.
Invoice 30418 shows 14 units but we only received 12. Please send a credit note.
To Whom It May Concern,\n\nOur contract 55-120934 ends on 31 October. We do not intend to renew.\n\nRegards
The driver was polite and even carried it upstairs.
Got my order today, wow, looks even better than the photos!
Please advise on the current lead time for 40 pallets to Rotterdam.
Is this compatible with USB-C?
Not bad for the price.
Do you price match?
The handle came off in my hand. Literally.
Policy number PL-7741209. Does it cover water damage from a neighbour's flat?
Can you merge my two loyalty accounts?
Your March statement is ready to view online.
Gutted. Waited three weeks for it and it's the wrong colour.
Screen went black mid-game. No warning. PS5, system software 24.06.
I need to change the name of our company on the account. It's now Bluewater Catering Ltd.
What's the difference between the Standard and the Plus plan?
The 14:15 coach from Glasgow was an hour late and the toilet was locked.
Please find attached the signed form.
Delivery was early. Shocked.
I've been a customer since 2009 and never had to complain until now.
Item missing from parcel: 1 x phone case (black). Everything else fine.
Do not buy the XR-200, the hinge snaps.
Can the filter go in the dishwasher?
Hi, I placed an order about ten minutes ago and put the wrong postcode. Can it still be changed? Order 7731840.
Your engineer missed the appointment between 8 and 12 on 6 June. That's the third time.
Thank you for contacting Bluewater Support. Your reference is TK-228190.
Lost my luggage tag but the bag's a red Samsonite with a broken wheel. Flight EZY8213 into Gatwick.
Is breakfast included?
The portal logs me out after 30 seconds.
We will be carrying out planned maintenance on Sunday 9 November between 02:00 and 05:00.
I want to speak to a manager.
Great range, friendly staff, parking a nightmare.
Dear Customer,\n\nYour subscription will renew on 15 May for £7.99. You can cancel at any time in Settings.\n\nYour Streambox Team
Five days to reply to an email in 2026. Really?
Can you check if my 30 points from last week were added?
It says "valid UK number required". It IS a valid UK number.
Two of the six glasses were broken.
Honestly the best pizza in Brighton.
Deposit of $500 still hasn't been released, checkout was March 2.
How do I export all my invoices as CSV?
Charged for a bag I'd already paid for. Receipt attached. £45.
What are the dimensions of the box? Need to know if it'll fit in the car.
Order 90-2213: please leave with the shop next door.
Thanks, that fixed it. Firmware was on 3.1, now 3.4.
The sofa smells of paint even after two weeks with the windows open.
Not impressed with the substitution - oat milk is not the same as cream.
Do you have this in a UK 6?
My boiler shows fault code F28.
Subject: Complaint ref CS-40192\n\nI'm not satisfied with your final response and will be going to the Ombudsman.
Can't find where to enter the promo code on mobile.
Just landed in Denver, bags in Dallas. Nice one.
Lovely soft fabric, true to size, washes well at 30.
Is the Manchester showroom open this Sunday?
Please confirm receipt of this email.
Six months in and still going strong.
The bot keeps asking for my order number and then says it's invalid. It's 3300127.
Why is shipping $19 for a $12 item?
I returned the shoes on 8 January, tracking YK449102837GB, and have heard nothing.
How do I turn off notifications?
Wouldn't give it one star if I could.
Appointment needed for an MOT and a service, any day next week.
Can I pay the council tax in 12 instalments rather than 10?
We hope to see you again soon!
The battery lasts two hours. The advert says ten.
Our school would like a quote for 120 exercise books, A4, squared.
Please can you tell me why my claim C448120 was rejected?
Installed fine but the remote doesn't pair. Model TX-55.
Refund came through this morning, thank you.
Hold music is awful. Just saying.
Please quote reference 5512-0093 in all correspondence.
Is there gluten in the veggie burger?
I was told it'd be with me by Wednesday. It is now Saturday.
Can you make the font bigger? I'm 82 and struggle with the new design.
Bought two, got one free. Till charged me for all three, $38.97.
This is not a scam, the link in our text goes to our official site. Never share your PIN.
Nope, still broken.
Ok will try that and let you know.
Awesome, cheers!
Any chance of a discount for a slightly scratched display model?
Water pressure has been low across the whole estate since Friday. When will it be fixed?
Just checking you've received the documents I posted on 17 April.
The ticket machine at platform 3 swallowed my £20 note.
Do you deliver on Sundays?
I'd give the food 9/10 and the wait 2/10.
Warranty claim for washing machine, serial WM-2209-88173, bought 14 July 2024.
Your quote Q-20931 came in higher than expected. Any flexibility?
Everything arrived on time and well packed.
What happens to my points if I close the account?
I keep getting "session expired" on Safari. Chrome is fine.
The heel came off after two wears. £89 boots!
Hello, I'm calling about the broadband outage in the Bath area. Engineer update was due at noon.
Please remove the £12 late fee. The direct debit failed on your side.
Can I use points and a voucher together?
Cracked screen out of the box. Not accepting a repair, I want a new one.
We are unable to process your request at this time. Please try again later.
Room 214, air con dripping all night. Asked twice for someone to come.
Loved it. Bought another for my sister.
How can I tell if it's genuine?
On 3 October I ordered 2 x 25kg bags of dog food. One came split and had been taped up by the courier.
The QR code on the ticket won't scan.
This is the second reminder for invoice INV-20771 ($1,240.00), due 30 September.
What does "awaiting carrier" mean?
Very happy with the curtains, slightly darker than on screen.
You've sent me somebody else's parcel. It's a garden hose. I ordered a lamp.
Please don't put the rubbish bins back across my drive.
Is it possible to freeze my gym membership for two months while my knee heals?
Password reset link expired before the email even arrived.
Contract 77120934: please send the termination paperwork.
Free returns my foot. They took £4.95.
Why do I need to download an app to open a fridge??
I think the recipe on the back of the pack is wrong. 400 g of salt?
Can you tell me if the beaches trip includes lunch?
Dear Guest,\n\nCheck-in is from 15:00. Your door code will be sent on the day.\n\nSee you soon!
Engine warning light on at 12,400 miles. Book me in please.
Excellent. No complaints.
My prescription says two boxes, I was given one.
Are dogs allowed on the terrace?
The playlist stops after every third song unless I go premium. Which I already have!
Your order 66-20918 has been split into two parcels.
Seat 14A had no window. I paid $22 for a window.
I have been trying since 9 this morning to get through. Please fix your phone lines.
Update: it turned up! In the recycling bin.
Is next day delivery guaranteed if I order before 8pm?
Hello - do the batteries come with it or separately?
Hi all, our team has now moved to the new system. Please use the portal for all requests from Monday.
I'm allergic to nuts and the label was unreadable.
The zipper's stuck. Tried soap, tried a pencil.
Top marks to the whole crew on flight VS3 last Thursday.
It's too small for a family of five, fine for a couple.
Please charge the remaining $220.00 on the 1st.
Account locked after one wrong attempt? Seems harsh.
The plan says unlimited. The small print says 100 GB.
What's your policy on opened software?
The customer states that the noise starts at around 50 mph and goes away in neutral.
Thanks a million, you've saved our holiday.
Will the June magazine be late again?
Cold chips, warm cola.
Cannot log in. Says my browser is out of date. Firefox 141.
Could you please explain line 7 on the bill: "adjustment £23.18"?
Not delivered, not refunded, not answered.
I've had three different answers from three different agents.
Dear Hiring Team,\n\nI would like to know whether my application for the Dublin role (job 20931) has been looked at.\n\nKind regards
Works with Alexa? And with Google Home?
You are number 14 in the queue.
Can you send a spare remote? Happy to pay.
Please upgrade us to two twin rooms if possible, KX2218.
No hot water since last night, baby in the house, urgent!
The lid doesn't close properly on the large one. The small one is perfect.
Is the museum free on the first Sunday of the month?
Flat battery at Heathrow long stay. Waited two hours for recovery.
I didn't order this. Please collect it.
Your email about "unusual activity" - is that real or phishing?
Cheers
Kind regards
Many thanks in advance
Hi, quick one. Is PO 4500128831 approved yet?
Where do I find the model number on the dishwasher?
Damp patch on the bedroom ceiling getting bigger, reported 11 Sept, job 220918.
I'd recommend it to anyone with a small kitchen.
My daughter's bike came without pedals.
The 3pm slot came and went.
New phone won't activate. SIM says "not provisioned".
Could we have an extra key for the meeting room on Thursday?
Too sweet for me but the kids loved it.
I wish to withdraw my complaint, it has been resolved.
Sent it back in May. It's September!
Is the price per person or per room?
The colour's called Sage but it's basically grey.
Pls send me the manual in english, mine is only in dutch and german
Good app but needs dark mode.
Payment declined three times, yet my bank shows three pending payments of $59.
Do your vans have refrigeration?
Gate 22 or gate 27? The app and the screen disagree.
Quality has really gone downhill since you moved production.
Hello? Anyone?
Are you a real person?
I asked for no onions.
Reference 20931-B: we have now completed our review and do not uphold your complaint.
Do I still pay the standing charge if the flat's empty?
Our May delivery to Bristol was 3 boxes short: 17 instead of 20.
Please let me know as soon as possible.
It won't let me pick a date after 28 February.
The chair wobbles. Tightened every bolt twice.
Fab little shop, will be back.
Can the concert tickets be resold?
The engineer turned up without the part he'd come to fit.
My last three bills were estimated. I've sent readings each time: 20114, 20377, 20590.
Lost property: grey scarf, number 73 bus, Tuesday around 6pm.
Do you accept American Express?
How do I claim the cashback on the fridge freezer? Promo ended 31/10.
I am writing to thank the staff on Ward 7 for their kindness.
Is your chat open at weekends?
App keeps showing prices in dollars, I'm in Ireland.
Double glazing quote ref Q7719 please, still waiting.
Fast, cheap, does the job.
Please see below for the steps:\n1. Hold the power button for 10 seconds\n2. Release when the light turns green\n3. Wait two minutes
I'm on the Basic plan and was billed for Pro. $29 instead of $9.
Sorry, wrong chat.
Can I get this gift wrapped?
Left a message on Monday, and on Wednesday. No call back.
Had to wait for ages but the food was worth it.
Your delivery window is 10:15-11:15 today. Track it in the app.
The jumper shrank at 30 degrees on wool wash.
Upgrade offer in your letter dated 4 March doesn't exist according to your shop in Hull.
Does the travel insurance cover skiing?
Missing: screws, hex key, patience.
The receipt says 16:42, the parking fine says I left at 16:30. Explain?
Quarterly report attached. Let me know if figures for Q2 look off.
Your machine gave me a coffee with no cup.
When will the new tariff apply?
It's a lovely scent but doesn't last.
The site won't accept my apartment number because of the slash.
Please cancel both orders, 551209 and 551210.
Any news on the recall of the T-400 heater?
Was promised a $50 credit for switching. Two bills later, nothing.
I need a letter confirming that my account has been closed.
Brilliant.
Do better.
Happy New Year to the team and thanks for a great year!
Is the wheelchair ramp at the Cork station working again?
Speed test: 3.2 down, 0.4 up. Paying for 100.
This bag has been my companion for ten years. Any chance of a repair?
Can't get past "verifying your identity".
Which size fits a 15.6 inch laptop?
Bin collection missed on Monday and again today.
Confirming our call at 11:00 on Wednesday about the Salesforce migration.
There's no option for "none of the above".
I would like to appeal parking charge notice PCN 7740-2219.
Warm welcome, cold soup.
The lawnmower starts fine but cuts out after about a minute.
Could I book the 9.20 instead of the 10.40?
We regret that delivery to your area is delayed because of the snow.
The card machine was down so I paid cash, and now you say I didn't pay.
Please provide proof of postage.
Two weeks without a landline. My mother is 90.
I only wanted a single but it sold me a return.
Tent poles don't match the tent. Everything's in a bag if you want it back.
Is there an age limit on the youth railcard?
Nice staff. Shame about the queues.
Thank you for your feedback. We'll pass it on to the team at the Exeter store.
Autumn catalogue please.
On hold again. This is call number 5.
No receipt but I have the bank statement. $74.20 on 6/11.
Kept me informed the whole way, from order to doorstep. Exactly how it should be.
Your chatbot told me to "have you tried buying a new one".
The 500 ml bottle arrived half empty.
How many users can share one licence?
Please be advised that case 00448120 will be closed in 48 hours if we don't hear from you.
The discount disappeared at checkout.
Looking to hire a 12-seater from Inverness, 4 to 9 July.
Can I pick the plants up on Good Friday?
Is this safe for toddlers?
Best regards\nThe Harbourline Team
Only one of the two heaters works. They came in the same box.
Please update my booking to three nights. Total should be €417.
Not sure who to contact about this, so trying here first. Our street lights have been off for a week.
Do you repair watches as well?
They said "within the hour". It was four.
All good now. You can close the ticket.
Hi, my parcel's with Evri and it says "we're expecting it". What does that even mean?
Netflix is charging me for a plan I downgraded last month.
IKEA delivery was fine, the wardrobe is missing bag 118334.
Vodafone says the number port is stuck on your end.
Tesco order was missing the milk and the eggs, and the bread was squashed.
The Samsung fridge you sent has a dent on the left door.
Booked through Expedia, hotel says no record of itinerary 7221980043.
Xbox controller drifts to the left, bought in July.
Ryanair refused boarding because of a 2 cm overhang. Ridiculous.
My Kindle won't sync past 43%.
My Sony headphones crackle in the cold.
^I bought a Dyson V11 from you last year and the trigger has snapped. Is that covered?
^The John Lewis gift card isn't accepted online. Balance £50.
^Is the Ford Focus still available? Stock number 22918, listed at £8,450.
^Dr. Martens size 7, the sole is coming away after four months.
^Our Dell Latitude 5540 laptops arrived without chargers. PO 88120.
^Picked up from the Sainsbury's locker this morning, all fine.
^My Philips toothbrush stopped holding a charge after a year.
^We stayed at the Hilton in Dublin and the wifi was useless.
^The Calvin Klein set came in the wrong size. I need a large.
^Can I return the Levi's 501 jeans to a different store? Bought 3 August.
^Delivery to Martin Luther King Boulevard is delayed because of the roadworks.
^Is the Ben & Jerry's deal still on at the petrol station?
^Marks & Spencer sent me two left shoes.
^Is the shop open on St Patrick's Day?
^The Hoover won't pick anything up, and the belt smells of burning.
^Where can I get parts for a Massey Ferguson 135?
Ordered a Domino's on Friday, it arrived upside down.
^Wells Fargo says the wire was sent on May 6 for $2,310. It isn't on our side.
^The Victoria sponge was dry and the tea was lukewarm.
^The Bosch drill makes a grinding noise on setting 2.
^Terminal 4 at JFK had no water fountains working. JFK to Dallas, AA1192.
^The Charles Schwab link in your email is broken.
^Your branch at Charlotte Square closes at 4? Since when?
Could you send the size chart for the kids' range?
Why was my review deleted?
The tiles are not the same shade across the boxes, batch 0417 and 0422.
When I press "submit" nothing happens, no error, nothing.
Please resend invoice 88-1203 with our PO number on it, 4500991.
Fourth month in a row the magazine is late.
Perfect for camping, folds to nothing.
The lock jammed, and now the tenant can't get in. Need someone today in Luton.
Hello,\n\nI placed order 7740-2211 on 2 September for two bedside tables and a lamp. The tables came on the 9th, both with scratched tops, and the lamp still hasn't been dispatched even though £148.00 was taken straight away.\n\nI'd like the tables collected, the lamp cancelled and the full amount refunded. Photos attached.\n\nThank you
[11:02] Visitor: Hi, my order says delayed\n[11:03] Agent: Good morning! Can I have the order number please?\n[11:03] Visitor: 5520193\n[11:05] Agent: Thanks. It's waiting for stock from our supplier in Milan, expected 14 October.\n[11:06] Visitor: ok, can i swap for the grey one\n[11:07] Agent: Of course, done. Anything else?\n[11:07] Visitor: no thats great thanks
Dear Resident,\n\nWater will be turned off in the Riverside and Orchard areas of Norwich on Tuesday 18 November between 09:00 and 15:00 while we replace a main. Please store enough for drinking. We apologise for the inconvenience.\n\nCustomer Operations\nEast Anglia Water
We had a week in the cottage near Whitby and it was everything we'd hoped for: sea view, proper oven, games in the cupboard. The only niggle was the shower, which went cold after about four minutes. Would happily come again in spring, though £40 for a dog is a bit much.
I've been going round in circles. The shop in Croydon says the fault is with the network, the network says it's the handset, and the manufacturer says I need to go back to the shop. All I want is a phone that rings. Bought 12 July, IMEI check says it's fine, warranty until July 2027.
Internal note: customer rang 3 times re case 00448120, boiler part ordered 6 Nov (PO 88120), supplier quotes 10 working days. Offered two fan heaters and £30 credit. Accepted. Follow up Monday.
'''
FRAMES['es'] = r'''
Hola {greet}:

Gracias por la respuesta. El reembolso de {amt} del pedido {order} sigue sin aparecer en mi cuenta. Pagué con la tarjeta {card}, por si sirve para rastrearlo.

Un saludo,
{sig}
---
buenas, el pedido {order} tenia que llegar el {date} y sigue "en reparto" con {company}. alguien me puede llamar al {phone}? gracias {sig:firstlower}
---
Estimados señores:

Me dirijo a ustedes para reclamar por la {product} que compré en su tienda de {city} el {date}. Dejó de funcionar a los nueve días y la persona que me atendió, {ment}, me dijo que no podía hacer nada.

Solicito la devolución íntegra del importe. Pueden localizarme en {mail} o en el teléfono {phone}.

Atentamente,

{sig}
DNI {id:ES.DNI}
---
Nombre: {field}
Correo: {mail}
Teléfono: {phone}
Nº de pedido: {order}
Mensaje: La cremallera se rompió al segundo día. Prefiero cambio y no devolución, talla M.
---
[10:42] Cliente: hola, hay alguien?
[10:42] Agente: Hola, le atiende facturación. ¿Con quién hablo?
[10:43] Cliente: me llamo {intro}
[10:43] Agente: Gracias, {greet:first:A}. ¿Me confirma el correo de la cuenta?
[10:44] Cliente: {mail}
[10:44] Agente: Perfecto. Veo que la factura {inv} por {amt} sigue pendiente.
---
Nota de llamada {date} {time}: cte llama por doble cobro. Verificado con DNI {id:ES.DNI}. Pide que le devolvamos la llamada al {phone:ES}. Habló antes con {ment} de retenciones. Ref {ticket}.
---
Buenos días, {greet}:

Le envío los datos bancarios para el abono de {amt} (factura {inv}).

Titular: {field}
IBAN: {iban}

Muchas gracias,
{sig}
Administración
---
Quería felicitar a {ment:first}, de la tienda de {city}. Llegué diez minutos antes del cierre con un problema en mi {product} y se quedó hasta tarde para solucionarlo. ¡Cinco estrellas!
---
Hola, soy {intro} y tengo el vuelo {flight} del {date}, localizador {booking}. Llevo toda la mañana intentando cambiarlo por la web y se cuelga. Llámenme por favor: {phone}
---
No puedo entrar desde casa. Me sale que mi IP {ip} está bloqueada por seguridad y yo no he hecho nada raro. ¿La pueden desbloquear?

Gracias. {sig}
---
Incidencia {ticket}
Notificada por: {field}
Contacto: {mail:biz}
Resumen: la VPN se cae cada 20 min desde la actualización del {date}
IP de origen: {ip}
Prioridad: alta
---
Buen día, necesito descargar mi constancia de situación fiscal y el sistema no me deja. Mi RFC es {id:MX.RFC} y mi CURP {id:MX.CURP}. Quedo al pendiente.

{sig}
Cel. {phone:MX}
---
Hola {greet}:

He hablado con el almacén y tu paquete fue devuelto al remitente. Hoy mismo sale otro con {company}, seguimiento {trk}. Lo tendrás antes del {date}.

Cualquier cosa, responde a este correo.

Saludos,
{sig:first:C}
Equipo de Atención al Cliente
---
esto es un robo!!! tercera vez q me cobran {amt} en la tarjeta {card}. o lo arreglan o voy al banco
---
{g:B:Estimado Sr.|Estimada Sra.} {greet:last}:

En relación con nuestra conversación telefónica del {date}, le confirmo que su contrato {contract} ha quedado cancelado sin penalización.

Atentamente,

{sig:full:D}
Gestión de Reclamaciones
---
Hola equipo, soy {intro:first}, ¿hay novedades del ticket {ticket}? Escríbanme por WhatsApp al {phone}.
---
SOLICITUD DE REEMBOLSO
Nombre y apellidos: {field}
Fecha de compra: {date}
Pedido: {order}
Importe: {amt}
IBAN: {iban}
Motivo: llegó roto
---
Buenas tardes, mi RUT es {id:CL.RUT} y me aparece una deuda de {amt} que ya pagué el {date}. Adjunto comprobante. Mi celular es {phone:CL}.

Saludos cordiales
{sig}
---
Pésimo servicio. Esperé todo el día a {company}, de 9 a 20 h, y no vino nadie. Cuando llamé, {g:C:un tal|una tal} {ment:first} me dijo que yo no estaba en casa. Nunca más.

{sig:fi}, <<city:Alicante>>
---
El mar, 4 nov 2025 a las 9:12, {field} <{mail}> escribió:
> Hola, ¿cuándo vuelve a haber stock de la {product}?
>
> Gracias
> {sig:first}

Hola {greet:first:A}:

La esperamos para el {date}. Te apunto en la lista.

{sig:first:D}
---
Resumen del agente: {ment:full:A} llamó por un cargo duplicado en la tarjeta {card}. Se devuelven {amt} el {date}. Cliente conforme.
---
hola me llamo {intro:lower} e olvidado la contraseña mi correo es {mail} por favor ayuda lo nesesito para mañana
---
Hola, quiero cambiar la forma de pago. Tarjeta nueva: {card}, caduca 09/28. Es para el pedido {order}.

Gracias,
{sig:first}
---
Muy señores míos:

Les ruego que me vuelvan a enviar el certificado de retenciones. Mi NIE es {id:ES.NIE} y trabajé en <<company:Plásticos del Segura>>. Pueden llamarme por las mañanas al {phone:ES}.

Un cordial saludo,
{sig:upper}
---
Estuvimos tres noches en su hotel de {city} desde el {date}. En recepción, encantadores, sobre todo {ment:first} y {ment:first:D}, pero la habitación estaba helada y la ducha no pasaba de tibia. Reserva {booking}.
---
Paciente: {field}
DNI: {id:ES.DNI}
Móvil: {phone:ES}
Motivo: no le aparece la receta en la farmacia, le dijeron que estaría el {date}
---
Hola {greet}, le habla {intro:full} de <<company:Logística Sur>>. ¿Recibió mi mensaje? Seguimos necesitando que autoricen la IP {ip} antes del {date}. Mi directo es {phone}.
---
CUIL: {id:AR.CUIL}
La fecha de nacimiento que figura está mal, corríjanla antes de liquidar por favor.

Gracias,
{sig}
---
Buenas noches, me mudé el mes pasado y siguen llegando facturas de la casa anterior. Contrato {contract}. Ya escribí dos veces desde {mail} y nadie contesta. ¿Qué tengo que hacer?

{sig:first}
---
Hola {greet}
puedes pasar los {amt} a la tarjeta {card}? la que teneis esta caducada
gracias!
{sig:firstlower}
---
Parte de incidencia
Usuario afectado: {field}
Correo: {mail:biz}
IP en el momento del incidente: {ip}
Ticket: {ticket}
Descripción: pinchó en un SMS falso de {company} y metió la clave. Sesión cerrada a las {time}.
---
Hola. Para el descuento de jubilados me piden la cédula. Es la {id:UY.CI}. ¿Para qué la quieren, si ya soy socio?
{sig}
---
Cambié de celular, el nuevo es {phone}, actualicen por favor. Lo demás queda igual. {sig}
---
Hola, le llama {intro} por lo de la revisión de la caldera. Tenían que venir el {date} y aquí no ha aparecido nadie. He perdido un día de trabajo. Mi número es el {phone:ES}, llámenme antes de las {time}.
[transcripción del buzón de voz]
---
Buenas tardes, {greet}:

Disculpe la demora. He revisado el pedido {order}:

1. Salió del almacén de {city} el {date}.
2. {company} lo escaneó dos veces y después nada.
3. Hemos abierto una búsqueda con el número {trk}.

Le escribiré a {mail:x:B} en cuanto sepa algo.

Un saludo,
{sig:full:C}
Atención al Cliente | <<company:Grupo Alameda>>
---
Cuidado!! Pedí una {product} y llegó la caja vacía. La persona de soporte, {ment}, me trató fatal y me colgó. Pedido {order}, {amt} a la basura.
---
titular {field:lower}
problema: no puedo entrar
correo {mail}
tel {phone}
---
Mi cédula es {id:CO.CC}, ya hice el trámite en la oficina de {city} y todavía no me activan la línea. Contacto {phone:CO}.

Agradezco su pronta respuesta,
{sig}
---
Hola {greet}, tal como hablamos, pueden mandar el cheque a Calle Mayor 14, 2º B, {city}. Si es más rápido por transferencia, el IBAN es {iban}.

Gracias por todo,
{sig}
---
hola se corto, estaba hablando con {ment:first} por mi factura de {amt}, me podes volver a pasar?
---
Estimados:

Soy albacea de la herencia de {ment}, que falleció en marzo, y necesito cerrar el contrato {contract}. Indíquenme qué documentos hacen falta. Mi correo: {mail}.

Atentamente,
{sig}
{g:A:Abogado|Abogada}
Tel. {phone}
---
Chat #{ticket}
Visitante: hacen envíos a Canarias?
{field:first:B} (Soporte): Sí, tarda entre 7 y 10 días.
Visitante: genial, me mandas el presupuesto a {mail}?
---
A mi hijo le han cobrado {amt} por cosas de un juego el {date}. Dicen que con los últimos dígitos no basta, así que va entera: {card}. Quiero que me devuelvan hasta el último céntimo.
{sig:dbl}
---
Hola

El DNI del nuevo titular es {id:AR.DNI}. Si falta algo avisen.

Abrazo
{sig:first}
Enviado desde mi iPhone
---
Llamada de: {field}
Tel.: {phone}
Asunto: siniestro {contract}
Mensaje: quiere saber cuándo pasa el perito. Mejor por la mañana. Se va de viaje el {date}.
---
@EnviosAyuda otra vez el repartidor dejó mi paquete bajo la lluvia. Les pasé mi número {phone} por privado el {date} y nada. guía {trk}
---
{g:B:Estimado|Estimada} {greet:full}:

Gracias por solicitar nuestra tarjeta de compra. Para continuar necesitamos:
- justificante de domicilio
- las tres últimas nóminas

Súbalos a su área de cliente antes del {date} indicando {contract}.

Un cordial saludo,
{sig:full:D}
Altas
<<company:Almacenes Pinares>>
---
Buenas, mi DNI es {id:PE.DNI}, ya se lo había enviado a {ment:first} la semana pasada pero dice que no le llegó. Mi celular {phone:PE}. {sig:first}
---
El router del local tiene la IP {ip:4} y no podemos abrir puertos. Probé lo que me indicó {ment:first} (apagar el firewall) y nada. ¿Pueden llamar al {phone} después de las {time}?

{sig:full}
{g:A:Encargado|Encargada}
---
Hola. Quiero darme de alta en la factura electrónica. Correo {mail}. Contrato {contract}. Gracias. {sig:full}
---
Perdona que moleste otra vez, {greet:first}, pero el código del vale sigue saliendo como no válido. Adjunto captura. ¡Pagué {amt}!

{sig:first}
---
Por favor, den de baja mi cuota del gimnasio desde el {date}. El nombre del socio es {field}, nº de socio {contract}. El recibo se carga en {iban}.
---
Hola, soporte:

Desde el {date} vemos intentos fallidos de acceso desde {ip} y {ip}. ¿Podéis bloquear las dos y decirnos si se ha accedido a datos?

Gracias,
{sig}
Dpto. de Sistemas
{mail:biz}
---
El {date} hablé con {ment:full} y el lunes con {ment:full:D} y cada {g:C:uno|una} me dice una cosa distinta de mi tarifa. ¿En qué quedamos? Contrato {contract}. Mi correo, {mail}.
---
buenas noches, soy {intro}, {g:A:vecino|vecina} del bloque C. el ascensor lleva parado desde el {date} y hay una señora de 84 años que no puede bajar. llamen al {phone}
---
Pago rechazado?? usé la misma de siempre {card}. pedido {order}
---
Hola, {greet}:

Su siniestro {contract} ha sido aprobado. Abonaremos {amt} en la cuenta que nos indicó en un plazo de cinco días hábiles.

Si sus datos han cambiado, llámenos citando {ticket}.

Saludos,

{sig:init:D}
Departamento de Siniestros
---
¡Hola! Mi nombre es {intro:first}, compré dos entradas para el {date} y solo me llegó una. Pedido {order}. Mi correo es {mail} por si la tienen que reenviar. ¡Gracias!
---
Cédula: {id:EC.CI}
Celular: {phone:EC}
Problema: no me llega el comprobante, ya reclamé dos veces (ref. {ticket}).

Saludos,
{sig}
---
Hoy llamé otra vez y me atendió {ment:first}, que al menos fue {g:C:sincero|sincera}: la pieza no está en el país. O sea que hasta el {date} nada, para una {product} que me costó {amt}. Ya está bien.
---
Hola:

No quiero recibir más SMS publicitarios en el {phone}. He contestado BAJA cuatro veces.

Borren también {mail} de sus listas.

{sig}
---
Pasajero: {field}
Vuelo: {flight}
Localizador: {booking}
DNI/NIE: {id:ES.NIE}
Contacto: {phone}
Solicitud: asistencia con silla de ruedas
---
Gracias {greet:first}, funcionó de maravilla. Por si a otro le sirve: era reiniciar el equipo y esperar a que la luz se pusiera azul.

{sig:first}
---
Hola, el banco dice que la transferencia fue rechazada por un dígito mal. El IBAN correcto es {iban}, a nombre de {field}. Son {amt}.

Un saludo,
{sig}
---
Queja por un repartidor
Fecha: {date} {time}
Vehículo: furgoneta blanca de {company}
Qué pasó: dio marcha atrás contra mi verja, se lo dije y se rió. Mi {g:C:vecino|vecina} {ment} lo vio todo.
Mis datos: {field}, {phone}
---
Hola {greet:first}! una cosita, {ment:full} empieza el {date} y necesita acceso al portal. Su correo va a ser {mail:biz:C}. Gracias, {sig:first}
---
Me llegan correos de otra persona!! Alguien puso {mail} en su cuenta y esa dirección es MÍA. Es un pedido {order} de una {product} para {city}. Quítenme de ahí.
---
DNI {id:ES.DNI}, póliza {contract}. Me piden mandarlo por fax pero ya nadie tiene fax.

{sig:full}
Móvil {phone:ES}
---
El {date} hablé con {ment:first} por teléfono y me arregló internet en cinco minutos. Que le suban el sueldo!
---
A la atención de Reclamaciones:

En respuesta a su carta de {date}, referencia {ticket}: no reconozco la deuda de {amt}. Nunca he tenido suministro con ustedes en esa vivienda y pido que conste por escrito.

Quedo a la espera de su respuesta en el plazo de catorce días.

Atentamente,

{sig:init}
---
Hola, quiero denunciar un fraude con mi tarjeta {card}. Hay tres cargos que no reconozco: {amt}, {amt} y {amt}. Bloquéenla ya y llámenme al {phone}.
---
me podeis mandar la nomina a mi correo personal {mail} y no al del trabajo? dni {id:ES.DNI}

gracias {sig:firstlower}
---
Buenos días:

Mi nombre es {intro} y escribo en nombre de mi {g:C:padre|madre}, {ment:full}, que no usa correo electrónico. Desde el {date} no tiene línea fija. ¿Puede un técnico llamarme al {phone}?

Un cordial saludo,
{sig}
---
Hola {greet:full}, hoy a las {time} intentamos entregar tu {product} pero no había nadie. Para reprogramar, responde a este mensaje o indica {trk} a {company}.
---
De: {field} <{mail}>
Para: Atención al Cliente
Asunto: RE: RE: Pedido {order}

Sigo esperando. Tres semanas. Escalen el caso, por favor.

{sig}
---
Opinión: 2/5
La web bien, la app un desastre. Se me cierra la sesión cada dos por tres y en soporte ({ment:first}) me dijeron seis veces que borrara la caché. Al final llamé.
---
El usuario {mail} recibe un 403 desde {ip:6} y también con datos móviles. Borró cookies, probó Chrome y Edge. Escalo a redes. - {sig:fi:D}
---
hola soy {intro:firstlower} otra vez, seguimos sin calefaccion y con niños. aviso {ticket}. el administrador {ment:full} dice que las llaves las teneis vosotros??? llamadme {phone:ES}
---
¡Gracias por registrarte, {greet:first}! Tu número de cliente es {contract}. Tu primera factura llega el {date}.
---
Estimado equipo de RR. HH.:

Les pido cambiar mi cuenta antes de la nómina del {date}:

IBAN nuevo: {iban}
Banco: <<company:Banco Sabadell>>
NIE: {id:ES.NIE}

Gracias,

{sig}
Almacén, {city}
---
SMS de {phone}: Hola soy {intro} estoy esperando el taxi de las {time} donde estan
---
Hola, confirmo que pueden cobrar la señal de {amt} en mi Visa {card:visa} y el resto a la llegada. Somos dos adultos y un perro. Reserva {booking}.

¡Nos vemos el {date}!

{sig:first} y familia
---
Hola, equipo:

Den de alta a estas personas en la cuenta:

Nombre: {field:full:C}
Correo: {mail:biz:C}

Nombre: {field:full:D}
Correo: {mail:biz:D}

Y a mí me quitan, que me voy el {date}. Para dudas, {phone}.

Saludos,
{sig}
---
Pedido {order} mal OTRA VEZ. Pedí negro y vino azul marino. {sig:full}, {phone}
---
Nota de escalado: cliente {field:rev}, contrato {contract}, amenaza con ir a Consumo. Se le prometió llamada al {phone} a las {time} del {date} y no se hizo. Se ofrecen {amt}, no acepta.
---
Para confirmar mi identidad: CURP {id:MX.CURP}, correo {mail}, último pedido {order}. Desbloqueen la cuenta porque tengo un vuelo ({flight}) el {date}.

{sig}
---
Hola, no reconozco el cargo en {card} con fecha {date}. Favor de investigar. Saludos, {sig}
---
¿Alguien me explica esta factura? {amt} de un mes en un piso de 50 metros. La lectura del {date} era 48213. Llámenme mejor al trabajo: {phone}.

Gracias de antemano,
{sig:full}
<<city:Murcia>>
---
Hola. Me pasaron el recibo dos veces el {date}, devuelvan {amt} a {iban}. {sig}
---
Buenas, quisiera saber si el RUT {id:CL.RUT} tiene alguna deuda con ustedes porque me llegó una cobranza a nombre de {field}. Gracias
---
Doctora {greet:last}: le mando los análisis que pidió el {date}. Si hay que repetirlos avíseme al {phone}. Un abrazo, {sig}
---
Me presento: {intro}, del restaurante de la esquina. Los jueves llega el pan a las {time} y necesitamos que llegue antes. Mi correo {mail:biz}
---
le paso mi ip {ip} y el usuario es el mismo correo {mail}. sigue sin andar la señal en {city}
---
Mi CUIT es {id:AR.CUIL} y la factura {inv} salió con el nombre mal, debe decir {field}. Gracias.
---
Me llamo {intro} y vendo en vuestra plataforma (tienda {contract}). La liquidación de {amt} del {date} no ha llegado porque cambié de banco. La cuenta buena es {iban}.
---
Los 16 números son {card:mastercard}, a nombre de {field}. Cobren la factura {inv} y manden el recibo a {mail}.
'''
CLEAN['es'] = r'''
¿Dónde está mi pedido? Número 5510293, hecho el lunes.
Buenas, ¿abren los domingos?
Me han cobrado dos veces la cuota de marzo, 39,90 € cada una.
No me llega el código por SMS.
Excelente atención, muy recomendables.
hola quiero saber el estado de mi reclamo 77120
La cafetera gotea por abajo desde el primer día. La compré el 14/02 y el ticket es el 0044-2210.
¿Hacen envíos a Baleares?
Gracias, ya está solucionado.
Pésima experiencia. No vuelvo.
Estimado cliente: su factura de abril por 54,12 € ya está disponible en el área privada.
Buenos días, necesito duplicado de la factura F-22019 para la contabilidad. Un saludo
Llevo 40 minutos esperando al teléfono y nada.
La app se cierra sola desde la última actualización (versión 6.3.1).
Perdón, me equivoqué de chat.
¿El envío es gratis a partir de 30 euros o de 50?
El vuelo IB3166 salió con cuatro horas de retraso. Exijo la compensación.
Quisiera cambiar la fecha de la reserva QW82LP al 20 de agosto.
¿Tienen talla 44?
Ayer vino el técnico y dejó todo perfecto.
El paquete llegó abierto y faltaba el cargador.
¿Puedo pagar en tres cuotas sin interés?
No funciona el cupón VERANO15, dice que está vencido.
Me urge!!! mañana viajo y no puedo hacer el check-in
Confirmamos la recepción de su solicitud. Número de caso: 00339120.
Qué asco de servicio, de verdad.
El pantalón encogió en el primer lavado a 30 grados.
¿Qué diferencia hay entre el plan Básico y el Plus?
Solicito la baja del contrato 8820193 con efecto 31 de octubre.
Buen día, ¿la garantía cubre la batería?
Todo perfecto, llegó antes de lo previsto.
Mi internet va a 3 megas y pago por 300.
Pedí dos pizzas grandes y llegó una mediana. Fría.
El horario de la sucursal de Rosario que figura en Google está mal.
Adjunto el comprobante de la transferencia por $48.500.
Hola equipo, ¿alguna novedad con el ticket 88201? Está abierto desde el jueves.
Le informamos de que el domingo 9 de noviembre de 2:00 a 5:00 realizaremos tareas de mantenimiento.
¿Cómo doy de baja la renovación automática?
Tres veces han venido y tres veces se han ido sin arreglarlo.
Me encantó el vestido, el color es tal cual la foto.
Error 503 al intentar pagar. Probé con otra tarjeta y lo mismo.
No quiero que me llamen más para ofrecerme cosas.
¿Está incluido el desayuno?
Habitación 312: el aire acondicionado hace un ruido insoportable.
Ya les mandé las fotos el 3 de junio. ¿Qué más necesitan?
El repartidor muy amable, subió la lavadora hasta el cuarto piso sin ascensor.
Necesito saber si el modelo TX-40 es compatible con 220 V.
Fui a la tienda de Sevilla y me dijeron que lo reclamara por la web. En la web me dicen que vaya a la tienda.
¿Cuándo vuelven a tener stock del azul?
Mi hija de 3 años se atragantó con una pieza. Retiren ese juguete.
Saldo incorrecto: debería tener 240 puntos y aparecen 24.
Ok, quedo a la espera.
De acuerdo, muchas gracias por la información.
Sí, por favor.
No, eso no es lo que pregunté.
¿Hay alguien ahí?
Quiero hablar con una persona, no con un robot.
El motor hace un ruido raro al pasar de 80 km/h.
Se ha registrado su devolución. Recibirá el reintegro de 27,95 € en un plazo de 5 a 10 días.
Compré un sofá en enero y a hoy, 22 de mayo, sigue sin llegar. Pedido SF-20391.
Muy rico todo, pero tardaron hora y media.
La pantalla parpadea cuando la conecto al HDMI 2.
¿Aceptan American Express?
Devuelvan mi dinero ya.
Cambio de talla: pedí una M y necesito una L. Pedido 301-88271.
La talla viene chica, pidan una más.
Buenas tardes: el pasado día 12 solicité el cambio de titularidad y todavía no he recibido respuesta. ¿Pueden indicarme en qué punto está?\n\nGracias de antemano
El ascensor del edificio sigue parado desde el viernes.
Pagué la luz y me la cortaron igual. Tengo el recibo del 8 de abril.
¿Qué documentos hacen falta para abrir una cuenta de empresa?
No hay agua caliente en toda la urbanización.
¡Felicidades! Su solicitud de crédito ha sido preaprobada. Entre en la app para continuar.
Me parece carísimo para lo que es.
La costura venía descosida.
Código de seguimiento CX120938475ES: lleva una semana en la aduana.
¿Se puede lavar en lavavajillas?
Llegó el modelo equivocado: pedí el 220 y vino el 210.
El GPS manda a otra calle, el local está enfrente de la plaza.
¿Hasta qué hora atienden hoy?
Intenté subir el PDF cinco veces y da error de formato.
Muy buena relación calidad precio.
Su pedido 44-10293 ha salido del almacén y llegará entre las 10 y las 12.
La señal se corta cada vez que llueve.
Ya hice todo lo que me dijeron: reinicié, actualicé, borré caché. Sigue igual.
¿El precio es por persona o por habitación?
Me cobraron el equipaje de mano, 45 €, y medía lo que tenía que medir.
El probador estaba sucio y había una sola caja abierta.
Por favor, envíen factura con IVA desglosado.
Cancelen mi pedido, lo encontré más barato.
Escribo por tercera vez. Nadie me responde.
Se les recuerda que el plazo de inscripción finaliza el 30 de septiembre.
¿El cable viene incluido?
La olla trae un golpe en la tapa.
Un 10 para el equipo de Valencia.
La clave que me mandaron no sirve.
Soy cliente desde 2011 y nunca me había pasado algo así.
Ya no tengo la caja original. ¿Puedo devolverlo igual?
El contador marca 20114 y en la factura pone 21140.
La reserva era para cuatro y nos sentaron en una mesa para dos.
¿Me pueden confirmar si el curso empieza el 4 o el 11 de octubre?
Gracias por contactarnos. En este momento todos nuestros agentes están ocupados.
Se quemó el transformador. Olía a plástico quemado en toda la casa.
Póliza 5520-118: ¿cubre filtraciones del piso de arriba?
Les escribo desde Medellín, acá el paquete nunca llegó.
¿Por qué subió mi cuota de $12.300 a $18.900?
No puedo iniciar sesión con Face ID desde que cambié de iPhone.
El champú llegó derramado dentro de la caja.
Bien, pero podría mejorar.
La película se ve en inglés aunque elija español.
Me dieron turno para el 29 de febrero. Este año no hay 29 de febrero.
Quisiera un presupuesto para 120 cajas de cartón de 40x30x30.
Llamé a las 9:05, a las 11:20 y a las 16:40. Nada.
¿Puedo usar el vale y los puntos juntos?
Las zapatillas se despegaron a los dos meses.
Buena comida, mal café.
Recuerde que nunca le pediremos su clave por correo.
El lector no reconoce el código QR de la entrada.
El cargador se calienta demasiado, me da miedo dejarlo enchufado.
¿Dónde veo el número de serie?
Firmé el 3 de marzo y me dijeron que sin permanencia. Ahora me piden 120 € por irme.
El autobús de las 7:40 a Zaragoza no pasó.
Me mandan publicidad aunque marqué que no.
Tienen la mejor tortilla de Bilbao.
La caja no abre, perdí la llave. ¿Venden repuestos?
Factura 2026/00412: el CIF de la empresa está bien pero la razón social no. Es Ferretería La Central S.L.
Quería felicitarles por la nueva web.
¿Los perros pueden entrar en la terraza?
Se rompió la bisagra a la semana. Modelo XR-200, no lo compren.
La tarjeta regalo de 25 € no aparece en mi cuenta.
Cordiales saludos\nEquipo de Soporte
Un saludo
Quedo atento
¡Mil gracias!
Hola, soy nueva en la aplicación y no sé cómo se agregan favoritos.
Mi paquete aparece entregado a las 13:15 y yo estaba en casa. Aquí no llamó nadie.
El seguro me reclama un parte que ya mandé el 19 de julio.
No hay forma de quitar el modo oscuro.
¿Cuánto tarda una transferencia internacional?
El colchón huele fuerte, ¿es normal?
Compré 2 y me llegó 1.
El queso vino caducado, fecha 02/05.
Necesitamos 30 licencias más antes del lunes. OC 4500128831.
Se va la luz cada vez que pongo el horno y la lavadora.
¿Qué significa «en proceso de validación»?
El envío express de express no tiene nada. Nueve días.
Por la presente solicito copia del contrato 20-44193 y del anexo de tarifas.\n\nAtentamente
Vine por el bus de las 22 a Mendoza y ya estaba lleno.
Me atendieron tres personas y cada una me dijo una cosa distinta.
La mochila es preciosa pero la cremallera se atasca.
Señores, la basura lleva tres días sin recoger en todo el barrio.
¿Tienen opción vegana?
Aparece un cargo de Spotify que no reconozco, 10,99 €.
Pedí por Rappi y llegó todo mezclado.
En Mercado Libre dice entregado, pero no recibí nada. Compra 2000004821.
Mi Samsung no se conecta al wifi de 5 GHz.
El Corte Inglés me dice que lo gestione con ustedes.
Amazon dice que ustedes no recogieron la devolución.
La Xbox se apaga a los veinte minutos.
Netflix me cobra en dólares desde junio.
En Movistar me aseguran que la portabilidad está en manos de ustedes.
Volé con Iberia de Madrid a Bogotá y perdieron mi maleta roja.
Pago con Bizum y da error.
Fui al Ikea de Badalona y no tenían el tornillo 118334.
El robot aspirador da vueltas en círculo. Ya limpié los sensores.
Se agradece la rapidez.
No entiendo el concepto «ajuste 23,18» de la factura.
¿Está abierta la inscripción para el torneo de pádel?
Las instrucciones vienen solo en alemán.
Me gustaría recibir el catálogo de otoño.
Devolución aceptada. Imprima la etiqueta y llévela al punto de recogida.
¿Cuál es el plazo para desistir?
La sopa tenía un pelo.
La calefacción del tren a 30 grados. En mayo.
Lo quiero en rojo, por favor.
Ayer a las 18:30 hice una transferencia de 1.200 euros y no aparece.
Buenas noches, ¿a qué hora es el check-out?
El casco es pequeño para ser una L.
Excelente producto. Lo uso todos los días.
¿Por qué borraron mi comentario?
Las entradas del sábado 14 son para la función de las 20 y no de las 22.
Me pusieron una multa de aparcamiento, expediente 7740/2219, y tengo el tique.
Necesito cancelar la cita del martes a las 9:15.
No carga los videos. Solo se ve el circulito.
El asiento 14A no tenía ventana.
Ojalá respondieran tan rápido como cobran.
Ustedes dicen 24 horas y van 72.
Mesa para seis el viernes a las 21:30, ¿hay sitio?
¿Es compatible con Android 12?
No sé a quién dirigirme, por eso empiezo por aquí. Las farolas de mi calle llevan una semana apagadas.
Se me olvidó la contraseña y el correo de recuperación ya no existe.
Cobran 4,95 por una devolución «gratis».
¡Llegó! Gracias por no rendirse.
El color no es el de la foto, es más bien mostaza.
La silla cojea.
Solicitamos cotización de 40 tarimas a Monterrey, entrega en agosto.
Me cambiaron el asiento sin avisar.
Reinstalé la app y perdí todo el historial.
El curso en línea se queda en el módulo 3.
Prometieron un descuento del 20 % por doce meses y solo aplicaron dos.
Pasé por la tienda de Guadalajara, la vendedora fue encantadora.
No acepto la solución propuesta. Iré a la OMIC.
Hola, quisiera saber si el hotel tiene cuna.
El aparato pita cada 30 segundos.
Cambio de planes: mejor el lunes.
El ventilador solo funciona en la velocidad 3.
¿Siguen teniendo el 2x1 de los miércoles?
Para instalar:\n1. Descargue el archivo\n2. Ejecútelo como administrador\n3. Reinicie
Recibí un correo sospechoso con su logo. ¿Es de ustedes?
Falta el manual.
Pedido 118-2209: añadir dos unidades si todavía se puede.
Tardan más en contestar que en cobrar.
La tienda, preciosa; el aparcamiento, un infierno.
Mi cuenta está bloqueada por intentar entrar una sola vez.
¿Me regalan el envoltorio?
Las gafas se rayaron solas en el estuche.
La cuota del gimnasio subió 6 € sin aviso.
Me dijeron que el martes. El martes dijeron que el jueves. Hoy es sábado.
La impresora no jala desde la actualización de Windows 11.
Puse una queja el 6 de enero y todavía no me dan folio.
Oigan, ¿y mi reembolso?
Che, ¿cuándo vuelve el servicio en Córdoba?
Órale, qué rápido contestaron, gracias
No me deja poner la ñ en el formulario.
La plancha no echa vapor.
El descuento desaparece al llegar a la caja.
En la tabla de tallas pone 38 = M y en la etiqueta 38 = S.
Mi suscripción vence el 15. No quiero renovarla.
¿Cuántos megas incluye la tarifa de 9,90?
La grúa tardó tres horas en llegar a la AP-7.
Enviado a fábrica para revisión. Orden de reparación 20931.
Me tocó un asiento roto en el AVE de las 16:05 a Barcelona.
Estoy embarazada y no hubo forma de que me dejaran pasar primero.
Tengo que ampliar la reserva a tres noches, total 417 €.
Producto dañado, embalaje intacto. No fue culpa del transportista.
¿Puede el técnico venir por la tarde?
En el recibo aparece «seguro hogar» y yo no contraté ningún seguro.
Ya no hace falta, muchas gracias.
La batería dura dos horas. El anuncio dice diez.
Buenas, ¿hay novedades del reclamo? Pasaron quince días hábiles.
La manguera trae una fuga de fábrica.
El baño del local estaba impecable, eso se valora.
Precio al público $1.299, en caja me cobraron $1.499.
Necesito que el albarán lleve el número de pedido 4500991.
No llegó la factura de agosto ni la de septiembre.
Volvería sin dudarlo.
Un desastre la organización del concierto, dos horas de cola para entrar.
¿Se puede recoger en tienda?
Cerrado por inventario el 2 de enero.
Mi pedido trae una nota que dice «frágil» y aun así lo aplastaron.
La promoción decía hasta el 31. Hoy es 31 y ya no está.
Gracias por su paciencia. Estamos trabajando para resolverlo cuanto antes.
El mando no se empareja con la tele, modelo UE50.
Solo quiero saber si sí o si no.
Muy contentos con las cortinas, un pelín más oscuras que en pantalla.
Me quedé sin datos el día 10 y no usé casi nada.
¿El museo es gratis el primer domingo del mes?
Cliente indica que el ruido empieza a 80 km/h y desaparece en punto muerto.
La sandalia me hace daño en el talón, ¿las ensancháis?
No hay señal en todo el centro de Lima.
Perdí el abrigo en el tren de Málaga, asiento 22.
Vale, lo pruebo y os digo.
Todo bien, salvo el ruido de la calle.
El formulario me pide el código postal y no acepta el cero inicial.
Me han enviado el paquete de otro cliente: una manguera. Yo pedí una lámpara.
Es la segunda vez que me estiman la lectura.
¡Qué maravilla de sitio!
¿Qué hago si no estoy en casa?
Quiero poner una hoja de reclamaciones y dicen que no tienen.
La puerta del garaje no cierra y hay un bebé en casa, urge.
Puntos caducados sin avisar: 3.200.
Devuelvo una lámpara y me quedo con la otra.
¿Tienen servicio técnico en Cuenca?
El pan llegó duro.
Me sale «pago pendiente» desde el 4 de mayo.
Compré el 14/07/2024 y la garantía es de tres años.
Nunca más compro por aquí.
Llegó en dos días a Tenerife, increíble.
Quiero recuperar el número de pedido, borré el correo.
Esto no es lo que dice el anuncio.
Por favor no cierren el ticket, que aún no está resuelto.
¿Puedo pasar los puntos de una tarjeta a otra?
La nevera hace hielo en el cajón de la fruta.
Me pidieron que mandara todo por correo postal. En 2026.
Buenas, ¿el menú del día incluye bebida?
Necesito factura a nombre de la empresa, Transportes del Sur.
Hola. Se canceló mi vuelo LA2043 y el hotel no devuelve la señal de 150 dólares.
Cinco estrellas por el trato, dos por la espera.
Los auriculares se oyen solo por un lado.
Sin respuesta.
Por fin alguien que resuelve.
El agua sale marrón desde las obras.
¿Lo tenéis en 2 TB?
Al darle a «enviar» no pasa nada.
La cola virtual dice que soy el 14.
Me interesa la oferta de fibra, pero vivo en un pueblo. ¿Llega?
El taladro vino sin maletín.
Con la versión 3.4 ya funciona, gracias.
Les dejo dos estrellas porque no puedo dejar cero.
Hola, ¿hacen descuento a estudiantes?
La entrega era entre 8 y 12. Son las 15.
Mi padre tiene 88 años y no sabe usar códigos QR. ¿No hay otra forma?
Las dos maletas aparecieron en Oporto.
Recargué 10 € y no se reflejan.
¿Y si cambio de idea?
Muy fan de este sitio.
Buen servicio, local pequeño.
El chat se cortó justo cuando me iban a dar la respuesta.
Se me descontaron $500 del saldo sin explicación.
Tuve que ir a la oficina de Correos con el aviso y allí no había nada.
La cerradura se trabó y el inquilino no puede entrar.
Reserva a las 14:30, nos sentaron a las 15:20.
¿Qué hace falta para el depósito de garantía?
Nos vemos el martes en la reunión de las 11:00 sobre la migración.
El rotulador no pinta.
Las sábanas son suaves pero destiñen.
El casillero pide un código de seis cifras y me mandaron uno de cinco.
Lo siento, no era mi intención ser borde.
Agradezco una pronta solución.
Tranquilos, sin prisa.
El ratón viene sin pilas.
^Compré una aspiradora Dyson hace un año y ya no retiene la carga.
^El Ford Fiesta que reservé ya no aparece en la web.
^La tarjeta de fidelidad de Carolina Herrera no acumula puntos.
^La batería Bosch del coche se descargó dos veces en una semana.
^¿Tienen promoción para San Valentín?
^La sucursal de la avenida Simón Bolívar estaba cerrada a las 11.
^El vuelo a Adolfo Suárez salió a tiempo, la maleta no.
^Fuimos al McDonald's de la estación y tardaron media hora.
^Las galletas María vinieron todas rotas.
^La lavadora Siemens da error E18.
^¿La tienda de Massimo Dutti del centro hace arreglos?
^Pedí los Levi's talla 32 y vinieron 34.
^El hospital Ramón y Cajal no me confirma la cita del 12.
^La plaza Benito Juárez está sin wifi público.
^¿Abren el día de San José?
^El afeitador Philips hace un ruido raro.
^¿Entregan en la calle Miguel Hidalgo? es peatonal.
^La colonia Adolfo Domínguez vino sin precinto.
^El perfume Paco Rabanne llegó abierto.
^El armario de Leroy Merlin no trae los herrajes.
^Mi portátil Dell no enciende desde el jueves.
^El José Cuervo que pedí llegó con la botella rajada.
^El metro no para en Francisco I. Madero por obras.
^Vi la oferta en El Rincón de Pepe y no la respetan.
La tele se ve verde por la izquierda.
Buenas tardes, quería saber si la promoción de 12 meses sigue vigente para clientes actuales.
Se abre incidencia 00448120. Tiempo estimado de respuesta: 48 horas.
El chocolate llegó derretido. Agosto, claro.
¿Cuál es el peso máximo del equipaje?
Entregaron en la portería y el portero dice que no.
Mi hijo rompió la pantalla, ¿cuánto cuesta cambiarla?
Volví a pagar porque la primera vez me salió error. Ahora aparecen los dos cobros de 82,40 €.
Bien explicado, gracias.
El aceite perdió por el camino y manchó todo lo demás.
Quisiera contratar el seguro de viaje para esquiar en Andorra.
Qué decepción. Antes eran los mejores.
La numeración de la factura salta de 2026/117 a 2026/119. ¿Y la 118?
Mande la foto del código de barras, por favor.
El local estaba a oscuras y la puerta abierta. ¿Está abierto o no?
Tienen que mejorar el estacionamiento.
Pedí sin cebolla. Cebolla por todas partes.
Necesito el certificado antes del viernes 17 para la beca.
Cable roto, fuente rota, paciencia rota.
Aún no me devuelven la fianza, la salida fue el 2 de marzo.
El carrito se vacía solo al cambiar de página.
¿Podrían llamarme por la tarde? Por la mañana trabajo.
Hicieron un buen trabajo con la pintura, la limpieza no tanto.
Me apunto, ¿cuánto sale?
El código de la puerta que me dieron, 4471, no abre.
Acaba de llegar el pedido. Las seis copas enteras, bravo.
No quiero un vale, quiero el dinero.
Somos un colegio de Toledo y queremos 200 cuadernos.
Confirmo asistencia a la visita del miércoles.
El termostato marca 31 y en casa estamos a 17.
¿Cómo activo la SIM?
Se cortó el video en el minuto 43.
La talla 8 años le queda a mi sobrina de 11.
Buen producto, mala logística.
Ni una disculpa.
Buenos días:\n\nEl 2 de septiembre hice el pedido 7740-2211, dos mesillas y una lámpara. Las mesillas llegaron el día 9 con la tapa rayada y la lámpara ni siquiera ha salido, aunque los 148 € se cobraron al momento.\n\nSolicito que recojan las mesillas, que anulen la lámpara y que me devuelvan todo. Adjunto fotos.\n\nUn saludo
[11:02] Visitante: hola, mi pedido pone retrasado\n[11:03] Agente: Buenos días, ¿me indica el número de pedido?\n[11:03] Visitante: 5520193\n[11:05] Agente: Gracias. Esperamos mercancía de Milán, prevista para el 14 de octubre.\n[11:06] Visitante: y puedo cambiarlo por el gris?\n[11:07] Agente: Claro, hecho. ¿Algo más?\n[11:07] Visitante: no, perfecto
Estimados vecinos:\n\nEl martes 18 de noviembre, de 9:00 a 15:00, se cortará el agua en los barrios de Ruzafa y Patraix de Valencia por la sustitución de una tubería. Disculpen las molestias.\n\nServicio de Aguas
Pasamos una semana en la casa rural, cerca de Ronda, y fue tal como la habíamos imaginado: vistas, chimenea, silencio. Lo único, la ducha, que a los cuatro minutos sale fría. Volveremos en primavera, aunque 40 euros por el perro nos parece demasiado.
Llevo días dando vueltas. La tienda de Lanús dice que es problema de la red, la compañía dice que es el equipo y el fabricante me manda de nuevo a la tienda. Yo solo quiero un teléfono que suene. Lo compré el 12 de julio y tiene garantía hasta 2027.
Nota interna: cliente llamó tres veces por el caso 00448120, repuesto de caldera pedido el 6/11 (OC 88120), proveedor da 10 días hábiles. Se ofrecen dos calefactores y 30 € de abono. Acepta. Revisar el lunes.
'''
FRAMES['pt'] = r'''
Bom dia,

Comprei um {product} na vossa loja de {city} no dia {date} e já não liga. O número da encomenda é {order}. Agradeço que me contactem pelo {phone:PT}.

Com os melhores cumprimentos,
{sig}
---
oi, fiz um pedido {order} e até agora nada, paguei {amt} no cartão {card} e vcs nem respondem
---
Boa tarde {greet},

Segue o NIB para a devolução: {iban}
O titular sou eu, {field}.

Obrigada
{sig:first}
---
Olá, meu nome é {intro} e meu CPF é {id:BR.CPF}. Quero a segunda via do boleto de {amt} que vence em {date}. Pode mandar no e-mail {mail}?
---
Nome completo: {field}
CPF: {id:BR.CPF}
Telefone: {phone:BR}
E-mail: {mail}
Assunto: portabilidade não concluída
---
Exmos. Senhores,

Venho por este meio apresentar reclamação relativa à fatura {inv}, no valor de {amt}. O meu NIF é o {id:PT.NIF} e o contrato tem o n.º {contract}.

Aguardo resposta por escrito.

Atentamente,
{sig:mid}
---
*Atendimento iniciado às {time}*
Cliente: Boa noite
Atendente: Boa noite! Com quem eu falo?
Cliente: {field:first}
Atendente: {greet:first:A}, me informa o CPF por gentileza?
Cliente: {id:BR.CPF}
Atendente: Obrigado. Já localizei o pedido {order}.
---
Gente, o atendimento {g:C:do|da} {ment:first} foi maravilhoso!! Resolveu em 5 minutos o que a loja de {city} não resolveu em um mês.
---
{g:B:Caro|Cara} {greet}, confirmo que a visita do técnico ficou marcada para {date} às {time}. Se precisar de alterar, ligue com 24 h de antecedência e indique {ticket}.

Cumprimentos,
{sig:full:D}
Serviço Técnico
---
Registo de chamada {date}
Cliente {field} ligou do {phone:PT}. Diz que falou com {ment:first} na semana passada e que lhe prometeram um crédito de {amt}. Nada no sistema. Encaminhado, ref. {ticket}.
---
não consigo entrar no app de jeito nenhum. diz "acesso suspeito" e mostra o ip {ip}. é o meu wifi de casa!! meu email {mail}
---
Sou {g:A:o|a} {intro}, {g:A:morador|moradora} do apto 42. O portão da garagem tá quebrado desde {date} e ninguém aparece. Meu zap é {phone:BR}
---
Olá {greet},

Muito obrigado pela ajuda de ontem. Fiz como disse, desliguei a box dez minutos e ficou tudo a funcionar.

Abraço,
{sig:first}
---
Prezados,

Solicito o cancelamento do plano {contract} a partir de {date}. Já tentei pelo telefone três vezes e a ligação cai.

Titular: {field}
CPF {id:BR.CPF}

Grato,
{sig}
---
Re: Reserva {booking}

Boa noite, o hotel em {city} diz que não tem a nossa reserva!! Estamos na receção agora. Liguem-me URGENTE {phone:+}

{sig:firstlower}
---
Cobrança indevida no cartão {card} dia {date}. Não reconheço. Favor estornar {amt}.

{sig:upper}
---
Chamo-me {intro}, sou cliente há doze anos e nunca fui tão mal tratada. {g:C:O funcionário|A funcionária}, {ment:full}, disse que eu "não tinha nada que reclamar". Quero o livro de reclamações.

{sig:init}
---
{g:B:Prezado|Prezada} {g:B:Sr.|Sra.} {greet:last},

Recebemos sua solicitação {ticket}. O prazo para análise é de até 5 dias úteis.

Atenciosamente,
{sig:full:D}
Central de Relacionamento
---
Pessoal, mudei de número. O novo é {phone:BR}. O resto continua igual. valeu, {sig:firstlower}
---
Boa tarde. Preciso do comprovativo para o IRS. NIF {id:PT.NIF}. Podem enviar para {mail}. Obrigada, {sig}
---
FORMULÁRIO DE TROCA
Cliente: {field}
Encomenda: {order}
Artigo: {product}
Motivo: tamanho errado
Contacto: {phone:PT}
E-mail: {mail}
---
Olá, falei com {ment:full} no chat no dia {date} e {g:C:ele|ela} garantiu que a entrega sairia por {company}. O código {trk} não existe. E agora?

{sig:full}
---
Bom dia {greet:first}! Tudo bem? Aqui é {g:A:o|a} {intro:first} da loja de {city}. Consegue me mandar a nota {inv} de novo? Meu e-mail mudou pra {mail}
---
O vosso sistema bloqueou-nos o IP do escritório ({ip:4}) e também o de reserva ({ip}). Temos 14 pessoas paradas desde as {time}.

Com urgência,
{sig}
Direção de TI
{mail:biz}
---
Reclamação enviada pelo site
Consumidor: {field}
Cidade: <<city:Goiânia>>
Relato: Comprei no dia {date} um {product} e recebi outro modelo. Liguei e {ment:first} disse pra eu mandar foto. Mandei. Sumiram.
---
Dados para o reembolso da viagem {flight} de {date}:
Passageiro: {field}
IBAN: {iban}
Valor: {amt}
Contacto: {phone:+}
---
boa tarde {g:C:o meu filho|a minha filha} {ment:first} fez compras na consola sem eu saber {amt} no total. o cartao é {card}. como faço para anular
---
{g:B:Doutor|Doutora} {greet:last}, segue o meu número de utente e o NISS {id:PT.NISS} para a baixa. Qualquer coisa estou no {phone:PT}. Melhores cumprimentos, {sig}
---
Sr(a) atendente, preciso atualizar a conta onde recebo os repasses. Novo IBAN {iban}, banco <<company:Millennium BCP>>. Meu nome é {intro} e o contrato é {contract}.
---
1 estrela. Marcaram entrega três vezes. Na última {g:C:o motorista, um tal|a motorista, uma tal} de {ment:first}, disse que não subia escada. Geladeira de {amt} na calçada. Pedido {order}.
---
Bom dia. Recebi um SMS vosso do número {phone:PT} a pedir os dados do banco. É mesmo vosso ou é burla?

{sig:first}
---
{greet:first}, boa tarde.
O pedido {order} foi faturado hoje e sai amanhã com {company}. Rastreio: {trk}.
Att,
{sig:full:C}
Expedição
---
Estou a tentar registar-me há uma hora, diz que o e-mail {mail} já existe. Eu nunca me registei!!! Alguém usou o meu mail?
---
Candidatura a cartão cliente
Nome: {field}
N.º Cartão de Cidadão: {id:PT.CC}
NIF: {id:PT.NIF}
Telemóvel: {phone:PT}
---
Boa noite, gostaria de saber se o BI {id:AO.BI} serve para abrir conta na agência de Luanda. O meu número é {phone:AO}. Obrigado. {sig}
---
A quem possa interessar,

Represento {ment:full}, e venho pedir cópia integral do contrato {contract} e das gravações das chamadas de {date}.

Resposta para {mail:biz}.

Com os melhores cumprimentos,

{sig:full}
{g:A:Advogado|Advogada}
---
vcs cobraram 2x!!! cartão {card}, duas vezes {amt}. quero estorno HOJE. {sig:fi}
---
Oi {greet:first}, tudo joia? Consegui pagar, segue o comprovante em anexo. Obrigada pela paciência comigo rsrs

Bjs
{sig:first}
---
Transcrição da caixa postal ({date}, {time}): "Oi, aqui quem fala é {intro}, tô ligando por causa da instalação da internet, o rapaz não veio. Meu telefone é {phone:BR}, tá? Obrigada."
---
Ticket {ticket} – atualização
Utilizador {mail:biz} continua sem acesso. IP {ip:6}. Já falei com {ment:first} da rede, diz que é do lado do fornecedor. Fecho quando confirmarem.
{sig:first:D}
---
Meu nome é {intro:full}, faço parte do condomínio há 8 anos. O síndico, {ment:full}, não responde. Quem responde pela empresa? Meu e-mail {mail}.
---
{g:B:Exmo. Sr. Dr.|Exma. Sra. Dra.} {greet:last},

Junto envio o comprovativo de transferência de {amt} para o IBAN {iban}, referente ao processo {contract}.

Cumprimentos,
{sig}
---
Bom diaaa, ganhei um cupom e não funciona no carrinho. Pedido {order}, email {mail}. Me ajudem pfvr
---
Cliente identificou-se como {intro}, CPF {id:BR.CPF}, confirmou e-mail {mail} e pediu bloqueio do cartão {card} por perda. Bloqueio feito às {time}. Novo cartão em 7 dias úteis.
---
Alô {company}! Cadê meu pacote {trk}? Chama no {phone:BR} que aqui em {city} ninguém sabe de nada.
---
Olá a todos,

A partir de {date} a nossa pessoa de contacto passa a ser {ment:full} ({mail:biz:C}, {phone:PT}). Agradecemos que atualizem a ficha.

Cumprimentos,
{sig}
---
{g:B:Estimado cliente|Estimada cliente} {greet:full},

A sua encomenda {order} está pronta para levantamento na loja de {city} até {date}.

Obrigado pela preferência,
Equipa de Loja
---
Avaliação: 5/5. Fui atendida por {ment:full} e {ment:first:D} na ótica, paciência de santo. Óculos prontos em dois dias, {amt} bem gastos.
---
Não consigo fazer o débito direto. Conta {iban} dá "inválido". Copiei da app do banco! Contrato {contract}.

{sig:firstlower}
---
Preciso falar com {ment:first} do financeiro, é {g:C:o único|a única} que entende do meu caso. Me liga: {phone:BR}. Fatura {inv}.
---
Bom dia, chamo-me {intro} e trabalho na <<company:Padaria Central>>. A máquina de café avariou outra vez, é a terceira vez desde {date}. Contacto {phone:PT}, falar com {ment:first} se eu não atender.
---
De: {field} <{mail}>
Enviado: {date}
Para: apoio
Assunto: Fatura {inv}

Continuo sem resposta ao meu pedido. A fatura está errada.

{sig}
---
Segue autorização para débito na conta {iban} da mensalidade de {amt}. CPF do titular {id:BR.CPF}. Nome do aluno: {field:full:C}.

{sig:full}
---
Sou estrangeiro e não tenho NIF ainda, só o passaporte. O meu nome é {intro:upper}. Consigo fazer contrato de eletricidade? O meu telefone é {phone:+}.
---
Prezada equipe, boa tarde!

Meu notebook aparece com sessão aberta no endereço {ip}, que não é meu. Encerrem, por favor, e troquem a senha do usuário {mail}.

{sig}
---
Olá. Sou {g:A:o|a} {intro:first}. Já mandei tudo. Cartão de cidadão {id:PT.CC}. Mais alguma coisa?
---
{greet:first}, desculpa a demora! O cartão certo é esse: {card}, validade 11/27. Pode passar {amt}.
---
Nota interna: cli. {field:rev} / contrato {contract} / 3.ª reclamação. Prometido contacto para {phone:PT} até {date}. Não ligar depois das {time}.
---
Obrigada {greet:first}, és um amor! Já chegou tudo direitinho a {city}.
{sig:first}
---
Por favor retirem o meu e-mail {mail} da vossa newsletter. É a quinta vez que peço.
Cumps, {sig:fi}
---
Transferi {amt} para o IBAN errado!! Era {iban} e pus outro. Há maneira de reverter? {sig:full}, tlm {phone:PT}
---
Quem me atendeu foi {ment:full}, {g:C:muito educado|muito educada}, mas a peça do {product} só chega em {date}. Fiquei sem alternativa.
---
Olá, sou a mãe {g:C:do|da} {ment:first}, que está inscrit{g:C:o|a} no curso de {date}. Paguei com o cartão {card} mas o recibo saiu sem NIF. É {id:PT.NIF}. Obrigada, {sig}
---
Registro policial feito, anexo o BO. Meus dados: {field}, CPF {id:BR.CPF}, tel {phone:BR}. O IP que aparece no acesso é {ip}. Aguardo estorno de {amt}.
---
Boas! O número de telemóvel na minha conta está errado, é {phone:PT} e não o que lá está. abc, {sig:first}
---
Bom dia, {g:B:sr.|sra.} {greet:last}. Ficou combinado com {ment:first} que a mudança seria dia {date}, de {city} para o Porto. Confirma? {sig:full}
---
Aqui {intro:first}, do 3.º esq. Continua sem água quente. Já liguei para o {phone:PT} que está no cartaz e ninguém atende. Ref {ticket}
---
Pessoal da {company}, entregaram meu pacote pra {g:C:um tal|uma tal} de {ment:full} que não mora aqui!! código {trk}
---
Alteração de titularidade
Titular atual: {field:full:C}
Novo titular: {field}
NIF novo titular: {id:PT.NIF}
E-mail: {mail}
Telefone: {phone:PT}
IBAN: {iban}
---
a minha password não dá, o mail é {mail:up}. já pedi para recuperar 3 vezes. obg {sig:firstlower}
---
Atenciosamente é modo de dizer, porque atenção vocês não têm nenhuma. Pedido {order}, {amt}, e nem um e-mail.

{sig:full}
<<city:Juiz de Fora>>
---
Boa tarde, falo em nome da <<company:Ótica Luz>>. Nosso servidor {ip:4} foi parar numa lista de spam de vocês. Podem retirar? Contato técnico: {field}, {mail:biz}.
---
Oi sou {intro:lower} comprei {product} no site e veio sem carregador. pedido {order} tel {phone:BR}
---
Paguei no {card} e deu erro, mas debitou. Print em anexo. {sig:first}, {mail}
---
Olá {greet:first}, a loja confirma o tamanho 38 em {city}. Reservei em teu nome até {date}. Beijinho, {sig:first:C}
---
NIF para a fatura {id:PT.NIF}, nome {field}. Encomenda {order}. Obrigado!
---
{g:B:Seu|Dona} {greet:first}, seu resultado ficou pronto. Retirar na unidade {city} a partir de {date}, das 7h às 11h.
---
Me chamo {intro:full}, tenho 67 anos e não entendo de aplicativo. Só quero pagar minha conta de {amt}. Me liguem no {phone:BR} por favor.
Deus abençoe
{sig:upper}
---
Segue cópia do DUAT e do BI. O meu contacto em Maputo é {phone:MZ}.

Melhores cumprimentos,
{sig}
---
A conta foi acedida a partir de {ip} às {time}, eu estava a dormir. Mudei já a palavra-passe. Podem ver quem foi?
{sig:full}
Contrato {contract}
---
vocês ligaram do {phone:BR} dizendo que devo {amt}. não devo nada! CPF {id:BR.CPF}, podem checar. {sig:lower}
---
Cartão recusado três vezes ({card}) e o banco diz que está tudo bem. Encomenda {order}. Cumprimentos, {sig}
---
Agradeço {g:C:ao|à} {ment:first} do balcão 4 em {city}. Estava aflita com o voo {flight} e {g:C:ele|ela} tratou de tudo. Bem haja.

{sig:full}
---
Favor alterar o e-mail para {mail}. Solicitante: {field}. Protocolo {ticket}.
---
Olá, bom dia. Chamo-me {intro}. Estou a responder à vossa carta de {date} sobre a dívida de {amt}. Já está paga, vejam IBAN de origem {iban}.

Fico a aguardar,
{sig:init}
---
Caí num golpe. Ligaram dizendo que eram do <<company:Itaú>> e eu passei o número do cartão, {card}. Bloqueiem por favor!! Me chamo {intro}, CPF {id:BR.CPF}.
'''
CLEAN['pt'] = r'''
Cadê meu pedido? 8829103, comprado dia 3.
Bom dia, a loja de Braga abre ao domingo?
Fui cobrado duas vezes na fatura de março, R$ 89,90 cada.
O aplicativo fecha sozinho depois da atualização 5.2.1.
Obrigada, já resolvi!
Péssimo atendimento, não recomendo a ninguém.
Quanto custa o envio para os Açores?
Recebi o tamanho errado. Pedi 38 e veio 36.
Encomenda CTT RE449102837PT parada em Lisboa há uma semana.
ta demorando demais
Boa tarde. Solicito segunda via da fatura 2026/4471 com urgência. Obrigado.
O técnico não apareceu entre as 8h e as 12h, como estava combinado.
Voo TP1362 com quatro horas de atraso. Como peço a compensação?
Adorei! Chegou antes do prazo e muito bem embalado.
Não consigo resgatar os pontos.
Vocês têm na cor preta?
Quero cancelar a assinatura antes de renovar em 15 de agosto.
A máquina de lavar deita água por baixo. Comprei em novembro.
Olá! O seu pedido 77-20918 saiu para entrega.
Protocolo 20260301224, já é o terceiro que me passam.
Internet caiu de novo. Todo dia às 19h a mesma coisa.
A luz do modem fica laranja e não passa disso.
Qual é o prazo para devolução?
Preciso da nota fiscal em nome da empresa.
O cupom PRIMEIRA10 não é aceite no carrinho.
Estimado cliente, informamos que os nossos escritórios estarão encerrados a 1 de novembro.
Nota 10 para a equipe de Curitiba.
Comida boa, serviço lento.
Já enviei os documentos três vezes.
Oi, tem alguém aí?
Não quero falar com robô.
Veio faltando uma peça na estante. Não dá pra montar.
Posso levantar a encomenda na loja do Porto?
Erro 404 ao tentar abrir o boleto.
O valor correto é 54,12 € e não 541,20 €.
Ainda estou à espera do reembolso de 27 de abril.
A senha provisória expirou antes de eu receber o e-mail.
Por favor parem de me mandar mensagens de promoção.
O sofá cheira a tinta.
Tudo certo, pode fechar o chamado.
Como faço para mudar a data da reserva HJ92KD?
Comprei na Black Friday e até hoje nada.
A tela fica preta quando ligo no HDMI.
O contrato 5510-2093 termina em 31/10 e não pretendemos renovar.
Melhor pastel de nata da cidade.
Chuveiro queimou em dois dias. Comprei na loja de Campinas.
Qual a diferença entre o plano Essencial e o Completo?
Caros senhores,\n\nVenho reclamar do estado das carruagens no regional das 7h42.\n\nAguardo resposta.
A entrega foi feita no vizinho sem me avisarem.
Dá pra parcelar em 12x sem juros?
O ar condicionado do quarto 305 pingou a noite toda.
Gostei muito, recomendo.
Pedi sem cebola e veio com cebola.
O meu contador marca 20114 e a fatura diz 21140.
Só queria saber se dá para trocar por outro modelo.
Qual o horário de funcionamento no feriado?
Muito obrigado pela paciência.
Sim, pode ser amanhã à tarde.
Não foi isso que perguntei.
Aguardo retorno.
Ok, vou tentar e digo alguma coisa.
O rastreio diz "objeto não localizado no fluxo postal".
Atenção: nunca pedimos a sua palavra-passe por SMS.
Os fones só tocam de um lado.
A bateria dura duas horas. O anúncio dizia dez!
Preço na prateleira 12,99, na caixa 15,49.
Desde quando é que se paga pelo saco?
Meu plano é de 100 GB e vocês cortaram com 40.
O autocarro das 8h10 não passou.
Cancelaram a consulta de quinta e ninguém avisou.
Vocês entregam em Manaus?
Fogão chegou amassado, nota fiscal 20931.
Comprei a 14/07/2024, ainda está na garantia.
O leite veio fora do prazo.
Cor diferente da foto, é mais para o bege.
O portal desliga-me ao fim de 30 segundos.
Uma vergonha.
Excelente!
Perdi o comprovante, como tiro outro?
Boa noite, gostaria de um orçamento para 40 paletes até Roterdão.
A fila do balcão tinha mais de 50 pessoas e dois funcionários.
Está tudo explicado no manual, página 12.
O QR code do bilhete não lê.
O site não aceita o meu código postal.
Recebi uma encomenda que não é minha: uma mangueira.
Preciso alterar o nome da empresa para Construtora Vale Lda.
Acabou a luz no bairro inteiro.
Pode mandar foto do produto com defeito?
Senhores, o elevador continua avariado.
Valor estornado em 19/09, no total de R$ 164,10.
Os talheres enferrujaram na primeira lavagem.
Mesa para seis na sexta às 20h30, ainda há lugar?
Instalei, reiniciei, desinstalei e nada.
Equipe nota mil, resolveram em minutos.
Já não preciso, obrigada.
Estão a cobrar-me uma taxa de 23,18 € que não percebo.
O frete saiu mais caro que o produto kkk
O livro veio com a capa rasgada.
Sou cliente desde 2008 e nunca tinha reclamado.
Bom dia a todos, a manutenção está marcada para domingo, das 2h às 5h.
Comprei duas entradas e só uma apareceu na app.
Não consigo ouvir nada nas chamadas sem ser em alta voz.
Qual é o número de série e onde fica?
Aceitam vale refeição?
Pra mim funcionou, era só limpar o filtro.
A torneira pinga.
Veja os passos:\n1. Abra as definições\n2. Toque em Conta\n3. Escolha Exportar
A app está em inglês e não encontro onde mudar.
Que pena, fechou a loja de Coimbra.
Vocês disseram 5 dias úteis. Já vão 11.
A cadeira abana por mais que aperte.
Fiz um Pix de R$ 250,00 às 14h32 e não caiu.
O boleto veio com a data errada, vence dia 30 e não 13.
Recebi um e-mail estranho com o vosso logótipo. É burla?
Os dois pneus da frente estão carecas e a revisão foi feita em maio.
Tamanho pequeno, peçam um acima.
Quem paga a devolução?
Caro fornecedor, recebemos 17 caixas em vez de 20. Favor emitir nota de crédito.
Hotel lindo, café da manhã fraco.
A promoção acabou antes da data anunciada.
Fui à agência e disseram que só pelo site. No site dizem que só na agência.
Dados móveis não funcionam desde ontem em Setúbal.
O micro-ondas faz faísca.
Preciso de fatura com contribuinte da empresa.
Muito bom custo-benefício.
Chegou tudo quebrado, até o isopor.
É compatível com o modelo de 2019?
O pedido foi dividido em duas entregas.
Assento 14A não tem janela!
Podem enviar um comando novo? Pago se for preciso.
Estou há 50 minutos na linha.
Cliente relata ruído acima dos 80 km/h.
Mudei-me para Évora, a fibra já chega lá?
O desconto sumiu na hora de pagar.
Recarga de R$ 20 não entrou.
Como desativo as notificações?
Agradecemos o seu contacto. Referência TK-228190.
O champô veio derramado.
Não há água quente desde ontem e tenho um bebé em casa.
A geladeira não gela.
O forno liga mas não aquece.
Atenciosamente,\nEquipe de Suporte
Com os melhores cumprimentos
Cumprimentos
Abraços
Beijinhos e até amanhã!
Boa tarde, tudo bem? Queria saber do orçamento Q-20931.
Fiquei muito satisfeita com as cortinas.
Os bilhetes são para dia 14, não para dia 4.
Débito automático recusado sem motivo.
Perdi um cachecol cinzento na linha azul do metro.
Este chat serve para alguma coisa?
O sistema está fora do ar, tente novamente mais tarde.
Gostava de saber se têm stock em Faro.
Vim pela propaganda e me arrependi.
Uma das lâmpadas veio fundida.
O papel de parede não cola.
O prazo de garantia é de 2 ou 3 anos?
Pedido 551209 e 551210: cancelar ambos.
Já é a segunda leitura por estimativa.
Meu celular não reconhece o chip novo.
Peço desculpa, enganei-me na conversa.
A IKEA não me entregou o saco 118334.
Pedi no iFood e veio tudo trocado.
No Mercado Livre consta como entregue.
A NOS diz que o problema é vosso.
Netflix cobrando plano que eu cancelei.
A Worten não aceita a troca sem caixa.
Meu Samsung não conecta na rede 5G.
A TAP perdeu a mala vermelha e a azul.
A MEO mudou-me o tarifário sem pedir.
^Comprei na Magazine Luiza e o vendedor sumiu.
A Vivo não faz a portabilidade.
O Nubank disse que a loja precisa confirmar.
O Uber deixou-me a dois quilómetros do hotel.
Na Fnac disseram-me que era convosco.
A Xbox desliga sozinha.
Os CTT deixaram aviso e eu estava em casa.
Sugestão: ponham modo escuro na app.
A pizza chegou fria e virada.
Preciso de um comprovativo de morada? Serve a conta da água?
Recebido, obrigado.
De nada, disponha!
Informamos que o seu processo 00339120 foi encerrado.
Infelizmente não temos previsão de reposição.
O reembolso demora entre 5 e 10 dias úteis.
Cinco estrelas.
Uma estrela porque não dá para pôr zero.
Veio sem as pilhas.
A minha mãe tem 90 anos e está sem telefone há duas semanas.
O cartão presente ainda tem 15 euros mas a caixa recusou.
É seguro para crianças de 3 anos?
Cancelaram o concerto, quando devolvem o dinheiro?
A fechadura emperrou e o inquilino está na rua.
Reserva para três noites, total 417 €.
Não recebi o código por SMS.
Quero falar com o gerente.
O pneu furou no caminho e a assistência levou três horas.
A fatura de luz subiu de 48 para 91 euros.
O som está atrasado em relação à imagem.
Fiz a compra dia 6/11 e o débito veio dia 30/10. Como?
A tinta saiu na primeira lavagem.
Posso usar o vale e os pontos ao mesmo tempo?
Que rapidez, parabéns.
Pessoal, alguém sabe se o posto de Olinda está aberto?
Anexo o formulário preenchido.
Vocês não leem os e-mails?
A tampa não fecha na caixa grande; na pequena fecha bem.
Tem versão de 2 TB?
Boa localização, quarto barulhento.
O preço é por pessoa ou por quarto?
Favor desconsiderar a mensagem anterior.
Estou grávida e não me deram prioridade.
Até quando vai a campanha?
A app pede atualização mas a loja diz que está atualizada.
O recibo diz 16h42 e a multa diz 16h30.
Mudança de plano efetuada com sucesso.
Vou reclamar no Procon.
Reclamação registada no Portal da Queixa, ref. 1120934.
Dia 29 de fevereiro? Este ano não há.
Quando volta o azul-marinho?
O cliente pede resposta por e-mail.
Não aceito vale, quero o dinheiro.
Vim de Luanda e a loja estava fechada.
O tradutor da app está péssimo.
Água castanha a sair da torneira desde as obras.
Só atendem das 9h às 17h, que é quando trabalho.
Recebi a camisa sem um botão.
Nunca vi coisa igual.
Há estacionamento para autocaravanas?
Quantas pessoas podem usar a mesma licença?
O ventilador só roda na velocidade máxima.
Caixa eletrónico engoliu a nota de 50.
O colchão afundou em três meses.
Óculos riscados dentro do estojo.
O robô aspirador anda em círculos.
Faltam 3 licenças, OC 4500128831.
Bolo ótimo, decoração torta.
Gostaria de participar no passatempo, ainda vou a tempo?
Gente, socorro, minha loja tá fora do ar em plena promoção
Depósito caução por devolver, saída a 2 de março.
Fiz tudo o que o manual manda e continua a dar F28.
Estava escrito "frágil" e mesmo assim atiraram a caixa.
Que tal avisarem quando mudam o horário?
Não é urgente, quando puderem.
^A máquina de barbear Philips avariou ao fim de um ano.
^O frigorífico Bosch faz barulho de noite.
^A farmácia da Avenida Almirante Reis está aberta?
^Encomendei na Leroy Merlin e as prateleiras vieram tortas.
^A agência da Rua Augusta só abre às 10h?
^O hotel da Praça Marquês de Pombal não tem estacionamento.
^Meu Ford Ka não pega depois da revisão.
^Vocês abrem no dia de São João?
^O aspirador Dyson perde força.
^As calças Levi's vieram com defeito.
^Voo para o Santos Dumont cancelado, e agora?
^O autocarro não parou na Alameda D. Afonso Henriques.
^O azeite Oliveira da Serra veio partido.
^O notebook Dell não liga.
^Pedi no McDonald's e veio tudo frio.
^O perfume da Carolina Herrera chegou aberto.
^A ponte Vasco da Gama cobrou-me duas portagens.
^A Livraria Bertrand não tem o livro do 9.º ano.
^Fiquei na fila do hospital Albert Einstein duas horas para remarcar o exame.
^Entregam na zona da Rua Fernão de Magalhães?
^Cabaz do Pingo Doce e da Jerónimo Martins veio sem o café.
^O Estádio Mané Garrincha não tinha bilheteria aberta.
^Metrô parado na estação Ana Rosa.
O relógio atrasa dez minutos por dia.
Recebi a fatura da água duas vezes.
Qual o peso máximo da mala de cabine?
Estive na loja de Recife, muito bem atendida.
Não encontro o botão de cancelar.
Tem como mudar o endereço de entrega? Pedido 7731840.
A porta da garagem não fecha.
Mandem a etiqueta de devolução, por favor.
Consulta remarcada para 11 de outubro às 9h15.
Seu saldo é de R$ 23,40.
Achei caro, mas vale.
A mochila é linda, o zíper trava.
O talão diz 12 unidades, contei 10.
Vou pensar e depois aviso.
Só vejo uma página branca.
Comprei ontem e hoje está 30% mais barato.
Alguém já conseguiu falar com eles?
O filtro vai à máquina?
Aceitam devolução sem caixa?
Não autorizei a renovação.
Bilhete comprado para Aveiro, comboio parou em Coimbra.
Carregador aquece muito.
Entrega prevista entre 10h15 e 11h15.
A mensagem de voz do atendimento corta a meio.
Lindo, igual à foto.
Feriado atrapalhou a entrega, tudo bem.
O bebé não dorme com o barulho da obra.
Que falta de respeito com o consumidor.
Chave da caixa de correio perdida, quanto custa outra?
O curso trava no módulo 3.
Peço a fatura detalhada de agosto.
Boa noite! Vocês fazem entrega aos sábados?
Carro alugado veio sem combustível.
O elevador prendeu-nos 20 minutos.
Posso pagar com MB Way?
Comprovante em anexo, valor R$ 417,00.
A camisola encolheu.
Informe o número do pedido, por favor.
Está em análise, aguarde até 48 horas.
Por que apagaram a minha avaliação?
Fecharam a conta sem avisar.
A legenda está em espanhol.
Tapete com mancha, lote 0417.
A vossa linha está sempre ocupada.
Duas malas, uma perdida, voo LA8072.
Não deu certo, continua o erro.
Ficou ótimo, obrigado a toda a equipa.
Tirem-me da lista.
Mais de R$ 300 de multa por cancelar?
Preciso da declaração até sexta.
O brinquedo solta peças pequenas, perigoso.
Apólice 5520-118: cobre infiltração do vizinho de cima?
Não tem tradução em português.
Cancelamento confirmado.
Pode ser às 15h.
Impressora não puxa o papel.
O cinema cobrou taxa de conveniência de R$ 8,50.
Cortaram o gás por engano.
Ótima padaria, filas enormes.
O micro não encaixa no móvel.
Limite do cartão baixou sem explicação.
Vaga de estacionamento ocupada de novo.
O casaco é quente mas pesado.
Aguardamos o envio de 3 fotos do defeito.
Não há rede em todo o bairro.
Sem stock, sem previsão, sem resposta.
Chegou ao Funchal em dois dias!
Posso devolver na loja de Faro o que comprei online?
Cliente desde o início, desiludida.
Falta a página 4 do manual.
O gelado veio derretido.
Dei 3 estrelas pela demora.
A última atualização estragou tudo.
Mudaram o preço depois de eu pagar.
Podem repetir os passos?
O visto sai antes de viajar?
Carta registada devolvida sem motivo.
Ponto de recolha fechado à hora indicada.
Boa sorte para falar com alguém.
Bicicleta veio sem pedais.
Máquina de café sem pressão, modelo CM-200.
Não reconheço a subscrição de 9,99 €.
Vale a pena esperar pela promoção?
Adoro a loja, odeio o site.
Recibo com data errada.
Na fatura aparece "ajuste 23,18".
Quantos dias para trocar?
Gostava de fazer uma sugestão: mais bancos na sala de espera.
A tomada do quarto não funciona.
Descongelou tudo, falha de luz de 6 horas.
Obrigado e bom fim de semana!
Pacote violado.
Trocaram as etiquetas dos pratos, o meu era sem glúten.
Pedi urgência e recebi desculpas.
Há desconto para estudantes?
O tradutor automático responde disparates.
O champanhe rebentou na caixa.
Demorou, mas resolveram.
Autorização de débito cancelada a 4 de março.
Fotos ficaram escuras, posso refazer a encomenda?
Têm fraldas tamanho 5?
Não é possível subir o ficheiro, passa dos 2 MB.
Já liguei para todo lado.
Na app diz aberto, na porta diz fechado.
Preço por noite ou total?
Tudo ok por aqui.
Peça 4410 esgotada no fornecedor.
Meia hora para um café.
Bom dia,\n\nComprei duas cadeiras a 4 de maio (encomenda 66-20918). Só chegou uma, e com o encosto solto. Como resolvemos?\n\nCom os melhores cumprimentos
Não entendo por que a conta subiu de R$ 78 para R$ 131 se gastamos menos que no ano passado. Alguém pode explicar o cálculo?
[09:12] Cliente: esse modelo tem pronta entrega?\n[09:13] Atendente: Sim, em até 3 dias úteis.\n[09:13] Cliente: show, obrigada
Ficámos quatro noites no apartamento de Lagos. Vista fantástica, cozinha completa, camas moles. A taxa de limpeza de 95 euros é que é exagerada.
Depois da atualização 18.2 o telemóvel reinicia sozinho de dez em dez minutos. Já repus as definições de fábrica.
Sou alérgica a frutos secos e o rótulo estava ilegível. Isto não pode acontecer.
Prezado cliente, devido ao inventário o nosso armazém estará fechado no dia 2 de janeiro. As encomendas seguem a partir do dia 3.\n\nEquipa de Expedição
[11:02] Visitante: oi, meu pedido tá atrasado\n[11:03] Atendente: Bom dia! Pode informar o número do pedido?\n[11:03] Visitante: 5520193\n[11:05] Atendente: Obrigada. Estamos aguardando mercadoria de Joinville, previsão 14 de outubro.\n[11:06] Visitante: dá pra trocar pelo cinza?\n[11:07] Atendente: Claro, já troquei. Algo mais?\n[11:07] Visitante: não, valeu
Caros moradores,\n\nNa terça-feira, 18 de novembro, das 9h às 15h, haverá corte de água nas zonas de Alvalade e Benfica, em Lisboa, para substituição de uma conduta. Pedimos desculpa pelo incómodo.\n\nServiços Municipais de Água
Passamos uma semana na pousada perto de Paraty e foi tudo o que esperávamos: vista, café da manhã farto, silêncio. Só o chuveiro que esfria depois de quatro minutos. Voltaremos, mas R$ 90 de taxa pelo cachorro é demais.
Estou há dias nisto. A loja de Almada diz que o problema é da rede, a operadora diz que é do aparelho e o fabricante manda-me de volta à loja. Só quero um telefone que toque. Comprei a 12 de julho e tenho garantia até 2027.
Nota interna: cliente ligou três vezes, processo 00448120, peça da caldeira encomendada a 6/11 (OC 88120), fornecedor indica 10 dias úteis. Oferecidos dois aquecedores e 30 € de crédito. Aceitou. Rever na segunda.
'''
FRAMES['de'] = r'''
Guten Tag,

ich habe am {date} bei Ihnen einen {product} bestellt (Bestellnr. {order}). Das Gerät ist defekt angekommen. Bitte rufen Sie mich unter {phone:DE} zurück.

Mit freundlichen Grüßen
{sig}
---
{g:B:Sehr geehrter Herr|Sehr geehrte Frau} {greet:last},

vielen Dank für Ihre Nachricht. Die Gutschrift über {amt} zur Rechnung {inv} wurde heute angewiesen.

Freundliche Grüße

{sig:full:D}
Kundenbetreuung
<<company:Nordlicht Energie GmbH>>
---
hallo, paket {trk} seit {date} in {city} und bewegt sich nicht. {company} sagt frag den händler. bitte um rückruf {phone} danke {sig:firstlower}
---
Name: {field}
E-Mail: {mail}
Telefon: {phone}
Kundennummer: {contract}
Ihr Anliegen: Zählerstand wurde falsch übernommen, bitte korrigieren auf 48213.
---
Moin, mein Name ist {intro} und ich komme nicht mehr in mein Kundenkonto. Die Mailadresse ist {mail}. Passwort vergessen klappt nicht, es kommt keine Mail an.
---
Gesprächsnotiz {date}, {time}
Anrufer: {field}, {phone:DE}
Grund: doppelte Abbuchung {amt}
Hat bereits mit {ment} gesprochen, Ticket {ticket}. Rückruf zugesagt.
---
Hallo {greet},

anbei wie besprochen die Bankverbindung für die Erstattung:

Kontoinhaber: {field}
IBAN: {iban}

Viele Grüße
{sig}
---
Sehr geehrte Damen und Herren,

hiermit widerrufe ich den am {date} geschlossenen Vertrag {contract} fristgerecht. Bitte bestätigen Sie mir den Eingang an {mail}.

Mit freundlichen Grüßen

{sig}
---
Zum dritten Mal wird meine Karte {card} mit {amt} belastet. Ich habe das Abo gekündigt!!! Bitte sofort erstatten, sonst Rückbuchung.
---
Ein großes Lob an {ment:full} aus der Filiale {city}! So freundlich wurde ich lange nicht mehr beraten. Komme gerne wieder.
---
Seit heute Morgen kommen wir nicht mehr auf euren FTP. Unsere feste IP ist {ip:4}, bei der zweiten Leitung {ip}. Bitte freischalten.

Gruß
{sig}
IT
---
Meine Steuer-ID lautet {id:DE.IDNR}. Bitte hinterlegen Sie diese für den Freistellungsauftrag über {amt}.

Besten Dank
{sig}
---
[14:03] Kunde: hallo jemand da?
[14:04] Mitarbeiter: Guten Tag, mit wem spreche ich?
[14:04] Kunde: {field}
[14:05] Mitarbeiter: Danke, {g:A:Herr|Frau} {greet:last:A}. Ihre E-Mail-Adresse bitte?
[14:05] Kunde: {mail}
[14:06] Mitarbeiter: Ich sehe die Bestellung {order}, sie geht morgen raus.
---
Grüezi mitenand

Bi de Rächnig {inv} stimmt öppis nöd. Mini AHV-Nummere isch {id:CH.AHV}. Chönd Sie mir aalüte? {phone:CH}

Fründlichi Grüess
{sig}
---
Grüß Gott, ich bin {intro} aus {city}. Meine Sozialversicherungsnummer ist {id:AT.SVNR}, ich bräuchte eine neue e-card. Erreichbar bin ich unter {phone:AT}.
---
Schadenmeldung
Versicherungsnehmer: {field}
Vertrag: {contract}
Schadentag: {date}
Telefon: {phone}
Zeuge: {field:full:C}
Hergang: Beim Rückwärtsfahren die Laterne übersehen, Stoßstange vorne links... also hinten links.
---
Hallo {greet:first}, danke für die schnelle Hilfe gestern! Router läuft wieder. LG {sig:first}
---
Unverschämt! Am Telefon hat mich {g:C:ein gewisser Herr|eine gewisse Frau} {ment:last} einfach weggedrückt. Ich warte seit {date} auf mein Geld, {amt}, Bestellung {order}.

{sig:init}
---
Bitte buchen Sie künftig von folgendem Konto ab: {iban}. Das alte ist aufgelöst. Vertrag {contract}. {sig:full}
---
Hallo zusammen, {intro:first} hier, wollte nachfragen was aus Ticket {ticket} geworden ist. Bin heute bis {time} erreichbar: {phone}
---
Reisender: {field}
Flug: {flight} am {date}
Buchungscode: {booking}
Personalausweis-Nr.: {id:DE.PA}
Mobil: {phone:DE}
---
Sehr geehrte Damen und Herren,

{g:C:mein Vater|meine Mutter}, {ment:full}, ist am {date} verstorben. Bitte teilen Sie mir mit, welche Unterlagen Sie für die Kündigung des Anschlusses ({contract}) benötigen.

Sie erreichen mich unter {mail} oder {phone:DE}.

Mit stillem Gruß
{sig}
---
Neue Kreditkarte: {card}, gültig bis 09/28. Bitte für Buchung {booking} verwenden.

Danke und Gruß
{sig:first}
---
Liebes Team,

unser Aufenthalt in {city} war wunderbar. Besonders {ment:first} vom Frühstück und {ment:first:D} an der Bar haben uns verwöhnt. Nur der Parkplatz mit {amt} am Tag ist happig.

Herzliche Grüße
{sig:full}
---
Von: {field} <{mail}>
Gesendet: {date}
An: Service
Betreff: AW: AW: Bestellung {order}

Ich warte immer noch.

{sig}
---
guten abend ich heisse {intro:lower} ich habe brief bekommen von sie mit {amt} ich verstehe nicht warum bitte anrufen {phone:DE} danke
---
Hallo {greet:full},

wir konnten Ihre Sendung {trk} heute leider nicht zustellen. Sie liegt ab morgen {time} in der Filiale für Sie bereit.

Ihr Zustellteam
---
Lastschrift von {iban} über {amt} habe ich zurückgehen lassen, weil der Betrag nicht stimmt (Rechnung {inv}).

MfG
{sig}
---
Rentenversicherungsnummer: {id:DE.SV}
Bitte Bescheinigung für {date} neu ausstellen, auf der alten steht der falsche Arbeitgeber.

Freundliche Grüße
{sig:full}
Tel. {phone:DE}
---
Der Nutzer {mail:biz} meldet Fehler 403 von {ip:6} aus, über Mobilfunk geht es. Cache geleert, zwei Browser getestet. Gebe weiter an Netz. {sig:fi:D}
---
Ich hab mit {ment:first} telefoniert und {g:C:er|sie} meinte, ich bekomme das Ersatzgerät bis {date}. Jetzt steht im Konto was ganz anderes. Was stimmt denn nun?

{sig:full}
Auftrag {order}
---
{g:B:Herr|Frau} Dr. {greet:last}, ich kann den Termin am {date} um {time} leider nicht wahrnehmen. Bitte um einen neuen. Tel. {phone}. Danke, {sig}
---
Betrug!! Auf meiner Karte {card} sind drei Buchungen aus Malta, die ich nicht kenne. Bitte SPERREN und zurückrufen: {phone}
---
Mein Name ist {intro}, ich bin {g:A:Hausverwalter|Hausverwalterin} in {city}. Der Aufzug steht seit {date}. {g:C:Ihr Monteur|Ihre Monteurin}, {ment:full}, hat ein Teil bestellt und sich nicht mehr gemeldet.

{mail:biz}
---
Wer ist bitte auf die Idee gekommen, meine Adresse {mail} in euren Newsletter zu setzen? Ich will das nicht. Löschen. Alles.
---
{g:B:Werter Herr|Werte Frau} {greet:last},

die Reparatur Ihres Geräts ist abgeschlossen, die Kosten betragen {amt}. Abholung ab {date}, Auftrag {order}.

Mit besten Grüßen
{sig:full:C}
Werkstatt {city}
---
Änderung Bankdaten
Mitarbeiter: {field}
SV-Nummer: {id:AT.SVNR}
Neue IBAN: {iban}
Gültig ab: {date}
---
Hi, hab ausversehn zweimal bestellt, {order} und noch eine. Eine bitte stornieren. Bezahlt mit {card}. Grüße {sig:first}
---
Der Fahrer von {company} hat das Paket einfach über den Zaun geworfen. {g:C:Mein Nachbar|Meine Nachbarin} {ment:full} hat es gesehen und ist bereit, das zu bestätigen. Meine Nummer: {phone:DE}.

{sig}
---
Bewertung 4 von 5: Lieferung flott, {product} top, nur die Hotline (zum Glück {ment:first} dran gehabt) hat 25 Minuten gedauert.
---
Wir melden einen Vorfall:
Betroffener Benutzer: {field}
Mail: {mail:biz}
Login von: {ip}
Uhrzeit: {time}
Ticket: {ticket}
---
Servus {greet:first}, schickst du mir bitte die Rechnung {inv} nochmal? Die Buchhaltung (das ist bei uns {ment:full}) braucht sie als PDF. Danke dir! {sig:first}
---
Zur Legitimation: Steueridentifikationsnummer {id:DE.IDNR}, Depot {contract}, Handy {phone:DE}. Reicht das?

{sig:lower}
---
ich bin's nochmal, {intro:firstlower}, heizung immer noch kalt. auftrag {ticket}. hausmeister ist nicht erreichbar. meine nr {phone:DE}
---
Guten Morgen {greet},

kurze Rückfrage zu Auftrag {order}: Soll die Ware nach {city} oder direkt zu uns? Ich bin ab {time} im Büro.

Schöne Grüße aus dem Norden

{sig:full}
i. A. Einkauf
{mail:biz}
Tel. {phone:DE}
---
Ich heiße {intro} und habe am {date} zwei Karten gekauft, bekommen hab ich eine. Bestellung {order}, Mail {mail}. Bitte nachsenden!
---
Guten Tag, bitte die Jahreskarte auf {g:C:meinen Sohn|meine Tochter} {ment:full} umschreiben, ich zahle weiter von {iban}. Danke. {sig:full}
---
@BahnFragen mein Zug nach {city} fiel aus, Ticket {booking}. DM kam nicht an. Ruft an: {phone:DE}
---
Hallo Support, nach dem Update steht im Log dauernd {ip} und {ip}. Sind das eure Server? Wenn nein, wessen?

Danke
{sig}
---
{g:D:Sehr geehrter Herr|Sehr geehrte Frau} {greet:last:D},

wie am Telefon besprochen, hier meine Daten für die Rückzahlung der Kaution:

IBAN {iban}
Betrag {amt}

Mit freundlichen Grüßen
{sig:full}
---
Steuernummer hab ich nicht zur Hand, aber die IdNr. ist {id:DE.IDNR}. Name {field}. Mehr brauchen Sie doch nicht, oder?
---
Beschwerde über Kundendienst {city}
Am {date} war {ment:full} bei uns, um die Spülmaschine zu reparieren. Danach war die Küche unter Wasser. Schaden etwa {amt}.

Ich erwarte Ihre Rückmeldung bis Ende der Woche.

{sig}
{phone}
---
AHV-Nr. {id:CH.AHV}
Wohnort: Winterthur
Police {contract}

Bitte neue Versichertenkarte zustellen, die alte ist in der Waschmaschine gelandet.

Freundliche Grüsse
{sig}
---
Mein Sohn hat mit meiner Karte {card} für {amt} Spielgeld gekauft. Gibt es eine Möglichkeit, das rückgängig zu machen?

{sig:dbl}
---
Neukunde
Vorname, Nachname: {field}
Ausweisnummer: {id:DE.PA}
Handynummer: {phone}
E-Mail: {mail}
Werber: {field:full:C}
---
Herzlichen Dank an Sie, {g:B:Herr|Frau} {greet:last}! Das Paket ist heute angekommen, sogar mit handgeschriebener Karte.

{sig:full}
---
Sprachnachricht ({time}): Ja, guten Tag, hier ist {intro}, es geht um den Termin am {date}. Den müsste ich verschieben. Meine Nummer ist die {phone:DE}. Danke, Wiederhören.
---
bitte mail ändern: {mail}. kundennr {contract}. gruss {sig:firstlower}
---
Rechnung {inv} ging an die falsche Adresse. Richtig wäre: {field:full}, Lindenallee 7, {city}. Mail bitte an {mail}.
---
Guten Tag {greet:first}, leider wurde die Zahlung mit Ihrer Karte abgelehnt. Bitte prüfen Sie die Daten bis {date}, sonst verfällt die Reservierung {booking}.

Beste Grüße
{sig:first:D} vom Buchungsteam
---
Eskalation: Kd. {field:rev}, Vertrag {contract}, droht mit Anwalt. Rückruf auf {phone:DE} wurde am {date} um {time} versäumt. Kulanz {amt} abgelehnt.
---
Ich habe nie etwas bei euch bestellt und bekomme Mahnungen über {amt}! Mein Name ist {intro:full}, meine Mail {mail}, schaut selbst nach. Identitätsdiebstahl?
---
die karte {card} geht nicht, paypal auch nicht. was soll ich machen? bestellung {order}

{sig:first}
---
Sehr geehrter Kundenservice,

nach dem Umzug von {city} nach Mainz möchte ich den Anschluss mitnehmen. Ansprechpartner vor Ort ist {ment:full}, {phone:DE}. Ich selbst bin nur per Mail erreichbar: {mail}.

Mit freundlichem Gruß

{sig:mid}
---
Anmeldung Ferienkurs
Kind: {field:full:C}
Erziehungsberechtigt: {field}
Notfallnummer: {phone}
Einzug von: {iban}
---
Habe Ihren Brief vom {date} erhalten. Ich bestreite die Forderung. Alle weiteren Schreiben bitte an {g:C:meinen Anwalt|meine Anwältin}, {g:C:Herrn|Frau} {ment:last}.

Hochachtungsvoll
{sig:upper}
---
Hallo, mein Glasfaser-Anschluss hat nur IPv6 ({ip:6}) und euer Spielserver kann das nicht. Gibt's da eine Lösung?
MfG {sig:fi}
---
Tach, {intro:full} mein Name, ich ruf an wegen dem {product}. Der brummt. Ham Sie meine Nummer? {phone:DE}
[Anrufbeantworter, Transkript]
---
Das WLAN im Hotel in {city} hat meine Adresse {ip} gesperrt, angeblich wegen Filesharing. Ich war im Wellness! Buchung {booking}, {sig:full}
---
Verifizierung: SVNR {id:AT.SVNR}, Mail {mail}, letzte Bestellung {order}. Bitte entsperren.

{sig}
---
Überweisung ging zurück. Richtige IBAN: {iban}, lautend auf {field}. {amt} sind offen.
---
{g:B:Lieber|Liebe} {greet:first}, kannst du mal schauen, ob die {amt} von der Karte {card} schon abgegangen sind? Danke! {sig:firstlower}
---
Mit {ment:full} hatte ich vereinbart, dass die Küche am {date} geliefert wird. Kommt das noch hin? Meine neue Mobilnummer: {phone:DE}.

Viele Grüße
{sig}
---
Guten Tag, ich möchte Auskunft nach Art. 15 DSGVO über alle zu mir gespeicherten Daten. Name {field}, Mail {mail}, Kundennummer {contract}. Frist: {date}.

{sig:full}
---
Also {ment:first} im Chat war echt Zucker, hat mir den Gutschein über {amt} sofort neu ausgestellt. Danke!!
---
Gestatten, {intro}, {g:A:Inhaber|Inhaberin} des Cafés am Markt in {city}. Ihre Kassensoftware stürzt seit Version 4.2 jeden Morgen ab. Unsere IP ist {ip:4}.
---
Auftrag {order}: Lieferung bitte an {g:C:meinen Kollegen|meine Kollegin} {ment:full}, ab {time} ist jemand da. Durchwahl: {phone:DE}.

Danke
{sig:init}
---
Steuer-IdNr. meiner Tochter: {id:DE.IDNR}
Meine SV-Nr.: {id:DE.SV}
Familienkasse-Zeichen: {contract}

Mit freundlichen Grüßen
{sig}
---
Hallo, Zimmer storniert, aber {amt} von {card} abgebucht?! Buchung {booking}. Bitte um Klärung. {sig:full}
---
{g:B:Lieber Herr|Liebe Frau} {greet:last}, das war heute ein Chaos, aber Sie können ja nichts dafür. Ich melde mich morgen wieder. {sig:full}
---
Kündigung zum {date}, Vertrag {contract}. Rufnummer {phone:DE} bitte portieren. {sig:upper}
---
Ich bin {intro}, wohne in {city} und hätte gern gewusst, ob Sie auch in die Schweiz liefern. Meine Mail: {mail}
---
Jemand gab sich als Mitarbeiter der <<company:Sparkasse>> aus und ich habe am Telefon meine Kartennummer {card} durchgegeben. Ich heiße {intro} und bin 76. Bitte helfen Sie mir. {phone:DE}
---
Händlerkonto {contract}: Auszahlung vom {date} über {amt} ging an die alte Bank. Neu bitte {iban}. Gruß aus {city}, {sig:first}
---
Kartenzahlung telefonisch: {card}, Inhaber {field}, Rechnung {inv}. Beleg an {mail}.
---
Ausweis verloren, die Nummer war {id:DE.PA}. Muss ich den Vertrag {contract} neu legitimieren? {sig}
---
Mein Name ist {intro:full}, ich arbeite Teilzeit bei euch im Lager {city}. Lohnabrechnung {date} fehlt. Sozialversicherungsnummer {id:DE.SV}. Auf welches Konto ging das Geld? Meins ist {iban}.
'''
CLEAN['de'] = r'''
Wo bleibt meine Bestellung 7720193?
Guten Tag, haben Sie am Samstag geöffnet?
Die App stürzt seit Version 7.2 ständig ab.
Ich wurde doppelt belastet, zweimal 49,99 € am 3. März.
Vielen Dank für die schnelle Hilfe!
Nie wieder.
Sehr geehrte Damen und Herren,\n\nhiermit kündige ich den Vertrag 55-120934 zum nächstmöglichen Termin. Bitte bestätigen Sie mir die Kündigung schriftlich.\n\nMit freundlichen Grüßen
Der Akku hält zwei Stunden, beworben sind zehn.
Paket laut Sendungsverfolgung zugestellt, hier ist nichts.
Liefern Sie auch nach Österreich?
hallo wann kommt der techniker
Die Hose ist nach der ersten Wäsche eingelaufen.
Tolle Beratung in der Filiale Köln, gerne wieder.
Rechnung 2026-4471 stimmt nicht, es fehlen 20 Stück.
ICE 577 mit 95 Minuten Verspätung, wie bekomme ich mein Geld zurück?
Der Gutschein SOMMER20 wird nicht angenommen.
Bitte stornieren Sie die Bestellung 551209.
Ist das Kabel dabei?
Alles bestens, danke.
Seit Dienstag kein Internet, und keiner kann mir sagen warum.
Wie lange dauert eine Rückerstattung?
Leider ist der Artikel derzeit nicht lieferbar.
Falsche Größe geliefert, bestellt war 42, gekommen ist 40.
Zimmer 214, die Klimaanlage tropft die ganze Nacht.
Ich warte seit 40 Minuten in der Leitung.
Viele Grüße\nIhr Serviceteam
Mit freundlichen Grüßen
LG
Danke im Voraus!
Flug LH1124 wurde gestrichen, steht mir eine Entschädigung zu?
Die Waschmaschine zeigt F28 und pumpt nicht ab.
Kann ich in der Filiale Leipzig abholen?
Der Fahrer war sehr freundlich und hat alles hochgetragen.
Das Sofa riecht nach Farbe.
Buchung KX7P2M: bitte ein Kinderbett dazu.
Ihre Anfrage ist eingegangen. Vorgangsnummer TK-228190.
Zählerstand 48213, abgelesen heute früh.
Gibt es Studentenrabatt?
Die Anleitung ist nur auf Chinesisch.
Seite 4 der Aufbauanleitung fehlt.
Passwort-Link war schon abgelaufen, bevor die Mail ankam.
Wer hat eigentlich diese Warteschleifenmusik ausgesucht?
Zwei von sechs Gläsern sind kaputt.
Bitte keine Werbung mehr.
Essen super, Wartezeit nicht.
Warum ist mein Beitrag von 31 auf 48 Euro gestiegen?
Nein, das war nicht meine Frage.
Ja bitte, gern am Nachmittag.
Hat sich erledigt.
Der Kassenbon sagt 16:42, der Strafzettel 16:30.
Ich möchte mit einem Menschen sprechen.
Die Hotline ist ab 8 Uhr besetzt, steht da. Um 8:40 war niemand da.
Wir bitten um Entschuldigung für die Unannehmlichkeiten.
Farbe weicht vom Foto ab, eher Senf als Gelb.
Passt der Filter auch für das Vorgängermodell?
Fernbedienung lässt sich nicht koppeln, Modell TX-55.
Erst hieß es Dienstag, dann Donnerstag, jetzt nächste Woche.
Super Preis-Leistungs-Verhältnis.
Wie exportiere ich meine Rechnungen als CSV?
Warenkorb leert sich beim Seitenwechsel von selbst.
Am Sonntag, 9. November, führen wir von 2 bis 5 Uhr Wartungsarbeiten durch.
Der Lieferant hat das Paket in die Papiertonne gelegt. Heute war Leerung.
Frage: Ist das Gerät spülmaschinenfest?
Garantie abgelaufen nach 25 Monaten. Zufall?
Schöner Laden, nette Leute.
Auf dem Bescheid fehlt das Aktenzeichen.
Bitte senden Sie uns ein Angebot über 40 Paletten nach Rotterdam.
Steht der Preis pro Person oder pro Zimmer?
Der Aufzug fährt seit Freitag nicht.
Mein Konto ist nach einem einzigen Fehlversuch gesperrt.
Reklamation: Naht offen, Knopf fehlt.
Die Mitarbeiterin am Schalter war sehr geduldig.
Können Sie mir die Maße des Kartons nennen?
In der Mail steht 30. Juni, im Shop 15. Juni.
Habe storniert und trotzdem 89 € bezahlt.
Seit dem Update ist alles auf Englisch.
Wo finde ich die Seriennummer?
Der QR-Code auf dem Ticket wird nicht gelesen.
Bin umgezogen, gilt mein Tarif in Kassel auch?
Das zweite Paket fehlt noch, Sendung JD0002384417765.
Ich habe drei verschiedene Auskünfte bekommen.
Guten Morgen, bitte um Zusendung der Mehrwertsteuerrechnung.
Reifen gewechselt, Schrauben nicht nachgezogen. Lebensgefährlich!
Wird der Bonus automatisch gutgeschrieben?
Kein warmes Wasser, Baby im Haus, dringend!
Unser Kurs in Bremen fällt leider aus.
Danke, hat geklappt. Firmware war 3.1, jetzt 3.4.
Die Brötchen waren von gestern.
Sind Hunde auf der Terrasse erlaubt?
Das Ladegerät wird so heiß, dass man es kaum anfassen kann.
Bitte Fall 00448120 schließen.
Leider nur ein Stern, null geht ja nicht.
Stuhl wackelt trotz Nachziehen.
Wie funktioniert die Rücksendung?
Die Tür der Garage geht nicht mehr zu.
Anbei das unterschriebene Formular.
Ticket 448120 ist seit Donnerstag offen, gibt es etwas Neues?
Tisch für sechs am Freitag um 19:30?
Die Lieferung kam früher als erwartet, top.
Spiegel gesprungen, Karton unversehrt.
Ich lehne Ihren Vorschlag ab und wende mich an die Schlichtungsstelle.
Was bedeutet "in Bearbeitung"?
Zweite Mahnung zu Rechnung 20771 über 1.240,00 Euro.
Der Kaffee war kalt und die Suppe auch.
Suche Ersatzteil für den Rasenmäher, Typ 4410.
Habe zwei bestellt, eins bekommen.
Wann wird der Schaden an der Straße behoben?
Mein Vater ist 88 und kann mit QR-Codes nichts anfangen.
Kann man den Termin um 9:15 Uhr auf später legen?
Die Playlist stoppt nach jedem dritten Lied.
Wirklich guter Service, macht weiter so.
Grüezi, die Rechnung über CHF 118.50 ist schon bezahlt.
Servus, habts ihr am Feiertag offen?
Moin, Strom ist weg im ganzen Viertel.
Freundliche Grüsse\nTeam Kundendienst Zürich
Können Sie die Rechnung auf die Firma umschreiben? Bauservice Nord GmbH.
Lieferzeit laut Seite 2 Tage, laut Mail 2 Wochen.
Ich finde den Abmeldelink nicht.
Monitor flackert am HDMI-Anschluss 2.
Bestellt in Rot, bekommen in Rosa.
Hier stimmt doch was nicht: 500 g Salz auf 1 kg Mehl?
Kulanz? Fehlanzeige.
Ihr Paket ist unterwegs und kommt zwischen 10:15 und 11:15 Uhr.
Ich habe nichts bestellt. Bitte abholen.
Die Betten waren bequem, das WLAN lahm.
Kann ich mit Karte und Gutschein zusammen zahlen?
Bei der Umfrage fehlt "weiß nicht".
Kopfhörer knistern links.
Der Automat hat meinen Zwanziger verschluckt, Bahnsteig 3.
Wir haben Ihre Kündigung zum 31.10.2026 vorgemerkt.
Heizung geht nicht, draußen minus 6 Grad.
Unfassbar, wie man so mit Kunden umgehen kann.
Ein Zelt, aber keine Heringe.
Wie stelle ich das Thermostat nach dem Stromausfall ein?
Preis gut, Pizza kalt.
Bitte Bestellung 301-88271 auf Größe L ändern.
Bin seit 2009 Kunde und das erste Mal enttäuscht.
Sie schrieben "umgehend". Das war vor 12 Tagen.
Ist die Stelle im Lager Dortmund noch frei?
Matratze riecht, ist das normal?
Fahrplan und Anzeige sagen verschiedene Gleise.
Das WLAN reicht nicht bis ins Obergeschoss.
Guthaben von 15 Euro verschwunden.
Echt lecker, kommen wieder.
Guten Abend, ich bräuchte die Betriebsanleitung auf Deutsch.
Mülltonne seit zwei Wochen nicht geleert.
Skier vergessen im Bus nach Innsbruck, Linie 4.
Ich verstehe Position 7 auf der Abrechnung nicht.
Netflix bucht den alten Tarif ab.
IKEA hat Beutel 118334 vergessen.
Amazon sagt, ihr hättet die Rücksendung nicht erfasst.
Die Telekom schiebt es auf euch, ihr schiebt es auf die Telekom.
Mein Samsung lädt nur noch kabellos.
DHL hat den Abholschein in den falschen Kasten geworfen.
Vodafone gibt die Nummer nicht frei.
Bei Edeka steht es für 2,49 im Regal.
Die Xbox geht nach 20 Minuten aus.
^Lidl hat das gleiche Modell für 39 Euro.
Spotify wurde mir zweimal berechnet.
In der Sparkasse sagte man mir, das liege am Händler.
^Die Bosch-Spülmaschine zeigt E15 an.
^Mein Siemens-Herd schaltet ab.
^Kann man die Adidas-Gutscheine online einlösen?
^Bei dm gab es das nicht, bei Rossmann auch nicht.
^Die Haltestelle Goethestraße wird nicht angefahren.
^Der Bus hält nicht mehr am Bertolt-Brecht-Platz.
^Haben Sie am Nikolaustag offen?
^Bahlsen-Kekse alle zerbröselt.
^Dr. Oetker Pizza war aufgetaut.
^Mein Opel springt nicht an, Schutzbrief 7720.
^Der Miele-Trockner quietscht.
^Das Hugo-Boss-Hemd hat ein Loch.
^Wir suchen die Filiale in der Konrad-Adenauer-Allee.
^Porsche Zentrum Kassel ruft nicht zurück.
^Haribo-Tüte war offen.
^Gibt es das Schiller-Gymnasium noch im Verteiler?
^Valentinstag-Strauß kam am 16. Februar.
^Der Henkel-Gutschein ist abgelaufen.
^Im Café Einstein gab es keine Milch.
^Die Philips-Lampe flackert.
^Dallmayr Kaffee war schon abgelaufen.
^Kärcher K5 verliert Druck.
^Die Linie 4 hält nicht mehr in der Karl-Marx-Allee.
Die Rolltreppe im Parkhaus steht still.
Bitte prüfen Sie die Gutschrift vom 19.09.2026.
Ein Lob an die Küche!
Bestätigung kam, Ware nicht.
Ich hätte gern den Herbstkatalog.
Wie viele Nutzer darf eine Lizenz haben?
Lieferschein sagt 17, bestellt waren 20.
Die Dichtung ist porös, bitte Ersatz schicken.
Termin bestätigt: Mittwoch, 11:00 Uhr.
Am Telefon hieß es kostenlos, jetzt 4,95 Euro.
Kann das Konto zusammengelegt werden?
Meine Punkte sind weg, 3.200 Stück.
Unverändert. Habe alles versucht.
Der Chat wurde mitten im Satz beendet.
Rückruf bitte nach 17 Uhr, es geht um die Gasrechnung.
Schrank steht, Tür hängt schief.
Kein Platz für Kinderwagen im ganzen Zug.
Bild ruckelt beim Streamen.
Das Fleisch war zäh.
Geht das auch ohne App?
Die Karte wurde dreimal abgelehnt, beim Bäcker geht sie.
Reparaturauftrag 20931 liegt seit Mai bei Ihnen.
Mein Nachname ist falsch geschrieben, wo ändere ich das?
Bestens verpackt, alles heil.
Haben Sie das auch in 2 TB?
Noch immer keine Antwort auf meine Mail vom Montag.
Ich bin stinksauer.
Ab wann gilt der neue Tarif?
Kerzen duften kaum.
Hallo? Jemand da?
Sind Sie ein Bot?
Bitte keine Zwiebeln. Es waren Zwiebeln drauf.
Prospekt sagt 199, Kasse sagt 229.
Dankeschön und einen schönen Feierabend!
Ihre Sitzung ist abgelaufen.
Der Code aus der SMS wird nicht akzeptiert.
Laut Vertrag 100 Mbit, gemessen 3,2.
Zug fuhr ohne Halt durch.
Ganz okay für das Geld.
Akte 20931-B: Wir haben Ihre Beschwerde geprüft und können ihr nicht abhelfen.
Welche Unterlagen brauchen Sie für ein Firmenkonto?
Die Fliesen haben zwei verschiedene Farbtöne, Charge 0417 und 0422.
Kaution immer noch nicht zurück, Auszug war am 2. März.
Wasser ist seit den Bauarbeiten braun.
Es fehlen Schrauben, Schlüssel und Geduld.
Bitte Lieferung auf Montag verschieben.
Alle Lampen gehen, nur die im Flur nicht.
Erst nach der dritten Mail hat jemand reagiert.
Gutschein per Post wäre nett.
Ich ziehe meine Beschwerde zurück.
Kann ich mit der Fähre ab Rostock auch ein Fahrrad mitnehmen?
Staubsauger riecht verbrannt.
Ersatzschlüssel für den Briefkasten nötig.
Hat das Museum am ersten Sonntag freien Eintritt?
Leider keine Besserung.
Mein Kommentar wurde gelöscht, warum?
Schuhe drücken an der Ferse.
Rabatt verschwindet an der Kasse.
Die Umlaute gehen im Formular nicht.
Verpackung riesig, Inhalt winzig.
Schade, früher war es besser.
Preis top, Versand flop.
Bitte Auftrag 90-2213 beim Laden nebenan abgeben.
Habe den falschen Artikel gewählt, kann man das noch ändern?
Ihr Guthaben beträgt 23,40 €.
Mietwagen war nicht gereinigt.
Die Kinder fanden es super.
Für Anfänger ungeeignet.
Brille zerkratzt im Etui angekommen.
Der Roboter fährt nur im Kreis.
Was ist im Paket Plus enthalten?
Heute 3 Stunden Pannenhilfe an der A7 gewartet.
Antrag abgelehnt ohne Begründung.
Bin schwanger und keiner hat mich vorgelassen.
Ich brauche bis Freitag eine Bescheinigung.
Die Lampe summt.
Danke, Problem gelöst, lag am Kabel.
Dritter Monat ohne Zeitschrift.
Könnten Sie die Rechnung an die Buchhaltung schicken, PO 4500991?
Fahrrad kam ohne Pedale.
Software lässt sich unter Windows 11 nicht installieren, Fehler 0x80070057.
Flasche ausgelaufen, alles klebt.
Hinweis: Wir fragen nie nach Ihrer PIN.
Sitz 14A hat kein Fenster.
Spiel hängt nach Level 12.
Wurde der Vertrag jetzt verlängert oder nicht?
Ein Ohrhörer tot, der andere leise.
Bitte um Angebot für 120 Hefte, liniert.
Kaffeemaschine tropft unten.
Kommt der Monteur vormittags?
Sehr zufrieden, 5 Sterne.
Pfand wurde nicht erstattet.
Konferenzraum war doppelt belegt.
Was kostet der Versand auf die Inseln?
Handyhülle passt nicht.
Bon verloren, Kontoauszug vorhanden: 74,20 am 6.11.
Regal bitte wieder abholen.
Zwei Mails, zwei Preise.
Parkplatz viel zu eng.
Ist die Rampe am Bahnhof wieder in Betrieb?
Ich bekomme ständig Mails für einen anderen Kunden.
Keine Rückmeldung, kein Geld, keine Ware.
Warum brauche ich eine App, um einen Kühlschrank zu öffnen?
Für 29 Euro kann man nicht meckern.
Gerät neu gestartet, Kabel getauscht, Router zurückgesetzt. Nichts.
Der Rucksack begleitet mich seit zehn Jahren. Reparieren Sie den?
Anzahlung 150 Euro, Rest bei Anreise.
Ihr Vorgang wurde an die Fachabteilung weitergeleitet.
Bei Schritt 3 kommt "Ungültige Eingabe".
Wir freuen uns auf Ihren Besuch!
Betreff: Beschwerde Zugausfall\n\nGuten Tag,\n\nder RE 4 um 17:12 fiel gestern ohne Ansage aus. Das ist das vierte Mal im Monat.\n\nIch bitte um Stellungnahme.
Hallo zusammen, ab Montag bitte alle Anfragen nur noch über das Portal.
Vertragsnummer 8820193, bitte um Kopie.
Wir sind eine Schule in Mainz und brauchen 30 Tablets.
Die Bestätigung liegt auch nicht im Spam.
Warum muss ich mich alle 30 Sekunden neu anmelden?
Nudeln verkocht.
Hab das Teil drei Monate, schon durchgerostet.
Können Sie mir bitte die Schritte nochmal schicken?
Gerne, kein Problem.
Welches Netzteil brauche ich, 12 V oder 19 V?
Versehentlich doppelt bezahlt: 82,40 €.
Zähler zeigt 20114, Abrechnung 21140.
Auf Wiedersehen, ich wechsle den Anbieter.
Steuer falsch ausgewiesen, 19 statt 7 Prozent.
Schlüsselkarte ging dreimal nicht.
Dürfen Kinder unter 6 gratis mit?
Es zieht durchs Fenster, Auftrag 220918.
Jacke wärmt gut, Reißverschluss hakt.
Wo kann ich Feedback geben?
Geschenkverpackung möglich?
Alles gut angekommen, nur die Karte fehlte.
Der Drucker zieht kein Papier.
Warte auf Rückerstattung seit 11 Tagen.
Zustellung auf Freitag geändert. Danke für Ihr Verständnis.
Die Tür quietscht, sonst top Zimmer.
Im Schaufenster hängt noch das alte Plakat.
Zum Glück gibt es euch!
Telefonisch niemand zu erreichen, per Mail auch nicht.
Frühstück ab 7, Bus um 6:50. Gibt es Lunchpakete?
Habe ich noch Garantie? Gekauft am 14.07.2024.
Ladesäule in Nürnberg gibt keinen Strom.
Rabattaktion schon vor dem Ende beendet.
Topf kam mit Delle.
Meine Bewertung: 3 von 5.
Unter dem Link kommt nur eine weiße Seite.
Wie kündige ich das Probeabo?
Bus 73 kam gar nicht, der nächste war voll.
Reifen passen nicht auf die Felge.
Sauber, ruhig, günstig.
Bestellnummer vergessen, Mail gelöscht. Was nun?
Handwerker pünktlich und freundlich.
Lieferung bitte nicht vor 16 Uhr.
Entschuldigung, falscher Chat.
Die Hecke wurde beim Liefern plattgefahren.
Nachsendeauftrag läuft, trotzdem kommt nichts an.
Bitte um kurze Info, ob die Ware in Linz lagernd ist.
Der Sessel ist bequem, aber nicht grau.
Das Buch kam mit Eselsohren.
Bitte das Angebot Q-20931 bis Monatsende verlängern.
Mein Tarif heißt jetzt anders und kostet mehr.
Pumpe läuft, Wasser kommt keins.
Reservierung für drei Nächte, gesamt 417 €.
Gutes Gerät, schlechte App.
Fünf Tage für eine Antwort.
Guten Tag,\n\nich habe am 4. Mai zwei Stühle bestellt (Auftrag 66-20918). Geliefert wurde bisher nur einer, und bei dem ist die Lehne locker. Wie gehen wir weiter vor?\n\nBeste Grüße
Hallo liebes Team, die Tasche ist wunderschön, leider klemmt der Verschluss. Kann ich sie in der Filiale Hannover umtauschen oder muss ich sie einschicken?
Vielen Dank für Ihre Nachricht. Wir haben die Sendung JD00238444 beim Transporteur reklamiert und melden uns innerhalb von 48 Stunden.\n\nIhr Kundenservice
Ich verstehe nicht, warum die Abschlagszahlung von 78 auf 131 Euro steigt, obwohl wir weniger verbraucht haben als im letzten Jahr. Bitte erklären Sie mir die Berechnung.
Der Monteur war pünktlich, hat aber das falsche Ersatzteil dabeigehabt. Neuer Termin erst in drei Wochen. So geht das nicht!
Wir waren zu viert in der Ferienwohnung bei Rostock. Lage traumhaft, Küche gut ausgestattet, Betten etwas weich. Endreinigung mit 95 Euro recht teuer.
Nach dem Update auf 18.2 startet das Handy alle zehn Minuten neu. Zurücksetzen hat nichts gebracht.
[09:12] Kunde: Ist das Modell mit Dampf lieferbar?\n[09:13] Support: Ja, ab Kalenderwoche 32.\n[09:13] Kunde: super danke
Sehr geehrte Kundin, sehr geehrter Kunde,\n\nwegen der Inventur bleibt unser Lager am 2. Januar geschlossen. Bestellungen werden ab dem 3. Januar wieder versendet.\n\nIhr Versandteam
hab das falsche modell bestellt, kann man das noch abfangen? bestellung ist von heute 8 uhr
Kunde meldet Geräusch ab 80 km/h, im Leerlauf weg. Radlager prüfen. Auftrag 22-7714.
Bewertung: Essen 9/10, Service 4/10, Preis 7/10. Wir kommen wieder, aber nicht am Sonntag.
Meine Tochter ist allergisch gegen Nüsse, und auf der Packung war das Etikett nicht lesbar. Das darf nicht passieren.
Auf der Webseite steht "sofort lieferbar", in der Bestätigung steht "Lieferzeit 4 Wochen". Was gilt?
Könnten Sie bitte die Rechnung für Juli noch einmal schicken? Die PDF-Datei lässt sich nicht öffnen.
Seit der Umstellung auf die neue App sehe ich meine alten Bestellungen nicht mehr. Sind die weg?
Ich möchte das Abo für zwei Monate pausieren, weil ich am Knie operiert werde.
Steckdose im Abteil ohne Strom, WLAN ohne Netz, Bistro ohne Kaffee. Fahrt nach München, 4 Stunden.
Bitte senden Sie mir die Unterlagen für die Garantieverlängerung, Seriennummer WM-2209-88173.
Ich habe den Eindruck, dass meine Mails gar nicht gelesen werden. Das ist jetzt die vierte.
Die Vorhänge sind etwas dunkler als auf dem Bild, gefallen uns aber trotzdem.
Haben heute zu fünft bei euch gefrühstückt. Alles frisch, alles lecker, nur die Eier kamen zum Schluss.
Für die Abholung brauchen Sie den Code aus der Mail und die Bestellnummer. Das Paket liegt sieben Tage bereit.
Gibt es für Bestandskunden auch den Neukundenpreis von 19,99?
Wie lange ist der Gutschein gültig, ein Jahr oder drei?
Der Kinderwagen hat nach drei Wochen einen Platten, und Schläuche sind angeblich nirgends lieferbar.
Im Vertrag steht eine Laufzeit von 12 Monaten, im Kundenkonto 24. Bitte korrigieren.
Ich finde es gut, dass Sie jetzt weniger Plastik verwenden.
Die Klimaanlage im Büro in Frankfurt ist seit Montag ausgefallen. 31 Grad. Ticket INC0048812.
Leider muss ich den Tisch für heute Abend absagen. Uns ist das Auto liegen geblieben.
Guten Tag,\n\nam 2. September habe ich unter der Nummer 7740-2211 zwei Nachttische und eine Lampe bestellt. Die Tische kamen am 9. mit zerkratzten Platten, die Lampe ist noch nicht einmal verschickt, obwohl die 148 Euro sofort abgebucht wurden.\n\nBitte lassen Sie die Tische abholen, stornieren Sie die Lampe und erstatten Sie alles. Fotos liegen bei.\n\nMit freundlichen Grüßen
[11:02] Besucher: hallo, meine bestellung ist verspätet\n[11:03] Agent: Guten Morgen, nennen Sie mir bitte die Bestellnummer?\n[11:03] Besucher: 5520193\n[11:05] Agent: Danke. Wir warten auf Ware aus Mailand, voraussichtlich 14. Oktober.\n[11:06] Besucher: kann ich auf grau wechseln\n[11:07] Agent: Natürlich, ist erledigt. Sonst noch etwas?\n[11:07] Besucher: nein danke
Liebe Anwohnerinnen und Anwohner,\n\nam Dienstag, 18. November, wird in Plagwitz und Lindenau von 9 bis 15 Uhr das Wasser abgestellt, weil wir eine Leitung erneuern. Wir bitten um Verständnis.\n\nIhre Stadtwerke Leipzig
Wir waren eine Woche in der Hütte bei Bad Ischl, und es war genau wie erhofft: Aussicht, Kachelofen, Ruhe. Einziger Haken ist die Dusche, die nach vier Minuten kalt wird. Im Frühjahr gerne wieder, auch wenn 40 Euro für den Hund happig sind.
Ich drehe mich im Kreis. Der Laden in Essen sagt, es liegt am Netz, der Anbieter sagt, es liegt am Gerät, und der Hersteller schickt mich zurück in den Laden. Ich will nur ein Telefon, das klingelt. Gekauft am 12. Juli, Garantie bis 2027.
Interne Notiz: Kunde hat dreimal wegen Fall 00448120 angerufen, Ersatzteil für Therme am 6.11. bestellt (PO 88120), Lieferant nennt 10 Werktage. Zwei Heizlüfter und 30 Euro Gutschrift angeboten, angenommen. Wiedervorlage Montag.
'''

if __name__ == '__main__':
    main()
