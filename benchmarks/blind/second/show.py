import json,random,sys
rows=[json.loads(l) for l in open('redaction_second.jsonl')]
r=random.Random(int(sys.argv[1])); 
for x in r.sample(rows,int(sys.argv[2])):
    t=x['text']
    for s in sorted(x['items']+x['optional']+x['keep'],key=lambda s:-s['start']):
        k={'name_signature':'SIG','name_greeting':'GREET','name_mentioned':'MENT','name_introduced':'INTRO','name_field':'FIELD'}.get(s['kind'],s['kind'])
        t=t[:s['start']]+'⟦'+k+' '+s['text']+'⟧'+t[s['end']:]
    print('##',x['id'],x['channel'],'clean' if x['clean'] else '');print(t);print()
