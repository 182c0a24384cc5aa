# Die Seite einer Erstattung mit Freigabe, Überweisung, Quittung und der Bestätigung des Kunden, und wartende Erstattungen.

refund-of = Erstattung über { $amount }
refund-list = Erstattungen
refund-amount-on-network = { $amount } auf { $network }

# Der Stand, der sich selbst aktualisiert.
refund-progress = Stand
refund-progress-unreachable = Der Server ist gerade nicht erreichbar; es wird weiter versucht.
refund-transaction = Transaktion

# Die Namen der Angaben.
refund-recipient = Empfänger
refund-network = Netzwerk
refund-address = Adresse
refund-memo = Memo
refund-email = E-Mail
refund-customer = Kunde
refund-everything-of-address = Alles zu dieser Adresse
refund-everything-of-email = Alles zu dieser E-Mail-Adresse
refund-reason = Grund
refund-overridden = Übergangene Warnungen
refund-override-reason = Grund, trotz der Warnung zu senden
refund-note = Notiz
refund-money = Beträge
refund-details = Details
refund-number = Nummer der Erstattung
refund-id = ID
refund-order = Bestellung
refund-intent = Zahlungsanforderung
refund-receipt = Quittung
refund-receipt-open = Drucken oder Link senden
refund-made-by = Erstellt von
refund-made = Erstellt
refund-approved-by = Freigegeben von
refund-declined-by = Nicht freigegeben von
refund-stopped-by = Gestoppt von
refund-rejected-by = Abgelehnt von
refund-created = Erstellt
refund-changed = Letzte Änderung

# Das Kursangebot und die, die ersetzt wurden.
refund-quote = Kursangebot
refund-quote-until = Gültig bis
refund-quote-source = Quelle des Kurses
refund-quote-replaced = Frühere Kursangebote
refund-quote-made = Insgesamt { $total }, erstellt { $at }

# Was geprüft wurde. Nach einer Prüfung gegen die Sperrliste steht ihre Zeit.
refund-checks = Prüfungen
refund-checks-at-creation = Prüfungen beim Erstellen der Erstattung
refund-checks-not-recorded = Was beim Erstellen dieser Erstattung geprüft wurde, wurde nicht aufgezeichnet.
refund-check = Prüfung
refund-check-result = Ergebnis
refund-check-said = Was sie ergab
refund-deny-list = Sperrliste
refund-not-screened = Die Adresse wurde nicht mit einer Sperrliste verglichen.
refund-screened-no-list-at-creation = Beim Erstellen der Erstattung war keine Liste importiert
refund-screened-no-list-at-approval = Bei der Freigabe war keine Liste importiert
refund-screened-no-list-at-payout = Vor der Auszahlung war keine Liste importiert
refund-screened-hit-at-creation = { $list } { $version }: beim Erstellen der Erstattung enthalten
refund-screened-hit-at-approval = { $list } { $version }: bei der Freigabe enthalten
refund-screened-hit-at-payout = { $list } { $version }: vor der Auszahlung enthalten
refund-screened-at-creation = { $list } { $version }: beim Erstellen der Erstattung nicht enthalten
refund-screened-at-approval = { $list } { $version }: bei der Freigabe nicht enthalten
refund-screened-at-payout = { $list } { $version }: vor der Auszahlung nicht enthalten

# Was sie im Hauptbuch bewegt hat.
refund-postings = Buchungen
refund-postings-hint = Was die Erstattung zwischen den Konten Ihres Hauptbuchs bewegt hat. Was von einem Konto abgeht, geht anderen zu; deshalb haben beide Spalten in jeder Währung dieselbe Summe.
refund-account = Konto
refund-in = Zugang
refund-out = Abgang

# Was man mit ihr tun kann.
refund-start-another = Weitere Erstattung erstellen
refund-approval = Freigabe
refund-waits-for-approver = Wegen ihrer Höhe muss eine zweite Person sie prüfen: ein Freigeber, Administrator oder Inhaber aus Ihrem Team.
refund-own-to-decline = Ablehnen können Sie sie trotzdem.
refund-review = Prüfen und entscheiden
refund-stop = Diese Erstattung stoppen
refund-stop-awaiting-confirmation = Sie wartet auf den Kunden. Wenn etwas an ihr nicht stimmt, können Sie sie jetzt stoppen.
refund-stop-awaiting-approval = Sie haben sie erstellt, und noch hat sie niemand freigegeben. Wenn etwas an ihr nicht stimmt, stoppen Sie sie jetzt.
refund-stop-new-address = Die Adresse ist neu, deshalb wartet die Erstattung. Wenn etwas an ihr nicht stimmt, stoppen Sie sie jetzt.
refund-stop-reason = Warum gestoppt wird
refund-stop-now = Erstattung stoppen

# Die Seite, auf der eine zweite Person entscheidet.
refund-approve-amount = { $amount } freigeben
refund-decide = Freigeben oder ablehnen
refund-would-be-sent = Was gesendet würde
refund-what-to = { $what } an:
refund-with-memo = Mit dem Memo { $memo }.
refund-renewed-same = Der Kurs wurde erneuert. Das Guthaben wird mit { $now } belastet, wie beim Erstellen der Erstattung.
refund-renewed-more = Der Kurs wurde erneuert. Das Guthaben wird mit { $now } belastet, { $percent } % mehr als beim Erstellen der Erstattung ({ $before }).
refund-renewed-less = Der Kurs wurde erneuert. Das Guthaben wird mit { $now } belastet, { $percent } % weniger als beim Erstellen der Erstattung ({ $before }).
refund-rate-expired = Der Kurs dieser Erstattung ist abgelaufen. Sehen Sie sich den aktuellen Kurs an, bevor Sie entscheiden.
refund-fee-expired = Die Netzwerkgebühr dieser Erstattung ist abgelaufen. Sehen Sie sich die aktuelle Netzwerkgebühr an, bevor Sie entscheiden.
refund-renew-rate = Aktuellen Kurs abrufen
refund-renew-fee = Aktuelle Netzwerkgebühr abrufen
refund-approve-sending = Senden von { $amount } freigeben
refund-approving = Wird freigegeben …
refund-decline = Ablehnen
refund-decline-reason = Warum abgelehnt wird
refund-decline-hint = Wer die Erstattung erstellt hat, sieht diese Begründung. Der Betrag geht zurück ins Guthaben.
refund-decline-now = Erstattung ablehnen
refund-request = Der Antrag
refund-customer-email = E-Mail-Adresse des Kunden

# Die Überweisung auf einem echten Netzwerk.
refund-transfer = Überweisung
refund-status = Status
refund-waits-since = Wartet seit
refund-paid-by = Auszahlendes Konto
refund-planned = Geplant
refund-nonce = Nonce
refund-block = Block
refund-confirmations = ({ $count ->
    [one] 1 Bestätigung
   *[other] { $count } Bestätigungen
})
refund-fee-taken = Gezahlte Netzwerkgebühr
refund-attempts = Signierte Transaktionen
refund-one-of-a-nonce = Von mehreren Transaktionen mit derselben Nonce nimmt das Netzwerk nur eine an.
refund-attempt-kind = Zweck
refund-attempt-in-block = { $kind }, in einem Block
refund-attempt-signed = Signiert: { $at }
refund-attempt-fee = Höchste Gebühr je Gas
refund-cancelling = Ein Inhaber hat die Stornierung angefordert. Das Netzwerk entscheidet, ob es die Zahlung oder die Stornierung annimmt.
refund-cancel = Diese Überweisung stornieren
refund-cancel-hint = Eine Transaktion mit derselben Nonce, die nichts zahlt, ersetzt die Überweisung, wenn das Netzwerk sie zuerst annimmt. Dann wird die Erstattung abgelehnt, und der Betrag ist wieder in Ihrem Guthaben. Das kostet die Netzwerkgebühr.
refund-cancel-now = Überweisung stornieren
refund-cancel-needs-factor = Nur ein Inhaber mit einem zweiten Faktor kann eine Überweisung stornieren. Richten Sie ihn auf der Seite { $page } ein und kommen Sie dann zurück.
refund-cancel-account = Ihr Konto
refund-stop-transfer = Diese Überweisung stoppen
refund-stop-transfer-hint = Als diese Seite geöffnet wurde, war noch nichts signiert. Wenn Sie die Überweisung stoppen, wird die Erstattung abgelehnt, und der Betrag geht zurück in Ihr Guthaben.
refund-stop-transfer-now = Überweisung stoppen
# Nach einem Link zu einer Erstattung, die wartet.
refund-held-since = : { $reason }, seit { $at }. { $next }

# Die Quittung für den Kunden.
refund-receipt-for-customer = Für den Kunden
refund-receipt-link = Wer diesen Link hat, kann die Quittung öffnen:
refund-receipt-no-link = Mit einem Link kann der Kunde die Quittung öffnen, ohne sich anzumelden. Sie zeigt weder E-Mail-Adresse noch Notiz.
refund-receipt-make-link = Link erstellen
refund-receipt-mail = Dem Kunden per E-Mail senden
refund-receipt-print = Oder drucken Sie diese Seite oder speichern Sie sie als PDF: Gedruckt wird nur die Quittung.

# Die Bestätigung der Adresse durch den Kunden.
refund-confirmation = Bestätigung des Kunden
refund-confirm-waits = Der Kunde muss bestätigen, dass die Adresse ihm gehört. Vorher wird nichts gesendet.
refund-confirm-ended = Die Erstattung ist beendet, deshalb wird der Kunde nicht mehr gefragt.
refund-confirm-confirmed = Der Kunde hat bestätigt, dass die Adresse ihm gehört.
refund-confirm-asked-at = E-Mail zur Bestätigung an
refund-confirm-has-until = Frist bis
refund-mails = E-Mails
refund-mail-of = E-Mail vom { $at }
refund-mail-again = E-Mail erneut senden
refund-told-by-mail = Per E-Mail benachrichtigt

# Erstattungen, die auf die Person warten, die die erste Seite ansieht. Je zwei Texte folgen auf einen Link zu einer
# Erstattung oder einem Entwurf.
refund-to-approve = Freizugebende Erstattungen
refund-requested-by = , erstellt von { $person }
refund-requested-since = , wartet seit { $at }.
refund-review-now = Prüfen
# Dasselbe für Bildschirmleser.
refund-review-of = { $what } prüfen
refund-all-to-approve = Alle Erstattungen, die auf Freigabe warten
refund-drafts = Ihre unfertigen Erstattungen
refund-of-order = Erstattung zu Bestellung #{ $number }
refund-draft-until = , möglich bis { $until }
refund-draft-changed = , zuletzt geändert am { $at }.
refund-all-drafts = Alle Entwürfe

# Wie es mit einer Erstattung weitergeht.
refund-next-confirm-until = Der Betrag ist reserviert. Der Kunde hat eine E-Mail erhalten und kann die Adresse bis { $until } bestätigen.
refund-next-confirm-over = Der Kunde hat die Adresse nicht rechtzeitig bestätigt, deshalb endet die Erstattung gleich.
refund-next-new-address = Die Adresse ist neu. Der Betrag bleibt bis { $until } reserviert und wird dann gesendet. Bis dahin kann die Erstattung gestoppt werden.
refund-next-behind = Sie wartet, bis eine andere Erstattung desselben Kontos signiert ist. Danach geht es von selbst weiter.
refund-next-unsigned = Sie wird vorbereitet, und noch ist nichts signiert. Es ist nichts zu tun.
refund-next-confirm = Der Betrag ist reserviert. Der Kunde hat eine E-Mail erhalten und muss die Adresse bestätigen.
refund-next-approve = Der Betrag ist reserviert. Jemand aus dem Team, der Erstattungen freigeben darf, muss sie prüfen.
refund-next-pending = Der Betrag ist reserviert und wird gleich gesendet. Es ist nichts zu tun.
refund-next-processing = Das Netzwerk verarbeitet die Überweisung. Es ist nichts zu tun.
refund-next-completed = Der Kunde hat das Geld erhalten. Das ist endgültig.
refund-next-rejected = Es wurde nichts gesendet, und der Betrag ist wieder in Ihrem Guthaben. Sie können eine neue Erstattung erstellen.

# Warum eine Überweisung wartet, und wer was tun muss.
refund-held-funds = Sie wartet, weil das auszahlende Konto zu wenig von diesem Coin hat. Jemand muss es auffüllen; seine Adresse steht auf der Seite „Auszahlungen“.
refund-held-gas = Sie wartet, weil das auszahlende Konto die Netzwerkgebühr nicht zahlen kann. Jemand muss es auffüllen; seine Adresse steht auf der Seite „Auszahlungen“.
refund-held-fee = Sie wartet, weil die Netzwerkgebühr über Ihrer Obergrenze liegt. Sie wird gesendet, sobald die Gebühr sinkt.
refund-held-recipient-blocked = Sie wartet, weil der Emittent des Coins diese Adresse gesperrt hat. Ein Inhaber kann sie auf ihrer Seite stoppen. Bitten Sie den Kunden um eine andere Adresse.
refund-held-sender-blocked = Sie wartet, weil der Emittent des Coins das auszahlende Konto gesperrt hat. Der Betreiber des Servers muss sich an den Emittenten wenden.
refund-held-token-paused = Sie wartet, weil der Emittent diesen Coin pausiert hat. Sie wird gesendet, sobald er ihn wieder freigibt.
refund-held-recipient-refuses = Sie wartet, weil die Überweisung an diese Adresse in der Simulation fehlschlägt. Ein Inhaber kann sie auf ihrer Seite stoppen. Bitten Sie den Kunden um eine andere Adresse.
refund-held-signer-away = Sie wartet, weil der Signaturdienst nicht antwortet. Der Betreiber des Servers muss ihn prüfen.
refund-held-signer-locked = Sie wartet, weil der Signaturdienst gesperrt ist. Der Betreiber des Servers muss ihn entsperren.
refund-held-signer-refuses = Sie wartet, weil der Signaturdienst sie wegen seiner eigenen Obergrenzen ablehnt. Der Betreiber des Servers muss entscheiden.
refund-held-signatures = Sie wartet auf die Personen, die sie signieren.
refund-held-paused = Sie wartet, weil Auszahlungen in diesem Netzwerk pausiert sind. Ein Inhaber muss sie fortsetzen.
refund-held-account-removed = Sie wartet, weil das auszahlende Konto nicht mehr in den Einstellungen steht. Der Betreiber des Servers muss es mit seinem Signaturdienst wieder eintragen, oder ein Inhaber stoppt die Überweisung auf ihrer Seite.
refund-held-network-away = Sie wartet, weil die Knoten des Netzwerks nicht richtig antworten. Es wurde nichts signiert. Es geht von selbst weiter, sobald sie es tun.
refund-held-payment-removed = Sie wartet, weil das Netzwerk eine Zahlung entfernt hat, die schon gutgeschrieben war. Geht die Zahlung wieder ein, wird die Erstattung gesendet; andernfalls entscheidet ein Inhaber auf der Seite „Auszahlungen“ darüber oder stoppt die Erstattung.
refund-held-assigned-to-another = Sie wird nicht gesendet, weil ihre Zahlung schon gesendet und einer anderen Erstattung zugeordnet wurde. Ein Inhaber muss sie auf ihrer Seite stoppen.
refund-held-displaced = Eine andere Transaktion hat ihren Platz eingenommen, deshalb ist nicht bekannt, ob sie gezahlt wurde. Ein Inhaber muss das herausfinden.
