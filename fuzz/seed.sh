#!/usr/bin/env bash
# Fills fuzz/corpus with small seeds: PDF files of a folder (default: the torture files of the test material), the same
# with their streams inflated, and their font programs; the last two need mutool.
set -euo pipefail
cd "$(dirname "$0")"
material=${HAKUSHO_MATERIAL:-../../shared}
folder=$(realpath "${1:-$material/corpora/torture}")
largest=20k
mkdir -p corpus/{tokenizer,cmap,font_program,whole_file,document}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
find "$folder" -name '*.pdf' -size -$largest -print0 | while IFS= read -r -d '' file; do
  name=$(basename "$file" .pdf)
  cp -f "$file" "corpus/whole_file/$name.pdf"
  command -v mutool >/dev/null || continue
  timeout 10 mutool clean -d "$file" "$work/plain.pdf" >/dev/null 2>&1 && [ -s "$work/plain.pdf" ] &&
    [ "$(stat -c %s "$work/plain.pdf")" -lt 100000 ] && mv "$work/plain.pdf" "corpus/whole_file/$name.plain.pdf"
  rm -rf "$work/fonts" && mkdir "$work/fonts"
  (cd "$work/fonts" && timeout 10 mutool extract "$file" >/dev/null 2>&1) || true
  find "$work/fonts" \( -name '*.ttf' -o -name '*.otf' -o -name '*.cff' -o -name '*.pf[ab]' -o -name '*.cid' \) -size -$largest \
    -exec sh -c 'cp -f "$2" "corpus/font_program/$1-$(basename "$2")"' _ "$name" {} \;
done
cp -f corpus/whole_file/*.pdf corpus/document/
# Tokens and character maps stand in the inflated files as they are.
cp -f corpus/whole_file/*.plain.pdf corpus/tokenizer/ 2>/dev/null || true
grep -laF beginbf corpus/whole_file/*.plain.pdf 2>/dev/null | while IFS= read -r file; do
  sed -n '/begincmap/,/endcmap/p' "$file" >"corpus/cmap/$(basename "$file" .plain.pdf).txt"
done
for target in corpus/*; do echo "$(basename "$target"): $(find "$target" -type f | wc -l) seeds"; done
