# What was checked when a refund was made, and what the checks said. They are stored with the refund.

# The names of the checks.
check-rule-idempotency-key = Idempotency key
check-rule-order-fits = Coin and network
check-rule-screening = Deny list
check-rule-address-history = Address history
check-rule-recipient-on-chain = Recipient on the network
check-rule-destination = Address type
check-rule-refundable = Payment intent
check-rule-price-part = Part of the price
check-rule-expected-refundable = Expected amount left
check-rule-within-refundable = Left to refund
check-rule-refund-limit = Limit per refund
check-rule-daily-limit = Daily limit
check-rule-quote-matches = Quote for this refund
check-rule-quote-current = Quote still valid
check-rule-balance = Balance

# How a check ended.
check-outcome-passed = passed
check-outcome-not-checked = not checked
check-outcome-warned = warning
check-outcome-overridden = overridden

# What it said.
check-order-fits = { $coin } is sent on { $network }.
check-screening-without-list = No deny list was imported.
check-screening-clear = The address is not on { $list } { $version }.
check-address-refunded = A refund of { $day } to this address was completed.
check-address-in-book = The address has been in the address book since { $day }.
check-address-new = The address is new: no refund to it was completed, and no earlier address is similar.
check-recipient-not-known = This server cannot check addresses on { $network }.
check-recipient-usable = The address can use what it receives on { $network }.
check-destination-wallet = It is an address without a memo, which your policy allows.
check-destination-shared = It is a shared address with a memo, which your policy allows.
check-destination-program = It is the address of a program, which your policy allows.
check-refundable = { $left } was left to refund, until { $day } at { $time } (UTC).
check-price-part = { $part } of the price is { $amount }.
check-expected-refundable = The request expected { $left } to be left, which was correct.
check-within-refundable = { $amount } of the { $left } that was left.
check-limit-worth = Its value was { $worth }. Your policy limits one refund to { $limit }.
check-limit-currency = { $amount }. Your policy limits one refund in this currency to { $limit }.
check-limit-none = Your policy had no limit for one refund.
check-daily-limit-person = For one person: { $spent } earlier on this day (UTC), { $worth } for this refund. The limit was { $limit }.
check-daily-limit-all = For everyone together: { $spent } earlier on this day (UTC), { $worth } for this refund. The limit was { $limit }.
check-daily-limit-none = Your policy had no daily limit.
check-quote-matches = The quote was for this amount, coin, network and balance.
check-quote-current = The quote was valid until { $day } at { $time } (UTC).
check-balance = { $total } of the { $available } that was available.
