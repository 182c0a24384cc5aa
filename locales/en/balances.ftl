# Balances: what is available and reserved, which refunds reserve it, what was posted, and test money of the sandbox.

balances-title = Balances
balances-hint = What is reserved belongs to refunds that are not completed. The worth is that of both together, at the current rate, in the currency of the books.
balances-none = No balances yet
balances-none-text = A balance appears with the first payment in its currency.
balances-currency = Currency
balances-available = Available
balances-reserved = Reserved
balances-total = Total
balances-worth = Worth
balances-no-rate = no current rate
# What the accounts hold that pay refunds on real networks.
balances-payout-accounts = On the accounts that pay

# One balance.
balances-balance-in = Balance in { $currency }
balances-holds = Reserved for refunds
balances-holds-hint = Refunds that are not completed or rejected, with their network fee. The one that has waited longest is first.
balances-holds-label = Refunds that reserve money
balances-holds-none = No refund reserves anything of this balance.
balances-holds-cut = These are the oldest { $shown } of { $count }. { $refunds }
balances-all-refunds = All refunds
balances-refund = Refund
balances-held = Held amount
balances-status = Status
balances-since = Since
balances-postings = Postings
balances-postings-hint = What has changed the available balance. A debit increases it, a credit reduces it. A completed refund is not listed, because its money was taken when it was reserved.
balances-postings-label = Postings of the available balance
balances-postings-all = show all postings
balances-postings-none = Nothing was posted yet
balances-postings-none-text = The first payment in this currency, or the first refund from this balance, appears here.
balances-what-for = What for
balances-debit = Debit
balances-credit = Credit
balances-after = Balance after
# The fee of a booking is posted by itself.
balances-fee-of = { $kind }: fee

# How a balance gets more.
balances-top-up = Add test money
balances-top-up-hint = This is a sandbox: the money is invented, so that refunds can be tried. The audit log has who has added it.
balances-top-up-amount = Amount
balances-top-up-amount-in = Amount in { $currency }
balances-add = Add test money
balances-top-up-real = Balances grow with payments. Refunds are paid by accounts on the networks, and their addresses, to top them up, are on the page { $payouts }.
balances-payouts = Payouts
