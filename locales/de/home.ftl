# Die erste Seite der Konsole: was jemand tun muss, Guthaben und die Zahlen zu Zahlungen und Erstattungen.

home-title = Startseite

# Was jemand tun muss.

home-nothing = Im Moment ist nichts zu tun.
# Die Zahl der Einzahlungen: 3 Einzahlungen.
home-unsupported = Nicht zuordenbare Zahlungen, die noch offen sind: { $deposits }.
home-unsupported-link = Ansehen, was damit zu tun ist
home-lost = { $count ->
    [one] Eine gutgeschriebene Einzahlung wurde von ihrem Netzwerk entfernt.
   *[other] { $count } gutgeschriebene Einzahlungen wurden von ihren Netzwerken entfernt.
}
home-lost-link = Ein Inhaber muss entscheiden, was geschieht
home-paused = Auszahlungen sind pausiert
# Auf ein Konto folgt der Grund der Pause.
home-paused-account = { $network }, Konto { $account }:
home-paused-since = { $reason }, seit { $at }.
home-paused-wait = Erstattungen warten dort.
home-paused-link = Grund ansehen; ein Inhaber kann sie fortsetzen
home-notices = Hinweise zu Netzwerken
home-notices-since = Seit { $at }.
home-low-balances = Niedrige Guthaben
home-low-balance = { $available } verfügbar, weniger als { $minimum }.
home-low-balances-text = Erstattungen, die mehr brauchen, als verfügbar ist, werden abgelehnt. Guthaben wachsen mit den Zahlungen, die ihnen gutgeschrieben werden.
home-low-balances-link = Alle Guthaben ansehen
home-low-balances-settings = Mindestguthaben ändern
home-held = Wartende Erstattungen
home-held-all = Alle wartenden Erstattungen
home-overdue = Überfällig
# Folgt auf den Namen dessen, was überfällig ist. Danach steht, was zu tun ist.
home-overdue-since = , fällig seit { $at }; zuständig ist { $who }.
home-broken = Webhooks werden nicht mehr gesendet
# Folgt auf die Adresse und einen Doppelpunkt.
home-broken-since = { $reason }, { $at }.
home-broken-text = Beheben Sie den Fehler beim Empfänger, aktivieren Sie den Endpunkt wieder und senden Sie nach, was ihn nicht erreicht hat. Das können Inhaber und Administratoren.
home-failing = Webhook-Endpunkte mit Fehlern
# Folgt auf die Adresse und einen Doppelpunkt.
home-failing-since = seit { $at } ist jeder Versuch fehlgeschlagen.
home-failing-text = Beheben Sie den Fehler beim Empfänger. Die Zustellung wird von selbst weiter versucht; nach fünf Tagen wird der Endpunkt deaktiviert.

home-balances = Guthaben
home-balances-none = Noch ist kein Geld eingegangen. Mit der ersten Zahlung erscheint ein Guthaben.
home-balances-reserved = verfügbar · { $amount } für Erstattungen reserviert

home-numbers = Überblick
home-intents-waiting = Warten auf Zahlung
home-intents-paid = Bezahlt
home-intents-active = Aktiv (dauerhaft)
home-refunds-confirmation = Erstattungen, die auf Bestätigung warten
home-refunds-approval = Erstattungen, die auf Freigabe warten
home-refunds-on-their-way = Erstattungen unterwegs
home-refunds-completed = Abgeschlossene Erstattungen
home-refunds-rejected = Abgelehnte Erstattungen

home-newest = Neueste Erstattungen
home-newest-label = Die neuesten Erstattungen
home-newest-all = Alle Erstattungen
home-newest-none = Noch keine Erstattungen
home-newest-none-text = Öffnen Sie eine bezahlte { $intent } und wählen Sie „Krypto-Erstattung“ im Menü.
home-newest-none-intent = Zahlungsanforderung
