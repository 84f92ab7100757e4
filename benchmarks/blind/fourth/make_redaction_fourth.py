"""python3.11 make_redaction_fourth.py -> redaction_fourth.jsonl (same bytes each run; standard library only)."""
import json, random, re, os, sys, collections
import values as V
HERE = os.path.dirname(os.path.abspath(__file__))
KIND = dict(g="name_greeting", s="name_signature", i="name_introduced", f="name_field", m="name_mentioned")
TOK = re.compile(r"\{([gsifm]):([FLNIRADS])(\d)([mf]?)(?:/([lu]))?\}|\{(mail|phone|card|iban|nid|ip4|ip6|ip|order|ticket|booking|tracking|flight|invoice|amount|date|city)(?::([A-Za-z_0-9]+))?\}|\[(order|ticket|booking|tracking|flight|invoice|amount|date|city|product|company):([^\]]+)\]")
PT_PT = re.compile(r":PT\}|nif_pt|voss[oa]|[Ee]ncomenda|rece[çp][çc]?ão|Exm|[Tt]elemóvel|[Cc]ontacto|[Dd]ébito direto|caução|sff|área de cliente")
STRUCT = {"mail", "phone", "card", "iban", "nid", "ip", "ip4", "ip6"}

def render(frame, lang, r):
    genders = {}
    for m in TOK.finditer(frame):
        if m.group(1) and m.group(4): genders[m.group(3)] = m.group(4)
    people = {}
    def person(n):
        if n not in people:
            while 1:
                p = V.Person(r, lang, genders.get(n))
                if all(p.first != q.first and p.short != q.short for q in people.values()): break
            people[n] = p
        return people[n]
    out, items, keep, pos = "", [], [], 0
    cache = {}
    for m in TOK.finditer(frame):
        out += frame[pos:m.start()]; pos = m.end()
        if m.group(1):
            p = person(m.group(3)); form = m.group(2); pre = post = ""
            v = {"F": p.first, "L": p.short, "N": p.full(), "I": p.short, "R": p.last + ", " + p.first, "A": p.first, "D": p.last, "S": p.first + " " + p.short}[form]
            if form == "I": pre = p.first[0] + ". "
            if form == "A": post = " " + p.short.split()[-1][0] + "."
            sub = "as is"
            if m.group(5) == "l":
                sub = "lower"
                v, pre, post = v.lower(), pre.lower(), post.lower()
                if lang in ("es", "pt") and r.random() < .6: v = V.noacc(v)
            if m.group(5) == "u": sub = "upper"; v, pre, post = v.upper(), pre.upper(), post.upper()
            out += pre; items.append(dict(kind=KIND[m.group(1)], start=len(out), end=len(out) + len(v), sub=sub)); out += v + post
        elif m.group(6):
            k, a = m.group(6), m.group(7)
            if k in STRUCT:
                if k == "mail": v, sub = V.mail(r, lang, person(a) if a else V.Person(r, lang))
                elif k == "phone": v, sub = V.phone(r, lang, a)
                elif k == "card": v, sub = V.card(r)
                elif k == "iban": v, sub = V.iban(r, lang, a)
                elif k == "nid": v, sub = V.nid(r, a)
                else:
                    six = k == "ip6" or (k == "ip" and r.random() < .3); v, sub = (V.ip6(r), "v6") if six else (V.ip4(r), "v4")
                kk = {"nid": "national_id", "ip4": "ip", "ip6": "ip"}.get(k, k)
                items.append(dict(kind=kk, start=len(out), end=len(out) + len(v), sub=sub)); out += v
            else:
                v = V.keepval(r, lang, k, PT_PT.search(frame))
                if k == 'date' and v.endswith('.') and frame[pos:pos + 1] == '.': v = v[:-1]
                if a: v = cache.setdefault((k, a), v)
                keep.append(dict(kind=k, start=len(out), end=len(out) + len(v))); out += v
        else:
            keep.append(dict(kind=m.group(8), start=len(out), end=len(out) + len(m.group(9)))); out += m.group(9)
    return out + frame[pos:], items, keep

def check(t, items, keep, where):
    spans = sorted((x["start"], x["end"]) for x in items + keep)
    for (a, b), (c, d) in zip(spans, spans[1:]): assert b <= c, ("overlap", where, t)
    for x in items:
        s = t[x["start"]:x["end"]]; assert s and s == s.strip(), (where, s)
        if x["kind"] == "card": assert V.luhn_ok(re.sub(r"\D", "", s)), s
        if x["kind"] == "iban": assert V.iban_ok(s), s
    assert not re.search(r"[{}]|\[[a-z]+:", t), (where, t)

def main():
    rows, seen = [], set()
    for lang in ("en", "es", "pt", "de"):
        frames = []
        for fn in (f"frames_{lang}.txt", f"frames_{lang}_more.txt"):
            fn = os.path.join(HERE, fn)
            if os.path.exists(fn): frames += [f.strip("\n") for f in re.split(r"(?m)^@\s*$", open(fn, encoding="utf-8").read()) if f.strip()]
        assert len(set(frames)) == len(frames), "twice the same frame"
        for n, f in enumerate(frames, 1):
            fid = f"{lang}-{n:03d}"
            assert any(m.group(1) or m.group(6) in STRUCT for m in TOK.finditer(f)), ("no items", fid, f)
            for k in range(3):
                r = random.Random(f"fourth/{fid}/{k}")
                t, items, keep = render(f, lang, r); check(t, items, keep, fid)
                if t in seen: continue
                seen.add(t); rows.append(dict(text=t, language=lang, items=items, keep=keep, clean=False, frame=fid, eponym=False))
        n = 0
        for fn in (f"clean_{lang}.txt", f"clean_{lang}_more.txt"):
            fn = os.path.join(HERE, fn)
            if not os.path.exists(fn): continue
            for line in open(fn, encoding="utf-8"):
                line = line.rstrip("\n")
                if not line.strip() or line.startswith("%%"): continue
                ep = line.startswith("* "); line = line[2:] if ep else line
                t, items, keep = render(line.replace("\\n", "\n"), lang, random.Random(0)); n += 1
                assert not items and "{" not in line, line
                check(t, [], keep, line)
                low = t.lower()
                assert "@" not in re.sub(r"(^|\s)@\w+", "", t), ("mail in clean", t)
                assert not re.search(r"(?<![\w/.-])(\+|00)?\d[\d ().-]{8,}\d", t) or re.search(r"(?:\d[ -]?){9,}", t) is None or "0800" in t or re.search(r"\[", line), ("phone-like in clean", t)
                assert low not in seen, ("twice", t); seen.add(low)
                rows.append(dict(text=t, language=lang, items=[], keep=keep, clean=True, frame=f"{lang}-c{n:03d}", eponym=ep))
    with open(os.path.join(HERE, "redaction_fourth.jsonl"), "w", encoding="utf-8") as o:
        for x in rows: o.write(json.dumps(x, ensure_ascii=False) + "\n")
    c = collections.Counter(); cl = collections.Counter()
    for x in rows:
        if x["clean"]: cl[x["language"]] += 1; cl["eponym " + x["language"]] += x["eponym"]
        for i in x["items"]: c[(i["kind"])] += 1; c[(i["kind"], x["language"])] += 1
    for k in sorted({k for k in c if isinstance(k, str)}): print(k, c[k], {l: c[(k, l)] for l in ("en", "es", "pt", "de")})
    print("items", sum(v for k, v in c.items() if isinstance(k, str)), "frames rows", sum(not x["clean"] for x in rows), "clean", dict(cl))
main()
