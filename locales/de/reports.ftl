# Berichte: was im Lauf der Zeit erstattet wurde, die Abstimmung eines Tages und die Kontoauszüge der Monate.

reports-export = Als CSV exportieren

# Was im Lauf der Zeit erstattet wurde, auf der Startseite.
reports-last-days = Die letzten { $count } Tage
reports-days = { $count } Tage
reports-days-label = Zeitraum
reports-nothing-in-days = In diesen Tagen wurde nichts bezahlt oder erstattet.
reports-days-hint = Tage gelten in UTC. Neue Zahlungen und Erstattungen erscheinen innerhalb einer Minute.
reports-previous-days = { $count } Tage davor: { $value }
reports-payments-credited = Gutgeschriebene Zahlungen
reports-refunds-completed = Abgeschlossene Erstattungen
reports-refund-rate = Erstattungsquote
reports-time-to-complete = Dauer bis zum Abschluss
reports-refunds-rejected = Abgelehnte Erstattungen
reports-time-from-request = Dauer vom Antrag bis zum Abschluss
reports-volume = Erstattet, in { $currency }
reports-at-rates = { $currency } zu aktuellen Kursen.
reports-without-rate = Nicht enthalten, weil kein Kurs bekannt ist: { $coins }.
reports-chart-legend = Die Balken zeigen diese { $count } Tage, die Linie die { $count } Tage davor.
# Wenn jedes Diagramm neben anderen einen eigenen Maßstab hat.
reports-own-scales = jeweils mit eigenem Maßstab
# Die Summe aller Tage.
reports-together = Zusammen
reports-day = Tag
reports-days-of-bar = { $first } bis { $last }
reports-by-coin = Abgeschlossene Erstattungen nach Coin
reports-rate-by-coin = Erstattungsquote nach Coin
reports-by-network = Abgeschlossene Erstattungen nach Netzwerk
reports-volume-by-network = Erstattet nach Netzwerk, in { $currency }
reports-time-by-network = Dauer bis zum Abschluss nach Netzwerk
reports-by-reason = Abgeschlossene Erstattungen nach Grund
reports-time-by-reason = Dauer bis zum Abschluss nach Grund
reports-network = Netzwerk
# In ebenso vielen Tagen davor.
reports-before = Davor

# Die Abstimmung eines Tages.
reports-reconciliation = Abstimmung vom { $day }
reports-reconciliation-day = Tag (UTC)
reports-reconciliation-show = Anzeigen
reports-everything-explained = Alles ist geklärt: Zahlungen, Erstattungen, Hauptbuch und Blockchain stimmen überein.
reports-not-explained = Ungeklärt
reports-unbooked = Bewegungen ohne Zahlung oder Erstattung
reports-unbooked-text = Diese Coins sind auf Ihren eigenen Adressen eingegangen oder von dort abgegangen, ohne dass eine Zahlung oder Erstattung dieses Servers dazugehört. Sie sind deshalb in keinem Guthaben enthalten. Wenn damit eine Erstattung gezahlt wurde, die nach dem Einspielen einer Sicherung fehlt, erstellen Sie diese Erstattung noch einmal, solange die Auszahlungen pausiert sind, und ordnen Sie ihr die Transaktion zu.
reports-unbooked-label = Bewegungen
reports-unbooked-what = Was geschehen ist
reports-unbooked-transaction = Transaktion oder ID
reports-unbooked-explanation = Erklärung
reports-unbooked-open = Ungeklärt
reports-unbooked-more = { $listed } von { $all } Bewegungen sind aufgeführt, die ungeklärten zuerst.
# Jemand hat Beträge gesendet, die für eine Gutschrift zu klein sind.
reports-unbooked-dust = { $count ->
    [one] Ein Betrag, der für eine Gutschrift zu klein ist, ist
   *[other] { $number } Beträge, die für eine Gutschrift zu klein sind, sind
} auf { $network } eingegangen, zusammen { $amount }. { $count ->
    [one] Er muss
   *[other] Sie müssen
} nicht geklärt werden.
reports-held = Guthaben
reports-held-hint = Verfügbares und reserviertes Geld zusammen.
reports-held-beginning = Anfangssaldo
reports-held-payments = Zahlungen
reports-held-sandbox = Guthaben der Testumgebung
reports-held-refunds = Erstattungen mit Gebühren
reports-held-end = Endsaldo
reports-no-money-moved = An diesem Tag wurde kein Geld bewegt.
reports-compared = Vorgänge, Hauptbuch und Blockchain im Vergleich
reports-compared-what = Summe
reports-compared-records = Vorgänge
reports-compared-ledger = Hauptbuch
reports-compared-rail = Blockchain
reports-compared-result = Ergebnis
reports-compared-agree = stimmt überein
reports-compared-differ = weicht ab

# Was für einen Vergleich summiert wird.
reports-sum-credited = Aus Zahlungen gutgeschrieben
reports-sum-taken = Für Erstattungen belastet
reports-sum-sent = An Kunden gesendet

# Was nicht übereinstimmt.
reports-finding-payment-not-booked = Die Zahlung von { $amount } wurde nicht gebucht.
reports-finding-payment-booked-otherwise = Die Zahlung von { $amount }, gutgeschrieben als { $credited }, wurde mit { $booked } und { $booked-credit } gebucht.
reports-finding-refund-not-booked = Die Erstattung von { $amount } wurde nicht gebucht.
reports-finding-refund-booked-otherwise = Die Erstattung von { $amount } wurde zu anderen als ihren eigenen Bedingungen gebucht.
reports-finding-no-transfer = Die Erstattung von { $amount } ist abgeschlossen, aber die Blockchain kennt keine Überweisung dazu.
reports-finding-transfer-refused = Die Erstattung ist abgeschlossen, aber laut Blockchain wurde sie abgelehnt.
reports-finding-other-amount = Der Kunde hätte { $owed } erhalten sollen, aber laut Blockchain wurden { $sent } gesendet.
reports-finding-other-address = Laut Blockchain ging sie an eine andere Adresse.
reports-finding-other-transaction = Die Erstattung nennt eine andere Transaktion als die Blockchain.
reports-finding-not-completed = Laut Blockchain wurden { $amount } überwiesen, aber der Status der Erstattung ist „{ $status }“.
reports-finding-without-refund = Laut Blockchain wurden { $amount } überwiesen, aber es gibt keine solche Erstattung.
reports-finding-credit-without-payment = Das Hauptbuch enthält die Gutschrift einer Zahlung, die nicht an diesem Tag einging.
reports-finding-payout-without-refund = Das Hauptbuch enthält die Auszahlung einer Erstattung, die nicht an diesem Tag abgeschlossen wurde.

# Die Liste der Monate.
reports-statements = Kontoauszüge
reports-statements-hint = Was Sie hatten, was einging und was abging. Ein Monat beginnt und endet um Mitternacht UTC. Anfangs- und Endsaldo umfassen verfügbares und reserviertes Geld; Eingänge sind vor Abzug der Gebühren angegeben.
reports-statements-none = Noch keine Kontoauszüge
reports-statements-none-text = Kontoauszüge beginnen mit der ersten Buchung.
reports-statements-next = Als Nächstes abzuschließen: { $month }
reports-statements-nothing = kein Guthaben und keine Bewegung
reports-month = Monat
reports-currency = Währung
reports-opening = Anfangssaldo
reports-received = Eingang
reports-paid = Ausgang
reports-fees = Gebühren
reports-closing = Endsaldo
reports-state-closed = abgeschlossen
reports-state-open = offen
reports-state-running = läuft

# Der Kontoauszug eines Monats.
reports-statement = Kontoauszug für { $month }
reports-statement-period = Von { $first } bis ausschließlich { $last }. Die Salden umfassen verfügbares und reserviertes Geld.
reports-opening-balance = Anfangssaldo
reports-closing-balance = Endsaldo
reports-kinds-label = Bewegungen in { $currency } nach Art
reports-nothing-in-month = In diesem Monat wurde nichts bewegt.
reports-kind = Art
reports-movements = Bewegungen
reports-worth = Wert
reports-no-rate = kein Kurs gespeichert
reports-no-rate-of-some = für { $count } davon ist kein Kurs gespeichert
reports-movements-hint = Der Wert einer Bewegung ist ihre Änderung zu dem Kurs, der bei der Buchung gespeichert wurde, in der Buchwährung. Reservierte Erstattungen zählen noch nicht als Bewegung.
reports-movements-label = Bewegungen des Monats
reports-movements-all = alle Bewegungen anzeigen
reports-movements-none = Keine Bewegung
reports-movements-none-text = In diesem Monat wurde keine Zahlung gutgeschrieben und keine Erstattung ausgezahlt.
reports-when = Zeitpunkt
reports-received-or-paid = Ein- oder Ausgang
reports-fee = Gebühr
reports-order = Bestellung { $number }
reports-refund = Erstattung { $number }
reports-rate = Kurs { $price }, { $source }, { $at }
reports-every-kind = Alle Arten
reports-every-currency = Alle Währungen
reports-sort = Sortierung
reports-newest-first = Neueste zuerst
reports-oldest-first = Älteste zuerst

# Einen Monat abschließen.
reports-closed = Abgeschlossen von { $by } am { $at }. Die Summen sind gespeichert, und in diesem Monat wird nichts mehr gebucht.
reports-closable-from = Der Monat kann ab { $from } abgeschlossen werden. Bis dahin ändern sich seine Summen.
reports-close-order = Monate werden nacheinander abgeschlossen. Als Nächstes ist { $month } an der Reihe.
reports-close-who = Ein Inhaber oder Administrator kann den Monat abschließen.
reports-close = Diesen Monat abschließen
reports-close-text = Beim Abschließen werden diese Summen gespeichert, und in diesem Monat wird nichts mehr gebucht. Ein abgeschlossener Monat kann nicht wieder geöffnet werden. Prüfen Sie ihn deshalb vorher.
reports-close-month = { $month } abschließen
