# Endpunkte für Webhooks und das Protokoll dessen, was an sie gesendet wurde.

webhooks-title = Webhooks
webhooks-lead = Requite meldet Ihren Programmen, was geschieht: mindestens einmal und bei jeder Erstattung in der richtigen Reihenfolge. Die Nachrichten sind nach Standard Webhooks signiert und lassen sich mit dessen Bibliotheken prüfen.

# Was die Listen der Endpunkte und der Zustellungen gemeinsam haben.
webhooks-address = URL
webhooks-state = Status
webhooks-event = Ereignis
webhooks-events = Ereignisse
webhooks-happened = Geschehen am
webhooks-next-try = Nächster Versuch
webhooks-attempts = Versuche

# Die Liste der Endpunkte und das Formular für einen neuen oder bestehenden.
webhooks-endpoints = Endpunkte
webhooks-no-endpoint = Noch kein Endpunkt
webhooks-no-endpoint-text = Fügen Sie die URL eines Programms hinzu, das über Ereignisse benachrichtigt werden soll.
webhooks-added = Hinzugefügt
webhooks-events-more = { $count ->
    [one] { $first } und 1 weiteres
   *[other] { $first } und { $count } weitere
}
webhooks-add-title = Endpunkt hinzufügen
webhooks-add = Endpunkt hinzufügen
webhooks-address-hint = Zum Beispiel https://shop.example/hooks. Der Endpunkt muss innerhalb von 15 Sekunden mit 2xx antworten.
webhooks-description = Beschreibung
webhooks-payload = Inhalt der Nachrichten
webhooks-payload-full = Alle Angaben
webhooks-payload-thin = Nur IDs
webhooks-chosen-events = Der Endpunkt erhält { $events }.
webhooks-no-event-chosen = Wenn nichts angekreuzt ist, erhält der Endpunkt alle Ereignisse.
webhooks-choose-events = Ereignisse auswählen

# Adressen, die Programme über die API von Circle oder CoinGate registriert haben.
webhooks-named = Von Programmen registrierte URLs
webhooks-named-text = Programme, die für Circle oder CoinGate geschrieben wurden, registrieren diese URLs selbst und erhalten die Nachrichten im Format dieser APIs.
webhooks-named-export = Registrierte URLs als CSV exportieren
webhooks-named-newest = Das sind die neuesten { $count }.
webhooks-kind = Nachrichten
webhooks-since = Seit
webhooks-not-confirmed = noch nicht bestätigt
webhooks-from-circle = Ein Programm hat sich mit POST /v1/notifications/subscriptions angemeldet und kann sich dort auch wieder abmelden.
webhooks-from-coingate = Der Server aller callback_url, die mit einer Bestellung oder Erstattung übergeben wurden. Jede Nachricht hat ihre eigene URL.

# Ein Endpunkt.
webhooks-endpoint = Webhook-Endpunkt
webhooks-disabled = Hierhin wird nichts gesendet: { $reason }.
webhooks-disabled-since = Seit { $since }. Ereignisse werden aufbewahrt und können nach dem Aktivieren erneut gesendet werden.
webhooks-failing-since = Seit { $since } ist nichts angekommen.
webhooks-failing = Die Zustellung wird weiter versucht; nach fünf Tagen wird der Endpunkt deaktiviert. Die Zustellungen unten zeigen, woran es liegt.
webhooks-send-test = Testereignis senden
webhooks-settings = Einstellungen
webhooks-save = Speichern
webhooks-secret = Signaturgeheimnis
webhooks-secret-hint = Der Empfänger prüft damit, ob eine Nachricht von diesem Server stammt. Wer es kennt, kann Nachrichten fälschen.
webhooks-secret-needs-code = Geben Sie oben einen Zwei-Faktor-Code ein, um es zu sehen.
webhooks-secret-show = Geheimnis anzeigen
webhooks-secret-old = Das alte Geheimnis gilt noch bis { $until }.
webhooks-secret-change = Geheimnis ändern
webhooks-secret-change-hint = Danach werden Nachrichten 24 Stunden lang mit beiden signiert. Wenn Sie es zweimal ändern, verliert das erste sofort seine Gültigkeit.
webhooks-enable-or-delete = Aktivieren oder löschen
webhooks-enable = Endpunkt aktivieren
webhooks-disable-or-delete = Deaktivieren oder löschen
webhooks-disable = Endpunkt deaktivieren
webhooks-delete = Endpunkt löschen
webhooks-delete-text = Das Geheimnis wird gelöscht, und wartende Nachrichten werden nicht gesendet. Das Protokoll der Zustellungen bleibt erhalten.
webhooks-delete-now = Endpunkt endgültig löschen
webhooks-resend = Nicht zugestellte Nachrichten erneut senden
webhooks-resend-since = Ereignisse seit (UTC)
webhooks-resend-hint = Alles, was seit diesem Zeitpunkt fehlgeschlagen ist, auf den nächsten Versuch wartet oder nicht gesendet wurde, in der ursprünglichen Reihenfolge.
webhooks-send-again = Erneut senden

# Die Liste der Zustellungen, und die neuesten auf der Seite ihres Endpunkts.
webhooks-deliveries = Zustellungen
webhooks-every-state = Alle
webhooks-every-event = Alle Ereignisse
webhooks-every-endpoint = Alle Endpunkte
webhooks-more-filters = Weitere Filter
webhooks-all-deliveries = Alle Zustellungen
webhooks-deliveries-of-endpoint = Alle Zustellungen an diesen Endpunkt
webhooks-nothing-sent = Noch keine Zustellungen
webhooks-nothing-sent-text = Senden Sie ein Testereignis, oder warten Sie auf das erste Ereignis.

# Eine Zustellung mit ihren Versuchen.
webhooks-delivery-of = Zustellung von { $event }
webhooks-endpoint-of-delivery = Endpunkt
webhooks-deleted = (gelöscht)
webhooks-deleted-text = Der Endpunkt wurde gelöscht, deshalb ist kein erneutes Senden möglich.
webhooks-send-now = Jetzt senden
webhooks-look-again = Neu laden
webhooks-no-attempt = Noch keine.
webhooks-newest-attempts = Die neuesten { $shown } von { $all } werden angezeigt.
webhooks-details = Details
webhooks-after-earlier = Nach { $earlier }, das noch nicht zugestellt ist
webhooks-earlier-event = einem früheren Ereignis zum selben Vorgang
webhooks-no-next-try = Keiner
webhooks-about = Betrifft
webhooks-message-id = Nachricht (webhook-id)
webhooks-attempt = Versuch { $number }
webhooks-of-attempt = von Versuch { $number }
webhooks-no-answer = keine Antwort
webhooks-attempt-at = Zeitpunkt
webhooks-attempt-time = { $at } · { $milliseconds } ms
webhooks-attempt-error = Fehler
webhooks-next-try-at = Nächster Versuch geplant für
webhooks-request = Anfrage
webhooks-request-line = POST { $url }
webhooks-response = Antwort
webhooks-response-line = HTTP { $status }
webhooks-response-cut = Die Antwort wurde nicht vollständig gespeichert.

# Was jedes Ereignis bedeutet.
webhooks-event-refund-created = Eine Erstattung wurde erstellt
webhooks-event-refund-awaiting-confirmation = Eine Erstattung wartet darauf, dass der Kunde die Adresse bestätigt
webhooks-event-refund-confirmation-undelivered = Die E-Mail zur Bestätigung kann dem Kunden nicht zugestellt werden
webhooks-event-refund-confirmed = Der Kunde hat die Adresse einer Erstattung bestätigt
webhooks-event-refund-awaiting-approval = Eine Erstattung wartet auf die Freigabe durch eine zweite Person
webhooks-event-refund-approved = Eine Erstattung wurde freigegeben
webhooks-event-refund-processing = Eine Erstattung wird gesendet
webhooks-event-refund-held = Die Überweisung einer Erstattung wartet, und jemand muss etwas tun
webhooks-event-refund-resumed = Die Überweisung einer Erstattung wartet nicht mehr
webhooks-event-refund-completed = Eine Erstattung ist beim Kunden angekommen
webhooks-event-refund-rejected = Eine Erstattung wurde beendet, ohne gesendet zu werden
webhooks-event-payment-intent-created = Eine Zahlungsanforderung wurde erstellt
webhooks-event-payment-intent-pending = Eine Zahlungsanforderung kann bezahlt werden
webhooks-event-payment-intent-complete = Eine Zahlungsanforderung wurde bezahlt
webhooks-event-payment-intent-active = Eine dauerhafte Zahlungsanforderung kann beliebig oft bezahlt werden
webhooks-event-payment-intent-expired = Die Zahlungsfrist einer Zahlungsanforderung ist abgelaufen
webhooks-event-payment-intent-failed = Eine Zahlungsanforderung ist fehlgeschlagen
webhooks-event-payment-intent-refunded = Eine Zahlungsanforderung wurde ganz oder teilweise erstattet
webhooks-event-order-expired = Die Frist, für eine Bestellung einen Coin zu wählen, ist abgelaufen
webhooks-event-order-canceled = Der Kunde hat eine Bestellung storniert
webhooks-event-payment-pending = Eine Zahlung wurde erkannt und muss noch bestätigt werden
webhooks-event-payment-paid = Eine Zahlung wurde gutgeschrieben
webhooks-event-payment-failed = Eine Zahlung ist fehlgeschlagen
webhooks-event-unsupported-funds-received = Eine Zahlung ist eingegangen, die nicht gutgeschrieben werden kann
webhooks-event-overdue-refund-awaiting-confirmation = Der Kunde hat eine Erstattung nicht rechtzeitig bestätigt
webhooks-event-overdue-refund-awaiting-approval = Eine Erstattung wartet zu lange auf ihre Freigabe
webhooks-event-overdue-refund-pending = Eine Erstattung wartet zu lange darauf, gesendet zu werden
webhooks-event-overdue-refund-processing = Eine Erstattung ist zu lange unterwegs
webhooks-event-overdue-payment-intent-created = Eine Zahlungsanforderung hat zu lange keine Adresse
webhooks-event-overdue-payment-intent-pending = Die Zahlungsfrist einer Zahlungsanforderung ist überschritten
webhooks-event-overdue-payment-pending = Eine Zahlung ist zu lange nicht bestätigt
webhooks-event-webhook-endpoint-disabled = Ein anderer Endpunkt wurde deaktiviert, weil er nicht funktioniert

# Warum ein Versuch keine Antwort erhielt.
webhooks-error-not-public = Keine Verbindung: Die URL führt zu keinem Server im öffentlichen Internet, deshalb wurde nichts gesendet.
webhooks-error-timed-out = Innerhalb von { $seconds } s kam keine Antwort.
webhooks-error-no-connection = Keine Verbindung: { $cause }
webhooks-error-broken = Die Verbindung ist abgebrochen: { $cause }
webhooks-error-no-client = Der HTTP-Client für Webhooks lässt sich nicht einrichten: { $cause }
