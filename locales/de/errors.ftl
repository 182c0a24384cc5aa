# Fehler, die es in jedem Teil der Konsole gibt.

# Was von außen kommt oder nur Programme lesen.
error-plain = { $text }
error-required = Diese Angabe fehlt.

# Texte, die aus anderen bestehen.
error-sentences = { $sentences }
error-and = { $first } und { $second }

# Was es nicht gibt oder was jemand anderem gehört.
error-unknown-account-that-pays-refunds = Dieses auszahlende Konto gibt es nicht.
error-unknown-api-key = Diesen API-Schlüssel gibt es nicht.
error-unknown-balance = Dieses Guthaben gibt es nicht.
error-unknown-callback = Diesen Webhook gibt es nicht.
error-unknown-change = Diese Änderung gibt es nicht.
error-unknown-customer = Diesen Kunden gibt es nicht.
error-unknown-deposit = Diese Einzahlung gibt es nicht.
error-unknown-form = Dieses Formular gibt es nicht.
error-unknown-ledger-account = Dieses Konto im Hauptbuch gibt es nicht.
error-unknown-ledger-transaction = Diese Buchung gibt es nicht.
error-unknown-link = Diesen Link gibt es nicht.
error-unknown-list = Diese Liste gibt es nicht.
error-unknown-mail = Diese E-Mail gibt es nicht.
error-unknown-merchant = Diesen Händler gibt es nicht.
error-unknown-order = Diese Bestellung gibt es nicht.
error-unknown-page = Diese Seite gibt es nicht.
error-unknown-payment = Diese Zahlung gibt es nicht.
error-unknown-payment-intent = Diese Zahlungsanforderung gibt es nicht.
error-unknown-payment-or-refund = Diese Zahlung oder Erstattung gibt es nicht.
error-unknown-quote = Dieses Kursangebot gibt es nicht.
error-unknown-receipt = Diese Quittung gibt es nicht.
error-unknown-recipient = Diesen Empfänger gibt es nicht.
error-unknown-refund = Diese Erstattung gibt es nicht.
error-unknown-refund-draft = Diesen Erstattungsentwurf gibt es nicht.
error-unknown-request-in-the-log = Diese Anfrage gibt es im Protokoll nicht.
error-unknown-saved-view = Diese gespeicherte Ansicht gibt es nicht.
error-unknown-session = Diese Sitzung gibt es nicht.
error-unknown-statement = Diesen Kontoauszug gibt es nicht.
error-unknown-subscription = Dieses Abonnement gibt es nicht.
error-unknown-transaction = Diese Transaktion gibt es nicht.
error-unknown-unexplained-transaction = Diese ungeklärte Transaktion gibt es nicht.
error-unknown-user = Dieses Mitglied gibt es nicht.
error-unknown-webhook-delivery = Diese Webhook-Zustellung gibt es nicht.
error-unknown-webhook-endpoint = Diesen Webhook-Endpunkt gibt es nicht.

error-after-commit = Das wurde gespeichert, aber die Antwort darauf konnte nicht erzeugt werden.
error-outcome-unknown = Die Datenbank ist beim Speichern ausgefallen. Ob gespeichert wurde, ist nicht bekannt.
error-database-unavailable = Die Datenbank ist nicht erreichbar. Es wurde nichts geändert.
error-sessions-unreadable = Requite erreicht seine Datenbank nicht. Versuchen Sie es in einer Minute noch einmal.
error-internal = Auf unserer Seite ist etwas schiefgegangen. Es wurde nichts geändert.
error-sandbox-only = Dieser Aufruf ist eine Simulation. Ein Produktivserver lehnt ihn ab.
error-sandbox-only-networks = Dieser Aufruf ist eine Simulation. Dieser Server ist mit Netzwerken verbunden, in denen nichts simuliert wird.
