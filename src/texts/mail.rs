//! Mails to customers and to members of the team, in the language of whoever reads them.

use super::{amounts::in_coin, errors, times};
use crate::{
    domain::{
        mail::{MailBody, MailKind, OrderLabel, OrderName, one_line},
        operations::notice::{Notice, NoticeKind},
        refunds::refund::{Refund, RejectionType},
    },
    languages::Language,
};
use chrono::{DateTime, Utc};

/// What an order is called.
pub fn order_name(language: Language, called: &OrderName) -> String {
    match called {
        OrderName::Title(title) => title.clone(),
        OrderName::Number(number) => language.with("customer-order", [("number", number.to_string())]),
        OrderName::Payment => language.text("customer-payment"),
    }
}

/// Stands in place of a link, for readers who are not the recipient.
pub fn hidden_link(language: Language) -> String {
    language.text("mails-link-hidden")
}

/// The subject of a mail about a refund, which has the name of the shop only; `None` for mails about anything else.
pub fn subject_about_refund(language: Language, kind: MailKind, shop: &str) -> Option<String> {
    let id = match kind {
        MailKind::Confirmation => "mails-confirmation-subject",
        MailKind::Completed => "mails-completed-subject",
        MailKind::Rejected => "mails-rejected-subject",
        MailKind::PasswordReset | MailKind::PolicyLoosening | MailKind::Notice => return None,
    };
    Some(language.with(id, [("shop", shop)]))
}

/// Notifies the customer that the refund was sent. `receipt` opens its receipt.
pub fn completed(language: Language, to: &str, shop: &OrderLabel, refund: &Refund, receipt: Option<&str>) -> MailBody {
    let (name, order) = (shop.name.as_str(), order_name(language, &shop.called));
    let mut transfer = transfer(language, refund);
    if let Some(hash) = &refund.transaction_hash {
        transfer.push('\n');
        transfer.push_str(&language.with("mails-transaction", [("transaction", hash.as_str())]));
    }
    if let Some(link) = receipt {
        transfer.push_str("\n\n");
        transfer.push_str(&language.with("mails-receipt", [("link", link)]));
    }
    let values = [("shop", name), ("order", order.as_str()), ("transfer", transfer.as_str())];
    let text = language.with("mails-completed", values);
    about_refund(language, MailKind::Completed, to, shop, text)
}

/// Notifies the customer that the refund was not sent. The reason is given only if the address was not confirmed.
pub fn rejected(language: Language, to: &str, shop: &OrderLabel, refund: &Refund) -> MailBody {
    let (name, order) = (shop.name.as_str(), order_name(language, &shop.called));
    let outcome = language.text(match refund.rejection_type {
        Some(RejectionType::Shopper) => "mails-rejected-unconfirmed",
        Some(_) | None => "mails-rejected-nothing",
    });
    let transfer = transfer(language, refund);
    let values =
        [("shop", name), ("order", order.as_str()), ("transfer", transfer.as_str()), ("outcome", outcome.as_str())];
    let text = language.with("mails-rejected", values);
    about_refund(language, MailKind::Rejected, to, shop, text)
}

/// Asks the customer to confirm the address. `link` opens the page with the details.
pub fn confirmation(
    language: Language,
    to: &str,
    shop: &OrderLabel,
    refund: &Refund,
    until: DateTime<Utc>,
    link: &str,
) -> MailBody {
    let (name, order) = (shop.name.as_str(), order_name(language, &shop.called));
    let (transfer, until) = (transfer(language, refund), times::in_language(language, until, false));
    let values = [
        ("shop", name),
        ("order", order.as_str()),
        ("transfer", transfer.as_str()),
        ("link", link),
        ("until", until.as_str()),
    ];
    let text = language.with("mails-confirmation", values);
    about_refund(language, MailKind::Confirmation, to, shop, text)
}

/// Has the link to choose a new password.
pub fn password_reset(language: Language, to: &str, until: DateTime<Utc>, link: &str) -> MailBody {
    let until = times::in_language(language, until, false);
    let text = language.with("mails-password", [("link", link), ("until", until.as_str())]);
    mail(to, language.text("mails-password-subject"), text)
}

/// Tells an owner that the refund policy is about to be loosened, while it can still be prevented.
pub fn policy_loosening(
    language: Language,
    to: &str,
    by: &str,
    effective_at: DateTime<Utc>,
    needs_approval: bool,
    link: &str,
) -> MailBody {
    let at = [("at", times::in_language(language, effective_at, false))];
    let when = if needs_approval {
        language.with("mails-loosening-approval", at)
    } else {
        language.with("mails-loosening-at", at)
    };
    let by = one_line(by);
    let values = [("by", by.as_str()), ("when", when.as_str()), ("link", link)];
    let text = language.with("mails-loosening", values);
    mail(to, language.text("mails-loosening-subject"), text)
}

/// Tells an owner that the refund policy was loosened, so that somebody notices if it was a thief.
pub fn policy_loosened(language: Language, to: &str, by: &str, link: &str) -> MailBody {
    let by = one_line(by);
    let text = language.with("mails-loosened", [("by", by.as_str()), ("link", link)]);
    mail(to, language.text("mails-loosened-subject"), text)
}

/// Tells an owner that something on a real network needs a person.
pub fn notice(language: Language, to: &str, notice: &Notice, link: &str) -> MailBody {
    let (subject, advice) = match notice.kind {
        NoticeKind::LowFloat => ("mails-low-subject", "mails-low"),
        NoticeKind::RefundsWait => ("mails-waiting-subject", "mails-waiting"),
        NoticeKind::PayoutsPaused => ("mails-paused-subject", "mails-paused"),
        NoticeKind::UnexplainedTransfer => ("mails-unexplained-subject", "mails-unexplained"),
        NoticeKind::NetworkStopped => ("mails-stopped-subject", "mails-stopped"),
    };
    let (detail, advice) = (errors::text(language, &notice.detail), language.text(advice));
    let values = [("detail", detail.as_str()), ("advice", advice.as_str()), ("link", link)];
    let text = language.with("mails-notice", values);
    mail(to, language.with(subject, [("network", notice.network.title())]), text)
}

/// What a refund sends, one line for each part.
fn transfer(language: Language, refund: &Refund) -> String {
    let mut lines = vec![
        language.with("mails-gets", [("amount", in_coin(language, refund.terms.send))]),
        language.with("mails-network", [("network", refund.network.title())]),
        language.with("mails-address", [("address", refund.address.as_str())]),
    ];
    lines.extend(refund.memo.as_deref().map(|memo| language.with("mails-memo", [("memo", memo)])));
    lines.join("\n")
}

fn about_refund(language: Language, kind: MailKind, to: &str, shop: &OrderLabel, text: String) -> MailBody {
    mail(to, subject_about_refund(language, kind, &shop.name).unwrap_or_default(), text)
}

/// Texts of catalogues do not end with a line break, mails do.
fn mail(to: &str, subject: String, text: String) -> MailBody {
    MailBody { to: to.to_owned(), subject, text: text + "\n" }
}
