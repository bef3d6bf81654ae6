# Recipes of Hakusho. `./just NAME` runs one; `./just` lists them.
# One cargo profile (release) serves all of them, so that RocksDB is compiled once.

set shell := ["bash", "-euo", "pipefail", "-c"]

features := `tools/features`

_list:
    @just --list --unsorted

# check the machine, install what is missing (apt when root), say what is to be done otherwise
setup:
    @tools/setup

# build, load the bundled sample editions, answer questions about them
demo: setup
    @tools/build {{features}} -p hakusho
    @cargo run --release --quiet {{features}} -p hakusho -- demo

# everything that CI checks
test: setup fmt-check
    @tools/build {{features}} --workspace
    @"{{just_executable()}}" lint
    tools/run-tests {{features}}
    cargo test --release --doc --workspace --quiet {{features}}
    @tools/setup-browser
    tools/web-tests

# the quick part of `test`, without the store
check:
    cargo clippy --release -p hakusho --no-default-features --all-targets -- -D warnings
    cargo test --release -p hakusho-model -p hakusho-pdf -p hakusho-lexicon -p hakusho-layout -p hakusho-link -p hakusho-eval -p hakusho-rdf -p hakusho-insight -p hakusho-pipeline

# format the code
fmt:
    cargo fmt --all

fmt-check:
    cargo fmt --all --check

# clippy over everything, warnings are errors; is the page of the vocabulary up to date?
lint:
    tools/ontology-page --check
    cargo clippy --release --workspace --all-targets {{features}} -- -D warnings

# build the API documentation
doc:
    cargo doc --release --workspace --no-deps {{features}}

# look for input that breaks the text engine (safe code: no sanitizer needed); TARGET: tokenizer, cmap, font_program, whole_file, document
fuzz target seconds="120":
    [ -d fuzz/corpus ] || fuzz/seed.sh
    cargo +nightly fuzz run --sanitizer none {{target}} -- -max_total_time={{seconds}} -timeout=10 -rss_limit_mb=1024 -dict=fuzz/dictionaries/{{ if target == "cmap" { "cmap" } else { "pdf" } }}.dict

# kill loads at N random instants: each time whole editions only, and the load done again ends where an undisturbed one does
crash-test n="100":
    @tools/build {{features}} -p hakusho
    HAKUSHO_CRASHES={{n}} cargo test --release -p hakusho-tests --test crash

# renew docs/scoreboard.md; GOLD is a folder of suites, SCORER the independent scorer
score gold="../shared/gold" scorer="../shared/tools/score.py":
    tools/score {{gold}} {{scorer}}

# rebuild the sample editions from their Typst sources
samples *args:
    corpora/samples/build.sh {{args}}

# write docs/ontology.md from ontology/hakusho.ttl
ontology:
    tools/ontology-page

# measure the text engine beside poppler and MuPDF and against typeset truth; prints a Markdown page
bench-pdf folder="../shared/corpora/real" typeset="../shared/corpora/typeset" *args="":
    @tools/bench-peers
    @cargo build --release --quiet {{features}} -p hakusho -p hakusho-bench
    @"${CARGO_TARGET_DIR:-target}/release/hakusho-bench" report {{folder}} {{typeset}} {{args}}

# measure what structure and language cost beside reading the text, and pdftotext on the same files; prints Markdown
bench-structure folder="../shared/corpora/real" *args="":
    @tools/bench-peers
    @cargo build --release --quiet {{features}} -p hakusho -p hakusho-bench
    @"${CARGO_TARGET_DIR:-target}/release/hakusho-bench" structure {{folder}} {{args}}

# measure what is found in annotated reports once their names are taken out of the lexicon; --lost lists what is not; prints Markdown
bench-generality gold="../shared/gold" *args="":
    @cargo build --release --quiet {{features}} -p hakusho -p hakusho-bench
    @"${CARGO_TARGET_DIR:-target}/release/hakusho-bench" generality {{gold}} {{args}}

# measure what half a million imported names cost: importing, loading, memory, matching; prints Markdown
bench-lexicon folder="corpora/samples" *args="":
    @cargo build --release --quiet {{features}} -p hakusho -p hakusho-bench
    @"${CARGO_TARGET_DIR:-target}/release/hakusho-bench" lexicon {{folder}} {{args}}

# measure loading from PDF to store beside `oxigraph load` of the same statements; prints Markdown
bench-ingest folder="../shared/corpora/real" *args="--rounds 3":
    @tools/bench-peers
    @cargo build --release --quiet {{features}} -p hakusho -p hakusho-bench
    @"${CARGO_TARGET_DIR:-target}/release/hakusho-bench" ingest {{folder}} --oxigraph "$(tools/bench-oxigraph)" {{args}}

# load a made-up collection; `--keep DIR` leaves its data folder for bench-queries; prints Markdown
bench-collection editions="500" *args="":
    @tools/bench-peers
    @cargo build --release --quiet {{features}} -p hakusho -p hakusho-bench
    @"${CARGO_TARGET_DIR:-target}/release/hakusho-bench" collection {{editions}} {{args}}

# measure every question of ontology/queries on a data folder, through our service and on a bare Oxigraph; prints Markdown
bench-queries data *args="":
    @cargo build --release --quiet {{features}} -p hakusho -p hakusho-bench
    @"${CARGO_TARGET_DIR:-target}/release/hakusho-bench" queries {{data}} {{args}}

# measure the server beside `oxigraph serve`, page images beside mutool, and both under hostile clients; prints Markdown
bench-serve +reports="corpora/samples ../shared/corpora/real":
    @tools/bench-peers wrk
    @cargo build --release --quiet {{features}} -p hakusho
    @tools/bench-serve "${CARGO_TARGET_DIR:-target}/release/hakusho" "$(tools/bench-oxigraph)" {{reports}}

# measure how late hostile queries are stopped, on a store of the reports of FOLDER; prints Markdown
bench-limits folder="../shared/corpora/real":
    @cargo build --release --quiet {{features}} -p hakusho -p hakusho-bench
    @tools/bench-limits {{folder}}
