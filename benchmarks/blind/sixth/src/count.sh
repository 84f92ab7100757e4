for l in en es pt de; do f=/tmp/sixth/src/clean_$l.txt; [ -f $f ] && echo $l $(grep -c . $f) ep $(grep -c '^\^' $f); done; date -u
