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
