# Texts, forms, webhooks, saved views and months.

error-text-too-long = This is longer than { $most } characters.
error-text-several-lines = Character { $position } is a line break or a tab. Write one line.
error-text-invisible = Character { $position } is invisible ({ $code }). Delete it, or type the text again.
error-text-blank = Nothing of this can be seen. Type the text again.
error-endpoint-disabled = This endpoint is disabled, so nothing is sent to it.
error-event-unknown = There is no event '{ $event }'.
error-callback-format = Callbacks are sent as 'form' or 'json'.
error-payload-style = The payload is either 'full' or 'thin'.
error-signing-secret = The secret is 'whsec_' and base64 of 24 to 64 bytes.
error-url-spaces = The address has at most 2000 characters and no spaces.
error-url-malformed = This is not an address such as https://shop.example/hooks.
error-url-password = The address must not contain a name or password; the signature says who is calling.
error-url-fragment = The address must not have a part after '#', which no server sees.
error-url-port-zero = There is no port 0.
error-url-not-https = The address must begin with https://, so that nobody on the way can read or change it.
error-url-not-public = Callbacks are sent to servers on the public internet only, and this is not one.
error-url-port = Callbacks are sent to the ports 80 and 443 and to those that the server's settings list.
error-view-too-long = These filters are too long to be saved.
error-view-searches = What is searched for can name a customer, so a view with it cannot be shared.
error-view-not-understood = Some of these filters are not understood, so a view with them cannot be shared.
error-no-month-to-close = Nothing was booked yet, so there is no month to close.
error-month-closed-already = { $month } is closed already, or nothing was booked in it.
error-month-out-of-turn = { $next } has to be closed before { $month }.
error-month-not-over = { $month } can be closed from { $day }, { $time } UTC.

error-key-reused = This idempotency key was already used for another request.
error-view-name-taken = Another view of this list has this name already.
error-form-incomplete = The form is incomplete.
error-unexpected-answer = The server did not answer as expected.
error-form-of-another-site = This form came from another site, so nothing was done.
error-form-of-no-site = This form did not say which site it came from, so nothing was done.
error-form-too-large = This form is too long, so nothing was done.
error-file-being-written = Another file is still being written for you.
error-file-address = The address of the file cannot be read.
error-time-format = Give the time as 2026-11-23T08:15.
error-subscriptions = { $count ->
    [one] There is a subscription already, and there may be only one.
   *[other] There are { $count } subscriptions, and there may be no more.
}
error-key-created-refund = This idempotency key has created refund { $refund }, with which the same request is answered: nothing new is created.
error-saved-views = There are { $count } saved views already.
error-endpoints = There are { $count } endpoints, and there may be no more.
