# Was an einer Adresse oder einem Memo nicht stimmt. Das meiste davon zeigen Inseln schon beim Tippen.

error-address-missing = Die Adresse fehlt. Fügen Sie die Adresse ein, die der Kunde gesendet hat.
error-address-too-long = Dieser Text ist länger als jede Adresse. Fügen Sie nur die Adresse ein, ohne etwas davor oder dahinter.
error-address-link = Das ist ein Link und keine Adresse. Bitten Sie den Kunden, nur die Adresse zu senden.
error-address-transaction = Das ist der Hash einer Transaktion und keine Adresse. Bitten Sie den Kunden um die Adresse, die die Erstattung erhalten soll.
error-address-name = Das ist ein Name und keine Adresse; Namen werden nicht aufgelöst. Bitten Sie den Kunden um die Adresse selbst.
error-address-space = An Stelle { $position } steht ein Leerzeichen oder Zeilenumbruch. Fügen Sie eine Adresse ein, ohne Leerzeichen und Zeilenumbrüche.
error-address-foreign-character = Zeichen { $position } ist unsichtbar oder kein einfacher lateinischer Buchstabe und keine Ziffer, auch wenn es so aussieht. Bitten Sie den Kunden, die Adresse noch einmal aus der Wallet zu kopieren.
error-address-bad-character = Zeichen { $position }, „{ $character }“, kommt in keiner Adresse für { $network } vor. Bitten Sie den Kunden, sie noch einmal zu kopieren.
error-address-wrong-network = Das sieht aus wie eine Adresse für { $other }, aber die Erstattung wird auf { $network } gesendet. Bitten Sie den Kunden um eine Adresse für { $network }, oder ändern Sie das Netzwerk.
error-address-wrong-networks = Das sieht aus wie eine Adresse für { $others } oder { $last }, aber die Erstattung wird auf { $network } gesendet. Bitten Sie den Kunden um eine Adresse für { $network }, oder ändern Sie das Netzwerk.
error-address-test-network = Das ist eine Adresse eines Testnetzwerks von { $network }, wo Coins nichts wert sind. Bitten Sie den Kunden um eine Adresse des echten Netzwerks { $network }.
error-address-missing-prefix = Bei dieser Adresse für { $network } fehlt das 0x am Anfang. Bitten Sie den Kunden, die ganze Adresse noch einmal zu kopieren.
error-address-capital-prefix = Eine Adresse für { $network } beginnt mit 0x und kleinem x, diese hat ein großes X. Bitten Sie den Kunden, sie noch einmal zu kopieren.
error-address-wrong-length = Eine Adresse für { $network } hat eine andere Länge: Hier fehlt ein Teil, oder es wurde etwas angehängt. Bitten Sie den Kunden, sie noch einmal zu kopieren.
error-address-mixed-case = Diese Adresse hat große und kleine Buchstaben, was es bei dieser Art von Adressen nicht gibt. Bitten Sie den Kunden, sie noch einmal zu kopieren.
error-address-checksum-capitals = Die Großbuchstaben dieser Adresse passen nicht zu ihrer Prüfsumme, mindestens ein Zeichen ist also falsch. Bitten Sie den Kunden, sie noch einmal zu kopieren.
error-address-checksum-end = Die Zeichen dieser Adresse passen nicht zur Prüfsumme an ihrem Ende, mindestens ein Zeichen ist also falsch. Bitten Sie den Kunden, sie noch einmal zu kopieren.
error-address-malformed = Das hat die Form einer Adresse für { $network }, kann aber kein Geld empfangen. Bitten Sie den Kunden, sie noch einmal zu kopieren.
error-address-token-contract = Das ist die Adresse des Smart Contracts eines Coins und nicht die einer Person; das Geld wäre verloren. Bitten Sie den Kunden um eine eigene Adresse.
error-address-secret-key = Das ist ein geheimer Schlüssel und keine Adresse. Wer ihn gelesen hat, kann das Geld des Kunden nehmen. Bitten Sie den Kunden um die Adresse, und darum, das Geld in eine neue Wallet zu verschieben.
error-address-burn = Was an diese Adresse gesendet wird, kann niemand ausgeben; das Geld wäre verloren. Bitten Sie den Kunden um eine eigene Adresse.

error-address-form-evm = Das ist keine Adresse für { $network }: Solche Adressen beginnen mit 0x. Bitten Sie den Kunden um die richtige Adresse.
error-address-form-bitcoin = Das ist keine Adresse für { $network }: Solche Adressen beginnen mit 1, 3 oder bc1. Bitten Sie den Kunden um die richtige Adresse.
error-address-form-litecoin = Das ist keine Adresse für { $network }: Solche Adressen beginnen mit L, M oder ltc1. Bitten Sie den Kunden um die richtige Adresse.
error-address-form-solana = Das ist keine Adresse für { $network }: Solche Adressen haben 32 bis 44 Buchstaben und Ziffern. Bitten Sie den Kunden um die richtige Adresse.
error-address-form-xrp = Das ist keine Adresse für { $network }: Solche Adressen beginnen mit r oder X. Bitten Sie den Kunden um die richtige Adresse.
error-address-form-stellar = Das ist keine Adresse für { $network }: Solche Adressen beginnen mit G oder M. Bitten Sie den Kunden um die richtige Adresse.
error-address-form-algorand = Das ist keine Adresse für { $network }: Solche Adressen haben 58 Großbuchstaben und Ziffern. Bitten Sie den Kunden um die richtige Adresse.
error-address-form-tron = Das ist keine Adresse für { $network }: Solche Adressen beginnen mit T. Bitten Sie den Kunden um die richtige Adresse.
error-address-form-near = Das ist keine Adresse für { $network }: Solche Adressen enden auf .near oder .tg oder haben 64 Ziffern und Buchstaben von a bis f. Bitten Sie den Kunden um die richtige Adresse.
error-address-form-noble = Das ist keine Adresse für { $network }: Solche Adressen beginnen mit noble1. Bitten Sie den Kunden um die richtige Adresse.
error-address-form-hedera = Das ist keine Adresse für { $network }: Solche Adressen sehen aus wie 0.0.12345. Bitten Sie den Kunden um die richtige Adresse.

# Warnungen zu Adressen, die gültig sind.
error-address-no-checksum = Solche Adressen für { $network } haben keine Prüfsumme, ein falsches Zeichen fällt also nicht auf. Vergleichen Sie sie Zeichen für Zeichen mit der Nachricht des Kunden.
error-address-no-checksum-evm = Diese Adresse wurde ohne die Mischung aus großen und kleinen Buchstaben eingegeben, die ein falsches Zeichen verrät. Vergleichen Sie sie Zeichen für Zeichen mit der Nachricht des Kunden.
error-address-future-bitcoin = Diese Art von Bitcoin-Adressen ist noch nicht in Gebrauch, und andere könnten nehmen, was dorthin gesendet wird. Bitten Sie den Kunden um eine Adresse, die mit bc1q, bc1p, 1 oder 3 beginnt.
error-address-future-litecoin = Diese Art von Litecoin-Adressen ist noch nicht in Gebrauch, und andere könnten nehmen, was dorthin gesendet wird. Bitten Sie den Kunden um eine Adresse, die mit ltc1q, ltc1p, L oder M beginnt.
error-address-no-key = Diese Solana-Adresse gehört zu einem Programm und nicht zum Schlüssel einer Person. Fragen Sie den Kunden, ob es eine gemeinsame Wallet ist, und vergleichen Sie sie Zeichen für Zeichen.

# Memos.
error-memo-not-supported = { $network } hat kein Memo oder Tag, es ginge also verloren.
error-memo-missing = Auf { $network } brauchen Börsen ein Memo, um zu wissen, wem das Geld gehört. Fragen Sie den Kunden danach, oder geben Sie an, dass keines nötig ist.
error-memo-missing-tag = Auf { $network } brauchen Börsen ein Destination-Tag, um zu wissen, wem das Geld gehört. Fragen Sie den Kunden danach, oder geben Sie an, dass keines nötig ist.
error-memo-and-not-needed = Es ist ein Memo angegeben, obwohl „kein Memo nötig“ angekreuzt ist.
error-memo-inside = Diese Adresse enthält schon die Nummer des Kunden und nimmt deshalb kein weiteres Memo an.
error-memo-other-tag = Das Tag ist nicht das der Adresse. Dort steht { $tag }.
error-memo-characters = Das Memo enthält Zeichen, die keine einfachen Buchstaben, Ziffern oder Satzzeichen sind.
error-memo-tag = Ein Destination-Tag ist eine Zahl von 0 bis { $most }.
error-memo-too-long = Das Memo ist länger als { $most } Zeichen.
error-memo-stellar = Ein Memo auf Stellar hat höchstens 28 Zeichen oder ist ein Hash mit 64 Zeichen.
