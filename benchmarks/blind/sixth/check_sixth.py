import json,sys,re
sys.path.insert(0,'/tmp/sixth/lib');sys.path.insert(0,'/tmp/sixth/src')
import check_num as cn, phonenumbers as pn, stdnum.iban, stdnum.luhn
from collections import Counter
R=[json.loads(l) for l in open('/tmp/sixth/redaction_sixth.jsonl',encoding='utf-8')]
bad=[];K=Counter();KL=Counter();CC=Counter();ID=Counter();seen={};CL=Counter();EP=Counter();FN=Counter();BR=Counter()
for r in R:
    t=r['text']
    if t in seen: bad.append(('dup',r['frame'],seen[t]))
    seen[t]=r['frame']
    sp=sorted((x['start'],x['end']) for x in r['items']+r['keep'])
    for a,b in zip(sp,sp[1:]):
        if a[1]>b[0]: bad.append(('overlap',r['frame']))
    if re.search(r'\{|\}|<<|>>',t): bad.append(('brace',r['frame'],t))
    if not r['clean']: FN[r['frame']]+=1
    if not r['clean'] and not r['items']: bad.append(('noitems',r['frame']))
    for x in r['items']:
        s=t[x['start']:x['end']];k=x['kind'];K[k]+=1;KL[k,r['language']]+=1
        if s!=s.strip() or not s: bad.append(('span',r['frame'],s))
        if k=='phone':
            CC[x['sub']]+=1
            try: ok=pn.is_valid_number(pn.parse(s,x['sub']))
            except Exception: ok=0
            if not ok: bad.append(('phone',r['frame'],s,x['sub']))
        if k=='card':
            BR[x['sub']]+=1
            if not stdnum.luhn.is_valid(re.sub(r'\D','',s)): bad.append(('card',s))
        if k=='iban' and not stdnum.iban.is_valid(re.sub(r'[-\s]','',s)): bad.append(('iban',s))
        if k=='national_id':
            ID[x['sub']]+=1
            if not cn.idok(x['sub'],s): bad.append(('id',x['sub'],s))
    if r['clean']:
        CL[r['language']]+=1;EP[r['language']]+=r['eponym']
        if '@' in t: bad.append(('at',r['frame'],t))
        for m in re.finditer(r'(?<!\w)(?:\+|00)?\d[\d ./()-]{6,}\d',t):
            d=re.sub(r'\D','',m[0])
            if len(d)>=13 and stdnum.luhn.is_valid(d): bad.append(('luhn-in-clean',r['frame'],m[0]))
        if re.search(r'\b\d{1,3}(\.\d{1,3}){3}\b',t): bad.append(('ip-in-clean',r['frame'],t))
        if re.search(r'(?i)\b(street|road|avenue|calle|avenida|rua|av\.|\w+stra(ß|ss)e|\w+str\.|\w+weg|platz|c/)\b[^.\n]{0,25}?[ ,]\d{1,4}\b',t): bad.append(('street-in-clean?',r['frame'],t))
        if re.search(r'(?i)(saludos|gracias|regards|thanks|cheers|grüße|gruß|obrigad[oa]|abraços?|att|cumprimentos|lg|mfg|vg),?\s+[A-ZÁÉÍÓÚÄÖÜ]?[a-záéíóúãõäöüß]+$',t): bad.append(('signoff?',r['frame'],t[-60:]))
for b in bad: print(b)
print(len(R),sum(K.values()),dict(K));print({k:{l:KL[k,l] for l in('en','es','pt','de')} for k in K})
print('lang items',{l:sum(v for (k,m),v in KL.items() if m==l) for l in('en','es','pt','de')},'frames',Counter(f[:2] for f in FN))
print('phones',len(CC),CC.most_common());print('ids',ID.most_common());print('cards',BR.most_common());print('clean',CL,EP)
for r in R:
    if r['clean']:
        for reg in {'en':['GB','US','IN'],'es':['ES','MX','AR'],'pt':['PT','BR'],'de':['DE','AT']}[r['language']]:
            for m in pn.PhoneNumberMatcher(r['text'],reg): print('phone-like in clean',reg,r['frame'],m.raw_string,'|',r['text'][:70])
        for n in re.findall(r'\d{9,11}',r['text']):
            for t in ('BR.CPF','PT.NIF','DE.IDNR','EC.CI','CA.SIN'):
                if cn.idok(t,n): print('id-like in clean',t,n,r['frame'],r['text'][:60])
