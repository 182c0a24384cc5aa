# The receipt of a refund.

receipt-heading = Refund receipt
receipt-from = From
receipt-for = For
receipt-value = Value
receipt-value-paid = { $amount } of the payment
receipt-sent = Sent
receipt-address = Address
receipt-memo = Memo or tag
receipt-transaction = Transaction
receipt-number = Number
receipt-proof = Anyone can look up the transaction on the network and see that it paid this amount to this address.
receipt-keep = To keep it, print this page or save it as a PDF.
