# Der Postausgang: E-Mails an Kunden und an das Team.

mail-outbox = Postausgang
mail-list = E-Mails
mail-every-kind = Alle E-Mails
mail-every-state = Alle
mail-what = E-Mail
mail-to = An
mail-state = Status
mail-about = Betrifft
mail-written = Erstellt
mail-none = Noch keine E-Mail
mail-none-text = Kunden erhalten eine E-Mail, wenn sie die Adresse einer Erstattung bestätigen sollen, und wenn eine Erstattung an sie abgeschlossen oder abgelehnt ist.
mail-sandbox = Diese Testumgebung verschickt keine E-Mails. Hier steht, was Kunden erhalten würden, mit den Links, die sonst nur sie hätten. Mit REQUITE_SMTP_URL werden die E-Mails verschickt, und die Links werden nicht mehr angezeigt.
mail-sent-to-customers = E-Mails an Kunden. Die Links stehen nur in den E-Mails selbst: Wer einen Link hat, kann anstelle des Kunden antworten.
mail-cannot = Dieser Server kann keine E-Mails verschicken. Setzen Sie REQUITE_SMTP_URL und REQUITE_MAIL_FROM.
mail-shown-here = noch nicht gesendet
mail-tried-again = neuer Versuch
mail-refund = Erstattung
mail-policy = Richtlinie für Erstattungen
mail-password = Passwort
mail-payouts = Auszahlungen

# Eine E-Mail.
mail-next-try = Nächster Versuch
mail-open = Seite des Links öffnen
mail-the = Die E-Mail
mail-attempts = Versuche
mail-says = Inhalt

# Warum eine E-Mail nicht gesendet wurde.
mail-problem-recipient = An diese Adresse lassen sich keine E-Mails senden.
mail-problem-content = Die E-Mail lässt sich nicht erstellen: { $cause }.
mail-problem-timed-out = Der Mailserver hat nicht innerhalb von { $seconds } Sekunden geantwortet.
mail-problem-no-answer = Der Mailserver hat nicht rechtzeitig geantwortet.
mail-problem-refused = Der Mailserver antwortete: { $cause }
mail-problem-unreachable = Der Mailserver ist nicht erreichbar: { $cause }
