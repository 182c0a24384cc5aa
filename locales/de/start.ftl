# Was die Startseite zeigt, bevor es eine Zahlungsanforderung gibt: wie man eine erstellt und erstattet.

start-title = In drei Schritten zur ersten Erstattung
start-key = API-Schlüssel erstellen
start-make-key = Erstellen Sie einen unter { $keys }. Er wird nur einmal angezeigt.
start-api-keys = API-Schlüssel
start-ask-for-key = Ein Inhaber oder Administrator erstellt einen.
start-key-text = Die Befehle brauchen curl ab Version 7.82, jq und uuidgen. Führen Sie diesen aus, fügen Sie den Schlüssel ein und drücken Sie die Eingabetaste:
start-keep-key = Schlüssel speichern
start-payment = Zahlung anfordern
start-payment-text = Dieser Befehl fordert die Zahlung an und speichert ihre ID. Kurz darauf hat die Zahlungsanforderung eine Adresse, an die gezahlt werden kann.
start-fill-in = Sie können auch { $form } ausfüllen.
start-form = das Formular
start-ask-for-payment = Zahlung anfordern
start-pay-text = Dies ist eine Testumgebung, deshalb zahlen Sie selbst als Kunde:
start-pay = Als Kunde zahlen
start-refund = Zahlung erstatten
start-refund-text = Öffnen Sie die bezahlte Zahlungsanforderung und wählen Sie in ihrem Menü „Krypto-Erstattung“. In der Shell führen Sie diesen Befehl aus, fügen die Adresse des Kunden ein und drücken die Eingabetaste:
start-keep-address = Adresse speichern
start-send-text = Danach senden Sie, was auch Programme senden:
start-send = Erstatten
start-more = Alles Weitere steht in { $docs }.
start-docs = der API-Referenz
