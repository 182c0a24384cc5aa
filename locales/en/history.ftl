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
# After the text before, for screen readers.
history-details-of-mail = { " " }of the mail: { $kind }
history-details-of-callback = { " " }of the callback { $event }
history-subject = Subject
history-mail-open = Open this mail
history-payload = What was sent
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
history-customer-revealed = Masked customer revealed
history-receipt-shared = Link to the receipt made
history-mail-again = Mail sent again

# What was done apart from payments and refunds, and what is overdue. Only the audit log has it.
history-overdue = Overdue: { $state }
history-note-added = Note added
history-intent-amounts = Amounts of the payment intent changed
history-order-expired = Order expired
history-order-canceled = Order canceled
history-recipient-created = Recipient added to the address book
history-recipient-active = Recipient of the address book can be paid
history-recipient-inactive = Recipient of the address book waits
history-recipient-denied = Recipient of the address book is on the deny list
history-recipient-changed = Recipient of the address book changed
history-recipient-deleted = Recipient removed from the address book
history-subscription-created = Notifications subscribed to
history-subscription-confirmed = Subscription confirmed
history-subscription-deleted = Subscription deleted
history-endpoint-created = Webhook endpoint added
history-endpoint-changed = Webhook endpoint changed
history-endpoint-secret = Secret of the webhook endpoint replaced
history-endpoint-deleted = Webhook endpoint deleted
history-endpoint-disabled = Webhook endpoint disabled after failures
history-endpoint-redelivered = Failed messages sent again
history-delivery-redelivered = Message sent again
history-endpoint-test = Test message sent
history-user-added = Person added
history-user-role = Role changed
history-user-disabled = Account disabled
history-user-enabled = Account enabled
history-user-password = Password changed
history-user-reset-mailed = Link to a new password mailed
history-user-session-ended = Session ended
history-user-signed-in = Signed in
history-user-signed-out = Signed out everywhere
history-factor-begun = Set-up of a second factor begun
history-factor-on = Second factor turned on
history-factor-off = Second factor turned off
history-factor-used = Code entered
history-factor-codes = Recovery codes replaced
history-factor-reset = Second factor reset
history-merchant-renamed = Merchant renamed
history-merchant-wallet = ID of the wallet changed
history-policy-changed = Refund policy changed
history-policy-proposed = Change of the refund policy proposed
history-policy-approved = Change of the refund policy approved
history-policy-withdrawn = Change of the refund policy withdrawn
history-policy-outdated = Change of the refund policy outdated
history-deny-list-imported = Deny list imported
history-draft-discarded = Draft of somebody else discarded
history-payouts-paused = Payouts paused
history-payouts-resumed = Payouts resumed
history-payouts-reconciled = Payouts reconciled
history-payouts-assigned = Transaction assigned to a refund
history-payouts-explained = Transaction or movement explained
history-network-resumed = Stopped network followed again
history-wallet-advanced = Deposit addresses skipped
history-month-closed = Month closed
history-books-currency = Currency of the books chosen
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
history-why-paused = { $why } Given as the reason: { $given }
history-why-ended-early = Ended before its time to pay was over.
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
