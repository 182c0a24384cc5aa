# Der Verlauf von Zahlungsanforderungen und Erstattungen, der Status einer Zahlungsanforderung, und was bei nicht
# gutgeschriebenen Zahlungen und bei Überfälligem zu tun ist.

history-timeline = Verlauf
history-parts = Filter des Verlaufs
history-everything = Alles
history-changes = Änderungen
history-payments = Zahlungen
history-refunds = Erstattungen
history-approvals = Freigaben
history-notes = Notizen
history-mails = E-Mails
history-callbacks = Webhooks
history-entries = Einträge des Verlaufs
history-nothing = Keine Einträge dieser Art.
history-older = Ältere
history-newest = Neueste
history-details = Details
# Nach dem Text davor, für Screenreader.
history-details-of = { " " }zu Eintrag { $number }
history-origin = , von { $origin } aus
history-note-of = Notiz von { $author }
history-note-for-colleagues = Notiz für das Team
history-add-note = Notiz hinzufügen
history-mail = E-Mail: { $kind }
history-mail-to = an { $recipient }: { $state }
# Nach dem Text davor, für Screenreader.
history-details-of-mail = { " " }zur E-Mail: { $kind }
history-details-of-callback = { " " }zum Webhook { $event }
history-subject = Betreff
history-mail-says = Text der E-Mail
history-mail-open = Diese E-Mail öffnen
history-payload = Inhalt
history-payload-cut = Hier steht nur der Anfang.
history-payload-whole = Den ganzen Inhalt anzeigen
history-callback = Webhook { $event }

# Was geschehen ist.
history-intent-created = Zahlungsanforderung erstellt
history-intent-pending = Wartet auf Zahlung
history-intent-complete = Bezahlt
history-intent-active = Bezahlt; kann weiter bezahlt werden
history-intent-expired = Abgelaufen
history-intent-failed = Fehlgeschlagen
history-intent-refunded = Erste Erstattung begonnen
history-payment-pending = Zahlung erkannt
history-payment-paid = Zahlung gutgeschrieben
history-payment-failed = Zahlung fehlgeschlagen
history-unsupported-received = Nicht zuordenbare Zahlung eingegangen
history-unsupported-handled = Nicht zuordenbare Zahlung als erledigt markiert
history-refund-created = Erstattung erstellt
history-refund-awaiting-confirmation = Kunde um Bestätigung der Adresse gebeten
history-refund-confirmation-undelivered = E-Mail zur Bestätigung der Adresse war nicht zustellbar
history-refund-confirmed = Adresse vom Kunden bestätigt
history-refund-awaiting-approval = Wartet auf Freigabe
history-refund-approved = Erstattung freigegeben
history-refund-processing = Erstattung wird gesendet
history-refund-held = Erstattung wartet
history-refund-resumed = Erstattung geht weiter
history-refund-completed = Erstattung abgeschlossen
history-refund-rejected = Erstattung abgelehnt
history-cancellation-requested = Stornierung der Überweisung angefordert
history-fee-raised = Mit höherer Gebühr erneut gesendet
history-fee-raised-from = Mit höherer Gebühr erneut gesendet: { $to } statt { $from }
history-amount-corrected = Betrag der Überweisung berichtigt
history-deposit-written-off = Verlorene Zahlung abgeschrieben
history-deposit-recovered = Verlorene Zahlung wieder eingegangen
history-minimum-balances-changed = Mindestguthaben geändert
history-customer-revealed = Verdeckte Kundendaten aufgedeckt
history-receipt-shared = Link zur Quittung erstellt
history-receipt-mailed = Quittung dem Kunden per E-Mail gesendet
history-mail-again = E-Mail erneut gesendet

# Was sonst getan wurde, und was überfällig ist. Es steht nur im Prüfprotokoll.
history-overdue = Überfällig: { $state }
history-note-added = Notiz hinzugefügt
history-intent-amounts = Beträge der Zahlungsanforderung geändert
history-order-expired = Bestellung abgelaufen
history-order-canceled = Bestellung storniert
history-recipient-created = Empfänger ins Adressbuch aufgenommen
history-recipient-active = Empfänger im Adressbuch aktiviert
history-recipient-inactive = Empfänger im Adressbuch noch nicht aktiv
history-recipient-denied = Empfänger im Adressbuch auf der Sperrliste
history-recipient-changed = Empfänger im Adressbuch geändert
history-recipient-deleted = Empfänger aus dem Adressbuch entfernt
history-subscription-created = Abonnement von Benachrichtigungen erstellt
history-subscription-confirmed = Abonnement von Benachrichtigungen bestätigt
history-subscription-deleted = Abonnement von Benachrichtigungen gelöscht
history-endpoint-created = Webhook-Endpunkt hinzugefügt
history-endpoint-changed = Webhook-Endpunkt geändert
history-endpoint-secret = Signaturgeheimnis des Webhook-Endpunkts geändert
history-endpoint-deleted = Webhook-Endpunkt gelöscht
history-endpoint-disabled = Webhook-Endpunkt deaktiviert, weil er nicht funktioniert
history-endpoint-redelivered = Fehlgeschlagene Nachrichten erneut gesendet
history-delivery-redelivered = Nachricht erneut gesendet
history-endpoint-test = Testnachricht gesendet
history-user-added = Mitglied hinzugefügt
history-user-role = Rolle geändert
history-user-disabled = Konto gesperrt
history-user-enabled = Konto entsperrt
history-user-password = Passwort geändert
history-user-reset-mailed = Link für ein neues Passwort gesendet
history-user-session-ended = Sitzung beendet
history-user-signed-in = Angemeldet
history-user-signed-out = Überall abgemeldet
history-factor-begun = Einrichtung des zweiten Faktors begonnen
history-factor-on = Zweiter Faktor eingeschaltet
history-factor-off = Zweiter Faktor ausgeschaltet
history-factor-used = Zwei-Faktor-Code eingegeben
history-factor-codes = Wiederherstellungscodes ersetzt
history-factor-reset = Zweiter Faktor zurückgesetzt
history-merchant-renamed = Händler umbenannt
history-merchant-wallet = ID der Wallet geändert
history-policy-changed = Richtlinie geändert
history-policy-proposed = Änderung der Richtlinie vorgeschlagen
history-policy-approved = Änderung der Richtlinie freigegeben
history-policy-withdrawn = Änderung der Richtlinie zurückgezogen
history-policy-outdated = Änderung der Richtlinie überholt
history-deny-list-imported = Sperrliste importiert
history-draft-discarded = Entwurf von jemand anderem verworfen
history-payouts-paused = Auszahlungen pausiert
history-payouts-resumed = Auszahlungen fortgesetzt
history-payouts-reconciled = Auszahlungen abgeglichen
history-payouts-assigned = Transaktion einer Erstattung zugeordnet
history-payouts-explained = Transaktion oder Bewegung geklärt
history-network-resumed = Angehaltenes Netzwerk wieder überwacht
history-wallet-advanced = Einzahlungsadressen übersprungen
history-month-closed = Monat abgeschlossen
history-books-currency = Buchwährung geändert
history-balance-topped-up = Testgeld hinzugefügt
history-view-shared = Ansicht mit dem Team geteilt
history-view-renamed = Geteilte Ansicht umbenannt
history-view-deleted = Geteilte Ansicht gelöscht
history-key-created = API-Schlüssel erstellt
history-key-replaced = API-Schlüssel ersetzt
history-key-revoked = API-Schlüssel widerrufen

# Warum es geschehen ist, neben dem, der es getan hat.
history-why-refunded = Grund: { $reason }.
history-why-noted = Notiz: { $note }
history-why-overridden = Trotz einer Warnung an diese Adresse gesendet: { $reason }
# Ein Satz, und was die Person geschrieben hat, die Auszahlungen pausiert hat.
history-why-paused = { $why } Angegebener Grund: { $given }
history-why-ended-early = Vor Ablauf der Zahlungsfrist beendet.
history-why-taken-back = Das Netzwerk hat den Block einer Zahlung entfernt, deshalb wurde die Zahlung zurückgebucht.

# Der Status einer Zahlungsanforderung, in einer Marke.
history-status-created = erstellt
history-status-pending = wartet auf Zahlung
history-status-complete = abgeschlossen
history-status-active = aktiv
history-status-expired = abgelaufen
history-status-failed = fehlgeschlagen
history-status-refunded = erstattet
history-status-underpaid = zu wenig bezahlt
history-status-paid = bezahlt
history-status-overpaid = zu viel bezahlt
history-status-active-partially = aktiv, teilweise erstattet
history-status-active-fully = aktiv, vollständig erstattet
history-status-partially-refunded = teilweise erstattet
history-status-fully-refunded = vollständig erstattet
history-status-refund-on-its-way = Erstattung unterwegs
history-status-refund-rejected = Erstattung abgelehnt

# Warum eine Zahlung nicht gutgeschrieben wurde, und was mit ihr zu tun ist.
history-unsupported-refunded = Sie ging nach der ersten Erstattung ein und wurde deshalb nicht gutgeschrieben. Vereinbaren Sie mit dem Kunden, was mit ihr geschehen soll.
history-unsupported-expired = Sie ging nach Ablauf der Zahlungsfrist ein und wurde deshalb nicht gutgeschrieben. Vereinbaren Sie mit dem Kunden, was mit ihr geschehen soll.
history-unsupported-coin = Es ist ein anderer Coin als der angeforderte, deshalb wurde sie nicht gutgeschrieben. Sie liegt auf der Einzahlungsadresse. Vereinbaren Sie mit dem Kunden, was mit ihr geschehen soll.
history-unsupported-network = Sie kam über ein Netzwerk, in dem diese Adresse nicht angeboten wurde, und wurde deshalb nicht gutgeschrieben. Sie liegt auf der Einzahlungsadresse in diesem Netzwerk. Vereinbaren Sie mit dem Kunden, was mit ihr geschehen soll.
history-unsupported-dust = Sie ist weniger wert als der kleinste Betrag, der gutgeschrieben wird. Es ist nichts zu tun, außer der Kunde fragt danach.

# Was bei Überfälligem zu tun ist.
history-stalled-confirmation = Die Frist des Kunden für die Bestätigung ist abgelaufen. Fragen Sie den Betreiber des Servers, ob der Hintergrundprozess läuft.
history-stalled-approval = Geben Sie sie frei oder lehnen Sie sie ab; der Kunde wartet.
history-stalled-pending = Fragen Sie den Betreiber des Servers, ob der Hintergrundprozess läuft und was in seinem Protokoll steht.
history-stalled-processing = Schlagen Sie die Überweisung im Netzwerk nach. Von selbst wird sie nie ein zweites Mal gesendet.
history-stalled-created = Fragen Sie den Betreiber des Servers, ob der Hintergrundprozess läuft und die Blockchain antwortet.
history-stalled-unpaid = Die Zahlungsfrist ist abgelaufen. Fragen Sie den Betreiber des Servers, ob der Hintergrundprozess läuft.
history-stalled-payment = Schlagen Sie die Einzahlung im Netzwerk nach, und benachrichtigen Sie den Kunden.
