//! Mails in every language.

use super::german;
use crate::domain::refunds::approval::refund;
use chrono::{DateTime, Utc};
use requite::{
    domain::{
        address::network::Network,
        error::ErrorText,
        ids::NoticeId,
        mail::{MailBody, OrderLabel},
        names::Named,
        operations::notice::{Notice, NoticeKind},
        refunds::refund::RejectionType,
    },
    languages::Language,
    texts::mail,
};
use std::collections::BTreeSet;
use uuid::Uuid;

const TO: &str = "somebody@example.com";
const LINK: &str = "https://refunds.example.com/payouts";

/// Line breaks and empty lines are part of a mail.
#[test]
fn a_mail_has_its_lines_in_every_language() {
    let shop = OrderLabel::new("Chairs", Some(("", 1001)));
    let mut refund = refund();
    refund.memo = Some("4711".to_owned());
    refund.transaction_hash = Some("0xabc".to_owned());
    let (amount, address) = (refund.terms.send.with_coin_symbol(), refund.address.clone());
    let english = format!(
        "Hello,\n\nChairs sent you a refund for: Order 1001\n\n\
         Amount:   {amount}\nNetwork:  Base\nAddress:  {address}\nMemo:     4711\nTransaction: 0xabc\n\n\
         Some wallets and exchanges show it only after a while. If something is not right, contact Chairs.\n\
         Nobody will ask you for a password or for the recovery phrase of your wallet.\n"
    );
    let subject = "Your refund from Chairs was sent".to_owned();
    let expected = MailBody { to: TO.to_owned(), subject, text: english };
    assert_eq!(mail::completed(Language::english(), TO, &shop, &refund, None), expected);
    let letter = mail::completed(Language::english(), TO, &shop, &refund, Some(LINK));
    let receipt = format!("Transaction: 0xabc\n\nYour receipt: {LINK}\n\nSome wallets");
    assert!(letter.text.contains(&receipt), "{}", letter.text);
    let letter = mail::completed(german(), TO, &shop, &refund, Some(LINK));
    assert!(letter.text.contains(&format!("\n\nIhre Quittung: {LINK}\n\n")), "{}", letter.text);
    let letter = mail::completed(german(), TO, &shop, &refund, None);
    assert_eq!(letter.subject, "Ihre Erstattung von Chairs wurde gesendet");
    let in_german = amount.replace('.', ",");
    let transfer = format!(
        "gesendet. Sie betrifft: Bestellung 1001\n\n\
         Sie erhalten: {in_german}\nNetzwerk:     Base\nAdresse:      {address}\nMemo:         4711\nTransaktion:  0xabc\n\n"
    );
    assert!(letter.text.contains(&transfer), "{}", letter.text);

    refund.rejection_type = Some(RejectionType::Shopper);
    let letter = mail::rejected(german(), TO, &shop, &refund);
    assert!(letter.text.contains("nicht bestätigt wurde. Chairs wurde benachrichtigt"), "{}", letter.text);
    refund.rejection_type = Some(RejectionType::Merchant);
    let letter = mail::rejected(german(), TO, &shop, &refund);
    assert!(letter.text.contains("Es wurde nichts gesendet. Chairs wurde benachrichtigt"), "{}", letter.text);
}

#[test]
fn members_are_told_everything_in_every_language() {
    let at: DateTime<Utc> = "2026-03-05T08:07:09Z".parse().unwrap();
    for (language, time) in [(Language::english(), "5 Mar 2026, 08:07 UTC"), (german(), "5. März 2026, 08:07 UTC")] {
        let mut letters: Vec<(MailBody, Vec<&str>)> = vec![
            (mail::password_reset(language, TO, at, LINK), vec![LINK, time]),
            (mail::policy_loosening(language, TO, "Ann", at, false, LINK), vec!["Ann", LINK, time]),
            (mail::policy_loosening(language, TO, "Ann", at, true, LINK), vec!["Ann", LINK, time]),
            (mail::policy_loosened(language, TO, "Ann", LINK), vec!["Ann", LINK]),
        ];
        for kind in NoticeKind::all() {
            let notice = Notice {
                id: NoticeId(Uuid::from_u128(1)),
                network: Network::Base,
                kind,
                subject: String::new(),
                detail: ErrorText::of_stored("What happened."),
                opened_at: at,
                cleared_at: None,
            };
            let letter = mail::notice(language, TO, &notice, LINK);
            assert!(letter.subject.contains("Base"), "{letter:?}");
            letters.push((letter, vec!["What happened.", LINK]));
        }
        for (letter, parts) in &letters {
            assert!(parts.iter().all(|part| letter.text.contains(part)), "{letter:?}");
            assert!(letter.subject.contains(' ') && letter.text.ends_with(".\n"), "{letter:?}");
        }
        let texts: BTreeSet<&str> = letters.iter().map(|(letter, _)| letter.text.as_str()).collect();
        assert_eq!(texts.len(), letters.len());
    }
}
