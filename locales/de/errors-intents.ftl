# Zahlungsanforderungen, Zahlungen und Bestellungen.

error-intent-paid-in = Diese Zahlungsanforderung wird in { $currency } bezahlt.
error-intent-no-such-address = Diese Zahlungsanforderung hat auf { $network } keine solche Adresse.
error-intent-expiry = Eine Zahlungsanforderung muss in der Zukunft ablaufen, spätestens in { $days } Tagen.
error-intent-continuous = Eine dauerhafte Zahlungsanforderung läuft nicht ab: Der Kunde kann ihre Adresse behalten haben.
error-intent-payment-pending = Eine Zahlung dieser Zahlungsanforderung ist noch offen.
error-intent-not-expirable = { $status ->
    [created] Diese Zahlungsanforderung wird gerade erstellt und kann nicht beendet werden.
    [pending] Diese Zahlungsanforderung ist offen und kann nicht beendet werden.
    [complete] Diese Zahlungsanforderung ist bezahlt und kann nicht beendet werden.
    [active] Diese Zahlungsanforderung ist aktiv und kann nicht beendet werden.
    [expired] Diese Zahlungsanforderung ist schon abgelaufen.
    [failed] Diese Zahlungsanforderung ist fehlgeschlagen und kann nicht beendet werden.
   *[refunded] Diese Zahlungsanforderung ist erstattet und kann nicht beendet werden.
}
error-intent-not-paid = Für diese Zahlungsanforderung ist keine Zahlung eingegangen, es gibt also nichts zu erstatten.
error-payment-pending = Eine Zahlung dieser Zahlungsanforderung wird noch bestätigt; erstattet werden kann erst danach.
error-payment-lost = Das Netzwerk hat den Block einer Zahlung dieser Zahlungsanforderung entfernt, deshalb wird davon nichts mehr erstattet.
error-deposit-not-positive = Der Betrag einer Einzahlung muss über null liegen.
error-no-sender = Für diese Zahlungsanforderung ist keine Zahlung eingegangen, es gibt also keinen Absender.
error-sender-unknown = Von welcher Adresse diese Zahlungsanforderung bezahlt wurde, ist nicht bekannt.
error-sender-ambiguous = Diese Zahlungsanforderung wurde von mehr als einer Adresse bezahlt.
error-order-paid = Für diese Bestellung ist eine Zahlung eingegangen, sie kann deshalb nicht storniert werden.
error-order-not-cancelable = { $status ->
    [new] Diese Bestellung ist neu und kann nicht storniert werden.
    [pending] Diese Bestellung ist offen und kann nicht storniert werden.
    [confirming] Eine Zahlung dieser Bestellung wird bestätigt, sie kann deshalb nicht storniert werden.
    [paid] Diese Bestellung ist bezahlt und kann nicht storniert werden.
    [invalid] Diese Bestellung ist ungültig und kann nicht storniert werden.
    [expired] Diese Bestellung ist abgelaufen und kann nicht storniert werden.
    [canceled] Diese Bestellung ist schon storniert.
    [refunded] Diese Bestellung ist erstattet und kann nicht storniert werden.
   *[partially_refunded] Diese Bestellung ist teilweise erstattet und kann nicht storniert werden.
}

error-notes-by-people = Notizen können nur Personen schreiben, keine Programme.
error-funds-handled = Diese Zahlung ist schon erledigt.
error-funds-not-arrived = Diese Zahlung ist noch nicht endgültig eingegangen.
error-funds-not-unsupported = Diese Zahlung gehört nicht zu denen, die nicht gutgeschrieben wurden.
error-price-without-rate = hat auf diesem Server keinen Kurs, deshalb kann keine Bestellung einen Preis darin haben
error-price-too-large = Der Preis ist zu hoch, um ihn umzurechnen.
error-order-over = Die Zeit, diese Bestellung zu bezahlen, ist abgelaufen.
error-order-coin-chosen = Für diese Bestellung wurde schon ein Coin gewählt.
error-coin-of-list = Wählen Sie einen der Coins aus der Liste.
error-simulate-amount = Eine dauerhafte Zahlungsanforderung hat keinen Betrag. Geben Sie den Betrag der Zahlung an.
error-simulate-nothing-due = Bei dieser Zahlungsanforderung ist nichts offen, deshalb muss der Betrag angegeben werden.
error-deposit-address-not-ready = Die Einzahlungsadresse ist noch nicht bereit.
error-order-changed = Diese Bestellung hat sich gerade eben geändert.
error-order-coin-chosen-or-over = Für diese Bestellung wurde schon ein Coin gewählt, oder die Zeit dafür ist abgelaufen.
error-no-rate-to-credit = Es gibt keinen Kurs, um diese Zahlung gutzuschreiben.
error-deposit-not-booked = Diese Einzahlung ist noch nicht gebucht.
error-intent-not-on-network = Diese Zahlungsanforderung kann auf { $network } nicht bezahlt werden.
error-deposit-reported-before = Diese Einzahlung wurde schon gemeldet, mit einem Betrag von { $amount }.
error-payment-ended = { $status ->
    [paid] Diese Zahlung ist schon eingegangen.
   *[failed] Diese Zahlung ist schon fehlgeschlagen.
}
