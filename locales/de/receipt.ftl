# Die Quittung einer Erstattung.

receipt-heading = Quittung über eine Erstattung
receipt-from = Von
receipt-for = Für
receipt-value = Wert
receipt-value-paid = { $amount } des gezahlten Betrags
receipt-sent = Gesendet
receipt-address = Adresse
receipt-memo = Memo oder Tag
receipt-transaction = Transaktion
receipt-number = Nummer
receipt-proof = Jeder kann die Transaktion im Netzwerk nachschlagen und sehen, dass sie diesen Betrag an diese Adresse gezahlt hat.
receipt-keep = Um sie aufzubewahren, drucken Sie diese Seite oder speichern Sie sie als PDF.
