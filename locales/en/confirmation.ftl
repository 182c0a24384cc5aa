# The page on which a customer says whether an address is theirs.

confirm-question = Is this address yours?
confirm-lead = { $shop } wants to send you a refund. Compare the address below with the one in your own wallet or account, from the first character to the last.
confirm-until = You have until { $until }. Nothing is sent before you confirm.
confirm-refund = The refund
confirm-for = For
confirm-gets = You get
confirm-amount = Amount
confirm-network = Network
confirm-address = Address
confirm-memo = Memo or tag
confirm-transaction = Transaction

confirm-before = Before you confirm
confirm-before-yours = The address is yours, and you can still use it.
confirm-before-coin = It takes { $amount } on { $network }.
confirm-before-memo = The memo or tag is the one that your account shows. Without the right one the money is lost.
confirm-after = After that it is sent as soon as the shop's own checks are done. A transfer cannot be taken back.
confirm-yes = Yes, this is my address
confirm-sending = Confirming…
confirm-wrong = The address is not right
confirm-wrong-text = Then nothing is sent and this refund ends. { $shop } is told, and can begin a new one with another address.
confirm-no = No, send nothing to this address

confirm-sent = Your refund was sent
confirm-sent-text = It has arrived at your address.
confirm-on-its-way = Your refund is on its way
confirm-on-its-way-text = You confirmed the address, and the network is carrying it.
confirm-confirmed = Thank you, the address is confirmed
confirm-confirmed-text = There is nothing else to do. { $shop } sends the refund as soon as its own checks are done.
confirm-refused = Nothing is sent to this address
confirm-refused-text = You said that it is not right. { $shop } was told, and can ask you for another one.
confirm-not-sent = This refund was not sent
confirm-not-sent-text = It ended without anything being sent. { $shop } can tell you why and begin a new one.
confirm-expired = The time to confirm is over
confirm-expired-text = Nobody confirmed the address in time, so nothing is sent. { $shop } can begin a new refund.
