# Errors that every part of the console can have.

# What comes from outside, or only programs read.
error-plain = { $text }
error-required = This is required.

# Texts that consist of others.
error-sentences = { $sentences }
error-and = { $first }, and { $second }

# What does not exist, or belongs to somebody else.
error-unknown-account-that-pays-refunds = There is no such payout account.
error-unknown-api-key = There is no such API key.
error-unknown-balance = There is no such balance.
error-unknown-callback = There is no such callback.
error-unknown-change = There is no such change.
error-unknown-customer = There is no such customer.
error-unknown-deposit = There is no such deposit.
error-unknown-form = There is no such form.
error-unknown-ledger-account = There is no such ledger account.
error-unknown-ledger-transaction = There is no such ledger transaction.
error-unknown-link = There is no such link.
error-unknown-list = There is no such list.
error-unknown-mail = There is no such e-mail.
error-unknown-merchant = There is no such merchant.
error-unknown-order = There is no such order.
error-unknown-page = There is no such page.
error-unknown-payment = There is no such payment.
error-unknown-payment-intent = There is no such payment intent.
error-unknown-payment-or-refund = There is no such payment or refund.
error-unknown-quote = There is no such quote.
error-unknown-receipt = There is no such receipt.
error-unknown-recipient = There is no such recipient.
error-unknown-refund = There is no such refund.
error-unknown-refund-draft = There is no such refund draft.
error-unknown-request-in-the-log = There is no such request in the log.
error-unknown-saved-view = There is no such saved view.
error-unknown-session = There is no such session.
error-unknown-statement = There is no such statement.
error-unknown-subscription = There is no such subscription.
error-unknown-transaction = There is no such transaction.
error-unknown-unexplained-transaction = There is no such unexplained transaction.
error-unknown-user = There is no such user.
error-unknown-webhook-delivery = There is no such webhook delivery.
error-unknown-webhook-endpoint = There is no such webhook endpoint.

error-after-commit = This was saved, but the response to it could not be created.
error-outcome-unknown = The database failed while this was being saved, so it is not known whether it was saved.
error-database-unavailable = The database is not available. Nothing was changed.
error-sessions-unreadable = Requite cannot reach its database. Try again in a minute.
error-internal = Something went wrong on our side. Nothing was changed.
error-sandbox-only = This call is a simulation. A production server refuses it.
error-sandbox-only-networks = This call is a simulation. This server is connected to networks on which nothing is simulated.
