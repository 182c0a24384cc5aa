# What a form did, on the page that follows it.

success-role-changed = The role was changed. It applies from their next request, but not to API keys that they created.
success-member-disabled = Disabled. They are signed out everywhere and cannot sign in.
success-member-enabled = Enabled. They can sign in again.
success-member-signed-out = Signed out everywhere.
success-password-link-mailed = An e-mail with a link to choose a new password is being sent, unless one was sent in the last two minutes.
success-password-changed = Your password was changed. Your other sessions have ended.
success-other-sessions-ended = Your other sessions have ended.
success-password-link-requested = If there is an account with this e-mail address, an e-mail with a link is being sent. The link works for one hour.
success-password-chosen = Your new password is set. Sign in with it.
success-time-zone-changed = Saved. Days in filters use your time zone in every browser in which you sign in.
success-language-chosen = Saved. It applies in every browser in which you sign in.

success-policy-changed = Saved. It applies to every refund from now on.
success-policy-change-proposed = Saved, but not in effect yet, because it loosens the policy. Every owner has been e-mailed.
success-policy-change-proposed-without-mail = Saved, but not in effect yet, because it loosens the policy. This server sends no e-mail, so tell the other owners.
success-policy-change-approved = Approved. The change takes effect when its waiting period ends.
success-policy-change-withdrawn = Withdrawn. The policy stays the same.
success-minimum-balances-set = Saved. Home warns when less than that is available.
success-house-currency-chosen = The reporting currency was changed. It applies from the month that is shown.
success-balance-topped-up = The test money was added. It is listed under the postings below.

success-endpoint-added = Added. Give its secret to your receiver, then send a test event.
success-endpoint-changed = Saved. It applies to every message from now on.
success-endpoint-enabled = Enabled. Messages that were not sent in the meantime are listed below. You can send them again.
success-endpoint-disabled = Disabled. Nothing more is sent, but new events are kept.
success-endpoint-deleted = Deleted. Nothing more is sent there.
success-secret-replaced = The secret was changed. For 24 hours, messages are signed with the old one too.
success-delivery-repeated = It is being sent again. Check the response in a moment.
success-failed-deliveries-repeated = { $count ->
    [0] Everything since then has arrived or is still waiting, so there is nothing to send again.
    [one] One message is being sent again.
   *[other] { $count } messages are being sent again.
}

success-draft-discarded = Discarded. Nothing was refunded.
success-confirmation-mailed = The e-mail is being sent to the customer again. Links in earlier e-mails still work.
success-receipt-shared = The link is below. Send it to the customer.
success-receipt-mailed = The receipt is being e-mailed to the customer.

success-transfer-cancelling = A transaction that pays nothing is sent in its place. The network decides which of the two it accepts.
success-transfer-stopped = Stopped. Nothing was sent, and the money is back in your balance.
success-payouts-paused = Paused. Nothing more is signed except cancellations that an owner asks for. What was already signed is still tracked to its end.
success-payouts-resumed = Resumed. Refunds on hold are now sent.
success-payouts-reconciled = Reconciled as far as possible. The findings are below.
success-transaction-explained = Explained. It no longer prevents payouts from being resumed.
success-transaction-assigned = Assigned. The refund has ended as paid.
success-deposit-taken-back = Taken back from the balance and the payment intent.
success-deposit-written-off = Written off. As much as possible was taken from the balance.
success-deposit-recovered = Marked as recovered. The amount taken from the balance was returned.
success-funds-handled = Saved. The deposit is listed as dealt with, and Home does not count it any more.
success-month-closed = Closed. Its totals are stored, and nothing more is booked in it.

success-view-saved = Saved. The view is shown above the list.
success-view-renamed = The view was renamed.
success-view-deleted = The view was deleted.
