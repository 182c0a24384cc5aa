# Warum ein Netzwerk nicht überwacht wird und was von den Einstellungen abweicht, wie es in der Datenbank steht.

# In einem Satz: Das Netzwerk wird nicht mehr überwacht: …
networks-details-removed-final = { $network } hat Block { $height } entfernt, den es als endgültig gemeldet hatte
networks-details-wrong-chain = der Knoten { $node } von { $network } gehört zur Blockchain { $found } statt zu { $expected }

# Was mit den Einstellungen verglichen wird. Bei Knoten und Token steht stattdessen ihr Name.
networks-details-sender = Auszahlendes Konto { $address }
networks-details-tokens = Token
networks-details-data-fee = Datengebühr

# Was festgestellt wurde, nach dem Namen und einem Doppelpunkt, ohne Punkt am Ende.
networks-details-error = die Abfrage ist fehlgeschlagen: { $cause }
networks-details-says = { $text } (laut { $nodes })
networks-details-no-answer = er antwortet nicht: { $cause }
networks-details-chain-id = er hat die Chain-ID { $found }, in den Einstellungen steht { $expected }
networks-details-other-chain = er hat einen anderen Block { $block } als { $other }; sie gehören also zu verschiedenen Blockchains
networks-details-no-newest-block = er hat keinen neuesten Block
networks-details-head = Chain-ID { $chain }, Block { $block }, { $difference } alt
networks-details-head-in-future = Chain-ID { $chain }, Block { $block }, der { $difference } in der Zukunft liegt
networks-details-no-block-of-tag = er hat keinen Block „{ $tag }“, { $needed ->
    [refunds] den Erstattungen brauchen
    [yes] den „credit“ braucht
   *[no] den die Einstellungen aber nicht brauchen
}
networks-details-tag-refused = er kennt keinen Block „{ $tag }“, { $needed ->
    [refunds] den Erstattungen brauchen
    [yes] den „credit“ braucht
   *[no] den die Einstellungen aber nicht brauchen
}: { $cause }
networks-details-newer-than-head = sein Block „{ $tag }“ { $block } ist neuer als sein neuester Block { $newest }
networks-details-block-of-tag = Block „{ $tag }“ { $block }, { $behind } zurück
networks-details-no-traces = er liefert keine Traces von Blöcken und zeigt deshalb native Coins nicht, die von Smart Contracts gesendet werden
networks-details-no-contract = an dieser Adresse ist kein Smart Contract
networks-details-unread = { $what ->
    [decimals] die Anzahl seiner Nachkommastellen
    [symbol] sein Symbol
    [domain] seine Domain
   *[code] sein Code
} lässt sich nicht lesen: { $cause }
networks-details-unsaid = er nennt { $what ->
    [decimals] die Anzahl seiner Nachkommastellen
   *[symbol] sein Symbol
} nicht, wie es jeder Token tut
networks-details-decimals = er hat { $found } Nachkommastellen statt { $expected }, also wäre jeder Betrag falsch
networks-details-symbol = sein Symbol ist „{ $found }“ statt „{ $expected }“
networks-details-no-authorizations = er kennt keine autorisierten Überweisungen (EIP-3009) und lehnt eine zweite Zahlung deshalb nicht selbst ab
networks-details-separator = sein DOMAIN_SEPARATOR passt nicht zu seinem Namen, seiner Version, dieser Blockchain und diesem Smart Contract; er würde autorisierte Überweisungen ablehnen
networks-details-blocked = der Emittent hat das Konto für { $coins } gesperrt, es kann damit also nicht auszahlen
networks-details-balances = es hat { $amounts }

# Was zu tun ist.
networks-details-ask-again = Fragen Sie noch einmal ab.
networks-details-check-node = Prüfen Sie die URL unter „rpc“ und den Knoten. Der Server versucht es weiter.
networks-details-replace-node = Ersetzen Sie den Knoten unter „rpc“, oder tragen Sie die „chain-id“ des Testnetzwerks ein.
networks-details-remove-other-chain = Entfernen Sie den Knoten der falschen Blockchain aus „rpc“.
networks-details-wait-for-node = Warten Sie, bis der Knoten synchronisiert ist.
networks-details-node-behind = Der Knoten liegt zurück. Warten Sie, bis er synchronisiert ist.
networks-details-set-clock = Stellen Sie die Uhr dieses Rechners, oder warten Sie, falls es eine Testkette ist.
networks-details-use-final-tag = Verwenden Sie einen Knoten, der diese Kennzeichnung kennt. Wo Erstattungen gezahlt werden, ersetzt sie keine Einstellung, da Erstattungen nur in endgültigen Blöcken enden.
networks-details-use-tag = Verwenden Sie einen Knoten, der diese Kennzeichnung kennt, oder lassen Sie Einzahlungen nach einer Anzahl von Blöcken gutschreiben.
networks-details-use-another-node = Verwenden Sie einen anderen Knoten, denn dieser widerspricht sich selbst.
networks-details-wait-for-finality = Einzahlungen warten, bis das Netzwerk oder der Knoten aufgeholt hat.
networks-details-use-traces = Verwenden Sie einen Knoten mit trace_block oder debug_traceBlockByHash.
networks-details-check-contract = Prüfen Sie den Smart Contract unter „tokens“ und ob die Knoten zum richtigen Netzwerk gehören.
networks-details-no-domain = Lassen Sie die „domain“ des Tokens in der Richtlinie des Signaturdienstes weg.
networks-details-ask-issuer = Fragen Sie den Emittenten, oder verwenden Sie ein anderes Konto. Bis dahin warten diese Erstattungen.
networks-details-send-native = Senden Sie dem Konto native Coins für Gebühren. Bis dahin warten Erstattungen.
