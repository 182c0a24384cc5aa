# The list of refunds, and the list of drafts.

refunds-title = Refunds
refunds-search = Order, customer, address, transaction, ID or note
refunds-more-filters = More filters
refunds-currency = Currency
refunds-network = Network
refunds-waits = Hold
refunds-amount-from = Amount from
refunds-amount-to = Amount to
refunds-status = Status
refunds-sort = Sort
refunds-newest = Newest first
refunds-oldest = Oldest first
refunds-updated = Recently changed first
refunds-largest = Largest first
refunds-smallest = Smallest first

# The choices that leave nothing out.
refunds-every-status = All statuses
refunds-every-currency = All currencies
refunds-every-network = All networks
refunds-waiting-or-not = Any
refunds-waiting = On hold for any reason

# The names of filters that are on.
refunds-on-search = Search
refunds-on-created = Created
refunds-on-from = From
refunds-on-to = To
refunds-on-waits = Hold

refunds-show-all = show all refunds
refunds-none = No refunds yet
refunds-none-text = Open a paid payment intent and choose Crypto refund from its menu.
refunds-none-link = Show paid payment intents
# Why a refund waits, below its status.
refunds-behind = waiting for another refund

refunds-drafts = Drafts
refunds-drafts-text = Refunds that someone has started but not confirmed. Nothing is reserved for them. Only the person who started a draft can see its content and continue it. Owners and admins can discard drafts of others.
refunds-drafts-none = No drafts
refunds-drafts-none-text = There are no started refunds that can still be confirmed.
refunds-drafts-page-empty = Nothing on this page
refunds-drafts-page-empty-text = The drafts that were here have been confirmed or discarded, or are too old.
refunds-drafts-first-page = Show the first page
refunds-draft = Refund
refunds-draft-of = Refund of order #{ $number }
refunds-draft-by = By
refunds-draft-changed = Last changed
refunds-draft-until = Refundable until
refunds-draft-discard = Discard
