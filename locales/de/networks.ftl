# Die überwachten Netzwerke: ihre Knoten, wie weit sie überwacht wurden und was bei Problemen zu tun ist.

networks-title = Netzwerke
networks-none = Kein echtes Netzwerk ist verbunden
networks-none-why = Einzahlungen und Erstattungen werden simuliert, oder es gibt keine. Wie Sie ein Netzwerk verbinden, steht in der Dokumentation für den Produktivbetrieb.

# Der Zustand eines Netzwerks.
networks-not-connected = nicht mehr verbunden
networks-not-as-in-settings = weicht von den Einstellungen ab
networks-nodes-away = Knoten antworten nicht
networks-not-started = noch nicht gestartet
networks-not-followed = wird nicht überwacht
networks-starting = startet
networks-followed = wird überwacht
networks-is-catching-up = holt auf
networks-nodes-contradict = Knoten widersprechen einander
networks-stopped = angehalten

# Was nicht stimmt, und danach, was zu tun ist.
networks-no-node = Kein Knoten antwortet. Deshalb werden keine Einzahlungen erkannt, und es wird nichts gutgeschrieben und nichts ausgezahlt.
networks-too-few-nodes = Zu wenige Knoten antworten. Deshalb werden keine Einzahlungen erkannt, und es wird nichts gutgeschrieben.
networks-repair-nodes = Mehr als die Hälfte der Knoten muss antworten. Sobald sie das tun, geht es von selbst weiter, und nichts ist verloren. Bringen Sie die übrigen Knoten wieder zum Laufen, oder tragen Sie andere in die Einstellungen ein.
networks-no-server = Kein Server überwacht dieses Netzwerk.
networks-look-for-server = Prüfen Sie, ob ein Server läuft und was in seinem Protokoll steht. Einzahlungen werden erkannt, sobald ein Server das Netzwerk wieder überwacht.
networks-contradicted = Die Knoten widersprechen einander bei einer Einzahlung. Deshalb wird nichts gutgeschrieben.
networks-find-wrong-node = Einer von ihnen liefert falsche Daten oder gehört zu einer anderen Blockchain. Vergleichen Sie die neuesten Einzahlungen mit einem Block-Explorer, und entfernen Sie diesen Knoten aus den Einstellungen.
networks-is-stopped = Das Netzwerk wird nicht mehr überwacht.
networks-is-stopped-because = Das Netzwerk wird nicht mehr überwacht: { $problem }.
networks-look-into-stop = Bis der Betreiber des Servers die Ursache untersucht hat, wird nichts erkannt, gutgeschrieben oder ausgezahlt. Gehört ein Knoten zu einem anderen Netzwerk, entfernt er ihn aus den Einstellungen und startet den Server neu. Hat das Netzwerk wirklich endgültige Blöcke entfernt, führt er „requite network resume“ mit dem Code des Netzwerks aus.
networks-lost-deposits = { $count ->
    [one] 1 Einzahlung wurde
   *[other] { $count } Einzahlungen wurden
} gutgeschrieben und danach vom Netzwerk entfernt, und das Geld ist bereits ausgegeben. Ein Inhaber muss auf der Seite „Auszahlungen“ entscheiden, was damit geschieht.
networks-deposits-refused = { $count ->
    [one] 1 Einzahlung wird
   *[other] { $count } Einzahlungen werden
} nicht gutgeschrieben, weil die Datenbank die Buchung ablehnt. Den Grund nennt das Protokoll des Servers. Andere Einzahlungen werden gutgeschrieben.
networks-deposits-unconfirmed = { $count ->
    [one] 1 Einzahlung wartet, weil ihre Coins
   *[other] { $count } Einzahlungen warten, weil ihre Coins
} von einem Smart Contract gesendet wurden und zu wenige Knoten das bestätigen können. Dafür brauchen sie trace_block, debug_traceBlockByHash oder den Bestand der Adresse in diesem Block. Vergleichen Sie mit einem Block-Explorer. Andere Einzahlungen werden gutgeschrieben.
networks-deposits-contradicted = { $count ->
    [one] Ein Knoten hat 1 Einzahlung gemeldet
   *[other] Ein Knoten hat { $count } Einzahlungen gemeldet
}, die es laut den meisten Knoten nicht gibt. Dafür wird nichts gutgeschrieben, und der Block wird noch einmal gelesen. Kommt das oft vor, suchen Sie den falschen Knoten, und entfernen Sie ihn aus den Einstellungen.
networks-deposits-unanswered = { $count ->
    [one] 1 Einzahlung wartet
   *[other] { $count } Einzahlungen warten
}, weil zu wenige Knoten Auskunft über die Zahlung geben. Nehmen Sie Knoten hinzu, die ihren Block haben, und vergleichen Sie mit einem Block-Explorer. Andere Einzahlungen werden gutgeschrieben.
networks-removed-final = { $network } hat Block { $height } entfernt, den es als endgültig gemeldet hatte. Einzahlungen und Erstattungen darin können verloren sein. Der Betreiber des Servers muss das zuerst untersuchen und dann „requite network resume { $code }“ ausführen.

# Server mit gemeinsamer Datenbank und unterschiedlichen Einstellungen.
networks-settings-differ = Die Server { $servers } haben unterschiedliche Einstellungen für { $network }: { $settings }.
networks-settings-lacking = { $lacking ->
    [one] Der Server { $without } hat
   *[other] Die Server { $without } haben
} keine Einstellungen für { $network }, { $count ->
    [one] der Server { $servers } dagegen schon
   *[other] die Server { $servers } dagegen schon
}.
networks-settings-repair = Geben Sie allen dieselbe Netzwerkdatei, und starten Sie sie neu. Sonst hängt es vom jeweiligen Server ab, was gutgeschrieben und ausgezahlt wird.

# Was von den Einstellungen abweicht. Befund und Rat stehen in networks-details.ftl.
networks-compared = Mit den Einstellungen verglichen: { $at }.
networks-compare-again = Mit „requite doctor“ auf dem Server wird neu verglichen.
networks-finding = { $about }: { $text }. { $advice }
networks-finding-without-advice = { $about }: { $text }.
networks-finding-wrong = Falsch: { $about }: { $text }. { $advice }
networks-finding-wrong-without-advice = Falsch: { $about }: { $text }.

# Was über ein Netzwerk bekannt ist.
networks-chain-id = Chain-ID
networks-chain-of-test = { $chain }, ein Testnetzwerk: Seine Coins haben keinen Wert
networks-chain-main = { $chain }, das Hauptnetzwerk
networks-head = Neuester Block laut der Mehrheit der Knoten
networks-final = Endgültig bis Block
networks-nodes-do-not-say = keine Angabe der Knoten
networks-followed-to = Überwacht bis Block
networks-followed-height = { $count ->
    [0] { $height }, der neueste
    [one] { $height }, 1 Block zurück
   *[other] { $height }, { $count } Blöcke zurück
}
networks-catching-up = Aufholen
networks-catching-up-since = { $progress }, seit { $since }
networks-blocks = { $done } von { $all } { $count ->
    [one] Block
   *[other] Blöcken
}
networks-blocks-left = { $done } von { $all } { $count ->
    [one] Block
   *[other] Blöcken
}, noch etwa { $left }
# Wie lange etwas dauert, nach dem Wort „etwa“.
networks-time-minute = eine Minute
networks-time-minutes = { $count } Minuten
networks-time-hours = { $count } Stunden
networks-time-days = { $count } Tage
networks-sent-by-contracts = Coins, die Smart Contracts senden
networks-untraced = Werden erst erkannt, wenn ein Knoten trace_block oder debug_traceBlockByHash anbietet. Dann werden die Blöcke seitdem noch einmal gelesen.
networks-read-again = Werden in den Blöcken { $from } bis { $to } gesucht, die bisher kein Knoten noch einmal ausführen konnte.
networks-looked-at = Zuletzt geprüft
networks-credited = Gutschrift von Einzahlungen
# Wann Einzahlungen gutgeschrieben werden: ein Satz für jeden Betrag.
networks-credited-up-to = Bis { $limit }: { $after ->
    [final] wenn der Block endgültig ist
    [safe] wenn der Block sicher ist, bevor er endgültig ist
    [first] im ersten Block, bevor er endgültig ist
   *[blocks] nach { $blocks } Blöcken, bevor der Block endgültig ist
}.
networks-credited-above = Darüber: { $after ->
    [final] wenn der Block endgültig ist
    [safe] wenn der Block sicher ist, bevor er endgültig ist
    [first] im ersten Block, bevor er endgültig ist
   *[blocks] nach { $blocks } Blöcken, bevor der Block endgültig ist
}.
networks-credited-all = Alle Beträge: { $after ->
    [final] wenn der Block endgültig ist
    [safe] wenn der Block sicher ist, bevor er endgültig ist
    [first] im ersten Block, bevor er endgültig ist
   *[blocks] nach { $blocks } Blöcken, bevor der Block endgültig ist
}.
networks-dust = Keine Gutschrift unter
networks-accounts = Auszahlende Konten
networks-no-accounts = Keine: Einzahlungen werden gutgeschrieben, Erstattungen werden nicht gesendet
networks-was-run = Von den Entwicklern von Requite im öffentlichen Netzwerk erprobt
networks-run = Ja
networks-not-run = Noch nicht, nur auf simulierten Blockchains. Beginnen Sie mit niedrigen Obergrenzen.

# Die Knoten eines Netzwerks.
networks-nodes = Knoten
networks-no-node-asked = Noch wurde kein Knoten abgefragt.
networks-node = Knoten
networks-node-state = Status
networks-node-head = Neuester Block bei der letzten Abfrage
networks-node-answers = antwortet
networks-node-silent = antwortet nicht
networks-node-away = Nicht erreichbar. Prüfen Sie, ob er läuft, oder fragen Sie seinen Anbieter.
networks-node-refuses = Verweigert die Antwort. Prüfen Sie die Limits und den Schlüssel bei seinem Anbieter.
networks-node-unexpected = Antwortet nicht sinnvoll. Prüfen Sie, ob es ein Knoten dieses Netzwerks ist.
networks-node-since = Seit { $since }.
networks-node-never = nie
