//! One refund. The page updates itself until the refund is final: its progress is an island, which updates the head and
//! the cards too.

use super::{
    checks::checks_section,
    confirmation::{confirmation_section, outcome_mails},
    head::head,
    overridden,
    postings::postings_section,
    quote::quote_section,
    transfer::{transfer_section, unplanned_section},
    wizard::costs,
};
use crate::{
    domain::{
        customers::{CustomerField, CustomerRecord},
        ids::RefundId,
        people::actor::{Actor, Permission},
        refunds::{
            approval::{ApprovalDecision, RecordedDecision, require_other_person, require_stoppable},
            refund::{Refund, RefundStatus},
        },
    },
    islands::refund_progress::{RefundProgress, SECTION, TEXTS},
    languages::Language,
    server_fns::approval::{OpenApproval, StopRefund},
    service::{
        customers::masking,
        intents, ledger, mail,
        operations::history,
        people::second_factor,
        policy::screening,
        refunds::{self, approval, quote, transfer},
    },
    store::operations::history::HistoryOf,
    texts::{amounts::in_coin, errors, titles::Title},
    ui::{
        components::{
            address::transaction_to_copy,
            facts::fact,
            field::Field,
            mark::network_name,
            notice::SuccessNotice,
            personal::{personal, personal_or_dash},
            time::Time,
            typed_text::{TypedText, typed_or_dash},
        },
        page::{Content, page, param, query},
        pages::history::{Timeline, TimelineQuery, refund_timeline},
    },
    web::{
        form_query::DoneQuery,
        forms::{caller, id},
        language::language,
        paths,
        refund_progress::progress,
    },
};
use leptos::{prelude::*, server_fn::ServerFn};

/// Amounts, recipient and progress.
#[component]
pub fn RefundPage() -> impl IntoView {
    let caller = caller();
    let wanted = param("id");
    let done: DoneQuery = query();
    let shown = query::<TimelineQuery>().page();
    let language = language();
    page(async move {
        let (requite, actor) = caller?;
        let id = id(&wanted, RefundId, "error-unknown-refund")?;
        let refund = refunds::get(&requite.store, &actor, id).await?;
        let steps = refunds::steps(&requite.store, &actor, id).await?;
        let now = requite.context().now;
        let link = transfer::transaction_link(requite.chain.as_ref(), &refund);
        let decision = approval::decision(&requite.store, &actor, id).await?;
        let screenings = screening::records(&requite.store, &actor, id).await?;
        let mails = mail::of_refund(&requite.store, &actor, &refund).await?;
        let transfer = transfer::of_refund(&requite.store, requite.chain.as_ref(), &actor, &refund).await?;
        let unplanned = transfer.is_none()
            && actor.may(Permission::ManagePayouts)
            && transfer::waits_for_plan(requite.chain.as_ref(), &refund, now);
        let initial = progress(language, &refund, &steps, transfer.as_ref(), now);
        let code = second_factor::own_code_requirement(&requite.store, &requite.context(), &actor).await?;
        let held = require_stoppable(&refund, &actor, now).is_ok() && actor.may(Permission::Refund);
        let intent = intents::get(&requite.store, &actor, refund.intent_id).await?;
        let another = refunds::eligibility((&requite).into(), &requite.context(), &actor, &intent).await.is_ok();
        let checks = refunds::checks(&requite.store, &actor, id).await?;
        let transactions = ledger::of_refund(&requite.store, &actor, id).await?;
        let quotes = quote::of_refund(&requite.store, &actor, &refund).await?;
        let history = history::list(&requite.store, &actor, HistoryOf::Refund(id), &shown).await?;
        let messages = history::messages(&requite.store, &requite.settings, &actor, &history).await?;
        let refunds = std::slice::from_ref(&refund);
        let timeline = Timeline { about: id.0, page: &shown, actor: &actor, refunds, messages: &messages };
        let timeline = refund_timeline(language, id, history, &timeline);
        let moving = matches!(refund.status, RefundStatus::Pending | RefundStatus::Processing) && !held;
        let amount = in_coin(language, refund.amount());
        Ok(Content::new(
            language.with("refund-of", [("amount", amount.as_str())]),
            view! {
                {moving.then(reload_without_javascript)}
                {head(language, &refund, another, now)}
                <div class="columns">
                    <div class="stack">
                        <section class="card" id=SECTION tabindex="-1" aria-labelledby="progress-title">
                            <h2 id="progress-title">{language.text("refund-progress")}</h2>
                            <RefundProgress id=refund.id.to_string() initial=initial texts=language.texts(TEXTS) />
                            <div data-live="">{transaction(language, &refund, link)}</div>
                        </section>
                        <SuccessNotice done />
                        <div class="stack" data-live="">
                            {confirmation_section(language, &refund, &actor, &mails, &requite)}
                            {waiting(language, &refund, &actor)}
                            {held.then(|| stop_form(language, &refund))}
                            {unplanned.then(|| unplanned_section(language, &refund, code))}
                            {transfer.map(|view| transfer_section(language, &refund, &view, &actor, code))}
                            {money(language, &refund)}
                            {recipient(language, &refund, &actor, outcome_mails(language, &mails, &actor, &requite))}
                            {checks_section(language, &checks, &screenings)}
                            {postings_section(language, &transactions)}
                        </div>
                    </div>
                    <div class="stack" data-live="">
                        {quote_section(language, &quotes)} {identity(language, &refund, intent.order_number, decision)}
                        {timeline}
                    </div>
                </div>
            },
        )
        .below(paths::REFUNDS, language.text("refund-list")))
    })
}

/// Without JavaScript, the page reloads itself until the refund is final.
fn reload_without_javascript() -> AnyView {
    view! {
        <noscript>
            <meta http-equiv="refresh" content="3" />
        </noscript>
    }
    .into_any()
}

/// The transaction that has paid it. A part of its own, since its button is an island, which no other one contains.
fn transaction(language: Language, refund: &Refund, link: Option<String>) -> Option<AnyView> {
    let hash = refund.transaction_hash.as_deref()?;
    let shown = fact(language.text("refund-transaction"), transaction_to_copy(link, hash));
    Some(view! { <dl class="facts">{shown}</dl> }.into_any())
}

/// Who has to decide, with a link for users who may.
fn waiting(language: Language, refund: &Refund, actor: &Actor) -> Option<AnyView> {
    if refund.status != RefundStatus::AwaitingApproval {
        return None;
    }
    let own = require_other_person(refund, actor).err();
    let body = if !actor.may(Permission::Approve) {
        view! { <p>{language.text("refund-waits-for-approver")}</p> }.into_any()
    } else {
        view! {
            {own.map(|error| view! { <p>{errors::sentence(language, &error)}</p> <p>{language.text("refund-own-to-decline")}</p> })}
            <form method="post" action=OpenApproval::url()>
                <input type="hidden" name="refund" value=refund.id.to_string() />
                <button class="button" data-kind="primary">{language.text("refund-review")}</button>
            </form>
        }
        .into_any()
    };
    Some(
        view! {
            <section class="card" aria-labelledby="approval-title">
                <h2 id="approval-title">{language.text("refund-approval")}</h2>
                {body}
            </section>
        }
        .into_any(),
    )
}

fn stop_form(language: Language, refund: &Refund) -> AnyView {
    let why = language.text(match refund.status {
        RefundStatus::AwaitingConfirmation => "refund-stop-awaiting-confirmation",
        RefundStatus::AwaitingApproval => "refund-stop-awaiting-approval",
        RefundStatus::Pending | RefundStatus::Processing | RefundStatus::Completed | RefundStatus::Rejected => {
            "refund-stop-new-address"
        }
    });
    view! {
        <form method="post" action=StopRefund::url() class="card">
            <h2>{language.text("refund-stop")}</h2>
            <p class="hint">{why}</p>
            <input type="hidden" name="refund" value=refund.id.to_string() />
            <Field name="reason" label=language.text("refund-stop-reason") required=true />
            <div class="actions">
                <button class="button">{language.text("refund-stop-now")}</button>
            </div>
        </form>
    }
    .into_any()
}

fn recipient(language: Language, refund: &Refund, actor: &Actor, mails: Option<AnyView>) -> AnyView {
    let email = masking::refund_email(actor, refund);
    let all = |field: CustomerField, title: String| {
        let page = paths::customer(CustomerRecord::new(field, refund.id.0));
        view! { <a href=page>{title}</a> }
    };
    let of_address = all(CustomerField::RefundAddress, language.text("refund-everything-of-address"));
    let of_email = email.as_ref().map(|_| {
        let link = all(CustomerField::RefundEmail, language.text("refund-everything-of-email"));
        view! { <br /> {link} }
    });
    let name = |id: &str| language.text(id);
    view! {
        <section class="card" aria-labelledby="recipient-title">
            <h2 id="recipient-title">{name("refund-recipient")}</h2>
            <dl class="facts">
                {fact(name("refund-network"), network_name(refund.network))}
                {fact(name("refund-address"), personal(&masking::recipient(actor, refund)))}
                {masking::memo(actor, refund).map(|memo| fact(name("refund-memo"), personal(&memo)))}
                {fact(name("refund-email"), personal_or_dash(email.as_ref()))}
                {fact(name("refund-customer"), view! { {of_address} {of_email} })}
                {mails}
                {fact(name("refund-reason"), refund.reason.title(language))}
                {(!refund.overrides.is_empty()).then(|| fact(name("refund-overridden"), overridden(language, refund)))}
                {refund.override_reason.clone().map(|reason| fact(name("refund-override-reason"), view! { <TypedText text=reason /> }))}
                {fact(name("refund-note"), typed_or_dash(refund.note.as_deref()))}
            </dl>
        </section>
    }
    .into_any()
}

fn money(language: Language, refund: &Refund) -> AnyView {
    view! {
        <section class="card" aria-labelledby="money-title">
            <h2 id="money-title">{language.text("refund-money")}</h2>
            {costs(language, &refund.terms)}
        </section>
    }
    .into_any()
}

fn identity(language: Language, refund: &Refund, order: i64, decision: Option<RecordedDecision>) -> AnyView {
    let name = |id: &str| language.text(id);
    view! {
        <section class="card" aria-labelledby="identity-title">
            <h2 id="identity-title">{name("refund-details")}</h2>
            <dl class="facts">
                {fact(name("refund-number"), refund.number)}
                {fact(name("refund-id"), view! { <span class="mono wrap">{refund.id.to_string()}</span> })}
                {fact(name("refund-order"), view! { <a href=paths::payment_intent(refund.intent_id)>"#" {order}</a> })}
                {fact(name("refund-intent"), view! { <span class="mono wrap">{refund.intent_id.to_string()}</span> })}
                {(refund.status == RefundStatus::Completed)
                    .then(|| fact(name("refund-receipt"), view! { <a href=paths::receipt(refund.id)>{name("refund-receipt-open")}</a> }))}
                {fact(name("refund-made-by"), view! { <TypedText text=errors::text(language, &refund.created_by) /> })}
                {decision
                    .map(|decision| {
                        let title = name(match decision.decision {
                            ApprovalDecision::Approved => "refund-approved-by",
                            ApprovalDecision::Declined => "refund-declined-by",
                            ApprovalDecision::Stopped => "refund-stopped-by",
                        });
                        fact(title, view! { <TypedText text=errors::text(language, &decision.by) /> ", " <Time at=decision.at /> })
                    })}
                {refund.rejection_type.map(|kind| fact(name("refund-rejected-by"), kind.title(language)))}
                {fact(name("refund-created"), view! { <Time at=refund.created_at /> })}
                {fact(name("refund-changed"), view! { <Time at=refund.updated_at /> })}
            </dl>
        </section>
    }
    .into_any()
}
