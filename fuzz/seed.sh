#!/bin/sh
# Seeds for the fuzz targets: the golden briefs and the cases of segmentation, a paragraph a file; for `check` pairs of
# paragraphs with a form feed between them. Run in this folder.
set -eu
mkdir -p corpus/segment corpus/check corpus/exchange
for file in ../pairs/*/*.txt ../tests/it/segment/*.txt; do
    awk -v RS= -v name="corpus/segment/seed-$(echo "$file" | cksum | cut -d' ' -f1)" '{ printf "%s", $0 > (name "-" NR); close(name "-" NR) }' "$file"
done
for folder in ../pairs/*; do
    name="corpus/check/seed-$(basename "$folder")"
    ({ head -c 600 "$folder/source.ko.txt" | iconv -c -f UTF-8 -t UTF-8 2>/dev/null || true; }; printf '\f'; head -c 600 "$folder/target.en.txt") > "$name"
done
for name in anchor read; do mkdir -p "corpus/$name" && find corpus/segment -name "seed-*" -exec cp -t "corpus/$name" {} +; done
