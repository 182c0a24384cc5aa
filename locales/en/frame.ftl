# What is around the content of pages.

skip = Skip to the content
test-mode = Test mode
test-mode-nothing-real = Nothing real moves.
test-mode-networks = Coins of test networks move, in place of { $networks }.

# The button beside what can be copied. Each other text is its name for screen readers.
copy = Copy
copy-done = Copied
copy-address = Copy address
copy-amount = Copy amount
copy-api-key = Copy API key
copy-command = Copy command
copy-link = Copy the link
copy-secret = Copy secret
copy-transaction = Copy transaction
