# The timeline of payment intents and refunds, the status of a payment intent, and what to do about payments that were not
# credited and about what is overdue.

history-timeline = Timeline
history-parts = Timeline filters
history-everything = All
history-changes = Changes
history-payments = Payments
history-refunds = Refunds
history-approvals = Approvals
history-notes = Notes
history-mails = E-mails
history-callbacks = Webhooks
history-entries = Timeline entries
history-nothing = No entries of this kind.
history-older = Older
history-newest = Newest
history-details = Details
# After the text before, for screen readers.
history-details-of = { " " }of entry { $number }
history-origin = , from { $origin }
history-note-of = Note by { $author }
history-note-for-colleagues = Note for your team
history-add-note = Add note
history-mail = E-mail: { $kind }
history-mail-to = to { $recipient }: { $state }
# After the text before, for screen readers.
history-details-of-mail = { " " }of the e-mail: { $kind }
history-details-of-callback = { " " }of the webhook { $event }
history-subject = Subject
history-mail-says = What the e-mail says
history-mail-open = Open this e-mail
history-payload = Payload
history-payload-cut = Only its beginning is shown.
history-payload-whole = Open the whole payload
history-callback = Webhook { $event }

# What happened.
history-intent-created = Payment intent created
history-intent-pending = Waiting for payment
history-intent-complete = Paid
history-intent-active = Paid; can be paid again
history-intent-expired = Expired
history-intent-failed = Failed
history-intent-refunded = First refund started
history-payment-pending = Payment detected
history-payment-paid = Payment credited
history-payment-failed = Payment failed
history-unsupported-received = Unsupported funds received
history-unsupported-handled = Unsupported funds marked as dealt with
history-refund-created = Refund created
history-refund-awaiting-confirmation = The customer was asked to confirm the address
history-refund-confirmation-undelivered = The confirmation e-mail could not be delivered
history-refund-confirmed = The customer confirmed the address
history-refund-awaiting-approval = Awaiting approval
history-refund-approved = Refund approved
history-refund-processing = Refund is being sent
history-refund-held = Refund on hold
history-refund-resumed = Refund resumed
history-refund-completed = Refund completed
history-refund-rejected = Refund rejected
history-cancellation-requested = Cancellation of the transfer requested
history-fee-raised = Sent again with a higher fee
history-fee-raised-from = Sent again with a higher fee: from { $from } to { $to }
history-amount-corrected = Amount of the transfer corrected
history-deposit-written-off = Lost payment written off
history-deposit-recovered = Lost payment recovered
history-minimum-balances-changed = Minimum balances changed
history-customer-revealed = Customer details revealed
history-receipt-shared = Receipt link created
history-receipt-mailed = Receipt e-mailed to the customer
history-mail-again = E-mail sent again

# What was done apart from payments and refunds, and what is overdue. Only the audit log has it.
history-overdue = Overdue: { $state }
history-note-added = Note added
history-intent-amounts = Amounts of the payment intent changed
history-order-expired = Order expired
history-order-canceled = Order cancelled
history-recipient-created = Recipient added to the address book
history-recipient-active = Address book recipient activated
history-recipient-inactive = Address book recipient not active yet
history-recipient-denied = Address book recipient on the deny list
history-recipient-changed = Address book recipient changed
history-recipient-deleted = Recipient removed from the address book
history-subscription-created = Notification subscription created
history-subscription-confirmed = Notification subscription confirmed
history-subscription-deleted = Notification subscription deleted
history-endpoint-created = Webhook endpoint added
history-endpoint-changed = Webhook endpoint changed
history-endpoint-secret = Webhook signing secret changed
history-endpoint-deleted = Webhook endpoint deleted
history-endpoint-disabled = Webhook endpoint disabled, because it does not work
history-endpoint-redelivered = Undelivered messages sent again
history-delivery-redelivered = Message sent again
history-endpoint-test = Test event sent
history-user-added = Team member added
history-user-role = Role changed
history-user-disabled = Account disabled
history-user-enabled = Account enabled
history-user-password = Password changed
history-user-reset-mailed = Password reset link sent
history-user-session-ended = Session ended
history-user-signed-in = Signed in
history-user-signed-out = Signed out everywhere
history-factor-begun = Two-factor setup started
history-factor-on = Two-factor authentication turned on
history-factor-off = Two-factor authentication turned off
history-factor-used = Two-factor code entered
history-factor-codes = Recovery codes replaced
history-factor-reset = Two-factor authentication reset
history-merchant-renamed = Merchant renamed
history-merchant-wallet = Wallet ID changed
history-policy-changed = Refund policy changed
history-policy-proposed = Refund policy change proposed
history-policy-approved = Refund policy change approved
history-policy-withdrawn = Refund policy change withdrawn
history-policy-outdated = Refund policy change outdated
history-deny-list-imported = Deny list imported
history-draft-discarded = Someone else's draft discarded
history-payouts-paused = Payouts paused
history-payouts-resumed = Payouts resumed
history-payouts-reconciled = Payouts reconciled
history-payouts-assigned = Transaction assigned to a refund
history-payouts-explained = Transaction or movement explained
history-network-resumed = Stopped network monitored again
history-wallet-advanced = Deposit addresses skipped
history-month-closed = Month closed
history-books-currency = Reporting currency changed
history-balance-topped-up = Test money added
history-view-shared = View shared with the team
history-view-renamed = Shared view renamed
history-view-deleted = Shared view deleted
history-key-created = API key created
history-key-replaced = API key replaced
history-key-revoked = API key revoked

# Why it happened, beside who did it.
history-why-refunded = Reason: { $reason }.
history-why-noted = Note: { $note }
history-why-overridden = Sent to this address despite a warning: { $reason }
# A sentence, and what the person who has paused payouts has written.
history-why-paused = { $why } Reason given: { $given }
history-why-ended-early = Ended before its time to pay had expired.
history-why-taken-back = The network has removed the block of a payment, so the payment was taken back.

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
history-status-refund-on-its-way = refund in progress
history-status-refund-rejected = refund rejected

# Why a payment was not credited, and what to do with it.
history-unsupported-refunded = It arrived after the first refund, so it was not credited. Agree with the customer on what to do with it.
history-unsupported-expired = It arrived after the time to pay had expired, so it was not credited. Agree with the customer on what to do with it.
history-unsupported-coin = It is a different coin from the one requested, so it was not credited. It is at the deposit address. Agree with the customer on what to do with it.
history-unsupported-network = It arrived on a network on which this address was not offered, so it was not credited. It is at the deposit address, on that network. Agree with the customer on what to do with it.
history-unsupported-dust = It is worth less than the smallest amount that is credited. No action is needed, unless the customer asks about it.

# What to do about what is overdue.
history-stalled-confirmation = The customer's time to confirm has expired. Ask your server administrator whether the worker is running.
history-stalled-approval = Approve or decline it. The customer is waiting.
history-stalled-pending = Ask your server administrator whether the worker is running and what its log says.
history-stalled-processing = Look up the transfer on the network. It is never sent a second time automatically.
history-stalled-created = Ask your server administrator whether the worker is running and the chain responds.
history-stalled-unpaid = Its time to pay has expired. Ask your server administrator whether the worker is running.
history-stalled-payment = Look up the deposit on the network, and inform the customer.
