# The timeline of payment intents and refunds, the status of a payment intent, and what to do about payments that were not
# credited and about what is overdue.

history-timeline = Timeline
history-parts = Parts of the timeline
history-everything = Everything
history-changes = Changes
history-notes = Notes
history-mails = Mails
history-callbacks = Callbacks
history-entries = What happened
history-nothing = Nothing of this kind was recorded.
history-only-newest = Only the newest entries are shown.
history-rest-in-audit = The audit log has the rest.
history-details = Details
# After the text before, for screen readers.
history-details-of = { " " }of entry { $number }
history-origin = , from { $origin }
history-note-of = Note of { $author }
history-note-for-colleagues = Note for colleagues
history-add-note = Add the note
history-mail = Mail: { $kind }
history-mail-to = to { $recipient }: { $state }
history-mail-outbox = Mail outbox
history-callback = Callback { $event }

# What happened.
history-intent-created = Payment intent created
history-intent-pending = Can be paid
history-intent-complete = Paid
history-intent-active = Paid; can be paid again
history-intent-expired = Expired
history-intent-failed = Failed
history-intent-refunded = First refund started
history-payment-pending = Payment seen
history-payment-paid = Payment credited
history-payment-failed = Payment failed
history-unsupported-received = Coins arrived that were not credited
history-unsupported-handled = Unsupported funds marked as dealt with
history-refund-created = Refund created
history-refund-awaiting-confirmation = The customer was asked to confirm the address
history-refund-confirmation-undelivered = The customer could not be asked to confirm the address
history-refund-confirmed = The customer confirmed the address
history-refund-awaiting-approval = Waits for approval
history-refund-approved = Refund approved
history-refund-processing = Refund is being sent
history-refund-held = Refund waits
history-refund-resumed = Refund goes on
history-refund-completed = Refund completed
history-refund-rejected = Refund rejected
history-cancellation-requested = Cancellation of the transfer requested
history-fee-raised = Sent again with a higher fee
history-fee-raised-from = Sent again with a higher fee: from { $from } to { $to }
history-amount-corrected = Amount of the transfer corrected
history-deposit-written-off = Lost payment written off
history-deposit-recovered = Lost payment recovered
history-minimum-balances-changed = Minimum balances changed
history-customer-revealed = Masked customer revealed
history-receipt-shared = Link to the receipt made
history-mail-again = Mail sent again

# The status of a payment intent, in a badge.
history-status-created = created
history-status-pending = pending
history-status-complete = complete
history-status-active = active
history-status-expired = expired
history-status-failed = failed
history-status-refunded = refunded
history-status-underpaid = underpaid
history-status-paid = paid
history-status-overpaid = overpaid
history-status-active-partially = active, partially refunded
history-status-active-fully = active, fully refunded
history-status-partially-refunded = partially refunded
history-status-fully-refunded = fully refunded
history-status-refund-on-its-way = refund on its way
history-status-refund-rejected = refund rejected

# Why a payment was not credited, and what to do with it.
history-unsupported-refunded = It arrived after the first refund, so it was not credited. Agree with the customer what to do with it.
history-unsupported-expired = It arrived after the time to pay was over, so it was not credited. Agree with the customer what to do with it.
history-unsupported-coin = It is another coin than the one asked for, so it was not credited. It is at the deposit address. Agree with the customer what to do with it.
history-unsupported-network = It came on a network on which this address was not offered, so it was not credited. It is at the deposit address, on that network. Agree with the customer what to do with it.
history-unsupported-dust = It is worth less than the smallest amount that is credited. Nothing has to be done, unless the customer asks about it.

# What to do about what is overdue.
history-stalled-confirmation = The customer's time to confirm is over. Ask your administrator whether the worker is running.
history-stalled-approval = Approve or decline it; the customer is waiting.
history-stalled-pending = Ask your administrator whether the worker is running and what its log says.
history-stalled-processing = Look the transfer up on the network. It is never sent a second time by itself.
history-stalled-created = Ask your administrator whether the worker is running and the chain responds.
history-stalled-unpaid = Its time to pay is over. Ask your administrator whether the worker is running.
history-stalled-payment = Look the deposit up on the network, and tell the customer.
