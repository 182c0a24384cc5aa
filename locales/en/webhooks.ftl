# Webhook endpoints, and the log of what was sent to them.

webhooks-title = Webhooks
webhooks-lead = Requite tells your programs what happens, at least once and in the order of each refund. Messages are signed according to Standard Webhooks, so its libraries can verify them.

# What the lists of endpoints and deliveries have in common.
webhooks-address = Address
webhooks-state = State
webhooks-event = Event
webhooks-events = Events
webhooks-happened = Happened
webhooks-next-try = Next try
webhooks-attempts = Attempts

# The list of endpoints, and the form for a new or an existing one.
webhooks-endpoints = Endpoints
webhooks-no-endpoint = No endpoint yet
webhooks-no-endpoint-text = Add the address of a program that should be told what happens.
webhooks-added = Added
webhooks-events-more = { $count ->
    [one] { $first } and 1 more
   *[other] { $first } and { $count } more
}
webhooks-add-title = Add an endpoint
webhooks-add = Add the endpoint
webhooks-address-hint = For example https://shop.example/hooks. It has to answer with 2xx within 15 seconds.
webhooks-description = What it is for
webhooks-payload = What a message tells
webhooks-payload-full = All data
webhooks-payload-thin = Ids only
webhooks-chosen-events = It receives { $events }.
webhooks-no-event-chosen = If nothing is ticked, it receives every event.
webhooks-choose-events = Choose events

# Addresses that programs registered through the API of Circle or CoinGate.
webhooks-named = Addresses registered by programs
webhooks-named-text = Programs written for Circle or CoinGate register the addresses themselves, and get messages in the format of these APIs.
webhooks-named-newest = These are the newest { $count }.
webhooks-kind = Messages
webhooks-since = Since
webhooks-not-confirmed = not confirmed yet
webhooks-from-circle = A program subscribed with POST /v1/notifications/subscriptions, and can end the subscription there.
webhooks-from-coingate = The server of every callback_url that came with an order or refund. Each message has its own address.

# One endpoint.
webhooks-endpoint = Webhook endpoint
webhooks-disabled = Nothing is sent here: { $reason }.
webhooks-disabled-since = Since { $since }. What happens is kept, and can be sent again once it is enabled.
webhooks-failing-since = Nothing has arrived since { $since }.
webhooks-failing = Messages are tried again; after five days the endpoint is disabled. The deliveries below say what went wrong.
webhooks-send-test = Send a test event
webhooks-settings = Settings
webhooks-save = Save
webhooks-secret = Signing secret
webhooks-secret-hint = Your receiver verifies with it that a message comes from this server. Whoever knows it can forge messages.
webhooks-secret-needs-code = Enter a code above to see it.
webhooks-secret-show = Show the secret
webhooks-secret-old = The old secret is valid too until { $until }.
webhooks-secret-change = Change the secret
webhooks-secret-change-hint = Messages are then signed with both for 24 hours. If you change it twice, the first one ends at once.
webhooks-enable-or-delete = Enable or delete
webhooks-enable = Enable the endpoint
webhooks-disable-or-delete = Disable or delete
webhooks-disable = Disable the endpoint
webhooks-delete = Delete it
webhooks-delete-text = The secret is erased, and messages that wait are not sent. The log of what was sent stays.
webhooks-delete-now = Delete the endpoint for good
webhooks-resend = Send again what did not arrive
webhooks-resend-since = Events since (UTC)
webhooks-resend-hint = Everything since that time that failed, waits for its next attempt or was not sent, in the order in which it happened.
webhooks-send-again = Send it again

# The list of deliveries, and the newest ones on the page of their endpoint.
webhooks-deliveries = Deliveries
webhooks-every-state = Any
webhooks-every-event = Every event
webhooks-every-endpoint = Every endpoint
webhooks-more-filters = More filters
webhooks-all-deliveries = All deliveries
webhooks-deliveries-of-endpoint = All deliveries to this endpoint
webhooks-nothing-sent = Nothing was sent yet
webhooks-nothing-sent-text = Send a test event, or wait until something happens.

# One delivery with its attempts.
webhooks-delivery-of = Delivery of { $event }
webhooks-endpoint-of-delivery = Endpoint
webhooks-deleted = (deleted)
webhooks-deleted-text = The endpoint was deleted, so it cannot be sent again.
webhooks-send-now = Send it now
webhooks-look-again = Look again
webhooks-no-attempt = None yet.
webhooks-newest-attempts = The newest { $shown } of { $all } are shown.
webhooks-details = Details
webhooks-after-earlier = After { $earlier }, which has not arrived yet
webhooks-earlier-event = an earlier event about the same thing
webhooks-no-next-try = None
webhooks-about = About
webhooks-message-id = Message (webhook-id)
webhooks-attempt = Attempt { $number }
webhooks-of-attempt = of attempt { $number }
webhooks-no-answer = no answer
webhooks-attempt-at = When
webhooks-attempt-time = { $at } · { $milliseconds } ms
webhooks-attempt-error = What went wrong
webhooks-next-try-at = Next try planned for
webhooks-request = Request
webhooks-request-line = POST { $url }
webhooks-response = Response
webhooks-response-line = HTTP { $status }
webhooks-response-cut = Not all of it was kept.

# What each event means.
webhooks-event-refund-created = A refund was made
webhooks-event-refund-awaiting-confirmation = A refund waits for the customer to confirm the address
webhooks-event-refund-confirmation-undelivered = The mail that asks the customer cannot be delivered
webhooks-event-refund-confirmed = The customer confirmed the address of a refund
webhooks-event-refund-awaiting-approval = A refund waits for a second person
webhooks-event-refund-approved = A refund was approved
webhooks-event-refund-processing = A refund is being sent
webhooks-event-refund-held = The transfer of a refund waits, and somebody has to do something
webhooks-event-refund-resumed = The transfer of a refund waits no longer
webhooks-event-refund-completed = A refund reached the customer
webhooks-event-refund-rejected = A refund ended without being sent
webhooks-event-payment-intent-created = A payment intent was made
webhooks-event-payment-intent-pending = A payment intent can be paid
webhooks-event-payment-intent-complete = A payment intent was paid
webhooks-event-payment-intent-active = A continuous payment intent can be paid, any number of times
webhooks-event-payment-intent-expired = The time to pay a payment intent is over
webhooks-event-payment-intent-failed = A payment intent failed
webhooks-event-payment-intent-refunded = A payment intent was refunded, in part or whole
webhooks-event-order-expired = The time to choose a coin for an order is over
webhooks-event-order-canceled = The customer will not pay an order
webhooks-event-payment-pending = A deposit was seen and has to be confirmed
webhooks-event-payment-paid = A deposit was credited
webhooks-event-payment-failed = A deposit failed
webhooks-event-unsupported-funds-received = A deposit arrived that cannot be credited
webhooks-event-overdue-refund-awaiting-confirmation = The customer did not confirm a refund in time
webhooks-event-overdue-refund-awaiting-approval = A refund waits for an approval for too long
webhooks-event-overdue-refund-pending = A refund waits to be sent for too long
webhooks-event-overdue-refund-processing = A refund is on its way for too long
webhooks-event-overdue-payment-intent-created = A payment intent has no address for too long
webhooks-event-overdue-payment-intent-pending = A payment intent is past its time to pay
webhooks-event-overdue-payment-pending = A deposit is unconfirmed for too long
webhooks-event-webhook-endpoint-disabled = Another endpoint was disabled because it does not work

# Why an attempt had no response.
webhooks-error-not-public = No connection: The address does not lead to a server on the public internet, so nothing was sent.
webhooks-error-timed-out = There was no answer within { $seconds } s.
webhooks-error-no-connection = No connection: { $cause }
webhooks-error-broken = The connection broke: { $cause }
webhooks-error-no-client = The HTTP client for webhooks cannot be created: { $cause }
