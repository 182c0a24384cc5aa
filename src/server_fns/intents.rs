//! Actions on payment intents, except refunds.

use crate::domain::{error::DomainError, intents::payment_progress::PaymentsProgress};
use leptos::{prelude::*, server_fn::codec::GetUrl};
use std::collections::BTreeMap;

/// Returns how far the payments of an intent have come. It changes nothing, so it is a GET.
#[server(prefix = "/do", endpoint = "payment-intents/payments", input = GetUrl)]
pub async fn intent_payments(id: String) -> Result<PaymentsProgress, DomainError> {
    use crate::{
        domain::ids::PaymentIntentId,
        error::Error,
        service::intents::{self, payment_progress},
        web::{forms, language::language, payment_progress::of_intent},
    };
    let found = async {
        let (requite, actor) = forms::caller()?;
        let language = language();
        let id = forms::id(&id, PaymentIntentId, "error-unknown-payment-intent")?;
        let intent = intents::get(&requite.store, &actor, id).await?;
        let views = payment_progress::of_intent((&requite).into(), &requite.context(), &actor, &intent).await?;
        Ok::<_, Error>(of_intent(language, &intent, &views))
    };
    found.await.map_err(Error::into_domain_error)
}

/// Creates a payment intent for one amount. `networks` has the codes of those that were marked.
#[server(prefix = "/do", endpoint = "payment-intents/create")]
pub async fn create_intent(
    key: String,
    coin: String,
    amount: String,
    settlement: String,
    #[server(default)] networks: BTreeMap<String, String>,
) -> Result<(), DomainError> {
    use crate::{
        domain::{
            address::network::Network,
            error::Field,
            ids::IdempotencyKey,
            intents::new_intent::NewIntent,
            money::{Money, currency::Currency},
        },
        service::intents,
        texts::amounts,
        web::{forms, language::language, paths},
    };
    let language = language();
    let typed = serde_urlencoded::to_string([("coin", &coin), ("amount", &amount)]).unwrap_or_default();
    let back = format!("{}?{typed}", paths::NEW_PAYMENT_INTENT);
    let done = async {
        let (requite, actor) = forms::caller()?;
        let currency = Currency::parse(&coin)?;
        let amount = amounts::read(language, &amount)
            .and_then(|amount| Money::parse_positive(&amount, currency))
            .map_err(|error| error.on(Field::Amount))?;
        let networks = networks.keys().map(|code| Network::parse(code)).collect::<Result<_, _>>()?;
        let lifetime = requite.settings.intent_lifetime;
        let new = NewIntent::transient(amount, Currency::parse(&settlement)?, networks, lifetime)?;
        let key = forms::id(&key, IdempotencyKey, "error-unknown-form")?;
        let (store, chain) = (&requite.store, requite.chain.as_ref());
        let created = intents::create(store, chain, &requite.context(), &actor, &new, key).await?;
        Ok(paths::payment_intent(created.into_inner().id))
    };
    forms::answer(&back, done.await)
}

/// Sandbox only: simulates a payment by the customer of the amount due, or of `amount` for a continuous intent.
#[server(prefix = "/do", endpoint = "payment-intents/simulate-payment")]
pub async fn simulate_payment(intent: String, amount: Option<String>) -> Result<(), DomainError> {
    use crate::{
        domain::{error::Field, ids::PaymentIntentId, intents::payment::PaymentStatus, money::Money},
        service::{
            intents,
            simulate::{self, SimulatedPayment},
        },
        texts::amounts,
        web::{forms, language::language, paths},
    };
    let language = language();
    let page = forms::page_of(&intent, PaymentIntentId, paths::payment_intent, paths::PAYMENT_INTENTS);
    let done = async {
        let (requite, actor) = forms::caller()?;
        let id = forms::id(&intent, PaymentIntentId, "error-unknown-payment-intent")?;
        let amount = match amount {
            Some(text) => {
                let currency = intents::get(&requite.store, &actor, id).await?.currency();
                let amount = amounts::read(language, &text).and_then(|amount| Money::parse_positive(&amount, currency));
                Some(amount.map_err(|error| error.on(Field::Amount))?)
            }
            None => None,
        };
        let simulated = SimulatedPayment::new(amount, PaymentStatus::Paid);
        simulate::payment((&requite).into(), &requite.context(), &actor, id, simulated).await?;
        Ok(page.clone())
    };
    forms::answer(&page, done.await)
}

/// Adds a note for colleagues. `id` was made with the form.
#[server(prefix = "/do", endpoint = "payment-intents/add-note")]
pub async fn add_note(intent: String, id: String, note: String) -> Result<(), DomainError> {
    use crate::{
        domain::ids::{NoteId, PaymentIntentId},
        service::intents::note::add,
        web::{forms, paths},
    };
    let page = forms::page_of(&intent, PaymentIntentId, paths::payment_intent, paths::PAYMENT_INTENTS);
    let done = async {
        let (requite, actor) = forms::caller()?;
        let intent = forms::id(&intent, PaymentIntentId, "error-unknown-payment-intent")?;
        let id = forms::id(&id, NoteId, "error-unknown-form")?;
        add(&requite.store, &requite.context(), &actor, intent, id, &note).await?;
        Ok(format!("{page}#timeline"))
    };
    forms::answer(&page, done.await)
}
