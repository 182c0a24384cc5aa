//! Text that people typed: refused with invisible characters, isolated on pages, and revealed if it was stored before.

use crate::support::{PASSWORD, code};
use axum::http::{Method, StatusCode};
use requite::{
    domain::{
        address::network::Network, error::ErrorCode, money::currency::Currency::Usd, people::actor::Role,
        refunds::new_refund::NewRefund,
    },
    service::{people::team, refunds::approval},
};

const REVERSED: &str = "a\u{202e}cila";
const REVEALED: &str = "<bdi>a[U+202E]cila</bdi>";

on_both_engines! {
    async fn text_that_was_stored_before_is_isolated_and_shows_what_it_hides(app: &TestApp) {
        app.decide(|policy| policy.approval_from = "1".to_owned()).await;
        let intent = app.paid_intent("100", Usd, Network::Base).await;
        let order = NewRefund {
            note: Some(REVERSED.to_owned()),
            customer_email: Some("p\u{430}ypal@example.com".to_owned()),
            ..app.order(&intent, "5")
        };
        let refund = app.refund(&order).await.unwrap();
        app.tamper(&format!("update users set name = '{REVERSED}'")).await.unwrap();
        let pages = [format!("/refunds/{}", refund.id), format!("/refunds/{}/approval", refund.id)];
        let console = app.sign_in("approver@example.com").await;
        for page in pages {
            let text = console.get(&page).await.text();
            assert!(text.contains(REVEALED) && !text.contains('\u{202e}'), "{text}");
            assert!(text.contains("<bdi>p\u{430}ypal@example.com</bdi>"), "{text}");
            assert!(text.contains("mixes Cyrillic and Latin letters"), "{text}");
        }
        app.tamper("update users set email = 'p\u{430}ypal@example.com' where email = 'viewer@example.com'").await.unwrap();
        let owner = app.sign_in("owner@example.com").await;
        for page in ["/team".to_owned(), format!("/team/{}", app.viewer.user().unwrap())] {
            let text = owner.get(&page).await.text();
            assert!(text.contains(REVEALED) && text.contains("mixes Cyrillic and Latin letters"), "{text}");
        }
        app.unprotect("merchant_policies").await;
        app.tamper(&format!("update merchant_policies set changed_by = '{REVERSED}'")).await.unwrap();
        assert!(owner.get("/settings").await.text().contains(&format!("by {REVEALED}")), "who changed the policy");
        let overview = console.get("/").await.text();
        assert!(overview.contains(&format!("<span class=\"who\">{REVEALED}</span>")), "{overview}");
    }

    async fn invisible_characters_are_refused_where_text_arrives(app: &TestApp) {
        for field in ["title", "description", "order_id", "token"] {
            let order =
                [("price_amount", "100"), ("price_currency", "EUR"), ("receive_currency", "EUR"), (field, REVERSED)];
            let answer = app.call_coingate(Method::POST, "/v2/orders", &order).await;
            assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{field}");
            assert!(answer.text().contains("invisible characters"), "{}", answer.text());
        }
        for name in [REVERSED, "\u{200b}", " "] {
            let merchant = team::merchant_named(app.store(), &app.context(), name).await;
            let (context, email) = (app.context(), "new@example.com");
            let user = team::add_user(app.store(), &context, app.merchant, email, name, Role::Viewer, PASSWORD).await;
            for refused in [code(merchant), code(user)] {
                assert!(matches!(refused, ErrorCode::TextInvalid | ErrorCode::Required), "{refused}");
            }
        }
        app.decide(|policy| policy.approval_from = "1".to_owned()).await;
        let refund = app.refund(&app.order(&app.paid_intent("100", Usd, Network::Base).await, "5")).await.unwrap();
        let declined = approval::decline(app.store(), &app.context(), &app.approver, refund.id, "\u{200b}").await;
        assert_eq!(code(declined), ErrorCode::TextInvalid);
    }
}
