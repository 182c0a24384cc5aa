"""Changes to what Schemathesis sends."""

import schemathesis


@schemathesis.hook
def before_call(context, case, kwargs):
    # Ids are also taken from earlier responses, where a text such as an order's `order_id` may be empty. A path with an
    # empty id is the path of the list, whose response is not that of the operation that is tested.
    for name, value in (case.path_parameters or {}).items():
        if value == "":
            case.path_parameters[name] = "empty"
