# The outbox: mail to customers and to the team.

mail-outbox = E-mail outbox
mail-list = E-mails
mail-every-kind = All e-mails
mail-every-state = Any
mail-what = E-mail
mail-to = To
mail-state = State
mail-about = About
mail-written = Created
mail-none = No e-mails yet
mail-none-text = Customers are e-mailed when they must confirm the address of a refund, and when their refund has ended.
mail-sandbox = This sandbox sends no e-mail. Here is what customers would receive, with the links that only they would have. With REQUITE_SMTP_URL, e-mails are sent and their links are no longer shown.
mail-sent-to-customers = E-mails to customers. Their links are only in the e-mails themselves: anyone who has a link can answer in the customer's place.
mail-cannot = This server cannot send e-mail: set REQUITE_SMTP_URL and REQUITE_MAIL_FROM.
mail-shown-here = kept, not sent yet
mail-tried-again = retrying
mail-refund = Refund
mail-policy = Refund policy
mail-password = Password
mail-payouts = Payouts

# One mail.
mail-next-try = Next try
mail-open = Open link
mail-the = Details
mail-attempts = Attempts
mail-says = Content

# Why a mail was not sent.
mail-problem-recipient = E-mail cannot be sent to this address.
mail-problem-content = The e-mail could not be created: { $cause }.
mail-problem-timed-out = The mail server did not respond within { $seconds } seconds.
mail-problem-no-answer = The mail server did not respond in time.
mail-problem-refused = The mail server said: { $cause }
mail-problem-unreachable = The mail server cannot be reached: { $cause }
