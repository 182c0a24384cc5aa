# The refund wizard: five steps from the recipient to the confirmation.

wizard-title = Refund
wizard-page-title = { $step } · Refund of #{ $number }
wizard-above = Payment intent #{ $number }
wizard-heading = Crypto refund
wizard-steps = Refund steps
wizard-back = Back

# The payment, beside every step.
wizard-payment = The payment
wizard-paid = Paid
wizard-paid-on = Paid on
wizard-refunded = Refunded
wizard-in-flight = Refund in progress
wizard-left = Left to refund

# What a refund costs.
wizard-cost-of-price = Part of the price
wizard-cost-refunded = Refunded
wizard-cost-coin-rate = Rate of the coin
wizard-cost-sent = Customer receives
wizard-cost-rate = Rate
wizard-cost-debit = Taken from your balance
wizard-cost-fee = Network fee
wizard-cost-fee-deducted = Network fee, deducted from the refund
wizard-cost-fee-as-of = Fee as of
wizard-cost-total = Total

# How long a rate or a network fee holds. The script counts the seconds down; only 1 has a form of its own there.
wizard-rate-until = The rate is valid until { $until }.
wizard-rate-seconds = { $seconds ->
    [one] The rate is valid for 1 more second.
   *[other] The rate is valid for { $seconds } more seconds.
}
wizard-rate-over = The rate has expired. Get a new one below.
wizard-rate-expired = The rate has expired.
wizard-rate-expired-next = Nothing was sent. Get the current rate and check the amounts again.
wizard-rate-new = Get new rate
wizard-fee-until = The network fee is valid until { $until }.
wizard-fee-seconds = { $seconds ->
    [one] The network fee is valid for 1 more second.
   *[other] The network fee is valid for { $seconds } more seconds.
}
wizard-fee-over = The network fee has expired. Get a new one below.
wizard-fee-expired = The network fee has expired.

# Step 1
wizard-earlier = You started this refund earlier, on { $time }.
wizard-earlier-text = These details were entered then and last changed on { $time }. If the customer has sent another address since, discard this refund and enter the new one.
wizard-earlier-discard = Discard and start over
wizard-coin = Coin to send
wizard-coin-change = Change coin
wizard-coin-not-sent = This server does not send { $coin }.
wizard-coin-another = Choose another coin, if the customer agrees.
wizard-coin-none = No payout account is connected. Ask your server administrator.
wizard-network = Network
wizard-address = Customer's address
wizard-address-hint = Ask the customer for it. The address that a payment came from often belongs to an exchange, and money sent there is lost.
wizard-address-right = The checksum is correct.
wizard-memo = Memo or destination tag
wizard-memo-hint = Exchanges identify their customers by it. Coins that arrive without it are often lost.
wizard-memo-not-needed = The customer says that no memo is needed: it is their own wallet, not an exchange.
wizard-memo-without-tag = The address says that no tag is needed.
wizard-memo-with-tag = The address contains the tag { $tag }. The tag will be sent with the refund.
wizard-memo-inside = The address contains the customer's number. No memo is needed.
wizard-override = Reason for sending despite the warning
wizard-override-hint = First compare every character with the customer's own message. What you write is recorded in the audit log.
wizard-email = Customer's e-mail
wizard-email-hint = The customer is e-mailed when the refund has ended. You can search for refunds by this address later.
wizard-reason = Reason
wizard-note = Note for your team
wizard-to-amount = Continue to the amount

# Step 2
wizard-amount-way = Refund amount based on
wizard-amount-as-paid = The payment, in { $coin }
wizard-amount-of-price = A part of the price of { $price }
wizard-amount-in-dollars = A value in US dollars, at the current rate
wizard-amount-overpaid = Only the overpaid amount: { $amount }
wizard-amount-in = Amount in { $coin }
wizard-amount-left = { $amount } is left to refund.
wizard-amount-worth = ≈ { $amount } US dollars at the current rate
wizard-amount-parts = Share of what is left
wizard-amount-all = All
wizard-price = Part of the price, in { $currency }
wizard-price-hint = The customer receives what this part of the price is worth at the current rate.
wizard-worth = Refund value, in { $currency }
wizard-worth-hint = The customer receives as much of the paid coin as this value buys at the current rate.
wizard-to-funding = Continue to funding balance

# Step 3
wizard-funding-hint = From a balance in another currency, money is taken at the current rate, which is fixed for a minute on the next page.
wizard-funding-choice = Balance to take it from
wizard-funding-missing = Choose a balance that covers the refund and the network fee.
wizard-funding-none = No balance covers this refund. Go back and enter a smaller amount, or add funds first.
wizard-funding-available = { $amount } available
wizard-funding-cost = { $debit } + { $fee } network fee. { $rest } remains afterwards.
wizard-fee-payer = Network fee paid by
wizard-fee-payer-merchant = You, on top of the refund
wizard-fee-payer-customer = The customer, deducted from the refund
wizard-to-review = Continue to the review

# Step 4
wizard-would-wait = The refund would not be sent at once.
wizard-unexplained = Payouts on { $network } are paused, because this server cannot explain what an account there has done. It may have paid this customer already, so check it before you continue.
wizard-unexplained-link = Open Payouts
wizard-about-to-send = You are about to send { $amount } on { $network } to this address:
wizard-with-memo = With the memo { $memo }.
wizard-with-tag = With the destination tag { $memo }.
wizard-without-memo = Without a memo.
wizard-without-tag = Without a destination tag.
wizard-review-note = Note
wizard-needs-approval = Its amount requires an approval: a colleague who may approve refunds reviews it before it is sent.
wizard-held-until = The address is new, so the refund waits until { $time } and can be stopped until then.
wizard-final = A refund cannot be cancelled.
wizard-final-text = Once it is confirmed, the coins are sent to exactly this address on exactly this network. Nobody can bring them back.
wizard-to-confirm = Continue to confirm

# Step 5
wizard-end-of-address = Last six characters of the address
wizard-end-of-address-hint = This is a large refund. Read them from the customer's own message, not from this page.
wizard-agree = The address is the customer's own, on { $network }. I understand that this cannot be cancelled.
wizard-send = Send { $amount }
wizard-ask-to-send = Submit { $amount } for approval
wizard-sending = Sending…
