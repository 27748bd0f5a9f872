#!/usr/bin/env bash
# Installs other programs that take webhooks into target/rivals, as far as this machine's package
# tools bring them, and measures them beside hookscope with the same load. What cannot be installed
# is left out of the table.
set -uo pipefail
cd "$(dirname "$0")/../.."

folder=$PWD/target/rivals
mkdir -p "$folder"
for crate in hookbin hookline; do
  [ -x "$folder/bin/$crate" ] || cargo install --quiet --root "$folder" "$crate" \
    || echo "$crate could not be installed" >&2
done
if [ ! -x "$folder/python/bin/mitmdump" ]; then
  python3 -m venv "$folder/python" && "$folder/python/bin/pip" install --quiet mitmproxy \
    || echo "mitmproxy could not be installed" >&2
fi

PATH=$folder/bin:$folder/python/bin:$PATH exec cargo bench --bench capture -- rivals
