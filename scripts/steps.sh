# shellcheck shell=bash
# Sourced by scripts/test.sh: runs steps one after the other or in the background, and finally prints how long each
# took, also if one has failed.

steps=$(mktemp -d)
step_title=
step_began=0
beside=

step() {
    step_title=$1 step_began=$SECONDS
    shift
    say "== $step_title"
    "$@"
    say "== $step_title: fine, $((SECONDS - step_began)) s"
    note_step
}

note_step() {
    printf '%6s s  %s\n' $((SECONDS - step_began)) "$step_title$*" >>"$steps/table"
    step_title=
}

# Runs a function of steps in the background. Its output is kept until `join_beside`, so that outputs do not mix.
run_beside() {
    # In its own process group, so that everything it starts can be stopped with it.
    set -m
    (
        trap '[[ -z $step_title ]] || note_step " (beside the others): FAILED"' EXIT
        "$@"
    ) &>"$steps/beside" </dev/null &
    beside=$!
    set +m
}

join_beside() {
    local status=0
    wait "$beside" || status=$?
    beside=
    cat "$steps/beside"
    return "$status"
}

# shellcheck disable=SC2317 # called by the trap
end_steps() {
    local status=$?
    trap '' INT TERM HUP
    if [[ -n $beside ]]; then
        kill -TERM -- "-$beside" 2>/dev/null || true
        wait "$beside" 2>/dev/null || true
        cat "$steps/beside"
    fi
    [[ -z $step_title ]] || note_step ": FAILED"
    say "seconds of each step:"
    cat "$steps/table" 2>/dev/null || true
    printf '%6s s  in all\n' "$SECONDS"
    rm -rf "$steps"
    exit "$status"
}
trap end_steps EXIT
trap 'exit 129' HUP
trap 'exit 130' INT
trap 'exit 143' TERM
