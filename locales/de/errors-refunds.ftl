# Erstattungen, ihre Freigabe, Bestätigung und Überweisung.

error-nothing-left = Alles, was bezahlt wurde, ist erstattet oder wird gerade erstattet.
error-nothing-overpaid = Von dem, was über den geforderten Betrag hinaus bezahlt wurde, ist nichts mehr übrig.
error-continuous-not-overpaid = Eine dauerhafte Zahlungsanforderung hat keinen Betrag, also kann nichts zu viel bezahlt sein.
error-refund-window-closed = Die Frist für Erstattungen dieser Zahlungsanforderung endete am { $day } um { $time } Uhr (UTC).
error-price-part-changed = { $part } des Preises sind jetzt { $is }, nicht { $was }.
error-expected-refundable = Sie sind davon ausgegangen, dass noch { $expected } erstattet werden können; es sind { $left }.
error-other-network = Die Erstattung würde auf { $network } gesendet, nicht auf { $other }.
error-reason-unknown = Wählen Sie einen der Gründe.
error-warning-unknown = Möglich sind { $names }.
error-fee-payer = Die Netzwerkgebühr muss der Händler oder der Kunde zahlen.
error-quote-mismatch = Das Kursangebot gilt für einen anderen Betrag, einen anderen Coin, ein anderes Netzwerk, ein anderes Guthaben oder jemand anderen, der die Netzwerkgebühr zahlt.
error-quote-expired = Der Kurs dieses Kursangebots ist abgelaufen, deshalb wurde nichts gesendet.
error-rate-moved = Die Erstattung kostet jetzt { $new } statt { $old }, das sind { $change } % mehr; Ihre Richtlinie erlaubt { $tolerance } %.
error-approval-stale = Diese Erstattung hat sich geändert, seit die Seite geöffnet wurde. Es wurde nichts entschieden.
error-approval-not-awaited = { $status ->
    [pending] Diese Erstattung wartet nicht auf eine Freigabe: Sie wird demnächst gesendet.
    [awaiting_approval] Diese Erstattung wartet auf eine Freigabe.
    [awaiting_confirmation] Diese Erstattung wartet nicht auf eine Freigabe: Sie wartet auf die Bestätigung des Kunden.
    [processing] Diese Erstattung wartet nicht auf eine Freigabe: Sie wird gerade gesendet.
    [completed] Diese Erstattung wartet nicht auf eine Freigabe: Sie ist abgeschlossen.
   *[rejected] Diese Erstattung wartet nicht auf eine Freigabe: Sie ist abgelehnt.
}
error-approval-by-nobody = Dieser API-Schlüssel wurde auf der Kommandozeile erstellt; von wem die Freigabe wäre, ist nicht bekannt.
error-own-refund = Sie haben diese Erstattung selbst erstellt, deshalb muss jemand anderes sie freigeben.
error-not-stoppable-awaits-approval = Diese Erstattung wartet auf eine Freigabe, und jemand anderes hat sie erstellt. Wer Erstattungen freigeben darf, kann sie ablehnen.
error-not-stoppable-transfer-waits = Die Überweisung dieser Erstattung wartet in ihrem Netzwerk. Ein Inhaber kann sie auf der Seite der Erstattung stoppen.
error-not-stoppable = Diese Erstattung wartet nicht mehr und kann deshalb nicht gestoppt werden.
error-refund-completed = Die Erstattung ist abgeschlossen, und das ist endgültig.
error-refund-rejected = Die Erstattung ist abgelehnt, und das ist endgültig.
error-refund-ended-because = { $sentences }
error-refund-awaits-approval = Die Erstattung wartet auf eine Freigabe; gesendet wurde noch nichts.
error-refund-awaits-both = Die Erstattung wartet auf die Bestätigung des Kunden und danach auf eine Freigabe; gesendet wurde noch nichts.
error-refund-held = Die Erstattung ist noch in ihrer Wartezeit; gesendet wurde noch nichts.
error-confirmation-not-awaited = Diese Erstattung wartet nicht mehr auf die Bestätigung ihres Kunden.
error-confirmation-mails = Der Kunde hat { $count } E-Mails erhalten; mehr werden nicht gesendet.
error-confirmation-mailed-now = Der Kunde hat gerade eben eine E-Mail erhalten.
error-receipt-no-email = Diese Erstattung hat keine E-Mail-Adresse des Kunden.
error-transfer-being-cancelled = Diese Überweisung wird schon storniert.
error-transfer-not-signed = Für diese Überweisung wurde nichts signiert, es gibt also nichts zu stornieren.
error-transfer-too-late = Diese Überweisung kann nicht mehr storniert werden.
error-transfer-not-waiting = Diese Überweisung wartet nicht mehr und kann deshalb nicht gestoppt werden.
error-transfer-maybe-paid = Ob diese Erstattung gezahlt wurde, ist nicht bekannt. Zuerst müssen die Auszahlungen mit der Blockchain abgeglichen werden.
error-transfer-maybe-signed = Die Überweisung kann jeden Augenblick signiert werden. Ziehen Sie sie dort zurück, wo signiert wird.

error-mail-unavailable = Dieser Server kann keine E-Mails senden und deshalb den Kunden nicht um die Bestätigung der Adresse bitten.
error-box-not-ticked = Bestätigen Sie mit dem Häkchen, dass die Erstattung nicht rückgängig gemacht werden kann.
error-typed-end-wrong = Das sind nicht die letzten sechs Zeichen der Adresse.
error-draft-changed = Die Erstattung wurde geändert oder ihr Kurs erneuert, nachdem diese Seite geöffnet wurde.
error-fee-risen = Die Netzwerkgebühr ist gestiegen, seit diese Seite geöffnet wurde; deshalb wurde nichts gesendet.
error-order-not-paid = Für diese Bestellung ist keine Zahlung eingegangen, es gibt also nichts zu erstatten.
error-recipient-not-found = Diesen Empfänger gibt es in Ihrem Adressbuch nicht.
error-fee-limit-too-large = Die Obergrenze der Gebühr ist zu hoch.
error-recipient-exists = Diese Adresse steht schon in Ihrem Adressbuch.
error-refund-not-as-confirmed = Die Erstattung weicht von dem ab, was der Kunde bestätigt hat. Es wurde nichts geändert.
error-quote-used = Das Kursangebot wurde schon für eine Erstattung verwendet.
error-no-transfer-to-stop = Diese Erstattung hat keine Überweisung, die gestoppt werden könnte.
error-payouts-worked-on = An den Auszahlungen dieses Netzwerks wird gerade gearbeitet. Versuchen Sie es gleich noch einmal.
error-transfer-signed = Der Signaturdienst hat diese Überweisung signiert, sie kann deshalb nur storniert werden.
error-transfer-signed-elsewhere = Ein Signaturdienst hat diese Überweisung signiert, sie kann also gezahlt sein. Nehmen Sie ihr Konto wieder in die Einstellungen auf.
error-transfer-no-answer = Der Signaturdienst oder das Netzwerk antwortet nicht; ob die Erstattung gezahlt wurde, ist deshalb nicht bekannt. Versuchen Sie es später noch einmal.
error-transfer-worked-on = Die Überweisung hat sich inzwischen geändert, deshalb wurde sie nicht gestoppt.
error-network-fee-too-high = Eine Überweisung auf { $network } würde jetzt { $fee } kosten, und die Obergrenze ist { $limit } ({ $setting } in den Einstellungen). Versuchen Sie es noch einmal, wenn das Netzwerk weniger ausgelastet ist.
error-transfer-known-elsewhere = Bei einem Signaturdienst oder beim Token ist diese Erstattung verzeichnet, sie kann also gezahlt sein. Pausieren Sie die Auszahlungen ihres Netzwerks, und gleichen Sie sie ab. Wurde sie gezahlt, ist sie damit beendet.
error-transfer-no-signer = Kein Signaturdienst in den Einstellungen hat den Schlüssel des Kontos, das zahlen muss; ob die Überweisung signiert wurde, ist nicht bekannt. Nehmen Sie das Konto und seinen Signaturdienst wieder in die Einstellungen auf.
error-reprice-balance = Zum neuen Kurs kostet die Erstattung { $new } statt { $old }, und im Guthaben in { $currency } sind nur noch weitere { $available } verfügbar.
