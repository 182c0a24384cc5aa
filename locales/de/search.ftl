# Die Suche nach allem: ihre Seite, was die Palette auflistet, und die Namen der Seiten, die gefunden werden.

search-title = Suche
search-submit = Suchen
search-form = Suchseite
search-field = Bestellung, Kunde, Adresse, Transaktion, ID oder Notiz
search-show-all = Alle anzeigen
search-results = { $count ->
    [one] 1 Ergebnis
   *[other] { $count } Ergebnisse
}

# Die Überschriften der Gruppen von Ergebnissen und wie ihre Zeilen heißen.
search-actions = Aktionen
search-intents = Zahlungsanforderungen
search-refunds = Erstattungen
search-payments = Zahlungen
search-customers = Kunden
search-pages = Seiten
search-order = Bestellung #{ $number }
search-refund = Erstattung { $number } zu Bestellung #{ $order }
search-payment = Zahlung
search-customer = Alles zu diesem Kunden
search-refund-order = Bestellung #{ $number } erstatten
# Ein Betrag folgt in einer eigenen Spalte.
search-up-to = bis zu
search-approve = Diese Erstattung freigeben oder ablehnen

# Wenn nichts gesucht oder nichts gefunden wurde.
search-anything = Suchen Sie nach allem, was ein Kunde Ihnen nennt
search-too-long = Dieser Suchbegriff ist zu lang
search-nothing = Nichts gefunden
search-most = Suchen Sie nach höchstens { $count } Zeichen.
search-beginning = Der Anfang genügt, mindestens drei Zeichen davon. Groß- und Kleinschreibung spielen keine Rolle.
search-whole = E-Mail-Adressen und Adressen müssen vollständig sein.
search-none = Nichts gefunden. Geben Sie die Bestellnummer vollständig ein; beim Namen einer Bestellung, einer E-Mail-Adresse, einer Adresse, einer Transaktion, einer ID oder einer Notiz genügt der Anfang.
search-none-whole = Nichts gefunden. Geben Sie Bestellnummern, E-Mail-Adressen und Adressen vollständig ein. Beim Namen einer Bestellung, einer Transaktion, einer ID oder einer Notiz genügt der Anfang.

# Wörter, die um etwas bitten, in kleinen Buchstaben mit Leerzeichen dazwischen, und ob sie auch nach dem stehen dürfen, was sie
# betreffen, wie in „Bestellung 1015 erstatten“: yes oder no.
search-verbs-refund = erstatten
search-verbs-approve = freigeben genehmigen
search-verbs-last = yes
# Wörter, die nur sagen, was für eine Sache folgt.
search-nouns = bestellung zahlung zahlungsanforderung erstattung

# Wonach gesucht werden kann, mit Beispielen.
search-help-order = Bestellung
search-help-order-text = Die Nummer { $example } oder der Name, den Ihr Shop der Bestellung gegeben hat
search-help-customer = Kunde
search-help-customer-text = Die E-Mail-Adresse { $example }
search-help-address = Adresse
search-help-address-text = Die Adresse einer Einzahlung, eines Zahlers oder des Empfängers einer Erstattung: { $example }
search-help-address-whole = Die Adresse einer Einzahlung, eines Zahlers oder des Empfängers einer Erstattung
search-help-transaction = Transaktion
search-help-transaction-text = Der Hash einer Zahlung oder Erstattung, oder ein Link dazu in einem Block-Explorer
search-help-id = ID
search-help-id-text = Die ID einer Zahlungsanforderung, einer Zahlung oder einer Erstattung
search-help-note = Notiz
search-help-note-text = Wörter aus der Notiz einer Erstattung oder einer Zahlungsanforderung
search-help-note-whole = Wörter aus der Notiz einer Erstattung oder einer Zahlungsanforderung, sofern sie keine E-Mail-Adresse enthält
# Jedes Beispiel wird so in die Suche eingegeben.
search-help-action = Aktion
search-help-action-refund = Bestellung 1015 erstatten
search-help-action-approve = 1015 freigeben
search-help-action-approve-customer = anna@ freigeben
search-help-page = Seite
search-help-page-text = Der Name der Seite, zum Beispiel { $example }
search-help-page-example = Einstellungen

# Die Namen der Seiten und andere Wörter, mit denen sie gefunden werden. Die Wörter sind in kleinen Buchstaben.
search-page-account = Ihr Konto
search-words-account = passwort kennwort zweiter faktor zwei-faktor-code sitzungen profil
search-page-api-keys = API-Schlüssel
search-words-api-keys = schlüssel entwickler
search-page-api-log = API-Protokoll
search-words-api-log = protokoll anfragen entwickler
search-page-approvals = Ausstehende Freigaben
search-words-approvals = erstattungen freigeben genehmigen
search-page-audit = Prüfprotokoll
search-words-audit = protokoll verlauf
search-page-balances = Guthaben
search-words-balances = geld verfügbar reserviert buchungen
search-page-currencies = Währungen
search-words-currencies = coins netzwerke gebühren
search-page-customers = Kunden
search-words-customers = e-mail alles
search-page-docs = API-Referenz
search-words-docs = dokumentation referenz entwickler
search-page-drafts = Entwürfe von Erstattungen
search-words-drafts = unfertige begonnene
search-page-home = Startseite
search-words-home = übersicht guthaben
search-page-intents = Zahlungsanforderungen
search-words-intents = bestellungen zahlungen
search-page-mail = Postausgang
search-words-mail = e-mail nachrichten
search-page-networks = Netzwerke
search-words-networks = knoten blöcke
search-page-new-intent = Neue Zahlungsanforderung
search-words-new-intent = anlegen erstellen
search-page-payouts = Auszahlungen
search-words-payouts = konten überweisungen pausiert angehalten
search-page-reconciliation = Abstimmung
search-words-reconciliation = bericht tag tagesabschluss
search-page-refunds = Erstattungen
search-words-refunds = verlauf
search-page-settings = Einstellungen
search-words-settings = richtlinie erstattungen buchwährung
search-page-statements = Kontoauszüge
search-words-statements = bericht monat buchhaltung hauptbuch monatsabschluss
search-page-team = Team
search-words-team = personen rollen mitglieder
search-page-unsupported = Nicht zuordenbare Zahlungen
search-words-unsupported = einzahlungen gutgeschrieben
search-page-webhooks = Webhooks
search-words-webhooks = endpunkte entwickler
