# Die Liste der Zahlungen, für Kunden und für das Team.

payments-title = Zahlungen
payments-of-order = Zahlungen dieser Bestellung
payments-none = Noch ist nichts eingegangen.
payments-unreachable = Der Server ist gerade nicht erreichbar; es wird weiter versucht.
# Darauf folgt ein Link.
payments-live = Diese Liste aktualisiert sich selbst.{ " " }
payments-over = Es werden keine Zahlungen mehr erwartet.
payments-look-again = Neu laden
payments-block = Block
payments-position = Position in der Transaktion
payments-transaction = Transaktion

# Wie weit eine Zahlung ist, für Kunden.

payment-stage-seen = erkannt
payment-stage-confirmed = bestätigt
payment-stage-credited = gutgeschrieben
payment-stage-final = bezahlt
payment-stage-not-credited = nicht gutgeschrieben
payment-stage-in-no-block = in keinem Block
payment-stage-failed = fehlgeschlagen

payment-seen = Das Netzwerk bestätigt sie gerade.
payment-confirmed = Sie ist bestätigt und wird gleich gutgeschrieben.
payment-waits-for-rate = Sie ist bestätigt. Der Shop wartet auf einen Wechselkurs, um sie gutzuschreiben; Sie müssen nichts tun.
payment-arrived = Sie ist eingegangen.
payment-not-credited = Sie passt nicht zur Bestellung und wurde deshalb nicht gutgeschrieben. Fragen Sie den Shop.
payment-in-no-block = Das Netzwerk hat den Block entfernt, in dem sie war. Meist kommt sie in einem anderen Block zurück.
payment-failed = Sie wird nicht eingehen. Sehen Sie in Ihrer Wallet nach.

payment-block = { $height } ({ $confirmations })
payment-confirmations = { $count ->
    [one] 1 Bestätigung
   *[other] { $count } Bestätigungen
}
payment-confirmations-of = { $count } von { $needed ->
    [one] 1 Bestätigung
   *[other] { $needed } Bestätigungen
}.
payment-confirmations-so-far = { $confirmations }.
payment-until-safe = { $confirmations }. Sie wird gutgeschrieben, sobald ihr Block sicher ist.
payment-until-safe-missing = { $confirmations }. Sie wird gutgeschrieben, sobald ihr Block sicher ist: { $blocks }
payment-until-final = { $confirmations }. Sie wird gutgeschrieben, sobald ihr Block endgültig ist.
payment-until-final-missing = { $confirmations }. Sie wird gutgeschrieben, sobald ihr Block endgültig ist: { $blocks }
payment-blocks-safe = { $count ->
    [one] 1 weiterer Block muss sicher werden.
   *[other] { $count } weitere Blöcke müssen sicher werden.
}
payment-blocks-final = { $count ->
    [one] 1 weiterer Block muss endgültig werden.
   *[other] { $count } weitere Blöcke müssen endgültig werden.
}
