#!/usr/bin/env bash
# Builds the server: target/release/requite, and its symbols in requite.debug beside it, where backtraces and debuggers
# find them. Says the executable's size and fails if that is over its budget.
set -euo pipefail
# shellcheck source=scripts/env.sh
. "$(dirname "$0")/env.sh"
cd "$root"

# MB, far above its 61 today: this catches symbols that were not removed or files that were embedded by mistake. Users
# build with this script, and growth must not stop them.
budget=100
executable=$CARGO_TARGET_DIR/release/requite

# Cargo knows the files that were embedded, but not that some were added since, as after the first bundle.
[[ ! target/site/pkg -nt $executable ]] || touch src/web/embedded_files.rs
say "building the server"
# Cargo either strips the symbols or leaves them in, so it leaves them in and they are moved here.
CARGO_PROFILE_RELEASE_STRIP=none cargo build --locked --quiet --release --features ssr

command -v objcopy >/dev/null || die "objcopy is missing; it is in the package binutils"
# Not `grep -q`: it ends at the first match, readelf fails to write the rest, and with `pipefail` that would mean no match.
if readelf --sections --wide "$executable" | grep '[.]symtab' >/dev/null; then
    small=$(mktemp "$executable.XXXXXX")
    trap 'rm -f "$small"' EXIT
    objcopy --only-keep-debug "$executable" "$executable.debug"
    objcopy --strip-all --add-gnu-debuglink="$executable.debug" "$executable" "$small"
    # Into the same file, which is also the one in deps/. Otherwise the next build would put that in place again.
    cat "$small" >"$executable"
fi
size=$(($(stat --format %s "$executable") / 1000000))
say "the executable has $size MB, its budget is $budget MB"
((size <= budget)) || die "the executable is too large"
