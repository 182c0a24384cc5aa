# Amounts, currencies, rates and balances.

error-amount-malformed = This is not an amount. Write digits with at most one point, such as 12.50.
error-amount-not-positive = The amount must be above zero.
error-amount-too-large = The amount is too large. It must be below 10000000000.
error-amount-too-precise = { $currency } has at most { $places } decimal places.
error-amount-too-large-to-convert = The amount is too large to convert.
error-amount-too-small = { $value } is less than the smallest amount of { $coin } that can be sent.
error-amount-above-left = Only { $left } is left to refund.
error-amount-below-fee = The network fee of { $fee } is as much as the refund, so nothing would reach the customer.
error-currency-unknown = This currency is not supported. Use one of { $currencies }.
error-currencies-mixed = { $one } and { $other } cannot be mixed.
error-paid-in-other-currency = This payment intent was paid in { $currency }, so it can only be refunded in { $currency }.
error-price-in-other-currency = The price of this order is in { $currency }, and so is what is refunded of it.
error-no-rate-between = There is no rate from { $from } to { $to }.
error-rate-does-not-fit = The rate does not fit the conversion.
error-insufficient-balance = The { $currency } balance has { $available } available; this refund needs { $total } including the network fee.
error-postings-not-balanced = The ledger postings do not balance.
error-books-currency = Books can be in the currencies of ISO 4217 only, such as USD or EUR.

error-network-unknown = This network is not supported.
error-network-unknown-use = This network is not supported. Use one of { $networks }.
error-network-twice = A network is named twice.
error-coin-not-on-network = { $coin } cannot be sent on { $network }.
error-coin-not-received-on = { $coin } is not received by this server on { $network }, only on { $networks }.
error-coin-not-sent-on = { $coin } is not sent by this server on { $network }, only on { $networks }.
error-no-network-receives = This server is connected to no network, so nothing is received by it.
error-no-network-sends = This server is connected to no network, so nothing is sent by it.
error-coin-never-received = { $coin } is not received by this server on any network. Use one of { $currencies }.
error-coin-never-sent = { $coin } is not sent by this server on any network. Use one of { $currencies }.
error-network-not-received = This server receives nothing on { $network }.
error-network-not-received-only = This server receives nothing on { $network }. It receives on { $networks }.
error-network-not-sent = This server sends nothing on { $network }.
error-network-not-sent-only = This server sends nothing on { $network }. It sends on { $networks }.
