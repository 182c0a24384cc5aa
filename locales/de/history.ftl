# Der Verlauf von Zahlungsanforderungen und Erstattungen, der Status einer Zahlungsanforderung, und was bei nicht
# gutgeschriebenen Zahlungen und bei Überfälligem zu tun ist.

history-timeline = Verlauf
history-parts = Teile des Verlaufs
history-everything = Alles
history-changes = Änderungen
history-notes = Notizen
history-mails = E-Mails
history-callbacks = Webhooks
history-entries = Was geschehen ist
history-nothing = Davon wurde nichts aufgezeichnet.
history-only-newest = Nur die neuesten Einträge werden gezeigt.
history-rest-in-audit = Die übrigen stehen im Prüfprotokoll.
history-details = Details
# Nach dem Text davor, für Screenreader.
history-details-of = { " " }zu Eintrag { $number }
history-origin = , von { $origin } aus
history-note-of = Notiz von { $author }
history-note-for-colleagues = Notiz für das Team
history-add-note = Notiz hinzufügen
history-mail = E-Mail: { $kind }
history-mail-to = an { $recipient }: { $state }
history-mail-outbox = Postausgang
history-callback = Webhook { $event }

# Was geschehen ist.
history-intent-created = Zahlungsanforderung erstellt
history-intent-pending = Kann bezahlt werden
history-intent-complete = Bezahlt
history-intent-active = Bezahlt; kann weiter bezahlt werden
history-intent-expired = Abgelaufen
history-intent-failed = Fehlgeschlagen
history-intent-refunded = Erste Erstattung begonnen
history-payment-pending = Zahlung gesehen
history-payment-paid = Zahlung gutgeschrieben
history-payment-failed = Zahlung fehlgeschlagen
history-unsupported-received = Coins eingegangen, die nicht gutgeschrieben wurden
history-unsupported-handled = Nicht zuordenbare Zahlung als erledigt markiert
history-refund-created = Erstattung erstellt
history-refund-awaiting-confirmation = Kunde um Bestätigung der Adresse gebeten
history-refund-confirmation-undelivered = Kunde konnte nicht um Bestätigung der Adresse gebeten werden
history-refund-confirmed = Adresse vom Kunden bestätigt
history-refund-awaiting-approval = Wartet auf Freigabe
history-refund-approved = Erstattung freigegeben
history-refund-processing = Erstattung wird gesendet
history-refund-held = Erstattung wartet
history-refund-resumed = Erstattung geht weiter
history-refund-completed = Erstattung abgeschlossen
history-refund-rejected = Erstattung abgelehnt
history-cancellation-requested = Stornierung der Überweisung verlangt
history-fee-raised = Mit höherer Gebühr erneut gesendet
history-fee-raised-from = Mit höherer Gebühr erneut gesendet: { $to } statt { $from }
history-amount-corrected = Betrag der Überweisung berichtigt
history-deposit-written-off = Verlorene Zahlung abgeschrieben
history-deposit-recovered = Verlorene Zahlung wieder eingegangen
history-minimum-balances-changed = Mindestguthaben geändert
history-customer-revealed = Verdeckte Kundendaten aufgedeckt
history-receipt-shared = Link zur Quittung erstellt
history-mail-again = E-Mail erneut gesendet

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
history-unsupported-refunded = Sie ging nach der ersten Erstattung ein und wurde deshalb nicht gutgeschrieben. Klären Sie mit dem Kunden, was mit ihr geschehen soll.
history-unsupported-expired = Sie ging nach Ablauf der Zahlungsfrist ein und wurde deshalb nicht gutgeschrieben. Klären Sie mit dem Kunden, was mit ihr geschehen soll.
history-unsupported-coin = Es ist ein anderer Coin als der angeforderte, deshalb wurde sie nicht gutgeschrieben. Sie liegt auf der Einzahlungsadresse. Klären Sie mit dem Kunden, was mit ihr geschehen soll.
history-unsupported-network = Sie kam über ein Netzwerk, in dem diese Adresse nicht angeboten wurde, und wurde deshalb nicht gutgeschrieben. Sie liegt auf der Einzahlungsadresse in diesem Netzwerk. Klären Sie mit dem Kunden, was mit ihr geschehen soll.
history-unsupported-dust = Sie ist weniger wert als der kleinste Betrag, der gutgeschrieben wird. Es ist nichts zu tun, außer der Kunde fragt danach.

# Was bei Überfälligem zu tun ist.
history-stalled-confirmation = Die Frist des Kunden für die Bestätigung ist abgelaufen. Fragen Sie Ihren Administrator, ob der Hintergrundprozess läuft.
history-stalled-approval = Geben Sie sie frei oder lehnen Sie sie ab; der Kunde wartet.
history-stalled-pending = Fragen Sie Ihren Administrator, ob der Hintergrundprozess läuft und was in seinem Protokoll steht.
history-stalled-processing = Schlagen Sie die Überweisung im Netzwerk nach. Von selbst wird sie nie ein zweites Mal gesendet.
history-stalled-created = Fragen Sie Ihren Administrator, ob der Hintergrundprozess läuft und die Blockchain antwortet.
history-stalled-unpaid = Die Zahlungsfrist ist abgelaufen. Fragen Sie Ihren Administrator, ob der Hintergrundprozess läuft.
history-stalled-payment = Schlagen Sie die Einzahlung im Netzwerk nach, und benachrichtigen Sie den Kunden.
