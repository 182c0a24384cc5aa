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
copy-json = JSON kopieren
copy-link = Link kopieren
copy-secret = Geheimnis kopieren
copy-transaction = Transaktion kopieren

# Der Rahmen der Konsole: die Leiste über einer Seite, die Navigation und das Menü der angemeldeten Person.
frame-brand = Requite, Startseite
frame-breadcrumb = Navigationspfad
frame-search = Suche
frame-search-everything = Alles durchsuchen
frame-sign-in = Anmelden
frame-sign-out = Abmelden
frame-your-menu = Ihr Menü
frame-your-account = Ihr Konto
frame-role = Rolle: { $role }
frame-theme = Farbschema
frame-theme-choice = Auswahl des Farbschemas
frame-theme-system = System
frame-theme-light = Hell
frame-theme-dark = Dunkel
frame-main = Hauptnavigation
frame-navigation = Navigation
frame-close-navigation = Navigation schließen

# Die Seiten in der Navigation und ihre Gruppen.
frame-home = Startseite
frame-group-payments = Zahlungen
frame-payment-intents = Anforderungen
frame-customers = Kunden
frame-unsupported-funds = Nicht zuordenbar
frame-group-refunds = Erstattungen
frame-refunds = Erstattungen
frame-drafts = Entwürfe
frame-approvals = Freigaben
frame-group-money = Geld
frame-balances = Guthaben
frame-currencies = Währungen
frame-reconciliation = Abstimmung
frame-statements = Kontoauszüge
frame-payouts = Auszahlungen
frame-networks = Netzwerke
frame-group-developers = Entwicklung
frame-api-keys = API-Schlüssel
frame-webhooks = Webhooks
frame-api-log = API-Protokoll
frame-mail = Postausgang
frame-api-reference = API-Referenz
frame-group-organisation = Organisation
frame-team = Team
frame-audit = Prüfprotokoll
frame-settings = Einstellungen

# Die Seiten von Fehlern und Weiterleitungen. Auf den Namen der Anfrage folgt ihre Kennung.
frame-not-found = Nicht gefunden
frame-failed = Das hat nicht geklappt
frame-first-page = Zur Startseite
frame-request = Anfrage
frame-moved = Verschoben
frame-moved-to = Diese Seite ist umgezogen: { $link }.
frame-continue-here = hier geht es weiter

# Die Auswahl der Sprache auf der Seite des Kontos. Der Name einer Sprache steht in dieser Sprache.
frame-language-name = Deutsch
frame-language = Sprache
frame-language-of-console = Sprache der Konsole
frame-language-of-browser = Wie im Browser
frame-language-hint = Die Auswahl wird mit Ihrem Konto gespeichert und gilt auch für E-Mails an Sie. Seiten für Kunden sind in der Sprache ihres Browsers, die API ist auf Englisch.
frame-save-language = Sprache speichern
error-language-unknown = Wählen Sie eine der Sprachen.
error-language-of-a-person = Eine Sprache können nur Personen wählen, keine Programme.
