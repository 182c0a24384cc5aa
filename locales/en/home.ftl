# The first page of the console: what needs a person, balances, and the numbers of payments and refunds.

home-title = Home

# What needs a person.
# The number of deposits: 3 deposits.
home-unsupported = Unsupported funds to deal with: { $deposits }.
home-unsupported-link = See what to do with them
home-lost = { $count ->
    [one] A deposit that was credited was removed by its network.
   *[other] { $count } deposits that were credited were removed by their networks.
}
home-lost-link = An owner has to decide what is done
home-paused = Payouts are paused
# An account is followed by the reason of the pause.
home-paused-account = { $network }, account { $account }:
home-paused-since = { $reason }, since { $at }.
home-paused-wait = Refunds wait there.
home-paused-link = See why; an owner can resume them
home-notices = On real networks
home-notices-since = Since { $at }.
home-low-balances = Low balances
home-low-balance = { $available } available, less than { $minimum }.
home-low-balances-text = Refunds that need more than is available are refused. Balances grow with the payments that are credited.
home-low-balances-link = See all balances
home-low-balances-settings = Change the minimum balances
home-held = Refunds that wait
home-held-all = All refunds that wait
home-overdue = Overdue
# Follows the name of what is overdue. What to do follows.
home-overdue-since = , due from { $who } by { $at }.
home-broken = Webhooks are not sent any more
# Follows the address and a colon.
home-broken-since = { $reason }, { $at }.
home-broken-text = Repair the receiver, enable the endpoint again, and send what it missed. An owner or admin can do that.
home-failing = Webhooks do not arrive
# Follows the address and a colon.
home-failing-since = every attempt has failed since { $at }.
home-failing-text = Repair the receiver. Messages are retried automatically; after five days of failures the endpoint is disabled.

home-balances = Balances
home-balances-none = No money has arrived yet. A balance appears with the first payment.
home-balances-reserved = available · { $amount } reserved for refunds

home-numbers = In numbers
home-intents-waiting = Waiting for payment
home-intents-paid = Paid
home-intents-active = Can be paid several times
home-refunds-confirmation = Refunds awaiting confirmation
home-refunds-approval = Refunds awaiting approval
home-refunds-on-their-way = Refunds on their way
home-refunds-completed = Refunds completed
home-refunds-rejected = Refunds rejected

home-newest = Newest refunds
home-newest-label = The newest refunds
home-newest-all = All refunds
home-newest-none = No refunds yet
home-newest-none-text = Open a paid { $intent } and choose Crypto refund from its menu.
home-newest-none-intent = payment intent
