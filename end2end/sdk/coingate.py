"""CoinGate's own Python client runs orders, refunds and balances against Requite. Only the client's
base URL is changed. Prints a line for each step; the exit code is not zero when a step fails.

  REQUITE_URL=http://127.0.0.1:3000 REQUITE_API_KEY=rq_sandbox_... REQUITE_EMAIL=... REQUITE_PASSWORD=... \
    python end2end/sdk/coingate.py
"""

import html
import os
import re
import sys

# This file has the same name as the client's package and would be imported instead of it.
sys.path.pop(0)

from decimal import Decimal

import requests
from coingate import CoinGate, exceptions

url = os.environ["REQUITE_URL"]
api_key = os.environ["REQUITE_API_KEY"]
CoinGate.BASE_SANDBOX_API_URL = url
client = CoinGate(api_key, True)
recipient = "0xcd7475eaed9ee9678cf219cec748e25aba068a69"


def done(step, detail):
    print(f"{step}: {detail}")


def refused(kind, call):
    """The client's exception for a refused call."""
    try:
        call()
    except kind as error:
        return error
    raise AssertionError(f"this must be refused with {kind.__name__}")


def customer_pays():
    """Simulates the customer with Requite's sandbox calls."""
    headers = {"Authorization": f"Bearer {api_key}"}
    newest = requests.get(f"{url}/v1/paymentIntents", params={"pageSize": 1}, headers=headers).json()["data"][0]
    paid = requests.post(f"{url}/v1/mocks/paymentIntents/{newest['id']}/payments", json={}, headers=headers)
    assert paid.status_code == 201, paid.text


def customer_confirms():
    """Opens the link in the newest mail and confirms the address, like the customer."""
    console = requests.Session()
    console.headers["Accept"] = "text/html"
    console.post(f"{url}/do/sign-in", data={"email": os.environ["REQUITE_EMAIL"], "password": os.environ["REQUITE_PASSWORD"]})
    outbox = console.get(f"{url}/developers/mail").text
    mail = console.get(url + re.search(r'"(/developers/mail/[^"]+)"', outbox)[1]).text
    link = re.search(r'"(/confirm/[^"]+)"', mail)[1]
    customer = requests.Session()
    page = customer.get(url + link).text
    form = re.search(r"<form.*?</form>", page, re.DOTALL)[0]
    fields = dict(re.findall(r'name="(\w+)" value="([^"]*)"', html.unescape(form)))
    assert fields["answer"] == "confirmed", fields
    customer.post(f"{url}/do/confirmations/answer", data=fields, headers={"Accept": "text/html"}).raise_for_status()


# Public endpoints.
stranger = CoinGate(use_sanbox_mode=True)
assert stranger.public.ping().ping == "pong"
assert stranger.public.get_exchange_rate_for_merchant("ETH", "EUR") > 0
assert stranger.public.get_exchange_rate_for_trader("buy", "USDC", "USD") == 1
assert stranger.public.get_exchange_rate_for_merchant("NAN", "NAN") is None
rates = stranger.public.get_all_exchange_rates()
assert rates.merchant["BTC"]["EUR"] == rates.trader.sell["BTC"]["EUR"]
assert stranger.public.get_merchant_exchange_rates() and stranger.public.get_trader_exchange_rates("sell")
assert isinstance(stranger.public.get_ip_addresses("|"), str)
currencies = {one.symbol: one for one in stranger.public.get_currencies(False, True, True, True, "crypto")}
platforms = {one.id_name: one for one in stranger.public.get_platforms(True)}
ether, base = currencies["ETH"], platforms["base"]
assert base.id in [platform.id for platform in ether.platforms]
done("public", f"{len(currencies)} coins on {len(platforms)} platforms")

# An order, paid in ether.
made = client.order.create(
    Decimal("100"), "EUR", "EUR", order_id="shop-7", title="Two chairs", token="secret of the shop", callback_url=None
)
assert (made.status, made.price_amount, made.token) == ("new", Decimal("100"), "secret of the shop")
checkout = client.order.checkout(made.id, "ETH", platform_id=base.id)
assert (checkout.status, checkout.pay_currency, checkout.platform.id_name) == ("pending", "ETH", "base")
assert checkout.payment_address.startswith("0x") and checkout.pay_amount > 0
customer_pays()
order = client.order.get(made.id)
assert (order.status, order.is_refundable, order.order_id) == ("paid", True, "shop-7")
orders = client.order.get_all(per_page=10, sort="created_at_asc")
assert made.id in [one.id for one in orders.orders] and orders.total_orders >= 1
done("order", f"{made.id} is {order.status}")

# The credited amount.
accounts = client.ledger.get_all(page=1, per_page=100)
euros = next(account for account in accounts.accounts if account.currency.symbol == "EURC")
assert euros.balance > 99 and client.ledger.get(euros.id).balance == euros.balance
done("ledger", f"{euros.balance} {euros.currency.symbol}")

# A partial refund, and the amount left before it.
refund = client.refund.create_order_refund(
    made.id, Decimal("40"), recipient, ether.id, base.id, "The chairs broke", "customer@example.com", euros.id
)
assert (refund.status, refund.request_amount, refund.order.id) == ("pending", Decimal("40"), made.id)
assert (refund.refund_currency.symbol, refund.refund_currency.platform.title) == ("ETH", "Base")
assert refund.ledger_account.id == euros.id and refund.address.lower() == recipient
# Confirmation is the default, so the customer has to confirm the address.
customer_confirms()
client.request("patch", f"v2/orders/{made.id}/refunds/{refund.id}/mark-as-completed")
ended = client.refund.get_order_refund(made.id, refund.id)
assert (ended.status, len(ended.transactions)) == ("completed", 1)
client.refund.create_order_refund(
    made.id, Decimal("10"), recipient, ether.id, base.id, "And the table", "customer@example.com", euros.id
)
assert client.order.get(made.id).status == "partially_refunded"
of_order = client.refund.get_order_refunds(made.id)
assert (of_order.total_refunds, of_order.per_page) == (2, 100)
second_page = client.refund.get_refunds(page=2, per_page=1)
assert (second_page.current_page, second_page.total_pages, len(second_page.refunds)) == (2, 2, 1)
assert second_page.refunds[0].crypto_address.lower() == recipient
done("refund", f"{refund.id} is {ended.status}: {ended.refund_amount} {ended.refund_currency.symbol}")

# The resulting balance.
about = {"source_type": "MerchantRefund", "source_id": refund.id, "sort": "created_at_asc"}
entries = client.request("get", "v2/ledger/transactions", params=about).json()["entries"]
assert [entry["type"] for entry in entries] == ["merchant_refund", "fee"], entries
assert client.request("get", f"v2/ledger/transactions/{entries[0]['id']}").json() == entries[0]
spent = sum(Decimal(entry["credited_amount"]) for entry in entries)
assert euros.balance - spent == Decimal(entries[1]["closing_balance"])
done("transactions", f"{spent} {euros.currency.symbol} for refund {refund.id}")

# Refused calls raise the client's own exceptions.
too_much = refused(
    exceptions.RefundIsNotValidException,
    lambda: client.refund.create_order_refund(
        made.id, Decimal("51"), recipient, ether.id, base.id, "Too much", "customer@example.com", euros.id
    ),
)
assert too_much.errors and too_much.status_code == 422
refused(exceptions.OrderIsNotValidException, lambda: client.order.create(Decimal("0"), "EUR", "EUR"))
refused(exceptions.OrderNotFoundException, lambda: client.order.get(999_999))
refused(exceptions.RefundNotFoundException, lambda: client.refund.get_order_refund(made.id, 999_999))
refused(exceptions.LedgerAccountNotFoundException, lambda: client.ledger.get("nothing"))
refused(exceptions.BadAuthTokenException, lambda: CoinGate("rq_sandbox_x", True).ledger.get_all())
refused(exceptions.PageNotFoundException, lambda: client.request("get", "v2/nothing"))
done("refusals", f"{too_much.reason}: {too_much.errors[0]}")
