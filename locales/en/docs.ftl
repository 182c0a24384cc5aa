# The page with the API reference. What it says of the API is in the OpenAPI document, which is English.

docs-title = API reference
docs-source = This page is generated from the server's own document, { $document } (OpenAPI 3.1), which client generators and other tools can read.
docs-operations = Operations
docs-schemas = Schemas

# One operation.
docs-scope = Scope: { $scope }
docs-no-key = No API key needed.
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
docs-list = array
docs-list-of = array of { $kind }
docs-one-of = one of { $words }
docs-uuid = UUID
docs-time = timestamp
docs-string = string
docs-number-or-name = string with a number or name
docs-integer = integer
docs-number = number
docs-boolean = boolean
docs-null = null
docs-anything = any value
docs-either = either
docs-or = or
docs-and = and
docs-everything-of = all fields of { $schema }
