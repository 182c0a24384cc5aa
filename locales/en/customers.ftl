# The page with everything of one customer, and the page with an e-mail address or address that is masked elsewhere.

customers-title = Customers
customers-title-of-one = Customer
customers-field = E-mail or network address
customers-hint = Enter a complete e-mail or network address to see its payments, refunds and notes. Payment intents and refunds link to this page too.
customers-nothing = No records found
customers-nothing-text = There are no records for exactly this address. Check it for typing errors.
customers-everything = All activity for this customer
customers-show-all = Show all
customers-none = None.
customers-listed = The newest { $count } are listed. Older ones may be missing.

# A masked value.
customers-revealed-email = The customer's e-mail address
customers-revealed-address = The customer's address
customers-revealed-memo = The memo of the customer's address
customers-revealed-link = The link to the customer's receipt
customers-revealed-recorded = The audit log now records that you viewed it.
customers-back = Back

# Totals by coin. If some payments or refunds are left out, a total is at least what is shown.
customers-totals = Totals
customers-totals-label = Totals of the customer
customers-totals-none = No deposits and no refunds.
customers-totals-payments = Only the newest { $count } payments are included.
customers-totals-refunds = Only the newest { $count } refunds are included.
customers-more-than = more than { $amount }
customers-coin = Coin
customers-paid = Paid
customers-refunded = Refunded
customers-on-its-way = Refund in progress
customers-not-credited = Not credited

# The lists. Each has a heading and a name for screen readers.
customers-intents = Payment intents
customers-intents-label = Payment intents of the customer
customers-order = Order
customers-status = Status
customers-created = Created
customers-payments-of-intents = Payments to these payment intents
customers-payments-from-address = Payments from this address
customers-payments-label = Payments of the customer
customers-amount = Amount
customers-network = Network
customers-arrived = Arrived
customers-refunds = Refunds
customers-refunds-label = Refunds to the customer
customers-unsupported = Unsupported funds
customers-unsupported-label = Unsupported funds of the customer
customers-notes = Notes about these payment intents
customers-notes-label = Notes
customers-note-of = Note by { $author }
customers-note-order = Order #{ $number }
