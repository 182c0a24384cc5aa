# The parts of pages that many pages have.

# Lists: their filters, columns and files.
components-filters = Filters
components-show = Apply
components-filters-on = Active filters
components-remove-filter = Remove filter
components-clear-all = Clear all
components-any-time = Any time
components-when = Period
components-from-day = Start date ({ $zone })
components-to-day = End date ({ $zone })
components-zone-of-person = Time zone of your account
components-zone-of-browser = Time zone of your browser
components-zone-of-server = Time zone of the server
components-not-applied = These filters are not valid and were not applied: { $filters }.
components-nothing-matches = Nothing matches
# A link to everything follows.
components-try-fewer = Try fewer { $fewer }, or { $all }.
components-fewer-filters = filters
components-show-everything = show everything
components-columns = Columns
components-columns-shown = Visible columns
components-show-columns = Show these columns
components-export = Export as CSV
components-export-all = Export all columns
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
    [one] { $number } e-mail
   *[other] { $number } e-mails
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
components-postings = { $count ->
    [one] { $number } posting
   *[other] { $number } postings
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
components-change-views = Save or edit views
components-view-shared = (shared)
components-view-name = View name
components-for-the-team = Share with the team
components-save = Save
components-view-keeps = A view saves the current filters, sort order and columns of the list.
components-new-name-of = New name for { $view }
components-rename = Rename
components-rename-view = Rename { $view }
components-delete = Delete
components-delete-view = Delete { $view }

# Codes of the second factor.
components-code = Two-factor code
components-code-hint = The six digits that your authenticator app shows now. Each code works once.
components-use-recovery-code = Use a recovery code instead
components-recovery-code = Recovery code
components-code-first = Enter a two-factor code first
components-code-first-text = Changes on this page need a two-factor code. After you enter it, you can make changes for ten minutes.
components-enter-code = Verify code

# The search that opens over a page, and the list of keys.
components-palette = Search for orders, customers, addresses, transactions, notes and pages
components-palette-placeholder = Order, customer, address, transaction, note or page
components-palette-form = Search as you type
components-palette-results = Results
components-palette-failed = The search did not work. Press Enter to open the search page.
# Each follows its keys.
components-palette-choose = choose
components-palette-open = open
components-palette-close = close
components-keys = Keyboard shortcuts
components-these-keys = Show keyboard shortcuts
components-keys-need-script = They work where JavaScript is enabled.
components-close = Close
components-key-control = Ctrl
components-key-enter = Enter
components-key-escape = Esc
# Between two keys that do the same.
components-key-or = or

# Others.
components-optional = (optional)
components-actions = Actions
components-what-can-be-done = Action menu
components-reveal-address = Reveal address
components-reveal-email = Reveal e-mail address
components-reveal-memo = Reveal memo
components-reveal-link = Reveal link
components-mixed-scripts = mixes { $scripts } letters
components-both = { $first } and { $second }
components-script = { $name }
components-endpoint-disabled = disabled
components-endpoint-enabled = enabled
components-endpoint-failing = failing
components-at-most = at most { $value }
components-as-table = Show as table
