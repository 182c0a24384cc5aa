# The parts of pages that many pages have.

# Lists: their filters, columns and files.
components-filters = Filters
components-show = Show
components-filters-on = Filters that are on
components-remove-filter = Remove the filter
components-clear-all = Clear all
components-any-time = Any time
components-when = When
components-from-day = From day ({ $zone })
components-to-day = To day ({ $zone })
components-your-time-zone = Your time zone
components-not-applied = Not understood and therefore not applied: { $filters }.
components-nothing-matches = Nothing matches
# A link to everything follows.
components-try-fewer = Try fewer { $fewer }, or { $all }.
components-fewer-filters = filters
components-show-everything = show everything
components-columns = Columns
components-columns-shown = Columns that are shown
components-show-columns = Show these columns
components-export = Export as CSV
components-export-all = Export every column
components-pages = Pages
components-previous = ← Previous
components-next = Next →

# What is between the whole number and its decimals, and between groups of three digits: one character each.
components-decimal = .
components-thousands = ,

# How many rows a list has. The number decides the plural, and is shown with its thousands apart.
components-at-least = At least { $rows }
components-more-than = More than { $rows }
components-deliveries = { $count ->
    [one] { $number } delivery
   *[other] { $number } deliveries
}
components-deposits = { $count ->
    [one] { $number } deposit
   *[other] { $number } deposits
}
components-drafts = { $count ->
    [one] { $number } draft
   *[other] { $number } drafts
}
components-entries = { $count ->
    [one] { $number } entry
   *[other] { $number } entries
}
components-mails = { $count ->
    [one] { $number } mail
   *[other] { $number } mails
}
components-movements = { $count ->
    [one] { $number } movement
   *[other] { $number } movements
}
components-notes = { $count ->
    [one] { $number } note
   *[other] { $number } notes
}
components-payment-intents = { $count ->
    [one] { $number } payment intent
   *[other] { $number } payment intents
}
components-payments = { $count ->
    [one] { $number } payment
   *[other] { $number } payments
}
components-refunds = { $count ->
    [one] { $number } refund
   *[other] { $number } refunds
}
components-requests = { $count ->
    [one] { $number } request
   *[other] { $number } requests
}

# The saved views of a list.
components-views = Saved views
components-change-views = Save or change views
components-view-shared = (shared)
components-view-name = Name of the view
components-for-the-team = For the whole team
components-save = Save
components-view-keeps = A view keeps the filters, the order and the columns that the list has now.
components-new-name-of = New name of { $view }
components-rename = Rename
components-rename-view = Rename { $view }
components-delete = Delete
components-delete-view = Delete { $view }

# Codes of the second factor.
components-code = Code of your app
components-code-hint = The six digits that your app shows now. Each is good once.
components-use-recovery-code = Use a recovery code instead
components-recovery-code = Recovery code
components-code-first = Enter a code first
components-code-first-text = Changes on this page need a code of your second factor. It counts for ten minutes.
components-enter-code = Enter the code

# The search that opens over a page, and the list of keys.
components-palette = Search for orders, customers, addresses, transactions, notes and pages
components-palette-placeholder = Order, customer, address, transaction, note or page
components-palette-whole = Search for orders, customers, addresses, transactions and pages
components-palette-whole-placeholder = Order, customer, address, transaction or page
components-palette-form = Everything, while you type
components-palette-results = Results
components-palette-failed = The server does not answer as expected. Enter searches on a page of its own.
# Each follows its keys.
components-palette-choose = choose
components-palette-open = open
components-palette-close = close
components-keys = Keys
components-these-keys = These keys
components-close = Close
components-key-control = Ctrl
components-key-enter = Enter
components-key-escape = Esc
# Between two keys that do the same.
components-key-or = or

# Others.
components-optional = (optional)
components-actions = Actions
components-what-can-be-done = What can be done
components-reveal-address = Reveal the address
components-reveal-email = Reveal the e-mail address
components-mixed-scripts = mixes { $scripts } letters
components-both = { $first } and { $second }
components-script = { $name }
components-endpoint-disabled = disabled
components-endpoint-enabled = enabled
components-endpoint-failing = failing
components-at-most = at most { $value }
components-as-table = As a table
