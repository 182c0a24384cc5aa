# Was alle Seiten für Kunden haben, und was dort nicht gelungen ist.

customer-order = Bestellung { $number }
customer-payment = Ihre Zahlung
customer-foot = Requite wickelt Zahlungen und Erstattungen für diesen Shop ab.
customer-link-invalid = Dieser Link ist nicht gültig
customer-link-invalid-text = Vielleicht wurde er nicht vollständig kopiert. Öffnen Sie ihn noch einmal dort, wo Sie ihn erhalten haben, oder fragen Sie den Shop.
customer-failed = Das hat nicht geklappt

# Zu jedem Fehler, was nicht stimmt und was zu tun ist.
error-not-found = Diese Seite gibt es nicht.
error-not-found-next = Öffnen Sie den Link noch einmal dort, wo Sie ihn erhalten haben, oder fragen Sie den Shop.
error-rate-limited = Aus Ihrem Netzwerk kamen zu viele Anfragen.
error-rate-limited-next = Warten Sie einen Moment und versuchen Sie es noch einmal.
error-choice = Wählen Sie einen der Coins aus der Liste.
error-choice-next = Wählen Sie einen Coin und eines seiner Netzwerke, dann fahren Sie fort.
error-no-rate = Im Moment ist für diesen Coin kein Wechselkurs bekannt.
error-no-rate-next = Wählen Sie einen anderen Coin, oder versuchen Sie es in einigen Minuten noch einmal.
error-no-payment = Für diese Bestellung wurde schon ein Coin gewählt, oder die Zeit dafür ist abgelaufen.
error-no-payment-next = Sehen Sie sich die Bestellung an, wie sie jetzt ist.
error-no-cancel = Diese Bestellung kann nicht mehr storniert werden.
error-no-cancel-next = Sehen Sie sich die Bestellung an, wie sie jetzt ist, oder fragen Sie den Shop.
error-answer-missing = Ihre Antwort fehlt.
error-answer-missing-next = Wählen Sie eine der beiden Antworten.
error-no-confirmation = Diese Erstattung wartet nicht mehr auf Ihre Bestätigung.
error-no-confirmation-next = Sehen Sie sich die Erstattung an, wie sie jetzt ist, oder fragen Sie den Shop.
error-refund-changed = Die Erstattung ist anders, als die Seite sie gezeigt hat. Es wurde nichts geändert.
error-refund-changed-next = Sehen Sie sich die Erstattung noch einmal an, dann antworten Sie.
error-foreign-form = Dieses Formular kam von einer anderen Website, deshalb wurde nichts getan.
error-foreign-form-next = Öffnen Sie die Seite über ihren Link und senden Sie das Formular noch einmal.
error-server = Der Server konnte das nicht ausführen.
error-server-next = Versuchen Sie es gleich noch einmal. Wenn es wieder passiert, fragen Sie den Shop.
