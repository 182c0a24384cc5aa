# The page with the API reference. What it says of the API is in the OpenAPI document, which is English.

docs-title = API reference
docs-source = This page is made from the server's own document, { $document } (OpenAPI 3.1), which generators of clients and other tools can read.
docs-operations = Operations
docs-schemas = Schemas

# One operation.
docs-scope = Scope: { $scope }
docs-no-key = Needs no key.
docs-parameters = Parameters
docs-in-path = path
docs-in-header = header
docs-in-query = query
docs-body = Body, as JSON
docs-body-or-form = Body, as JSON or form-encoded
docs-example = Example
docs-responses = Responses

# What kind of value something is.
docs-optional = optional
docs-object = object
docs-list = list
docs-list-of = list of { $kind }
docs-one-of = one of { $words }
docs-uuid = UUID
docs-time = time
docs-string = text
docs-number-or-name = text with a number or name
docs-integer = whole number
docs-number = number
docs-boolean = true or false
docs-null = null
docs-anything = anything
docs-either = either
docs-or = or
docs-and = and
docs-everything-of = everything of { $schema }
