# The accounts that pay refunds on real networks, lost deposits, and what our own addresses hold.

payouts-title = Payouts
payouts-none = No account pays refunds
payouts-none-why = This server is connected to no real network, or the file of its networks names no sender.
payouts-lead = Refunds on real networks are paid by these accounts. They hold little, so they have to be topped up from your own wallet.
payouts-held = Refunds that wait
payouts-several-merchants = This server has several merchants. Whoever runs the server reconciles and resumes payouts with 'requite payouts', and sees what is not explained.
payouts-one-of-several = { $network }, account { $account }

# What keeps an account that runs from paying, and after it what that means.
payouts-no-answer-since = It is running, but no node has answered since { $since }.
payouts-no-answer-yet = It is running, but no node has answered yet.
payouts-no-round-since = It is running, but no server has seen the account since { $since }.
payouts-no-block-since = It is running, but no node has had a new block since { $since }.
payouts-until-that-is-over = Refunds wait until that is over.
payouts-another-is-paused = Nothing is signed for it, because another account of this network is paused. It could have paid the same refunds.
payouts-older-memory = The signer's memory is older than the database. Its daily limits and its protection against a second signature begin again from there.
payouts-operator-looks = Whoever runs the server has to look at it.

# Who or what has paused an account, and what to do. Details follow the first two, which are not translated.
payouts-nothing-is-signed = Nothing is signed: { $reason }.
payouts-nothing-is-signed-by = Nothing is signed: { $reason }, by { $who }.
payouts-signer-says = { $message }
payouts-next-of-operator = Refunds wait until an owner resumes payouts. If a backup was restored, compare before you resume.
payouts-next-find-out = Refunds wait. An owner has to find out what happened: compare, explain what is listed, and resume.
payouts-next-of-not-followed = Refunds wait. An owner has to compare and explain what is listed, also if no backup was restored; then payouts can be resumed, by another owner if there is one.
payouts-cancelled-while-paused = An owner can still cancel a payment on the page of its refund; nothing else is signed.
payouts-nothing-would-be-signed = Nothing would be signed: { $reason }.
payouts-look-at-the-signer = Whoever runs the server has to look at it; until then refunds wait.
payouts-since = Since { $at }

payouts-pause-title = Pause payouts
payouts-pause-hint = Nothing more is signed, not even a higher fee, except that an owner can still cancel a payment that is in no block. What was signed before is followed to its end, since it may be paid any moment. If there is another owner, whoever pauses, compares or explains cannot resume.
payouts-network = Network
payouts-pause-reason = Why payouts are paused
payouts-pause = Pause

# What an account holds.
payouts-top-up = Top it up.
payouts-missing = The account holds { $held } and open refunds need { $needed }: { $missing } is missing.
payouts-low = The account is low on { $coin }.
payouts-low-for-fees = The account is low on { $coin }, in which it pays the network's fees.
payouts-account = Account, for topping up
payouts-account-not-used = Account that is not used any more: send it nothing
payouts-qr-code = QR code
payouts-last-block = Last block seen
payouts-seen = { $latest }, final up to { $final }, { $at }
payouts-seen-none = none yet
payouts-next-nonce = Next nonce
payouts-coins = What the account holds
payouts-coin = Coin
payouts-coin-for-fees = { $coin }, also for fees
payouts-held-of-coin = The account holds
payouts-needed = Open refunds need
payouts-balance = Your balance
payouts-result = Result
payouts-result-not-seen = not seen yet
payouts-result-too-little = too little
payouts-result-low = low
payouts-result-enough = enough

# Transactions of an account that belong to no refund.
payouts-unexplained = Transactions that nobody has explained
payouts-unexplained-hint = They left the account, and this database knows no refund for them. Look them up before you resume payouts.
payouts-unexplained-list = Unexplained transactions
payouts-transaction = Transaction
payouts-what-it-did = What it did
payouts-found = Found
payouts-found-at = Found { $at }.

# The three steps after which an account may pay again: compare.
payouts-compare-title = Compare database, signer and chain
payouts-compare-hint = Nothing is signed. What is proven to be sent or paid is taken over; everything else is listed. If there is another owner, whoever compares, explains or assigns leaves it to them to resume.
payouts-compare = Reconcile payouts on { $network }
payouts-compared = Last compared { $at }: blocks { $from } to { $to } were searched. The next nonce is { $nonce }.
payouts-taken-over = Taken over from the signer's memory, and followed now: refund { $refund }.
payouts-found-out = Found out about the transfer of refund { $refund }: { $status }.
payouts-not-yet = Not yet.
payouts-not-yet-hint = Compare again when it is done. If the client of a lost refund repeats its request with the same idempotency key, what was signed for it is taken over.
payouts-not-proven = It cannot be proven.
payouts-not-proven-hint = Nothing keeps you from resuming, but then these may be paid a second time. Look for each elsewhere first.

# Explain or assign.
payouts-explain-title = Explain or assign what is listed
payouts-explain-hint = The account has done each of these, and this database knows no refund for it. If it paid a refund that is still open here, assign it: that refund then ends as paid. Otherwise say what it was.
payouts-nothing-to-explain = No transaction of this account is left to be explained.
payouts-nothing-compared = Nothing is listed so far. Compare first.
payouts-look-it-up = Look it up, and compare recipient, coin and amount with your refunds.
payouts-nonce-used = The account has used this nonce, and no node that was asked finds the transaction. Look for it in an explorer.
payouts-explanation = What it was, for the audit log
payouts-explain = Explain
payouts-compare-to-assign = Compare, to see which of your refunds it may have paid.
payouts-nothing-fits = No refund that waits here has to pay exactly this amount of this coin to this address, so it cannot be assigned. Say what it was. If you expect one: a refund that needs an approval, a confirmation or its time fits only when that is over, and one that the database has lost when its client repeats the request. Then compare again.
payouts-assigned-refund = The refund that it paid
payouts-assignable = { $amount } to { $recipient }
payouts-assign-hint = Only refunds that have to pay exactly what it paid are listed. It cannot be undone.
payouts-assign = Assign

# Resume. The last three follow each other.
payouts-resume-title = Resume
payouts-resume = Resume payouts on { $network }
payouts-resume-is-refused = It is refused while something above is not explained.
payouts-resume-after-comparison = It is refused until the account was compared in this pause.
payouts-resume-asks-again = Chain and signer are asked once more. It is refused if they know a transaction of the account that is not explained.
payouts-took-part = You have paused, compared, explained or assigned something while payouts were paused.
payouts-resumed-by-others = So another owner has to resume them ({ $names }), or whoever runs the server.
payouts-resumed-by-operator = So has every other owner, and whoever runs the server has to resume them.
payouts-resumed-with = On the server that is done with { $command }. They look at what was done first; the audit log has it.

# Deposits that were credited and then removed by their network, when the money was spent.
payouts-lost-title = Lost deposits
payouts-lost-lead = These were credited early. Then the network removed their blocks, and the money was spent by then, so they could not be taken back. If one comes back in another block, it leaves this list by itself. Nothing more is refunded of their payment intents.
payouts-lost-what = { $amount } on { $network }, lost since { $since }.
payouts-lost-intent = Payment intent
payouts-lost-transaction = Transaction { $transaction }, last in block { $height }.
# A note that a person has typed is between these two.
payouts-lost-written-off = It was written off { $at }:
payouts-lost-is-back = Now it is in a final block again.
payouts-lost-note = What you know about it, for the audit log
payouts-lost-note-hint = If the money is there by now, it is taken back from the balance and from the payment intent. If it was refunded, the intent stays as it is, and the balance gives what it has; what is missing was paid by you.
payouts-lost-write-off = It is lost
payouts-lost-recover-hint = The nodes are asked about it. If they agree, the balance gets back what it gave.
payouts-lost-recover = It arrived again

# What our own addresses hold, and what nobody has explained.
payouts-movements = Coins that moved, and nobody has explained why
payouts-movements-lead = Name your other addresses in 'own-addresses' of the server's networks, so that sweeps and top-ups are recognised. An owner says what the rest was.
payouts-movement-not-given-out = { $amount } came to { $account }, an address of your wallet that this database has given to nobody. It was probably given to a customer whose payment intent was lost with a restored backup.
payouts-movement-not-given-out-from = { $amount } from { $other } came to { $account }, an address of your wallet that this database has given to nobody. It was probably given to a customer whose payment intent was lost with a restored backup.
payouts-movement-more-at-deposits = The chain shows { $amount } more at the deposit address { $account } than came and went in transactions that were found.
payouts-movement-more-at-sender = The chain shows { $amount } more at the account that pays, { $account }, than came and went in transactions that were found.
payouts-movement-less-at-deposits = The chain shows { $amount } less at the deposit address { $account } than came and went in transactions that were found.
payouts-movement-less-at-sender = The chain shows { $amount } less at the account that pays, { $account }, than came and went in transactions that were found.
payouts-movement-to-deposits = { $amount } came to the deposit address { $account }.
payouts-movement-to-deposits-from = { $amount } from { $other } came to the deposit address { $account }.
payouts-movement-to-sender = { $amount } came to the account that pays, { $account }.
payouts-movement-to-sender-from = { $amount } from { $other } came to the account that pays, { $account }.
payouts-movement-out-of-deposits = { $amount } left the deposit address { $account }.
payouts-movement-out-of-deposits-to = { $amount } left the deposit address { $account } to { $other }, which is not one of your own addresses.
payouts-movement-out-of-sender = { $amount } left the account that pays, { $account }.
payouts-movement-out-of-sender-to = { $amount } left the account that pays, { $account }, to { $other }, which is not one of your own addresses.
payouts-movement-in-transaction = { $story } Transaction { $transaction }.
payouts-books = What your addresses hold, and why
payouts-books-hint = Deposit addresses and accounts that pay together. What came less what went is what the chain shows, to the last unit.
payouts-books-coin = { $coin } on { $network }
payouts-books-as-of = As of block { $height }, { $at }
payouts-books-entries = Entries of this coin
payouts-books-what = What
payouts-books-amount = Amount
payouts-books-deposits = at deposit addresses
payouts-books-senders = at accounts that pay

# What owners are told about an account that pays, also by mail.
payouts-notice-low = The account { $account } on { $network } holds { $amount }, and should hold { $least } or more.
payouts-notice-waiting-fee = Refunds on { $network } wait until { $account } is topped up: { $fee } for the network's fee.
payouts-notice-waiting-coin = Refunds on { $network } wait until { $account } is topped up: { $coin } for their coin.
payouts-notice-waiting-both = Refunds on { $network } wait until { $account } is topped up: { $coin } for their coin, { $fee } for the network's fee.
