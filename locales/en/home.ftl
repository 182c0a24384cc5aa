# The first page of the console: what needs a person, balances, and the numbers of payments and refunds.

home-title = Home

# What needs a person.

home-nothing = Nothing needs you now.
# The number of deposits: 3 deposits.
home-unsupported = Unsupported funds to deal with: { $deposits }.
home-unsupported-link = Review unsupported funds
home-lost = { $count ->
    [one] A deposit that was credited was removed by its network.
   *[other] { $count } deposits that were credited were removed by their networks.
}
home-lost-link = An owner must decide what to do
home-paused = Payouts are paused
# An account is followed by the reason of the pause.
home-paused-account = { $network }, account { $account }:
home-paused-since = { $reason }, since { $at }.
home-paused-wait = Refunds there are on hold.
home-paused-link = See why. An owner can resume them
home-notices = Network notices
home-notices-since = Since { $at }.
home-low-balances = Low balances
home-low-balance = { $available } available, less than { $minimum }.
home-low-balances-text = Refunds that need more than is available are refused. Balances grow with the payments that are credited.
home-low-balances-link = See all balances
home-low-balances-settings = Change the minimum balances
home-held = Refunds on hold
home-held-all = All refunds on hold
home-overdue = Overdue
# Follows the name of what is overdue. What to do follows.
home-overdue-since = , waiting for { $who }, due by { $at }.
home-broken = Webhooks are no longer sent
# Follows the address and a colon.
home-broken-since = { $reason }, { $at }.
home-broken-text = Repair the receiver, enable the endpoint again, and resend what it missed. An owner or admin can do this.
home-failing = Failing webhook endpoints
# Follows the address and a colon.
home-failing-since = every attempt has failed since { $at }.
home-failing-text = Repair the receiver. Messages are retried automatically; after five days of failures the endpoint is disabled.

home-balances = Balances
home-balances-none = No money has arrived yet. A balance appears with the first payment.
home-balances-reserved = available · { $amount } reserved for refunds

home-numbers = Overview
home-intents-waiting = Waiting for payment
home-intents-paid = Paid
home-intents-active = Active (continuous)
home-refunds-confirmation = Refunds awaiting confirmation
home-refunds-approval = Refunds awaiting approval
home-refunds-on-their-way = Refunds being sent
home-refunds-completed = Refunds completed
home-refunds-rejected = Refunds rejected

home-newest = Latest refunds
home-newest-label = The latest refunds
home-newest-all = All refunds
home-newest-none = No refunds yet
home-newest-none-text = Open a paid { $intent } and choose Crypto refund from its menu.
home-newest-none-intent = payment intent
