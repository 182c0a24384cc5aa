"""The quickstart with the client that openapi-python-client generates: a payment intent is paid and partly refunded."""

import os
import time
import uuid

from requite_client import AuthenticatedClient
from requite_client.api.payment_intents import create_payment_intent, get_payment_intent
from requite_client.api.refunds import create_refund, get_refund
from requite_client.api.sandbox import mock_payment
from requite_client.models import (
    Currency,
    MockPayment,
    Money,
    Network,
    NetworkDestination,
    NewRefund,
    NewTransientPaymentIntent,
    PaymentMethodChoice,
    PaymentMethodChoiceType,
    PaymentStatus,
    RefundStatus,
)
from requite_client.types import UNSET

client = AuthenticatedClient(base_url=os.environ["REQUITE_URL"], token=os.environ["REQUITE_API_KEY"])


def until(is_as_expected):
    """Repeats a call until its response is as expected; gives up after half a minute."""
    for _ in range(150):
        if is_as_expected():
            return
        time.sleep(0.2)
    raise AssertionError("waited for half a minute")


created = create_payment_intent.sync(
    client=client,
    body=NewTransientPaymentIntent(
        idempotency_key=uuid.uuid4(),
        amount=Money(amount="60.00", currency=Currency.USD),
        settlement_currency=Currency.USD,
        payment_methods=[PaymentMethodChoice(type_=PaymentMethodChoiceType.BLOCKCHAIN, chain=Network.BASE)],
    ),
).data


def has_address():
    intent = get_payment_intent.sync(created.id, client=client).data
    return intent.payment_methods[0].address is not UNSET


until(has_address)
mock_payment.sync(created.id, client=client, body=MockPayment(outcome=PaymentStatus.PAID))
refund = create_refund.sync(
    client=client,
    idempotency_key=f"refund of {created.id}",
    body=NewRefund(
        payment_intent_id=created.id,
        amount=Money(amount="12.50", currency=Currency.USD),
        destination=NetworkDestination(network=Network.BASE, address="0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed"),
    ),
).data
until(lambda: get_refund.sync(refund.id, client=client).data.status == RefundStatus.COMPLETED)
