# The page with the coins and networks that this server supports.

currencies-title = Currencies
currencies-supported = Supported currencies
currencies-lead = A refund is sent in the coin that was paid, unless you choose another, on a network that supports it.
currencies-connected = This server is connected to these networks.
currencies-network = Network
currencies-coins = Coins
currencies-not-refunded = { $coin } (not refunded by this server)
currencies-memo = Memo or tag
currencies-memo-possible = optional
currencies-memo-asked = asked for every refund

# The addresses with which refunds of a sandbox end in another way.
currencies-test = Test addresses
currencies-test-text = In the sandbox, every refund is completed after a moment, except to these addresses.
currencies-test-rejected = Every refund is rejected
currencies-test-hanging = Every refund stays in processing for an hour
