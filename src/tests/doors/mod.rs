//! Makes the same refund request through the wizard's pages, Circle's API and CoinGate's. The result must be the same
//! at every entry point, since the rules are in the domain and not in the entry points.

mod offered;
mod rules;
mod warnings;

use crate::support::{Answer, Engine, TestApp};
use axum::http::Method;
use requite::{
    domain::{
        address::network::Network,
        error::{DomainError, ErrorCode},
        ids::RefundDraftId,
        intents::payment_intent::PaymentIntent,
        money::currency::Currency,
        refunds::refund::{Refund, RefundStatus},
    },
    service::refunds::{draft, recipient},
    texts::errors::english,
    wire::coingate::{account_id, currency_id, platform_id},
};
use serde_json::{Value, json};
use uuid::Uuid;

/// The memo of a request.
#[derive(Clone, Copy, Debug)]
pub enum Memo {
    Omitted,
    NotNeeded,
    Provided(&'static str),
}

/// A refund request, independent of the entry point.
#[derive(Clone, Debug)]
pub struct RefundRequest {
    pub intent: PaymentIntent,
    pub network: Network,
    pub address: String,
    pub memo: Memo,
    pub amount: &'static str,
    pub coin: Currency,
    pub funding: Currency,
    pub override_reason: Option<&'static str>,
    /// The codes of the warnings that the reason overrides. The form names those that it has shown.
    pub overrides: Option<&'static [&'static str]>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EntryPoint {
    Page,
    Circle,
    CoinGate,
}

impl EntryPoint {
    pub const ALL: [EntryPoint; 3] = [Self::Page, Self::Circle, Self::CoinGate];

    /// Requests the refund and returns it, or the error code.
    pub async fn ask(self, app: &TestApp, request: &RefundRequest) -> Result<Refund, ErrorCode> {
        match self {
            Self::Page => by_wizard(app, request).await,
            Self::Circle => by_circle(app, request).await,
            Self::CoinGate => by_coingate(app, request).await,
        }
    }
}

async fn by_circle(app: &TestApp, request: &RefundRequest) -> Result<Refund, ErrorCode> {
    let mut destination = json!({ "chain": request.network, "address": request.address });
    match request.memo {
        Memo::Omitted => {}
        Memo::NotNeeded => destination["addressTag"] = Value::Null,
        Memo::Provided(memo) => destination["addressTag"] = json!(memo),
    }
    let mut body = json!({
        "idempotencyKey": Uuid::new_v4(),
        "destination": destination,
        "amount": { "currency": request.funding },
        "toAmount": { "amount": request.amount, "currency": request.intent.currency() },
        "coin": request.coin,
    });
    if let Some(reason) = request.override_reason {
        body["overrideReason"] = json!(reason);
    }
    if let Some(overrides) = request.overrides {
        body["overrides"] = json!(overrides);
    }
    let path = format!("/v1/paymentIntents/{}/refund", request.intent.id);
    let answer = app.call(Method::POST, &path, Some(body)).await;
    let json = answer.json();
    if !answer.status.is_success() {
        return Err(parse(json["requiteCode"].as_str().unwrap()));
    }
    assert_eq!(json["data"]["status"], "pending", "whatever a refund waits for, Circle's clients read pending");
    Ok(refund(app, json["data"]["id"].as_str().unwrap()).await)
}

async fn by_coingate(app: &TestApp, request: &RefundRequest) -> Result<Refund, ErrorCode> {
    let (currency, platform) = (currency_id(request.coin).to_string(), platform_id(request.network).to_string());
    let account = account_id(app.merchant, request.funding);
    let mut fields = vec![
        ("amount", request.amount),
        ("address", request.address.as_str()),
        ("currency_id", currency.as_str()),
        ("platform_id", platform.as_str()),
        ("reason", "The customer asked for it"),
        ("email", "customer@example.com"),
        ("ledger_account_id", account.as_str()),
        ("skip_user_address_confirmation", "true"),
    ];
    match request.memo {
        Memo::Omitted => {}
        Memo::NotNeeded => fields.push(("address_memo", "")),
        Memo::Provided(memo) => fields.push(("address_memo", memo)),
    }
    fields.extend(request.override_reason.map(|reason| ("override_reason", reason)));
    let overrides = request.overrides.map(|codes| codes.join(","));
    fields.extend(overrides.as_deref().map(|codes| ("overrides", codes)));
    let path = format!("/v2/orders/{}/refunds", request.intent.order_number);
    let answer = app.call_coingate(Method::POST, &path, &fields).await;
    let json = answer.json();
    if !answer.status.is_success() {
        assert!(json["message"].is_string() && json["reason"].is_string(), "{json}");
        return Err(parse(json["requite_code"].as_str().unwrap()));
    }
    assert_eq!(json["status"], "pending", "whatever a refund waits for, CoinGate's clients read pending");
    Ok(refund(app, json["requite"]["id"].as_str().unwrap()).await)
}

/// Fills in the wizard as a browser does. A failed step shows only a message on its own page, so its code is read from
/// the service and the page has to show exactly that message.
async fn by_wizard(app: &TestApp, request: &RefundRequest) -> Result<Refund, ErrorCode> {
    let browser = app.sign_in("owner@example.com").await;
    let intent = request.intent.id.to_string();
    let opened = browser.post("/do/refund-drafts/open", &[("intent", &intent)]).await;
    require_no_notice(&opened)?;
    let id = RefundDraftId(Uuid::try_parse(opened.location().split('/').nth(2).unwrap()).unwrap());
    let draft_id = id.to_string();
    let get = || async { draft::get(app.store(), &app.owner, id).await.unwrap() };
    if request.coin != request.intent.currency() {
        require_no_notice(
            &browser.post("/do/refund-drafts/coin", &[("draft", &draft_id), ("coin", request.coin.code())]).await,
        )?;
    }
    let (memo, ticked) = match request.memo {
        Memo::Omitted => ("", ""),
        Memo::NotNeeded => ("", "yes"),
        Memo::Provided(memo) => (memo, ""),
    };
    let recipient = [
        ("draft", draft_id.as_str()),
        ("network", request.network.code()),
        ("address", &request.address),
        ("memo", memo),
        ("memo_not_needed", ticked),
        ("reason", "requested_by_customer"),
    ];
    let mut answer = browser.post("/do/refund-drafts/recipient", &recipient).await;
    if let Some(reason) = request.override_reason
        && stayed_on_step(&answer)?
    {
        // The page has asked for it, and says what it has warned about.
        let page = browser.get(answer.location()).await.text();
        let shown = page.split_once("name=\"overrides\" value=\"").and_then(|(_, rest)| rest.split_once('"'));
        let named = request.overrides.map(|codes| codes.join(" "));
        let named = named.as_deref().or_else(|| shown.map(|(codes, _)| codes)).unwrap_or_default();
        let again: Vec<_> = recipient.into_iter().chain([("override_reason", reason), ("overrides", named)]).collect();
        answer = browser.post("/do/refund-drafts/recipient", &again).await;
    }
    if stayed_on_step(&answer)? {
        let problems =
            recipient::review(app.refunds(), &app.context(), &app.owner, &get().await).await.unwrap().problems;
        return shown(&browser.get(answer.location()).await, problems.into_iter().next());
    }
    let answer = browser.post("/do/refund-drafts/amount", &[("draft", &draft_id), ("amount", request.amount)]).await;
    if stayed_on_step(&answer)? {
        let problem = draft::amount_problem(app.refunds(), &app.context(), &get().await).await.unwrap();
        return shown(&browser.get(answer.location()).await, problem);
    }
    let answer =
        browser.post("/do/refund-drafts/funding", &[("draft", &draft_id), ("funding", request.funding.code())]).await;
    if stayed_on_step(&answer)? {
        let options = draft::funding_options(app.refunds(), &app.context(), &app.owner, &get().await).await.unwrap();
        let option = options.into_iter().find(|option| option.balance.available.currency() == request.funding);
        return shown(&browser.get(answer.location()).await, option.and_then(|option| option.offer.err()));
    }
    let open = get().await;
    let (quote, left) = (open.draft.quote_id.unwrap().to_string(), open.intent.left().number());
    let typed = draft::typed_confirmation(app.refunds(), &app.context(), &open).await.unwrap().unwrap_or_default();
    let fields =
        [("draft", draft_id.as_str()), ("quote", &quote), ("left", &left), ("confirmed", "yes"), ("typed", &typed)];
    let answer = browser.post("/do/refund-drafts/confirm", &fields).await;
    require_no_notice(&answer)?;
    Ok(refund(app, answer.location().rsplit('/').next().unwrap()).await)
}

async fn refund(app: &TestApp, id: &str) -> Refund {
    app.requite.store.refund(app.merchant, id.parse().unwrap()).await.unwrap()
}

fn parse(name: &str) -> ErrorCode {
    serde_json::from_value(json!(name)).unwrap_or_else(|_| panic!("{name} is no code"))
}

fn require_no_notice(answer: &Answer) -> Result<(), ErrorCode> {
    answer.notice().map_or(Ok(()), |error| Err(error.code))
}

/// Whether a step redirects back to itself.
fn stayed_on_step(answer: &Answer) -> Result<bool, ErrorCode> {
    require_no_notice(answer)?;
    Ok(answer.location().contains("check=1"))
}

fn shown(page: &Answer, error: Option<DomainError>) -> Result<Refund, ErrorCode> {
    let error = error.expect("a step that is refused has a reason");
    let sentence = english(&error);
    let words = sentence.replace('&', "&amp;").replace('<', "&lt;").replace('\'', "&#x27;");
    let text = page.text();
    assert!(text.contains(&words) || text.contains(&sentence), "{words}\n{text}");
    Err(error.code)
}

/// The result at every entry point, each on its own server in the same state.
async fn at_every_entry_point<'a>(
    entry_points: &[EntryPoint],
    prepare: impl Fn(TestApp) -> std::pin::Pin<Box<dyn Future<Output = (TestApp, RefundRequest)> + Send + 'a>>,
) -> Vec<(EntryPoint, Result<Refund, ErrorCode>)> {
    let mut answers = Vec::new();
    for entry_point in entry_points {
        let (app, request) = prepare(TestApp::new(Engine::Sqlite).await).await;
        let made = |app: TestApp| async move { app.count("select count(*) from refunds").await };
        let before = made(app.clone()).await;
        let ledger = app.count("select count(*) from ledger_postings").await;
        let answer = entry_point.ask(&app, &request).await;
        let new = i64::from(answer.is_ok());
        assert_eq!(made(app.clone()).await, before + new, "{entry_point:?}");
        if answer.is_err() {
            assert_eq!(
                app.count("select count(*) from ledger_postings").await,
                ledger,
                "{entry_point:?}: refused, yet booked"
            );
        }
        app.assert_invariants().await;
        answers.push((*entry_point, answer));
    }
    answers
}

/// The status of each refund that was created.
fn statuses(answers: &[(EntryPoint, Result<Refund, ErrorCode>)]) -> Vec<Result<RefundStatus, ErrorCode>> {
    answers.iter().map(|(_, answer)| answer.as_ref().map(|refund| refund.status).map_err(|code| *code)).collect()
}
