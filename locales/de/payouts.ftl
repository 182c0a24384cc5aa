# Die Konten, die Erstattungen in echten Netzwerken auszahlen, verlorene Einzahlungen und der Bestand eigener Adressen.

payouts-title = Auszahlungen
payouts-none = Keine auszahlenden Konten
payouts-none-why = Dieser Server ist mit keinem echten Netzwerk verbunden, oder in seiner Netzwerkdatei steht kein auszahlendes Konto.
payouts-lead = Diese Konten zahlen Erstattungen in echten Netzwerken aus. Sie haben nur kleine Bestände und müssen deshalb aus Ihrer eigenen Wallet aufgefüllt werden.
payouts-held = Wartende Erstattungen
payouts-several-merchants = Auf diesem Server gibt es mehrere Händler. Der Betreiber des Servers gleicht Auszahlungen mit „requite payouts“ ab und setzt sie fort; ungeklärte Vorgänge sieht nur er.
payouts-one-of-several = { $network }, Konto { $account }

# Was ein laufendes Konto am Auszahlen hindert, und danach, was das bedeutet.
payouts-no-answer-since = Das Konto läuft, aber seit { $since } hat kein Knoten geantwortet.
payouts-no-answer-yet = Das Konto läuft, aber bisher hat kein Knoten geantwortet.
payouts-no-round-since = Das Konto läuft, aber seit { $since } hat kein Server es geprüft.
payouts-no-block-since = Das Konto läuft, aber seit { $since } hat kein Knoten einen neuen Block.
payouts-until-that-is-over = Bis das behoben ist, warten Erstattungen.
payouts-another-is-paused = Für dieses Konto wird nichts signiert, weil ein anderes Konto dieses Netzwerks pausiert ist. Jenes könnte dieselben Erstattungen schon ausgezahlt haben.
payouts-older-memory = Der Speicher des Signaturdienstes ist älter als die Datenbank. Seine Obergrenzen je Tag und sein Schutz vor doppelten Signaturen beginnen ab diesem Stand neu.
payouts-operator-looks = Der Betreiber des Servers muss das prüfen.

# Wer oder was ein Konto pausiert hat, und was zu tun ist. Auf die ersten beiden folgen Einzelheiten, die nicht übersetzt sind.
payouts-nothing-is-signed = Es wird nichts signiert: { $reason }.
payouts-nothing-is-signed-by = Es wird nichts signiert: { $reason } ({ $who }).
payouts-signer-says = Meldung des Signaturdienstes: { $message }
payouts-next-of-operator = Erstattungen warten, bis ein Inhaber die Auszahlungen fortsetzt. Wurde eine Sicherung wiederhergestellt, gleichen Sie vorher ab.
payouts-next-find-out = Erstattungen warten. Ein Inhaber muss herausfinden, was geschehen ist: abgleichen, klären, was aufgeführt ist, und fortsetzen.
payouts-next-of-not-followed = Erstattungen warten. Ein Inhaber muss abgleichen und klären, was aufgeführt ist, auch wenn keine Sicherung wiederhergestellt wurde; danach lassen sich Auszahlungen fortsetzen, und zwar von einem weiteren Inhaber, wenn es ihn gibt.
payouts-cancelled-while-paused = Ein Inhaber kann eine Zahlung noch auf der Seite ihrer Erstattung stornieren; sonst wird nichts signiert.
payouts-nothing-would-be-signed = Zurzeit würde nichts signiert: { $reason }.
payouts-look-at-the-signer = Der Betreiber des Servers muss das prüfen; bis dahin warten Erstattungen.
payouts-since = Seit { $at }

payouts-pause-title = Auszahlungen pausieren
payouts-pause-hint = Danach wird nichts mehr signiert, auch keine höhere Gebühr; nur eine Zahlung, die in keinem Block ist, kann ein Inhaber noch stornieren. Was schon signiert ist, wird bis zum Ende verfolgt, da es jederzeit ausgezahlt werden kann. Gibt es einen weiteren Inhaber, kann nicht fortsetzen, wer pausiert, abgleicht oder klärt.
payouts-network = Netzwerk
payouts-pause-reason = Grund für die Pause der Auszahlungen
payouts-pause = Pausieren

# Was ein Konto hat.
payouts-top-up = Füllen Sie es auf.
payouts-missing = Das Konto hat { $held }, offene Erstattungen brauchen { $needed }: Es fehlen { $missing }.
payouts-low = Das Konto hat nur noch wenig { $coin }.
payouts-low-for-fees = Das Konto hat nur noch wenig { $coin }, womit es die Netzwerkgebühren zahlt.
payouts-account = Konto zum Auffüllen
payouts-account-not-used = Nicht mehr verwendetes Konto: Senden Sie nichts dorthin
payouts-qr-code = QR-Code
payouts-last-block = Zuletzt gesehener Block
payouts-seen = { $latest }, endgültig bis { $final }, { $at }
payouts-seen-none = noch keiner
payouts-next-nonce = Nächste Nonce
payouts-coins = Bestand des Kontos
payouts-coin = Coin
payouts-coin-for-fees = { $coin }, auch für Gebühren
payouts-held-of-coin = Bestand des Kontos
payouts-needed = Bedarf offener Erstattungen
payouts-balance = Guthaben im Hauptbuch
payouts-result = Ergebnis
payouts-result-not-seen = noch nicht geprüft
payouts-result-too-little = zu wenig
payouts-result-low = knapp
payouts-result-enough = ausreichend

# Transaktionen eines Kontos, die zu keiner Erstattung gehören.
payouts-unexplained = Ungeklärte Transaktionen
payouts-unexplained-hint = Sie gingen von diesem Konto ab, und diese Datenbank kennt keine Erstattung dazu. Prüfen Sie sie, bevor Sie Auszahlungen fortsetzen.
payouts-unexplained-list = Ungeklärte Transaktionen
payouts-transaction = Transaktion
payouts-what-it-did = Was sie bewirkt hat
payouts-found = Gefunden
payouts-found-at = Gefunden am { $at }.

# Die drei Schritte, nach denen ein Konto wieder auszahlen kann: abgleichen.
payouts-compare-title = Datenbank, Signaturdienst und Blockchain abgleichen
payouts-compare-hint = Dabei wird nichts signiert. Was nachweislich gesendet oder ausgezahlt ist, wird übernommen; alles andere wird aufgeführt. Gibt es einen weiteren Inhaber, muss dieser fortsetzen, wenn Sie abgleichen, klären oder zuordnen.
payouts-compare = Auszahlungen auf { $network } abgleichen
payouts-compared = Zuletzt abgeglichen am { $at }: Die Blöcke { $from } bis { $to } wurden durchsucht. Die nächste Nonce ist { $nonce }.
payouts-taken-over = Aus dem Speicher des Signaturdienstes übernommen und jetzt verfolgt: Erstattung { $refund }.
payouts-found-out = Festgestellter Stand der Überweisung zu Erstattung { $refund }: { $status }.
payouts-not-yet = Noch nicht abgeglichen.
payouts-not-yet-hint = Gleichen Sie erneut ab, wenn das erledigt ist. Wiederholt der Client einer verlorenen Erstattung seine Anfrage mit demselben Idempotenzschlüssel, wird übernommen, was dafür signiert wurde.
payouts-not-proven = Das lässt sich nicht nachweisen.
payouts-not-proven-hint = Sie können trotzdem fortsetzen, aber dann werden diese Erstattungen vielleicht doppelt ausgezahlt. Suchen Sie vorher jede von ihnen an anderer Stelle.

# Klären oder zuordnen.
payouts-explain-title = Aufgeführte Transaktionen klären oder zuordnen
payouts-explain-hint = Diese Transaktionen stammen von diesem Konto, und diese Datenbank kennt keine Erstattung dazu. Hat eine davon eine Erstattung ausgezahlt, die hier noch offen ist, ordnen Sie sie zu: Die Erstattung gilt dann als ausgezahlt. Sonst geben Sie an, was es war.
payouts-nothing-to-explain = Alle Transaktionen dieses Kontos sind geklärt.
payouts-nothing-compared = Noch ist nichts aufgeführt. Gleichen Sie zuerst ab.
payouts-look-it-up = Schlagen Sie sie nach, und vergleichen Sie Empfänger, Coin und Betrag mit Ihren Erstattungen.
payouts-nonce-used = Das Konto hat diese Nonce verwendet, und kein befragter Knoten findet die Transaktion. Suchen Sie sie in einem Block-Explorer.
payouts-explanation = Erklärung für das Prüfprotokoll
payouts-explain = Klären
payouts-compare-to-assign = Gleichen Sie ab, um zu sehen, welche Ihrer Erstattungen sie ausgezahlt haben kann.
payouts-nothing-fits = Keine hier wartende Erstattung muss genau diesen Betrag dieses Coins an diese Adresse auszahlen. Deshalb lässt sich die Transaktion nicht zuordnen. Geben Sie an, was es war. Falls Sie eine passende Erstattung erwarten: Braucht sie noch eine Freigabe oder eine Bestätigung, oder ist sie in ihrer Wartezeit, passt sie erst danach. Ist sie in der Datenbank verloren gegangen, passt sie erst, wenn ihr Client die Anfrage wiederholt. Gleichen Sie dann erneut ab.
payouts-assigned-refund = Die ausgezahlte Erstattung
payouts-assignable = { $amount } an { $recipient }
payouts-assign-hint = Aufgeführt sind nur Erstattungen, die genau diesen Betrag auszahlen müssen. Die Zuordnung lässt sich nicht rückgängig machen.
payouts-assign = Zuordnen

# Fortsetzen. Die letzten drei folgen aufeinander.
payouts-resume-title = Fortsetzen
payouts-resume = Auszahlungen auf { $network } fortsetzen
payouts-resume-is-refused = Das wird abgelehnt, solange oben etwas ungeklärt ist.
payouts-resume-after-comparison = Das wird abgelehnt, bis das Konto in dieser Pause abgeglichen ist.
payouts-resume-asks-again = Blockchain und Signaturdienst werden noch einmal abgefragt. Kennen sie eine ungeklärte Transaktion des Kontos, wird das Fortsetzen abgelehnt.
payouts-took-part = Sie haben etwas pausiert, abgeglichen, geklärt oder zugeordnet, während die Auszahlungen pausiert waren.
payouts-resumed-by-others = Deshalb muss ein anderer Inhaber sie fortsetzen ({ $names }) oder der Betreiber des Servers.
payouts-resumed-by-operator = Das gilt auch für alle anderen Inhaber, deshalb muss der Betreiber des Servers sie fortsetzen.
payouts-resumed-with = Auf dem Server geht das mit { $command }. Wer fortsetzt, prüft vorher, was getan wurde; es steht im Prüfprotokoll.

# Einzahlungen, die gutgeschrieben und dann vom Netzwerk entfernt wurden, als das Geld schon ausgegeben war.
payouts-lost-title = Verlorene Einzahlungen
payouts-lost-lead = Diese Einzahlungen wurden früh gutgeschrieben. Danach hat das Netzwerk ihre Blöcke entfernt. Das Geld war da schon ausgegeben, deshalb ließen sie sich nicht zurückbuchen. Kommt eine in einem anderen Block zurück, verschwindet sie von selbst aus dieser Liste. Zu ihren Zahlungsanforderungen wird nichts mehr erstattet.
payouts-lost-what = { $amount } auf { $network }, verloren seit { $since }.
payouts-lost-intent = Zahlungsanforderung
payouts-lost-transaction = Transaktion { $transaction }, zuletzt in Block { $height }.
# Zwischen diesen beiden steht eine Notiz, die eine Person eingegeben hat.
payouts-lost-written-off = Abgeschrieben am { $at }:
payouts-lost-is-back = Jetzt ist sie wieder in einem endgültigen Block.
payouts-lost-note = Was Sie darüber wissen, für das Prüfprotokoll
payouts-lost-note-hint = Ist das Geld inzwischen verfügbar, wird es vom Guthaben und von der Zahlungsanforderung zurückgebucht. Wurde es erstattet, bleibt die Zahlungsanforderung, wie sie ist, und das Guthaben wird so weit wie möglich belastet; den Rest haben Sie gezahlt.
payouts-lost-write-off = Abschreiben
payouts-lost-recover-hint = Die Knoten werden dazu befragt. Sind sie sich einig, erhält das Guthaben den belasteten Betrag zurück.
payouts-lost-recover = Als wieder eingegangen markieren

# Was eigene Adressen haben, und was niemand geklärt hat.
payouts-movements = Ungeklärte Bewegungen
payouts-movements-lead = Tragen Sie Ihre weiteren Adressen unter „own-addresses“ in die Netzwerke des Servers ein, damit Einsammeln und Auffüllen erkannt werden. Ein Inhaber muss den Rest klären.
payouts-movement-not-given-out = { $amount } sind bei { $account } eingegangen, einer Adresse Ihrer Wallet, die in dieser Datenbank niemandem zugeteilt ist. Vermutlich hatte sie ein Kunde erhalten, dessen Zahlungsanforderung bei der Wiederherstellung einer Sicherung verloren ging.
payouts-movement-not-given-out-from = { $amount } von { $other } sind bei { $account } eingegangen, einer Adresse Ihrer Wallet, die in dieser Datenbank niemandem zugeteilt ist. Vermutlich hatte sie ein Kunde erhalten, dessen Zahlungsanforderung bei der Wiederherstellung einer Sicherung verloren ging.
payouts-movement-more-at-deposits = Die Einzahlungsadresse { $account } hat laut Blockchain { $amount } mehr, als sich aus den gefundenen Transaktionen ergibt.
payouts-movement-more-at-sender = Das auszahlende Konto { $account } hat laut Blockchain { $amount } mehr, als sich aus den gefundenen Transaktionen ergibt.
payouts-movement-less-at-deposits = Die Einzahlungsadresse { $account } hat laut Blockchain { $amount } weniger, als sich aus den gefundenen Transaktionen ergibt.
payouts-movement-less-at-sender = Das auszahlende Konto { $account } hat laut Blockchain { $amount } weniger, als sich aus den gefundenen Transaktionen ergibt.
payouts-movement-to-deposits = { $amount } sind an der Einzahlungsadresse { $account } eingegangen.
payouts-movement-to-deposits-from = { $amount } von { $other } sind an der Einzahlungsadresse { $account } eingegangen.
payouts-movement-to-sender = { $amount } sind beim auszahlenden Konto { $account } eingegangen.
payouts-movement-to-sender-from = { $amount } von { $other } sind beim auszahlenden Konto { $account } eingegangen.
payouts-movement-out-of-deposits = { $amount } sind von der Einzahlungsadresse { $account } abgegangen.
payouts-movement-out-of-deposits-to = { $amount } sind von der Einzahlungsadresse { $account } an { $other } gegangen. Diese Adresse ist keine Ihrer eigenen.
payouts-movement-out-of-sender = { $amount } sind vom auszahlenden Konto { $account } abgegangen.
payouts-movement-out-of-sender-to = { $amount } sind vom auszahlenden Konto { $account } an { $other } gegangen. Diese Adresse ist keine Ihrer eigenen.
payouts-movement-in-transaction = { $story } Transaktion { $transaction }.
payouts-books = Bestand Ihrer Adressen
payouts-books-hint = Einzahlungsadressen und auszahlende Konten zusammen. Eingänge minus Ausgänge ergeben bis zur letzten Einheit den Bestand laut Blockchain.
payouts-books-coin = { $coin } auf { $network }
payouts-books-as-of = Stand: Block { $height }, { $at }
payouts-books-entries = Buchungen dieses Coins
payouts-books-what = Buchung
payouts-books-amount = Betrag
payouts-books-deposits = auf Einzahlungsadressen
payouts-books-senders = auf auszahlenden Konten

# Was Inhabern über ein auszahlendes Konto mitgeteilt wird, auch per E-Mail.
payouts-notice-low = Das auszahlende Konto { $account } auf { $network } hat { $amount } und soll mindestens { $least } haben.
payouts-notice-waiting-fee = Erstattungen auf { $network } warten, bis { $account } aufgefüllt ist: { $fee } für Netzwerkgebühren.
payouts-notice-waiting-coin = Erstattungen auf { $network } warten, bis { $account } aufgefüllt ist: { $coin } für die Erstattungen.
payouts-notice-waiting-both = Erstattungen auf { $network } warten, bis { $account } aufgefüllt ist: { $coin } für die Erstattungen, { $fee } für Netzwerkgebühren.
