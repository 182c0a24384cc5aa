# Mails to customers and to members of the team. Subjects are one line.

# What a transfer consists of, one line each.
mails-gets = Amount:   { $amount }
mails-network = Network:  { $network }
mails-address = Address:  { $address }
mails-memo = Memo:     { $memo }
mails-transaction = Transaction: { $transaction }
# In its own paragraph.
mails-receipt = Your receipt: { $link }

# Stands in place of a link, for readers who are not the recipient.
mails-link-hidden = [the link is only in the e-mail itself]

mails-completed-subject = Your refund from { $shop } was sent
mails-completed =
    Hello,

    { $shop } sent you a refund for: { $order }

    { $transfer }

    Some wallets and exchanges show it only after a while. If something is not right, contact { $shop }.
    Nobody will ask you for a password or for the recovery phrase of your wallet.

mails-rejected-subject = Your refund from { $shop } was not sent
mails-rejected =
    Hello,

    { $shop } wanted to send you a refund for: { $order }

    { $transfer }

    { $outcome } { $shop } has been notified and can send it again. Contact them, or send them another
    address. Nobody will ask you for a password or for the recovery phrase of your wallet.
mails-rejected-nothing = Nothing was sent.
mails-rejected-unconfirmed = Nothing was sent because the address was not confirmed.

mails-confirmation-subject = Confirm the address for your refund from { $shop }
mails-confirmation =
    Hello,

    { $shop } wants to send you a refund for: { $order }

    { $transfer }

    Is this address yours? Open this page, compare the address, and confirm:

    { $link }

    Confirm by { $until }. Nothing is sent before you confirm. Transfers of this kind cannot be reversed,
    so if the address is not yours, say so on the same page. { $shop } will then ask you for another one.

    Do not forward this e-mail: anyone who has the link can answer in your place. Nobody will ask you for a
    password or for the recovery phrase of your wallet.

mails-password-subject = Choose a new password
mails-password =
    Hello,

    a new password was requested for your Requite account. If you requested it, open this page and choose one:

    { $link }

    The link works once, until { $until }. If you did not request it, do nothing: your password stays the same.

mails-loosening-subject = The refund policy is about to be loosened
mails-loosening =
    Hello,

    { $by } wants to loosen the refund policy. It would then allow refunds that it prevents today.

    { $when }

    Review the change here, and withdraw it if it is not wanted:

    { $link }

    If you do not know of this change, someone may be using the account of { $by }.
mails-loosening-at = It takes effect on { $at }.
mails-loosening-approval = It takes effect when another owner approves it, but not before { $at }.

mails-loosened-subject = The refund policy was loosened
mails-loosened =
    Hello,

    { $by } has loosened the refund policy. It now allows refunds that it prevented before.

    See what was changed, and change it back if it is not wanted:

    { $link }

    If you do not know of this change, someone may be using the account of { $by }.

# Something on a real network needs a person. The details are one or two sentences.
mails-notice =
    Hello,

    { $detail }

    { $advice }

    See the current state here:

    { $link }

    This e-mail is sent only once while the problem lasts.
mails-low-subject = The payout account on { $network } must be topped up
mails-low = Refunds continue until it is empty. Then they are on hold until it is topped up.
mails-waiting-subject = Refunds on { $network } are on hold until the payout account is topped up
mails-waiting = Their money stays reserved, and they continue automatically after the top-up.
mails-paused-subject = Payouts on { $network } are paused
mails-paused =
    Nothing is signed until someone has investigated: run 'requite payouts reconcile' on the server. Someone may
    be using the key. If you cannot explain what happened, lock the signer first.
mails-unexplained-subject = Coins left one of your deposit addresses on { $network }
mails-unexplained =
    If you moved them, list the destination address under 'own-addresses' of the server's networks, or explain the
    transfer with 'requite payouts explain'. If not, someone has the keys of your wallet.
mails-stopped-subject = { $network } is no longer monitored
mails-stopped =
    Nothing is credited there until a server administrator has investigated. The Networks page says what to do.
