# Was die Listen der Konsole gemeinsam haben: die Köpfe ihrer Spalten und die Namen ihrer Filter.

# Die Köpfe der Spalten, die auf einem Telefon auch vor den Werten stehen.
lists-amount = Betrag
lists-api-key = Schlüssel
lists-arrived = Eingegangen
lists-asked = Angefordert
lists-by = Erstellt von
lists-changed = Zuletzt geändert
lists-created = Erstellt
lists-customer = Kunde
lists-details = Details
lists-expires = Läuft ab
# Was zu einer nicht gutgeschriebenen Zahlung getan wurde.
lists-handled = Was getan wurde
lists-id = ID
lists-intent = Zahlungsanforderung
lists-last-paid = Letzte Zahlung
lists-left = Noch erstattbar
lists-network = Netzwerk
lists-networks = Netzwerke
lists-number = Nr.
lists-order = Bestellung
# Die Netzwerkadresse, von der eine Anfrage kam.
lists-origin = Herkunft
lists-paid = Bezahlt
lists-reason = Grund
lists-reference = Bestellung im Shop
lists-refunded = Erstattet
lists-rejection = Ablehnungsgrund
lists-request = Anfrage
lists-request-id = Anfrage-ID
# Die Adresse, die gezahlt hat.
lists-sender = Absender
lists-sent = Gesendet
lists-settlement = Gutschrift in
lists-status = Status
# Die Adresse, an die eine Erstattung geht.
lists-to = An
lists-took = Dauer
lists-total = Gesamtkosten
lists-transaction = Transaktion
lists-what = Aktion
lists-when = Zeitpunkt
lists-who = Wer
lists-why = Warum nicht gutgeschrieben

# Die Namen der Filter, in einer Aufzählung derer, die nicht verstanden wurden.
lists-field-currency = Währung
lists-field-endpoint = Endpunkt
lists-field-event = Ereignis
lists-field-from = Anfangsdatum
lists-field-held = Wartegrund
lists-field-id = ID
lists-field-key = Schlüssel
lists-field-kind = Art
lists-field-max = größter Betrag
lists-field-min = kleinster Betrag
lists-field-network = Netzwerk
lists-field-period = Zeitraum
lists-field-state = Status
lists-field-status = Status
lists-field-to = Enddatum

# Zeiträume, nach denen eine Liste gefiltert werden kann.
lists-last-month = Letzter Monat
lists-last-seven-days = Letzte 7 Tage
lists-last-thirty-days = Letzte 30 Tage
lists-this-month = Dieser Monat
lists-today = Heute

# Die Reihenfolge von Listen nach der Zeit und die Tage eines Zeitraums.
lists-sort = Sortierung
lists-newest-first = Neueste zuerst
lists-oldest-first = Älteste zuerst
lists-from-day = Von
lists-to-day = Bis
