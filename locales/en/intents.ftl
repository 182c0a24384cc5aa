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
intents-search-hint = Order, customer, address, transaction or ID
intents-search-with-notes = Order, customer, address, transaction, ID or note
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
intents-status-refunded = Refund started
intents-words = words
intents-show-all = show all payment intents
intents-none = No payment intents yet
intents-none-text = Your shop creates them through the API (POST /v1/paymentIntents), or you create one with the button above.

# The form for a new one.
intents-pays-in = Coin to pay in
intents-what-is-paid = Payment details
intents-amount-of = Amount in { $coin }
intents-networks = Accepted networks
intents-create = Create
intents-no-coin = No coins available
intents-no-coin-text = This server is not connected to a network that receives coins.

# One payment intent.
intents-order = Order #{ $number }
intents-continuous = #{ $number }, continuous: can be paid several times
intents-refund = Crypto refund
intents-no-refund = No refund is possible now.
intents-sandbox = This is a sandbox, so no customer will pay. You can pay in their place.
intents-pay-as-customer = Pay { $amount } as the customer
intents-pay-any-as-customer = Pay as the customer
intents-amounts = Amounts
intents-asked = Requested
intents-paid = Paid
intents-refunded = Refunded
intents-in-flight = Refund in progress
intents-left = Left to refund
intents-fee = Processing fee
intents-refundable-until = Refundable until { $until }.
intents-refundable-until-continuous = Refundable until { $until }. Each payment restarts this period.
intents-was-refundable-until = It was refundable until { $until }.
intents-was-refundable-until-continuous = It was refundable until { $until }. Each payment restarts this period.
intents-refunds = Refunds
intents-refunds-of-this = Refunds of this payment intent
intents-no-refunds = No refunds.
intents-addresses = Deposit addresses
intents-qr = QR code
intents-address-soon = The address is being created.
intents-details = Details
intents-id = ID
intents-reference = Order reference
intents-order-title = Order title
intents-customer = Customer's e-mail
intents-everything-of-customer = All activity for this customer
intents-paid-until = Payable until
intents-without-end = No deadline
intents-customer-page = Payment page
intents-show-page = Open
intents-description = Description
intents-callback-url = Callback URL
intents-success-url = Success URL
intents-cancel-url = Cancel URL
intents-metadata = Metadata
intents-api = API
intents-api-show = JSON of this payment intent
intents-api-text = The response to GET /v1/paymentIntents/{ $id }

# Its payments, where no real network reports them. The rest is in payments.ftl.
intents-payments-of-this = Payments of this payment intent
intents-credited = Credited
intents-from-and-transaction = Sender and transaction
intents-arrived = Arrived

# What became of a payment, where nothing of its network is known.
intents-payment-being-confirmed = being confirmed
intents-payment-not-credited = not credited
intents-payment-credited = credited
intents-payment-failed = failed

# What the stage of a payment means, for the team.
intents-stage-seen = It was detected and has not been credited yet.
intents-stage-confirmed = It has all the confirmations that it needs. It is credited as soon as enough nodes agree.
intents-stage-credited = It is credited. Its block is not final yet, so it may still be taken back.
intents-stage-final = It is credited. This is final.
intents-stage-not-credited = It is not credited. It is listed under unsupported funds.
intents-stage-in-no-block = The network has removed its block. It usually returns in another block. No action is needed.
intents-stage-taken-back = The network has removed its block, so it was taken back from the balance. It is credited again if it returns.
intents-stage-lost = The network has removed its block, and the money had already been spent. An owner must decide what to do.
intents-stage-failed = It will not arrive.
intents-rate-stale = The latest exchange rate for it is too old. A server administrator must check the rate source. It is then credited automatically.
intents-rate-missing = There is no exchange rate for it. A server administrator must check the rate source. It is then credited automatically.

# Unsupported funds.
intents-unsupported = Unsupported funds
intents-no-unsupported = No unsupported funds
intents-no-unsupported-text = Deposits that a payment intent does not expect, because it has ended or asked for something else, are not credited. They are listed here.
intents-none-open = Nothing to deal with
intents-none-open-text = Deposits that a payment intent does not expect, because it has ended or asked for something else, are not credited. Those that nobody has dealt with are listed here, without those that are worth less than the smallest amount that is credited.
intents-letters = characters
intents-show-all-unsupported = show all unsupported funds
intents-funds-state = State
intents-funds-open = Open
intents-funds-handled = Dealt with
intents-funds-all = All
intents-no-handled-text = No deposit has been marked as dealt with.
intents-mark-handled = Mark as dealt with
intents-mark-handled-later = Not yet: its network can still remove it.
# After the text before, for screen readers.
intents-mark-handled-of = , deposit of { $amount }
intents-handled-note = What was done
intents-handled-note-hint = For example: paid back to the customer, and in which transaction. It cannot be changed later.
intents-handled-save = Save
intents-strays = Deposits to unassigned addresses
intents-stray = { $network }: { $story } Found { $found }.
intents-strays-text = Find the customer, refund them from your own wallet, and then explain the deposit on the page { $payouts }.
intents-strays-payouts = Payouts
