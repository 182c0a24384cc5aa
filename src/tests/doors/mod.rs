//! One room, three doors: the same wish for a refund through the pages of the wizard, Circle's surface and CoinGate's, which
//! have to come to the same answer, since none of them decides anything.

mod rules;

use crate::support::{Answer, Engine, TestApp};
use axum::http::{HeaderMap, Method, header};
use requite::{
    domain::{
        address::network::Network,
        error::{DomainError, ErrorCode},
        ids::RefundDraftId,
        intents::payment_intent::PaymentIntent,
        money::currency::Currency,
        refunds::refund::{Refund, RefundStatus},
    },
    service::refunds::draft,
    wire::coingate::{account_id, currency_id, platform_id},
};
use serde_json::{Value, json};
use uuid::Uuid;

/// What is said about the memo.
#[derive(Clone, Copy, Debug)]
pub enum Memo {
    Unsaid,
    NotNeeded,
    Said(&'static str),
}

/// A wish for a refund, before any door has put it into its own words.
#[derive(Clone, Debug)]
pub struct Wish {
    pub intent: PaymentIntent,
    pub network: Network,
    pub address: String,
    pub memo: Memo,
    pub amount: &'static str,
    pub coin: Currency,
    pub funding: Currency,
    pub override_reason: Option<&'static str>,
}

/// One of the doors.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Door {
    Page,
    Circle,
    CoinGate,
}

impl Door {
    pub const ALL: [Door; 3] = [Self::Page, Self::Circle, Self::CoinGate];

    /// Asks for a refund here; answers it, or the code of the refusal.
    pub async fn ask(self, app: &TestApp, wish: &Wish) -> Result<Refund, ErrorCode> {
        match self {
            Self::Page => by_page(app, wish).await,
            Self::Circle => by_circle(app, wish).await,
            Self::CoinGate => by_coingate(app, wish).await,
        }
    }
}

async fn by_circle(app: &TestApp, wish: &Wish) -> Result<Refund, ErrorCode> {
    let mut destination = json!({ "chain": wish.network, "address": wish.address });
    match wish.memo {
        Memo::Unsaid => {}
        Memo::NotNeeded => destination["addressTag"] = Value::Null,
        Memo::Said(memo) => destination["addressTag"] = json!(memo),
    }
    let mut body = json!({
        "idempotencyKey": Uuid::new_v4(),
        "destination": destination,
        "amount": { "currency": wish.funding },
        "toAmount": { "amount": wish.amount, "currency": wish.intent.currency() },
        "coin": wish.coin,
    });
    if let Some(reason) = wish.override_reason {
        body["overrideReason"] = json!(reason);
    }
    let path = format!("/v1/paymentIntents/{}/refund", wish.intent.id);
    let answer = app.call(Method::POST, &path, Some(body)).await;
    let json = answer.json();
    if !answer.status.is_success() {
        return Err(parse(json["requiteCode"].as_str().unwrap()));
    }
    assert_eq!(json["data"]["status"], "pending", "whatever a refund waits for, Circle's clients read pending");
    Ok(refund(app, json["data"]["id"].as_str().unwrap()).await)
}

async fn by_coingate(app: &TestApp, wish: &Wish) -> Result<Refund, ErrorCode> {
    let (currency, platform) = (currency_id(wish.coin).to_string(), platform_id(wish.network).to_string());
    let account = account_id(app.merchant, wish.funding);
    let mut fields = vec![
        ("amount", wish.amount),
        ("address", wish.address.as_str()),
        ("currency_id", currency.as_str()),
        ("platform_id", platform.as_str()),
        ("reason", "The customer asked for it"),
        ("email", "customer@example.com"),
        ("ledger_account_id", account.as_str()),
        ("skip_user_address_confirmation", "true"),
    ];
    match wish.memo {
        Memo::Unsaid => {}
        Memo::NotNeeded => fields.push(("address_memo", "")),
        Memo::Said(memo) => fields.push(("address_memo", memo)),
    }
    fields.extend(wish.override_reason.map(|reason| ("override_reason", reason)));
    let path = format!("/v2/orders/{}/refunds", wish.intent.order_number);
    let answer = app.call_coingate(Method::POST, &path, &fields).await;
    let json = answer.json();
    if !answer.status.is_success() {
        assert!(json["message"].is_string() && json["reason"].is_string(), "{json}");
        return Err(parse(json["requite_code"].as_str().unwrap()));
    }
    assert_eq!(json["status"], "pending", "whatever a refund waits for, CoinGate's clients read pending");
    Ok(refund(app, json["requite"]["id"].as_str().unwrap()).await)
}

/// Fills the wizard in as a person does. A step that is refused says so in words on its own page; the code behind the words is
/// asked of the service, and the page has to show exactly that sentence.
async fn by_page(app: &TestApp, wish: &Wish) -> Result<Refund, ErrorCode> {
    let browser = app.sign_in("owner@example.com").await;
    let intent = wish.intent.id.to_string();
    let opened = browser.post("/do/refund-drafts/open", &[("intent", &intent)]).await;
    not_refused(&opened)?;
    let id = RefundDraftId(Uuid::try_parse(opened.location().split('/').nth(2).unwrap()).unwrap());
    let draft_id = id.to_string();
    let get = || async { draft::get(&app.requite, &app.owner, id).await.unwrap() };
    if wish.coin != wish.intent.currency() {
        not_refused(
            &browser.post("/do/refund-drafts/coin", &[("draft", &draft_id), ("coin", wish.coin.code())]).await,
        )?;
    }
    let (memo, ticked) = match wish.memo {
        Memo::Unsaid => ("", ""),
        Memo::NotNeeded => ("", "yes"),
        Memo::Said(memo) => (memo, ""),
    };
    let recipient = [
        ("draft", draft_id.as_str()),
        ("network", wish.network.code()),
        ("address", &wish.address),
        ("memo", memo),
        ("memo_not_needed", ticked),
        ("reason", "requested_by_customer"),
        ("override_reason", wish.override_reason.unwrap_or_default()),
    ];
    let answer = browser.post("/do/refund-drafts/recipient", &recipient).await;
    if wrong(&answer)? {
        let problems = draft::recipient_problems(&app.requite, &get().await).await.unwrap();
        return shown(&browser.get(answer.location()).await, problems.into_iter().next());
    }
    let answer = browser.post("/do/refund-drafts/amount", &[("draft", &draft_id), ("amount", wish.amount)]).await;
    if wrong(&answer)? {
        let problem = draft::amount_problem(&app.requite, &get().await).await.unwrap();
        return shown(&browser.get(answer.location()).await, problem);
    }
    let answer =
        browser.post("/do/refund-drafts/funding", &[("draft", &draft_id), ("funding", wish.funding.code())]).await;
    if wrong(&answer)? {
        let options = draft::funding_options(&app.requite, &app.owner, &get().await).await.unwrap();
        let option = options.into_iter().find(|option| option.balance.available.currency() == wish.funding);
        return shown(&browser.get(answer.location()).await, option.and_then(|option| option.offer.err()));
    }
    let open = get().await;
    let (quote, left) = (open.draft.quote_id.unwrap().to_string(), open.intent.left().number());
    let typed = draft::typed_confirmation(&app.requite, &open).unwrap().unwrap_or_default();
    let fields =
        [("draft", draft_id.as_str()), ("quote", &quote), ("left", &left), ("confirmed", "yes"), ("typed", &typed)];
    let answer = browser.post("/do/refund-drafts/confirm", &fields).await;
    not_refused(&answer)?;
    Ok(refund(app, answer.location().rsplit('/').next().unwrap()).await)
}

async fn refund(app: &TestApp, id: &str) -> Refund {
    app.requite.store.refund(app.merchant, id.parse().unwrap()).await.unwrap()
}

fn parse(name: &str) -> ErrorCode {
    serde_json::from_value(json!(name)).unwrap_or_else(|_| panic!("{name} is no code"))
}

/// The refusal that a form's answer carries to the next page.
fn not_refused(answer: &Answer) -> Result<(), ErrorCode> {
    let mut headers = HeaderMap::new();
    for cookie in answer.headers.get_all("set-cookie") {
        let pair = cookie.to_str().unwrap().split(';').next().unwrap();
        headers.append(header::COOKIE, pair.parse().unwrap());
    }
    requite::web::notice::read(&headers).map_or(Ok(()), |error| Err(error.code))
}

/// Whether a step leads back to itself.
fn wrong(answer: &Answer) -> Result<bool, ErrorCode> {
    not_refused(answer)?;
    Ok(answer.location().contains("check=1"))
}

fn shown(page: &Answer, error: Option<DomainError>) -> Result<Refund, ErrorCode> {
    let error = error.expect("a step that is refused has a reason");
    let words = error.message.replace('&', "&amp;").replace('<', "&lt;").replace('\'', "&#x27;");
    let text = page.text();
    assert!(text.contains(&words) || text.contains(error.message.as_ref()), "{words}\n{text}");
    Err(error.code)
}

/// What became of a wish at every door, each with a Requite of its own in the same situation.
async fn at_every_door<'a>(
    doors: &[Door],
    prepare: impl Fn(TestApp) -> std::pin::Pin<Box<dyn Future<Output = (TestApp, Wish)> + Send + 'a>>,
) -> Vec<(Door, Result<Refund, ErrorCode>)> {
    let mut answers = Vec::new();
    for door in doors {
        let (app, wish) = prepare(TestApp::new(Engine::Sqlite).await).await;
        let made = |app: TestApp| async move { app.count("select count(*) from refunds").await };
        let before = made(app.clone()).await;
        let ledger = app.count("select count(*) from ledger_postings").await;
        let answer = door.ask(&app, &wish).await;
        let new = i64::from(answer.is_ok());
        assert_eq!(made(app.clone()).await, before + new, "{door:?}");
        if answer.is_err() {
            assert_eq!(
                app.count("select count(*) from ledger_postings").await,
                ledger,
                "{door:?}: refused, yet booked"
            );
        }
        app.assert_invariants().await;
        answers.push((*door, answer));
    }
    answers
}

/// The status of each refund that was made.
fn statuses(answers: &[(Door, Result<Refund, ErrorCode>)]) -> Vec<Result<RefundStatus, ErrorCode>> {
    answers.iter().map(|(_, answer)| answer.as_ref().map(|refund| refund.status).map_err(|code| *code)).collect()
}
