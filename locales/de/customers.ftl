# Die Seite mit allem zu einem Kunden und die Seite mit einer E-Mail-Adresse oder Adresse, die anderswo verdeckt ist.

customers-title = Kunden
customers-title-of-one = Kunde
customers-field = E-Mail-Adresse oder Adresse in einem Netzwerk
customers-hint = Geben Sie eine vollständige E-Mail-Adresse oder Adresse in einem Netzwerk ein, um die Zahlungen, Erstattungen und Notizen dazu zu sehen. Auch Zahlungsanforderungen und Erstattungen verweisen hierher.
customers-nothing = Keine Einträge
customers-nothing-text = Unter genau dieser Adresse ist nichts verzeichnet. Prüfen Sie sie auf Tippfehler.
customers-everything = Alles zu diesem Kunden
customers-show-all = Alle anzeigen
customers-none = Keine.
customers-listed = Die neuesten { $count } sind aufgeführt; ältere können fehlen.

# Ein verdeckter Wert.
customers-revealed-email = Die E-Mail-Adresse des Kunden
customers-revealed-address = Die Adresse des Kunden
customers-revealed-memo = Das Memo zur Adresse des Kunden
customers-revealed-link = Der Link zur Quittung des Kunden
customers-revealed-recorded = Im Prüfprotokoll steht jetzt, dass Sie dies angesehen haben.
customers-back = Zurück

# Summen nach Coins. Wenn Zahlungen oder Erstattungen fehlen, ist eine Summe mindestens so hoch wie angezeigt.
customers-totals = Summen
customers-totals-label = Summen des Kunden
customers-totals-none = Es ist nichts eingegangen, und es wurde nichts erstattet.
customers-totals-payments = Nur die neuesten { $count } Zahlungen sind enthalten.
customers-totals-refunds = Nur die neuesten { $count } Erstattungen sind enthalten.
customers-more-than = mehr als { $amount }
customers-coin = Coin
customers-paid = Bezahlt
customers-refunded = Erstattet
customers-on-its-way = Erstattung unterwegs
customers-not-credited = Nicht gutgeschrieben

# Die Listen. Jede hat eine Überschrift und einen Namen für Screenreader.
customers-intents = Zahlungsanforderungen
customers-intents-label = Zahlungsanforderungen des Kunden
customers-order = Bestellung
customers-status = Status
customers-created = Erstellt
customers-payments-of-intents = Zahlungen auf diese Zahlungsanforderungen
customers-payments-from-address = Zahlungen von dieser Adresse
customers-payments-label = Zahlungen des Kunden
customers-amount = Betrag
customers-network = Netzwerk
customers-arrived = Eingegangen
customers-refunds = Erstattungen
customers-refunds-label = Erstattungen an den Kunden
customers-unsupported = Nicht zuordenbare Zahlungen
customers-unsupported-label = Nicht zuordenbare Zahlungen des Kunden
customers-notes = Notizen zu diesen Zahlungsanforderungen
customers-notes-label = Notizen
customers-note-of = Notiz von { $author }
customers-note-order = Bestellung #{ $number }
