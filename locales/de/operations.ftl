# Das Prüfprotokoll, das Protokoll der Anfragen mit API-Schlüsseln und Zeitspannen.

operations-audit-title = Prüfprotokoll
operations-audit-hint = Kein Eintrag wird je geändert oder entfernt: Jeder ist mit dem vorherigen verkettet, und { $command } weist das nach.
operations-audit-id = ID eines Objekts, einer Person oder eines Schlüssels
operations-audit-show = Anzeigen
# Für Screenreader, nach dem Text darüber.
operations-audit-details = (Details zu Eintrag { $number })
operations-audit-about = Betrifft
operations-audit-hash = Hash

# Wonach die Einträge des Prüfprotokolls gefiltert werden können.
operations-every-action = Alles
operations-actions-refunds = Erstattungen
operations-actions-intents = Zahlungsanforderungen
operations-actions-policy = Richtlinie
operations-actions-ledger = Hauptbuch: abgeschlossene Monate, Buchwährung, Mindestguthaben, Testgeld
operations-actions-payouts = Auszahlungen in Netzwerken
operations-actions-wallet = Wallet für Einzahlungen
operations-actions-deny-lists = Sperrlisten
operations-actions-people = Personen
operations-actions-second-factors = Zweiter Faktor
operations-actions-api-keys = API-Schlüssel
operations-actions-webhooks = Webhooks
operations-actions-views = Geteilte Ansichten
operations-actions-drafts = Verworfene Entwürfe anderer

operations-any = Alle

operations-api-log-title = API-Protokoll
operations-api-log-hint = Anfragen von Programmen mit einem API-Schlüssel und die Antworten darauf. Geheimnisse und personenbezogene Daten werden entfernt, alles andere wird { $days ->
    [one] 1 Tag
   *[other] { $days } Tage
} lang aufbewahrt.
operations-requests = Anfragen
operations-no-request = Noch keine Anfragen
operations-no-request-yet = Anfragen von Programmen mit einem API-Schlüssel erscheinen hier nach einer Sekunde.
operations-method = Methode
operations-path-has = Pfad enthält
operations-status-done = 2xx, ausgeführt
operations-status-refused = 4xx, abgelehnt
operations-status-broken = 5xx, Serverfehler
operations-milliseconds = { $number } ms

# Die Seite einer Anfrage.
operations-api-request = API-Anfrage
operations-the-request = Die Anfrage
operations-idempotency-key = Idempotenzschlüssel
operations-query = Abfrage
operations-sent = Gesendet
operations-answered = Antwort
operations-no-body = Kein Inhalt

# Zeitspannen, von denen zwei aufeinander folgen: 3 Std. 20 Min.
operations-span-days = { $count ->
    [one] 1 Tag
   *[other] { $count } Tage
}
operations-span-hours = { $count } Std.
operations-span-minutes = { $count } Min.
operations-span-seconds = { $count } Sek.
