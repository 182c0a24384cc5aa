# Inputs of forms.

# After the name of an input.
field-optional = { " " }(optional)
