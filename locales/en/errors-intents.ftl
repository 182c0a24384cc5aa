# Payment intents, payments and orders.

error-intent-paid-in = This payment intent is paid in { $currency }.
error-intent-no-such-address = This payment intent has no such address on { $network }.
error-intent-expiry = A payment intent expires in the future, and at most { $days } days from now.
error-intent-continuous = A continuous payment intent does not expire: the customer may have kept its address.
error-intent-payment-pending = A payment of this payment intent is still pending.
error-intent-not-expirable = This payment intent is { $status } and cannot be expired.
error-intent-not-paid = Nothing was paid on this payment intent, so there is nothing to refund.
error-payment-pending = A payment of this payment intent is still being confirmed, so it cannot be refunded yet.
error-payment-lost = The network has removed the block of a payment of this payment intent, so nothing more of it is refunded.
error-deposit-not-positive = The amount of a deposit must be above zero.
error-no-sender = Nothing was paid on this payment intent, so there is no sender.
error-sender-unknown = It is not known which address this payment intent was paid from.
error-sender-ambiguous = This payment intent was paid from more than one address.
error-order-paid = A payment has arrived for this order, so it cannot be canceled.
error-order-not-cancelable = This order is { $status ->
    [partially_refunded] partially refunded
   *[other] { $status }
} and cannot be canceled.
