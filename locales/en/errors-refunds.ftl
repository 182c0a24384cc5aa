# Refunds, their approval, confirmation and transfer.

error-nothing-left = Everything that was paid has been refunded or is on its way back.
error-nothing-overpaid = Nothing is left of what was paid beyond the amount that was asked.
error-continuous-not-overpaid = A continuous payment intent has no amount, so nothing can be overpaid.
error-refund-window-closed = The time to refund this payment intent ended on { $day } at { $time } (UTC).
error-price-part-changed = { $part } of the price is { $is } now, not { $was }.
error-expected-refundable = You expected { $expected } to be left to refund, but it is { $left }.
error-other-network = The refund would be sent on { $network }, not on { $other }.
error-reason-unknown = Choose one of the reasons.
error-warning-unknown = It must be one of { $names }.
error-fee-payer = The network fee is paid by the merchant or by the customer.
error-quote-mismatch = The quote is of another amount, coin, network, balance or payer of the fee.
error-quote-expired = The rate of this quote has expired, so nothing was sent.
error-rate-moved = The refund now takes { $new } instead of { $old }, which is { $change } % more; your policy allows { $tolerance } %.
error-approval-stale = This refund is not the one that the page showed any more, so nothing was decided.
error-approval-not-awaited = This refund does not wait for an approval: it is { $status ->
    [awaiting_approval] awaiting approval
    [awaiting_confirmation] awaiting confirmation
   *[other] { $status }
}.
error-approval-by-nobody = This API key was made on the command line, so it is not known whose approval this would be.
error-own-refund = You made this refund yourself, so somebody else has to approve it.
error-not-stoppable-awaits-approval = This refund awaits an approval, and somebody else made it. A colleague who may approve refunds can decline it.
error-not-stoppable-transfer-waits = The transfer of this refund waits on its network. An owner can stop it on the refund's page.
error-not-stoppable = This refund is not held back any more, so it cannot be stopped.
error-refund-completed = The refund was completed and that is final.
error-refund-rejected = The refund was rejected and that is final.
error-refund-ended-because = { $sentences }
error-refund-awaits-approval = The refund waits for an approval, so nothing was sent yet.
error-refund-awaits-both = The refund waits for the customer and then for an approval, so nothing was sent yet.
error-refund-held = The refund is held back, so nothing was sent yet.
error-confirmation-not-awaited = This refund does not wait for its customer any more.
error-confirmation-mails = The customer was mailed { $count } times, and no further mail is sent.
error-confirmation-mailed-now = The customer was mailed a moment ago.
error-transfer-being-cancelled = This transfer is being cancelled already.
error-transfer-not-signed = Nothing was signed for this transfer, so there is nothing to cancel.
error-transfer-too-late = It is too late to cancel this transfer.
error-transfer-not-waiting = This transfer does not wait any more, so it cannot be stopped.
error-transfer-maybe-paid = It is not known whether this refund was paid. Payouts have to be reconciled with the chain first.
error-transfer-maybe-signed = People may sign it any moment. Withdraw it where it is signed.

error-mail-unavailable = This server cannot send mail, so it cannot ask the customer to confirm the address.
error-box-not-ticked = Tick the box to confirm that the refund cannot be cancelled.
error-typed-end-wrong = These are not the last six characters of the address.
error-draft-changed = The refund was changed or its rate was renewed after this page was opened.
error-fee-risen = The network fee has risen since this page was opened, so nothing was sent.
error-order-not-paid = Nothing was paid on this order, so there is nothing to refund.
error-recipient-not-found = There is no such recipient in your address book.
error-fee-limit-too-large = The limit of the fee is too large.
error-recipient-exists = This address is in your address book already.
error-refund-not-as-confirmed = The refund differs from what the customer confirmed. Nothing was changed.
error-quote-used = The quote was already used for a refund.
error-no-transfer-to-stop = This refund has no transfer that could be stopped.
error-payouts-worked-on = Payouts of this network are being worked on. Try again in a moment.
error-transfer-signed = The signer has signed this transfer, so it can only be cancelled.
error-transfer-signed-elsewhere = A signer has signed this transfer, so it may be paid. Put its account back into the settings.
error-transfer-no-answer = The signer or the network does not answer, so it is not known whether it was paid. Try again later.
error-transfer-worked-on = The transfer was worked on meanwhile, so it was not stopped.
error-network-fee-too-high = A transfer on { $network } would cost { $fee } now, and the limit is { $limit } ({ $setting } in the settings). Try again when the network is less busy.
error-transfer-known-elsewhere = A signer or the token knows this refund, so it may be paid. Pause payouts of its network and reconcile; if it was paid, that ends it.
error-transfer-no-signer = No signer in the settings has the key of the account that has to pay, so it is not known whether the transfer was signed. Put the account and its signer back into the settings.
error-reprice-balance = At the new rate the refund takes { $new } instead of { $old }, and the { $currency } balance has only { $available } more.
