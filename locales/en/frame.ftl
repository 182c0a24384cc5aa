# What is around the content of pages.

skip = Skip to content
test-mode = Test mode
test-mode-nothing-real = No real money moves.
test-mode-networks = Coins of test networks are used instead of { $networks }.

# The button beside what can be copied. Each other text is its name for screen readers.
copy = Copy
copy-done = Copied
copy-address = Copy address
copy-amount = Copy amount
copy-api-key = Copy API key
copy-command = Copy command
copy-json = Copy JSON
copy-link = Copy link
copy-secret = Copy secret
copy-transaction = Copy transaction

# The frame of the console: the bar above a page, its navigation and the menu of who is signed in.
frame-brand = Requite, home
frame-breadcrumb = Breadcrumb
frame-search = Search
frame-search-everything = Search everything
frame-sign-in = Sign in
frame-sign-out = Sign out
frame-your-menu = Your menu
frame-your-account = Your account
frame-role = Role: { $role }
frame-theme = Theme
frame-theme-choice = Choose a theme
frame-theme-system = System
frame-theme-light = Light
frame-theme-dark = Dark
frame-main = Main
frame-navigation = Navigation
frame-close-navigation = Close navigation

# The pages in the navigation, and the groups that they are in.
frame-home = Home
frame-group-payments = Payments
frame-payment-intents = Payment intents
frame-customers = Customers
frame-unsupported-funds = Unsupported funds
frame-group-refunds = Refunds
frame-refunds = Refunds
frame-drafts = Drafts
frame-approvals = Approvals
frame-group-money = Money
frame-balances = Balances
frame-currencies = Currencies
frame-reconciliation = Reconciliation
frame-statements = Statements
frame-payouts = Payouts
frame-networks = Networks
frame-group-developers = Developers
frame-api-keys = API keys
frame-webhooks = Webhooks
frame-api-log = API log
frame-mail = E-mail outbox
frame-api-reference = API reference
frame-group-organisation = Organisation
frame-team = Team
frame-audit = Audit log
frame-settings = Settings

# The pages of errors and of redirects. The id of the request follows its name.
frame-not-found = Not found
frame-failed = This did not work
frame-first-page = Go to Home
frame-request = Request
frame-moved = Page moved
frame-moved-to = This page has moved: { $link }.
frame-continue-here = continue here

# The choice of the language on the page of the account. The name of a language is in that language.
frame-language-name = English
frame-language = Language
frame-language-of-console = Console language
frame-language-of-browser = Same as the browser
frame-language-hint = Saved with your account and used for e-mails to you. Pages for customers are in the language of their browser, and the API is in English.
frame-save-language = Save language
error-language-unknown = Choose one of the listed languages.
error-language-of-a-person = Only a person can choose a language.
