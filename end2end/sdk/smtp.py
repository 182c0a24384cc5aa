"""A mail server for tests. Prints its port, then each accepted mail as a line of JSON.

The response depends on the recipient: for later-N@… the first N mails are refused temporarily (451), never@… does not exist
(550); all other mails are accepted. Senders have to authenticate when SMTP_USER and SMTP_PASSWORD are set.
"""

import collections
import email.policy
import json
import logging
import os
import re
import threading
import warnings

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult

user, password = os.environ.get("SMTP_USER"), os.environ.get("SMTP_PASSWORD")
refused = collections.Counter()
# The library warns about passwords without TLS; TLS is not tested here.
logging.disable(logging.WARNING)
warnings.simplefilter("ignore")


class Handler:
    async def handle_RCPT(self, server, session, envelope, address, options):
        name = address.split("@")[0]
        if name == "never":
            return f"550 5.1.1 <{address}> no such mailbox"
        later = re.fullmatch(r"later-(\d+)", name)
        if later and refused[address] < int(later[1]):
            refused[address] += 1
            return "451 4.7.1 greylisted, try again"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        mail = email.message_from_bytes(envelope.content, policy=email.policy.default)
        told = {
            "from": envelope.mail_from,
            "to": envelope.rcpt_tos,
            "headers": {name.lower(): value for name, value in mail.items()},
            "names": [name.lower() for name in mail.keys()],
            "text": mail.get_content(),
            "user": str(session.auth_data or ""),
        }
        print(json.dumps(told), flush=True)
        return "250 OK"


def authenticate(server, session, envelope, mechanism, given):
    name = given.login.decode()
    return AuthResult(success=(name, given.password.decode()) == (user, password), handled=False, auth_data=name)


login = {"authenticator": authenticate, "auth_required": True, "auth_require_tls": False} if user else {}
controller = Controller(Handler(), hostname="127.0.0.1", port=int(os.environ.get("SMTP_PORT", "0")), **login)
try:
    controller.start()
except ConnectionRefusedError:
    pass  # The library connects to port 0 to check that the server listens, which fails.
print(controller.server.sockets[0].getsockname()[1], flush=True)
threading.Event().wait()
