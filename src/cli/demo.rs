//! Demo data: a merchant with payments that can be refunded in the sandbox.
//!
//! Everything is created through the same services that users and API clients call, so the demo obeys every rule and
//! its ledger balances.

use super::{error::Error, merchants};
use crate::{
    chain,
    config::Settings,
    domain::{
        address::network::Network,
        error::{DomainError, Field},
        ids::{IdempotencyKey, MerchantId},
        intents::{new_intent::NewIntent, payment::PaymentStatus, payment_intent::PaymentIntent},
        money::{Money, currency::Currency},
        people::{
            actor::{Actor, Role},
            api_key::{AddressRanges, NewApiKey, Scopes},
        },
        policy::input::PolicyInput,
        refunds::{
            new_refund::{Destination, NewRefund},
            quote::FeePayer,
            refund::RefundReason,
        },
    },
    service::{
        intents::{self, addresses},
        people::{api_key, team},
        policy, refunds,
        simulate::{self, SimulatedPayment},
    },
    state::Requite,
};
use std::fmt;

/// The merchant of the demo, unless the settings name one.
pub const MERCHANT: &str = "Demo merchant";
const EMAIL: &str = "demo@requite.example";
const PASSWORD: &str = "refund with care";
const APPROVER_EMAIL: &str = "approver@requite.example";
const OPERATOR_EMAIL: &str = "operator@requite.example";
const VIEWER_EMAIL: &str = "viewer@requite.example";
/// The value from which the demo requires approval, in US dollars.
const APPROVAL_FROM: &str = "5000";

/// How to sign in to the demo.
#[derive(Debug)]
pub struct Credentials {
    /// Only set when it was just created, since only its hash is stored.
    api_key: Option<String>,
}

impl fmt::Display for Credentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "  sign in as       {EMAIL}")?;
        writeln!(f, "  password         {PASSWORD}")?;
        writeln!(f, "  to approve       {APPROVER_EMAIL}, with the same password")?;
        match &self.api_key {
            Some(key) => write!(f, "  sandbox API key  {key}"),
            None => write!(
                f,
                "  sandbox API key  as printed at the first start; for a new one run 'requite api-key create --name NAME'"
            ),
        }
    }
}

/// Demo data has simulated payments. It is refused elsewhere before a database is opened, which would become one of
/// production.
pub fn refuse_production(settings: &Settings) -> Result<(), Error> {
    settings.require_simulation().map_err(|_| Error::DemoInProduction)
}

/// Seeds a database that has no merchants and returns how to sign in. A database with another merchant is left
/// unchanged.
pub async fn seed_if_empty(requite: &Requite) -> Result<Option<Credentials>, Error> {
    refuse_production(&requite.settings)?;
    if requite.store.user_by_email(EMAIL).await?.is_some() {
        return Ok(Some(Credentials { api_key: None }));
    }
    if !requite.store.merchants().await?.is_empty() {
        return Ok(None);
    }
    create_demo_data(requite).await.map(Some)
}

/// `requite seed`.
pub async fn seed(requite: &Requite) -> Result<(), Error> {
    match seed_if_empty(requite).await? {
        Some(credentials) => outln!("The database contains the demo data.\n{credentials}"),
        None => outln!("Nothing to do: the database is not empty."),
    }
    Ok(())
}

async fn create_demo_data(requite: &Requite) -> Result<Credentials, Error> {
    let store = &requite.store;
    let merchant = merchants::chosen(requite).await?.id;
    for (email, name, role) in [
        (EMAIL, "Demo owner", Role::Owner),
        (APPROVER_EMAIL, "Demo approver", Role::Approver),
        (OPERATOR_EMAIL, "Demo operator", Role::Operator),
        (VIEWER_EMAIL, "Demo viewer", Role::Viewer),
    ] {
        team::add_user(store, &requite.context(), merchant, email, name, role, PASSWORD).await?;
    }
    for (currency, amount) in [(Currency::Usd, "25000"), (Currency::Eur, "8000"), (Currency::Eth, "4.5")] {
        simulate::fund(store, &requite.context(), merchant, Money::parse(amount, currency)?).await?;
    }
    let actor = Actor::System { merchant };
    let server_policy = requite.settings.refund_policy();
    let before = policy::current(store, &server_policy, merchant).await?;
    let decided = PolicyInput { approval_from: APPROVAL_FROM.to_owned(), ..PolicyInput::of(&before) };
    if let Err(errors) =
        policy::change(store, &requite.context(), &server_policy, &actor, before.version, &decided).await?
    {
        return Err(errors.into_iter().next().unwrap_or_else(|| DomainError::required(Field::Window)).into());
    }
    let plan = plan()?;
    let mut intents = Vec::with_capacity(plan.len());
    for (amount, settlement, networks, _) in &plan {
        let new = NewIntent::transient(*amount, *settlement, networks.clone(), requite.settings.intent_lifetime)?;
        let key = IdempotencyKey(requite.context().id());
        intents.push(
            intents::create(store, requite.chain.as_ref(), &requite.context(), &actor, &new, key).await?.into_inner(),
        );
    }
    wait_for_addresses(requite).await?;
    let mut paid = Vec::new();
    for (intent, (_, _, _, payments)) in intents.into_iter().zip(plan) {
        for (amount, status) in payments {
            simulate::payment(
                requite.into(),
                &requite.context(),
                &actor,
                intent.id,
                SimulatedPayment::new(amount, status),
            )
            .await?;
            if status == PaymentStatus::Paid {
                paid.push(intent.clone());
            }
        }
    }
    create_refunds(requite, merchant, &paid).await?;
    add_balance(requite, &actor).await?;
    let new = NewApiKey {
        name: "Demo".to_owned(),
        scopes: Scopes::USUAL,
        addresses: AddressRanges::default(),
        callback_format: None,
        strict_circle: false,
    };
    let (_, secret) = api_key::create(store, &requite.context(), requite.settings.mode, &actor, &new).await?;
    Ok(Credentials { api_key: Some(secret) })
}

type Plan = (Money, Currency, Vec<Network>, Vec<(Option<Money>, PaymentStatus)>);

/// Payment intents of every kind: exact, overpaid, underpaid, pending, failed, unpaid, and in every currency.
fn plan() -> Result<Vec<Plan>, Error> {
    use Currency::{Btc, Eth, Eur, Usd};
    use PaymentStatus::{Failed, Paid, Pending};
    let money = |text, currency| Money::parse(text, currency);
    let exact = || vec![(None, Paid)];
    Ok(vec![
        (money("0.1", Eth)?, Usd, vec![Network::Eth], exact()),
        (money("249", Usd)?, Usd, vec![Network::Base], exact()),
        (money("1890.50", Usd)?, Usd, vec![Network::Sol], exact()),
        (money("75", Usd)?, Usd, vec![Network::Poly], vec![(Some(money("80", Usd)?), Paid)]),
        (money("120", Eur)?, Eur, vec![Network::Eth, Network::Base], vec![(Some(money("100", Eur)?), Paid)]),
        (money("0.02", Btc)?, Btc, vec![Network::Btc], exact()),
        (money("59.90", Usd)?, Usd, vec![Network::Arb], exact()),
        (money("310", Eur)?, Eur, vec![Network::Sol], exact()),
        (money("42", Usd)?, Usd, vec![Network::Eth], vec![(None, Pending)]),
        (money("42", Usd)?, Usd, vec![Network::Eth], vec![(None, Failed)]),
        (money("15", Usd)?, Usd, vec![Network::Base], vec![]),
        (money("0.35", Eth)?, Eth, vec![Network::Arb], exact()),
        (money("6200", Usd)?, Usd, vec![Network::Base], exact()),
    ])
}

/// Runs the worker until every intent has its deposit address. The settings determine how long that takes.
async fn wait_for_addresses(requite: &Requite) -> Result<(), Error> {
    let deposits = chain::require(requite.chain.as_ref())?.deposits.as_ref();
    let context = requite.context();
    while addresses::assign(&requite.store, deposits, &context, context.now).await? > 0 {}
    Ok(())
}

/// Creates refunds for the worker: partial ones, full ones, one that the sandbox will reject, and a large one that
/// waits for approval. Also creates a late payment.
async fn create_refunds(requite: &Requite, merchant: MerchantId, paid: &[PaymentIntent]) -> Result<(), Error> {
    let actor = Actor::System { merchant };
    // Skipped intents stay fully refundable, so that the wizard can be tried.
    let plan = [(50, false), (100, false), (25, false), (100, true)];
    let large = paid.last().map(|intent| (intent, (100, false)));
    for (intent, (percent, rejected)) in paid.iter().skip(3).zip(plan).chain(large) {
        let intent = requite.store.intent(merchant, intent.id).await?;
        refund_part(requite, &actor, &intent, intent.left().percent(percent), rejected).await?;
    }
    // The customer of the first refunded intent pays again, too late: unsupported funds.
    if let Some(refunded) = paid.get(3) {
        let late = Money::parse("20", refunded.currency())?;
        let context = requite.context();
        simulate::payment(
            requite.into(),
            &context,
            &actor,
            refunded.id,
            SimulatedPayment::new(Some(late), PaymentStatus::Paid),
        )
        .await?;
    }
    Ok(())
}

/// Creates the data of a customer who tops up an account: one address, two payments, and a partial refund.
async fn add_balance(requite: &Requite, actor: &Actor) -> Result<(), Error> {
    let new = NewIntent::continuous(Currency::Usd, Currency::Usd, vec![Network::Base])?;
    let key = IdempotencyKey(requite.context().id());
    let intent = intents::create(&requite.store, requite.chain.as_ref(), &requite.context(), actor, &new, key)
        .await?
        .into_inner();
    wait_for_addresses(requite).await?;
    for amount in ["150", "80"] {
        let amount = Some(Money::parse(amount, Currency::Usd)?);
        simulate::payment(
            requite.into(),
            &requite.context(),
            actor,
            intent.id,
            SimulatedPayment::new(amount, PaymentStatus::Paid),
        )
        .await?;
    }
    refund_part(requite, actor, &intent, Money::parse("30", Currency::Usd)?, false).await
}

/// Creates a refund to an address on the network that the intent was paid on.
async fn refund_part(
    requite: &Requite,
    actor: &Actor,
    intent: &PaymentIntent,
    amount: Money,
    rejected: bool,
) -> Result<(), Error> {
    let Some(network) = intent.payment_methods.first().map(|method| method.network) else { return Ok(()) };
    let context = requite.context();
    let address =
        if rejected { simulate::rejecting_address(network) } else { simulate::random_address(&context, network) };
    let order = NewRefund {
        intent_id: intent.id,
        destination: Destination::parse(network, &address, None, true)?,
        amount,
        price_part: None,
        coin: amount.currency(),
        funding: intent.settlement_currency,
        fee_payer: FeePayer::Merchant,
        quote_id: None,
        expected_refundable: None,
        // Thresholds count what one customer gets within a day.
        customer_email: Some(format!("customer{}@example.com", intent.order_number)),
        reason: RefundReason::RequestedByCustomer,
        note: None,
        override_reason: None,
        customer_confirms: false,
        callback_url: None,
        draft_id: None,
    };
    refunds::create(requite.into(), &context, actor, &order, IdempotencyKey(context.id())).await?;
    Ok(())
}
