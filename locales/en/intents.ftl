# Payment intents, their payments, and unsupported funds.

intents-title = Payment intents
intents-intent = Payment intent #{ $number }
intents-new = New payment intent
intents-any-amount = Any amount of { $coin }
intents-amount = Amount
intents-status = Status
intents-created = Created
intents-credited-in = Credited in

# The list.
intents-search = Search
intents-search-hint = Order, customer, address, transaction or id
intents-more-filters = More filters
intents-from-day = From
intents-to-day = To
intents-sort = Sort
intents-newest-first = Newest first
intents-oldest-first = Oldest first
intents-largest-first = Largest first
intents-smallest-first = Smallest first
intents-every-status = Every status
intents-status-created = Created
intents-status-pending = Waiting for payment
intents-status-complete = Complete
intents-status-paid = Complete: paid exactly
intents-status-underpaid = Complete: underpaid
intents-status-overpaid = Complete: overpaid
intents-status-active = Active: can be paid several times
intents-status-expired = Expired
intents-status-failed = Failed
intents-status-refunded = Refund begun
intents-words = words
intents-show-all = show all payment intents
intents-none = No payment intents yet
intents-none-text = Your shop makes them through the API (POST /v1/paymentIntents), or you make one with the button above.

# The form for a new one.
intents-pays-in = The customer pays in
intents-what-is-paid = What the customer pays
intents-amount-of = Amount of { $coin }
intents-networks = Networks on which it can be paid
intents-create = Create
intents-no-coin = No coin is received
intents-no-coin-text = This server is connected to nothing that receives coins.

# One payment intent.
intents-order = Order #{ $number }
intents-continuous = #{ $number }, continuous: can be paid several times
intents-refund = Crypto refund
intents-no-refund = No refund is possible now.
intents-sandbox = This is a sandbox: no customer will come.
intents-pay-as-customer = Pay { $amount } as the customer
intents-pay-any-as-customer = Pay as the customer
intents-amounts = Amounts
intents-asked = Asked
intents-paid = Paid
intents-refunded = Refunded
intents-in-flight = On its way back
intents-left = Left to refund
intents-fee = Processing fee
intents-refundable-until = It can be refunded until { $until }.
intents-refundable-until-continuous = It can be refunded until { $until }; every payment begins that time anew.
intents-was-refundable-until = It could be refunded until { $until }.
intents-was-refundable-until-continuous = It could be refunded until { $until }; every payment begins that time anew.
intents-refunds = Refunds
intents-refunds-of-this = Refunds of this payment intent
intents-no-refunds = Nothing was refunded.
intents-addresses = Deposit addresses
intents-qr = QR code
intents-address-soon = The address is being made.
intents-details = Details
intents-id = Id
intents-reference = Shop's order
intents-order-title = Title of the order
intents-customer = Customer's e-mail
intents-everything-of-customer = Everything of this customer
intents-paid-until = Can be paid until
intents-without-end = Without an end
intents-customer-page = Page for the customer
intents-show-page = Show it

# Its payments, where no real network reports them. The rest is in payments.ftl.
intents-payments-of-this = Payments of this payment intent
intents-credited = Credited
intents-from = From
intents-arrived = Arrived

# What became of a payment, where nothing of its network is known.
intents-payment-being-confirmed = being confirmed
intents-payment-not-credited = not credited
intents-payment-credited = credited
intents-payment-failed = failed

# What the stage of a payment means, for the team.
intents-stage-seen = It was seen and is not credited yet.
intents-stage-confirmed = It has all confirmations that it needs. It is credited as soon as enough nodes say the same.
intents-stage-credited = It is credited. Its block is not final yet, so it may still be taken back.
intents-stage-final = It is credited. This is final.
intents-stage-not-credited = It is not credited. It is listed with the unsupported funds.
intents-stage-in-no-block = The network has removed its block. It mostly comes back in another one; nobody has to do anything.
intents-stage-taken-back = The network has removed its block, so it was taken back from the balance. It is credited again if it comes back.
intents-stage-lost = The network has removed its block, and the money was spent by then. An owner has to decide what is done.
intents-stage-failed = It will not arrive.
intents-rate-stale = The newest exchange rate for it is too old. Whoever runs the server must check the source of rates; it is then credited automatically.
intents-rate-missing = There is no exchange rate for it. Whoever runs the server must check the source of rates; it is then credited automatically.

# Unsupported funds.
intents-unsupported = Unsupported funds
intents-no-unsupported = Nothing here
intents-no-unsupported-text = Deposits that a payment intent does not expect, because it has ended or asked for something else, are not credited. They would be listed here.
intents-letters = letters
intents-show-all-unsupported = show all of them
intents-funds-state = State
intents-funds-open = Open
intents-funds-handled = Dealt with
intents-funds-all = All
intents-no-handled-text = No deposit has been marked as dealt with.
intents-mark-handled = Mark as dealt with
# After the text before, for screen readers.
intents-mark-handled-of = , deposit of { $amount }
intents-handled-note = What was done
intents-handled-note-hint = For example: paid back to the customer, and in which transaction. It cannot be changed later.
intents-handled-save = Save
intents-strays = Paid to addresses that were given to nobody
intents-stray = { $network }: { $story } Found { $found }.
intents-strays-text = Find the customer, refund them from your own wallet, and then explain the deposit on the page { $payouts }.
intents-strays-payouts = Payouts
