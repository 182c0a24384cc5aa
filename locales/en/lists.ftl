# What the lists of the console have in common: the heads of their columns, and the names of their filters.

# The heads of columns, which stand above the values on a phone too.
lists-amount = Amount
lists-api-key = Key
lists-arrived = Arrived
lists-asked = Requested
lists-by = By
lists-changed = Last changed
lists-created = Created
lists-customer = Customer
lists-details = Details
lists-expires = Expires
# What was done about a deposit that was not credited.
lists-handled = What was done
lists-id = ID
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
lists-reference = Order reference
lists-refunded = Refunded
lists-rejection = Rejection reason
lists-request = Request
lists-request-id = Request ID
# The address that paid.
lists-sender = From
lists-sent = Sent
lists-settlement = Credited in
lists-status = Status
# The address that a refund is paid to.
lists-to = To
lists-took = Duration
lists-total = Total cost
lists-transaction = Transaction
lists-what = Action
lists-when = Time
lists-who = Who
lists-why = Why not credited

# The names of filters, in a list of those that were not understood.
lists-field-currency = currency
lists-field-endpoint = endpoint
lists-field-event = event
lists-field-from = start date
lists-field-held = hold reason
lists-field-id = ID
lists-field-key = key
lists-field-kind = kind
lists-field-max = maximum amount
lists-field-min = minimum amount
lists-field-network = network
lists-field-period = period
lists-field-state = state
lists-field-status = status
lists-field-to = end date

# Periods that a list can be filtered by.
lists-last-month = Last month
lists-last-seven-days = Last 7 days
lists-last-thirty-days = Last 30 days
lists-this-month = This month
lists-today = Today

# The order of lists that are sorted by time, and the days of a range.
lists-sort = Sort
lists-newest-first = Newest first
lists-oldest-first = Oldest first
lists-from-day = From
lists-to-day = To
