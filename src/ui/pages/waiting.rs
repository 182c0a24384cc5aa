//! What waits for the person who looks at the overview.

use crate::{
    domain::{
        ledger::LowBalance,
        paging::Total,
        refunds::{draft::WizardStep, refund::Refund},
        webhooks::Endpoint,
    },
    languages::Language,
    server_fns::approval::OpenApproval,
    service::refunds::draft_list::ListedDraft,
    texts::{
        amounts::{in_coin, in_currency},
        errors,
        titles::Title,
    },
    ui::components::{list::total_text, notice::NoticeList, time::Time, typed_text::TypedText},
    web::paths,
};
use leptos::{prelude::*, server_fn::ServerFn};

/// Refunds that an approver has to decide about, the one that waits longest first, each with the way to the decision.
/// `shown` is how many of them are listed; one more says that there are others.
pub fn approvals_section(language: Language, waiting: &[Refund], shown: usize) -> AnyView {
    let items = waiting
        .iter()
        .take(shown)
        .map(|refund| {
            let (amount, network) = (in_coin(language, refund.amount()), refund.network.title());
            let what = language.with("refund-amount-on-network", [("amount", amount.as_str()), ("network", network)]);
            let (before_person, after_person) = language.around("refund-requested-by", "person");
            let (before_time, after_time) = language.around("refund-requested-since", "at");
            let label = language.with("refund-review-of", [("what", what.as_str())]);
            view! {
                <span>
                    <a href=paths::refund(refund.id)>{what}</a>
                    {before_person}<TypedText text=errors::text(language, &refund.created_by) />{(!after_person.is_empty()).then_some(after_person)}{before_time}<Time at=refund.updated_at />{after_time}
                </span>
                <form method="post" action=OpenApproval::url()>
                    <input type="hidden" name="refund" value=refund.id.to_string() />
                    <button class="button" aria-label=label>{language.text("refund-review-now")}</button>
                </form>
            }
            .into_any()
        })
        .collect();
    let more = (waiting.len() > shown).then(|| {
        let all = format!("{}?status=awaiting_approval&sort=oldest", paths::REFUNDS);
        view! { <p><a href=all>{language.text("refund-all-to-approve")}</a></p> }
    });
    let title = language.text("refund-to-approve");
    view! { <NoticeList kind="info" id="approvals-title" title items>{more}</NoticeList> }.into_any()
}

/// Refunds that the person has begun and not finished, the one whose time ends first at the beginning.
pub fn drafts_section(language: Language, drafts: &[ListedDraft]) -> AnyView {
    let items = drafts
        .iter()
        .map(|ListedDraft { draft, until, .. }| {
            let what = language.with("refund-of-order", [("number", draft.intent.order_number.to_string())]);
            let (before_end, after_end) = language.around("refund-draft-until", "until");
            let (before, after) = language.around("refund-draft-changed", "at");
            view! {
                <a href=paths::refund_draft(draft.id, WizardStep::Recipient)>{what}</a>
                {before_end}<Time at=*until />{after_end}{before}<Time at=draft.updated_at />{after}
            }
            .into_any()
        })
        .collect();
    let all = (!drafts.is_empty())
        .then(|| view! { <p><a href=paths::REFUND_DRAFTS>{language.text("refund-all-drafts")}</a></p> });
    let title = language.text("refund-drafts");
    view! { <NoticeList kind="info" id="drafts-title" title items>{all}</NoticeList> }.into_any()
}

/// Deposits that were not credited and that nobody has dealt with.
pub fn unsupported_section(language: Language, open: Total) -> Option<AnyView> {
    if open == Total::Exactly(0) {
        return None;
    }
    let deposits = total_text(language, open, "components-deposits");
    Some(
        view! {
            <div class="notice" data-kind="warning">
                <p>
                    <strong>{language.with("home-unsupported", [("deposits", deposits)])}</strong> " "
                    <a href=paths::UNSUPPORTED_FUNDS>{language.text("home-unsupported-link")}</a>
                </p>
            </div>
        }
        .into_any(),
    )
}

/// Balances of which less is available than the merchant wants to keep for refunds.
pub fn low_balances_section(language: Language, low: &[LowBalance], may_set: bool) -> AnyView {
    let items = low
        .iter()
        .map(|LowBalance { available, minimum }| {
            let page = paths::balance(available.currency());
            let values = [("available", *available), ("minimum", *minimum)];
            let values = values.map(|(name, amount)| (name, in_currency(language, amount)));
            view! { <a href=page>{language.with("home-low-balance", values)}</a> }.into_any()
        })
        .collect();
    let settings = may_set.then(|| {
        let form = format!("{}#minimums-title", paths::SETTINGS);
        view! { " " <a href=form>{language.text("home-low-balances-settings")}</a> }
    });
    view! {
        <NoticeList kind="warning" id="low-balances-title" title=language.text("home-low-balances") items>
            <p>
                {language.text("home-low-balances-text")} " "
                <a href=paths::BALANCES>{language.text("home-low-balances-link")}</a> {settings}
            </p>
        </NoticeList>
    }
    .into_any()
}

/// Endpoints that receive nothing: those that were disabled after failures, and those that are failing now.
pub fn endpoints_sections(language: Language, broken: &[Endpoint], may_manage: bool) -> AnyView {
    let address = |endpoint: &Endpoint| {
        let url = endpoint.url.clone();
        if may_manage {
            view! { <a href=paths::webhook_endpoint(endpoint.id)>{url}</a> }.into_any()
        } else {
            url.into_any()
        }
    };
    let disabled = broken.iter().filter_map(|endpoint| {
        let disabled = endpoint.disabled?;
        let reason = [("reason", disabled.reason.title(language))];
        let (before, after) = language.around_with("home-broken-since", "at", reason);
        Some(view! { {address(endpoint)} ": " {before} <Time at=disabled.at /> {after} }.into_any())
    });
    let failing = broken.iter().filter(|endpoint| endpoint.disabled.is_none()).filter_map(|endpoint| {
        let since = endpoint.failing_since?;
        let (before, after) = language.around("home-failing-since", "at");
        Some(view! { {address(endpoint)} ": " {before} <Time at=since /> {after} }.into_any())
    });
    let (disabled, failing) = (disabled.collect(), failing.collect());
    view! {
        <NoticeList kind="warning" id="broken-title" title=language.text("home-broken") items=disabled>
            <p>{language.text("home-broken-text")}</p>
        </NoticeList>
        <NoticeList kind="warning" id="failing-title" title=language.text("home-failing") items=failing>
            <p>{language.text("home-failing-text")}</p>
        </NoticeList>
    }
    .into_any()
}
