# What a form did, on the page that follows it.

success-role-changed = The role was changed. It applies from their next request on, but not to API keys that they have made.
success-member-disabled = Disabled: signed out everywhere, and unable to sign in.
success-member-enabled = Enabled: able to sign in again.
success-member-signed-out = Signed out everywhere.
success-password-link-mailed = A mail with a link to choose a new password is on its way, if there was none within two minutes.
success-password-changed = Your password was changed. Your other sessions have ended.
success-other-sessions-ended = Your other sessions have ended.
success-password-link-requested = If somebody has this e-mail address here, a mail with a link is on its way. The link works for an hour.
success-password-chosen = Your new password is set. Sign in with it.
success-time-zone-changed = Saved in this browser. The days of filters begin in this time zone.
success-language-chosen = Saved. It holds in every browser in which you sign in.

success-policy-changed = Saved. It holds for every refund from now on.
success-policy-change-proposed = Saved, but not in force yet, because it loosens the policy. Every owner has been mailed.
success-policy-change-proposed-without-mail = Saved, but not in force yet, because it loosens the policy. This server sends no mail, so tell the other owners.
success-policy-change-approved = Approved. The change takes effect when its time has come.
success-policy-change-withdrawn = Withdrawn. The policy stays as it is.
success-minimum-balances-set = Saved. Home warns when less than that is available.
success-house-currency-chosen = The currency of the books was chosen. It counts from the month that is shown.

success-endpoint-added = Added. Give its secret to your receiver, then send a test event.
success-endpoint-changed = Saved. It holds for every message from now on.
success-endpoint-enabled = Enabled. What was not sent meanwhile is below; you can send it again.
success-endpoint-disabled = Disabled. Nothing is sent any more; what happens meanwhile is kept.
success-endpoint-deleted = Deleted. Nothing is sent there any more.
success-secret-replaced = The secret was changed. Messages are signed with the old one too for 24 hours.
success-delivery-repeated = It is sent again. Look again in a moment for what came back.
success-failed-deliveries-repeated = { $count ->
    [0] Since then everything has arrived or is still waiting, so there is nothing to send again.
    [one] One message is sent again.
   *[other] { $count } messages are sent again.
}

success-draft-discarded = Discarded. Nothing was refunded.
success-confirmation-mailed = The customer is mailed again. Earlier mails stay good too.
success-receipt-shared = The link is below. Send it to the customer.

success-transfer-cancelling = A transaction that pays nothing takes its place. The network decides which of the two it takes.
success-transfer-stopped = Stopped. Nothing was sent, and the money is back on your balance.
success-payouts-paused = Paused. Nothing is signed any more; what was signed before is still followed to its end.
success-payouts-resumed = Resumed. Refunds that wait are sent now.
success-payouts-reconciled = Compared. What was found is below.
success-transaction-explained = Explained. It does not keep payouts from being resumed any more.
success-transaction-assigned = Assigned. The refund has ended as paid.
success-deposit-taken-back = Taken back from the balance and the payment intent.
success-deposit-written-off = Written off. The balance gave what it had.
success-deposit-recovered = It has arrived again. The balance got back what it gave.
success-funds-handled = Saved. The deposit is listed as dealt with, and Home does not count it any more.
success-month-closed = Closed. Its totals are stored, and nothing is booked in it any more.

success-view-saved = Saved. The view is above the list.
success-view-renamed = The view has its new name.
success-view-deleted = The view was deleted.
