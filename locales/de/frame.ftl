# Was um den Inhalt der Seiten herum steht.

skip = Zum Inhalt springen
test-mode = Testmodus
test-mode-nothing-real = Es wird kein echtes Geld bewegt.
test-mode-networks = Es werden Coins von Testnetzwerken bewegt, anstelle von { $networks }.

# Die Schaltfläche neben dem, was kopiert werden kann. Jeder andere Text ist ihr Name für Screenreader.
copy = Kopieren
copy-done = Kopiert
copy-address = Adresse kopieren
copy-amount = Betrag kopieren
copy-api-key = API-Schlüssel kopieren
copy-command = Befehl kopieren
copy-link = Link kopieren
copy-secret = Geheimnis kopieren
copy-transaction = Transaktion kopieren
