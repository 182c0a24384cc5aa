# Was beim Erstellen einer Erstattung geprüft wurde und was die Prüfungen ergaben. Beides wird mit der Erstattung gespeichert.

# Die Namen der Prüfungen.
check-rule-idempotency-key = Idempotenzschlüssel
check-rule-order-fits = Coin und Netzwerk
check-rule-screening = Sperrliste
check-rule-address-history = Vorgeschichte der Adresse
check-rule-recipient-on-chain = Empfänger im Netzwerk
check-rule-destination = Art der Adresse
check-rule-refundable = Zahlungsanforderung
check-rule-price-part = Anteil am Preis
check-rule-expected-refundable = Erwarteter Restbetrag
check-rule-within-refundable = Noch erstattbar
check-rule-refund-limit = Höchstbetrag einer Erstattung
check-rule-daily-limit = Höchstbetrag eines Tages
check-rule-quote-matches = Kursangebot für diese Erstattung
check-rule-quote-current = Kursangebot noch gültig
check-rule-balance = Guthaben

# Wie eine Prüfung ausging.
check-outcome-passed = bestanden
check-outcome-not-checked = nicht geprüft
check-outcome-warned = Hinweis
check-outcome-overridden = übergangen

# Was sie ergab.
check-order-fits = { $coin } wird auf { $network } gesendet.
check-screening-without-list = Es wurde keine Sperrliste importiert.
check-screening-clear = Die Adresse steht nicht auf der Sperrliste { $list } { $version }.
check-address-refunded = Eine Erstattung vom { $day } an diese Adresse wurde abgeschlossen.
check-address-in-book = Die Adresse steht seit dem { $day } im Adressbuch.
check-address-new = Die Adresse ist neu: Noch keine Erstattung an sie wurde abgeschlossen, und keine frühere Adresse ist ihr ähnlich.
check-recipient-not-known = Dieser Server kann Adressen auf { $network } nicht prüfen.
check-recipient-usable = Die Adresse kann verwenden, was sie auf { $network } erhält.
check-destination-wallet = Es ist eine Adresse ohne Memo, und Ihre Richtlinie erlaubt sie.
check-destination-shared = Es ist eine gemeinsame Adresse mit Memo, und Ihre Richtlinie erlaubt sie.
check-destination-program = Es ist die Adresse eines Programms, und Ihre Richtlinie erlaubt sie.
check-refundable = { $left } waren noch erstattbar, bis zum { $day } um { $time } Uhr (UTC).
check-price-part = { $part } vom Preis sind { $amount }.
check-expected-refundable = Die Anfrage ging davon aus, dass noch { $left } erstattbar sind, und das war richtig.
check-within-refundable = { $amount } von { $left }, die noch erstattbar waren.
check-limit-worth = Die Erstattung war { $worth } wert. Ihre Richtlinie begrenzt eine Erstattung auf { $limit }.
check-limit-currency = { $amount }; Ihre Richtlinie begrenzt eine Erstattung in dieser Währung auf { $limit }.
check-limit-none = Ihre Richtlinie hatte keinen Höchstbetrag für eine Erstattung.
check-daily-limit-person = Für eine Person: an diesem Tag (UTC) vorher { $spent }, für diese Erstattung { $worth }; der Höchstbetrag war { $limit }.
check-daily-limit-all = Für alle zusammen: an diesem Tag (UTC) vorher { $spent }, für diese Erstattung { $worth }; der Höchstbetrag war { $limit }.
check-daily-limit-none = Ihre Richtlinie hatte keinen Höchstbetrag für einen Tag.
check-quote-matches = Das Kursangebot galt für diesen Betrag, diesen Coin, dieses Netzwerk und dieses Guthaben.
check-quote-current = Das Kursangebot galt bis zum { $day } um { $time } Uhr (UTC).
check-balance = { $total } von { $available }, die verfügbar waren.
