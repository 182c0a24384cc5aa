# What all pages for customers have, and what went wrong there.

customer-order = Order { $number }
customer-payment = your payment
customer-foot = Requite handles payments and refunds for this shop.
customer-link-invalid = This link is not valid
customer-link-invalid-text = It may not have been copied completely. Open it once more from where you got it, or ask the shop.
customer-failed = This did not work

# For each error, what is wrong and what to do.
error-not-found = There is no such page.
error-not-found-next = Open the link once more from where you got it, or ask the shop.
error-rate-limited = There were too many requests from your network.
error-rate-limited-next = Wait a moment and try again.
error-choice = Choose one of the coins of the list.
error-choice-next = Choose a coin and one of its networks, then go on.
error-no-rate = At the moment no exchange rate is known for this coin.
error-no-rate-next = Choose another coin, or try again in a few minutes.
error-no-payment = A coin was already chosen for this order, or the time to choose one is over.
error-no-payment-next = Look at the order as it is now.
error-no-cancel = This order cannot be canceled any more.
error-no-cancel-next = Look at the order as it is now, or ask the shop.
error-answer-missing = Your answer is missing.
error-answer-missing-next = Choose one of the two answers.
error-no-confirmation = This refund does not wait for its customer any more.
error-no-confirmation-next = Look at the refund as it is now, or ask the shop.
error-refund-changed = The refund differs from what the page showed. Nothing was changed.
error-refund-changed-next = Look at the refund again, then answer.
error-foreign-form = This form came from another site, so nothing was done.
error-foreign-form-next = Open the page by its link and send its form again.
error-server = The server could not do this.
error-server-next = Try again in a moment. If it happens again, ask the shop.
