# The search for everything: its page, what the palette lists, and the names of pages that can be found.

search-title = Search
search-submit = Search
search-form = Search page
search-field = Order, customer, address, transaction, ID or note
search-show-all = Show all
search-results = { $count ->
    [one] 1 result
   *[other] { $count } results
}

# The headings of groups of results, and what their rows are called.
search-actions = Actions
search-intents = Payment intents
search-refunds = Refunds
search-payments = Payments
search-customers = Customers
search-pages = Go to
search-order = Order #{ $number }
search-refund = Refund { $number } of order #{ $order }
search-payment = Payment
search-customer = All activity for this customer
search-refund-order = Refund order #{ $number }
# An amount follows in a column of its own.
search-up-to = up to
search-approve = Approve or decline this refund

# When nothing was searched for, or nothing found.
search-anything = Search for anything that a customer gives you
search-too-long = This search is too long
search-nothing = No results
search-most = Search for at most { $count } characters.
search-beginning = The beginning is enough, at least three characters. Uppercase and lowercase letters are treated the same.
search-whole = E-mail and network addresses must be complete.
search-none = No results. Enter an order number in full. Of an order name, e-mail address, network address, transaction, ID or note, the beginning is enough.
search-none-whole = No results. Enter an order number in full. E-mail and network addresses must be complete. Of an order name, transaction, ID or note, the beginning is enough.

# Words that ask for something, in small letters with spaces between, and whether they may also follow what they concern, as in
# 'Bestellung 1015 erstatten': yes or no.
search-verbs-refund = refund
search-verbs-approve = approve
search-verbs-last = no
# Words that only say what kind of thing follows.
search-nouns = order payment intent refund

# What can be searched for, with examples.
search-help-order = Order
search-help-order-text = The number { $example }, or your shop's own name for it
search-help-customer = Customer
search-help-customer-text = The e-mail address { $example }
search-help-address = Address
search-help-address-text = Of a deposit, a payer, or a refund recipient: { $example }
search-help-address-whole = Of a deposit, a payer, or a refund recipient
search-help-transaction = Transaction
search-help-transaction-text = The hash of a payment or refund, or its link in a block explorer
search-help-id = ID
search-help-id-text = Of a payment intent, a payment or a refund
search-help-note = Note
search-help-note-text = Words in the note of a refund or a payment intent
search-help-note-whole = Words in the note of a refund or a payment intent, unless it contains an e-mail address
# Each example is typed into the search as it is.
search-help-action = Action
search-help-action-refund = refund order 1015
search-help-action-approve = approve 1015
search-help-action-approve-customer = approve anna@
search-help-page = Page
search-help-page-text = Its name, such as { $example }
search-help-page-example = settings

# The names of pages, and other words that find them.
search-page-account = Your account
search-words-account = password two-factor second factor sessions
search-page-api-keys = API keys
search-words-api-keys = developers
search-page-api-log = API log
search-words-api-log = requests developers
search-page-approvals = Refunds awaiting approval
search-words-approvals = approvals approve
search-page-audit = Audit log
search-words-audit = history
search-page-balances = Balances
search-words-balances = money available reserved postings wallet
search-page-currencies = Currencies
search-words-currencies = coins networks fees
search-page-customers = Customers
search-words-customers = e-mail activity
search-page-docs = API reference
search-words-docs = documentation developers
search-page-drafts = Refund drafts
search-words-drafts = unfinished started
search-page-home = Home
search-words-home = overview balances dashboard
search-page-intents = Payment intents
search-words-intents = orders payments
search-page-mail = E-mail outbox
search-words-mail = mail messages
search-page-networks = Networks
search-words-networks = nodes blocks
search-page-new-intent = New payment intent
search-words-new-intent = create
search-page-payouts = Payouts
search-words-payouts = accounts transfers paused
search-page-reconciliation = Reconciliation
search-words-reconciliation = report day
search-page-refunds = Refunds
search-words-refunds = history
search-page-settings = Settings
search-words-settings = refund policy reporting currency
search-page-statements = Statements
search-words-statements = report month bookkeeping ledger
search-page-team = Team
search-words-team = people roles members
search-page-unsupported = Unsupported funds
search-words-unsupported = deposits not credited
search-page-webhooks = Webhooks
search-words-webhooks = endpoints callbacks developers
