"""Outside check (needs ./lib: python-stdnum, phonenumbers): not part of making the set."""
import sys, random, collections; sys.path.insert(0, "lib")
import values as V, phonenumbers
from stdnum import iban
import importlib
r = random.Random(1)
bad = collections.Counter(); tot = collections.Counter(); ex = {}
for c, ps in V.PH.items():
    for p in ps:
        for _ in range(15):
            s = V._fmt(r, p); tot["phone"] += 1
            try: ok = phonenumbers.is_valid_number(phonenumbers.parse(s, c))
            except Exception: ok = False
            if not ok: bad[(c, p)] += 1; ex[(c, p)] = s
for c in set(k for m in V.IBMIX.values() for k in m):
    for _ in range(50):
        s, _c = V.iban(r, "en", c)
        try: iban.validate(s.replace("-", ""))
        except Exception as e: bad[("iban", c)] += 1; ex[("iban", c)] = (s, repr(e))
M = dict(dni="es.dni", nie="es.nie", nif_pt="pt.nif", cpf="br.cpf", steuerid="de.idnr", svnr="at.vnr", ahv="ch.ssn", nhs="gb.nhs", ssn="us.ssn", pps="ie.pps", sin="ca.sin", aadhaar="in_.aadhaar", tfn="au.tfn", za="za.idnr", nir="fr.nir", cf="it.codicefiscale", bsn="nl.bsn", nrn="be.nn", pesel="pl.pesel", pnr="se.personnummer", cnp="ro.cnp", tckn="tr.tckimlik", curp="mx.curp", rut="cl.rut", cuil="ar.cuit", ec="ec.ci", uy=None, rvnr=None, nino=None, cc=None)
for k, m in M.items():
    for _ in range(60):
        s, c = V.nid(r, k)
        if m:
            mod = importlib.import_module("stdnum." + m)
            try: mod.validate(s)
            except Exception as e: bad[("nid", k)] += 1; ex[("nid", k)] = (s, repr(e))
for k, v in bad.items(): print(k, v, ex[k])
