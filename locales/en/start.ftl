# What the first page shows before there is a payment intent: how to make one and refund it.

start-title = From nothing to the first refund
start-key = An API key
start-make-key = Make one under { $keys }. It is shown once.
start-api-keys = API keys
start-ask-for-key = An owner or admin makes one.
start-key-text = The commands need curl 7.82 or newer, jq and uuidgen. Run this one, paste the key and press Enter:
start-keep-key = Keep the key
start-payment = A payment
start-payment-text = Ask a customer for it. The command keeps its id; a moment later it has an address to pay to.
start-fill-in = You can also fill in { $form }.
start-form = the form
start-ask-for-payment = Ask for a payment
start-pay-text = This is a sandbox, so you pay as the customer:
start-pay = Pay as the customer
start-refund = A refund
start-refund-text = Open the paid payment intent and choose Crypto refund from its menu. In the shell, run this command, paste the customer's address and press Enter:
start-keep-address = Keep the address
start-send-text = Then send what programs send:
start-send = Refund it
start-more = { $docs } has everything else.
start-docs = The API reference
