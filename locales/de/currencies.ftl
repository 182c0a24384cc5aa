# Die Seite mit den Coins und Netzwerken, die dieser Server unterstützt.

currencies-title = Währungen
currencies-supported = Unterstützte Währungen
currencies-lead = Eine Erstattung wird in dem Coin gesendet, in dem bezahlt wurde, sofern Sie keinen anderen wählen, und zwar in einem Netzwerk, das ihn unterstützt.
currencies-connected = Mit diesen Netzwerken ist dieser Server verbunden.
currencies-network = Netzwerk
currencies-coins = Coins
currencies-not-refunded = { $coin } (wird von diesem Server nicht erstattet)
currencies-memo = Memo oder Tag
currencies-memo-possible = möglich
currencies-memo-asked = wird bei jeder Erstattung abgefragt

# Die Adressen, mit denen Erstattungen in einer Sandbox anders enden.
currencies-test = Testadressen
currencies-test-text = In der Testumgebung ist jede Erstattung nach einem Augenblick abgeschlossen, außer an diese Adressen.
currencies-test-rejected = Jede Erstattung wird abgelehnt
currencies-test-hanging = Jede Erstattung bleibt eine Stunde lang in Bearbeitung
