# What is stored with payouts: why an account is paused, what a refund waits for, what a signer says, what an unexplained
# transaction did, and what a reconciliation has found.

# Why an account that pays refunds is paused.
payouts-detail-unknown-transactions = { $count ->
    [one] The account has { $count } transaction on the chain and in the pool that this database does not know: its next nonce is { $seen } there and { $known } here.
   *[other] The account has { $count } transactions on the chain and in the pool that this database does not know: its next nonce is { $seen } there and { $known } here.
}
payouts-detail-unknown-authorization = An authorisation that this database does not know was used.
payouts-detail-unknown-token-transfer = A token left the account in a transaction that this database does not know.
payouts-detail-unknown-coin-transfer = Coins left the account in a transaction that this database does not know.
payouts-detail-transaction = Transaction { $hash }.
payouts-detail-unknown-signature = The signer has signed transfer { $transfer } with nonce { $nonce }, which this database does not know.
payouts-detail-signed-otherwise = The signer signed refund { $refund } differently from how it was sent, so with both it could be paid twice. The sent transaction is being tracked. Reconcile again when nonce { $nonce } is final.
payouts-detail-restored = The database is older than this server remembers: it was restored from a backup while the server was running. Stop every server, and follow 'Backups, and after a restore' in docs/production.md.
payouts-detail-not-followed = { $hours ->
    [one] The database was last compared with the chain { $hours } hour ago. If it was restored from a backup, follow 'Backups, and after a restore' in docs/production.md. Otherwise reconcile payouts too, and then resume them.
   *[other] The database was last compared with the chain { $hours } hours ago. If it was restored from a backup, follow 'Backups, and after a restore' in docs/production.md. Otherwise reconcile payouts too, and then resume them.
}
payouts-detail-used-before = { $count ->
    [one] The account has sent { $count } transaction before it was used here.
   *[other] The account has sent { $count } transactions before it was used here.
}
payouts-detail-another-has-paid = Another account paid refunds on this network, or may have, before this one was used.
payouts-detail-paused-before = Payouts on this network were paused before this account was used.
payouts-detail-reconcile-or-resume = Reconcile payouts if this database was ever restored from a backup; otherwise resume them.
payouts-detail-reconciled-together = Reconciled together with another account of the network
payouts-detail-nodes-contradict = The nodes { $first } and { $second } disagree about a transfer. Find out which one is wrong, for example with the network's block explorer, and remove it from the settings.
payouts-detail-fee-not-bookable = The nodes of { $network } report that transaction { $hash } cost { $wei } wei in fees, which is more than can be booked. Its refund ends when they report the actual fee: compare them with a block explorer, and replace the nodes that are wrong.
payouts-detail-displaced = Nonce { $nonce } was used by another transaction. The key may be used elsewhere, or was copied.
payouts-detail-revocation-displaced = The revocation of the authorisation of refund { $refund } was displaced: another transaction has used its nonce. The key may be used elsewhere, or was copied. Another revocation is signed when payouts are resumed.
payouts-detail-revocation-failed = The revocation of the authorisation of refund { $refund } failed in a final block. Transaction { $hash }. Another revocation is signed when payouts are resumed.
payouts-detail-paid-unknown = Refund { $refund } was paid on the chain, which this database does not know. Reconcile payouts: that ends the refund, or says what keeps it from ending.
payouts-detail-sent-unknown = The account has sent a transaction with nonce { $nonce } or a later one, which this database does not know.
payouts-detail-signed-by-another = Another signer of this server has signed refund { $refund }, which is not recorded in this database. Reconcile payouts. If that does not end the refund, put the account that has paid it back into the settings, and reconcile again. If another transaction has used the nonce of what was signed, an owner can stop the refund on its page. For USDC or EURC, cancel its authorisation with that account's key and reconcile again: that ends the refund.
payouts-detail-signer-knows-otherwise = The signer's record of refund { $refund } differs from this database. Reconcile payouts: that ends the refund, or says what keeps it from ending. The signer's message: { $message }

# What a refund waits for.
payouts-detail-blocks-not-read = { $network } has removed the block of transaction { $hash }, in which coins of the account moved, and the blocks that replaced it have not been read yet.
payouts-detail-revoked-after-token = Its authorisation can be revoked when the issuer allows transfers of this coin again.
payouts-detail-fee-above-limit = The network would take about { $fee } now, and the limit is { $limit } ({ $setting } in the settings).
payouts-detail-sent-when-enough = It is sent as soon as that limit is enough.
payouts-detail-not-raised-because = Its fee cannot be raised: { $problem } It may still be paid as it is.
payouts-detail-not-raised-forgotten = Its fee cannot be raised: the signer no longer has a record of it and would now pay it in a different way. It may still be paid as it is.
payouts-detail-not-raised = Its fee cannot be raised: { $why }. It may still be paid as it is.
payouts-detail-not-raised-while-paused = The next blocks cost more than it offers, and no higher fee is signed while payouts are paused. It may still be paid as it is, and an owner can cancel it.
payouts-detail-not-cancelled = It cannot be cancelled: { $why }. It may still be paid as it is.
payouts-detail-not-revoked = Its authorisation cannot be revoked: { $why }. It may still be paid as it is.
payouts-detail-the-signer-is-locked = the signer is locked
payouts-detail-the-signer-does-not-respond = the signer does not respond
payouts-detail-payment-removed = The network has removed a payment of this payment intent that was credited.
payouts-detail-no-contract = There is no contract of { $coin } at { $contract } on { $network }, so nobody can send it.
payouts-detail-tried-and-fails = The transfer was simulated and fails, so it would be lost: { $message }
payouts-detail-needs = It needs { $needed } on { $network }, and the account { $account } has { $free } that no other transfer needs.
payouts-detail-needs-more = It needs { $needed } on { $network }, and the account { $account } has less that no other transfer needs.
payouts-detail-token-paused = The issuer has paused all transfers of this coin.
payouts-detail-blocked = The issuer of this coin has blocked { $account }.
payouts-detail-nodes-away = The nodes of { $network } do not respond correctly, so nothing is signed.
payouts-detail-recipient-not-seen = The nodes of { $network } do not report what the recipient is.
payouts-detail-account-removed = The account { $account } is not in the settings of this server, so nothing is signed for it.

# What keeps a signer from signing.
payouts-detail-signer-away = The signer of { $account } does not respond.
payouts-detail-other-signer-away = Another signer of this server does not respond. It could have signed this refund before.
payouts-detail-signer-locked = The signer of { $account } is locked.
payouts-detail-signer-unexpected = The signer of { $account } does not respond correctly.
payouts-detail-signer-of-another = The signer's account is { $first }, but the settings say that { $second } pays. Name the socket of the signer that has the key of the second account, or let the first account pay.
payouts-detail-signer-without-domain = The signer's policy has no 'domain' for { $coin }, so it would be paid without the token's protection against a second payment.
payouts-detail-signer-with-another-domain = The signer's policy has a different 'domain' for the token { $token } than the token itself, so every payment would fail.

# Parts of sentences: why nobody can say what an account has signed. German begins them as sentences, after a colon.
payouts-detail-memory-not-shown = the signer does not show its memory
payouts-detail-memory-without-key = no signer of this server that responds has, or had, the key of { $account }
payouts-detail-memory-lacks-stored = the signer's memory lacks transactions that this database has
payouts-detail-memory-lacks-sent = the signer's memory lacks transactions that the account has sent

# Payments whose final block a network has removed.
payouts-detail-unpaid-nonce-used = Refund { $refund } is completed, but its customer does not have the money: { $network } has removed the final block in which it was paid, and transaction { $hash } in block { $block }, which pays nothing, has used its nonce.
payouts-detail-unpaid-failed = Refund { $refund } is completed, but its customer does not have the money: { $network } has removed the final block in which it was paid, and transaction { $hash } failed in block { $block }.
payouts-detail-unpaid-displaced = Refund { $refund } is completed, but its customer does not have the money: { $network } has removed the final block in which it was paid, and transaction { $hash } is no longer in any block: another one has used its nonce.
payouts-detail-unpaid-missing = Refund { $refund } is completed, but its customer does not have the money: { $network } has removed the final block in which it was paid, and transaction { $hash } is no longer in any block.
payouts-detail-do-not-pay = Do not pay { $amount } to { $recipient } by other means as long as anyone who has seen its authorisation can submit it: submit it again, or cancel it with the key of account { $account } first.
payouts-detail-pay-if-cancelled = Its authorisation was used or cancelled, and no node finds the transaction: look for it in a block explorer. Pay { $amount } to { $recipient } from another wallet only if it was cancelled, and explain this transaction with how it was paid.
payouts-detail-pay-if-not-paid = Find out what has used its nonce. If that has not paid { $amount } to { $recipient }, pay it from another wallet, and explain this transaction with how it was paid.
payouts-detail-pay-if-gone = It was sent by someone else, so it can reappear. If no node has it any longer, pay { $amount } to { $recipient } from another wallet, and explain this transaction with how it was paid.
payouts-detail-pay-elsewhere = Pay { $amount } to { $recipient } from another wallet, and explain this transaction with how it was paid.
payouts-detail-not-exactly-paid = Transaction { $hash } of refund { $refund } succeeded in block { $block } without moving exactly { $amount } to { $recipient }, and the refund has ended with it. Look up in a block explorer what it moved, give the customer what is missing by other means, and explain this transaction with that.
payouts-detail-paid-twice = After its final block was removed, refund { $refund } was paid by other means, according to an explanation given here. Now transaction { $hash } has paid { $amount } to { $recipient } too. Explain it with what you do about that.

# Nonces that are missing in the chain since a network removed final blocks.
payouts-detail-gap-to-send = Transaction { $hash } of refund { $refund }, with nonce { $nonce }, is no longer in any block. 'requite payouts reconcile { $code } --send' sends it again as it was signed.
payouts-detail-gap-paid-otherwise = The transaction with nonce { $nonce } is no longer in any block. Refund { $refund } was paid by other means, so its own payment is not sent again. Send any other transaction with this nonce, or use another account, as described in docs/custody.md.
payouts-detail-gap-failed = The transaction with nonce { $nonce }, by which refund { $refund } had failed, is no longer in any block. If it were sent again it could pay, so it is not sent. Use another account, as described in docs/custody.md.
payouts-detail-gap-unknown = The transaction with nonce { $nonce } was not made by this server, and is no longer in any block. Send any other transaction with this nonce, or use another account, as described in docs/custody.md.
payouts-detail-gap-not-sent-again = Transaction { $hash } with nonce { $nonce } paid refund { $refunds }, and is no longer in any block. According to an explanation given here, a customer was paid by other means, so it is not sent again. Send any other transaction with this nonce, or use another account, as described in docs/custody.md. Customers who were not paid by other means must be.
payouts-detail-gap-exactly-that = Transaction { $hash } with nonce { $nonce } paid refund { $refunds }, and is no longer in any block. Send exactly that transaction again: any other with this nonce makes the loss final, and the refund must be paid to its customer by other means. 'requite payouts reconcile { $code } --send' sends it if the signer has its bytes.
payouts-detail-gap-own-payment = What was signed for refund { $refund } with this nonce, its own payment, is not sent again.
payouts-detail-gap-sent-again = Transaction { $hash } was no longer in any block, and was sent again. Reconcile again.

# What has to become final or has to be done before an account is reconciled.
payouts-detail-unknown-not-final = { $count ->
    [one] The account has { $count } transaction that this database does not know, and it is not final yet. Reconcile again when it is.
   *[other] The account has { $count } transactions that this database does not know, and not all of them are final yet. Reconcile again when they are.
}
payouts-detail-paid-without-authorization = Refund { $refund } was paid by transaction { $hash }, but not by its authorisation, which anyone who has seen it could still submit. Cancel the authorisation with the account's key, then reconcile again.
payouts-detail-nonce-of-refund-used = The transfer of refund { $refund } had nonce { $nonce }, which another transaction has used. Reconcile again when that transaction is explained.
payouts-detail-authorization-not-final = The authorisation of refund { $refund } was used or cancelled in a block that is not final yet.
payouts-detail-ended-before-sent = Refund { $refund } was paid or cancelled on the chain, but here it is waiting for something else before it is sent. It cannot be paid again. Reconcile again when it is due to be sent.
payouts-detail-paid-not-final = Refund { $refund } was paid in a block that is not final yet.
payouts-detail-assigned-to-another = What was signed for refund { $refund } was paid by transaction { $hash }, which was assigned to another refund. Nothing is paid for it any more: an owner stops refund { $refund } on its page.
payouts-detail-signer-has-revoked = The signer has revoked the authorisation of refund { $refund } with nonce { $nonce }. Reconcile again when its payment is final.
payouts-detail-not-correctable = Refund { $refund } was paid with { $paid } instead of { $planned } by transaction { $hash }, and cannot be corrected: { $why } Resolve that, and reconcile again.
payouts-detail-database-refuses = The database refuses it, for a reason that is in the server's log.
payouts-detail-transaction-not-final = Transaction { $hash } is not final yet.

# What the signer has signed for refunds that are not known here.
payouts-detail-orphan-withheld = The signer has signed { $payment } with nonce { $nonce } for refund { $refund }, { $why }. It is in no block, and is never sent from here. Find out who had it signed: anyone who has its bytes can send it until nonce { $nonce } is used. Send any other transaction with this nonce, or use another account, as described in docs/custody.md.
payouts-detail-orphan-too-far = The signer has signed { $payment } for refund { $refund } with nonce { $nonce }, which is unknown or has other content here. It is in no block, and cannot be in one: the account's next nonce is { $next }, and no transactions with the nonces between are known. If nobody can explain it, the server was abused: keep the signer locked, and stop using the account.
payouts-detail-orphan-sent = The signer has signed { $payment } for refund { $refund } with nonce { $nonce }, which is unknown or has other content here. It was in no block and has been sent again. Reconcile again when it is final.
payouts-detail-orphan-told = The signer has signed { $payment } for refund { $refund } with nonce { $nonce }, which is unknown or has other content here. It is in no block, and blocks all later transfers. If it is right, 'requite payouts reconcile { $code } --send' sends it. If nobody can explain it, the server was abused: keep the signer locked, and stop using the account.
payouts-detail-withheld-ended = which has ended here without it
payouts-detail-withheld-paid-otherwise = whose customer has since been paid by other means, according to an explanation given here
payouts-detail-withheld-of-another-account = which account { $account } must pay here, on { $network }
payouts-detail-withheld-known-to-others = which account { $account } must pay here, on { $network }: the account that has signed it is not in the settings, or another signer knows the refund too or does not respond
payouts-detail-withheld-another-payment = which was signed here as a different payment

# What a reconciliation cannot prove.
payouts-detail-name-its-signer = The account is not in the settings, and { $reason }, so it is not known what it has signed. Name its signer in the settings, for example as the file's 'signer', and reconcile again. If its memory is lost, signed transactions that are in no block can still be sent as long as the account holds native coin.
payouts-detail-maybe-paid = { $count ->
    [one] Since { $reason }, { $count } refund may have been paid without any node knowing the transaction: { $refunds }. A transaction that was signed and dropped from the pools can come back. Look for one to its address elsewhere, or wait before you resume.
   *[other] Since { $reason }, { $count } refunds may have been paid without any node knowing the transaction: { $refunds }. A transaction that was signed and dropped from the pools can come back. Look for one to their addresses elsewhere, or wait before you resume.
}
payouts-detail-authorization-not-found = The authorisation of refund { $refund } was used or cancelled, and the blocks that were searched do not contain the transaction. It cannot be paid again. Reconcile again with a node that keeps old state, or assign the transaction to it.

# What keeps payouts from being resumed.
payouts-detail-not-compared = The account { $account } was not monitored for a while, so its refunds may have been paid without any trace here. Reconcile it first, with 'requite payouts reconcile { $code }' or on the Payouts page.
payouts-detail-not-explained = Transaction { $hash } is not explained. { $what }
payouts-detail-nonce-used-by-another = The nonce of refund { $refund } was used by another transaction.
payouts-detail-unknown-to-database = { $count ->
    [one] The account has { $count } transaction that this database does not know.
   *[other] The account has { $count } transactions that this database does not know.
}
payouts-detail-nobody-can-say = The account { $account } is not in the settings, and { $reason }, so it is not known what it has signed.
payouts-detail-signature-not-known = The signer has signed transfer { $transfer } with nonce { $nonce }, which is not known here.

# What a transaction did that nobody has explained.
payouts-detail-nonce-not-found = The account has sent a transaction with nonce { $nonce }, which was not found in blocks { $from } to { $to }.
payouts-detail-failed = It failed, so it paid nothing, in block { $block }, nonce { $nonce }.
payouts-detail-failed-from-another = It failed, so it paid nothing, in block { $block }, sent by another account.
payouts-detail-moved-nothing = It moved none of the coins that are known here, in block { $block }, nonce { $nonce }.
payouts-detail-moved-nothing-from-another = It moved none of the coins that are known here, in block { $block }, sent by another account.
payouts-detail-paid = It paid { $moved }, in block { $block }, nonce { $nonce }.
payouts-detail-paid-from-another = It paid { $moved }, in block { $block }, sent by another account.
payouts-detail-movement = { $amount } to { $recipient }
payouts-detail-movement-unknown = { $units } units of an unknown coin to { $recipient }
payouts-detail-signed-for = The signer signed it for refund { $refund }.
payouts-detail-payment-of-ended = It is the signed payment of refund { $refund }, which had ended without it: its customer has this money, although the refund says that nothing was sent.
payouts-detail-failed-payment-of-ended = It is the signed payment of refund { $refund }, which had ended without it.
payouts-detail-authorization-of-ended = It used the authorisation of refund { $refunds }, which had ended without it: its customer has this money, although the refund says that nothing was sent.
payouts-detail-exactly-owed = It is exactly what refund { $refund } must pay.
payouts-detail-on-command-line = Paused on the command line.
