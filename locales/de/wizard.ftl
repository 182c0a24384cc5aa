# Eine Erstattung in fünf Schritten, vom Empfänger bis zur Bestätigung.

wizard-title = Erstattung
wizard-page-title = { $step } · Erstattung zu #{ $number }
wizard-above = Zahlungsanforderung #{ $number }
wizard-heading = Krypto-Erstattung
wizard-steps = Schritte der Erstattung
wizard-back = Zurück

# Die Zahlung, neben jedem Schritt.
wizard-payment = Die Zahlung
wizard-paid = Bezahlt
wizard-paid-on = Netzwerk der Zahlung
wizard-refunded = Erstattet
wizard-in-flight = Erstattung unterwegs
wizard-left = Noch erstattbar

# Was eine Erstattung kostet.
wizard-cost-of-price = Anteil am Preis
wizard-cost-refunded = Erstatteter Betrag
wizard-cost-coin-rate = Kurs des Coins
wizard-cost-sent = Der Kunde erhält
wizard-cost-rate = Kurs
wizard-cost-debit = Belastung Ihres Guthabens
wizard-cost-fee = Netzwerkgebühr
wizard-cost-fee-deducted = Netzwerkgebühr, von der Erstattung abgezogen
wizard-cost-fee-as-of = Stand der Gebühr
wizard-cost-total = Insgesamt

# Wie lange ein Kurs oder eine Netzwerkgebühr gilt. Das Skript zählt die Sekunden herunter; nur 1 hat dort eine eigene Form.
wizard-rate-until = Der Kurs gilt bis { $until }.
wizard-rate-seconds = { $seconds ->
    [one] Der Kurs gilt noch 1 Sekunde.
   *[other] Der Kurs gilt noch { $seconds } Sekunden.
}
wizard-rate-over = Der Kurs ist abgelaufen; rufen Sie unten einen neuen ab.
wizard-rate-expired = Der Kurs ist abgelaufen.
wizard-rate-expired-next = Es wurde nichts gesendet. Rufen Sie den aktuellen Kurs ab und prüfen Sie die Beträge noch einmal.
wizard-rate-new = Neuen Kurs abrufen
wizard-fee-until = Die Netzwerkgebühr gilt bis { $until }.
wizard-fee-seconds = { $seconds ->
    [one] Die Netzwerkgebühr gilt noch 1 Sekunde.
   *[other] Die Netzwerkgebühr gilt noch { $seconds } Sekunden.
}
wizard-fee-over = Die Netzwerkgebühr ist nicht mehr aktuell; rufen Sie unten eine neue ab.
wizard-fee-expired = Die Netzwerkgebühr ist nicht mehr aktuell.

# Schritt 1
wizard-earlier = Sie haben diese Erstattung schon am { $time } begonnen.
wizard-earlier-text = Die Angaben unten stammen von damals und wurden zuletzt am { $time } geändert. Wenn der Kunde Ihnen seitdem eine andere Adresse geschickt hat, verwerfen Sie diesen Entwurf und geben Sie die neue ein.
wizard-earlier-discard = Verwerfen und neu beginnen
wizard-coin = Coin, der gesendet wird
wizard-coin-change = Coin wechseln
wizard-coin-not-sent = Dieser Server sendet kein { $coin }.
wizard-coin-another = Wählen Sie einen anderen Coin, wenn der Kunde einverstanden ist.
wizard-coin-none = Es ist kein auszahlendes Konto verbunden. Wenden Sie sich an den Betreiber des Servers.
wizard-network = Netzwerk
wizard-address = Adresse des Kunden
wizard-address-hint = Fragen Sie den Kunden danach. Die Adresse, von der eine Zahlung kam, gehört oft einer Börse. Geld, das dorthin gesendet wird, ist verloren.
wizard-address-right = Die Prüfsumme stimmt.
wizard-memo = Memo oder Destination-Tag
wizard-memo-hint = Daran erkennen Börsen, welchem Kunden das Geld gehört. Coins, die ohne diese Angabe ankommen, sind oft verloren.
wizard-memo-not-needed = Der Kunde sagt, dass kein Memo nötig ist: Es ist seine eigene Wallet, keine Börse.
wizard-memo-without-tag = Laut der Adresse ist kein Tag nötig.
wizard-memo-with-tag = Die Adresse enthält das Tag { $tag }. Es wird mitgesendet.
wizard-memo-inside = Die Adresse enthält die Nummer des Kunden. Ein Memo ist nicht nötig.
wizard-override = Grund, trotz der Warnung zu senden
wizard-override-hint = Vergleichen Sie zuerst jedes Zeichen mit der Nachricht des Kunden. Was Sie hier angeben, steht im Prüfprotokoll.
wizard-email = E-Mail-Adresse des Kunden
wizard-email-hint = Der Kunde erfährt per E-Mail, wie die Erstattung ausgegangen ist. Sie können später nach dieser Adresse suchen.
wizard-reason = Grund
wizard-note = Notiz für Ihr Team
wizard-to-amount = Weiter zum Betrag

# Schritt 2
wizard-amount-way = Wie der Betrag angegeben wird
wizard-amount-as-paid = In { $coin }, wie gezahlt wurde
wizard-amount-of-price = Als Teil des Preises von { $price }
wizard-amount-in-dollars = In US-Dollar, zum aktuellen Kurs
wizard-amount-overpaid = Nur den zu viel gezahlten Betrag: { $amount }
wizard-amount-in = Betrag in { $coin }
wizard-amount-left = Noch erstattbar: { $amount }.
wizard-amount-worth = ≈ { $amount } US-Dollar zum aktuellen Kurs
wizard-amount-parts = Teil des noch erstattbaren Betrags
wizard-amount-all = Alles
wizard-price = Teil des Preises, in { $currency }
wizard-price-hint = Der Kunde erhält, was dieser Teil des Preises zum aktuellen Kurs wert ist.
wizard-worth = Wert der Erstattung, in { $currency }
wizard-worth-hint = Der Kunde erhält so viel von dem Coin, mit dem gezahlt wurde, wie diesem Wert zum aktuellen Kurs entspricht.
wizard-to-funding = Weiter zum Guthaben

# Schritt 3
wizard-funding-hint = Ein Guthaben in einer anderen Währung wird zum aktuellen Kurs belastet. Auf der nächsten Seite gilt er eine Minute lang.
wizard-funding-choice = Guthaben, das belastet wird
wizard-funding-missing = Wählen Sie ein Guthaben, das für die Erstattung und die Netzwerkgebühr ausreicht.
wizard-funding-none = Kein Guthaben reicht für diese Erstattung aus. Geben Sie im vorigen Schritt weniger ein, oder füllen Sie zuerst ein Guthaben auf.
wizard-funding-available = { $amount } verfügbar
wizard-funding-cost = { $debit } + { $fee } Netzwerkgebühr. Danach bleiben { $rest }.
wizard-fee-payer = Wer die Netzwerkgebühr zahlt
wizard-fee-payer-merchant = Sie, zusätzlich zur Erstattung
wizard-fee-payer-customer = Der Kunde, aus der Erstattung
wizard-to-review = Weiter zur Prüfung

# Schritt 4
wizard-would-wait = Die Erstattung würde nicht sofort gesendet.
wizard-unexplained = Auszahlungen auf { $network } sind pausiert, weil dieser Server nicht erklären kann, was ein Konto dort getan hat. Vielleicht hat es diesem Kunden den Betrag schon gezahlt. Prüfen Sie das, bevor Sie fortfahren.
wizard-unexplained-link = Auszahlungen öffnen
wizard-about-to-send = Sie sind dabei, { $amount } auf { $network } an diese Adresse zu senden:
wizard-with-memo = Mit dem Memo { $memo }.
wizard-with-tag = Mit dem Destination-Tag { $memo }.
wizard-without-memo = Ohne Memo.
wizard-without-tag = Ohne Destination-Tag.
wizard-review-note = Notiz
wizard-needs-approval = Bei diesem Betrag gilt das Vier-Augen-Prinzip: Bevor die Erstattung gesendet wird, prüft sie jemand aus Ihrem Team, der Erstattungen freigeben darf.
wizard-held-until = Die Adresse ist neu. Deshalb wartet die Erstattung bis { $time } und kann bis dahin gestoppt werden.
wizard-final = Eine Erstattung kann nicht rückgängig gemacht werden.
wizard-final-text = Nach der Bestätigung gehen die Coins an genau diese Adresse in genau diesem Netzwerk. Niemand kann sie zurückholen.
wizard-to-confirm = Weiter zur Bestätigung

# Schritt 5
wizard-end-of-address = Die letzten sechs Zeichen der Adresse
wizard-end-of-address-hint = Das ist eine hohe Erstattung. Lesen Sie die Zeichen in der Nachricht des Kunden ab, nicht auf dieser Seite.
wizard-agree = Die Adresse auf { $network } gehört dem Kunden. Mir ist bekannt, dass die Erstattung nicht rückgängig gemacht werden kann.
wizard-send = { $amount } senden
wizard-ask-to-send = { $amount } zur Freigabe vorlegen
wizard-sending = Wird gesendet …
