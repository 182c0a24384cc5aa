# Eingaben in Formularen.

# Nach dem Namen einer Eingabe.
field-optional = { " " }(freiwillig)
