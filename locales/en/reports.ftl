# Reports: what was refunded over time, the reconciliation of a day, and the statements of months.

reports-export = Export as CSV

# What was refunded over time, on the first page.
reports-last-days = The last { $count } days
reports-days = { $count } days
reports-days-label = Period
reports-nothing-in-days = Nothing was paid or refunded in this period.
reports-days-hint = Days are in UTC. New payments and refunds appear within a minute.
reports-previous-days = previous { $count } days: { $value }
reports-payments-credited = Payments credited
reports-refunds-completed = Refunds completed
reports-refund-rate = Refund rate
reports-time-to-complete = Time to complete
reports-refunds-rejected = Refunds rejected
reports-time-from-request = Time from request to completion
reports-volume = Refunded, in { $currency }
reports-at-rates = { $currency } at current rates.
reports-without-rate = Left out, because no rate is known: { $coins }.
reports-chart-legend = Bars show these { $count } days, the line the { $count } days before.
# Where each chart beside others has a scale of its own.
reports-own-scales = each with its own scale
# The sum of all days.
reports-together = Together
reports-day = Day
reports-days-of-bar = { $first } to { $last }
reports-by-coin = Completed refunds by coin
reports-rate-by-coin = Refund rate by coin
reports-by-network = Completed refunds by network
reports-volume-by-network = Refunded by network, in { $currency }
reports-time-by-network = Time to complete by network
reports-by-reason = Completed refunds by reason
reports-time-by-reason = Time to complete by reason
reports-network = Network
# In the same number of days before.
reports-before = Previous

# The reconciliation of a day.
reports-reconciliation = Reconciliation of { $day }
reports-reconciliation-day = Day (UTC)
reports-reconciliation-show = Show
reports-everything-explained = Everything is explained: payments, refunds, ledger and chain agree.
reports-not-explained = Unexplained
reports-unbooked = Movements without a payment or refund
reports-unbooked-text = These coins came to or left your own addresses for no payment or refund of this server, so no balance includes them. If one of them paid a refund that was lost when a backup was restored, create that refund again while payouts are paused, and assign the transaction to it.
reports-unbooked-label = Movements
reports-unbooked-what = What happened
reports-unbooked-transaction = Transaction or ID
reports-unbooked-explanation = Explanation
reports-unbooked-open = Unexplained
reports-unbooked-more = { $listed } of { $all } movements are listed, unexplained ones first.
# Someone sent amounts that are too small to be credited.
reports-unbooked-dust = { $count ->
    [one] One amount that is
   *[other] { $number } amounts that are
} too small to be credited came to addresses on { $network }, together { $amount }. { $count ->
    [one] It needs
   *[other] They need
} no explanation.
reports-held = Balances
reports-held-hint = Available and reserved money together.
reports-held-beginning = Opening balance
reports-held-payments = Payments
reports-held-sandbox = Sandbox money
reports-held-refunds = Refunds and their fees
reports-held-end = Closing balance
reports-no-money-moved = No money moved on this day.
reports-compared = Comparison of records, ledger and chain
reports-compared-what = Total
reports-compared-records = Payments and refunds
reports-compared-ledger = Ledger
reports-compared-rail = Chain
reports-compared-result = Result
reports-compared-agree = agree
reports-compared-differ = differ

# What is summed for a comparison.
reports-sum-credited = Credited from payments
reports-sum-taken = Taken for refunds
reports-sum-sent = Sent to customers

# What does not agree.
reports-finding-payment-not-booked = The payment of { $amount } was not booked.
reports-finding-payment-booked-otherwise = The payment of { $amount }, credited as { $credited }, was booked as { $booked } and { $booked-credit }.
reports-finding-refund-not-booked = The refund of { $amount } was not booked.
reports-finding-refund-booked-otherwise = The refund of { $amount } was booked on terms other than its own.
reports-finding-no-transfer = The refund of { $amount } is completed, but the chain has no transfer for it.
reports-finding-transfer-refused = The refund is completed, but the chain says that it was rejected.
reports-finding-other-amount = The customer should have received { $owed }, but the chain sent { $sent }.
reports-finding-other-address = The chain sent it to another address.
reports-finding-other-transaction = The refund names a different transaction than the chain.
reports-finding-not-completed = The chain delivered { $amount }, but the refund is { $status }.
reports-finding-without-refund = The chain delivered { $amount }, and there is no such refund.
reports-finding-credit-without-payment = The ledger credits a payment that was not paid on this day.
reports-finding-payout-without-refund = The ledger pays out a refund that was not completed on this day.

# The list of months.
reports-statements = Statements
reports-statements-hint = What you held, received and paid. A month begins and ends at midnight UTC. Opening and closing balances include available and reserved money. Received amounts are before fees.
reports-statements-none = No statements yet
reports-statements-none-text = Statements begin with the first booking.
reports-statements-next = Next month to close: { $month }
reports-statements-nothing = no balance and no movements
reports-month = Month
reports-currency = Currency
reports-opening = Opening
reports-received = Received
reports-paid = Paid
reports-fees = Fees
reports-closing = Closing
reports-state-closed = closed
reports-state-open = open
reports-state-running = in progress

# The statement of one month.
reports-statement = Statement of { $month }
reports-statement-period = From { $first } up to, but not including, { $last }. Balances include available and reserved money.
reports-opening-balance = Opening balance
reports-closing-balance = Closing balance
reports-kinds-label = Movements in { $currency } by type
reports-nothing-in-month = No movements in this month.
reports-kind = Type
reports-movements = Movements
reports-worth = Value
reports-no-rate = no rate recorded
reports-no-rate-of-some = no rate recorded for { $count } of them
reports-movements-hint = The value of a movement is its change at the rate recorded when it was booked, in the reporting currency. Reserved refunds are not movements yet.
reports-movements-label = Movements of the month
reports-movements-all = show all movements
reports-movements-none = No movements
reports-movements-none-text = No payment was credited and no refund was paid in this month.
reports-when = Time
reports-received-or-paid = Received or paid
reports-fee = Fee
reports-order = Order { $number }
reports-refund = Refund { $number }
reports-rate = at { $price }, { $source }, { $at }
reports-every-kind = All types
reports-every-currency = All currencies
reports-sort = Sort
reports-newest-first = Newest first
reports-oldest-first = Oldest first

# Closing a month.
reports-closed = Closed by { $by } on { $at }. Its totals are stored, and nothing more is booked in it.
reports-closable-from = It can be closed from { $from }. Until then its totals change.
reports-close-order = Months are closed in order: { $month } is next.
reports-close-who = An owner or an admin can close it.
reports-close = Close this month
reports-close-text = Closing stores these totals and prevents further bookings in this month. It cannot be reopened, so check it first.
reports-close-month = Close { $month }
