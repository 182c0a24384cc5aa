# Webhook endpoints, and the log of what was sent to them.

webhooks-title = Webhooks
webhooks-lead = Requite notifies your programs of events, at least once and in the order of each refund. Messages are signed according to Standard Webhooks, so its libraries can verify them.

# What the lists of endpoints and deliveries have in common.
webhooks-address = URL
webhooks-state = State
webhooks-event = Event
webhooks-events = Events
webhooks-happened = Occurred
webhooks-next-try = Next try
webhooks-attempts = Attempts

# The list of endpoints, and the form for a new or an existing one.
webhooks-endpoints = Endpoints
webhooks-no-endpoint = No endpoints yet
webhooks-no-endpoint-text = Add the URL of a program that should be notified of events.
webhooks-added = Added
webhooks-events-more = { $count ->
    [one] { $first } and 1 more
   *[other] { $first } and { $count } more
}
webhooks-add-title = Add an endpoint
webhooks-add = Add endpoint
webhooks-address-hint = For example https://shop.example/hooks. It must respond with 2xx within 15 seconds.
webhooks-description = Description
webhooks-payload = Payload
webhooks-payload-full = All data
webhooks-payload-thin = IDs only
webhooks-chosen-events = It receives { $events }.
webhooks-no-event-chosen = If none is selected, it receives every event.
webhooks-choose-events = Choose events

# Addresses that programs registered through the API of Circle or CoinGate.
webhooks-named = URLs registered by programs
webhooks-named-text = Programs written for Circle or CoinGate register these URLs themselves, and receive messages in the format of these APIs.
webhooks-named-export = Export registered URLs as CSV
webhooks-named-newest = These are the newest { $count }.
webhooks-kind = Messages
webhooks-since = Since
webhooks-not-confirmed = not confirmed yet
webhooks-from-circle = A program subscribed with POST /v1/notifications/subscriptions, and can end the subscription there.
webhooks-from-coingate = The server of every callback_url that came with an order or refund. Each message has its own URL.

# One endpoint.
webhooks-endpoint = Webhook endpoint
webhooks-disabled = Nothing is sent here: { $reason }.
webhooks-disabled-since = Since { $since }. Events are kept, and can be sent again once it is enabled.
webhooks-failing-since = Nothing has arrived since { $since }.
webhooks-failing = Messages are retried. After five days, the endpoint is disabled. The deliveries below show what went wrong.
webhooks-send-test = Send a test event
webhooks-settings = Settings
webhooks-save = Save
webhooks-secret = Signing secret
webhooks-secret-hint = Your receiver uses it to verify that a message comes from this server. Anyone who knows it can forge messages.
webhooks-secret-needs-code = Enter a two-factor code above to see it.
webhooks-secret-show = Show secret
webhooks-secret-old = The old secret is also valid until { $until }.
webhooks-secret-change = Change secret
webhooks-secret-change-hint = Messages are then signed with both for 24 hours. If you change it twice, the first secret stops working at once.
webhooks-enable-or-delete = Enable or delete
webhooks-enable = Enable endpoint
webhooks-disable-or-delete = Disable or delete
webhooks-disable = Disable endpoint
webhooks-delete = Delete endpoint
webhooks-delete-text = The secret is erased, and messages that are waiting are not sent. The delivery log is kept.
webhooks-delete-now = Delete permanently
webhooks-resend = Resend undelivered messages
webhooks-resend-since = Events since (UTC)
webhooks-resend-hint = All messages since that time that failed, are waiting for their next attempt or were not sent, in the order of their events.
webhooks-send-again = Send again

# The list of deliveries, and the newest ones on the page of their endpoint.
webhooks-deliveries = Deliveries
webhooks-every-state = Any
webhooks-every-event = All events
webhooks-every-endpoint = All endpoints
webhooks-more-filters = More filters
webhooks-all-deliveries = All deliveries
webhooks-deliveries-of-endpoint = All deliveries to this endpoint
webhooks-nothing-sent = No deliveries yet
webhooks-nothing-sent-text = Send a test event, or wait for an event.

# One delivery with its attempts.
webhooks-delivery-of = Delivery of { $event }
webhooks-endpoint-of-delivery = Endpoint
webhooks-deleted = (deleted)
webhooks-deleted-text = The endpoint was deleted, so this cannot be sent again.
webhooks-send-now = Send now
webhooks-look-again = Refresh
webhooks-no-attempt = None yet.
webhooks-newest-attempts = The newest { $shown } of { $all } are shown.
webhooks-details = Details
webhooks-after-earlier = After { $earlier }, which has not arrived yet
webhooks-earlier-event = an earlier event for the same object
webhooks-no-next-try = None
webhooks-about = About
webhooks-message-id = Message (webhook-id)
webhooks-attempt = Attempt { $number }
webhooks-of-attempt = of attempt { $number }
webhooks-no-answer = no response
webhooks-attempt-at = Time
webhooks-attempt-time = { $at } · { $milliseconds } ms
webhooks-attempt-error = Error
webhooks-next-try-at = Next try planned for
webhooks-request = Request
webhooks-request-line = POST { $url }
webhooks-response = Response
webhooks-response-line = HTTP { $status }
webhooks-response-cut = The response is not shown in full.

# What each event means.
webhooks-event-refund-created = A refund was created
webhooks-event-refund-awaiting-confirmation = A refund is waiting for the customer to confirm the address
webhooks-event-refund-confirmation-undelivered = The confirmation e-mail to the customer cannot be delivered
webhooks-event-refund-confirmed = The customer confirmed the address of a refund
webhooks-event-refund-awaiting-approval = A refund is awaiting approval
webhooks-event-refund-approved = A refund was approved
webhooks-event-refund-processing = A refund is being sent
webhooks-event-refund-held = The transfer of a refund is on hold, and someone must act
webhooks-event-refund-resumed = The transfer of a refund is no longer on hold
webhooks-event-refund-completed = A refund reached the customer
webhooks-event-refund-rejected = A refund ended without being sent
webhooks-event-payment-intent-created = A payment intent was created
webhooks-event-payment-intent-pending = A payment intent can be paid
webhooks-event-payment-intent-complete = A payment intent was paid
webhooks-event-payment-intent-active = A continuous payment intent can be paid, any number of times
webhooks-event-payment-intent-expired = The time to pay a payment intent has expired
webhooks-event-payment-intent-failed = A payment intent failed
webhooks-event-payment-intent-refunded = A payment intent was refunded, partially or fully
webhooks-event-order-expired = The time to choose a coin for an order has expired
webhooks-event-order-canceled = The customer cancelled an order
webhooks-event-payment-pending = A deposit was detected and must be confirmed
webhooks-event-payment-paid = A deposit was credited
webhooks-event-payment-failed = A deposit failed
webhooks-event-unsupported-funds-received = A deposit arrived that cannot be credited
webhooks-event-overdue-refund-awaiting-confirmation = The customer did not confirm a refund in time
webhooks-event-overdue-refund-awaiting-approval = A refund has been awaiting approval for too long
webhooks-event-overdue-refund-pending = A refund has been waiting to be sent for too long
webhooks-event-overdue-refund-processing = A refund has been processing for too long
webhooks-event-overdue-payment-intent-created = A payment intent has had no address for too long
webhooks-event-overdue-payment-intent-pending = A payment intent is past its time to pay
webhooks-event-overdue-payment-pending = A deposit has been unconfirmed for too long
webhooks-event-webhook-endpoint-disabled = Another endpoint was disabled because it does not work

# Why an attempt had no response.
webhooks-error-not-public = No connection: The URL does not lead to a server on the public internet, so nothing was sent.
webhooks-error-timed-out = There was no response within { $seconds } s.
webhooks-error-no-connection = No connection: { $cause }
webhooks-error-broken = The connection was interrupted: { $cause }
webhooks-error-no-client = The HTTP client for webhooks cannot be created: { $cause }
