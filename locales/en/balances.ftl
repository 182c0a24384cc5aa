# Balances: what is available and reserved, which refunds reserve it, what was posted, and test money of the sandbox.

balances-title = Balances
balances-hint = Reserved money belongs to refunds that are not completed. The value is that of both together, at the current rate, in the reporting currency.
balances-none = No balances yet
balances-none-text = A balance appears with the first payment in its currency.
balances-currency = Currency
balances-available = Available
balances-reserved = Reserved
balances-total = Total
balances-worth = Value
balances-no-rate = no current rate
# What the accounts hold that pay refunds on real networks.
balances-payout-accounts = In payout accounts

# One balance.
balances-balance-in = Balance in { $currency }
balances-holds = Reserved for refunds
balances-holds-hint = Refunds that are neither completed nor rejected, with their network fee, oldest first.
balances-holds-label = Refunds with reserved money
balances-holds-none = No refund has money of this balance reserved.
balances-holds-cut = These are the oldest { $shown } of { $count }. { $refunds }
balances-all-refunds = All refunds
balances-refund = Refund
balances-held = Reserved amount
balances-status = Status
balances-since = Since
balances-postings = Postings
balances-postings-hint = Changes of the available balance. A completed refund is not listed, because its money was taken when it was reserved.
balances-postings-label = Postings of the available balance
balances-postings-all = show all postings
balances-postings-none = No postings yet
balances-postings-none-text = The first payment in this currency, or the first refund from this balance, appears here.
balances-what-for = Description
balances-in = In
balances-out = Out
balances-after = Balance after
# The fee of a booking is posted by itself.
balances-fee-of = { $kind }: fee

# How a balance gets more.
balances-top-up = Add test money
balances-top-up-hint = This is a sandbox: the money is invented, so that you can try refunds. The audit log records who adds it.
balances-top-up-amount = Amount
balances-top-up-amount-in = Amount in { $currency }
balances-add = Add test money
balances-top-up-real = Balances grow with payments. Refunds are paid from payout accounts; the addresses to top them up are on the page { $payouts }.
balances-payouts = Payouts
