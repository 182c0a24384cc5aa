# The audit log, the log of requests with API keys, and lengths of time.

operations-audit-title = Audit log
operations-audit-hint = Nothing in it is ever changed or removed: each entry is chained to the one before, and { $command } proves it.
operations-audit-id = Id of a thing, person or key
operations-audit-show = Show
# For screen readers, after the text above.
operations-audit-details = the details of entry { $number }
operations-audit-about = About
operations-audit-hash = Hash

# What the entries of the audit log can be filtered by.
operations-every-action = Everything
operations-actions-refunds = Refunds
operations-actions-intents = Payment intents
operations-actions-policy = Policy
operations-actions-ledger = Closed months and currency of the books
operations-actions-payouts = Payouts on networks
operations-actions-wallet = Wallet of deposits
operations-actions-deny-lists = Deny lists
operations-actions-people = People
operations-actions-second-factors = Second factors
operations-actions-api-keys = API keys
operations-actions-webhooks = Webhooks
operations-actions-views = Shared views
operations-actions-drafts = Discarded drafts of others

operations-any = Any

operations-api-log-title = API log
operations-api-log-hint = What programs asked with an API key, and what they were answered. Secrets and personal data are taken out; the rest is kept for { $days ->
    [one] 1 day
   *[other] { $days } days
}.
operations-requests = Requests
operations-no-request = No request yet
operations-no-request-yet = What programs ask with an API key appears here a second later.
operations-method = Method
operations-path-has = Path has
operations-status-done = 2xx, done
operations-status-refused = 4xx, refused
operations-status-broken = 5xx, broken
operations-milliseconds = { $number } ms

# The page of one request.
operations-api-request = API request
operations-the-request = The request
operations-idempotency-key = Idempotency key
operations-query = Query
operations-sent = Sent
operations-answered = Answered
operations-no-body = Nothing

# Lengths of time, of which two follow each other: 3 h 20 min
operations-span-days = { $count } d
operations-span-hours = { $count } h
operations-span-minutes = { $count } min
operations-span-seconds = { $count } s
