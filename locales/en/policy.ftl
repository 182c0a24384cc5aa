# The settings: the refund policy with its history, the currency of the books, and from when on balances are low.

policy-settings = Settings
policy-mails-kept = { $count ->
    [one] No mail server: 1 mail is kept. Whoever runs the server sets REQUITE_SMTP_URL.
   *[other] No mail server: { $count } mails are kept. Whoever runs the server sets REQUITE_SMTP_URL.
}
policy-mails-many = No mail server: more than { $count } mails are kept. Whoever runs the server sets REQUITE_SMTP_URL.
policy-title = Refund policy
policy-only-owners = An owner of the account can change it.

# What it says.
policy-window = Refunds are possible for
policy-window-creation = { $span } from when the payment intent is made
policy-window-expiry = { $span } from when its time to pay has ended
policy-limit = Limit of one refund
policy-daily = Limit of one person or key on one day
policy-daily-all = Limit of everybody together on one day
policy-by-currency = Limits by currency
policy-destinations = Refunds may go to
policy-approval = A second person approves from
policy-dearer = Highest increase of the cost until approval
policy-wait = Wait before refunds to a new address
policy-wait-from = { $span }, for refunds from { $amount }
policy-code = Code of the second factor
policy-code-when = To sign in, to confirm and to approve
policy-delay = Wait before loosening the policy
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
policy-start = Counted from when
policy-start-creation = The payment intent is made
policy-start-expiry = Its time to pay has ended
policy-limit-dollars = Limit of one refund, in US dollars
policy-daily-dollars = Limit of one person or key on one day, in US dollars
policy-daily-all-dollars = Limit of everybody together on one day, in US dollars
policy-daily-all-hint = Empty: the same limit as for one person or key.
policy-currencies = Limits of one refund by currency
policy-currencies-hint = One a line, for example 0.5 BTC.
policy-approval-dollars = A second person approves from, in US dollars
policy-dearer-percent = How much more a refund may cost when it is approved, in percent
policy-wait-hint = For example 24h. Until then it can be stopped.
policy-wait-dollars = Wait only from, in US dollars
policy-ask-code = Ask for a code of the second factor to sign in, to confirm and to approve
policy-ask-code-hint = Everybody needs one then, and sets it up before anything else. It is set up under { $account }. Programs with an API key are not asked.
policy-ask-code-own = You have none yet: set it up first, or you cannot confirm refunds yourself.
policy-delay-change = Wait before a change that loosens the policy
policy-delay-hint = For example 24h. Where there is a second owner, they have to approve it as well.
policy-save = Save

# A change that waits.
policy-waits = A change waits until { $at }.
policy-loosens = { $name } wants to loosen the policy.
policy-approved = { $name } has approved it.
policy-needs-approval = Another owner has to approve it.
policy-effective = It takes effect on { $at } at the earliest.
policy-proposed = What the policy would say
policy-approve = Approve the change
policy-withdraw = Withdraw the change

# The history.
policy-history = History
policy-no-history = Nothing was changed yet: what the server's settings say holds.
policy-version = Version { $number }
policy-by = by { $name }
policy-approved-by = approved by { $name }
policy-version-says = What it says

# The currency of the books.
policy-books = Currency of the books
policy-books-show = { $currency }. { $statements } show in it what movements were worth when they were booked.
policy-statements = Statements
policy-books-later = { $currency }, from { $month }
policy-books-other = Another currency
policy-books-hint = It counts from the first month in which nothing was booked, this one or the next. Months before it keep theirs. The limits of the refund policy stay in US dollars.
policy-books-choose = Choose
policy-books-only-owners = An owner of the account can choose another one.
policy-dollar = US dollar
policy-euro = Euro

# From when on balances are low.
policy-minimums = Low balances
policy-minimums-text = Home warns everybody when less than this is available for refunds. It does not stop refunds.
policy-minimums-label = Warn when less is available than
policy-minimums-hint = One currency a line, for example 500 USD. There is no warning for currencies that are not listed.
policy-minimums-save = Save the minimum balances
policy-minimums-none = Nothing is set.
policy-minimums-only-owners = An owner of the account can set it.
