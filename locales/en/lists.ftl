# What the lists of the console have in common: the heads of their columns, and the names of their filters.

# The heads of columns, which stand above the values on a phone too.
lists-amount = Amount
lists-api-key = Key
lists-arrived = Arrived
lists-asked = Asked
lists-by = By
lists-changed = Last changed
lists-created = Created
lists-customer = Customer
lists-details = Details
lists-expires = Expires
# What was done about a deposit that was not credited.
lists-handled = What was done
lists-id = Id
lists-intent = Payment intent
lists-last-paid = Last paid
lists-left = Left to refund
lists-network = Network
lists-networks = Networks
lists-number = No.
lists-order = Order
# The network address that a request came from.
lists-origin = From
lists-paid = Paid
lists-reason = Reason
lists-refunded = Refunded
lists-rejection = Why rejected
lists-request = Request
lists-request-id = Request id
# The address that paid.
lists-sender = From
lists-sent = Sent
lists-settlement = Credited in
lists-status = Status
# The address that a refund is paid to.
lists-to = To
lists-took = Took
lists-total = Total cost
lists-transaction = Transaction
lists-what = What
lists-when = When
lists-who = Who
lists-why = Why it was not credited

# The names of filters, in a list of those that were not understood.
lists-field-currency = currency
lists-field-event = event
lists-field-from = first day
lists-field-held = reason to wait
lists-field-id = id
lists-field-key = key
lists-field-kind = kind
lists-field-max = largest amount
lists-field-min = smallest amount
lists-field-network = network
lists-field-period = period
lists-field-state = state
lists-field-status = status
lists-field-to = last day

# Periods that a list can be filtered by.
lists-last-month = Last month
lists-last-seven-days = Last 7 days
lists-last-thirty-days = Last 30 days
lists-this-month = This month
lists-today = Today
