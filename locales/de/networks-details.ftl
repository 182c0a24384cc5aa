# Warum ein Netzwerk nicht überwacht wird und was von den Einstellungen abweicht, wie es in der Datenbank steht.

# In einem Satz: Das Netzwerk wird nicht mehr überwacht: …
networks-details-removed-final = { $network } hat Block { $height } entfernt, der schon endgültig war
networks-details-wrong-chain = der Knoten { $node } von { $network } gehört zur Blockchain { $found } statt zu { $expected }
