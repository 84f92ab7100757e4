import sys,random
sys.path.insert(0,'/tmp/sixth/lib');sys.path.insert(0,'/tmp/sixth/src')
import engine as e, phonenumbers as pn
from collections import Counter
bad=Counter();tot=0
r=random.Random(1)
for cc,(a,b) in e.PH.items():
    for p in a+b:
        for _ in range(60):
            s=e.fill(r,p);tot+=1
            try: ok=pn.is_valid_number(pn.parse(s.replace('0044','+44') if 0 else s,cc))
            except Exception as x: ok=False
            if not ok: bad[cc,p,s]+=1
pb=Counter((k[0],k[1]) for k in bad)
print(tot,pb)
import stdnum.gb.nhs,stdnum.us.ssn,stdnum.ie.pps,stdnum.ca.sin,stdnum.au.tfn,stdnum.nz.ird,stdnum.za.idnr,stdnum.in_.aadhaar,stdnum.in_.pan,stdnum.es.dni,stdnum.es.nie,stdnum.mx.curp,stdnum.mx.rfc,stdnum.ar.dni,stdnum.ar.cuit,stdnum.cl.rut,stdnum.ec.ci,stdnum.br.cpf,stdnum.pt.nif,stdnum.pt.cc,stdnum.de.idnr,stdnum.at.vnr,stdnum.ch.ssn,stdnum.iban,stdnum.luhn
s=stdnum
V={'GB.NHS':s.gb.nhs,'US.SSN':s.us.ssn,'IE.PPS':s.ie.pps,'CA.SIN':s.ca.sin,'AU.TFN':s.au.tfn,'NZ.IRD':s.nz.ird,'ZA.ID':s.za.idnr,'IN.AADHAAR':s.in_.aadhaar,'IN.PAN':s.in_.pan,'ES.DNI':s.es.dni,'ES.NIE':s.es.nie,'MX.CURP':s.mx.curp,'MX.RFC':s.mx.rfc,'AR.DNI':s.ar.dni,'AR.CUIL':s.ar.cuit,'CL.RUT':s.cl.rut,'EC.CI':s.ec.ci,'BR.CPF':s.br.cpf,'PT.NIF':s.pt.nif,'PT.CC':s.pt.cc,'DE.IDNR':s.de.idnr,'AT.SVNR':s.at.vnr,'CH.AHV':s.ch.ssn}
try:
    import stdnum.uy.ci as x; V['UY.CI']=x
except ImportError: pass
def idok(t,v):
    if t not in V: return True
    try: V[t].validate(v.replace('.','') if t=='ES.DNI' else v); return True
    except Exception as ex: return False
if __name__=='__main__':
  for t in list(V)+['GB.NINO','SG.NRIC','CO.CC','PE.DNI','UY.CI','PT.NISS','AO.BI','DE.PA','DE.SV']:
    b=[x for x in (e.nid(r,t) for _ in range(100)) if not idok(t,x)]
    if b: print(t,len(b),b[:3])
    else: print(t,'ok',e.nid(r,t),end='; ')
  print()
  for l in ['en','es','pt','de']:
    for _ in range(300):
        v,_c=e.iban(r,l,'')
        try: s.iban.validate(v,check_country=True)
        except Exception as ex: print('iban',v,type(ex).__name__)
        c,_b=e.card(r,l)
        if not s.luhn.is_valid(''.join(x for x in c if x.isdigit())): print('card',c)
