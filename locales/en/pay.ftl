# The page on which a customer pays an order.

pay-your-order = Your order
pay-price = Price
pay-shop = Shop
pay-reference = The shop's number
pay-no-rate = At the moment no rate is known for any coin, so this cannot be paid. Try again in a few minutes.
pay-choice = What do you want to pay with?
pay-choice-until = Choose a coin and network that your wallet can send. The amount is fixed when you go on. You have until { $until } to choose.
pay-coin-on-network = { $coin } on { $network }
pay-go-on = Go on
pay-going-on = One moment…

pay-send = Send exactly this
pay-partly = { $amount } has arrived; the rest is still missing.
pay-sandbox = This is a sandbox and the address is nobody's: send nothing real there. Whoever runs the shop plays the customer on the page of the payment intent.
pay-amount = Amount
pay-until = Until
pay-rules = Less than that does not pay the order, and what comes later or on another network cannot be credited. Fees that your wallet or exchange takes come on top.
pay-network = Network
pay-address = Address
pay-address-soon = It is being made; look again in a moment.
pay-qr = QR code
pay-qr-of-address = QR code of the address
pay-open-wallet = Open in a wallet

pay-seen = Your payment was seen
pay-seen-text = The network is confirming it. If you sent the whole amount, you need not do anything. Otherwise this page shows what is missing as soon as it is confirmed.
pay-paid = Paid
pay-paid-text = Thank you. { $shop } was told.
pay-expired = The time to pay is over
pay-expired-text = Do not send anything any more. If you did already, ask { $shop }.
pay-canceled = You canceled this order
pay-canceled-text = { $shop } was told. Do not send anything any more.
pay-invalid = This order cannot be paid
pay-invalid-text = Ask { $shop } for a new one.
pay-refunded = Refunded
pay-refunded-text = Everything that you paid was sent back.
pay-refunded-partly = Refunded in part
pay-refunded-partly-text = A part of what you paid was sent back.
# Before the text of an outcome.
pay-outcome = { $title }.
pay-back = Back to { $shop }

pay-cancel = Cancel the order
pay-cancel-text = The shop is told that you will not pay, and nothing can be paid here any more. Do not cancel if you have already sent something.

pay-status-unreachable = The server cannot be reached at the moment; trying again.
pay-status-live = This page changes by itself.
pay-status-check = Check again
