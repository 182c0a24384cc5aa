# Texte, Formulare, Webhooks, gespeicherte Ansichten und Monate.

error-text-too-long = Das ist länger als { $most } Zeichen.
error-text-several-lines = Zeichen { $position } ist ein Zeilenumbruch oder Tabulator. Geben Sie eine einzige Zeile ein.
error-text-invisible = Zeichen { $position } ist unsichtbar ({ $code }). Löschen Sie es, oder geben Sie den Text noch einmal ein.
error-text-blank = Dieser Text hat keine sichtbaren Zeichen. Geben Sie ihn noch einmal ein.
error-endpoint-disabled = Dieser Endpunkt ist deaktiviert, deshalb wird nichts an ihn gesendet.
error-event-unknown = Das Ereignis „{ $event }“ gibt es nicht.
error-callback-format = Das Format der Webhooks muss „form“ oder „json“ sein.
error-payload-style = Der Inhalt muss „full“ oder „thin“ sein.
error-signing-secret = Das Geheimnis muss aus „whsec_“ und Base64 von 24 bis 64 Bytes bestehen.
error-url-spaces = Die URL darf höchstens 2000 Zeichen und keine Leerzeichen haben.
error-url-malformed = Das ist keine URL wie https://shop.example/hooks.
error-url-password = Die URL darf keinen Benutzernamen und kein Passwort enthalten. Die Signatur weist nach, wer eine Nachricht sendet.
error-url-fragment = Die URL darf keinen Teil nach „#“ haben, denn den erhält kein Server.
error-url-port-zero = Einen Port 0 gibt es nicht.
error-url-not-https = Die URL muss mit https:// beginnen, damit unterwegs niemand mitlesen oder etwas ändern kann.
error-url-not-public = Webhooks werden nur an Server im öffentlichen Internet gesendet, und das ist keiner.
error-url-port = Webhooks werden nur an die Ports 80 und 443 und an die Ports aus den Einstellungen des Servers gesendet.
error-view-too-long = Diese Filter sind zu lang, um sie zu speichern.
error-view-searches = Ein Suchbegriff kann einen Kunden nennen, deshalb kann eine Ansicht damit nicht geteilt werden.
error-view-not-understood = Einige dieser Filter sind ungültig, deshalb kann eine Ansicht mit ihnen nicht geteilt werden.
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
error-file-address = Die URL der Datei ist nicht gültig.
error-time-format = Geben Sie die Zeit wie 2026-11-23T08:15 an.
error-subscriptions = { $count ->
    [one] Es gibt schon ein Abonnement, und nur eines ist erlaubt.
   *[other] Es gibt schon { $count } Abonnements; mehr sind nicht erlaubt.
}
error-key-created-refund = Mit diesem Idempotenzschlüssel wurde die Erstattung { $refund } erstellt. Dieselbe Anfrage gibt diese Erstattung zurück; es entsteht nichts Neues.
error-saved-views = Es gibt schon { $count } gespeicherte Ansichten.
error-endpoints = Es gibt schon { $count } Endpunkte; mehr sind nicht erlaubt.
