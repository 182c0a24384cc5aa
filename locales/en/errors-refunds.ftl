# Refunds, their approval, confirmation and transfer.

error-nothing-left = Everything that was paid has been refunded or is being refunded.
error-nothing-overpaid = Nothing is left of the overpaid amount.
error-continuous-not-overpaid = A continuous payment intent has no amount, so nothing can be overpaid.
error-refund-window-closed = The refund window of this payment intent closed on { $day } at { $time } (UTC).
error-price-part-changed = { $part } of the price is now { $is }, not { $was }.
error-expected-refundable = You expected { $expected } to be left to refund, but it is { $left }.
error-other-network = The refund would be sent on { $network }, not on { $other }.
error-reason-unknown = Choose one of the listed reasons.
error-warning-unknown = It must be one of { $names }.
error-fee-payer = The network fee must be paid by the merchant or by the customer.
error-quote-mismatch = The quote is for a different amount, coin, network, balance or fee payer.
error-quote-expired = The rate of this quote has expired, so nothing was sent.
error-rate-moved = The refund now takes { $new } instead of { $old }, which is { $change } % more. Your policy allows { $tolerance } %.
error-approval-stale = This refund differs from the one that the page showed, so nothing was decided.
error-approval-not-awaited = This refund is not awaiting approval: it is { $status ->
    [awaiting_approval] awaiting approval
    [awaiting_confirmation] awaiting confirmation
   *[other] { $status }
}.
error-approval-by-nobody = This API key was created on the command line, so it is not known whose approval this would be.
error-own-refund = You created this refund yourself, so someone else must approve it.
error-not-stoppable-awaits-approval = This refund is awaiting approval, and someone else created it. A colleague who may approve refunds can decline it.
error-not-stoppable-transfer-waits = The transfer of this refund is on hold on its network. An owner can stop it on the refund's page.
error-not-stoppable = This refund is no longer waiting, so it cannot be stopped.
error-refund-completed = The refund was completed. This is final.
error-refund-rejected = The refund was rejected. This is final.
error-refund-ended-because = { $sentences }
error-refund-awaits-approval = The refund is awaiting approval, so nothing has been sent yet.
error-refund-awaits-both = The refund is awaiting the customer's confirmation and then an approval, so nothing has been sent yet.
error-refund-held = The refund is in its waiting period, so nothing has been sent yet.
error-confirmation-not-awaited = This refund is no longer awaiting its customer's confirmation.
error-confirmation-mails = The customer was e-mailed { $count } times, and no more e-mails are sent.
error-confirmation-mailed-now = The customer was e-mailed a moment ago.
error-receipt-no-email = This refund has no e-mail address of its customer.
error-transfer-being-cancelled = This transfer is already being cancelled.
error-transfer-not-signed = Nothing was signed for this transfer, so there is nothing to cancel.
error-transfer-too-late = It is too late to cancel this transfer.
error-transfer-not-waiting = This transfer is no longer on hold, so it cannot be stopped.
error-transfer-maybe-paid = It is not known whether this refund was paid. Payouts must be reconciled with the chain first.
error-transfer-maybe-signed = People may sign it at any moment. Withdraw it where it is signed.

error-mail-unavailable = This server cannot send e-mail, so it cannot ask the customer to confirm the address.
error-box-not-ticked = Tick the box to confirm that the refund cannot be cancelled.
error-typed-end-wrong = These are not the last six characters of the address.
error-draft-changed = The refund was changed, or its rate was renewed, after this page was opened.
error-fee-risen = The network fee has risen since this page was opened, so nothing was sent.
error-order-not-paid = Nothing was paid on this order, so there is nothing to refund.
error-recipient-not-found = There is no such recipient in your address book.
error-fee-limit-too-large = The fee limit is too large.
error-recipient-exists = This address is already in your address book.
error-refund-not-as-confirmed = The refund differs from what the customer confirmed. Nothing was changed.
error-quote-used = The quote was already used for a refund.
error-no-transfer-to-stop = This refund has no transfer that could be stopped.
error-payouts-worked-on = Payouts on this network are being processed. Try again in a moment.
error-transfer-signed = The signer has signed this transfer, so it can only be cancelled.
error-transfer-signed-elsewhere = A signer has signed this transfer, so it may be paid. Put its account back into the settings.
error-transfer-no-answer = The signer or the network does not respond, so it is not known whether the refund was paid. Try again later.
error-transfer-worked-on = The transfer changed in the meantime, so it was not stopped.
error-network-fee-too-high = A transfer on { $network } would cost { $fee } now, and the limit is { $limit } ({ $setting } in the settings). Try again when the network is less busy.
error-transfer-known-elsewhere = A signer or the token has a record of this refund, so it may be paid. Pause payouts on its network and reconcile them. If it was paid, reconciling ends the refund.
error-transfer-no-signer = No signer in the settings has the key of the account that must pay, so it is not known whether the transfer was signed. Put the account and its signer back into the settings.
error-reprice-balance = At the new rate the refund takes { $new } instead of { $old }, and only { $available } more is available in the { $currency } balance.
