# Guthaben: was verfügbar und was reserviert ist, für welche Erstattungen, was gebucht wurde, und Testgeld der Testumgebung.

balances-title = Guthaben
balances-hint = Reserviertes gehört zu Erstattungen, die noch nicht abgeschlossen sind. Der Wert ist der von beidem zusammen, zum aktuellen Kurs und in der Buchwährung.
balances-none = Noch keine Guthaben
balances-none-text = Mit der ersten Zahlung in einer Währung erscheint deren Guthaben.
balances-currency = Währung
balances-available = Verfügbar
balances-reserved = Reserviert
balances-total = Gesamt
balances-worth = Wert
balances-no-rate = kein aktueller Kurs
# Was die Konten haben, die Erstattungen in echten Netzwerken auszahlen.
balances-payout-accounts = Auf den auszahlenden Konten

# Ein Guthaben.
balances-balance-in = Guthaben in { $currency }
balances-holds = Für Erstattungen reserviert
balances-holds-hint = Erstattungen, die weder abgeschlossen noch abgelehnt sind, mit ihrer Netzwerkgebühr. Die am längsten wartende steht oben.
balances-holds-label = Erstattungen, für die Geld reserviert ist
balances-holds-none = Für keine Erstattung ist etwas von diesem Guthaben reserviert.
balances-holds-cut = Das sind die ältesten { $shown } von { $count }. { $refunds }
balances-all-refunds = Alle Erstattungen
balances-refund = Erstattung
balances-held = Reservierter Betrag
balances-status = Status
balances-since = Seit
balances-postings = Buchungen
balances-postings-hint = Was das verfügbare Guthaben verändert hat. Eine abgeschlossene Erstattung steht hier nicht, weil ihr Geld schon beim Reservieren abgegangen ist.
balances-postings-label = Buchungen auf dem verfügbaren Guthaben
balances-postings-all = alle Buchungen anzeigen
balances-postings-none = Noch keine Buchung
balances-postings-none-text = Hier erscheint die erste Zahlung in dieser Währung oder die erste Erstattung aus diesem Guthaben.
balances-what-for = Beschreibung
balances-in = Zugang
balances-out = Abgang
balances-after = Guthaben danach
# Die Gebühr zu einer Buchung wird für sich gebucht.
balances-fee-of = { $kind }: Gebühr

# Wie ein Guthaben größer wird.
balances-top-up = Testgeld hinzufügen
balances-top-up-hint = Das ist eine Testumgebung: Das Geld ist erfunden, damit sich Erstattungen ausprobieren lassen. Wer es hinzugefügt hat, steht im Prüfprotokoll.
balances-top-up-amount = Betrag
balances-top-up-amount-in = Betrag in { $currency }
balances-add = Testgeld hinzufügen
balances-top-up-real = Guthaben wachsen durch Zahlungen. Erstattungen werden von den auszahlenden Konten gezahlt; deren Adressen zum Auffüllen stehen auf der Seite { $payouts }.
balances-payouts = Auszahlungen
