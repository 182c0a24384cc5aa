# Texte, Formulare, Webhooks, gespeicherte Ansichten und Monate.

error-text-too-long = Das ist länger als { $most } Zeichen.
error-text-several-lines = Zeichen { $position } ist ein Zeilenumbruch oder Tabulator. Schreiben Sie eine Zeile.
error-text-invisible = Zeichen { $position } ist unsichtbar ({ $code }). Löschen Sie es, oder geben Sie den Text noch einmal ein.
error-text-blank = Davon ist nichts zu sehen. Geben Sie den Text noch einmal ein.
error-endpoint-disabled = Dieser Endpunkt ist deaktiviert, deshalb wird nichts an ihn gesendet.
error-event-unknown = Das Ereignis „{ $event }“ gibt es nicht.
error-callback-format = Webhooks werden als „form“ oder „json“ gesendet.
error-payload-style = Der Inhalt ist entweder „full“ oder „thin“.
error-signing-secret = Das Geheimnis ist „whsec_“ und Base64 von 24 bis 64 Bytes.
error-url-spaces = Die Adresse hat höchstens 2000 Zeichen und keine Leerzeichen.
error-url-malformed = Das ist keine Adresse wie https://shop.example/hooks.
error-url-password = Die Adresse darf keinen Namen und kein Passwort enthalten; die Signatur sagt, wer der Absender ist.
error-url-fragment = Die Adresse darf keinen Teil nach „#“ haben; den sieht kein Server.
error-url-port-zero = Einen Port 0 gibt es nicht.
error-url-not-https = Die Adresse muss mit https:// beginnen, damit unterwegs niemand mitlesen oder etwas ändern kann.
error-url-not-public = Gesendet wird nur an Server im öffentlichen Internet, und das ist keiner.
error-url-port = Gesendet wird an die Ports 80 und 443 und an jene aus den Einstellungen des Servers.
error-view-too-long = Diese Filter sind zu lang, um sie zu speichern.
error-view-searches = Ein Suchbegriff kann einen Kunden nennen, deshalb kann eine Ansicht damit nicht geteilt werden.
error-view-not-understood = Einige dieser Filter sind unbekannt, deshalb kann eine Ansicht mit ihnen nicht geteilt werden.
error-no-month-to-close = Es wurde noch nichts gebucht, also gibt es keinen Monat abzuschließen.
error-month-closed-already = { $month } ist schon abgeschlossen, oder es wurde darin nichts gebucht.
error-month-out-of-turn = { $next } muss vor { $month } abgeschlossen werden.
error-month-not-over = { $month } kann ab dem { $day }, { $time } Uhr UTC abgeschlossen werden.

error-key-reused = Dieser Idempotenzschlüssel wurde schon für eine andere Anfrage verwendet.
error-view-name-taken = Eine andere Ansicht dieser Liste hat schon diesen Namen.
error-form-incomplete = Das Formular ist unvollständig.
error-unexpected-answer = Der Server hat nicht wie erwartet geantwortet.
error-form-of-another-site = Dieses Formular kam von einer anderen Website, deshalb wurde nichts getan.
error-form-of-no-site = Dieses Formular hat nicht angegeben, von welcher Website es kam, deshalb wurde nichts getan.
error-form-too-large = Dieses Formular ist zu lang, deshalb wurde nichts getan.
error-file-being-written = Für Sie wird noch eine andere Datei erstellt.
error-file-address = Die Adresse der Datei ist nicht lesbar.
error-time-format = Geben Sie die Zeit wie 2026-11-23T08:15 an.
error-subscriptions = { $count ->
    [one] Es gibt schon ein Abonnement, und mehr als eines darf es nicht geben.
   *[other] Es gibt { $count } Abonnements; mehr darf es nicht geben.
}
error-key-created-refund = Mit diesem Idempotenzschlüssel wurde die Erstattung { $refund } erstellt, mit der dieselbe Anfrage beantwortet wird: Es entsteht nichts Neues.
error-saved-views = Es gibt schon { $count } gespeicherte Ansichten.
error-endpoints = Es gibt { $count } Endpunkte; mehr darf es nicht geben.
