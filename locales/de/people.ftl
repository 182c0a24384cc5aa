# Anmeldung, eigenes Konto, Team und API-Schlüssel.

people-name = Name
people-email = E-Mail-Adresse
people-role = Rolle
people-state = Status
people-password = Passwort
people-your-password = Ihr Passwort
people-new-password = Neues Passwort
people-never = nie

# Was jemand im Team ist und was er darf.
people-role-owner = Inhaber
people-role-admin = Administrator
people-role-approver = Freigeber
people-role-operator = Sachbearbeiter
people-role-viewer = Leser
people-may-owner = Inhaber: alles, auch die Richtlinie und andere Inhaber
people-may-admin = Administrator: alles außer der Richtlinie und den Inhabern
people-may-approver = Freigeber: erstatten und Erstattungen anderer freigeben
people-may-operator = Sachbearbeiter: Zahlungsanforderungen und Erstattungen, Kundendaten verdeckt
people-may-viewer = Leser: nur lesen, Kundendaten verdeckt

# Anmeldung.
people-sign-in = Anmelden
people-forgotten = Passwort vergessen?
people-code-title = Zwei-Faktor-Code
people-code = Zwei-Faktor-Code eingeben
people-code-lost = Wenn Sie weder die App noch Wiederherstellungscodes haben, kann der Betreiber des Servers Ihren zweiten Faktor ausschalten.

# Ein neues Passwort.
people-no-mail = Dieser Server verschickt keine E-Mails. Der Betreiber des Servers kann Ihnen ein neues Passwort geben.
people-mail-link = Link per E-Mail anfordern
people-back = Zurück zur Anmeldung
people-choose-password = Neues Passwort wählen
people-password-for = Für { $email }
people-password-rule = Mindestens 15 Zeichen. Ein ganzer Satz eignet sich gut. Sie werden überall abgemeldet.
people-set-password = Passwort setzen

# Das eigene Konto.
people-account = Ihr Konto
people-factor = Zweiter Faktor
people-password-rule-others = Mindestens 15 Zeichen. Ein ganzer Satz eignet sich gut. Ihre anderen Sitzungen werden beendet.
people-change-password = Passwort ändern
people-zone = Zeitzone
people-zone-days = Zeitzone für Zeiten und für Tage in Filtern
people-zone-of-browser = Wie im Browser
people-zone-in-use = Verwendet: { $source }, { $zone }
people-zone-stored = Die Auswahl wird mit Ihrem Konto gespeichert. Kontoauszüge und Berichte richten sich immer nach Tagen in UTC.
people-zone-save = Zeitzone speichern
people-where = Aktive Sitzungen
people-this-browser = Dieser Browser
people-signed-in = Angemeldet
people-end-session = Sitzung beenden
people-end-sessions = Alle anderen Sitzungen beenden
people-who = Ihre Angaben
people-merchant = Händler

# Der zweite Faktor.
people-factor-asked = Ihre Richtlinie verlangt von allen einen Zwei-Faktor-Code. Richten Sie zuerst einen zweiten Faktor ein. Bis dahin können Sie nichts anderes tun.
people-factor-what = Eine Authenticator-App auf Ihrem Telefon zeigt alle 30 Sekunden einen neuen Code. Wenn Ihre Richtlinie es verlangt, lassen sich Erstattungen nur mit einem solchen Code bestätigen und freigeben. Ein gestohlenes Passwort oder ein offener Browser genügt dann nicht.
people-factor-app = Jede Authenticator-App für Einmalcodes (TOTP) ist geeignet.
people-factor-begin = Einrichten
people-factor-beginning = Wird eingerichtet …
people-sessions-end = Ihre anderen Sitzungen werden beendet.
people-factor-scan = Scannen Sie den Code mit Ihrer App. Der zweite Faktor wird erst eingeschaltet, wenn Sie einen ersten Code eingegeben haben.
people-factor-qr = QR-Code mit dem Geheimnis
people-factor-no-scan = Scannen ist nicht möglich
people-factor-secret = Geben Sie dieses Geheimnis in der App als zeitbasierten Code ein.
people-factor-on = Einschalten
people-factor-turning-on = Wird eingeschaltet …
people-factor-again = Mit einem neuen Geheimnis neu beginnen
people-factor-other = Neues Geheimnis erzeugen
people-making = Wird erzeugt …
people-factor-since = Eingeschaltet
people-recovery-left = Verbleibende Wiederherstellungscodes
people-recovery-few = Sie haben nur noch wenige Wiederherstellungscodes. Erzeugen Sie neue, solange Sie Ihre App noch haben.
people-recovery-new = Neue Wiederherstellungscodes erzeugen
people-recovery-new-text = Sie werden nur einmal angezeigt. Die alten sind danach ungültig.
people-recovery-making = Werden erzeugt …
people-factor-off = Ausschalten
people-factor-off-text = Wenn Ihre Richtlinie einen Zwei-Faktor-Code verlangt, können Sie danach nichts mehr bestätigen oder freigeben.
people-factor-lost = Wenn Sie weder die App noch die Codes haben, kann der Betreiber des Servers den zweiten Faktor für Sie ausschalten.
people-recovery = Wiederherstellungscodes
people-recovery-write = Speichern Sie diese Codes jetzt
people-recovery-once = Ihr zweiter Faktor ist eingeschaltet. Diese Seite wird nur einmal angezeigt: Niemand kann diese Codes noch einmal lesen, auch wir nicht.
people-recovery-use = Wenn Sie Ihre App nicht zur Hand haben, können Sie jeden dieser Codes einmal anstelle eines Zwei-Faktor-Codes verwenden.
people-recovery-kept = Ich habe sie gespeichert

# Das Team.
people-team = Team
people-team-add = Neue Personen legt der Betreiber des Servers auf der Kommandozeile an: { $command }.
people-team-nobody = Keine Mitglieder
people-team-nobody-text = Das Team hat keine Mitglieder.
# Die Spalte in der Liste des Teams.
people-factor-column = Zweiter Faktor
people-sessions = Sitzungen
people-yes = ja
people-no = nein
people-disabled = gesperrt
people-can-sign-in = kann sich anmelden
people-not-yours = Diese Person können Sie hier nicht ändern: Inhaber werden auf der Kommandozeile des Servers geändert, und niemand kann sich selbst ändern.
people-member = Angaben zur Person
people-disabled-at = Gesperrt
people-factor-done = Eingerichtet
people-factor-none = Nicht eingerichtet
people-keys-made = Gültige API-Schlüssel, die diese Person erstellt hat
people-keys-kept = Programme verwenden sie noch, und die Person hat sie vielleicht behalten.
people-keys-work-on = Sie bleiben gültig, unabhängig davon, was diese Person jetzt darf. { $keys }.
people-keys-replace = Schlüssel ersetzen oder widerrufen
people-may = Rechte
people-change-role = Rolle ändern
people-access = Zugang
people-enable-text = Die Person kann sich wieder anmelden, mit ihrem alten Passwort und ihrem zweiten Faktor.
people-disable-text = Für jemanden, der das Team verlassen hat: Die Person wird überall abgemeldet und kann sich nicht mehr anmelden.
people-sign-out = Überall abmelden
people-mail-password = Link für ein neues Passwort per E-Mail senden
people-enable = Konto entsperren
people-disable = Konto sperren
people-open-sessions = Aktive Sitzungen
people-no-sessions = Keine.

# API-Schlüssel.
people-keys = API-Schlüssel
people-keys-what = Mit einem Schlüssel ruft ein Programm die REST-API in Ihrem Namen auf. Geben Sie jedem Programm einen eigenen, und nur die Berechtigungen, die es braucht.
people-keys-none = Noch kein API-Schlüssel
people-keys-none-text = Erstellen Sie einen für jedes Programm, das Requite aufruft.
people-key-scopes = Berechtigungen
people-key-used = Zuletzt verwendet
people-key-new = Schlüssel erstellen
people-key-revoked = widerrufen
people-key-replaced = ersetzt
people-key-being-replaced = wird ersetzt
people-key-works = gültig
people-key-name-hint = Für welches Programm er ist, zum Beispiel Shop oder Buchhaltung.
people-key-addresses = Erlaubte IP-Adressen
people-key-addresses-hint = Zum Beispiel 203.0.113.7 oder 2001:db8::/32, mehrere durch Leerzeichen getrennt. Ohne Angabe ist jede Adresse erlaubt.
people-key-callbacks = Webhooks der CoinGate-API
people-key-callbacks-server = Wie auf dem Server eingestellt
people-key-strict = Strenge Antworten für ältere Clients von Circle
people-key-strict-text = Für Programme, die jede Antwort mit älteren Definitionen von Circle vergleichen, zum Beispiel das Python-Paket circle-sdk. Was diese nicht ausdrücken können, zum Beispiel andere Coins, fehlt in den Antworten.
people-key-make = Schlüssel erstellen
people-key-scopes-hint = Jede Berechtigung schließt das Lesen ein. Ein Schlüssel kann nicht zugleich erstatten und freigeben.
people-scope-read = Lesen
people-scope-payment = Zahlungen
people-scope-refund = Erstattungen
people-scope-approve = Freigaben
people-scope-admin = Verwaltung

# Ein API-Schlüssel.
people-key = API-Schlüssel
people-key-what = Angaben zum Schlüssel
people-key-begins = Beginnt mit
people-key-from = Erlaubte IP-Adressen
people-key-everywhere = alle
people-key-circle = Antworten der Circle-API
people-key-circle-strict = streng, für ältere Clients
people-key-made = Erstellt
people-key-made-by = Erstellt von
people-key-stops = Endet, weil er ersetzt wurde
people-key-revoked-at = Widerrufen
people-key-replace = Ersetzen
people-key-replace-text = Ein neuer Schlüssel mit denselben Berechtigungen tritt an seine Stelle. Der alte gilt noch so lange, wie Sie wählen, damit Sie Ihr Programm umstellen können.
people-key-old = Der alte Schlüssel
people-key-make-new = Neuen Schlüssel erstellen
people-key-revoke = Widerrufen
people-key-revoke-text = Der Schlüssel ist sofort ungültig. Das lässt sich nicht rückgängig machen.
people-key-revoke-now = Schlüssel widerrufen
people-key-yours = Ihr neuer API-Schlüssel
people-key-once = Kopieren Sie ihn jetzt. Diese Seite wird nur einmal angezeigt: Niemand kann den Schlüssel noch einmal lesen, auch wir nicht.
people-key-send = Senden Sie ihn mit jeder Anfrage als { $header }.
people-key-header = Authorization: Bearer …
people-key-kept = Ich habe ihn gespeichert

# Wer etwas getan hat, wenn es keine Person mit Namen ist.
people-actor-api-key = API-Schlüssel { $name }
people-actor-customer = Der Kunde
people-actor-anonymous = Jemand ohne Anmeldung
people-actor-command-line = Kommandozeile
people-actor-of-another-merchant = ein Inhaber eines anderen Händlers
