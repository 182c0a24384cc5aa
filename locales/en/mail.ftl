# The outbox: mail to customers and to the team.

mail-outbox = Mail outbox
mail-list = Mails
mail-every-kind = Every mail
mail-every-state = Any
mail-what = Mail
mail-to = To
mail-state = State
mail-about = About
mail-written = Written
mail-none = No mail yet
mail-none-text = Customers are mailed when they have to confirm the address of a refund, and how a refund of theirs ended.
mail-sandbox = This sandbox sends no mail. Here is what customers would get, with the links that only they would have. With REQUITE_SMTP_URL it is sent, and the links are not shown any more.
mail-sent-to-customers = Mail to customers. Their links are in the mails alone: whoever reads one can answer in the customer's place.
mail-cannot = This server cannot send mail: set REQUITE_SMTP_URL and REQUITE_MAIL_FROM.
mail-shown-here = shown here
mail-tried-again = tried again
mail-refund = Refund
mail-policy = Refund policy
mail-password = Password
mail-payouts = Payouts

# One mail.
mail-next-try = Next try
mail-open = Open the page of the link
mail-the = The mail
mail-attempts = Attempts
mail-says = What it says

# Why a mail was not sent.
mail-problem-recipient = This is not an address that mail can be sent to.
mail-problem-content = The mail cannot be written: { $cause }.
mail-problem-timed-out = The mail server did not answer within { $seconds } seconds.
mail-problem-no-answer = The mail server did not answer in time.
mail-problem-refused = The mail server said: { $cause }
mail-problem-unreachable = The mail server cannot be reached: { $cause }
