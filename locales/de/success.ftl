# Was ein Formular bewirkt hat, auf der Seite danach.

success-role-changed = Die Rolle wurde geändert. Sie gilt ab der nächsten Anfrage der Person, nicht aber für API-Schlüssel, die sie erstellt hat.
success-member-disabled = Gesperrt: überall abgemeldet, und eine Anmeldung ist nicht mehr möglich.
success-member-enabled = Entsperrt: Die Anmeldung ist wieder möglich.
success-member-signed-out = Überall abgemeldet.
success-password-link-mailed = Eine E-Mail mit einem Link für ein neues Passwort ist unterwegs, falls in den letzten zwei Minuten noch keine verschickt wurde.
success-password-changed = Ihr Passwort wurde geändert. Ihre anderen Sitzungen wurden beendet.
success-other-sessions-ended = Ihre anderen Sitzungen wurden beendet.
success-password-link-requested = Falls es ein Konto mit dieser E-Mail-Adresse gibt, ist eine E-Mail mit einem Link unterwegs. Der Link gilt eine Stunde lang.
success-password-chosen = Ihr neues Passwort ist gesetzt. Melden Sie sich damit an.
success-time-zone-changed = Gespeichert. Tage in Filtern richten sich in jedem Browser, in dem Sie sich anmelden, nach Ihrer Zeitzone.
success-language-chosen = Gespeichert. Die Sprache gilt in jedem Browser, in dem Sie sich anmelden.

success-policy-changed = Gespeichert. Die Richtlinie gilt ab jetzt für jede Erstattung.
success-policy-change-proposed = Gespeichert, aber noch nicht in Kraft, weil die Änderung die Richtlinie lockert. Alle Inhaber wurden per E-Mail benachrichtigt.
success-policy-change-proposed-without-mail = Gespeichert, aber noch nicht in Kraft, weil die Änderung die Richtlinie lockert. Dieser Server verschickt keine E-Mails. Sagen Sie deshalb den anderen Inhabern Bescheid.
success-policy-change-approved = Freigegeben. Die Änderung tritt in Kraft, wenn ihre Wartezeit endet.
success-policy-change-withdrawn = Zurückgezogen. Die Richtlinie bleibt, wie sie ist.
success-minimum-balances-set = Gespeichert. Die Startseite warnt, wenn weniger verfügbar ist.
success-house-currency-chosen = Die Buchwährung wurde geändert. Sie gilt ab dem angezeigten Monat.
success-balance-topped-up = Das Testgeld wurde hinzugefügt. Es steht unten in den Buchungen.

success-endpoint-added = Hinzugefügt. Hinterlegen Sie das Geheimnis bei Ihrem Empfänger, dann senden Sie ein Testereignis.
success-endpoint-changed = Gespeichert. Die Änderung gilt ab jetzt für jede Nachricht.
success-endpoint-enabled = Aktiviert. Was inzwischen nicht gesendet wurde, steht unten. Sie können es erneut senden.
success-endpoint-disabled = Deaktiviert. Es wird nichts mehr gesendet, aber neue Ereignisse bleiben gespeichert.
success-endpoint-deleted = Gelöscht. Dorthin wird nichts mehr gesendet.
success-secret-replaced = Das Geheimnis wurde geändert. Nachrichten werden noch 24 Stunden lang auch mit dem alten signiert.
success-delivery-repeated = Die Nachricht wird erneut gesendet. Sehen Sie in einem Moment nach, welche Antwort kam.
success-failed-deliveries-repeated = { $count ->
    [0] Seitdem ist alles angekommen oder wartet noch. Es gibt also nichts erneut zu senden.
    [one] Eine Nachricht wird erneut gesendet.
   *[other] { $count } Nachrichten werden erneut gesendet.
}

success-draft-discarded = Verworfen. Es wurde nichts erstattet.
success-confirmation-mailed = Der Kunde erhält eine weitere E-Mail. Auch die Links in früheren E-Mails gelten weiter.
success-receipt-shared = Der Link steht unten. Senden Sie ihn dem Kunden.
success-receipt-mailed = Der Kunde erhält die Quittung per E-Mail.

success-transfer-cancelling = Eine Transaktion, die nichts zahlt, tritt an ihre Stelle. Das Netzwerk entscheidet, welche der beiden es annimmt.
success-transfer-stopped = Gestoppt. Es wurde nichts gesendet, und das Geld ist wieder in Ihrem Guthaben.
success-payouts-paused = Pausiert. Es wird nichts mehr signiert außer Stornierungen, die ein Inhaber verlangt. Was vorher signiert wurde, wird noch bis zum Ende verfolgt.
success-payouts-resumed = Fortgesetzt. Wartende Erstattungen werden jetzt gesendet.
success-payouts-reconciled = So weit wie möglich abgeglichen. Das Ergebnis steht unten.
success-transaction-explained = Geklärt. Die Transaktion steht dem Fortsetzen der Auszahlungen nicht mehr im Weg.
success-transaction-assigned = Zugeordnet. Die Erstattung ist als ausgezahlt abgeschlossen.
success-deposit-taken-back = Vom Guthaben und von der Zahlungsanforderung zurückgebucht.
success-deposit-written-off = Abgeschrieben. Das Guthaben wurde so weit wie möglich belastet.
success-deposit-recovered = Als wieder eingegangen markiert. Dem Guthaben wurde wieder gutgeschrieben, was davon abgebucht worden war.
success-funds-handled = Gespeichert. Die Zahlung gilt als erledigt, und die Startseite zählt sie nicht mehr.
success-month-closed = Abgeschlossen. Die Summen sind gespeichert, und in diesem Monat wird nichts mehr gebucht.

success-view-saved = Gespeichert. Die Ansicht steht über der Liste.
success-view-renamed = Die Ansicht wurde umbenannt.
success-view-deleted = Die Ansicht wurde gelöscht.
