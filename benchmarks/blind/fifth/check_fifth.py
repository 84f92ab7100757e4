#!/usr/bin/env python3.11
"""Checks redaction_fifth.jsonl: spans, overlaps, distinct texts, frames, check digits, phones, clean texts."""
import sys, os, json, re, collections, importlib, unicodedata
H = os.path.dirname(os.path.abspath(__file__)); sys.path[:0] = [H, os.path.join(H, "lib")]
import phonenumbers, make_redaction_fifth as M
from stdnum import iban as SI, luhn
MP = {"ES-DNI":"es.dni","ES-NIE":"es.nie","MX-CURP":"mx.curp","MX-RFC":"mx.rfc","AR-DNI":"ar.dni","AR-CUIL":"ar.cuit","CL-RUT":"cl.rut","EC-CI":"ec.ci","BR-CPF":"br.cpf","PT-NIF":"pt.nif","PT-CC":"pt.cc","DE-IDNR":"de.idnr","AT-SV":"at.vnr","CH-AHV":"ch.ssn","US-SSN":"us.ssn","GB-NHS":"gb.nhs","IE-PPS":"ie.pps","CA-SIN":"ca.sin","AU-TFN":"au.tfn","NZ-IRD":"nz.ird","IN-AADHAAR":"in_.aadhaar","IN-PAN":"in_.pan","ZA-ID":"za.idnr"}
R = [json.loads(l) for l in open(os.path.join(H, "redaction_fifth.jsonl"), encoding="utf-8")]
bad = []; n = collections.Counter()
names = {x for L in M.NAMES.values() for part in L for x in part} | set(M.MONO)
fr = collections.Counter()
for i, r in enumerate(R):
    t = r["text"]; fr[r["frame"]] += 1
    def B(*a): bad.append((i, r["frame"]) + a)
    if "{" in t or "}" in t or "[[" in t or "\\n" in t or t != t.strip(): B("markup", t)
    sp = sorted([(x["start"], x["end"], x["kind"]) for x in r["items"] + r["keep"]])
    for a, b in zip(sp, sp[1:]):
        if a[1] > b[0]: B("overlap", a, b)
    for s, e, k in sp:
        v = t[s:e]
        if not v or v != v.strip() or not (0 <= s < e <= len(t)): B("span", k, v)
        if (s and t[s-1].isalnum() and v[0].isalnum()) or (e < len(t) and t[e].isalnum() and v[-1].isalnum()): B("glued", k, t[max(0,s-5):e+5])
    for x in r["items"]:
        v = t[x["start"]:x["end"]]; k = x["kind"]; n[k] += 1
        if k == "card" and not luhn.is_valid(re.sub(r"\D", "", v)): B("luhn", v)
        if k == "iban":
            try: SI.validate(v)
            except Exception as e: B("iban", v, repr(e))
        if k == "phone":
            try:
                p = phonenumbers.parse(v, x["sub"])
                if not phonenumbers.is_valid_number_for_region(p, x["sub"]): B("phone", v, x["sub"])
            except Exception as e: B("phone", v, repr(e))
        if k == "mail" and not re.fullmatch(r"[\w.+-]+@[\w-]+(\.[\w-]+)+", v): B("mail", v)
        if k == "ip":
            import ipaddress
            ipaddress.ip_address(v)
        if k == "national_id" and x["sub"] in MP:
            w = v.replace(".", "").replace("-", "") if x["sub"] in ("ES-DNI", "ES-NIE") else v
            try: importlib.import_module("stdnum." + MP[x["sub"]]).validate(w)
            except Exception as e: B("id", x["sub"], v, repr(e))
        if k.startswith("name") and not re.fullmatch(r"[^\W\d_][\w.,'’ -]*", v): B("name", v)
    if r["clean"] != (not r["items"]): B("clean flag")
    if r["clean"]:
        if re.search(r"\w@\w+\.\w", t): B("mail in clean", t)
        if re.search(r"\b\d{1,3}(\.\d{1,3}){3}\b", t): B("ip in clean", t)
        for m in re.finditer(r"\d[\d -]{11,22}\d", t):
            d = re.sub(r"\D", "", m.group())
            if 13 <= len(d) <= 19 and luhn.is_valid(d): B("luhn in clean", t)
        if not r["eponym"]:
            for w in re.findall(r"[^\W\d_]{3,}", t):
                if w in names: n["nameword " + w] += 1
    # an item's value written again outside a span
    for x in r["items"]:
        v = t[x["start"]:x["end"]]
        for m in re.finditer(re.escape(v), t):
            if len(v) > 3 and not any(y["start"] <= m.start() and m.end() <= y["end"] for y in r["items"]): B("repeat unmarked", v, t)
if len({r["text"] for r in R}) != len(R): bad.append("dup")
if max(fr.values()) > 3: bad.append("frame > 3")
print(len(R), "texts", len(fr), "frames", sum(r["clean"] for r in R), "clean", sum(r["clean"] and r["eponym"] for r in R), "eponym clean", "phone countries", len({x["sub"] for r in R for x in r["items"] if x["kind"] == "phone"}))
print({k: v for k, v in n.items()})
for b in bad[:60]: print("BAD", b)
print("faults:", len(bad))
