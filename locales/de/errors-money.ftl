# Beträge, Währungen, Kurse und Guthaben.

error-amount-malformed = Das ist kein Betrag. Schreiben Sie Ziffern mit höchstens einem Punkt, zum Beispiel 12.50.
error-amount-not-positive = Der Betrag muss über null liegen.
error-amount-too-large = Der Betrag ist zu groß. Er muss unter 10000000000 liegen.
error-amount-too-precise = { $currency } hat höchstens { $places } Nachkommastellen.
error-amount-too-large-to-convert = Der Betrag ist zu groß, um ihn umzurechnen.
error-amount-too-small = { $value } ist weniger als der kleinste Betrag in { $coin }, der gesendet werden kann.
error-amount-above-left = Nur { $left } können noch erstattet werden.
error-amount-below-fee = Die Netzwerkgebühr von { $fee } ist so hoch wie die Erstattung; beim Kunden käme nichts an.
error-currency-unknown = Diese Währung wird nicht unterstützt. Möglich sind { $currencies }.
error-currencies-mixed = { $one } und { $other } lassen sich nicht verrechnen.
error-paid-in-other-currency = Diese Zahlungsanforderung wurde in { $currency } bezahlt und kann deshalb nur in { $currency } erstattet werden.
error-price-in-other-currency = Der Preis dieser Bestellung ist in { $currency }, deshalb wird auch in { $currency } erstattet.
error-no-rate-between = Es gibt keinen Kurs von { $from } nach { $to }.
error-rate-does-not-fit = Der Kurs passt nicht zur Umrechnung.
error-insufficient-balance = Vom Guthaben in { $currency } sind { $available } verfügbar; diese Erstattung braucht { $total } einschließlich der Netzwerkgebühr.
error-postings-not-balanced = Die Buchungen gehen nicht auf.
error-books-currency = Bücher können nur in Währungen nach ISO 4217 geführt werden, zum Beispiel USD oder EUR.

error-network-unknown = Dieses Netzwerk wird nicht unterstützt.
error-network-unknown-use = Dieses Netzwerk wird nicht unterstützt. Möglich sind { $networks }.
error-network-twice = Ein Netzwerk ist doppelt angegeben.
error-coin-not-on-network = { $coin } kann auf { $network } nicht gesendet werden.
error-coin-not-received-on = Dieser Server nimmt { $coin } auf { $network } nicht an, nur auf { $networks }.
error-coin-not-sent-on = Dieser Server sendet { $coin } auf { $network } nicht, nur auf { $networks }.
error-no-network-receives = Dieser Server ist mit keinem Netzwerk verbunden und nimmt deshalb nichts an.
error-no-network-sends = Dieser Server ist mit keinem Netzwerk verbunden und sendet deshalb nichts.
error-coin-never-received = Dieser Server nimmt { $coin } auf keinem Netzwerk an. Möglich sind { $currencies }.
error-coin-never-sent = Dieser Server sendet { $coin } auf keinem Netzwerk. Möglich sind { $currencies }.
error-network-not-received = Dieser Server nimmt auf { $network } nichts an.
error-network-not-received-only = Dieser Server nimmt auf { $network } nichts an. Er nimmt Zahlungen auf { $networks } an.
error-network-not-sent = Dieser Server sendet auf { $network } nichts.
error-network-not-sent-only = Dieser Server sendet auf { $network } nichts. Er sendet auf { $networks }.
