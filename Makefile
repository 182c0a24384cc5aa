SHELL := /bin/bash
.DEFAULT_GOAL := help
.PHONY: help run chain dev check test soak chaos lighthouse screenshots bundle fmt clean

help: ## list these commands
	@sed -n 's/^\([a-z]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | expand -t 13

run: ## install what is missing, build, and serve with demo data (data/requite.db)
	@scripts/setup.sh run
	@scripts/bundle.sh
	@scripts/release.sh
	@. scripts/env.sh && exec "$$CARGO_TARGET_DIR/release/requite" serve --demo

chain: ## the same without demo data, as in production, on a chain of this machine (data/chain)
	@scripts/chain.sh

dev: ## serve with demo data, and rebuild and restart when a file is saved
	@scripts/dev.sh

check: ## what to run after each change: format, clippy, the Rust tests on SQLite
	@scripts/test.sh quick

test: ## install what is missing and run every check
	@scripts/test.sh

soak: ## run random histories for a night
	@scripts/soak.sh

chaos: ## kill servers and signers and restore old backups, hundreds of times
	@scripts/chaos.sh

lighthouse: ## measure pages of a release with Lighthouse, as on a telephone
	@scripts/lighthouse.sh

screenshots: ## photograph every page in end2end/screenshots
	@scripts/screenshots.sh

bundle: ## build the browser's files in target/site
	@scripts/setup.sh run
	@scripts/bundle.sh

fmt: ## format the code
	@. scripts/env.sh && cargo fmt

clean: ## remove everything built or installed here; data/ stays
	rm -rf target node_modules end2end/node_modules end2end/results end2end/screenshots
