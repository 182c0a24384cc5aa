# The list of refunds, and the list of drafts.

refunds-title = Refunds
refunds-search-whole = Order, customer, address, transaction or id
refunds-search = Order, customer, address, transaction, id or note
refunds-more-filters = More filters
refunds-currency = Currency
refunds-network = Network
refunds-waits = Transfer on the network
refunds-amount-from = Amount from
refunds-amount-to = Amount to
refunds-status = Status
refunds-sort = Sort
refunds-newest = Newest first
refunds-oldest = Oldest first
refunds-updated = Last changed first
refunds-largest = Largest first
refunds-smallest = Smallest first

# The choices that leave nothing out.
refunds-every-status = Every status
refunds-every-currency = Every currency
refunds-every-network = Every network
refunds-waiting-or-not = Waiting or not
refunds-waiting = Waiting for any reason

# The names of filters that are on.
refunds-on-search = Search
refunds-on-created = Created
refunds-on-from = From
refunds-on-to = To
refunds-on-waits = Transfer

refunds-show-all = show all refunds
refunds-none = No refunds yet
refunds-none-text = Open a paid payment intent and choose Crypto refund from its menu.
refunds-none-link = Show the paid payment intents
# Why a refund waits, below its status.
refunds-behind = waits for another refund

refunds-drafts = Drafts
refunds-drafts-text = Refunds that somebody has begun and not confirmed. Nothing is reserved for them. Only who began one can see what is in it and continue it. Owners and admins can discard those of others.
refunds-drafts-none = No drafts
refunds-drafts-none-text = There is no refund that somebody has begun and can still confirm.
refunds-drafts-page-empty = Nothing on this page
refunds-drafts-page-empty-text = The drafts that were here are confirmed, discarded or too old.
refunds-drafts-first-page = Show the first page
refunds-draft = Refund
refunds-draft-of = Refund of order #{ $number }
refunds-draft-by = By
refunds-draft-changed = Last changed
refunds-draft-until = Possible until
refunds-draft-discard = Discard
