SHELL := /bin/bash
.DEFAULT_GOAL := help
.PHONY: help run test bundle fmt clean

help: ## list these commands
	@sed -n 's/^\([a-z]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | expand -t 10

run: ## install what is missing, build, and serve with demo data (data/requite.db)
	@scripts/setup.sh run
	@scripts/bundle.sh
	@. scripts/env.sh && say "building the server" && cargo build --locked --quiet --release --features ssr
	@. scripts/env.sh && exec "$$CARGO_TARGET_DIR/release/requite" serve --demo

test: ## install what is missing and run every check
	@scripts/test.sh

bundle: ## make the browser's files in target/site
	@scripts/setup.sh run
	@scripts/bundle.sh

fmt: ## format the code
	@. scripts/env.sh && cargo fmt

clean: ## remove everything built or installed here; data/ stays
	rm -rf target node_modules end2end/node_modules
