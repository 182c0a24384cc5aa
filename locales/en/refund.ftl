# The page of a refund, with its approval, transfer, receipt and the customer's confirmation, and refunds that wait.

refund-of = Refund of { $amount }
refund-list = Refunds
refund-amount-on-network = { $amount } on { $network }

# The progress, which updates itself.
refund-progress = Progress
refund-progress-unreachable = The server cannot be reached. Trying again.
refund-transaction = Transaction

# The names of facts.
refund-recipient = Recipient
refund-network = Network
refund-address = Address
refund-memo = Memo
refund-email = E-mail
refund-customer = Customer
refund-everything-of-address = All activity for this address
refund-everything-of-email = All activity for this e-mail address
refund-reason = Reason
refund-overridden = Overridden warnings
refund-override-reason = Reason for sending despite the warning
refund-note = Note
refund-money = Amounts
refund-details = Details
refund-number = Refund number
refund-id = ID
refund-order = Order
refund-intent = Payment intent
refund-receipt = Receipt
refund-receipt-open = Print or share
refund-made-by = Created by
refund-made = Created
refund-approved-by = Approved by
refund-declined-by = Declined by
refund-stopped-by = Stopped by
refund-rejected-by = Rejected by
refund-created = Created
refund-changed = Last change

# The quote, and those that were replaced.
refund-quote = Quote
refund-quote-until = Valid until
refund-quote-source = Rate source
refund-quote-replaced = Earlier quotes
refund-quote-made = { $total } in total, created { $at }

# What was checked. A screening is followed by its time.
refund-checks = Checks
refund-checks-at-creation = Checks when the refund was created
refund-checks-not-recorded = The checks of this refund at its creation were not recorded.
refund-check = Check
refund-check-result = Result
refund-check-said = Details
refund-deny-list = Deny list
refund-not-screened = The address was not checked against a deny list.
refund-screened-no-list-at-creation = No list was imported when the refund was created
refund-screened-no-list-at-approval = No list was imported at the approval
refund-screened-no-list-at-payout = No list was imported before the payout
refund-screened-hit-at-creation = { $list } { $version }: listed when the refund was created
refund-screened-hit-at-approval = { $list } { $version }: listed at the approval
refund-screened-hit-at-payout = { $list } { $version }: listed before the payout
refund-screened-at-creation = { $list } { $version }: not listed when the refund was created
refund-screened-at-approval = { $list } { $version }: not listed at the approval
refund-screened-at-payout = { $list } { $version }: not listed before the payout

# What it has moved in the ledger.
refund-postings = Postings
refund-postings-hint = Amounts that the refund moved between your ledger accounts. What goes out of one goes into others, so both columns have the same total in each currency.
refund-account = Account
refund-in = In
refund-out = Out

# What can be done with it.
refund-start-another = Start another refund
refund-approval = Approval
refund-waits-for-approver = Its amount requires approval by a second person. An approver, admin or owner of your team must review it.
refund-own-to-decline = You can still decline it.
refund-review = Review and decide
refund-stop = Stop this refund
refund-stop-awaiting-confirmation = It is waiting for the customer. If something about it is wrong, you can stop it now.
refund-stop-awaiting-approval = You created it, and nobody has approved it yet. If something about it is wrong, stop it now.
refund-stop-new-address = The address is new, so the refund is waiting. If something about it is wrong, stop it now.
refund-stop-reason = Reason for stopping
refund-stop-now = Stop refund

# The page on which a second person decides.
refund-approve-amount = Approve { $amount }
refund-decide = Approve or decline
refund-would-be-sent = To be sent
refund-what-to = { $what } to:
refund-with-memo = With the memo { $memo }.
refund-renewed-same = The rate was renewed. { $now } is taken from the balance, the same as when the refund was created.
refund-renewed-more = The rate was renewed. { $now } is taken from the balance, { $percent } % more than the { $before } when the refund was created.
refund-renewed-less = The rate was renewed. { $now } is taken from the balance, { $percent } % less than the { $before } when the refund was created.
refund-rate-expired = The rate of this refund has expired. Check the current rate before you decide.
refund-fee-expired = The network fee of this refund has expired. Check the current network fee before you decide.
refund-renew-rate = Get current rate
refund-renew-fee = Get current network fee
refund-approve-sending = Approve sending { $amount }
refund-approving = Approving…
refund-decline = Decline
refund-decline-reason = Reason for declining
refund-decline-hint = The person who created the refund can read it. The money returns to the balance.
refund-decline-now = Decline refund
refund-request = Request
refund-customer-email = Customer's e-mail

# The transfer on a real network.
refund-transfer = Transfer
refund-status = Status
refund-waits-since = On hold since
refund-paid-by = Payout account
refund-planned = Planned
refund-nonce = Nonce
refund-block = Block
refund-confirmations = ({ $count ->
    [one] 1 confirmation
   *[other] { $count } confirmations
})
refund-fee-taken = Network fee paid
refund-attempts = Signed transactions
refund-one-of-a-nonce = The network accepts only one transaction with the same nonce.
refund-attempt-kind = Purpose
refund-attempt-in-block = { $kind }, in a block
refund-attempt-signed = Signed { $at }
refund-attempt-fee = Maximum fee per gas
refund-cancelling = An owner requested the cancellation. The network decides whether it accepts the payment or the cancellation.
refund-cancel = Cancel this transfer
refund-cancel-hint = A transaction with the same nonce that pays nothing replaces the transfer, if the network accepts it first. Then the refund is rejected and its money is back in your balance. This costs the network fee.
refund-cancel-now = Cancel transfer
refund-cancel-needs-factor = Only an owner with two-factor authentication can cancel a transfer. Set it up on the page { $page }, then come back.
refund-cancel-account = Your account
refund-stop-transfer = Stop this transfer
refund-stop-transfer-hint = Nothing was signed when this page was opened. If you stop it, the refund is rejected and its money returns to your balance.
refund-stop-transfer-now = Stop transfer
# After a link to a refund that waits.
refund-held-since = : { $reason }, since { $at }. { $next }

# The receipt for the customer.
refund-receipt-for-customer = For the customer
refund-receipt-link = Anyone with this link can open the receipt:
refund-receipt-no-link = With a link, the customer can open the receipt without signing in. It shows no e-mail address and no note.
refund-receipt-make-link = Create link
refund-receipt-mail = E-mail to the customer
refund-receipt-print = Or print this page, or save it as a PDF. Only the receipt is printed.

# The customer's confirmation of the address.
refund-confirmation = Customer confirmation
refund-confirm-waits = The customer must confirm that the address is theirs. Nothing is sent before that.
refund-confirm-ended = The refund has ended, so the customer is no longer asked.
refund-confirm-confirmed = The customer confirmed that the address is theirs.
refund-confirm-asked-at = Confirmation e-mail to
refund-confirm-has-until = Deadline
refund-mails = E-mails
refund-mail-of = E-mail of { $at }
refund-mail-again = Send e-mail again
refund-told-by-mail = Notified by e-mail

# Refunds that wait for whoever looks at the first page. Two texts each follow a link to a refund or a draft.
refund-to-approve = Refunds to approve
refund-requested-by = , requested by { $person }
refund-requested-since = , waiting since { $at }.
refund-review-now = Review
# The same for screen readers.
refund-review-of = Review { $what }
refund-all-to-approve = All refunds awaiting approval
refund-drafts = Your unfinished refunds
refund-of-order = Refund of order #{ $number }
refund-draft-until = , possible until { $until }
refund-draft-changed = , last changed { $at }.
refund-all-drafts = All drafts

# What happens next with a refund.
refund-next-confirm-until = The money is reserved. The customer was e-mailed and has until { $until } to confirm the address.
refund-next-confirm-over = The customer did not confirm the address in time, so the refund will end in a moment.
refund-next-new-address = The address is new, so the money is reserved until { $until } and then sent. Until then, the refund can be stopped.
refund-next-behind = It is waiting until another refund of the same account has been signed. Then it continues automatically.
refund-next-unsigned = It is being prepared, and nothing has been signed yet. No action is needed.
refund-next-confirm = The money is reserved. The customer was e-mailed and must confirm the address.
refund-next-approve = The money is reserved. A colleague who may approve refunds must review it.
refund-next-pending = The money is reserved and will be sent in a moment. No action is needed.
refund-next-processing = The network is processing the transfer. No action is needed.
refund-next-completed = The customer has the money. This is final.
refund-next-rejected = Nothing was sent and the money is back in your balance. You can start a new refund.

# Why a transfer waits, and who has to do what.
refund-held-funds = On hold because the payout account has too little of this coin. Someone must top it up. Its address is on the Payouts page.
refund-held-gas = On hold because the payout account cannot pay the network fee. Someone must top it up. Its address is on the Payouts page.
refund-held-fee = On hold because the network fee is above your limit. It is sent as soon as the fee falls.
refund-held-recipient-blocked = On hold because the issuer of the coin has blocked this address. An owner can stop it on its page. Ask the customer for another address.
refund-held-sender-blocked = On hold because the issuer of the coin has blocked the payout account. A server administrator must contact the issuer.
refund-held-token-paused = On hold because the issuer has paused this coin. It is sent when the issuer resumes it.
refund-held-recipient-refuses = On hold because a simulated transfer to this address fails. An owner can stop it on its page. Ask the customer for another address.
refund-held-signer-away = On hold because the signer does not respond. A server administrator must check it.
refund-held-signer-locked = On hold because the signer is locked. A server administrator must unlock it.
refund-held-signer-refuses = On hold because the signer's own limits do not allow it. A server administrator must decide.
refund-held-signatures = Waiting for the people who sign it.
refund-held-paused = On hold because payouts on this network are paused. An owner must resume them.
refund-held-account-removed = On hold because the account that must pay it was removed from the settings. A server administrator must put it back with its signer, or an owner can stop the transfer on its page.
refund-held-network-away = On hold because the nodes of the network do not respond correctly. Nothing was signed. It continues automatically when they do.
refund-held-payment-removed = On hold because the network has removed a payment that was credited. If the payment arrives again, the refund is sent. Otherwise an owner decides about the payment on the Payouts page, or stops the refund.
refund-held-assigned-to-another = Not sent, because its payment was made before and assigned to another refund. An owner must stop it on its page.
refund-held-displaced = Another transaction has taken its place, so it is not known whether it was paid. An owner must find out.
