# Zahlungsanforderungen, ihre Zahlungen und nicht zuordenbare Zahlungen.

intents-title = Zahlungsanforderungen
intents-intent = Zahlungsanforderung #{ $number }
intents-new = Neue Zahlungsanforderung
intents-any-amount = Beliebig, in { $coin }
intents-amount = Betrag
intents-status = Status
intents-created = Erstellt
intents-credited-in = Gutschrift in

# Die Liste.
intents-search = Suche
intents-search-hint = Bestellung, Kunde, Adresse, Transaktion oder ID
intents-search-with-notes = Bestellung, Kunde, Adresse, Transaktion, ID oder Notiz
intents-more-filters = Weitere Filter
intents-from-day = Von
intents-to-day = Bis
intents-sort = Sortierung
intents-newest-first = Neueste zuerst
intents-oldest-first = Älteste zuerst
intents-largest-first = Größte zuerst
intents-smallest-first = Kleinste zuerst
intents-every-status = Jeder Status
intents-status-created = Erstellt
intents-status-pending = Wartet auf Zahlung
intents-status-complete = Abgeschlossen
intents-status-paid = Abgeschlossen: genau bezahlt
intents-status-underpaid = Abgeschlossen: zu wenig bezahlt
intents-status-overpaid = Abgeschlossen: zu viel bezahlt
intents-status-active = Aktiv: kann mehrmals bezahlt werden
intents-status-expired = Abgelaufen
intents-status-failed = Fehlgeschlagen
intents-status-refunded = Erstattung begonnen
intents-words = Wörter
intents-show-all = alle Zahlungsanforderungen anzeigen
intents-none = Noch keine Zahlungsanforderungen
intents-none-text = Ihr Shop erstellt sie über die API (POST /v1/paymentIntents), oder Sie erstellen eine mit der Schaltfläche oben.

# Das Formular für eine neue.
intents-pays-in = Der Kunde zahlt in
intents-what-is-paid = Was der Kunde zahlt
intents-amount-of = Betrag in { $coin }
intents-networks = Netzwerke, in denen gezahlt werden kann
intents-create = Erstellen
intents-no-coin = Keine Coins verfügbar
intents-no-coin-text = Dieser Server ist mit keinem Netzwerk verbunden, in dem er Coins empfängt.

# Eine Zahlungsanforderung.
intents-order = Bestellung #{ $number }
intents-continuous = #{ $number }, dauerhaft: kann mehrmals bezahlt werden
intents-refund = Krypto-Erstattung
intents-no-refund = Eine Erstattung ist zurzeit nicht möglich.
intents-sandbox = Dies ist eine Testumgebung, deshalb zahlt kein Kunde. Sie können an seiner Stelle zahlen.
intents-pay-as-customer = Als Kunde { $amount } zahlen
intents-pay-any-as-customer = Als Kunde zahlen
intents-amounts = Beträge
intents-asked = Angefordert
intents-paid = Bezahlt
intents-refunded = Erstattet
intents-in-flight = Erstattung unterwegs
intents-left = Noch erstattbar
intents-fee = Bearbeitungsgebühr
intents-refundable-until = Eine Erstattung ist bis { $until } möglich.
intents-refundable-until-continuous = Eine Erstattung ist bis { $until } möglich; mit jeder Zahlung beginnt die Frist neu.
intents-was-refundable-until = Eine Erstattung war bis { $until } möglich.
intents-was-refundable-until-continuous = Eine Erstattung war bis { $until } möglich; mit jeder Zahlung beginnt die Frist neu.
intents-refunds = Erstattungen
intents-refunds-of-this = Erstattungen dieser Zahlungsanforderung
intents-no-refunds = Es wurde nichts erstattet.
intents-addresses = Einzahlungsadressen
intents-qr = QR-Code
intents-address-soon = Die Adresse wird gerade erzeugt.
intents-details = Details
intents-id = ID
intents-reference = Bestellung im Shop
intents-order-title = Titel der Bestellung
intents-customer = E-Mail-Adresse des Kunden
intents-everything-of-customer = Alles zu diesem Kunden
intents-paid-until = Zahlbar bis
intents-without-end = Unbefristet
intents-customer-page = Seite für den Kunden
intents-show-page = Anzeigen
intents-description = Beschreibung
intents-callback-url = Webhooks gehen an
intents-success-url = Nach der Zahlung zurück zu
intents-cancel-url = Sonst zurück zu
intents-metadata = Metadaten
intents-api = In der API
intents-api-show = JSON dieser Zahlungsanforderung
intents-api-text = Die Antwort auf GET /v1/paymentIntents/{ $id }

# Ihre Zahlungen, wenn kein echtes Netzwerk sie meldet. Der Rest steht in payments.ftl.
intents-payments-of-this = Zahlungen zu dieser Zahlungsanforderung
intents-credited = Gutgeschrieben
intents-from-and-transaction = Absender und Transaktion
intents-arrived = Eingegangen

# Was aus einer Zahlung wurde, wenn von ihrem Netzwerk nichts bekannt ist.
intents-payment-being-confirmed = wird bestätigt
intents-payment-not-credited = nicht gutgeschrieben
intents-payment-credited = gutgeschrieben
intents-payment-failed = fehlgeschlagen

# Was der Stand einer Zahlung bedeutet, für das Team.
intents-stage-seen = Sie wurde erkannt und ist noch nicht gutgeschrieben.
intents-stage-confirmed = Sie hat alle nötigen Bestätigungen. Sie wird gutgeschrieben, sobald genügend Knoten dasselbe melden.
intents-stage-credited = Sie ist gutgeschrieben. Der Block ist noch nicht endgültig, sie kann also noch zurückgebucht werden.
intents-stage-final = Sie ist endgültig gutgeschrieben.
intents-stage-not-credited = Sie ist nicht gutgeschrieben. Sie steht unter den nicht zuordenbaren Zahlungen.
intents-stage-in-no-block = Das Netzwerk hat ihren Block entfernt. Meist kommt sie in einem anderen Block zurück; es ist nichts zu tun.
intents-stage-taken-back = Das Netzwerk hat ihren Block entfernt, deshalb wurde sie vom Guthaben zurückgebucht. Wenn sie zurückkommt, wird sie wieder gutgeschrieben.
intents-stage-lost = Das Netzwerk hat ihren Block entfernt, und das Geld war schon ausgegeben. Ein Inhaber muss entscheiden, was geschieht.
intents-stage-failed = Sie wird nicht eingehen.
intents-rate-stale = Der letzte Wechselkurs dafür ist zu alt. Der Betreiber des Servers muss die Quelle der Kurse prüfen; danach wird die Zahlung von selbst gutgeschrieben.
intents-rate-missing = Es gibt dafür keinen Wechselkurs. Der Betreiber des Servers muss die Quelle der Kurse prüfen; danach wird die Zahlung von selbst gutgeschrieben.

# Nicht zuordenbare Zahlungen.
intents-unsupported = Nicht zuordenbare Zahlungen
intents-no-unsupported = Keine nicht zuordenbaren Zahlungen
intents-no-unsupported-text = Zahlungen, die eine Zahlungsanforderung nicht erwartet, weil sie beendet ist oder etwas anderes angefordert hat, werden nicht gutgeschrieben. Sie stehen hier.
intents-none-open = Nichts zu erledigen
intents-none-open-text = Zahlungen, die eine Zahlungsanforderung nicht erwartet, weil sie beendet ist oder etwas anderes angefordert hat, werden nicht gutgeschrieben. Hier stehen die, die noch niemand erledigt hat, ohne die, die weniger wert sind als der kleinste Betrag, der gutgeschrieben wird.
intents-letters = Zeichen
intents-show-all-unsupported = alle anzeigen
intents-funds-state = Status
intents-funds-open = Offen
intents-funds-handled = Erledigt
intents-funds-all = Alle
intents-no-handled-text = Noch keine Zahlung ist als erledigt markiert.
intents-mark-handled = Als erledigt markieren
intents-mark-handled-later = Noch nicht: Das Netzwerk kann sie noch entfernen.
# Nach dem Text davor, für Screenreader.
intents-mark-handled-of = , Einzahlung von { $amount }
intents-handled-note = Was getan wurde
intents-handled-note-hint = Zum Beispiel, dass der Kunde sein Geld zurückbekommen hat, mit der Transaktion. Der Text kann später nicht geändert werden.
intents-handled-save = Speichern
intents-strays = Zahlungen an nicht zugeteilte Adressen
intents-stray = { $network }: { $story } Gefunden am { $found }.
intents-strays-text = Finden Sie den Kunden, erstatten Sie ihm den Betrag aus Ihrer eigenen Wallet und klären Sie die Zahlung auf der Seite { $payouts }.
intents-strays-payouts = Auszahlungen
