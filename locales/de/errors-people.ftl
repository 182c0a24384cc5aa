# Personen, ihr Zugang und ihr zweiter Faktor.

error-role-forbids = Ihre Rolle erlaubt das nicht.
error-scopes-forbid = Die Berechtigungen dieses API-Schlüssels erlauben das nicht.
error-scope-unknown = Diese Berechtigung gibt es nicht. Möglich sind { $scopes }.
error-scope-missing = Wählen Sie mindestens eine Berechtigung.
error-scopes-refund-and-approve = Ein Schlüssel kann Erstattungen nicht zugleich erstellen und freigeben. Erstellen Sie zwei Schlüssel.
error-address-ranges = Geben Sie IP-Adressen oder Bereiche wie 203.0.113.7 oder 2001:db8::/32 an.
error-address-ranges-too-many = Geben Sie höchstens { $most } Bereiche an.
error-name-missing = Der Name fehlt.
error-overlap-unknown = Wählen Sie eine der Zeiten.
error-code-unreadable = Ein Code der App hat sechs Ziffern, ein Wiederherstellungscode zehn Zeichen.
error-own-role = Ihre eigene Rolle können Sie nicht ändern, und Ihr eigenes Konto können Sie nicht sperren. Bitten Sie jemanden aus dem Team.
error-owners-on-server = Inhaber werden nur auf der Kommandozeile des Servers geändert (requite user).
error-email-invalid = Das ist keine gültige E-Mail-Adresse. Sie muss aussehen wie name@example.com.

error-api-key-invalid = Der API-Schlüssel fehlt, ist unbekannt, ersetzt oder widerrufen.
error-password-wrong = Das Passwort ist falsch.
error-second-factor-needed = Das darf nur, wer einen zweiten Faktor eingerichtet hat.
error-recent-code-needed = Dafür ist ein Zwei-Faktor-Code nötig, der nicht älter als zehn Minuten ist.
error-code-missing = Geben Sie einen Code ein.
error-six-digits = Geben Sie die sechs Ziffern ein, die die App anzeigt.
error-second-factor-of-people = Einen zweiten Faktor haben nur Personen, keine Programme.
error-credentials = Die E-Mail-Adresse oder das Passwort ist falsch.
error-code-time-over = Die Zeit, den Code einzugeben, ist abgelaufen.
error-sessions-of-people = Sitzungen haben nur Personen, keine Programme.
error-views-of-people = Ansichten können nur Personen speichern, keine Programme.
error-wizard-for-people = Den Assistenten für Erstattungen können nur Personen verwenden, keine Programme.
error-last-owner = Ohne diese Person hätte das Team keinen Inhaber.
error-second-factor-not-set-up = Ein Zwei-Faktor-Code ist nötig, und Sie haben noch keinen zweiten Faktor eingerichtet.
error-set-up-expired = Diese Einrichtung wurde vor mehr als 15 Minuten begonnen. Beginnen Sie neu, mit einem neuen Geheimnis.
error-code-needed = Ein Zwei-Faktor-Code ist nötig.
error-code-wrong = Der Code ist falsch oder zu alt.
error-second-factor-active = Ihr zweiter Faktor ist schon eingeschaltet.
error-code-used = Dieser Code wurde schon verwendet. Warten Sie auf den nächsten: Alle 30 Sekunden erscheint ein neuer.
error-second-factor-just-on = Gerade eben wurde ein zweiter Faktor eingeschaltet.
error-wallet-of-another = Ein anderer Händler hat eine Wallet mit dieser ID.
error-merchant-name-taken = Ein anderer Händler hat diesen Namen.
error-email-taken = Ein Mitglied mit dieser E-Mail-Adresse gibt es schon.
error-too-many-sign-ins = Es gab zu viele Anmeldeversuche.
error-too-many-requests = Aus Ihrem Netzwerk kamen zu viele Anfragen.
error-too-many-passwords = Es wurden zu viele Passwörter versucht.
error-too-many-codes = Es wurden zu viele Codes versucht.
error-too-many-people = Im Augenblick melden sich zu viele Personen an.
error-too-many-link-requests = Aus Ihrem Netzwerk kamen zu viele Anfragen.
error-not-signed-in = Sie sind nicht angemeldet.
error-policy-asks-for-code = Ihre Richtlinie verlangt einen Zwei-Faktor-Code, und Sie haben noch keinen zweiten Faktor eingerichtet.
error-time-zone = Wählen Sie eine der Zeitzonen.
error-time-zone-of-a-person = Eine Zeitzone können nur Personen wählen, keine Programme.
error-role-unknown = Wählen Sie eine der Rollen.
error-api-key-not-from-here = Dieser API-Schlüssel darf von { $address } aus nicht verwendet werden.
error-password-length = Das Passwort muss { $least } bis { $most } Zeichen haben. Ein ganzer Satz eignet sich gut.
error-several-merchants = Es gibt mehrere Händler ({ $names }). Nennen Sie einen mit --merchant.
error-wallet-id = Die ID einer Wallet hat 1 bis { $most } Ziffern.
error-api-keys = Es gibt schon { $count } gültige API-Schlüssel.
error-api-key-too-many-requests = Dieser API-Schlüssel hat zu viele Anfragen gestellt. Die nächste darf er in { $seconds ->
    [one] 1 Sekunde
   *[other] { $seconds } Sekunden
} stellen.
