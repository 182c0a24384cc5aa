"""PyPI's circle-sdk, which validates every response: reads whatever the demo has, and makes an intent and a refund."""

import os
import uuid

import circle
from circle.apis.tags import crypto_address_book_api, crypto_payment_intents_api, payments_api

ADDRESS = "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed"


def keyed(**members):
    return {"idempotencyKey": str(uuid.uuid4()), **members}


configuration = circle.Configuration(host=os.environ["REQUITE_URL"], access_token=os.environ["REQUITE_STRICT_KEY"])
with circle.ApiClient(configuration) as client:
    intents = crypto_payment_intents_api.CryptoPaymentIntentsApi(client)
    payments = payments_api.PaymentsApi(client)
    recipients = crypto_address_book_api.CryptoAddressBookApi(client)

    def payments_listed():
        return payments.list_payments().body["data"]

    listed = intents.list_payment_intents().body["data"]
    assert len(listed) >= 10, len(listed)
    for intent in listed:
        intents.get_payment_intent(path_params={"id": str(intent["id"])})
    before = payments_listed()
    assert {"BTC", "ETH", "USD"} <= {str(payment["amount"]["currency"]) for payment in before}, before
    for payment in before:
        payments.get_payment(path_params={"id": str(payment["id"])})

    price = {"amount": "5.00", "currency": "USD"}
    methods = [{"type": "blockchain", "chain": "ETH"}]
    body = keyed(amount=price, settlementCurrency="USD", paymentMethods=methods)
    created = intents.create_payment_intent(body=body).body["data"]
    intents.expire_payment_intent(path_params={"id": str(created["id"])})

    def is_paid_in_dollars(intent):
        paid = str(intent["timeline"][0]["status"]) == "complete" and str(intent["amount"]["currency"]) == "USD"
        return paid and str(intent["paymentMethods"][0]["chain"]) in ("ARB", "BASE", "ETH", "POLY")

    paid = next(filter(is_paid_in_dollars, listed))
    destination = {"chain": str(paid["paymentMethods"][0]["chain"]), "address": ADDRESS}
    one = {"amount": "1.00", "currency": "USD"}
    refund = intents.refund_payment_intent(
        path_params={"id": str(paid["id"])}, body=keyed(destination=destination, amount=one, toAmount=one)
    ).body["data"]
    assert str(payments.get_payment(path_params={"id": str(refund["id"])}).body["data"]["id"]) == str(refund["id"])
    assert len(payments_listed()) == len(before) + 1

    metadata = {"nickname": "Ann", "email": "ann@example.com"}
    recipients.create_address_book_recipient(body=keyed(chain="ETH", address=ADDRESS, metadata=metadata))
    assert len(recipients.list_address_book_recipients().body["data"]) == 1
