# Die Einstellungen: die Richtlinie für Erstattungen mit ihrem Verlauf, die Buchwährung, und ab wann Guthaben niedrig sind.

policy-settings = Einstellungen
policy-mails-kept = { $count ->
    [one] Kein Mailserver: 1 E-Mail wird aufbewahrt. Der Betreiber des Servers muss REQUITE_SMTP_URL setzen.
   *[other] Kein Mailserver: { $count } E-Mails werden aufbewahrt. Der Betreiber des Servers muss REQUITE_SMTP_URL setzen.
}
policy-mails-many = Kein Mailserver: Mehr als { $count } E-Mails werden aufbewahrt. Der Betreiber des Servers muss REQUITE_SMTP_URL setzen.
policy-title = Richtlinie für Erstattungen
policy-only-owners = Nur ein Inhaber kann sie ändern.

# Was sie festlegt.
policy-window = Frist für Erstattungen
policy-window-creation = { $span } ab Erstellung der Zahlungsanforderung
policy-window-expiry = { $span } ab Ende der Zahlungsfrist
policy-limit = Höchstbetrag einer Erstattung
policy-daily = Höchstbetrag je Person oder Schlüssel und Tag
policy-daily-all = Höchstbetrag aller zusammen je Tag
policy-by-currency = Höchstbeträge nach Währung
policy-destinations = Erlaubte Empfängeradressen
policy-approval = Freigabe durch eine zweite Person ab
policy-dearer = Höchste Verteuerung bis zur Freigabe
policy-wait = Wartezeit vor Erstattungen an eine neue Adresse
policy-wait-from = { $span }, bei Erstattungen ab { $amount }
policy-code = Zwei-Faktor-Code
policy-code-when = Zum Anmelden, Bestätigen und Freigeben
policy-delay = Wartezeit vor einer Lockerung der Richtlinie
policy-days = { $count ->
    [one] 1 Tag
   *[other] { $count } Tage
}
policy-hours = { $count ->
    [one] 1 Stunde
   *[other] { $count } Stunden
}
policy-minutes = { $count ->
    [one] 1 Minute
   *[other] { $count } Minuten
}
policy-seconds = { $count ->
    [one] 1 Sekunde
   *[other] { $count } Sekunden
}

# Das Formular.
policy-window-hint = Zum Beispiel 30d für 30 Tage oder 12h für 12 Stunden.
policy-start = Beginn der Frist
policy-start-creation = Erstellung der Zahlungsanforderung
policy-start-expiry = Ende der Zahlungsfrist
policy-limit-dollars = Höchstbetrag einer Erstattung in US-Dollar
policy-daily-dollars = Höchstbetrag je Person oder Schlüssel und Tag in US-Dollar
policy-daily-all-dollars = Höchstbetrag aller zusammen je Tag in US-Dollar
policy-daily-all-hint = Ohne Angabe gilt derselbe Höchstbetrag wie für eine Person oder einen Schlüssel.
policy-currencies = Höchstbeträge einer Erstattung nach Währung
policy-currencies-hint = Einer pro Zeile, zum Beispiel 0,5 BTC.
policy-approval-dollars = Freigabe durch eine zweite Person ab diesem Betrag in US-Dollar
policy-dearer-percent = Wie viel teurer eine Erstattung bis zur Freigabe werden darf, in Prozent
policy-wait-hint = Zum Beispiel 24h für 24 Stunden. So lange kann die Erstattung gestoppt werden.
policy-wait-dollars = Wartezeit erst ab diesem Betrag in US-Dollar
policy-ask-code = Beim Anmelden, Bestätigen und Freigeben einen Zwei-Faktor-Code verlangen
policy-ask-code-hint = Dann brauchen alle einen zweiten Faktor und müssen ihn vor allem anderen einrichten, unter { $account }. Programme mit einem API-Schlüssel werden nicht danach gefragt.
policy-ask-code-own = Sie haben noch keinen zweiten Faktor eingerichtet. Richten Sie zuerst einen ein, sonst können Sie selbst keine Erstattungen bestätigen.
policy-delay-change = Wartezeit vor einer Änderung, die die Richtlinie lockert
policy-delay-hint = Zum Beispiel 24h für 24 Stunden. Gibt es einen zweiten Inhaber, muss er die Änderung außerdem freigeben.
policy-save = Speichern

# Eine Änderung, die wartet.
policy-waits = Eine Änderung wartet bis { $at }.
policy-loosens = { $name } möchte die Richtlinie lockern.
policy-approved = { $name } hat die Änderung freigegeben.
policy-needs-approval = Ein anderer Inhaber muss die Änderung freigeben.
policy-effective = Sie tritt frühestens am { $at } in Kraft.
policy-proposed = Richtlinie nach der Änderung
policy-approve = Änderung freigeben
policy-withdraw = Änderung zurückziehen

# Der Verlauf.
policy-history = Verlauf
policy-no-history = Noch keine Änderung. Es gilt, was in den Einstellungen des Servers steht.
policy-version = Version { $number }
policy-by = von { $name }
policy-approved-by = freigegeben von { $name }
policy-version-says = Details

# Die Buchwährung.
policy-books = Buchwährung
policy-books-show = { $currency }. { $statements } zeigen in dieser Währung, was Bewegungen bei ihrer Buchung wert waren.
policy-statements = Kontoauszüge
policy-books-later = { $currency }, ab { $month }
policy-books-other = Andere Währung
policy-books-hint = Sie gilt ab dem ersten Monat, in dem noch nichts gebucht ist: ab diesem oder dem nächsten. Frühere Monate behalten ihre Währung. Die Höchstbeträge der Richtlinie bleiben in US-Dollar.
policy-books-choose = Wählen
policy-books-only-owners = Nur ein Inhaber kann eine andere Währung wählen.
policy-dollar = US-Dollar
policy-euro = Euro

# Ab wann Guthaben niedrig sind.
policy-minimums = Niedrige Guthaben
policy-minimums-text = Die Startseite warnt alle, wenn weniger als das für Erstattungen verfügbar ist. Erstattungen werden dadurch nicht gestoppt.
policy-minimums-label = Warnen, wenn weniger verfügbar ist als
policy-minimums-hint = Eine Währung pro Zeile, zum Beispiel 500 USD. Für Währungen, die nicht aufgeführt sind, gibt es keine Warnung.
policy-minimums-save = Mindestguthaben speichern
policy-minimums-none = Es ist nichts festgelegt.
policy-minimums-only-owners = Nur ein Inhaber kann etwas festlegen.
