# `just ci` is what CI runs; `just` lists everything.

set shell := ["bash", "-euo", "pipefail", "-c"]

# The list of what can be done.
default:
    @just --list

# Everything that must hold before a change lands: .ci/run, nothing else.
ci:
    .ci/run

# The suite alone.
test *ARGUMENTS:
    cargo test {{ARGUMENTS}}

# Accepts changed findings and pages, and raises the recorded scores; look at the difference.
bless:
    BLESS=1 cargo test --quiet --test it -- pages golden

# Licences, advisories and sources of all crates (needs cargo-deny).
deny:
    cargo deny check

# A measurement by name: process, segment, anchor, align, glossary, coverage, fit, memory.
bench NAME *ARGUMENTS:
    cargo bench --bench {{NAME}} {{ARGUMENTS}}

# A fuzz target for some time (needs cargo-fuzz and a nightly compiler).
fuzz TARGET SECONDS="60":
    cargo +nightly fuzz run {{TARGET}} -- -max_total_time={{SECONDS}}

# The program, its man pages and completions, for this user.
install PREFIX="~/.local":
    cargo install --path . --root {{PREFIX}}
    mkdir -p {{PREFIX}}/share/man/man1 {{PREFIX}}/share/bash-completion/completions
    {{PREFIX}}/bin/jjak man > {{PREFIX}}/share/man/man1/jjak.1
    {{PREFIX}}/bin/jjak completions bash > {{PREFIX}}/share/bash-completion/completions/jjak
