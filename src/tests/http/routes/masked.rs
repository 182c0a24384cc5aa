//! Customers' e-mail addresses and addresses are masked on every page, in every list and every file that a role without the
//! permission can open, and whoever reveals one is recorded.

use super::{Caller, may, rows};
use crate::support::{Answer, Receiver, Reply, TestApp, http::Console, money};
use axum::http::StatusCode;
use requite::{
    domain::{
        address::network::Network,
        customers::{CustomerField, CustomerPart, CustomerRecord},
        error::{ErrorCode, ErrorText},
        ids::NoteId,
        intents::{payment::PaymentStatus, payment_intent::PaymentIntent},
        money::currency::Currency::Usd,
        names::Named,
        people::actor::Role,
        refunds::{new_refund::Destination, refund::Refund},
    },
    service::{intents::note, operations::history},
    store::operations::history::{HistoryEntry, HistoryOf, HistoryPage},
    web::paths,
};
use uuid::Uuid;

const EMAIL: &str = "anna.masked@buyer.example";
/// The second example of EIP-55, which no page has by itself.
const ADDRESS: &str = "0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359";
const MASKED_EMAIL: &str = "a…@buyer.example";
const MASKED_ADDRESS: &str = "0xfB…d359";
const SECRET: &str = "S3CRET";
const REVEALED: &str = "select cast(detail as text) from audit_entries where action = 'customer.revealed'";

/// A customer who has paid, and to whom a part was refunded.
struct Scene {
    intent: PaymentIntent,
    refund: Refund,
    payment: Uuid,
    sender: String,
}

impl Scene {
    async fn of(app: &TestApp) -> Self {
        app.fund("1000", Usd).await;
        let intent = app.paid_intent("100", Usd, Network::Base).await;
        app.store().set_purchaser(app.merchant, intent.order_number, EMAIL).await.unwrap();
        let named = format!(
            "update orders set title = 'Chair for {EMAIL}', reference = 'chair of {EMAIL}', description = 'Of {EMAIL}',
                success_url = 'https://shop.example/thanks?mail={EMAIL}', cancel_url = 'https://shop.example/of/{EMAIL}'"
        );
        app.tamper(&named).await.unwrap();
        let mut wanted = app.order(&intent, "10");
        wanted.destination = Destination::parse(Network::Base, ADDRESS, None, false).unwrap();
        wanted.customer_email = Some(EMAIL.to_owned());
        wanted.note = Some(format!("She wrote from {EMAIL}, and wants it at {ADDRESS}."));
        let refund = app.refund(&wanted).await.unwrap();
        let (id, text) = (NoteId(Uuid::from_u128(1)), format!("<{EMAIL}> called."));
        note::add(app.store(), &app.context(), &app.owner, intent.id, id, &text).await.unwrap();
        app.settle().await;
        app.store().share_receipt(&app.context(), &app.owner, refund.id).await.unwrap();
        app.pay(&intent, Some(money("3", Usd)), PaymentStatus::Paid).await.unwrap();
        let payment = app.store().payments_of(app.merchant, intent.id).await.unwrap().remove(0);
        Self { intent, refund, payment: payment.id.0, sender: payment.from_address.unwrap() }
    }

    fn record(&self, field: CustomerField) -> CustomerRecord {
        let id = match field {
            CustomerField::OrderEmail => self.intent.id.0,
            CustomerField::RefundEmail
            | CustomerField::RefundAddress
            | CustomerField::RefundMemo
            | CustomerField::ReceiptLink => self.refund.id.0,
            CustomerField::PaymentSender => self.payment,
        };
        CustomerRecord::new(field, id)
    }

    /// Every page and file that somebody with this role may open, with the ids of this customer's records, and lists and
    /// searches by what somebody knows of them.
    fn addresses(&self, role: Role) -> Vec<String> {
        let mut addresses = Vec::new();
        for row in rows().iter().filter(|row| row.method == "GET") {
            let Caller::Person(permission) = row.caller else { continue };
            // A draft has what its author types, and only they can open it.
            if !may(role, permission) || row.path.contains("refund-drafts") {
                continue;
            }
            let is_refund = row.path.contains("/refunds/");
            let id = if is_refund { self.refund.id.to_string() } else { self.intent.id.to_string() };
            let fields =
                row.fields.iter().map(|(name, usual)| (*name, if *name == "id" { id.as_str() } else { *usual }));
            let query = serde_urlencoded::to_string(fields.collect::<Vec<_>>()).unwrap();
            let path = row.path.replace("{id}", &id).replace("{month}", "2026-11").replace("{currency}", "USD");
            addresses.push(format!("{path}?{query}"));
        }
        let records = [
            CustomerField::OrderEmail,
            CustomerField::RefundEmail,
            CustomerField::RefundAddress,
            CustomerField::PaymentSender,
        ];
        addresses.extend(records.map(|field| paths::customer(self.record(field))));
        let typed = |name: &str| serde_urlencoded::to_string([(name, EMAIL)]).unwrap();
        addresses.extend(["/search", "/do/search"].map(|path| format!("{path}?{}", typed("q"))));
        addresses.push(paths::customer_of(EMAIL));
        for part in CustomerPart::names() {
            addresses.push(format!("{}?{}&show={part}", paths::CUSTOMERS_FILE, typed("of")));
        }
        addresses.push("/payment-intents?column=reference&column=customer".to_owned());
        addresses.push("/refunds?column=to&column=customer&column=rejection".to_owned());
        addresses.push("/unsupported-funds?column=sender".to_owned());
        let lists = [
            "/refunds",
            "/refunds.csv",
            "/payment-intents",
            "/payment-intents.csv",
            "/unsupported-funds",
            "/unsupported-funds.csv",
        ];
        addresses.extend(lists.map(|path| format!("{path}?{}", typed("search"))));
        addresses
    }
}

/// Sends the form that reveals a value.
async fn reveal(console: &Console<'_>, record: CustomerRecord, back: &str) -> Answer {
    console.post(paths::REVEALED, &[("record", &record.to_string()), ("back", back)]).await
}

on_both_engines! {
    async fn no_page_shows_a_customer_whole_to_who_may_not_see_them(app: &TestApp) {
        let scene = Scene::of(app).await;
        let secrets = [EMAIL, ADDRESS, &ADDRESS.to_lowercase(), &scene.sender, &scene.sender.to_lowercase()].map(str::to_owned);
        for (role, email) in [(Role::Viewer, "viewer@example.com"), (Role::Operator, "operator@example.com")] {
            let console = app.sign_in(email).await;
            let (mut opened, mut masked) = (0, 0);
            for address in scene.addresses(role) {
                let answer = console.get(&address).await;
                assert!(answer.status.is_success() || answer.status.is_redirection(), "{address}: {answer:?}");
                // What somebody has typed themselves is in their field, and in a list once among the filters that are on. Rows
                // would show it in the same way.
                let text = answer.text().replace(&format!("value=\"{EMAIL}\""), "");
                let chips = usize::from(address.contains("search="));
                let text = text.replacen(&format!("<bdi>{EMAIL}</bdi>"), "", chips);
                for secret in &secrets {
                    assert!(!text.contains(secret.as_str()), "{email} sees {secret} at {address}: {text}");
                }
                opened += 1;
                masked += u32::from(text.contains(MASKED_EMAIL) || text.contains(MASKED_ADDRESS));
            }
            assert!(opened > 30 && masked > 10, "{email}: {masked} of {opened}");
            let found = console.get(&format!("/refunds.csv?search={}", EMAIL.replace('@', "%40"))).await.text();
            assert!(found.contains(MASKED_EMAIL) && found.contains(&scene.refund.id.to_string()), "{found}");
        }
        // Neither has a link to what customers see. The beginning of an address leads nowhere, and the whole one does.
        let (viewer, operator) = (app.sign_in("viewer@example.com").await, app.sign_in("operator@example.com").await);
        let receipt = paths::receipt(scene.refund.id);
        let link = |page: &Answer| page.text().replace("/do/receipts/", "").contains("/receipts/");
        assert_eq!((link(&viewer.get(&receipt).await), link(&operator.get(&receipt).await)), (false, false));
        for (text, is_found) in [("anna.mas", false), (&ADDRESS[..12], false), (EMAIL, true), (ADDRESS, true)] {
            let search = format!("/search?{}", serde_urlencoded::to_string([("q", text)]).unwrap());
            let refund = format!("href=\"{}\"", paths::refund(scene.refund.id));
            for console in [&viewer, &operator] {
                assert_eq!(console.get(&search).await.text().contains(&refund), is_found, "{text}");
            }
        }
        // Nor does a warning about an address like it show the whole one.
        let alike = format!("{}{}{}", &ADDRESS[..6], "1".repeat(32), &ADDRESS[38..]).to_lowercase();
        let begun = operator.post("/do/refund-drafts/open", &[("intent", &scene.intent.id.to_string())]).await;
        let draft = begun.location().split('/').nth(2).unwrap().to_owned();
        let fields = [("draft", draft.as_str()), ("network", "BASE"), ("address", alike.as_str()), ("reason", "other")];
        let step = operator.post("/do/refund-drafts/recipient", &fields).await;
        let page = operator.get(step.location()).await.text();
        assert!(page.contains("begins and ends like") && page.contains(MASKED_ADDRESS) && !page.contains(ADDRESS), "{page}");
        for email in ["owner@example.com", "approver@example.com"] {
            let console = app.sign_in(email).await;
            let page = console.get(&paths::refund(scene.refund.id)).await.text();
            assert!(page.contains(EMAIL) && page.contains(ADDRESS) && !page.contains(MASKED_EMAIL), "{email}: {page}");
            assert!(!page.contains(paths::REVEALED), "{email} has nothing to reveal");
        }
    }

    /// By a secret in its URL an endpoint knows that a message is genuine.
    async fn no_page_shows_the_secret_of_an_endpoint_to_who_may_not_manage_it(app: &TestApp) {
        let receiver = Receiver::start().await;
        receiver.answer(Reply::status(503));
        app.endpoint(&format!("{}?key={SECRET}", receiver.url), "refund.created").await;
        let scene = Scene::of(app).await;
        app.deliver().await;
        let failing = "Failing webhook endpoints";
        let home = app.sign_in("owner@example.com").await.get("/").await.text();
        assert!(home.contains(failing) && home.contains(SECRET), "{home}");
        for (role, email) in [
            (Role::Approver, "approver@example.com"),
            (Role::Operator, "operator@example.com"),
            (Role::Viewer, "viewer@example.com"),
        ] {
            let console = app.sign_in(email).await;
            let home = console.get("/").await.text();
            assert!(home.contains(failing) && home.contains(&format!("{}?…", receiver.url)), "{email}: {home}");
            for address in scene.addresses(role) {
                let text = console.get(&address).await.text();
                assert!(!text.contains(SECRET), "{email} sees it at {address}: {text}");
            }
        }
    }

    async fn each_reveal_is_recorded_without_what_was_revealed(app: &TestApp) {
        let scene = Scene::of(app).await;
        let (viewer, operator) = (app.sign_in("viewer@example.com").await, app.sign_in("operator@example.com").await);
        let page = paths::refund(scene.refund.id);
        let form = format!("action=\"{}\"", paths::REVEALED);
        assert!(operator.get(&page).await.text().contains(&form) && !viewer.get(&page).await.text().contains(&form));
        let email = scene.record(CustomerField::RefundEmail);
        let refused = reveal(&viewer, email, &page).await;
        assert_eq!((refused.notice().unwrap().code, refused.location()), (ErrorCode::Forbidden, page.as_str()));
        let unknown = CustomerRecord::new(CustomerField::RefundEmail, scene.intent.id.0);
        assert_eq!(reveal(&operator, unknown, "//evil.example").await.location(), "/");
        assert!(app.texts(REVEALED).await.is_empty());
        for (field, value) in [
            (CustomerField::RefundEmail, EMAIL),
            (CustomerField::RefundAddress, ADDRESS),
            (CustomerField::OrderEmail, EMAIL),
            (CustomerField::PaymentSender, scene.sender.as_str()),
        ] {
            let answer = reveal(&operator, scene.record(field), &page).await;
            let text = answer.text();
            assert_eq!((answer.status, answer.header("cache-control")), (StatusCode::OK, Some("no-store")), "{text}");
            assert!(text.contains(value) && text.contains(&format!("href=\"{page}\"")), "{text}");
        }
        // Shown once: the page has nothing without the form.
        assert_eq!(operator.get(paths::REVEALED).await.location(), paths::CUSTOMERS);
        let recorded = app.texts(REVEALED).await;
        assert_eq!(recorded.len(), 4);
        for detail in &recorded {
            assert!([EMAIL, ADDRESS, &scene.sender].iter().all(|value| !detail.contains(value)), "{detail}");
        }
        assert!(recorded.iter().any(|detail| detail.contains("refund_email")), "{recorded:?}");
        // The timelines say who.
        for (of, number) in [(HistoryOf::Refund(scene.refund.id), 2), (HistoryOf::Intent(scene.intent.id), 4)] {
            let history = history::list(app.store(), &app.owner, of, &HistoryPage::default()).await.unwrap();
            let looks = history.entries.iter().filter(|entry| match entry {
                HistoryEntry::Change(change) => {
                    change.action == "customer.revealed" && change.actor == ErrorText::name("operator@example.com")
                }
                HistoryEntry::Note(_) | HistoryEntry::Mail(_) | HistoryEntry::Callback(_) => false,
            });
            assert_eq!(looks.count(), number, "{of:?}");
        }
    }
}
