#!/usr/bin/env bash
# Kills servers and signers a thousand times while they pay refunds on a test chain, restores old backups two hundred
# times, and runs a hundred random histories of refunds and deposits, all shared between both engines:
# scripts/chaos.sh [KILLS [BACKUPS [HISTORIES]]]. Takes some hours. `make chaos` runs it. It prints a section of Markdown
# at its end, also after a failure; docs/chaos.md has that of the last run. REQUITE_SEED repeats the choices of an earlier
# run.
set -euo pipefail
# shellcheck source=scripts/env.sh
. "$(dirname "$0")/env.sh"
cd "$root"
kills=${1:-1000} backups=${2:-200} histories=${3:-100}
export REQUITE_SEED=${REQUITE_SEED:-$((RANDOM * 32768 + RANDOM))}

scripts/setup.sh test
choose_rust
lint_what_is_compiled
commit=$(git describe --always --dirty --abbrev=40 --exclude '*' 2>/dev/null) || commit="outside of git"
say "chaos: commit $commit, seed $REQUITE_SEED, $kills kills, $backups backups, $histories histories"

results=$(mktemp -d)
outcome="It failed."
duration() { printf '%d h %02d min %02d s' $(($1 / 3600)) $(($1 % 3600 / 60)) $(($1 % 60)); }
# shellcheck disable=SC2317 # called by the trap
show() {
    echo
    echo "## $(date -u '+%-d %B %Y')"
    echo
    echo "Commit \`$commit\`, seed $REQUITE_SEED, $(nproc) processors, $(duration "$SECONDS") with setting up. $outcome"
    cat "$results/sections" 2>/dev/null || true
    rm -rf "$results"
}
trap show EXIT

# Runs the tests with these words in their names, one after the other, so that each kill meets a machine that is not busy
# with other tests.
run() {
    local repetitions=$1 title=$2 filter=$3 began=$SECONDS table=$results/rows status=0
    ((repetitions > 0)) || return 0
    rm -f "$table"
    REQUITE_KILLS=$repetitions REQUITE_SEEDS=$repetitions REQUITE_REPORT=$table scripts/with-postgres.sh \
        cargo test --locked --quiet --features ssr -- "$filter" --nocapture --test-threads 1 || status=$?
    {
        printf '\n### %s\n\n' "$title"
        cat "$table" 2>/dev/null || true
        printf '\n%s.\n' "$(duration $((SECONDS - began)))"
    } >>"$results/sections"
    return "$status"
}
run "$kills" "$kills kills" chain::kills
run "$backups" "$backups restored backups" no_refund_is_paid_twice_after_a_restore
run "$histories" "$histories random histories of refunds and deposits" refunds_are_paid_once_and_deposits_credited_once
outcome="Nothing was paid twice."
