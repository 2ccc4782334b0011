#!/bin/sh
# Opens the page of a check in Debian's chromium, does what a reader does (probe.js), and fails when the page does not answer.
# Usage: tests/browser/run.sh [path of jjak]
set -eu
here=$(dirname "$0")
jjak=${1:-$here/../../target/debug/jjak}
desk=$(mktemp -d)
trap 'rm -rf "$desk"' EXIT
pair=$here/../../pairs/nk-russia-treaty
# Text that would run if it were not escaped.
{ cat "$pair/target.en.txt"; echo 'The treaty has a <img src=x onerror="window.broken=1"></article><script>window.broken=1</script> annex of 99 pages.'; } > "$desk/target.en.txt"
"$jjak" check "$pair/source.ko.txt" "$desk/target.en.txt" --omitted --fail-on never --format html > "$desk/page.html"
{ sed '/<\/body>/,$d' "$desk/page.html"; echo '<script nonce="page">'; cat "$here/probe.js"; echo '</script></body></html>'; } > "$desk/probed.html"
browser=$(command -v chromium || command -v chromium-browser || command -v google-chrome) || { echo "expected chromium, found no browser" >&2; exit 2; }
title=$("$browser" --headless --no-sandbox --disable-gpu --user-data-dir="$desk/profile" --virtual-time-budget=5000 --dump-dom "file://$desk/probed.html" 2>/dev/null | sed -n 's/.*<title>\(.*\)<\/title>.*/\1/p')
echo "$title"
[ "$title" = PASSED ]
