# The page of a refund, with its approval, transfer, receipt and the customer's confirmation, and refunds that wait.

refund-of = Refund of { $amount }
refund-list = Refunds
refund-amount-on-network = { $amount } on { $network }

# The progress, which updates itself.
refund-progress = Progress
refund-progress-unreachable = The server cannot be reached at the moment; trying again.
refund-transaction = Transaction

# The names of facts.
refund-recipient = Recipient
refund-network = Network
refund-address = Address
refund-memo = Memo
refund-email = E-mail
refund-customer = Customer
refund-everything-of-address = Everything of this address
refund-everything-of-email = Everything of this e-mail address
refund-reason = Reason
refund-overridden = Overridden warnings
refund-override-reason = Reason for sending to this address despite a warning
refund-note = Note
refund-money = Money
refund-rate = 1 { $coin } = { $rate } { $currency }, by the { $source }, { $at }
refund-details = Details
refund-id = Id
refund-order = Order
refund-intent = Payment intent
refund-receipt = Receipt
refund-receipt-open = Print it or send a link
refund-made-by = Made by
refund-made = Made
refund-approved-by = Approved by
refund-declined-by = Declined by
refund-stopped-by = Stopped by
refund-rejected-by = Rejected by
refund-created = Created
refund-changed = Last change
refund-deny-list = Deny list
refund-screened-without-list = No list was imported
refund-screened-hit-at-creation = { $list } { $version }: on it when the refund was made
refund-screened-hit-at-approval = { $list } { $version }: on it at the approval
refund-screened-hit-at-payout = { $list } { $version }: on it before the payout
refund-screened-at-creation = { $list } { $version }: not on it when the refund was made
refund-screened-at-approval = { $list } { $version }: not on it at the approval
refund-screened-at-payout = { $list } { $version }: not on it before the payout

# What can be done with it.
refund-approval = Approval
refund-waits-for-approver = It is large enough to need a second person. An approver, admin or owner of your team has to look at it.
refund-own-to-decline = You can still decline it.
refund-review = Review and decide
refund-stop = Stop this refund
refund-stop-awaiting-confirmation = It waits for the customer. If something about it is wrong, you need not wait.
refund-stop-awaiting-approval = You made it, and nobody has approved it yet. If something about it is wrong, take it back.
refund-stop-new-address = The address is new, so it waits. If something about it is wrong, stop it now.
refund-stop-reason = Why it is stopped
refund-stop-now = Stop the refund

# The page on which a second person decides.
refund-approve-amount = Approve { $amount }
refund-decide = Approve or decline
refund-would-be-sent = What would be sent
refund-what-to = { $what } to:
refund-with-memo = With the memo { $memo }.
refund-renewed-same = The rate was renewed. It takes { $now } from the balance, as when the refund was made.
refund-renewed-more = The rate was renewed. It takes { $now } from the balance, { $percent } % more than the { $before } when the refund was made.
refund-renewed-less = The rate was renewed. It takes { $now } from the balance, { $percent } % less than the { $before } when the refund was made.
refund-rate-expired = The rate of this refund has expired. Look at today's rate before you decide.
refund-fee-expired = The network fee of this refund has expired. Look at today's network fee before you decide.
refund-renew-rate = Get today's rate
refund-renew-fee = Get today's network fee
refund-approve-sending = Approve sending { $amount }
refund-approving = Approving…
refund-decline = Decline
refund-decline-reason = Why it is declined
refund-decline-hint = Whoever made the refund reads it. The money goes back to the balance.
refund-decline-now = Decline the refund
refund-request = The request
refund-customer-email = Customer's e-mail

# The transfer on a real network.
refund-transfer = Transfer
refund-status = Status
refund-waits-since = Waits since
refund-paid-by = Paid by
refund-planned = Planned
refund-nonce = Nonce
refund-block = Block
refund-confirmations = ({ $count ->
    [one] 1 confirmation
   *[other] { $count } confirmations
})
refund-fee-taken = Fee that the network took
refund-attempts = Signed transactions
refund-one-of-a-nonce = The network takes only one transaction with the same nonce.
refund-attempt-kind = What it does
refund-attempt-in-block = { $kind }, in a block
refund-attempt-signed = Signed { $at }
refund-attempt-fee = Highest fee per gas
refund-cancelling = An owner wants it cancelled. The network decides whether it takes the payment or the cancellation.
refund-cancel = Cancel it
refund-cancel-hint = A transaction with the same nonce, which pays nothing, takes its place if the network takes it first. Then the refund is rejected and its money is back on your balance. It costs the network's fee.
refund-cancel-now = Cancel with the same nonce
refund-cancel-needs-factor = Only an owner with a second factor cancels a transfer. Set one up on the page { $page }, then come back.
refund-cancel-account = Your account
refund-stop-transfer = Stop this transfer
refund-stop-transfer-hint = Nothing was signed when this page was opened. If you stop it, the refund is rejected and its money goes back to your balance.
refund-stop-transfer-now = Stop the transfer
# After a link to a refund that waits.
refund-held-since = : { $reason }, since { $at }. { $next }

# The receipt for the customer.
refund-receipt-for-customer = For the customer
refund-receipt-link = Whoever has this link can open the receipt:
refund-receipt-no-link = A link lets the customer open the receipt without signing in. It shows no e-mail address and no note.
refund-receipt-make-link = Make a link
refund-receipt-print = Or print this page, or save it as a PDF: only the receipt is printed.

# The customer's confirmation of the address.
refund-confirmation = The customer's confirmation
refund-confirm-waits = The customer has to confirm that the address is theirs. Nothing is sent before.
refund-confirm-ended = The refund has ended, so the customer is not asked any more.
refund-confirm-confirmed = The customer confirmed that the address is theirs.
refund-confirm-asked-at = Asked by mail to
refund-confirm-has-until = To be confirmed by
refund-mails = Mails
refund-mail-of = Mail of { $at }
refund-mail-again = Mail the customer again
refund-told-by-mail = Notified by mail

# Refunds that wait for whoever looks at the first page. Two texts each follow a link to a refund or a draft.
refund-to-approve = Refunds to approve
refund-requested-by = , requested by { $person }
refund-requested-since = , waits since { $at }.
refund-all-to-approve = All refunds that wait for approval
refund-drafts = Refunds that you have not finished
refund-of-order = Refund of order #{ $number }
refund-draft-until = , possible until { $until }
refund-draft-changed = , last changed { $at }.
refund-all-drafts = All drafts

# What happens next with a refund.
refund-next-confirm-until = The money is set aside. The customer got a mail and has until { $until } to confirm the address.
refund-next-confirm-over = The customer did not confirm the address in time, so the refund ends in a moment.
refund-next-new-address = The address is new, so the money is set aside until { $until } and then sent. Until then it can be stopped.
refund-next-behind = It waits until people have signed another refund of the same account. Then it goes on by itself.
refund-next-unsigned = It is being prepared, and nothing was signed yet. Nobody has to do anything.
refund-next-confirm = The money is set aside. The customer has to confirm the address, for which they got a mail.
refund-next-approve = The money is set aside. A colleague who may approve refunds has to look at it.
refund-next-pending = The money is set aside and will be sent in a moment. Nobody has to do anything.
refund-next-processing = It is on its way through the network. Nobody has to do anything.
refund-next-completed = The customer has the money. This is final.
refund-next-rejected = Nothing was sent and the money is back on your balance. You can start a new refund.

# Why a transfer waits, and who has to do what.
refund-held-funds = It waits because the account that pays refunds has too little of this coin. Somebody has to top it up; its address is on the page Payouts.
refund-held-gas = It waits because the account that pays refunds cannot pay the network's fee. Somebody has to top it up; its address is on the page Payouts.
refund-held-fee = It waits because the network's fee is above your limit. It is sent as soon as the fee falls.
refund-held-recipient-blocked = It waits because the issuer of the coin has blocked this address. An owner can stop it on its page. Ask the customer for another address.
refund-held-sender-blocked = It waits because the issuer of the coin has blocked the account that pays refunds. Whoever runs the server has to ask them.
refund-held-token-paused = It waits because the issuer has paused this coin. It is sent when they go on.
refund-held-recipient-refuses = It waits because the transfer to this address fails when it is tried. An owner can stop it on its page. Ask the customer for another address.
refund-held-signer-away = It waits because the signer does not respond. Whoever runs the server has to look at it.
refund-held-signer-locked = It waits because the signer is locked. Whoever runs the server has to unlock it.
refund-held-signer-refuses = It waits because the signer refuses it by its own limits. Whoever runs the server has to decide.
refund-held-signatures = It waits for the people who sign it.
refund-held-paused = It waits because payouts on this network are paused. An owner has to resume them.
refund-held-account-removed = It waits because the account that has to pay it was removed from the settings. Whoever runs the server has to put it back with its signer, or an owner can stop the transfer on its page.
refund-held-network-away = It waits because the nodes of the network do not answer as they should. Nothing was signed. It goes on by itself when they do.
refund-held-payment-removed = It waits because the network has removed a payment that was credited. If the payment arrives again, the refund is sent; otherwise an owner decides about it on the page of payouts, or stops the refund.
refund-held-displaced = Another transaction has taken its place, so it is not known whether it was paid. An owner has to find out.
