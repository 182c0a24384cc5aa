# The audit log, the log of requests with API keys, and lengths of time.

operations-audit-title = Audit log
operations-audit-hint = Entries are never changed or removed. Each entry is chained to the one before, and { $command } proves it.
operations-audit-id = ID of an object, person or key
operations-audit-show = Show
# For screen readers, after the text above.
operations-audit-details = the details of entry { $number }
operations-audit-about = About
operations-audit-hash = Hash

# What the entries of the audit log can be filtered by.
operations-every-action = All
operations-actions-refunds = Refunds
operations-actions-intents = Payment intents
operations-actions-policy = Policy
operations-actions-ledger = Ledger: closed months, reporting currency, minimum balances, test money
operations-actions-payouts = Payouts on networks
operations-actions-wallet = Deposit wallet
operations-actions-deny-lists = Deny lists
operations-actions-people = People
operations-actions-second-factors = Two-factor authentication
operations-actions-api-keys = API keys
operations-actions-webhooks = Webhooks
operations-actions-views = Shared views
operations-actions-drafts = Others' drafts discarded

operations-any = Any

operations-api-log-title = API log
operations-api-log-hint = Requests that programs sent with an API key, and the responses. Secrets and personal data are removed. The rest is kept for { $days ->
    [one] 1 day
   *[other] { $days } days
}.
operations-requests = Requests
operations-no-request = No requests yet
operations-no-request-yet = Requests sent with an API key appear here a second later.
operations-method = Method
operations-path-has = Path contains
operations-status-done = 2xx, succeeded
operations-status-refused = 4xx, rejected
operations-status-broken = 5xx, server error
operations-milliseconds = { $number } ms

# The page of one request.
operations-api-request = API request
operations-the-request = Details
operations-idempotency-key = Idempotency key
operations-query = Query
operations-sent = Request body
operations-answered = Response body
operations-no-body = Empty

# Lengths of time, of which two follow each other: 3 h 20 min
operations-span-days = { $count } d
operations-span-hours = { $count } h
operations-span-minutes = { $count } min
operations-span-seconds = { $count } s
