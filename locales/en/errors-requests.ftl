# Texts, forms, webhooks, saved views and months.

error-text-too-long = This is longer than { $most } characters.
error-text-several-lines = Character { $position } is a line break or a tab. Enter a single line.
error-text-invisible = Character { $position } is invisible ({ $code }). Delete it, or type the text again.
error-text-blank = This text has no visible characters. Type it again.
error-endpoint-disabled = This endpoint is disabled, so nothing is sent to it.
error-event-unknown = There is no event '{ $event }'.
error-callback-format = The callback format must be 'form' or 'json'.
error-payload-style = The payload must be 'full' or 'thin'.
error-signing-secret = The secret must be 'whsec_' and base64 of 24 to 64 bytes.
error-url-spaces = The URL can have at most 2000 characters and no spaces.
error-url-malformed = This is not a URL such as https://shop.example/hooks.
error-url-password = The URL must not contain a user name or password. The signature proves who sends a message.
error-url-fragment = The URL must not have a part after '#', because servers never receive it.
error-url-port-zero = There is no port 0.
error-url-not-https = The URL must begin with https://, so that nobody on the way can read or change it.
error-url-not-public = Webhooks are sent only to servers on the public internet, and this is not one.
error-url-port = Webhooks are sent only to ports 80 and 443 and to the ports in the server's settings.
error-view-too-long = These filters are too long to save.
error-view-searches = A search term can identify a customer, so a view with one cannot be shared.
error-view-not-understood = Some of these filters are not valid, so a view with them cannot be shared.
error-no-month-to-close = Nothing has been booked yet, so there is no month to close.
error-month-closed-already = { $month } is already closed, or nothing was booked in it.
error-month-out-of-turn = { $next } must be closed before { $month }.
error-month-not-over = { $month } can be closed from { $day }, { $time } UTC.

error-key-reused = This idempotency key was already used for a different request.
error-view-name-taken = Another view of this list already has this name.
error-form-incomplete = The form is incomplete.
error-unexpected-answer = The server did not answer as expected.
error-form-of-another-site = This form was sent from another site, so nothing was done.
error-form-of-no-site = This form did not say which site it was sent from, so nothing was done.
error-form-too-large = This form is too long, so nothing was done.
error-file-being-written = Another file is still being created for you.
error-file-address = The URL of the file is not valid.
error-time-format = Enter the time as 2026-11-23T08:15.
error-subscriptions = { $count ->
    [one] There is already a subscription, and only one is allowed.
   *[other] There are already { $count } subscriptions, and no more are allowed.
}
error-key-created-refund = This idempotency key created refund { $refund }. The same request returns that refund, and nothing new is created.
error-saved-views = There are already { $count } saved views.
error-endpoints = There are already { $count } endpoints, and no more are allowed.
