//! One refund. The page updates itself until the refund is final: its progress is an island, which updates the cards too.

use super::{
    confirmation::{confirmation_section, outcome_mails},
    overridden,
    transfer::transfer_section,
    wizard::costs,
};
use crate::{
    domain::{
        customers::{CustomerField, CustomerRecord},
        ids::RefundId,
        names::Named,
        people::actor::{Actor, Permission},
        policy::screening::ScreeningRecord,
        refunds::{
            approval::{ApprovalDecision, RecordedDecision, require_other_person, require_stoppable},
            refund::{Refund, RefundStatus},
        },
    },
    islands::refund_progress::RefundProgress,
    server_fns::approval::{OpenApproval, StopRefund},
    service::{
        customers::masking,
        intents, mail,
        operations::history,
        people::second_factor,
        policy::screening,
        refunds::{self, approval, transfer},
    },
    store::operations::history::HistoryOf,
    texts::{errors::sentence, titles::Title},
    ui::{
        components::{
            facts::fact,
            field::Field,
            mark::network_name,
            notice::SuccessNotice,
            personal::{personal, personal_or_dash},
            time::Time,
            typed_text::{TypedText, typed_or_dash},
        },
        page::{Content, page, param, query},
        pages::history::{TimelineQuery, refund_timeline},
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
    let shown: TimelineQuery = query();
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
        let initial = progress(&refund, &steps, link, transfer.as_ref(), now);
        let code = second_factor::own_code_requirement(&requite.store, &requite.context(), &actor).await?;
        let held = require_stoppable(&refund, &actor, now).is_ok() && actor.may(Permission::Refund);
        let order = intents::get(&requite.store, &actor, refund.intent_id).await?.order_number;
        let history = history::list(&requite.store, &actor, HistoryOf::Refund(id)).await?;
        let timeline = refund_timeline(id, history, &shown, &actor);
        let moving = matches!(refund.status, RefundStatus::Pending | RefundStatus::Processing) && !held;
        Ok(Content::new(
            format!("Refund of {}", refund.amount().with_coin_symbol()),
            view! {
                {moving.then(reload_without_javascript)}
                <h1>"Refund of " <span class="number">{refund.amount().with_coin_symbol()}</span></h1>
                <div class="columns">
                    <div class="stack">
                        <RefundProgress id=refund.id.to_string() initial=initial />
                        <SuccessNotice done />
                        <div class="stack" data-live="">
                            {confirmation_section(&refund, &actor, &mails, &requite)}
                            {waiting(&refund, &actor)}
                            {held.then(|| stop_form(&refund))}
                            {transfer.map(|view| transfer_section(&refund, &view, &actor, code))}
                            {recipient(&refund, &actor, outcome_mails(&mails, &actor, &requite))}
                        </div>
                    </div>
                    <div class="stack" data-live="">{money(&refund)} {identity(&refund, order, decision, &screenings)} {timeline}</div>
                </div>
            },
        )
        .below(paths::REFUNDS, "Refunds"))
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

/// Who has to decide, with a link for users who may.
fn waiting(refund: &Refund, actor: &Actor) -> Option<AnyView> {
    if refund.status != RefundStatus::AwaitingApproval {
        return None;
    }
    let own = require_other_person(refund, actor).err();
    let body = if !actor.may(Permission::Approve) {
        view! { <p>"It is large enough to need a second person. An approver, admin or owner of your team has to look at it."</p> }
            .into_any()
    } else {
        view! {
            {own.map(|error| view! { <p>{sentence(language(), &error)} " You can still decline it."</p> })}
            <form method="post" action=OpenApproval::url()>
                <input type="hidden" name="refund" value=refund.id.to_string() />
                <button class="button" data-kind="primary">"Review and decide"</button>
            </form>
        }
        .into_any()
    };
    Some(
        view! {
            <section class="card" aria-labelledby="approval-title">
                <h2 id="approval-title">"Approval"</h2>
                {body}
            </section>
        }
        .into_any(),
    )
}

fn stop_form(refund: &Refund) -> AnyView {
    let why = match refund.status {
        RefundStatus::AwaitingConfirmation => {
            "It waits for the customer. If something about it is wrong, you need not wait."
        }
        RefundStatus::AwaitingApproval => {
            "You made it, and nobody has approved it yet. If something about it is wrong, take it back."
        }
        RefundStatus::Pending | RefundStatus::Processing | RefundStatus::Completed | RefundStatus::Rejected => {
            "The address is new, so it waits. If something about it is wrong, stop it now."
        }
    };
    view! {
        <form method="post" action=StopRefund::url() class="card">
            <h2>"Stop this refund"</h2>
            <p class="hint">{why}</p>
            <input type="hidden" name="refund" value=refund.id.to_string() />
            <Field name="reason" label="Why it is stopped" required=true />
            <div class="actions">
                <button class="button">"Stop the refund"</button>
            </div>
        </form>
    }
    .into_any()
}

fn recipient(refund: &Refund, actor: &Actor, mails: Option<AnyView>) -> AnyView {
    let email = masking::refund_email(actor, refund);
    let all = |field: CustomerField, title: &'static str| {
        let page = paths::customer(CustomerRecord::new(field, refund.id.0));
        view! { <a href=page>{title}</a> }
    };
    let of_address = all(CustomerField::RefundAddress, "Everything of this address");
    let of_email =
        email.as_ref().map(|_| view! { <br /> {all(CustomerField::RefundEmail, "Everything of this e-mail address")} });
    view! {
        <section class="card" aria-labelledby="recipient-title">
            <h2 id="recipient-title">"Recipient"</h2>
            <dl class="facts">
                {fact("Network", network_name(refund.network))}
                {fact("Address", personal(&masking::recipient(actor, refund)))}
                {refund.memo.clone().map(|memo| fact("Memo", view! { <span class="mono wrap">{memo}</span> }))}
                {fact("E-mail", personal_or_dash(email.as_ref()))}
                {fact("Customer", view! { {of_address} {of_email} })}
                {mails}
                {fact("Reason", refund.reason.title())}
                {(!refund.overrides.is_empty()).then(|| fact("Overridden warnings", overridden(refund)))}
                {refund.override_reason.clone().map(|reason| fact("Reason for sending to this address despite a warning", view! { <TypedText text=reason /> }))}
                {fact("Note", typed_or_dash(refund.note.as_deref()))}
            </dl>
        </section>
    }
    .into_any()
}

fn money(refund: &Refund) -> AnyView {
    let terms = &refund.terms;
    let rate = (terms.funding() != terms.send.currency()).then(|| {
        view! {
            <p class="hint">
                {format!("1 {} = {} {}, by the {}, ", terms.send.currency().coin_symbol(), terms.rate, terms.funding(), terms.rate_source)}
                <Time at=terms.rate_at />
            </p>
        }
    });
    view! {
        <section class="card" aria-labelledby="money-title">
            <h2 id="money-title">"Money"</h2>
            {costs(terms)}
            {rate}
        </section>
    }
    .into_any()
}

fn identity(
    refund: &Refund,
    order: i64,
    decision: Option<RecordedDecision>,
    screenings: &[ScreeningRecord],
) -> AnyView {
    view! {
        <section class="card" aria-labelledby="identity-title">
            <h2 id="identity-title">"Details"</h2>
            <dl class="facts">
                {fact("Id", view! { <span class="mono wrap">{refund.id.to_string()}</span> })}
                {fact("Order", view! { <a href=paths::payment_intent(refund.intent_id)>"#" {order}</a> })}
                {fact("Payment intent", view! { <span class="mono wrap">{refund.intent_id.to_string()}</span> })}
                {(refund.status == RefundStatus::Completed)
                    .then(|| fact("Receipt", view! { <a href=paths::receipt(refund.id)>"Print it or send a link"</a> }))}
                {fact("Made by", view! { <TypedText text=refund.created_by.clone() /> })}
                {decision
                    .map(|decision| {
                        let title = match decision.decision {
                            ApprovalDecision::Approved => "Approved by",
                            ApprovalDecision::Declined => "Declined by",
                            ApprovalDecision::Stopped => "Stopped by",
                        };
                        fact(title, view! { <TypedText text=decision.by /> ", " <Time at=decision.at /> })
                    })}
                {fact("Deny list", screening_words(screenings))}
                {refund.rejection_type.map(|kind| fact("Rejected by", kind.title()))}
                {fact("Created", view! { <Time at=refund.created_at /> })}
                {fact("Last change", view! { <Time at=refund.updated_at /> })}
            </dl>
        </section>
    }
    .into_any()
}

/// The result of the latest screening, and the stage at which it was made.
fn screening_words(records: &[ScreeningRecord]) -> String {
    match records.last() {
        None => "–".to_owned(),
        Some(record) if record.screened.version.is_empty() => "No list was imported".to_owned(),
        Some(ScreeningRecord { stage, screened, .. }) => {
            let result = if screened.hit.is_some() { "on it" } else { "not on it" };
            format!("{} {}: {result} at {}", screened.list, screened.version, stage.as_str())
        }
    }
}
