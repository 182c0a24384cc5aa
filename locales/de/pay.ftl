# Die Seite, auf der ein Kunde eine Bestellung bezahlt.

pay-your-order = Ihre Bestellung
pay-price = Preis
pay-shop = Shop
pay-reference = Bestellnummer des Shops
pay-no-rate = Im Moment ist für keinen Coin ein Wechselkurs bekannt, deshalb kann die Bestellung nicht bezahlt werden. Versuchen Sie es in einigen Minuten noch einmal.
pay-choice = Womit möchten Sie bezahlen?
pay-choice-until = Wählen Sie einen Coin und ein Netzwerk, die Ihre Wallet senden kann. Der Betrag steht fest, sobald Sie fortfahren. Sie haben bis { $until } Zeit.
pay-coin-on-network = { $coin } auf { $network }
pay-go-on = Weiter
pay-going-on = Einen Moment …

pay-send = Senden Sie genau diesen Betrag
pay-partly = { $amount } sind eingegangen; der Rest fehlt noch.
pay-sandbox = Dies ist eine Testumgebung, und die Adresse gehört niemandem: Senden Sie kein echtes Geld dorthin. Der Shop kann an Ihrer Stelle zahlen, auf der Seite der Zahlungsanforderung.
pay-amount = Betrag
pay-until = Zahlbar bis
pay-rules = Ein kleinerer Betrag bezahlt die Bestellung nicht. Was später oder über ein anderes Netzwerk eingeht, kann nicht gutgeschrieben werden. Gebühren Ihrer Wallet oder Börse kommen hinzu.
pay-network = Netzwerk
pay-address = Adresse
pay-address-soon = Sie wird gerade erzeugt; sehen Sie gleich noch einmal nach.
pay-qr = QR-Code
pay-qr-of-address = QR-Code der Adresse
pay-open-wallet = In einer Wallet öffnen

pay-seen = Ihre Zahlung wurde erkannt
pay-seen-text = Das Netzwerk bestätigt sie gerade. Wenn Sie den ganzen Betrag gesendet haben, müssen Sie nichts tun. Sonst zeigt diese Seite, was fehlt, sobald die Zahlung bestätigt ist.
pay-paid = Bezahlt
pay-paid-text = Vielen Dank. { $shop } wurde benachrichtigt.
pay-expired = Die Zeit zum Bezahlen ist abgelaufen
pay-expired-text = Senden Sie nichts mehr. Wenn Sie schon etwas gesendet haben, fragen Sie { $shop }.
pay-canceled = Sie haben diese Bestellung storniert
pay-canceled-text = { $shop } wurde benachrichtigt. Senden Sie nichts mehr.
pay-invalid = Diese Bestellung kann nicht bezahlt werden
pay-invalid-text = Bitten Sie { $shop } um eine neue.
pay-refunded = Erstattet
pay-refunded-text = Alles, was Sie gezahlt haben, wurde zurückgesendet.
pay-refunded-partly = Teilweise erstattet
pay-refunded-partly-text = Ein Teil dessen, was Sie gezahlt haben, wurde zurückgesendet.
# Vor dem Text eines Ergebnisses.
pay-outcome = { $title }.
pay-back = Zurück zu { $shop }

pay-cancel = Bestellung stornieren
pay-cancel-text = Der Shop erfährt, dass Sie nicht bezahlen werden, und diese Bestellung kann nicht mehr bezahlt werden. Stornieren Sie nicht, wenn Sie schon etwas gesendet haben.

pay-status-unreachable = Der Server ist gerade nicht erreichbar; es wird weiter versucht.
pay-status-live = Diese Seite aktualisiert sich selbst.
pay-status-check = Neu laden
