import re
S='/tmp/sixth/src/'
e=open(S+'engine.py',encoding='utf-8').read().rstrip('\n')
o=[e,'','# ---------------------------------------------------------------- frames with items (blocks parted by a line ---)','FRAMES, CLEAN = {}, {}']
import os
for l in ('en','es','pt','de'):
    for n,v in (('frames','FRAMES'),('clean','CLEAN')):
        f=S+f'{n}_{l}.txt'; t=open(f,encoding='utf-8').read() if os.path.exists(f) else ''
        assert "'''" not in t,l
        o.append(f"{v}['{l}'] = r'''\n{t}'''")
o+=['',"if __name__ == '__main__':",'    main()','']
open('/tmp/sixth/make_redaction_sixth.py','w',encoding='utf-8').write('\n'.join(o))
