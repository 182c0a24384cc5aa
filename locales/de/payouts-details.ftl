# Was bei Auszahlungen gespeichert wird: warum ein Konto pausiert ist, worauf eine Erstattung wartet, was ein Signaturdienst
# sagt, was eine ungeklärte Transaktion getan hat und was ein Abgleich ergeben hat.

# Warum ein auszahlendes Konto pausiert ist.
payouts-detail-unknown-transactions = { $count ->
    [one] Das Konto hat { $count } Transaktion in der Blockchain und im Pool, die diese Datenbank nicht kennt: Seine nächste Nonce ist dort { $seen } und hier { $known }.
   *[other] Das Konto hat { $count } Transaktionen in der Blockchain und im Pool, die diese Datenbank nicht kennt: Seine nächste Nonce ist dort { $seen } und hier { $known }.
}
payouts-detail-unknown-authorization = Eine Autorisierung wurde verwendet, die diese Datenbank nicht kennt.
payouts-detail-unknown-token-transfer = Ein Token hat das Konto in einer Transaktion verlassen, die diese Datenbank nicht kennt.
payouts-detail-unknown-coin-transfer = Coins haben das Konto in einer Transaktion verlassen, die diese Datenbank nicht kennt.
payouts-detail-transaction = Transaktion { $hash }.
payouts-detail-unknown-signature = Der Signaturdienst hat die Überweisung { $transfer } mit der Nonce { $nonce } signiert, was in dieser Datenbank nicht verzeichnet ist.
payouts-detail-signed-otherwise = Der Signaturdienst hat die Erstattung { $refund } anders signiert, als sie gesendet wurde; mit beidem könnte sie doppelt gezahlt werden. Die gesendete Transaktion wird verfolgt. Gleichen Sie erneut ab, wenn die Nonce { $nonce } endgültig ist.
payouts-detail-restored = Die Datenbank ist älter, als dieser Server sie kennt: Sie wurde aus einer Sicherung wiederhergestellt, während der Server lief. Halten Sie alle Server an, und folgen Sie „Backups, and after a restore“ in docs/production.md.
payouts-detail-not-followed = { $hours ->
    [one] Die Datenbank wurde zuletzt vor { $hours } Stunde mit der Blockchain verglichen. Wurde sie aus einer Sicherung wiederhergestellt, folgen Sie „Backups, and after a restore“ in docs/production.md. Sonst gleichen Sie die Auszahlungen ebenfalls ab, bevor Sie sie fortsetzen.
   *[other] Die Datenbank wurde zuletzt vor { $hours } Stunden mit der Blockchain verglichen. Wurde sie aus einer Sicherung wiederhergestellt, folgen Sie „Backups, and after a restore“ in docs/production.md. Sonst gleichen Sie die Auszahlungen ebenfalls ab, bevor Sie sie fortsetzen.
}
payouts-detail-used-before = { $count ->
    [one] Das Konto hat { $count } Transaktion gesendet, bevor es hier verwendet wurde.
   *[other] Das Konto hat { $count } Transaktionen gesendet, bevor es hier verwendet wurde.
}
payouts-detail-another-has-paid = Ein anderes Konto hat in diesem Netzwerk Erstattungen ausgezahlt oder kann das getan haben, bevor dieses verwendet wurde.
payouts-detail-paused-before = Die Auszahlungen dieses Netzwerks waren pausiert, bevor dieses Konto verwendet wurde.
payouts-detail-reconcile-or-resume = Gleichen Sie die Auszahlungen ab, wenn diese Datenbank jemals aus einer Sicherung wiederhergestellt wurde; sonst setzen Sie sie fort.
payouts-detail-reconciled-together = Zusammen mit einem anderen Konto des Netzwerks abgeglichen
payouts-detail-nodes-contradict = Zu einer Überweisung widersprechen sich die Knoten { $first } und { $second }. Finden Sie heraus, welcher falsche Daten liefert, zum Beispiel mit dem Block-Explorer des Netzwerks, und entfernen Sie ihn aus den Einstellungen.
payouts-detail-fee-not-bookable = Laut den Knoten von { $network } hat die Transaktion { $hash } eine Gebühr von { $wei } Wei gekostet; das ist mehr, als gebucht werden kann. Die Erstattung dazu endet, wenn die Knoten die richtige Gebühr nennen: Vergleichen Sie sie mit einem Block-Explorer, und ersetzen Sie die falschen.
payouts-detail-displaced = Die Nonce { $nonce } wurde von einer anderen Transaktion verwendet. Der Schlüssel wird möglicherweise anderswo verwendet, oder er wurde kopiert.
payouts-detail-revocation-displaced = Der Widerruf der Autorisierung der Erstattung { $refund } wurde verdrängt: Eine andere Transaktion hat seine Nonce verwendet. Der Schlüssel wird möglicherweise anderswo verwendet, oder er wurde kopiert. Ein neuer Widerruf wird signiert, wenn die Auszahlungen fortgesetzt werden.
payouts-detail-revocation-failed = Der Widerruf der Autorisierung der Erstattung { $refund } ist in einem endgültigen Block fehlgeschlagen. Transaktion { $hash }. Ein neuer Widerruf wird signiert, wenn die Auszahlungen fortgesetzt werden.
payouts-detail-paid-unknown = Die Erstattung { $refund } wurde in der Blockchain gezahlt, was in dieser Datenbank nicht verzeichnet ist. Gleichen Sie die Auszahlungen ab: Das beendet die Erstattung oder nennt, was dem entgegensteht.
payouts-detail-sent-unknown = Das Konto hat eine Transaktion mit der Nonce { $nonce } oder einer späteren gesendet, die diese Datenbank nicht kennt.
payouts-detail-signed-by-another = Ein anderer Signaturdienst dieses Servers hat die Erstattung { $refund } signiert, was in dieser Datenbank nicht verzeichnet ist. Gleichen Sie die Auszahlungen ab. Beendet das die Erstattung nicht, nehmen Sie das Konto, das sie gezahlt hat, wieder in die Einstellungen auf, und gleichen Sie erneut ab. Hat eine andere Transaktion die Nonce der signierten verbraucht, kann ein Inhaber die Erstattung auf ihrer Seite stoppen. Bei USDC oder EURC stornieren Sie ihre Autorisierung mit dem Schlüssel dieses Kontos und gleichen erneut ab: Das beendet die Erstattung.
payouts-detail-signer-knows-otherwise = Beim Signaturdienst ist die Erstattung { $refund } anders verzeichnet als in dieser Datenbank. Gleichen Sie die Auszahlungen ab: Das beendet die Erstattung oder nennt, was dem entgegensteht. Der Signaturdienst meldet: { $message }

# Worauf eine Erstattung wartet.
payouts-detail-blocks-not-read = { $network } hat den Block der Transaktion { $hash } entfernt, in der sich Coins des Kontos bewegt haben. Die Blöcke, die ihn ersetzt haben, wurden noch nicht gelesen.
payouts-detail-revoked-after-token = Die Autorisierung kann widerrufen werden, sobald der Emittent Überweisungen dieses Coins wieder zulässt.
payouts-detail-fee-above-limit = Das Netzwerk würde derzeit etwa { $fee } verlangen, und die Obergrenze ist { $limit } ({ $setting } in den Einstellungen).
payouts-detail-sent-when-enough = Gesendet wird, sobald diese Obergrenze ausreicht.
payouts-detail-not-raised-because = Die Gebühr lässt sich nicht erhöhen: { $problem } Die Erstattung kann trotzdem noch so gezahlt werden, wie sie ist.
payouts-detail-not-raised-forgotten = Die Gebühr lässt sich nicht erhöhen: Beim Signaturdienst ist die Überweisung nicht mehr verzeichnet, und er würde sie jetzt anders zahlen. Die Erstattung kann trotzdem noch so gezahlt werden, wie sie ist.
payouts-detail-not-raised = Die Gebühr lässt sich nicht erhöhen: { $why }. Die Erstattung kann trotzdem noch so gezahlt werden, wie sie ist.
payouts-detail-not-raised-while-paused = Die nächsten Blöcke kosten mehr, als die Überweisung bietet, und solange Auszahlungen pausiert sind, wird keine höhere Gebühr signiert. Die Erstattung kann trotzdem noch so gezahlt werden, wie sie ist; ein Inhaber kann sie stornieren.
payouts-detail-not-cancelled = Die Überweisung lässt sich nicht stornieren: { $why }. Die Erstattung kann trotzdem noch so gezahlt werden, wie sie ist.
payouts-detail-not-revoked = Die Autorisierung lässt sich nicht widerrufen: { $why }. Die Erstattung kann trotzdem noch so gezahlt werden, wie sie ist.
payouts-detail-the-signer-is-locked = Der Signaturdienst ist gesperrt
payouts-detail-the-signer-does-not-respond = Der Signaturdienst antwortet nicht
payouts-detail-payment-removed = Das Netzwerk hat eine Zahlung dieser Zahlungsanforderung entfernt, die schon gutgeschrieben war.
payouts-detail-no-contract = Unter { $contract } gibt es auf { $network } keinen Smart Contract von { $coin }; niemand kann den Coin also senden.
payouts-detail-tried-and-fails = Die Überweisung wurde simuliert und schlägt fehl, sie wäre also verloren: { $message }
payouts-detail-needs = Sie braucht { $needed } auf { $network }, und das Konto { $account } hat { $free }, die keine andere Überweisung benötigt.
payouts-detail-needs-more = Sie braucht { $needed } auf { $network }, und das Konto { $account } hat weniger, das keine andere Überweisung benötigt.
payouts-detail-token-paused = Der Emittent hat alle Überweisungen dieses Coins angehalten.
payouts-detail-blocked = Der Emittent dieses Coins hat { $account } gesperrt.
payouts-detail-nodes-away = Die Knoten von { $network } antworten nicht richtig; deshalb wird nichts signiert.
payouts-detail-recipient-not-seen = Die Knoten von { $network } melden nicht, was sich an der Adresse des Empfängers befindet.
payouts-detail-account-removed = Das Konto { $account } steht nicht in den Einstellungen dieses Servers; für das Konto wird deshalb nichts signiert.

# Was einen Signaturdienst am Signieren hindert.
payouts-detail-signer-away = Der Signaturdienst des Kontos { $account } antwortet nicht.
payouts-detail-other-signer-away = Ein anderer Signaturdienst dieses Servers antwortet nicht. Er könnte diese Erstattung früher signiert haben.
payouts-detail-signer-locked = Der Signaturdienst des Kontos { $account } ist gesperrt.
payouts-detail-signer-unexpected = Der Signaturdienst des Kontos { $account } antwortet nicht richtig.
payouts-detail-signer-of-another = Das Konto des Signaturdienstes ist { $first }, und laut den Einstellungen zahlt { $second }. Nennen Sie den Socket des Signaturdienstes, der den Schlüssel des zweiten Kontos hat, oder lassen Sie das erste zahlen.
payouts-detail-signer-without-domain = In der Richtlinie des Signaturdienstes fehlt „domain“ für { $coin }; gezahlt würde also ohne den Schutz des Tokens vor doppelter Zahlung.
payouts-detail-signer-with-another-domain = In der Richtlinie des Signaturdienstes hat das Token { $token } eine andere „domain“ als in Wirklichkeit; jede Zahlung würde fehlschlagen.

# Teile von Sätzen nach einem Doppelpunkt: warum niemand sagen kann, was ein Konto signiert hat.
payouts-detail-memory-not-shown = Der Signaturdienst zeigt seinen Speicher nicht
payouts-detail-memory-without-key = Kein Signaturdienst dieses Servers, der antwortet, hat oder hatte den Schlüssel des Kontos { $account }
payouts-detail-memory-lacks-stored = Im Speicher des Signaturdienstes fehlen Transaktionen, die diese Datenbank hat
payouts-detail-memory-lacks-sent = Im Speicher des Signaturdienstes fehlen Transaktionen, die das Konto gesendet hat

# Zahlungen, deren endgültigen Block ein Netzwerk entfernt hat.
payouts-detail-unpaid-nonce-used = Die Erstattung { $refund } ist abgeschlossen, aber ihr Kunde hat das Geld nicht: { $network } hat den endgültigen Block entfernt, in dem sie gezahlt wurde, und die Transaktion { $hash } in Block { $block }, die nichts zahlt, hat ihre Nonce verwendet.
payouts-detail-unpaid-failed = Die Erstattung { $refund } ist abgeschlossen, aber ihr Kunde hat das Geld nicht: { $network } hat den endgültigen Block entfernt, in dem sie gezahlt wurde, und die Transaktion { $hash } ist in Block { $block } fehlgeschlagen.
payouts-detail-unpaid-displaced = Die Erstattung { $refund } ist abgeschlossen, aber ihr Kunde hat das Geld nicht: { $network } hat den endgültigen Block entfernt, in dem sie gezahlt wurde, und die Transaktion { $hash } ist in keinem Block mehr: Eine andere hat ihre Nonce verwendet.
payouts-detail-unpaid-missing = Die Erstattung { $refund } ist abgeschlossen, aber ihr Kunde hat das Geld nicht: { $network } hat den endgültigen Block entfernt, in dem sie gezahlt wurde, und die Transaktion { $hash } ist in keinem Block mehr.
payouts-detail-do-not-pay = Zahlen Sie { $amount } an { $recipient } nicht auf anderem Weg, solange ihre Autorisierung eingereicht werden kann, und zwar von jedem, der sie gesehen hat: Reichen Sie sie erneut ein, oder stornieren Sie sie zuerst mit dem Schlüssel des Kontos { $account }.
payouts-detail-pay-if-cancelled = Die Autorisierung der Erstattung wurde verwendet oder storniert, und kein Knoten findet die Transaktion: Suchen Sie sie in einem Block-Explorer. Zahlen Sie { $amount } an { $recipient } nur dann aus einer anderen Wallet, wenn die Autorisierung storniert wurde, und klären Sie diese Transaktion damit, wie gezahlt wurde.
payouts-detail-pay-if-not-paid = Suchen Sie, was ihre Nonce verwendet hat. Wenn damit nicht { $amount } an { $recipient } gezahlt wurden, zahlen Sie sie aus einer anderen Wallet, und klären Sie diese Transaktion damit, wie gezahlt wurde.
payouts-detail-pay-if-gone = Jemand anderes hatte sie gesendet, deshalb kann sie wieder auftauchen. Hat kein Knoten sie mehr, zahlen Sie { $amount } an { $recipient } aus einer anderen Wallet, und klären Sie diese Transaktion damit, wie gezahlt wurde.
payouts-detail-pay-elsewhere = Zahlen Sie { $amount } an { $recipient } aus einer anderen Wallet, und klären Sie diese Transaktion damit, wie gezahlt wurde.
payouts-detail-not-exactly-paid = Die Transaktion { $hash } der Erstattung { $refund } war in Block { $block } erfolgreich, hat aber nicht genau { $amount } an { $recipient } bewegt, und die Erstattung ist damit beendet. Sehen Sie in einem Block-Explorer nach, was sie bewegt hat, geben Sie dem Kunden auf anderem Weg, was fehlt, und klären Sie diese Transaktion damit.
payouts-detail-paid-twice = Laut einer Erklärung hier wurde die Erstattung { $refund } auf anderem Weg gezahlt, nachdem ihr endgültiger Block entfernt worden war. Nun hat auch die Transaktion { $hash } { $amount } an { $recipient } gezahlt. Klären Sie sie damit, was Sie deswegen unternehmen.

# Nonces, die in der Blockchain fehlen, seit ein Netzwerk endgültige Blöcke entfernt hat.
payouts-detail-gap-to-send = Die Transaktion { $hash } der Erstattung { $refund } mit der Nonce { $nonce } ist in keinem Block mehr. „requite payouts reconcile { $code } --send“ sendet sie erneut, so wie sie signiert wurde.
payouts-detail-gap-paid-otherwise = Die Transaktion mit der Nonce { $nonce } ist in keinem Block mehr. Die Erstattung { $refund } wurde auf anderem Weg gezahlt, deshalb wird ihre eigene Zahlung nicht erneut gesendet. Senden Sie eine beliebige andere mit dieser Nonce, oder verwenden Sie ein anderes Konto, wie docs/custody.md beschreibt.
payouts-detail-gap-failed = Die Transaktion mit der Nonce { $nonce }, mit der die Erstattung { $refund } fehlgeschlagen war, ist in keinem Block mehr. Erneut gesendet könnte sie zahlen, deshalb wird sie nicht gesendet. Verwenden Sie ein anderes Konto, wie docs/custody.md beschreibt.
payouts-detail-gap-unknown = Die Transaktion mit der Nonce { $nonce } stammt nicht von diesem Server und ist in keinem Block mehr. Senden Sie eine beliebige andere mit dieser Nonce, oder verwenden Sie ein anderes Konto, wie docs/custody.md beschreibt.
payouts-detail-gap-not-sent-again = Die Transaktion { $hash } mit der Nonce { $nonce } hat die Erstattung { $refunds } gezahlt und ist in keinem Block mehr. Laut einer Erklärung hier wurde ein Kunde auf anderem Weg bezahlt, deshalb wird sie nicht erneut gesendet. Senden Sie eine beliebige andere Transaktion mit dieser Nonce, oder verwenden Sie ein anderes Konto, wie docs/custody.md beschreibt. Wer nicht auf anderem Weg bezahlt wurde, muss noch bezahlt werden.
payouts-detail-gap-exactly-that = Die Transaktion { $hash } mit der Nonce { $nonce } hat die Erstattung { $refunds } gezahlt und ist in keinem Block mehr. Senden Sie genau diese Transaktion erneut: Jede andere mit dieser Nonce macht den Verlust endgültig, und die Erstattung muss ihrem Kunden auf anderem Weg gezahlt werden. „requite payouts reconcile { $code } --send“ sendet sie, wenn der Signaturdienst ihre Bytes hat.
payouts-detail-gap-own-payment = Was für die Erstattung { $refund } mit dieser Nonce signiert wurde, ihre eigene Zahlung, wird nicht erneut gesendet.
payouts-detail-gap-sent-again = Die Transaktion { $hash } war in keinem Block mehr und wurde erneut gesendet. Gleichen Sie erneut ab.

# Was endgültig werden oder getan werden muss, bevor ein Konto abgeglichen ist.
payouts-detail-unknown-not-final = { $count ->
    [one] Das Konto hat { $count } Transaktion, die diese Datenbank nicht kennt, und noch ist nicht alles endgültig. Gleichen Sie erneut ab, wenn es so weit ist.
   *[other] Das Konto hat { $count } Transaktionen, die diese Datenbank nicht kennt, und noch ist nicht alles endgültig. Gleichen Sie erneut ab, wenn es so weit ist.
}
payouts-detail-paid-without-authorization = Die Erstattung { $refund } wurde mit der Transaktion { $hash } gezahlt, aber nicht mit ihrer Autorisierung, die jeder noch einreichen könnte, der sie gesehen hat. Stornieren Sie die Autorisierung mit dem Schlüssel des Kontos, und gleichen Sie dann erneut ab.
payouts-detail-nonce-of-refund-used = Die Überweisung der Erstattung { $refund } hatte die Nonce { $nonce }, die eine andere Transaktion verwendet hat. Gleichen Sie erneut ab, wenn diese geklärt ist.
payouts-detail-authorization-not-final = Die Autorisierung der Erstattung { $refund } wurde in einem Block verwendet oder storniert, der noch nicht endgültig ist.
payouts-detail-ended-before-sent = Die Erstattung { $refund } wurde in der Blockchain gezahlt oder storniert und wartet hier noch auf etwas anderes, bevor sie gesendet wird. Sie kann nicht noch einmal gezahlt werden; gleichen Sie erneut ab, wenn sie gesendet werden soll.
payouts-detail-paid-not-final = Die Erstattung { $refund } wurde in einem Block gezahlt, der noch nicht endgültig ist.
payouts-detail-assigned-to-another = Was für die Erstattung { $refund } signiert war, wurde mit der Transaktion { $hash } gezahlt, die einer anderen Erstattung zugeordnet wurde. Für sie wird nichts mehr gezahlt: Ein Inhaber stoppt die Erstattung { $refund } auf ihrer Seite.
payouts-detail-signer-has-revoked = Der Signaturdienst hat die Autorisierung der Erstattung { $refund } mit der Nonce { $nonce } widerrufen. Gleichen Sie erneut ab, wenn ihre Zahlung endgültig ist.
payouts-detail-not-correctable = Mit der Transaktion { $hash } wurden für die Erstattung { $refund } { $paid } statt { $planned } gezahlt, und sie kann nicht entsprechend berichtigt werden: { $why } Beheben Sie das, und gleichen Sie erneut ab.
payouts-detail-database-refuses = Die Datenbank lehnt das ab. Den Grund nennt das Protokoll des Servers.
payouts-detail-transaction-not-final = Die Transaktion { $hash } ist noch nicht endgültig.

# Was der Signaturdienst für Erstattungen signiert hat, die hier nicht bekannt sind.
payouts-detail-orphan-withheld = Der Signaturdienst hat { $payment } mit der Nonce { $nonce } für die Erstattung { $refund } signiert, { $why }. Die Transaktion ist in keinem Block und wird von hier nie gesendet. Finden Sie heraus, wer sie signieren ließ: Wer ihre Bytes hat, kann sie senden, bis die Nonce { $nonce } verwendet ist. Senden Sie eine beliebige andere Transaktion mit dieser Nonce, oder verwenden Sie ein anderes Konto, wie docs/custody.md beschreibt.
payouts-detail-orphan-too-far = Der Signaturdienst hat { $payment } für die Erstattung { $refund } mit der Nonce { $nonce } signiert, die hier nicht bekannt ist oder hier einen anderen Inhalt hat. Die Transaktion ist in keinem Block und kann in keinem sein: Die nächste Nonce des Kontos ist { $next }, und Transaktionen mit den Nonces dazwischen sind nicht bekannt. Kann niemand das erklären, wurde der Server missbraucht: Lassen Sie den Signaturdienst gesperrt, und verwenden Sie das Konto nicht mehr.
payouts-detail-orphan-sent = Der Signaturdienst hat { $payment } für die Erstattung { $refund } mit der Nonce { $nonce } signiert, die hier nicht bekannt ist oder hier einen anderen Inhalt hat. Die Transaktion war in keinem Block und wurde erneut gesendet. Gleichen Sie erneut ab, wenn sie endgültig ist.
payouts-detail-orphan-told = Der Signaturdienst hat { $payment } für die Erstattung { $refund } mit der Nonce { $nonce } signiert, die hier nicht bekannt ist oder hier einen anderen Inhalt hat. Die Transaktion ist in keinem Block und hält alle späteren Überweisungen auf. Ist sie richtig, sendet „requite payouts reconcile { $code } --send“ sie. Kann niemand sie erklären, wurde der Server missbraucht: Lassen Sie den Signaturdienst gesperrt, und verwenden Sie das Konto nicht mehr.
payouts-detail-withheld-ended = die hier ohne sie beendet ist
payouts-detail-withheld-paid-otherwise = deren Kunde laut einer Erklärung hier seitdem auf anderem Weg bezahlt wurde
payouts-detail-withheld-of-another-account = die hier das Konto { $account } auf { $network } zahlen muss
payouts-detail-withheld-known-to-others = die hier das Konto { $account } auf { $network } zahlen muss: Das Konto, das sie signiert hat, ist nicht in den Einstellungen, oder ein anderer Signaturdienst kennt sie auch oder antwortet nicht
payouts-detail-withheld-another-payment = die hier als andere Zahlung signiert wurde

# Was ein Abgleich nicht beweisen kann.
payouts-detail-name-its-signer = Das Konto steht nicht in den Einstellungen, und niemand kann sagen, was es signiert hat: { $reason }. Nennen Sie seinen Signaturdienst in den Einstellungen, zum Beispiel als „signer“ der Datei, und gleichen Sie erneut ab. Ist sein Speicher verloren, kann gesendet werden, was signiert wurde und in keinem Block ist, solange das Konto Coins für die Netzwerkgebühr hat.
payouts-detail-maybe-paid = { $count ->
    [one] Möglicherweise wurde { $count } Erstattung gezahlt, ohne dass ein Knoten die Transaktion kennt: { $refunds }. Der Grund: { $reason }. Eine Transaktion, die signiert und aus den Pools entfernt wurde, kann wiederkommen. Suchen Sie anderswo nach einer an ihre Adresse, oder warten Sie, bevor Sie fortsetzen.
   *[other] Möglicherweise wurden { $count } Erstattungen gezahlt, ohne dass ein Knoten die Transaktionen kennt: { $refunds }. Der Grund: { $reason }. Eine Transaktion, die signiert und aus den Pools entfernt wurde, kann wiederkommen. Suchen Sie anderswo nach einer an ihre Adressen, oder warten Sie, bevor Sie fortsetzen.
}
payouts-detail-authorization-not-found = Die Autorisierung der Erstattung { $refund } wurde verwendet oder storniert, und die durchsuchten Blöcke enthalten die Transaktion nicht. Sie kann nicht noch einmal gezahlt werden. Gleichen Sie mit einem Knoten, der alte Zustände hat, erneut ab, oder ordnen Sie ihr die Transaktion zu.

# Was verhindert, dass Auszahlungen fortgesetzt werden.
payouts-detail-not-compared = Das Konto { $account } wurde eine Weile nicht überwacht, deshalb können Erstattungen gezahlt sein, ohne dass es hier eine Spur davon gibt. Gleichen Sie es zuerst ab, mit „requite payouts reconcile { $code }“ oder auf der Seite „Auszahlungen“.
payouts-detail-not-explained = Die Transaktion { $hash } ist nicht geklärt. { $what }
payouts-detail-nonce-used-by-another = Die Nonce der Erstattung { $refund } wurde von einer anderen Transaktion verwendet.
payouts-detail-unknown-to-database = { $count ->
    [one] Das Konto hat { $count } Transaktion, die diese Datenbank nicht kennt.
   *[other] Das Konto hat { $count } Transaktionen, die diese Datenbank nicht kennt.
}
payouts-detail-nobody-can-say = Das Konto { $account } steht nicht in den Einstellungen, und niemand kann sagen, was es signiert hat: { $reason }.
payouts-detail-signature-not-known = Der Signaturdienst hat die Überweisung { $transfer } mit der Nonce { $nonce } signiert, was hier nicht bekannt ist.

# Was eine Transaktion getan hat, die niemand geklärt hat.
payouts-detail-nonce-not-found = Das Konto hat eine Transaktion mit der Nonce { $nonce } gesendet, die in den Blöcken { $from } bis { $to } nicht gefunden wurde.
payouts-detail-failed = Sie ist in Block { $block } fehlgeschlagen und hat also nichts gezahlt (Nonce { $nonce }).
payouts-detail-failed-from-another = Sie ist in Block { $block } fehlgeschlagen und hat also nichts gezahlt (von einem anderen Konto gesendet).
payouts-detail-moved-nothing = Sie hat in Block { $block } keinen der Coins bewegt, die hier bekannt sind (Nonce { $nonce }).
payouts-detail-moved-nothing-from-another = Sie hat in Block { $block } keinen der Coins bewegt, die hier bekannt sind (von einem anderen Konto gesendet).
payouts-detail-paid = Sie hat in Block { $block } gezahlt: { $moved } (Nonce { $nonce }).
payouts-detail-paid-from-another = Sie hat in Block { $block } gezahlt: { $moved } (von einem anderen Konto gesendet).
payouts-detail-movement = { $amount } an { $recipient }
payouts-detail-movement-unknown = { $units } Einheiten eines unbekannten Coins an { $recipient }
payouts-detail-signed-for = Der Signaturdienst hat sie für die Erstattung { $refund } signiert.
payouts-detail-payment-of-ended = Sie ist die signierte Zahlung der Erstattung { $refund }, die ohne sie beendet wurde: Der Kunde hat dieses Geld, obwohl laut der Erstattung nichts gesendet wurde.
payouts-detail-failed-payment-of-ended = Sie ist die signierte Zahlung der Erstattung { $refund }, die ohne sie beendet wurde.
payouts-detail-authorization-of-ended = Sie hat die Autorisierung der Erstattung { $refunds } verwendet, die ohne sie beendet wurde: Der Kunde hat dieses Geld, obwohl laut der Erstattung nichts gesendet wurde.
payouts-detail-exactly-owed = Sie ist genau das, was die Erstattung { $refund } zahlen muss.
payouts-detail-on-command-line = Auf der Kommandozeile pausiert.
