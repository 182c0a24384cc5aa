#!/usr/bin/env bash
# Measures pages of a release with Lighthouse as on a telephone, signed in to a sandbox with demo data, and prints a table in
# Markdown: scripts/lighthouse.sh. `make lighthouse` runs it; docs/design-language.md has its last result. It is not a part
# of `make test`: its figures depend on what else the machine does. It fails if a page has less than 95 for performance, or
# less than 100 for accessibility or best practices.
set -euo pipefail
# shellcheck source=scripts/env.sh
. "$(dirname "$0")/env.sh"
cd "$root"
version=13.5.0 address=127.0.0.1:8961

scripts/setup.sh test
scripts/bundle.sh
scripts/release.sh
tools=$cache/lighthouse-$version
[[ -d $tools/node_modules/lighthouse ]] || npm install --silent --no-audit --no-fund --prefix "$tools" "lighthouse@$version"

work=$(mktemp -d)
server=
# shellcheck disable=SC2317 # called by the trap
end() {
    [[ -z $server ]] || kill "$server" 2>/dev/null || true
    rm -rf "$work"
}
trap end EXIT
# None of the user's own settings.
env -i PATH="$PATH" DATABASE_URL="sqlite:$work/requite.db" REQUITE_ADDR=$address \
    "$CARGO_TARGET_DIR/release/requite" serve --demo >"$work/log" 2>&1 &
server=$!
until curl --silent --fail --output /dev/null "http://$address/sign-in"; do
    kill -0 "$server" 2>/dev/null || { cat "$work/log" && die "the server has ended"; }
    sleep 0.2
done
say "commit $(git describe --always --dirty --exclude '*' 2>/dev/null || echo "outside of git"), Lighthouse $version"
LIGHTHOUSE=$tools node end2end/lighthouse.mjs "http://$address"
