# The names of statuses, reasons and choices.

# How far a payment has come.
title-payment-seen = detected
title-payment-confirmed = confirmed
title-payment-credited = credited
title-payment-final = paid
title-payment-not-credited = not credited
title-payment-in-no-block = not in a block
title-payment-taken-back = taken back
title-payment-lost = lost
title-payment-failed = failed

# Why money was booked.
title-posting-payment-settled = Payment credited
title-posting-payment-taken-back = Payment taken back
title-posting-deposit-written-off = Lost payment written off
title-posting-deposit-recovered = Lost payment recovered
title-posting-refund-reserved = Refund reserved
title-posting-refund-repriced = Refund repriced
title-posting-refund-corrected = Refund corrected to what was paid
title-posting-refund-completed = Refund paid
title-posting-refund-released = Refund released
title-posting-sandbox-funding = Sandbox money

# The accounts of the ledger.
title-account-available = Available balance
title-account-reserved = Reserved for refunds
title-account-deposits = Deposits
title-account-paid-out = Paid out
title-account-fees = Fees
title-account-rounding = Rounding
title-account-exchange = Exchange

# The status of a refund.
title-refund-awaiting-confirmation = awaiting confirmation
title-refund-awaiting-approval = awaiting approval
title-refund-pending = pending
title-refund-processing = processing
title-refund-completed = completed
title-refund-rejected = rejected

# Who rejected a refund.
title-rejection-shopper = The customer
title-rejection-compliance = The deny list
title-rejection-merchant = Your team
title-rejection-processing = The network

# The status of a transfer on a network.
title-transfer-planned = planned
title-transfer-signed = signed
title-transfer-broadcast = sent
title-transfer-mined = in a block
title-transfer-revoking = failed, being revoked
title-transfer-completed = completed
title-transfer-reverted = failed
title-transfer-cancelled = cancelled
title-transfer-displaced = displaced
title-transfer-withdrawn = stopped

# What is unusual about an address.
title-warning-address-looks-alike = similar to an earlier address
title-warning-address-is-contract = a contract
title-warning-address-paid-before = paid before, without a refund here

# Why a transfer waits.
title-held-awaiting-funds = too little of the coin
title-held-awaiting-gas = too little for the fee
title-held-fee-too-high = fee above the limit
title-held-recipient-blocked = recipient blocked by the issuer
title-held-sender-blocked = payout account blocked by the issuer
title-held-token-paused = coin paused by the issuer
title-held-recipient-refuses = transfer fails when simulated
title-held-signer-away = signer does not respond
title-held-signer-locked = signer locked
title-held-signer-refuses = rejected by the signer
title-held-awaiting-signatures = waiting for signatures
title-held-paused = payouts paused
title-held-account-removed = payout account not in the settings
title-held-network-away = network does not respond
title-held-payment-removed = payment removed by the network
title-held-assigned-to-another = payment assigned to another refund
title-held-displaced = displaced by another transaction

# What an account that pays does.
title-activity-paused = paused
title-activity-not-used = not in the settings
title-activity-not-started = not started yet
title-activity-waits-for-another = waiting for another account
title-activity-signs-nothing = not signing
title-activity-running = running

# What a transaction of a transfer is for.
title-attempt-payment = payment
title-attempt-cancellation = cancellation
title-attempt-revocation = revocation

# Why payouts are paused; follows a colon.
title-pause-operator = paused by a person
title-pause-unexplained-transaction = a transaction that this server does not know
title-pause-unexplained-transfer = a transfer that this server does not know
title-pause-unexplained-signature = a signature that this server does not know
title-pause-displaced = a transfer was displaced by another transaction
title-pause-chain-contradicts = the network's nodes disagree
title-pause-not-followed = not reconciled with the chain for a while

# Why a refund is made.
title-reason-requested-by-customer = Requested by the customer
title-reason-duplicate = Paid twice
title-reason-overpaid = Paid too much
title-reason-not-delivered = Not delivered
title-reason-other = Other

# The steps of a new refund.
title-step-recipient = Recipient
title-step-amount = Amount
title-step-funding = Funding balance
title-step-review = Review
title-step-confirm = Confirm

# The kinds of addresses that a policy allows.
title-destination-wallet = Addresses without a memo
title-destination-shared = Shared addresses with a memo, such as exchanges use
title-destination-program = Addresses of programs, which have no private key

# What an API key may do.
title-scope-read = Read everything that the API shows
title-scope-payment = Create payment intents and orders
title-scope-refund = Create quotes and refunds
title-scope-approve = Approve and decline refunds created by others
title-scope-admin = Manage webhooks and notification subscriptions

# How long an API key works after it was replaced.
title-rotation-none = Stops working at once
title-rotation-hour = Works for another hour
title-rotation-day = Works for another day
title-rotation-week = Works for another week

# How callbacks are sent.
title-callback-form = As a form
title-callback-json = As JSON

# What a mail is about.
title-mail-confirmation = Address confirmation
title-mail-completed = Refund sent
title-mail-rejected = Refund not sent
title-mail-password-reset = Password reset
title-mail-policy-loosening = Policy about to be loosened
title-mail-notice = Network notice

# The state of a mail.
title-mail-state-waiting = waiting
title-mail-state-sent = sent
title-mail-state-failed = failed
title-mail-state-dropped = no longer needed

# What has taken longer than it should.
title-stalled-refund-awaiting-confirmation = Refund awaiting confirmation
title-stalled-refund-awaiting-approval = Refund awaiting approval
title-stalled-refund-pending = Refund not yet sent
title-stalled-refund-processing = Refund still being sent
title-stalled-intent-created = Payment intent without an address
title-stalled-intent-pending = Payment intent not expired
title-stalled-payment-pending = Deposit not confirmed

# Who has to act.
title-responsible-approver = an approver of your team
title-responsible-customer = the customer
title-responsible-network = the network
title-responsible-worker = Requite

# Why nothing is sent to an endpoint; follows a colon.
title-disabled-person = it was disabled by your team
title-disabled-gone = it responded with 410 Gone
title-disabled-failing = every attempt of the last five days failed

# The formats of webhooks.
title-message-standard = Standard Webhooks
title-message-coin-gate-refund = CoinGate's refund callbacks
title-message-coin-gate-order = CoinGate's order callbacks
title-message-circle = Circle's notifications

# The state of a delivery.
title-delivery-waiting = waiting
title-delivery-delivered = delivered
title-delivery-failed = failed
title-delivery-withheld = not sent

# Why the balance of an own address has changed.
title-entry-credited = credited deposits
title-entry-waiting = deposits not credited yet
title-entry-unsupported = unsupported deposits
title-entry-opening = held before records began
title-entry-sweep = swept
title-entry-top-up = topped up
title-entry-payout = paid for refunds
title-entry-network-fee = network fees
title-entry-not-given-out = to unassigned addresses
title-entry-unknown = unexplained
title-entry-difference = differences from the chain
title-entry-explained = explained by a person
