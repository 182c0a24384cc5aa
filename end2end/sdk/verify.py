# Verifies a webhook like a merchant's receiver. Reads {secret, headers, body} as JSON; prints the type of the event, or fails.
import json
import sys

from standardwebhooks import Webhook

message = json.load(sys.stdin)
event = Webhook(message["secret"]).verify(message["body"], message["headers"])
print(event["type"])
