# Texte, Formulare, Webhooks, gespeicherte Ansichten und Monate.

error-text-too-long = Das ist länger als { $most } Zeichen.
error-text-several-lines = Zeichen { $position } ist ein Zeilenumbruch oder Tabulator. Schreiben Sie eine Zeile.
error-text-invisible = Zeichen { $position } ist unsichtbar ({ $code }). Löschen Sie es, oder geben Sie den Text noch einmal ein.
error-text-blank = Davon ist nichts zu sehen. Geben Sie den Text noch einmal ein.
error-endpoint-disabled = Dieser Endpunkt ist deaktiviert, deshalb wird nichts an ihn gesendet.
error-event-unknown = Das Ereignis „{ $event }“ gibt es nicht.
error-callback-format = Rückrufe werden als „form“ oder „json“ gesendet.
error-payload-style = Der Inhalt ist entweder „full“ oder „thin“.
error-signing-secret = Das Geheimnis ist „whsec_“ und Base64 von 24 bis 64 Bytes.
error-url-spaces = Die Adresse hat höchstens 2000 Zeichen und keine Leerzeichen.
error-url-malformed = Das ist keine Adresse wie https://shop.example/hooks.
error-url-password = Die Adresse darf keinen Namen und kein Passwort enthalten; wer aufruft, sagt die Signatur.
error-url-fragment = Die Adresse darf keinen Teil nach „#“ haben; den sieht kein Server.
error-url-port-zero = Einen Port 0 gibt es nicht.
error-url-not-https = Die Adresse muss mit https:// beginnen, damit unterwegs niemand mitlesen oder etwas ändern kann.
error-url-not-public = Gesendet wird nur an Server im öffentlichen Internet, und das ist keiner.
error-url-port = Gesendet wird an die Ports 80 und 443 und an die, die in den Einstellungen des Servers stehen.
error-view-too-long = Diese Filter sind zu lang, um sie zu speichern.
error-view-searches = Ein Suchbegriff kann einen Kunden nennen, deshalb kann eine Ansicht damit nicht geteilt werden.
error-view-not-understood = Einige dieser Filter sind unbekannt, deshalb kann eine Ansicht mit ihnen nicht geteilt werden.
error-no-month-to-close = Es wurde noch nichts gebucht, also gibt es keinen Monat abzuschließen.
error-month-closed-already = { $month } ist schon abgeschlossen, oder es wurde darin nichts gebucht.
error-month-out-of-turn = { $next } muss vor { $month } abgeschlossen werden.
error-month-not-over = { $month } kann ab dem { $day }, { $time } Uhr UTC abgeschlossen werden.
