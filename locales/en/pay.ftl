# The page on which a customer pays an order.

pay-your-order = Your order
pay-price = Price
pay-shop = Shop
pay-reference = Order reference
pay-no-rate = There is currently no exchange rate for any coin, so this order cannot be paid. Try again in a few minutes.
pay-choice = What do you want to pay with?
pay-choice-until = Choose a coin and network that your wallet can send. The amount is fixed when you continue. You have until { $until } to choose.
pay-coin-on-network = { $coin } on { $network }
pay-go-on = Continue
pay-going-on = One moment…

pay-send = Send exactly this amount
pay-partly = { $amount } has arrived. The rest is still missing.
pay-sandbox = This is a sandbox and the address belongs to nobody: do not send real money there. The shop can pay in your place on the page of the payment intent.
pay-amount = Amount
pay-until = Pay by
pay-rules = A smaller amount does not pay the order. A payment that arrives later or on another network cannot be credited. Fees of your wallet or exchange come on top.
pay-network = Network
pay-address = Address
pay-address-soon = It is being created. Check again in a moment.
pay-qr = QR code
pay-qr-of-address = QR code of the address
pay-open-wallet = Open in a wallet

pay-seen = Payment detected
pay-seen-text = The network is confirming it. If you sent the whole amount, you do not need to do anything. Otherwise this page shows what is missing as soon as the payment is confirmed.
pay-paid = Paid
pay-paid-text = Thank you. { $shop } has been notified.
pay-expired = The time to pay has expired
pay-expired-text = Do not send anything now. If you already did, contact { $shop }.
pay-canceled = You cancelled this order
pay-canceled-text = { $shop } has been notified. Do not send anything now.
pay-invalid = This order cannot be paid
pay-invalid-text = Ask { $shop } for a new order.
pay-refunded = Refunded
pay-refunded-text = Everything that you paid was sent back.
pay-refunded-partly = Partially refunded
pay-refunded-partly-text = Part of what you paid was sent back.
# Before the text of an outcome.
pay-outcome = { $title }.
pay-back = Back to { $shop }

pay-cancel = Cancel order
pay-cancel-text = The shop is notified that you will not pay, and this order can no longer be paid. Do not cancel if you have already sent something.

pay-status-unreachable = The server cannot be reached. Trying again.
pay-status-live = This page updates automatically.
pay-status-check = Check again
