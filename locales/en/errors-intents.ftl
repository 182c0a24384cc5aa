# Payment intents, payments and orders.

error-intent-paid-in = This payment intent is paid in { $currency }.
error-intent-no-such-address = This payment intent has no such address on { $network }.
error-intent-expiry = The expiry must be in the future, at most { $days } days from now.
error-intent-continuous = A continuous payment intent does not expire, because the customer may have kept its address.
error-intent-payment-pending = A payment of this payment intent is still pending.
error-intent-not-expirable = This payment intent is { $status } and cannot be expired.
error-intent-not-paid = Nothing was paid on this payment intent, so there is nothing to refund.
error-payment-pending = A payment of this payment intent is still being confirmed, so it cannot be refunded yet.
error-payment-lost = The network has removed the block of a payment of this payment intent, so nothing more of it can be refunded.
error-deposit-not-positive = The amount of a deposit must be above zero.
error-no-sender = Nothing was paid on this payment intent, so there is no sender.
error-sender-unknown = It is not known which address this payment intent was paid from.
error-sender-ambiguous = This payment intent was paid from more than one address.
error-order-paid = A payment has arrived for this order, so it cannot be cancelled.
error-order-not-cancelable = This order is { $status ->
    [partially_refunded] partially refunded
   *[other] { $status }
} and cannot be cancelled.

error-notes-by-people = Only a person can write notes.
error-funds-handled = Someone has already dealt with this deposit.
error-funds-not-arrived = This deposit has not arrived for good yet.
error-funds-not-unsupported = This deposit is not one of those that were not credited.
error-price-without-rate = has no exchange rate on this server, so no order can be priced in it
error-price-too-large = The price is too large to convert.
error-order-over = The time to pay this order has expired.
error-order-coin-chosen = A coin was already chosen for this order.
error-coin-of-list = Choose one of the listed coins.
error-simulate-amount = A continuous payment intent has no amount, so enter the amount of the payment.
error-simulate-nothing-due = Nothing is due on this payment intent, so the amount must be entered.
error-deposit-address-not-ready = The deposit address is not ready yet.
error-order-changed = This order changed just now.
error-order-coin-chosen-or-over = A coin was already chosen for this order, or the time to choose one has expired.
error-no-rate-to-credit = There is no exchange rate to credit this payment at.
error-deposit-not-booked = This deposit has not been booked yet.
error-intent-not-on-network = This payment intent cannot be paid on { $network }.
error-deposit-reported-before = This deposit was already reported, with an amount of { $amount }.
error-payment-ended = This payment has already ended as { $status }.
