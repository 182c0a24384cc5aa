//! The steps of the refund wizard.

use crate::domain::error::DomainError;
use leptos::{prelude::*, server_fn::codec::GetUrl};

/// Starts a refund, or continues the draft that this person has started.
#[server(prefix = "/do", endpoint = "refund-drafts/open")]
pub async fn open_refund_draft(intent: String) -> Result<(), DomainError> {
    use crate::{
        domain::{ids::PaymentIntentId, refunds::draft::WizardStep},
        service::refunds::draft,
        web::{forms, paths},
    };
    let done = async {
        let (requite, actor) = forms::caller()?;
        let id = forms::id(&intent, PaymentIntentId, "error-unknown-payment-intent")?;
        let draft = draft::open((&requite).into(), &requite.context(), &actor, id).await?;
        let page = paths::refund_draft(draft.id, WizardStep::Recipient);
        Ok(if draft.is_begun() { format!("{page}?resumed=1") } else { page })
    };
    let back = forms::page_of(&intent, PaymentIntentId, paths::payment_intent, paths::PAYMENT_INTENTS);
    forms::answer(&back, done.await)
}

/// Discards a draft and starts a new one.
#[server(prefix = "/do", endpoint = "refund-drafts/discard")]
pub async fn discard_refund_draft(draft: String, intent: String) -> Result<(), DomainError> {
    use crate::{
        domain::{
            ids::{PaymentIntentId, RefundDraftId},
            refunds::draft::WizardStep,
        },
        service::refunds::draft,
        web::{forms, paths},
    };
    let done = async {
        let (requite, actor) = forms::caller()?;
        let id = forms::id(&draft, RefundDraftId, "error-unknown-refund-draft")?;
        let intent = forms::id(&intent, PaymentIntentId, "error-unknown-payment-intent")?;
        let fresh = draft::discard((&requite).into(), &requite.context(), &actor, id, intent).await?;
        Ok(paths::refund_draft(fresh.id, WizardStep::Recipient))
    };
    let back = forms::page_of(&intent, PaymentIntentId, paths::payment_intent, paths::PAYMENT_INTENTS);
    forms::answer(&back, done.await)
}

/// Discards a draft, and returns to the list of drafts.
#[server(prefix = "/do", endpoint = "refund-drafts/remove")]
pub async fn remove_refund_draft(draft: String) -> Result<(), DomainError> {
    use crate::{
        domain::ids::RefundDraftId,
        service::refunds::draft_list,
        texts::success::Success,
        web::{form_query, forms, paths},
    };
    let done = async {
        let (requite, actor) = forms::caller()?;
        let id = forms::id(&draft, RefundDraftId, "error-unknown-refund-draft")?;
        draft_list::remove(&requite.store, &requite.context(), &actor, id).await?;
        Ok(form_query::with_success_notice(paths::REFUND_DRAFTS, Success::DraftDiscarded))
    };
    forms::answer(paths::REFUND_DRAFTS, done.await)
}

/// Step 1: the recipient, the address and the reason.
#[server(prefix = "/do", endpoint = "refund-drafts/recipient")]
pub async fn save_recipient(
    draft: String,
    #[server(default)] network: String,
    #[server(default)] address: String,
    #[server(default)] memo: String,
    #[server(default)] memo_not_needed: String,
    #[server(default)] email: String,
    #[server(default)] reason: String,
    #[server(default)] note: String,
    #[server(default)] override_reason: String,
    #[server(default)] overrides: String,
) -> Result<(), DomainError> {
    use crate::{
        domain::refunds::draft::{RecipientInput, WizardStep},
        service,
        web::forms,
    };
    let memo_not_needed = memo_not_needed == "yes";
    let input =
        RecipientInput { network, address, memo, memo_not_needed, email, reason, note, override_reason, overrides };
    forms::save_step(&draft, WizardStep::Recipient, WizardStep::Amount, async |requite, actor, id| {
        service::refunds::draft::save_recipient((&requite).into(), &requite.context(), &actor, id, input).await
    })
    .await
}

/// Step 1: what the chain says about an address during typing. It changes nothing, so it is a GET.
#[server(prefix = "/do", endpoint = "refund-drafts/recipient-on-chain", input = GetUrl)]
pub async fn recipient_on_chain(
    draft: String,
    #[server(default)] network: String,
    #[server(default)] address: String,
) -> Result<Option<String>, DomainError> {
    use crate::{
        domain::ids::RefundDraftId,
        error::Error,
        service::refunds::recipient,
        texts::errors,
        web::{forms, language::language},
    };
    let language = language();
    let found = async {
        let (requite, actor) = forms::caller()?;
        let id = forms::id(&draft, RefundDraftId, "error-unknown-refund-draft")?;
        recipient::advice((&requite).into(), &requite.context(), &actor, id, &network, &address).await
    };
    let found = found.await.map_err(Error::into_domain_error)?;
    Ok(found.map(|advice| errors::text(language, &advice)))
}

/// Step 1: the coin to send. Stays on the step, which then offers the networks of that coin.
#[server(prefix = "/do", endpoint = "refund-drafts/coin")]
pub async fn save_coin(draft: String, #[server(default)] coin: String) -> Result<(), DomainError> {
    use crate::{domain::refunds::draft::WizardStep, service, web::forms};
    forms::save_step(&draft, WizardStep::Recipient, WizardStep::Recipient, async |requite, actor, id| {
        service::refunds::draft::save_coin((&requite).into(), &requite.context(), &actor, id, &coin)
            .await
            .map(|()| true)
    })
    .await
}

/// Step 2: the amount, as it is typed in the language of the page. What could be read in two ways is not stored, and shown again.
#[server(prefix = "/do", endpoint = "refund-drafts/amount")]
pub async fn save_amount(
    draft: String,
    #[server(default)] way: String,
    #[server(default)] amount: String,
    #[server(default)] price: String,
) -> Result<(), DomainError> {
    use crate::{
        domain::{
            names::Named,
            refunds::draft::{AmountEntry, AmountInput, WizardStep},
        },
        service,
        texts::amounts,
        web::{forms, language::language},
    };
    let (language, entry) = (language(), AmountEntry::parse(&way).unwrap_or_default());
    let number = |text: &str, chosen: AmountEntry| match amounts::read(language, text) {
        Err(error) if entry == chosen => Err(error),
        read => Ok(read.unwrap_or_default()),
    };
    let read = number(&amount, AmountEntry::AsPaid).and_then(|amount| {
        let price = number(&price, AmountEntry::Price)?;
        Ok(AmountInput { entry, amount, price })
    });
    let Ok(input) = read else { return forms::show_amount_again(&draft, entry, &amount, &price) };
    forms::save_step(&draft, WizardStep::Amount, WizardStep::Funding, async |requite, actor, id| {
        service::refunds::draft::save_amount((&requite).into(), &requite.context(), &actor, id, input).await
    })
    .await
}

/// Step 3: the balance to debit. Creates the quote for the review.
#[server(prefix = "/do", endpoint = "refund-drafts/funding")]
pub async fn save_funding(
    draft: String,
    #[server(default)] funding: String,
    #[server(default)] fee_payer: String,
) -> Result<(), DomainError> {
    use crate::{
        domain::refunds::{draft::WizardStep, quote::FeePayer},
        service,
        web::forms,
    };
    forms::save_step(&draft, WizardStep::Funding, WizardStep::Review, async |requite, actor, id| {
        let fee_payer = if fee_payer.is_empty() { FeePayer::default() } else { FeePayer::parse(&fee_payer)? };
        service::refunds::draft::save_funding((&requite).into(), &requite.context(), &actor, id, &funding, fee_payer)
            .await
    })
    .await
}

/// Steps 4 and 5: renews a quote at the current rate and returns to the step, which keeps what was typed there.
#[server(prefix = "/do", endpoint = "refund-drafts/quote")]
pub async fn renew_quote(
    draft: String,
    #[server(default)] step: String,
    #[server(default)] typed: String,
) -> Result<(), DomainError> {
    use crate::{
        domain::{ids::RefundDraftId, names::Named, refunds::draft::WizardStep},
        service,
        web::forms,
    };
    let page = match WizardStep::parse(&step) {
        Some(WizardStep::Confirm) => forms::confirm_page(&draft, &typed),
        _ => forms::step_page(&draft, WizardStep::Review),
    };
    let done = async {
        let (requite, actor) = forms::caller()?;
        let id = forms::id(&draft, RefundDraftId, "error-unknown-refund-draft")?;
        service::refunds::draft::renew_quote((&requite).into(), &requite.context(), &actor, id).await?;
        Ok(page.clone())
    };
    forms::answer(&page, done.await)
}

/// Step 5: creates the refund. Sending the form twice creates one refund.
#[server(prefix = "/do", endpoint = "refund-drafts/confirm")]
pub async fn confirm_refund(
    draft: String,
    #[server(default)] quote: String,
    #[server(default)] left: String,
    #[server(default)] confirmed: String,
    #[server(default)] typed: String,
    #[server(default)] code: String,
    #[server(default)] recovery_code: String,
) -> Result<(), DomainError> {
    use crate::{
        domain::ids::{QuoteId, RefundDraftId},
        service::refunds::draft::{WizardConfirmation, confirm},
        web::{forms, paths},
    };
    let back = forms::confirm_page(&draft, &typed);
    let done = async {
        let (requite, actor) = forms::caller()?;
        let id = forms::id(&draft, RefundDraftId, "error-unknown-refund-draft")?;
        let code = forms::code_of(code, recovery_code);
        let confirmation = WizardConfirmation {
            quote_id: quote.parse::<QuoteId>().ok(),
            confirmed: confirmed == "yes",
            typed,
            left,
            code,
        };
        let refund =
            confirm((&requite).into(), &requite.context(), &requite.code_limits, &actor, id, &confirmation).await?;
        Ok(paths::refund(refund))
    };
    forms::answer(&back, done.await)
}
