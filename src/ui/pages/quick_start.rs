//! What the overview shows before there is a payment intent: how to make one and refund it, with this server's address.

use crate::{
    domain::{
        address::{network::Network, pairs::Pairs},
        money::currency::Currency,
        people::actor::{Actor, Permission},
    },
    service::pairs,
    state::Requite,
    ui::components::copy::copy_button,
    web::paths,
};
use leptos::prelude::*;

/// Keeps the key that is pasted next, without showing it or leaving it in the shell's history.
const KEEP_KEY: &str = "read -rs KEY";
/// The same for the address that is pasted next.
const KEEP_ADDRESS: &str = "read -r ADDRESS";

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

/// The section. Nothing if the server offers no coin: then its settings have to name a network first.
pub fn quick_start(start: &QuickStart, actor: &Actor) -> Option<AnyView> {
    let Commands { create, pay, refund } = start.commands()?;
    let key = if actor.may(Permission::ManageApiKeys) {
        view! { "Make one under " <a href=paths::API_KEYS>"API keys"</a> ". It is shown once. " }.into_any()
    } else {
        "An owner or admin makes one. ".into_any()
    };
    let form = actor.may(Permission::ManageIntents).then(|| {
        view! { " You can also fill in " <a href=paths::NEW_PAYMENT_INTENT>"the form"</a> "." }
    });
    let pay = pay.map(|pay| {
        view! {
            <p>"This is a sandbox, so you pay as the customer:"</p>
            {command("Pay as the customer", pay)}
        }
    });
    Some(
        view! {
            <section class="card" aria-labelledby="start-title">
                <h2 id="start-title">"From nothing to the first refund"</h2>
                <ol class="stack numbered">
                    <li>
                        <h3>"An API key"</h3>
                        <p>
                            {key} "The commands need curl 7.82 or newer, jq and uuidgen. Run this one, paste the key and press Enter:"
                        </p>
                        {command("Keep the key", KEEP_KEY.to_owned())}
                    </li>
                    <li>
                        <h3>"A payment"</h3>
                        <p>"Ask a customer for it. The command keeps its id; a moment later it has an address to pay to." {form}</p>
                        {command("Ask for a payment", create)}
                        {pay}
                    </li>
                    <li>
                        <h3>"A refund"</h3>
                        <p>
                            "Open the paid payment intent and choose Crypto refund from its menu. In the shell, run this command, \
                             paste the customer's address and press Enter:"
                        </p>
                        {command("Keep the address", KEEP_ADDRESS.to_owned())}
                        <p>"Then send what programs send:"</p>
                        {command("Refund it", refund)}
                    </li>
                </ol>
                <p><a href=paths::DOCS>"The API reference"</a> " has everything else."</p>
            </section>
        }
        .into_any(),
    )
}

fn command(what: &'static str, text: String) -> AnyView {
    view! {
        <div class="command">
            <pre class="message" tabindex="0" role="group" aria-label=what>{text.clone()}</pre>
            {copy_button(text, "copy-command")}
        </div>
    }
    .into_any()
}
