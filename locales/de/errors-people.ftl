# Personen, ihr Zugang und ihr zweiter Faktor.

error-role-forbids = Ihre Rolle erlaubt das nicht.
error-scopes-forbid = Die Berechtigungen dieses API-Schlüssels erlauben das nicht.
error-scope-unknown = Diese Berechtigung gibt es nicht. Möglich sind { $scopes }.
error-scope-missing = Wählen Sie, wofür der Schlüssel ist.
error-scopes-refund-and-approve = Ein Schlüssel kann Erstattungen nicht zugleich anlegen und freigeben. Erstellen Sie zwei.
error-address-ranges = Schreiben Sie Adressen wie 203.0.113.7 oder 2001:db8::/32.
error-address-ranges-too-many = Geben Sie höchstens { $most } Bereiche an.
error-name-missing = Der Name fehlt.
error-overlap-unknown = Wählen Sie eine der Zeiten.
error-code-unreadable = Ein Code der App hat sechs Ziffern, ein Wiederherstellungscode zehn Zeichen.
error-own-role = Ihre eigene Rolle ändert jemand anderes aus dem Team; dasselbe gilt für das Sperren Ihres Kontos.
error-owners-on-server = Inhaber werden nur auf der Kommandozeile des Servers geändert (requite user).
error-email-invalid = Das ist keine E-Mail-Adresse. Sie sieht aus wie name@example.com.
