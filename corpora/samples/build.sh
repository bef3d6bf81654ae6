#!/usr/bin/env bash
# Build the sample editions and their truth; `build.sh --check` compares with the committed files and writes nothing.
#
# Everything fetched goes to ${XDG_CACHE_HOME:-$HOME/.cache}/hakusho/typst. HAKUSHO_SAMPLE_FONTS may name a folder that
# holds the three font files; otherwise they are looked for in the system's font folders.
set -euo pipefail
cd "$(dirname "$0")"

typst_version=0.15.2
cache=${XDG_CACHE_HOME:-$HOME/.cache}/hakusho/typst
fonts=$cache/fonts
package=fonts-noto-cjk # Debian and Ubuntu; Noto CJK 2.003 / 2.000, SIL Open Font License 1.1

# file name and SHA-256 of the fonts with which the committed PDFs were made
font_list="NotoSerifCJK-Regular.ttc a04178ec485dffdff7cc0c0c20e1fce9202d7e2160d805e8e44a4c8841c58481
NotoSansCJK-Regular.ttc b76b0433203017ca80401b2ee0dd69350349871c4b19d504c34dbdd80541690a
NotoSansCJK-Bold.ttc faa5f3656a78b2e2d450d27fe8382c778bc2b6bb5ea29c986664a6a435056ceb"

find_font() {
  local folder
  for folder in ${HAKUSHO_SAMPLE_FONTS:+"$HAKUSHO_SAMPLE_FONTS"} /usr/share/fonts /usr/local/share/fonts \
    "$HOME/.local/share/fonts" "$HOME/.fonts"; do
    if [ -d "$folder" ]; then
      find "$folder/" -name "$1" -print -quit
    fi
  done | head -n 1
}

missing() {
  local name sum
  while read -r name sum; do
    [ -n "$(find_font "$name")" ] || echo "$name"
  done <<<"$font_list"
}

if [ -n "$(missing)" ] && [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
  apt-get update -qq
  apt-get install -y -qq --no-install-recommends "$package"
fi
if [ -n "$(missing)" ]; then
  echo "build.sh: not found: $(missing | paste -sd ' ')" >&2
  echo "Install the Noto CJK fonts (Debian and Ubuntu: apt-get install $package), or set HAKUSHO_SAMPLE_FONTS." >&2
  exit 2
fi

# typst sees these three files and no other font
rm -rf "$fonts"
mkdir -p "$fonts"
while read -r name sum; do
  ln -s "$(find_font "$name")" "$fonts/$name"
  if ! echo "$sum  $fonts/$name" | sha256sum --check --status; then
    echo "build.sh: $name is another version than the one used for the committed PDFs; the bytes will differ" >&2
  fi
done <<<"$font_list"

venv=$cache/venv-$typst_version
if ! "$venv/bin/python" -c 'import typst' 2>/dev/null; then
  python3 -m venv --clear "$venv"
  "$venv/bin/pip" install --quiet --disable-pip-version-check --no-deps --only-binary :all: "typst==$typst_version"
fi
exec "$venv/bin/python" build.py --fonts "$fonts" "$@"
