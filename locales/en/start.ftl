# What the first page shows before there is a payment intent: how to make one and refund it.

start-title = Your first refund in three steps
start-key = Create an API key
start-make-key = Create one under { $keys }. It is shown only once.
start-api-keys = API keys
start-ask-for-key = An owner or admin can create one.
start-key-text = The commands need curl 7.82 or newer, jq and uuidgen. Run this one, paste the key and press Enter:
start-keep-key = Save the key
start-payment = Request a payment
start-payment-text = This command requests the payment and saves its ID. A moment later, the payment intent has an address to pay to.
start-fill-in = You can also fill in { $form }.
start-form = the form
start-ask-for-payment = Request a payment
start-pay-text = This is a sandbox, so you pay as the customer:
start-pay = Pay as the customer
start-refund = Refund the payment
start-refund-text = Open the paid payment intent and choose Crypto refund from its menu. In the shell, run this command, paste the customer's address and press Enter:
start-keep-address = Save the address
start-send-text = Then send the request that a program sends:
start-send = Create the refund
start-more = { $docs } describes everything else.
start-docs = The API reference
