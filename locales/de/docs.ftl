# Die Seite mit der API-Referenz. Was sie über die API sagt, steht im OpenAPI-Dokument und ist englisch.

docs-title = API-Referenz
docs-source = Diese Seite entsteht aus dem eigenen Dokument des Servers, { $document } (OpenAPI 3.1), das auch Generatoren von Clients und andere Werkzeuge lesen können. Die Beschreibungen darin sind englisch.
docs-operations = Operationen
docs-schemas = Schemas

# Eine Operation.
docs-scope = Berechtigung: { $scope }
docs-no-key = Kein Schlüssel nötig.
docs-parameters = Parameter
docs-in-path = Pfad
docs-in-header = Header
docs-in-query = Query
docs-body = Body als JSON
docs-body-or-form = Body als JSON oder als Formular codiert
docs-example = Beispiel
docs-responses = Antworten

# Welche Art von Wert etwas ist.
docs-optional = optional
docs-object = Objekt
docs-list = Liste
docs-list-of = Liste aus { $kind }
docs-one-of = einer der Werte { $words }
docs-uuid = UUID
docs-time = Zeitpunkt
docs-string = Text
docs-number-or-name = Text mit einer Zahl oder einem Namen
docs-integer = ganze Zahl
docs-number = Zahl
docs-boolean = true oder false
docs-null = null
docs-anything = beliebiger Wert
docs-either = entweder
docs-or = oder
docs-and = und
docs-everything-of = alles aus { $schema }
