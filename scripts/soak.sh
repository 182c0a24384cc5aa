#!/usr/bin/env bash
# Runs random histories for hours, each on both engines: sequences of actions with all invariants checked after each step,
# refunds and deposits on a test chain, and restored backups: scripts/soak.sh [HOURS]. `make soak` runs it for a night.
# Each round prints its seed before it begins. REQUITE_SEED=… REQUITE_ROUNDS=1 repeats one; the message of a failure says
# how to repeat only the history that failed. REQUITE_SEEDS is the number of histories of each kind in a round.
set -euo pipefail
# shellcheck source=scripts/env.sh
. "$(dirname "$0")/env.sh"
cd "$root"
hours=${1:-8} rounds=${REQUITE_ROUNDS:-1000000}
seed=${REQUITE_SEED:-$((RANDOM * 32768 + RANDOM))}
export REQUITE_SEQUENCES_CHECK_EVERY=${REQUITE_SEQUENCES_CHECK_EVERY:-1}
each=${REQUITE_SEEDS:-40}

scripts/setup.sh test
choose_rust
lint_what_is_compiled
commit=$(git describe --always --dirty --abbrev=40 --exclude '*' 2>/dev/null) || commit="outside of git"
say "soak: commit $commit, $hours h"
for ((round = 1; round <= rounds && SECONDS < hours * 3600; round++)); do
    say "soak: round $round, seed $seed, after $SECONDS s"
    REQUITE_SEED=$seed REQUITE_SEEDS=$each REQUITE_SEQUENCES_SEED=$seed REQUITE_SEQUENCES_LIVES=$(((each + 1) / 2)) \
        scripts/with-postgres.sh cargo test --locked --quiet --features ssr -- --nocapture \
        sequences::new_lives chain::deposits::random chain::payouts::random no_refund_is_paid_twice_after_a_restore
    seed=$((seed + each))
done
say "soak: fine, $((round - 1)) rounds, $SECONDS s"
