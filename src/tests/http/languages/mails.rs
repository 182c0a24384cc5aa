//! Mails to customers are in the language of the page that they used.

use super::{ENGLISH, GERMAN, browse};
use crate::{http::pay_page::new_order, support::TestApp};
use requite::{
    domain::{
        address::network::Network,
        intents::payment::PaymentStatus,
        mail::{Mail, MailKind},
        money::currency::Currency::Usd,
        refunds::{
            confirmation::confirmation_seal,
            refund::{Refund, RefundStatus},
        },
    },
    service::mail,
};

async fn mail_about(app: &TestApp, refund: &Refund, kind: MailKind) -> Mail {
    let mails = mail::of_refund(app.store(), &app.owner, refund).await.unwrap();
    mails.into_iter().rfind(|mail| mail.kind == kind).unwrap()
}

async fn subject(app: &TestApp, mail: &Mail) -> String {
    mail::get(app.store(), &app.requite.settings, &app.owner, mail.id).await.unwrap().body.subject
}

on_both_engines! {
    async fn a_mail_is_in_the_language_in_which_its_customer_paid_or_answered(app: &TestApp) {
        app.fund("1000", Usd).await;
        let order = new_order(app).await;
        let page = order.page.to_string();
        // Whoever opens a link can be a scanner of mails, or somebody of the shop.
        browse(app, &format!("/pay/{page}"), None, &[ENGLISH]).await;
        let language = "select coalesce(customer_language, 'none') from orders";
        assert_eq!(app.texts(language).await, ["none"]);
        let form = [("page", page.as_str()), ("choice", "USD-BASE")];
        browse(app, "/do/pay/choose", Some(&form), &[GERMAN]).await;
        assert_eq!(app.texts(language).await, ["de"]);
        let intent = app.store().order(app.merchant, order.number).await.unwrap().intent.unwrap();
        app.pay(&intent, intent.due(), PaymentStatus::Paid).await.unwrap();
        let intent = app.reload(intent).await;

        let refund = app.asked_refund(&intent, "10").await;
        let asked = mail_about(app, &refund, MailKind::Confirmation).await;
        assert_eq!(asked.language.as_deref(), Some("de"));
        assert!(subject(app, &asked).await.starts_with("Bestätigen Sie die Adresse"), "{asked:?}");

        // Who gets the refund reads another language than who has paid.
        let (token, seal) = (app.token(&refund).await, confirmation_seal(&refund, refund.terms.send).to_string());
        browse(app, &format!("/confirm/{token}"), None, &[ENGLISH]).await;
        assert_eq!(app.count("select count(*) from refund_confirmations where language is not null").await, 0);
        let form = [("token", token.as_str()), ("seal", seal.as_str()), ("answer", "confirmed")];
        browse(app, "/do/confirmations/answer", Some(&form), &[ENGLISH]).await;
        app.settle().await;
        assert_eq!(app.reload_refund(&refund).await.status, RefundStatus::Completed);
        let told = mail_about(app, &refund, MailKind::Completed).await;
        assert_eq!(told.language.as_deref(), Some("en"));
        assert_eq!(subject(app, &told).await, "Your refund from Test merchant was sent");
    }

    async fn a_mail_is_in_the_language_of_the_server_if_that_of_its_customer_is_unknown(app: &TestApp) {
        let intent = app.paid_intent("100", Usd, Network::Base).await;
        let refund = app.asked_refund(&intent, "10").await;
        assert_eq!(mail_about(app, &refund, MailKind::Confirmation).await.language, None);
    }
}
