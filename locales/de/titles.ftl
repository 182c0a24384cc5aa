# Die Namen von Status, Gründen und Auswahlmöglichkeiten.

# Wie weit eine Zahlung ist.
title-payment-seen = erkannt
title-payment-confirmed = bestätigt
title-payment-credited = gutgeschrieben
title-payment-final = bezahlt
title-payment-not-credited = nicht gutgeschrieben
title-payment-in-no-block = in keinem Block
title-payment-taken-back = zurückgebucht
title-payment-lost = verloren
title-payment-failed = fehlgeschlagen

# Warum Geld gebucht wurde.
title-posting-payment-settled = Zahlung gutgeschrieben
title-posting-payment-taken-back = Zahlung zurückgebucht
title-posting-deposit-written-off = Verlorene Zahlung abgeschrieben
title-posting-deposit-recovered = Verlorene Zahlung wieder eingegangen
title-posting-refund-reserved = Erstattung reserviert
title-posting-refund-repriced = Erstattung neu berechnet
title-posting-refund-corrected = Erstattung auf den gezahlten Betrag berichtigt
title-posting-refund-completed = Erstattung ausgezahlt
title-posting-refund-released = Reservierung der Erstattung aufgehoben
title-posting-sandbox-funding = Guthaben der Testumgebung

# Die Konten des Hauptbuchs.
title-account-available = Verfügbares Guthaben
title-account-reserved = Für Erstattungen reserviert
title-account-deposits = Einzahlungen
title-account-paid-out = Ausgezahlt
title-account-fees = Gebühren
title-account-rounding = Rundung
title-account-exchange = Umtausch

# Der Status einer Erstattung.
title-refund-awaiting-confirmation = wartet auf Bestätigung
title-refund-awaiting-approval = wartet auf Freigabe
title-refund-pending = ausstehend
title-refund-processing = in Bearbeitung
title-refund-completed = abgeschlossen
title-refund-rejected = abgelehnt

# Wer eine Erstattung abgelehnt hat.
title-rejection-shopper = Kunde
title-rejection-compliance = Sperrliste
title-rejection-merchant = Ihr Team
title-rejection-processing = Netzwerk

# Der Status einer Überweisung in einem Netzwerk.
title-transfer-planned = geplant
title-transfer-signed = signiert
title-transfer-broadcast = gesendet
title-transfer-mined = in einem Block
title-transfer-revoking = fehlgeschlagen, wird widerrufen
title-transfer-completed = abgeschlossen
title-transfer-reverted = fehlgeschlagen
title-transfer-cancelled = storniert
title-transfer-displaced = verdrängt
title-transfer-withdrawn = gestoppt

# Was an einer Adresse ungewöhnlich ist.
title-warning-address-looks-alike = ähnelt einer früheren Adresse
title-warning-address-is-contract = ein Smart Contract
title-warning-address-paid-before = schon bezahlt, ohne Erstattung hier

# Warum eine Überweisung wartet.
title-held-awaiting-funds = zu wenig von diesem Coin
title-held-awaiting-gas = zu wenig für die Gebühr
title-held-fee-too-high = Gebühr über der Obergrenze
title-held-recipient-blocked = Empfänger vom Emittenten gesperrt
title-held-sender-blocked = auszahlendes Konto vom Emittenten gesperrt
title-held-token-paused = Coin vom Emittenten pausiert
title-held-recipient-refuses = Überweisung schlägt in der Simulation fehl
title-held-signer-away = Signaturdienst antwortet nicht
title-held-signer-locked = Signaturdienst gesperrt
title-held-signer-refuses = vom Signaturdienst abgelehnt
title-held-awaiting-signatures = wartet auf Signaturen
title-held-paused = Auszahlungen pausiert
title-held-account-removed = auszahlendes Konto nicht in den Einstellungen
title-held-network-away = Netzwerk antwortet nicht
title-held-payment-removed = Zahlung vom Netzwerk entfernt
title-held-assigned-to-another = Zahlung einer anderen Erstattung zugeordnet
title-held-displaced = durch eine andere Transaktion verdrängt

# Was ein auszahlendes Konto tut.
title-activity-paused = pausiert
title-activity-not-used = nicht in den Einstellungen
title-activity-not-started = noch nicht gestartet
title-activity-waits-for-another = wartet auf ein anderes Konto
title-activity-signs-nothing = signiert nichts
title-activity-running = läuft

# Wozu eine Transaktion einer Überweisung dient.
title-attempt-payment = Zahlung
title-attempt-cancellation = Stornierung
title-attempt-revocation = Widerruf

# Warum Auszahlungen pausiert sind; steht nach einem Doppelpunkt.
title-pause-operator = von einer Person pausiert
title-pause-unexplained-transaction = eine Transaktion, die dieser Server nicht kennt
title-pause-unexplained-transfer = eine Überweisung, die dieser Server nicht kennt
title-pause-unexplained-signature = eine Signatur, die dieser Server nicht kennt
title-pause-displaced = eine Überweisung wurde durch eine andere Transaktion verdrängt
title-pause-chain-contradicts = die Knoten des Netzwerks widersprechen einander
title-pause-not-followed = einige Zeit nicht mit der Blockchain abgeglichen

# Warum erstattet wird.
title-reason-requested-by-customer = Vom Kunden gewünscht
title-reason-duplicate = Doppelt bezahlt
title-reason-overpaid = Zu viel bezahlt
title-reason-not-delivered = Nicht geliefert
title-reason-other = Sonstiges

# Die Schritte einer neuen Erstattung.
title-step-recipient = Empfänger
title-step-amount = Betrag
title-step-funding = Guthaben
title-step-review = Prüfen
title-step-confirm = Bestätigen

# Die Arten von Adressen, die eine Richtlinie erlaubt.
title-destination-wallet = Adressen ohne Memo
title-destination-shared = Gemeinsame Adressen mit Memo, wie Börsen sie haben
title-destination-program = Adressen von Programmen, zu denen kein privater Schlüssel gehört

# Was ein API-Schlüssel darf.
title-scope-read = Alles lesen, was die API zeigt
title-scope-payment = Zahlungsanforderungen und Bestellungen erstellen
title-scope-refund = Kursangebote und Erstattungen erstellen
title-scope-approve = Erstattungen freigeben und ablehnen, die andere erstellt haben
title-scope-admin = Webhooks und Benachrichtigungen verwalten

# Wie lange ein API-Schlüssel gilt, nachdem er ersetzt wurde.
title-rotation-none = Gilt ab sofort nicht mehr
title-rotation-hour = Gilt noch eine Stunde
title-rotation-day = Gilt noch einen Tag
title-rotation-week = Gilt noch eine Woche

# Wie Callbacks gesendet werden.
title-callback-form = Als Formular
title-callback-json = Als JSON

# Worum es in einer E-Mail geht.
title-mail-confirmation = Bitte um Bestätigung der Adresse
title-mail-completed = Erstattung gesendet
title-mail-rejected = Erstattung nicht gesendet
title-mail-password-reset = Neues Passwort
title-mail-policy-loosening = Richtlinie wird bald gelockert
title-mail-notice = Hinweis zu einem Netzwerk

# Der Zustand einer E-Mail.
title-mail-state-waiting = wartet
title-mail-state-sent = gesendet
title-mail-state-failed = fehlgeschlagen
title-mail-state-dropped = nicht mehr nötig

# Was länger dauert, als es soll.
title-stalled-refund-awaiting-confirmation = Erstattung wartet auf Bestätigung
title-stalled-refund-awaiting-approval = Erstattung wartet auf Freigabe
title-stalled-refund-pending = Erstattung noch nicht gesendet
title-stalled-refund-processing = Erstattung noch unterwegs
title-stalled-intent-created = Zahlungsanforderung ohne Adresse
title-stalled-intent-pending = Zahlungsanforderung nicht abgelaufen
title-stalled-payment-pending = Einzahlung nicht bestätigt

# Wer handeln muss, im Nominativ.
title-responsible-approver = jemand mit Freigaberecht in Ihrem Team
title-responsible-customer = der Kunde
title-responsible-network = das Netzwerk
title-responsible-worker = Requite

# Warum an einen Endpunkt nichts gesendet wird; steht nach einem Doppelpunkt.
title-disabled-person = von Ihrem Team deaktiviert
title-disabled-gone = die Antwort war 410 Gone
title-disabled-failing = alle Versuche der letzten fünf Tage sind fehlgeschlagen

# Die Formate von Webhooks.
title-message-standard = Standard Webhooks
title-message-coin-gate-refund = CoinGate-Webhooks zu Erstattungen
title-message-coin-gate-order = CoinGate-Webhooks zu Bestellungen
title-message-circle = Circle-Benachrichtigungen

# Der Zustand einer Zustellung.
title-delivery-waiting = wartet
title-delivery-delivered = zugestellt
title-delivery-failed = fehlgeschlagen
title-delivery-withheld = nicht gesendet

# Warum sich der Bestand einer eigenen Adresse geändert hat.
title-entry-credited = gutgeschriebene Einzahlungen
title-entry-waiting = noch nicht gutgeschriebene Einzahlungen
title-entry-unsupported = nicht zuordenbare Zahlungen
title-entry-opening = Bestand vor Beginn der Aufzeichnungen
title-entry-sweep = eingesammelt
title-entry-top-up = aufgefüllt
title-entry-payout = für Erstattungen ausgezahlt
title-entry-network-fee = Netzwerkgebühren
title-entry-not-given-out = an nicht zugeteilte Adressen
title-entry-unknown = ungeklärt
title-entry-difference = Abweichungen von der Blockchain
title-entry-explained = von einer Person geklärt
