import json,sys
D=set()
for l in open('/tmp/sixth/redaction_sixth.jsonl'):
    r=json.loads(l)
    if r['clean'] or r['language']!=sys.argv[1] or r['frame'] in D: continue
    D.add(r['frame']); t=r['text'];o='';p=0
    for i in sorted(r['items'],key=lambda x:x['start']): o+=t[p:i['start']]+'['+t[i['start']:i['end']]+']';p=i['end']
    print(r['frame'][3:],(o+t[p:]).replace('\n','/'))
