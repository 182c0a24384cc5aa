# What was checked when a refund was made, and what the checks said. They are stored with the refund.

# The names of the checks.
check-rule-idempotency-key = Idempotency key
check-rule-order-fits = Coin and network
check-rule-screening = Deny list
check-rule-address-history = History of the address
check-rule-recipient-on-chain = Recipient on the network
check-rule-destination = Kind of address
check-rule-refundable = Payment intent
check-rule-price-part = Part of the price
check-rule-expected-refundable = Expected to be left
check-rule-within-refundable = Left to refund
check-rule-refund-limit = Limit of one refund
check-rule-daily-limit = Limit of a day
check-rule-quote-matches = Quote for this refund
check-rule-quote-current = Quote still valid
check-rule-balance = Balance

# How a check ended.
check-outcome-passed = passed
check-outcome-not-checked = not checked
check-outcome-warned = warned
check-outcome-overridden = overridden

# What it said.
check-order-fits = { $coin } is sent on { $network }.
check-screening-without-list = No deny list was imported.
check-screening-clear = The address is not on { $list } { $version }.
check-address-refunded = A refund of { $day } to this address was completed.
check-address-in-book = The address has been in the address book since { $day }.
check-address-new = The address is new: no refund to it was completed, and no earlier address is similar.
check-recipient-not-known = { $network } cannot be asked about addresses by this server.
check-recipient-usable = The address can use what it receives on { $network }.
check-destination-wallet = It is an address without a memo, which your policy allows.
check-destination-shared = It is a shared address with a memo, which your policy allows.
check-destination-program = It is the address of a program, which your policy allows.
check-refundable = { $left } was left to refund, until { $day } at { $time } (UTC).
check-price-part = { $part } of the price is { $amount }.
check-expected-refundable = The request expected { $left } to be left, and so it was.
check-within-refundable = { $amount } of { $left } that were left.
check-limit-worth = It was worth { $worth }; your policy limits one refund to { $limit }.
check-limit-currency = { $amount }; your policy limits one refund in this currency to { $limit }.
check-limit-none = Your policy had no limit for one refund.
check-daily-limit-person = For one person: { $spent } on this day (UTC) before, { $worth } for this refund; the limit was { $limit }.
check-daily-limit-all = For everybody together: { $spent } on this day (UTC) before, { $worth } for this refund; the limit was { $limit }.
check-daily-limit-none = Your policy had no limit for a day.
check-quote-matches = The quote was for this amount, coin, network and balance.
check-quote-current = The quote was valid until { $day } at { $time } (UTC).
check-balance = { $total } of { $available } that were available.
