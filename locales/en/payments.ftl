# The list of payments, for customers and for the team.

payments-title = Payments
payments-none = Nothing has arrived yet.
payments-unreachable = The server cannot be reached at the moment; trying again.
# A link follows each of these two.
payments-older = The rest of this page is older.{ " " }
payments-live = This list changes by itself.{ " " }
payments-over = Nothing more is expected.
payments-look-again = Look again
payments-credited = Credited
payments-network = Network
payments-block = Block
payments-position = Position in the transaction
payments-paid-from = Paid from
payments-sender = Sender
payments-everything-of-sender = Everything of this address
payments-transaction = Transaction
payments-arrived = Arrived

# How far a payment has come, for customers.

payment-stage-seen = seen
payment-stage-confirmed = confirmed
payment-stage-credited = credited
payment-stage-final = paid
payment-stage-not-credited = not credited
payment-stage-in-no-block = in no block
payment-stage-failed = failed

payment-seen = The network is confirming it.
payment-confirmed = It is confirmed, and credited in a moment.
payment-waits-for-rate = It is confirmed. The shop waits for an exchange rate to credit it; you have nothing to do.
payment-arrived = It has arrived.
payment-not-credited = It does not fit the order, so it was not credited. Ask the shop.
payment-in-no-block = The network has removed the block that it was in. It mostly comes back in another one.
payment-failed = It will not arrive. Look into your wallet.

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
    [one] 1 more block has to become safe.
   *[other] { $count } more blocks have to become safe.
}
payment-blocks-final = { $count ->
    [one] 1 more block has to become final.
   *[other] { $count } more blocks have to become final.
}
