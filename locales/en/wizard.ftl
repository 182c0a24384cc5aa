# The refund wizard: five steps from the recipient to the confirmation.

wizard-title = Refund
wizard-page-title = { $step } · Refund of #{ $number }
wizard-above = Payment intent #{ $number }
wizard-heading = Crypto refund
wizard-steps = Steps of the refund
wizard-back = Back

# The payment, beside every step.
wizard-payment = The payment
wizard-paid = Paid
wizard-paid-on = Paid on
wizard-refunded = Refunded
wizard-in-flight = On its way back
wizard-left = Left to refund

# What a refund costs.
wizard-cost-of-price = Of the price
wizard-cost-refunded = Refunded
wizard-cost-coin-rate = Rate of the coin
wizard-cost-sent = The customer gets
wizard-cost-rate = Rate
wizard-cost-debit = Debited from your balance
wizard-cost-fee = Network fee
wizard-cost-fee-deducted = Network fee, deducted from the refund
wizard-cost-fee-as-of = Fee as of
wizard-cost-total = In total

# How long a rate or a network fee holds. The script counts the seconds down; only 1 has a form of its own there.
wizard-rate-until = The rate holds until { $until }.
wizard-rate-seconds = { $seconds ->
    [one] The rate holds for 1 more second.
   *[other] The rate holds for { $seconds } more seconds.
}
wizard-rate-over = The rate has expired; get a new one below.
wizard-rate-expired = The rate has expired.
wizard-rate-expired-next = Nothing was sent. Get today's rate and look at the amounts again.
wizard-rate-new = Get a new rate
wizard-fee-until = The network fee holds until { $until }.
wizard-fee-seconds = { $seconds ->
    [one] The network fee holds for 1 more second.
   *[other] The network fee holds for { $seconds } more seconds.
}
wizard-fee-over = The network fee has expired; get a new one below.
wizard-fee-expired = The network fee has expired.

# Step 1
wizard-earlier = You began this refund earlier, on { $time }.
wizard-earlier-text = What you see was typed then and last changed on { $time }. If the customer has sent another address since, discard this and type the new one.
wizard-earlier-discard = Discard it and start over
wizard-coin = Coin to send
wizard-coin-change = Change coin
wizard-coin-not-sent = This server does not send { $coin }.
wizard-coin-another = Choose another coin, if the customer agrees.
wizard-coin-none = No account that pays refunds is connected. Ask your administrator.
wizard-network = Network
wizard-address = Customer's address
wizard-address-hint = Ask the customer for it. The address that a payment came from often belongs to an exchange, and money sent there is lost.
wizard-address-right = The checksum is right.
wizard-memo = Memo or destination tag
wizard-memo-hint = Exchanges tell their customers apart by it. Coins that arrive without it are often lost.
wizard-memo-not-needed = The customer says that no memo is needed: it is their own wallet, not an exchange.
wizard-memo-without-tag = The address says that no tag is needed.
wizard-memo-with-tag = The address contains the tag { $tag }. It will be sent with it.
wizard-memo-inside = The address contains the customer's number. No memo is needed.
wizard-override = Why this address is right all the same
wizard-override-hint = Compare every character with the customer's own message first. What you write is kept in the audit log.
wizard-email = Customer's e-mail
wizard-email-hint = The customer gets an e-mail when the refund has ended. You can search for refunds by it later.
wizard-reason = Reason
wizard-note = Note for your team
wizard-to-amount = Continue to the amount

# Step 2
wizard-amount-way = Basis of the amount
wizard-amount-as-paid = In { $coin }, as it was paid
wizard-amount-of-price = A part of the price of { $price }
wizard-amount-in-dollars = In US dollars, at today's rate
wizard-amount-overpaid = Only the overpaid amount: { $amount }
wizard-amount-in = Amount in { $coin }
wizard-amount-left = { $amount } is left to refund.
wizard-amount-worth = ≈ { $amount } US dollars at today's rate
wizard-amount-parts = Part of what is left
wizard-amount-all = All
wizard-price = Part of the price, in { $currency }
wizard-price-hint = The customer gets what this part of the price is worth today.
wizard-worth = Refund worth, in { $currency }
wizard-worth-hint = The customer gets as much of the coin that was paid as this is worth today.
wizard-to-funding = Continue to the balance

# Step 3
wizard-funding-hint = A balance in another currency is debited at today's rate, which is fixed for a minute on the next page.
wizard-funding-choice = Balance to debit
wizard-funding-missing = Choose a balance that covers the refund and the network fee.
wizard-funding-none = No balance covers this refund. Go back and enter less, or add funds first.
wizard-funding-available = { $amount } available
wizard-funding-cost = { $debit } + { $fee } network fee. Afterwards { $rest } remains.
wizard-fee-payer = Network fee paid by
wizard-fee-payer-merchant = You, on top of the refund
wizard-fee-payer-customer = The customer, out of the refund
wizard-to-review = Continue to the review

# Step 4
wizard-would-wait = The refund would not be sent at once.
wizard-unexplained = Payouts on { $network } are paused, because this server cannot explain what an account there has done. It may have paid this customer already, so look at it before you go on.
wizard-unexplained-link = Open the payouts
wizard-about-to-send = You are about to send { $amount } on { $network } to this address:
wizard-with-memo = With the memo { $memo }.
wizard-with-tag = With the destination tag { $memo }.
wizard-without-memo = Without a memo.
wizard-without-tag = Without a destination tag.
wizard-review-note = Note
wizard-needs-approval = It is large enough to need an approval: a colleague who may approve refunds looks at it before it is sent.
wizard-held-until = The address is new, so the refund is held back until { $time } and can be stopped until then.
wizard-final = A refund cannot be cancelled.
wizard-final-text = Once it is confirmed the coins go to exactly this address on exactly this network. Nobody can bring them back.
wizard-to-confirm = Continue to confirm

# Step 5
wizard-send-to = { $amount } on { $network } to:
wizard-end-of-address = Last six characters of the address
wizard-end-of-address-hint = This is a large refund. Read them from the customer's own message, not from this page.
wizard-agree = The address is the customer's own, on { $network }. I know that this cannot be cancelled.
wizard-send = Send { $amount }
wizard-ask-to-send = Ask to send { $amount }
wizard-sending = Sending…
