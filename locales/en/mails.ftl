# Mails to customers and to members of the team. Subjects are one line.

# What a transfer consists of, one line each.
mails-gets = You get:  { $amount }
mails-network = Network:  { $network }
mails-address = Address:  { $address }
mails-memo = Memo:     { $memo }
mails-transaction = Transaction: { $transaction }

# Stands in place of a link, for readers who are not the recipient.
mails-link-hidden = [the link is in the mail itself, and nowhere else]

mails-completed-subject = Your refund from { $shop } was sent
mails-completed =
    Hello,

    { $shop } sent you a refund for: { $order }

    { $transfer }

    Some wallets and exchanges show it only after a while. If something is not right, ask { $shop }.
    Nobody will ask you for a password or for the words of your wallet.

mails-rejected-subject = Your refund from { $shop } was not sent
mails-rejected =
    Hello,

    { $shop } wanted to send you a refund for: { $order }

    { $transfer }

    { $outcome } { $shop } knows of it and can send it again; ask them, or send them another
    address. Nobody will ask you for a password or for the words of your wallet.
mails-rejected-nothing = Nothing was sent.
mails-rejected-unconfirmed = Nothing was sent because the address was not confirmed.

mails-confirmation-subject = Confirm the address for your refund from { $shop }
mails-confirmation =
    Hello,

    { $shop } wants to send you a refund for: { $order }

    { $transfer }

    Is this address yours? Open this page, compare it, and confirm:

    { $link }

    You have until { $until }. Nothing is sent before you confirm. Transfers of this kind cannot be taken back,
    so if the address is not yours, say so on the same page; { $shop } will then ask you for another one.

    Do not pass this mail on: whoever has the link can answer in your place. Nobody will ask you for a
    password or for the words of your wallet.

mails-password-subject = Choose a new password
mails-password =
    Hello,

    somebody asked for a new password for your account at Requite. If it was you, open this page and choose one:

    { $link }

    The link works once, until { $until }. If it was not you, do nothing: your password stays as it is.

mails-loosening-subject = The refund policy is about to be loosened
mails-loosening =
    Hello,

    { $by } wants to loosen the refund policy, so that refunds can be made that it prevents today.

    { $when }

    Compare the change here, and withdraw it if it is not wanted:

    { $link }

    If you do not know of this, somebody may be using the account of { $by }.
mails-loosening-at = It takes effect on { $at }.
mails-loosening-approval = It takes effect when another owner approves it, not before { $at }.

mails-loosened-subject = The refund policy was loosened
mails-loosened =
    Hello,

    { $by } has loosened the refund policy, so that refunds can be made that it prevented before.

    See what was changed, and change it back if it is not wanted:

    { $link }

    If you do not know of this, somebody may be using the account of { $by }.

# Something on a real network needs a person. The details are one or two sentences.
mails-notice =
    Hello,

    { $detail }

    { $advice }

    See what is known here:

    { $link }

    You get this mail once, until it is over.
mails-low-subject = The account that pays refunds on { $network } has to be topped up
mails-low = Refunds go on until it is empty; then they wait until it is topped up.
mails-waiting-subject = Refunds on { $network } wait until the account that pays is topped up
mails-waiting = Their money stays reserved, and they go on by themselves.
mails-paused-subject = Payouts on { $network } are paused
mails-paused =
    Nothing is signed until a person has looked into it: run 'requite payouts reconcile' on the server. Somebody
    may be using the key; if you cannot explain it, lock the signer first.
mails-unexplained-subject = Coins left one of your deposit addresses on { $network }
mails-unexplained =
    If you have moved them, name the address they went to in 'own-addresses' of the server's networks, or explain
    the transfer with 'requite payouts explain'. If not, somebody has the keys of your wallet.
mails-stopped-subject = { $network } is not followed any more
mails-stopped =
    Nothing is credited there until whoever runs the server has looked into it. The page of networks says what to
    do.
