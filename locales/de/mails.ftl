# E-Mails an Kunden und an Mitglieder des Teams. Ein Betreff hat eine Zeile.

# Woraus eine Überweisung besteht, je eine Zeile.
mails-gets = Sie erhalten: { $amount }
mails-network = Netzwerk:     { $network }
mails-address = Adresse:      { $address }
mails-memo = Memo:         { $memo }
mails-transaction = Transaktion:  { $transaction }
# In einem eigenen Absatz.
mails-receipt = Ihre Quittung: { $link }

# Steht anstelle eines Links, für alle außer dem Empfänger.
mails-link-hidden = [der Link steht nur in der E-Mail selbst]

mails-completed-subject = Ihre Erstattung von { $shop } wurde gesendet
mails-completed =
    Guten Tag,

    { $shop } hat Ihnen eine Erstattung gesendet. Sie betrifft: { $order }

    { $transfer }

    Manche Wallets und Börsen zeigen sie erst nach einer Weile an. Wenn etwas nicht stimmt, fragen Sie { $shop }.
    Niemand wird Sie nach einem Passwort oder nach der Wiederherstellungsphrase Ihrer Wallet fragen.

mails-rejected-subject = Ihre Erstattung von { $shop } wurde nicht gesendet
mails-rejected =
    Guten Tag,

    { $shop } wollte Ihnen eine Erstattung senden. Sie betraf: { $order }

    { $transfer }

    { $outcome } { $shop } wurde benachrichtigt und kann sie noch einmal senden. Fragen Sie dort nach, oder
    nennen Sie eine andere Adresse. Niemand wird Sie nach einem Passwort oder nach der Wiederherstellungsphrase
    Ihrer Wallet fragen.
mails-rejected-nothing = Es wurde nichts gesendet.
mails-rejected-unconfirmed = Es wurde nichts gesendet, weil die Adresse nicht bestätigt wurde.

mails-confirmation-subject = Bestätigen Sie die Adresse für Ihre Erstattung von { $shop }
mails-confirmation =
    Guten Tag,

    { $shop } möchte Ihnen eine Erstattung senden. Sie betrifft: { $order }

    { $transfer }

    Ist das Ihre Adresse? Öffnen Sie diese Seite, vergleichen Sie die Adresse und bestätigen Sie sie:

    { $link }

    Sie haben bis { $until } Zeit. Bevor Sie bestätigen, wird nichts gesendet. Eine solche Überweisung kann nicht
    zurückgenommen werden. Wenn die Adresse nicht Ihnen gehört, geben Sie das auf derselben Seite an. { $shop } wird
    Sie dann um eine andere bitten.

    Geben Sie diese E-Mail nicht weiter: Wer den Link hat, kann an Ihrer Stelle antworten. Niemand wird Sie nach einem
    Passwort oder nach der Wiederherstellungsphrase Ihrer Wallet fragen.

mails-password-subject = Neues Passwort wählen
mails-password =
    Guten Tag,

    für Ihr Konto bei Requite wurde ein neues Passwort angefordert. Wenn Sie das waren, öffnen Sie diese Seite und
    wählen Sie eines:

    { $link }

    Der Link funktioniert einmal, und zwar bis { $until }. Wenn Sie das nicht waren, müssen Sie nichts tun: Ihr
    Passwort bleibt, wie es ist.

mails-loosening-subject = Die Richtlinie für Erstattungen soll gelockert werden
mails-loosening =
    Guten Tag,

    { $by } möchte die Richtlinie für Erstattungen lockern. Dann sind Erstattungen möglich, die sie heute verhindert.

    { $when }

    Vergleichen Sie die Änderung hier, und ziehen Sie sie zurück, wenn sie nicht gewollt ist:

    { $link }

    Wenn Sie davon nichts wissen, verwendet vielleicht jemand anderes das Konto von { $by }.
mails-loosening-at = Sie gilt ab { $at }.
mails-loosening-approval = Sie gilt, sobald ein anderer Inhaber sie freigibt, frühestens ab { $at }.

mails-loosened-subject = Die Richtlinie für Erstattungen wurde gelockert
mails-loosened =
    Guten Tag,

    { $by } hat die Richtlinie für Erstattungen gelockert. Jetzt sind Erstattungen möglich, die sie vorher verhindert hat.

    Sehen Sie sich an, was geändert wurde, und ändern Sie es zurück, wenn es nicht gewollt ist:

    { $link }

    Wenn Sie davon nichts wissen, verwendet vielleicht jemand anderes das Konto von { $by }.

# In einem echten Netzwerk muss jemand etwas tun. Die Einzelheiten sind ein oder zwei Sätze.
mails-notice =
    Guten Tag!

    { $detail }

    { $advice }

    Was bekannt ist, steht hier:

    { $link }

    Sie erhalten diese E-Mail nur einmal, solange die Ursache besteht.
mails-low-subject = Das auszahlende Konto auf { $network } muss aufgefüllt werden
mails-low = Erstattungen werden gezahlt, bis es leer ist. Dann warten sie, bis es aufgefüllt ist.
mails-waiting-subject = Erstattungen auf { $network } warten, bis das auszahlende Konto aufgefüllt ist
mails-waiting = Das Geld dafür bleibt reserviert, und nach dem Auffüllen geht es von selbst weiter.
mails-paused-subject = Auszahlungen auf { $network } sind pausiert
mails-paused =
    Es wird nichts signiert, bis jemand die Ursache untersucht hat: Führen Sie auf dem Server „requite payouts
    reconcile“ aus. Vielleicht verwendet jemand anderes den Schlüssel. Wenn Sie nicht erklären können, was
    geschehen ist, sperren Sie zuerst den Signaturdienst.
mails-unexplained-subject = Von einer Ihrer Einzahlungsadressen auf { $network } wurden Coins gesendet
mails-unexplained =
    Wenn Sie das waren, tragen Sie die Zieladresse unter „own-addresses“ in die Netzwerke des Servers ein, oder klären
    Sie die Überweisung mit „requite payouts explain“. Wenn nicht, hat jemand die Schlüssel Ihrer Wallet.
mails-stopped-subject = { $network } wird nicht mehr überwacht
mails-stopped =
    Dort wird nichts gutgeschrieben, bis der Betreiber des Servers die Ursache untersucht hat. Auf der Seite „Netzwerke“
    steht, was zu tun ist.
