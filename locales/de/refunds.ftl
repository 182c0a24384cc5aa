# Die Liste der Erstattungen und die Liste der Entwürfe.

refunds-title = Erstattungen
refunds-search = Bestellung, Kunde, Adresse, Transaktion, ID oder Notiz
refunds-more-filters = Weitere Filter
refunds-currency = Währung
refunds-network = Netzwerk
refunds-waits = Wartegrund
refunds-amount-from = Betrag ab
refunds-amount-to = Betrag bis
refunds-status = Status
refunds-sort = Sortierung
refunds-newest = Neueste zuerst
refunds-oldest = Älteste zuerst
refunds-updated = Zuletzt geänderte zuerst
refunds-largest = Größter Betrag zuerst
refunds-smallest = Kleinster Betrag zuerst

# Was keinen Eintrag auslässt.
refunds-every-status = Jeder Status
refunds-every-currency = Alle Währungen
refunds-every-network = Alle Netzwerke
refunds-waiting-or-not = Alle
refunds-waiting = Wartend, gleich aus welchem Grund

# Die Namen der Filter, die gesetzt sind.
refunds-on-search = Suche
refunds-on-created = Erstellt
refunds-on-from = Ab
refunds-on-to = Bis
refunds-on-waits = Wartegrund

refunds-show-all = alle Erstattungen anzeigen
refunds-none = Noch keine Erstattungen
refunds-none-text = Öffnen Sie eine bezahlte Zahlungsanforderung und wählen Sie in ihrem Menü „Krypto-Erstattung“.
refunds-none-link = Bezahlte Zahlungsanforderungen anzeigen
# Warum eine Erstattung wartet, unter ihrem Status.
refunds-behind = wartet auf eine andere Erstattung

refunds-drafts = Entwürfe
refunds-drafts-text = Erstattungen, die jemand begonnen und noch nicht bestätigt hat. Für sie ist kein Geld reserviert. Nur wer einen Entwurf begonnen hat, kann seinen Inhalt sehen und ihn fortsetzen. Inhaber und Administratoren können auch die Entwürfe anderer verwerfen.
refunds-drafts-none = Keine Entwürfe
refunds-drafts-none-text = Es gibt keine begonnene Erstattung, die noch bestätigt werden kann.
refunds-drafts-page-empty = Nichts auf dieser Seite
refunds-drafts-page-empty-text = Die Entwürfe, die hier standen, wurden bestätigt oder verworfen oder sind zu alt.
refunds-drafts-first-page = Erste Seite anzeigen
refunds-draft = Erstattung
refunds-draft-of = Erstattung zu Bestellung #{ $number }
refunds-draft-by = Von
refunds-draft-changed = Zuletzt geändert
refunds-draft-until = Möglich bis
refunds-draft-discard = Verwerfen
