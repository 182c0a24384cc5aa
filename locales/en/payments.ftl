# The list of payments, for customers and for the team.

payments-title = Payments
payments-of-order = Payments of this order
payments-none = No payments have arrived yet.
payments-unreachable = The server cannot be reached. Trying again.
# A link follows.
payments-live = This list updates automatically.{ " " }
payments-over = No more payments are expected.
payments-look-again = Refresh
payments-block = Block
payments-position = Position in the transaction
payments-transaction = Transaction

# How far a payment has come, for customers.

payment-stage-seen = detected
payment-stage-confirmed = confirmed
payment-stage-credited = credited
payment-stage-final = paid
payment-stage-not-credited = not credited
payment-stage-in-no-block = not in a block
payment-stage-failed = failed

payment-seen = The network is confirming it.
payment-confirmed = It is confirmed, and will be credited in a moment.
payment-waits-for-rate = It is confirmed. The shop is waiting for an exchange rate to credit it. You do not need to do anything.
payment-arrived = It has arrived.
payment-not-credited = It does not match the order, so it was not credited. Contact the shop.
payment-in-no-block = The network has removed the block that it was in. It usually returns in another block.
payment-failed = It will not arrive. Check your wallet.

payment-block = { $height } ({ $confirmations })
payment-confirmations = { $count ->
    [one] 1 confirmation
   *[other] { $count } confirmations
}
payment-confirmations-of = { $count } of { $needed ->
    [one] 1 confirmation
   *[other] { $needed } confirmations
}.
payment-confirmations-so-far = { $confirmations }.
payment-until-safe = { $confirmations }. It is credited when its block is safe.
payment-until-safe-missing = { $confirmations }. It is credited when its block is safe: { $blocks }
payment-until-final = { $confirmations }. It is credited when its block is final.
payment-until-final-missing = { $confirmations }. It is credited when its block is final: { $blocks }
payment-blocks-safe = { $count ->
    [one] 1 more block must become safe.
   *[other] { $count } more blocks must become safe.
}
payment-blocks-final = { $count ->
    [one] 1 more block must become final.
   *[other] { $count } more blocks must become final.
}
