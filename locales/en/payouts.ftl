# The accounts that pay refunds on real networks, lost deposits, and what our own addresses hold.

payouts-title = Payouts
payouts-none = No payout accounts
payouts-none-why = This server is not connected to a real network, or its networks file names no sender.
payouts-lead = These accounts pay refunds on real networks. They hold only small amounts, so top them up from your own wallet.
payouts-held = Refunds on hold
payouts-several-merchants = This server has several merchants. A server administrator reconciles and resumes payouts with 'requite payouts', and sees what is unexplained.
payouts-one-of-several = { $network }, account { $account }

# What keeps an account that runs from paying, and after it what that means.
payouts-no-answer-since = It is running, but no node has responded since { $since }.
payouts-no-answer-yet = It is running, but no node has responded yet.
payouts-no-round-since = It is running, but no server has checked the account since { $since }.
payouts-no-block-since = It is running, but no node has had a new block since { $since }.
payouts-until-that-is-over = Refunds are on hold until this is resolved.
payouts-another-is-paused = Nothing is signed for it, because another account of this network is paused. That account could have paid the same refunds.
payouts-older-memory = The signer's memory is older than the database. Its daily limits and its protection against a second signature start again from there.
payouts-operator-looks = A server administrator must check it.

# Who or what has paused an account, and what to do. Details follow the first two, which are not translated.
payouts-nothing-is-signed = Nothing is signed: { $reason }.
payouts-nothing-is-signed-by = Nothing is signed: { $reason }, by { $who }.
payouts-signer-says = { $message }
payouts-next-of-operator = Refunds are on hold until an owner resumes payouts. If a backup was restored, reconcile before you resume.
payouts-next-find-out = Refunds are on hold. An owner must find out what happened: reconcile, explain what is listed, and resume.
payouts-next-of-not-followed = Refunds are on hold. An owner must reconcile and explain what is listed, even if no backup was restored. Then payouts can be resumed, by another owner if there is one.
payouts-cancelled-while-paused = An owner can still cancel a payment on the page of its refund; nothing else is signed.
payouts-nothing-would-be-signed = Nothing would be signed: { $reason }.
payouts-look-at-the-signer = A server administrator must check it. Until then, refunds are on hold.
payouts-since = Since { $at }

payouts-pause-title = Pause payouts
payouts-pause-hint = Nothing more is signed, not even a higher fee, except that an owner can still cancel a payment that is in no block. What is already signed is tracked to its end, because it may be paid at any moment. If there is another owner, the person who pauses, reconciles or explains cannot resume.
payouts-network = Network
payouts-pause-reason = Reason for pausing payouts
payouts-pause = Pause

# What an account holds.
payouts-top-up = Top it up.
payouts-missing = The account holds { $held } and open refunds need { $needed }. { $missing } is missing.
payouts-low = The account is low on { $coin }.
payouts-low-for-fees = The account is low on { $coin }, in which it pays network fees.
payouts-account = Account to top up
payouts-account-not-used = Account no longer used: do not send anything to it
payouts-qr-code = QR code
payouts-last-block = Latest block seen
payouts-seen = { $latest }, final up to { $final }, { $at }
payouts-seen-none = none yet
payouts-next-nonce = Next nonce
payouts-coins = Account holdings
payouts-coin = Coin
payouts-coin-for-fees = { $coin }, also for fees
payouts-held-of-coin = Account holds
payouts-needed = Open refunds need
payouts-balance = Ledger balance
payouts-result = Result
payouts-result-not-seen = not checked yet
payouts-result-too-little = insufficient
payouts-result-low = low
payouts-result-enough = sufficient

# Transactions of an account that belong to no refund.
payouts-unexplained = Unexplained transactions
payouts-unexplained-hint = They left the account, and this database has no refund for them. Look them up before you resume payouts.
payouts-unexplained-list = Unexplained transactions
payouts-transaction = Transaction
payouts-what-it-did = What it did
payouts-found = Found
payouts-found-at = Found { $at }.

# The three steps after which an account may pay again: compare.
payouts-compare-title = Reconcile database, signer and chain
payouts-compare-hint = Nothing is signed. What is proven to be sent or paid is recorded, and everything else is listed. If there is another owner, only they can resume after you reconcile, explain or assign.
payouts-compare = Reconcile payouts on { $network }
payouts-compared = Last reconciliation { $at }: blocks { $from } to { $to } were searched. The next nonce is { $nonce }.
payouts-taken-over = Taken from the signer's memory and now tracked: refund { $refund }.
payouts-found-out = Status found for the transfer of refund { $refund }: { $status }.
payouts-not-yet = Not reconciled yet.
payouts-not-yet-hint = Reconcile again when it is done. If the client of a lost refund repeats its request with the same idempotency key, what was signed for that refund is recorded.
payouts-not-proven = This cannot be proven.
payouts-not-proven-hint = You can resume anyway, but then these refunds may be paid a second time. Look for each elsewhere first.

# Explain or assign.
payouts-explain-title = Explain or assign the listed transactions
payouts-explain-hint = The account sent each of these, and this database has no refund for it. If it paid a refund that is still open here, assign it: that refund then ends as paid. Otherwise state what it was.
payouts-nothing-to-explain = This account has no transactions left to explain.
payouts-nothing-compared = Nothing is listed yet. Reconcile first.
payouts-look-it-up = Look it up, and compare recipient, coin and amount with your refunds.
payouts-nonce-used = The account has used this nonce, but no node that was asked finds the transaction. Look for it in a block explorer.
payouts-explanation = Explanation for the audit log
payouts-explain = Explain
payouts-compare-to-assign = Reconcile to see which of your refunds it may have paid.
payouts-nothing-fits = No refund that is waiting here must pay exactly this amount of this coin to this address, so it cannot be assigned. State what it was. If you expect one: a refund that needs an approval, a confirmation or a waiting period matches only when that is over, and one that the database has lost matches when its client repeats the request. Then reconcile again.
payouts-assigned-refund = Refund that it paid
payouts-assignable = { $amount } to { $recipient }
payouts-assign-hint = Only refunds that must pay exactly what it paid are listed. This cannot be undone.
payouts-assign = Assign

# Resume. The last three follow each other.
payouts-resume-title = Resume
payouts-resume = Resume payouts on { $network }
payouts-resume-is-refused = It is refused while anything above is unexplained.
payouts-resume-after-comparison = It is refused until the account has been reconciled during this pause.
payouts-resume-asks-again = The chain and the signer are checked once more. It is refused if they know a transaction of the account that is unexplained.
payouts-took-part = You paused, reconciled, explained or assigned something while payouts were paused.
payouts-resumed-by-others = Another owner ({ $names }) or a server administrator must therefore resume them.
payouts-resumed-by-operator = So did every other owner, so a server administrator must resume them.
payouts-resumed-with = They do this on the server with { $command }, after checking what was done. The audit log has it.

# Deposits that were credited and then removed by their network, when the money was spent.
payouts-lost-title = Lost deposits
payouts-lost-lead = These deposits were credited early. The network then removed their blocks, and the money had already been spent, so they could not be taken back. If one returns in another block, it leaves this list automatically. Nothing more is refunded of their payment intents.
payouts-lost-what = { $amount } on { $network }, lost since { $since }.
payouts-lost-intent = Payment intent
payouts-lost-transaction = Transaction { $transaction }, last in block { $height }.
# A note that a person has typed is between these two.
payouts-lost-written-off = It was written off { $at }:
payouts-lost-is-back = It is now in a final block again.
payouts-lost-note = What you know about it, for the audit log
payouts-lost-note-hint = If the money is available by now, it is taken back from the balance and from the payment intent. If it was refunded, the payment intent stays as it is, and as much as possible is taken from the balance. You have paid the rest.
payouts-lost-write-off = Write off
payouts-lost-recover-hint = The nodes are asked about it. If they agree, what was taken from the balance is returned.
payouts-lost-recover = Mark as recovered

# What our own addresses hold, and what nobody has explained.
payouts-movements = Unexplained movements
payouts-movements-lead = Name your other addresses in 'own-addresses' of the server's networks, so that sweeps and top-ups are recognised. An owner must explain the rest.
payouts-movement-not-given-out = { $amount } came to { $account }, an address of your wallet that this database has assigned to nobody. It was probably given to a customer whose payment intent was lost when a backup was restored.
payouts-movement-not-given-out-from = { $amount } from { $other } came to { $account }, an address of your wallet that this database has assigned to nobody. It was probably given to a customer whose payment intent was lost when a backup was restored.
payouts-movement-more-at-deposits = The chain shows { $amount } more at the deposit address { $account } than the transactions that were found explain.
payouts-movement-more-at-sender = The chain shows { $amount } more at the payout account { $account } than the transactions that were found explain.
payouts-movement-less-at-deposits = The chain shows { $amount } less at the deposit address { $account } than the transactions that were found explain.
payouts-movement-less-at-sender = The chain shows { $amount } less at the payout account { $account } than the transactions that were found explain.
payouts-movement-to-deposits = { $amount } came to the deposit address { $account }.
payouts-movement-to-deposits-from = { $amount } from { $other } came to the deposit address { $account }.
payouts-movement-to-sender = { $amount } came to the payout account { $account }.
payouts-movement-to-sender-from = { $amount } from { $other } came to the payout account { $account }.
payouts-movement-out-of-deposits = { $amount } left the deposit address { $account }.
payouts-movement-out-of-deposits-to = { $amount } left the deposit address { $account } to { $other }, which is not one of your own addresses.
payouts-movement-out-of-sender = { $amount } left the payout account { $account }.
payouts-movement-out-of-sender-to = { $amount } left the payout account { $account } to { $other }, which is not one of your own addresses.
payouts-movement-in-transaction = { $story } Transaction { $transaction }.
payouts-books = Holdings of your addresses
payouts-books-hint = Deposit addresses and payout accounts together. Incoming minus outgoing amounts match the chain exactly.
payouts-books-coin = { $coin } on { $network }
payouts-books-as-of = As of block { $height }, { $at }
payouts-books-entries = Entries for this coin
payouts-books-what = Entry
payouts-books-amount = Amount
payouts-books-deposits = at deposit addresses
payouts-books-senders = at payout accounts

# What owners are told about an account that pays, also by mail.
payouts-notice-low = The payout account { $account } on { $network } holds { $amount } and should hold at least { $least }.
payouts-notice-waiting-fee = Refunds on { $network } are on hold until { $account } is topped up: { $fee } for network fees.
payouts-notice-waiting-coin = Refunds on { $network } are on hold until { $account } is topped up: { $coin } for the refunds.
payouts-notice-waiting-both = Refunds on { $network } are on hold until { $account } is topped up: { $coin } for the refunds, { $fee } for network fees.
