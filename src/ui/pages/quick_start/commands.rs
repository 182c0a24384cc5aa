//! Shell commands that make a payment intent and refund it, with this server's address.

use crate::{
    domain::{
        address::{network::Network, pairs::Pairs},
        money::currency::Currency,
    },
    service::pairs,
    state::Requite,
};

/// Shell commands for the three steps.
pub struct Commands {
    pub create: String,
    /// Sandbox only: acts as the customer.
    pub pay: Option<String>,
    pub refund: String,
}

/// What the commands need of the server.
pub struct QuickStart {
    /// The address under which the API is reached, without a slash at its end.
    pub base_url: String,
    /// Whether a payment of the customer can be simulated.
    pub is_sandbox: bool,
    /// What customers can pay with.
    pub received: Pairs,
}

impl QuickStart {
    /// Those of this server.
    pub fn of(requite: &Requite) -> Self {
        Self {
            base_url: requite.settings.base_url(),
            is_sandbox: requite.simulates(),
            received: pairs::received(requite.chain.as_ref()),
        }
    }

    /// A coin that the server offers, with a network, a small amount to pay, and half of it to refund: the rest covers the
    /// network's fee. Stablecoins come first: their amounts are plain.
    fn example(&self) -> Option<(Network, Currency, [&'static str; 2])> {
        if let Some(network) = self.received.supporting(Currency::Usd).next() {
            return Some((network, Currency::Usd, ["10.00", "5.00"]));
        }
        let network = self.received.networks().next()?;
        Some((network, self.received.coins(network).next()?, ["0.01", "0.005"]))
    }

    /// The commands; `None` if the server offers no coin. They expect a key in `KEY` and the customer's address in
    /// `ADDRESS`; the first keeps the intent's id in `ID` for the others.
    pub fn commands(&self) -> Option<Commands> {
        let (network, coin, [paid, refunded]) = self.example()?;
        Some(Commands {
            create: self.create(network, coin, paid),
            pay: self.is_sandbox.then(|| self.pay()),
            refund: self.refund(network, coin, refunded),
        })
    }

    fn create(&self, network: Network, coin: Currency, amount: &str) -> String {
        format!(
            r#"ID=$(curl -s {base}/v1/paymentIntents -H "Authorization: Bearer $KEY" --json '{{
  "idempotencyKey": "'$(uuidgen)'",
  "amount": {{"amount": "{amount}", "currency": "{coin}"}},
  "settlementCurrency": "{coin}",
  "paymentMethods": [{{"type": "blockchain", "chain": "{network}"}}]
}}' | jq -r .data.id) && echo "$ID""#,
            base = self.base_url,
            coin = coin.code(),
            network = network.code(),
        )
    }

    fn pay(&self) -> String {
        let base = &self.base_url;
        format!(
            r#"curl -s {base}/v1/mocks/paymentIntents/$ID/payments -H "Authorization: Bearer $KEY" --json '{{"outcome": "paid"}}'"#
        )
    }

    fn refund(&self, network: Network, coin: Currency, amount: &str) -> String {
        format!(
            r#"curl -s {base}/v1/paymentIntents/$ID/refund -H "Authorization: Bearer $KEY" --json '{{
  "idempotencyKey": "'$(uuidgen)'",
  "destination": {{"chain": "{network}", "address": "'$ADDRESS'"}},
  "amount": {{"currency": "{coin}"}},
  "toAmount": {{"amount": "{amount}", "currency": "{coin}"}}
}}'"#,
            base = self.base_url,
            coin = coin.code(),
            network = network.code(),
        )
    }
}
