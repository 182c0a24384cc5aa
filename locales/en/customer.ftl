# What all pages for customers have, and what went wrong there.

customer-order = Order { $number }
customer-payment = your payment
customer-foot = Requite processes payments and refunds for this shop.
customer-link-invalid = This link is not valid
customer-link-invalid-text = It may be incomplete. Open it again from where you received it, or contact the shop.
customer-failed = This did not work

# For each error, what is wrong and what to do.
error-not-found = There is no such page.
error-not-found-next = Open the link again from where you received it, or contact the shop.
error-rate-limited = There were too many requests from your network.
error-rate-limited-next = Wait a moment and try again.
error-choice = Choose one of the listed coins.
error-choice-next = Choose a coin and one of its networks, then continue.
error-no-rate = There is currently no exchange rate for this coin.
error-no-rate-next = Choose another coin, or try again in a few minutes.
error-no-payment = A coin was already chosen for this order, or the time to choose one has expired.
error-no-payment-next = Check the current status of the order.
error-no-cancel = This order can no longer be cancelled.
error-no-cancel-next = Check the current status of the order, or contact the shop.
error-answer-missing = Your answer is missing.
error-answer-missing-next = Choose one of the two answers.
error-no-confirmation = This refund is no longer waiting for its customer.
error-no-confirmation-next = Check the current status of the refund, or contact the shop.
error-refund-changed = The refund differs from the one that the page showed. Nothing was changed.
error-refund-changed-next = Check the refund again, then answer.
error-foreign-form = This form was sent from another site, so nothing was done.
error-foreign-form-next = Open the page from its link and submit its form again.
error-server = The server could not complete the request.
error-server-next = Try again in a moment. If it happens again, contact the shop.
