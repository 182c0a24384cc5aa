# Die Seite, auf der ein Kunde sagt, ob eine Adresse ihm gehört.

confirm-question = Ist das Ihre Adresse?
confirm-lead = { $shop } möchte Ihnen eine Erstattung senden. Vergleichen Sie die Adresse unten mit der in Ihrer eigenen Wallet oder Ihrem Konto, vom ersten bis zum letzten Zeichen.
confirm-until = Sie haben bis { $until } Zeit. Bevor Sie bestätigen, wird nichts gesendet.
confirm-refund = Die Erstattung
confirm-for = Für
confirm-gets = Sie erhalten
confirm-amount = Betrag
confirm-network = Netzwerk
confirm-address = Adresse
confirm-memo = Memo oder Tag
confirm-transaction = Transaktion

confirm-before = Prüfen Sie, bevor Sie bestätigen
confirm-before-yours = Die Adresse gehört Ihnen, und Sie können sie noch verwenden.
confirm-before-coin = Sie kann { $amount } auf { $network } empfangen.
confirm-before-memo = Das Memo oder Tag ist genau das, das Ihr Konto anzeigt. Ohne das richtige ist das Geld verloren.
confirm-after = Wenn Sie bestätigt haben, wird die Erstattung gesendet, sobald der Shop seine eigenen Prüfungen abgeschlossen hat. Eine Überweisung kann nicht zurückgenommen werden.
confirm-yes = Ja, das ist meine Adresse
confirm-sending = Wird bestätigt …
confirm-wrong = Die Adresse stimmt nicht
confirm-wrong-text = Es wird nichts gesendet, und diese Erstattung endet. { $shop } wird benachrichtigt und kann eine neue mit einer anderen Adresse beginnen.
confirm-no = Nein, nichts an diese Adresse senden

confirm-sent = Ihre Erstattung wurde gesendet
confirm-sent-text = Sie ist an Ihrer Adresse angekommen.
confirm-on-its-way = Ihre Erstattung ist unterwegs
confirm-on-its-way-text = Sie haben die Adresse bestätigt, und das Netzwerk überträgt die Erstattung.
confirm-confirmed = Vielen Dank, die Adresse ist bestätigt
confirm-confirmed-text = Sie müssen nichts weiter tun. { $shop } sendet die Erstattung, sobald die eigenen Prüfungen abgeschlossen sind.
confirm-refused = An diese Adresse wird nichts gesendet
confirm-refused-text = Sie haben angegeben, dass die Adresse nicht stimmt. { $shop } wurde benachrichtigt und kann Sie um eine andere bitten.
confirm-not-sent = Diese Erstattung wurde nicht gesendet
confirm-not-sent-text = Sie endete, ohne dass etwas gesendet wurde. { $shop } kann Ihnen sagen, warum, und eine neue beginnen.
confirm-expired = Die Zeit zum Bestätigen ist abgelaufen
confirm-expired-text = Die Adresse wurde nicht rechtzeitig bestätigt, deshalb wird nichts gesendet. { $shop } kann eine neue Erstattung beginnen.
