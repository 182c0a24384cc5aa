# Die Teile von Seiten, die viele Seiten haben.

# Listen: ihre Filter, Spalten und Dateien.
components-filters = Filter
components-show = Anzeigen
components-filters-on = Aktive Filter
components-remove-filter = Filter entfernen:
components-clear-all = Alle entfernen
components-any-time = Beliebig
components-when = Zeitraum
components-from-day = Anfangsdatum ({ $zone })
components-to-day = Enddatum ({ $zone })
components-zone-of-person = Zeitzone Ihres Kontos
components-zone-of-browser = Zeitzone Ihres Browsers
components-zone-of-server = Zeitzone des Servers
components-not-applied = Diese Filter sind ungültig und wurden nicht angewendet: { $filters }.
components-nothing-matches = Keine Treffer
# Ein Link zu allem folgt.
components-try-fewer = Weniger { $fewer } versuchen oder { $all }.
components-fewer-filters = Filter
components-show-everything = alles anzeigen
components-columns = Spalten
components-columns-shown = Angezeigte Spalten
components-show-columns = Diese Spalten anzeigen
components-export = Als CSV exportieren
components-export-all = Alle Spalten exportieren
components-pages = Seiten
components-previous = ← Zurück
components-next = Weiter →

# Was zwischen der ganzen Zahl und ihren Nachkommastellen steht, und zwischen Gruppen von drei Ziffern: je ein Zeichen.
components-decimal = ,
components-thousands = .

# Wie viele Zeilen eine Liste hat. Die Anzahl entscheidet über den Plural und wird mit Tausenderpunkten angezeigt.
components-at-least = Mindestens { $rows }
components-more-than = Mehr als { $rows }
components-deliveries = { $count ->
    [one] { $number } Zustellung
   *[other] { $number } Zustellungen
}
components-deposits = { $count ->
    [one] { $number } Einzahlung
   *[other] { $number } Einzahlungen
}
components-drafts = { $count ->
    [one] { $number } Entwurf
   *[other] { $number } Entwürfe
}
components-entries = { $count ->
    [one] { $number } Eintrag
   *[other] { $number } Einträge
}
components-mails = { $count ->
    [one] { $number } E-Mail
   *[other] { $number } E-Mails
}
components-movements = { $count ->
    [one] { $number } Bewegung
   *[other] { $number } Bewegungen
}
components-notes = { $count ->
    [one] { $number } Notiz
   *[other] { $number } Notizen
}
components-payment-intents = { $count ->
    [one] { $number } Zahlungsanforderung
   *[other] { $number } Zahlungsanforderungen
}
components-payments = { $count ->
    [one] { $number } Zahlung
   *[other] { $number } Zahlungen
}
components-postings = { $count ->
    [one] { $number } Buchung
   *[other] { $number } Buchungen
}
components-refunds = { $count ->
    [one] { $number } Erstattung
   *[other] { $number } Erstattungen
}
components-requests = { $count ->
    [one] { $number } Anfrage
   *[other] { $number } Anfragen
}

# Die gespeicherten Ansichten einer Liste.
components-views = Gespeicherte Ansichten
components-change-views = Ansichten speichern oder ändern
components-view-shared = (geteilt)
components-view-name = Name der Ansicht
components-for-the-team = Mit dem Team teilen
components-save = Speichern
components-view-keeps = Eine Ansicht speichert die aktuellen Filter, die Reihenfolge und die Spalten der Liste.
components-new-name-of = Neuer Name von { $view }
components-rename = Umbenennen
components-rename-view = { $view } umbenennen
components-delete = Löschen
components-delete-view = { $view } löschen

# Zwei-Faktor-Codes.
components-code = Zwei-Faktor-Code
components-code-hint = Die sechs Ziffern, die Ihre Authenticator-App gerade anzeigt. Jeder Code gilt nur einmal.
components-use-recovery-code = Stattdessen einen Wiederherstellungscode verwenden
components-recovery-code = Wiederherstellungscode
components-code-first = Geben Sie zuerst einen Zwei-Faktor-Code ein
components-code-first-text = Änderungen auf dieser Seite erfordern einen Zwei-Faktor-Code. Nach der Eingabe können Sie zehn Minuten lang etwas ändern.
components-enter-code = Code prüfen

# Die Suche, die sich über einer Seite öffnet, und die Liste der Tasten.
components-palette = Suche nach Bestellungen, Kunden, Adressen, Transaktionen, Notizen und Seiten
components-palette-placeholder = Bestellung, Kunde, Adresse, Transaktion, Notiz oder Seite
components-palette-form = Alles durchsuchen, während Sie tippen
components-palette-results = Ergebnisse
components-palette-failed = Die Suche hat nicht funktioniert. Mit der Eingabetaste öffnen Sie die Suchseite.
# Jeder Text folgt auf seine Tasten.
components-palette-choose = auswählen
components-palette-open = öffnen
components-palette-close = schließen
components-keys = Tastenkürzel
components-these-keys = Tastenkürzel anzeigen
components-keys-need-script = Sie funktionieren, wenn JavaScript aktiviert ist.
components-close = Schließen
components-key-control = Strg
components-key-enter = Eingabe
components-key-escape = Esc
# Zwischen zwei Tasten, die dasselbe tun.
components-key-or = oder

# Weitere.
components-optional = (optional)
components-actions = Aktionen
components-what-can-be-done = Menü mit Aktionen
components-reveal-address = Adresse anzeigen
components-reveal-email = E-Mail-Adresse anzeigen
components-reveal-memo = Memo anzeigen
components-reveal-link = Link anzeigen
components-mixed-scripts = Buchstaben gemischt: { $scripts }
components-both = { $first } und { $second }
components-script = { $name ->
    [Arabic] Arabisch
    [Armenian] Armenisch
    [Cyrillic] Kyrillisch
    [Greek] Griechisch
    [Hebrew] Hebräisch
    [Latin] Lateinisch
   *[other] { $name }
}
components-endpoint-disabled = deaktiviert
components-endpoint-enabled = aktiviert
components-endpoint-failing = gestört
components-at-most = höchstens { $value }
components-as-table = Als Tabelle anzeigen
