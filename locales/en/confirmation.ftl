# The page on which a customer says whether an address is theirs.

confirm-question = Is this address yours?
confirm-lead = { $shop } wants to send you a refund. Compare the address below with the one in your own wallet or account, from the first character to the last.
confirm-until = Confirm by { $until }. Nothing is sent before you confirm.
confirm-refund = Refund details
confirm-for = For
confirm-gets = You receive
confirm-amount = Amount
confirm-network = Network
confirm-address = Address
confirm-memo = Memo or tag
confirm-transaction = Transaction

confirm-before = Before you confirm, check
confirm-before-yours = The address is yours, and you can still use it.
confirm-before-coin = It can receive { $amount } on { $network }.
confirm-before-memo = The memo or tag is exactly the one that your account shows. Without the right one, the money is lost.
confirm-after = After you confirm, the refund is sent as soon as the shop has finished its own checks. A transfer cannot be reversed.
confirm-yes = Yes, this is my address
confirm-sending = Confirming…
confirm-wrong = The address is wrong
confirm-wrong-text = If you say so, nothing is sent and this refund ends. { $shop } is notified and can start a new refund to another address.
confirm-no = No, do not send to this address

confirm-sent = Your refund was sent
confirm-sent-text = It has arrived at your address.
confirm-on-its-way = Your refund is being sent
confirm-on-its-way-text = You confirmed the address, and the network is processing the transfer.
confirm-confirmed = Thank you, the address is confirmed
confirm-confirmed-text = You do not need to do anything else. { $shop } sends the refund as soon as it has finished its own checks.
confirm-refused = Nothing will be sent to this address
confirm-refused-text = You said that the address is wrong. { $shop } was notified and can ask you for another one.
confirm-not-sent = This refund was not sent
confirm-not-sent-text = It ended without anything being sent. { $shop } can tell you why and start a new refund.
confirm-expired = The time to confirm has expired
confirm-expired-text = The address was not confirmed in time, so nothing will be sent. { $shop } can start a new refund.
