# The settings: the refund policy with its history, the currency of the books, and from when on balances are low.

policy-settings = Settings
policy-mails-kept = { $count ->
    [one] No mail server: 1 e-mail is kept. A server administrator must set REQUITE_SMTP_URL.
   *[other] No mail server: { $count } e-mails are kept. A server administrator must set REQUITE_SMTP_URL.
}
policy-mails-many = No mail server: more than { $count } e-mails are kept. A server administrator must set REQUITE_SMTP_URL.
policy-title = Refund policy
policy-only-owners = Only an owner can change it.

# What it says.
policy-window = Refund window
policy-window-creation = { $span } from the creation of the payment intent
policy-window-expiry = { $span } from the end of its time to pay
policy-limit = Limit per refund
policy-daily = Daily limit per person or API key
policy-daily-all = Daily limit for everyone together
policy-by-currency = Limits by currency
policy-destinations = Allowed destinations
policy-approval = Approval by a second person from
policy-dearer = Maximum cost increase before approval
policy-wait = Waiting period for new addresses
policy-wait-from = { $span }, for refunds from { $amount }
policy-code = Two-factor code
policy-code-when = To sign in, to confirm and to approve
policy-delay = Waiting period before the policy is loosened
policy-days = { $count ->
    [one] 1 day
   *[other] { $count } days
}
policy-hours = { $count ->
    [one] 1 hour
   *[other] { $count } hours
}
policy-minutes = { $count ->
    [one] 1 minute
   *[other] { $count } minutes
}
policy-seconds = { $count ->
    [one] 1 second
   *[other] { $count } seconds
}

# The form.
policy-window-hint = For example 30d or 12h.
policy-start = Refund window starts
policy-start-creation = When the payment intent is created
policy-start-expiry = When its time to pay ends
policy-limit-dollars = Limit per refund, in US dollars
policy-daily-dollars = Daily limit per person or API key, in US dollars
policy-daily-all-dollars = Daily limit for everyone together, in US dollars
policy-daily-all-hint = If empty, it is the same as the limit per person or API key.
policy-currencies = Limits per refund by currency
policy-currencies-hint = One per line, for example 0.5 BTC.
policy-approval-dollars = Approval by a second person from, in US dollars
policy-dearer-percent = Maximum cost increase before approval, in percent
policy-wait-hint = For example 24h. Until then, the refund can be stopped.
policy-wait-dollars = Waiting period applies from, in US dollars
policy-ask-code = Require a two-factor code to sign in, to confirm and to approve
policy-ask-code-hint = Everyone then needs two-factor authentication, and must set it up before anything else, under { $account }. Programs with an API key are not asked.
policy-ask-code-own = You have not set up two-factor authentication. Set it up first, or you cannot confirm refunds yourself.
policy-delay-change = Waiting period before a change that loosens the policy
policy-delay-hint = For example 24h. If there is a second owner, they must approve it as well.
policy-save = Save

# A change that waits.
policy-waits = A change is waiting until { $at }.
policy-loosens = { $name } wants to loosen the policy.
policy-approved = { $name } has approved it.
policy-needs-approval = Another owner must approve it.
policy-effective = It takes effect on { $at } at the earliest.
policy-proposed = Policy after the change
policy-approve = Approve change
policy-withdraw = Withdraw change

# The history.
policy-history = History
policy-no-history = No changes yet: the server's settings apply.
policy-version = Version { $number }
policy-by = by { $name }
policy-approved-by = approved by { $name }
policy-version-says = Details

# The currency of the books.
policy-books = Reporting currency
policy-books-show = { $currency }. { $statements } show the value of each movement in this currency, as it was when it was booked.
policy-statements = Statements
policy-books-later = { $currency }, from { $month }
policy-books-other = Another currency
policy-books-hint = It applies from the first month in which nothing was booked, this one or the next. Earlier months keep their currency. The limits of the refund policy stay in US dollars.
policy-books-choose = Choose
policy-books-only-owners = Only an owner can choose another currency.
policy-dollar = US dollar
policy-euro = Euro

# From when on balances are low.
policy-minimums = Low balances
policy-minimums-text = Home warns everyone when less than this is available for refunds. It does not stop refunds.
policy-minimums-label = Warn when less is available than
policy-minimums-hint = One currency per line, for example 500 USD. There is no warning for currencies that are not listed.
policy-minimums-save = Save the minimum balances
policy-minimums-none = Nothing is set.
policy-minimums-only-owners = Only an owner can set it.
