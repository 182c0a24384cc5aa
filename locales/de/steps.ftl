# Was der Verlauf einer Erstattung zu einem Schritt sagt und warum eine Erstattung abgelehnt wurde. Programme erhalten den englischen Wortlaut.

# Nach dem Zustand und einem Doppelpunkt, ohne Punkt am Ende.
steps-approved = Freigegeben von { $who }
steps-stopped = Gestoppt von { $who }: { $reason }
steps-declined = Abgelehnt von { $who }: { $reason }
steps-confirmed = Der Kunde hat die Adresse bestätigt
steps-confirmed-in-place = Die Adresse wurde anstelle des Kunden bestätigt, was nur in einer Testumgebung möglich ist
steps-mail-undeliverable = Die E-Mail an den Kunden konnte nicht zugestellt werden

# Warum eine Erstattung abgelehnt wurde, als Satz.
steps-refused-by-customer = Der Kunde hat angegeben, dass die Adresse nicht stimmt.
steps-refused-in-place = Anstelle des Kunden abgelehnt, was nur in einer Testumgebung möglich ist.
steps-not-confirmed = Der Kunde hat die Adresse nicht rechtzeitig bestätigt.
steps-policy-forbids = Die Richtlinie lässt die Erstattung nicht mehr zu: { $why }
steps-transfer-failed = Die Überweisung auf { $network } ist fehlgeschlagen, es wurde also nichts gezahlt.
steps-transfer-cancelled = Ein Inhaber hat die Überweisung storniert, bevor sie in einem Block war; es wurde also nichts gezahlt.
steps-transfer-stopped = Die Überweisung wurde gestoppt, bevor etwas gesendet war.
steps-network-refused = Das Netzwerk hat die Überweisung an diese Adresse abgelehnt.
