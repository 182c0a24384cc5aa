//! The refund policy: everybody can read it, an owner can change it.

use super::house_currency;
use crate::{
    domain::{
        error::{DomainError, Field as ErrorField},
        names::Named,
        people::actor::{Actor, Permission},
        policy::{DestinationKind, RefundPolicy, input::PolicyInput},
        reports::month::Month,
    },
    server_fns::policy::{ApprovePolicyProposal, ChangePolicy, WithdrawPolicyProposal},
    service::{
        self, mail,
        people::second_factor::{self, CodeRequirement},
        reports::statements,
    },
    store::policy::{PolicyVersion, proposals::PolicyProposal},
    texts::titles::Title,
    ui::{
        components::{
            code_field::RecentCode,
            facts::fact,
            field::{Field, Select, message_of},
            notice::{Advice, SuccessNotice},
            time::Time,
            typed_text::TypedText,
        },
        page::{Content, page, query},
    },
    web::{
        form_query::{DoneQuery, RefusedForm},
        forms::caller,
        paths,
    },
};
use leptos::{prelude::*, server_fn::ServerFn};

/// The policy and its history.
#[component]
pub fn SettingsPage() -> impl IntoView {
    let caller = caller();
    let (refused, done): (RefusedForm<PolicyInput>, DoneQuery) = (query(), query());
    page(async move {
        let (requite, actor) = caller?;
        let policy = service::policy::get(&requite.store, &requite.settings.refund_policy(), &actor).await?;
        let waiting = service::policy::proposal(&requite.store, &actor).await?;
        let code = second_factor::recent_code_requirement(&requite.store, &requite.context(), &actor)
            .await
            .map(|code| if actor.may(Permission::ManagePolicy) { code } else { CodeRequirement::Nothing })?;
        let versions = service::policy::versions(&requite.store, &actor).await?;
        let books = statements::house_currencies(&requite.store, &actor).await?;
        let mails = mail::kept(&requite.store, &requite.settings, &actor).await?;
        let check = refused.is_refused();
        let input = if check { refused.input } else { PolicyInput::of(&policy) };
        let problems = input.parse(policy.version).err().filter(|_| check).unwrap_or_default();
        let body = if actor.may(Permission::ManagePolicy) {
            let has_factor = second_factor::get(&requite.store, &requite.context(), &actor)
                .await?
                .is_some_and(|factor| factor.is_active());
            view! {
                {waiting.as_ref().map(|proposal| proposal_card(proposal, &actor))}
                {form(&policy, input, &problems, has_factor)}
            }
            .into_any()
        } else {
            view! {
                {facts(&policy)}
                {waiting.map(|proposal| view! { <p>"A change waits until " <Time at=proposal.effective_at /> "."</p> })}
                <p class="hint">"An owner of the account can change it."</p>
            }
            .into_any()
        };
        let current = Month::of(requite.context().now);
        let books = house_currency::section(&books, current, actor.may(Permission::ManagePolicy));
        Ok(Content::new(
            "Settings",
            view! {
                <h1>"Settings"</h1>
                <SuccessNotice done />
                <RecentCode requirement=code page=paths::SETTINGS />
                {mails.map(|kept| view! { <p class="hint">"No mail server: " {kept} ". Whoever runs the server sets REQUITE_SMTP_URL."</p> })}
                <div class="columns">
                    <section class="card" aria-labelledby="policy-title">
                        <h2 id="policy-title">"Refund policy"</h2>
                        {body}
                    </section>
                    <div class="stack">
                        {books}
                        {history(versions)}
                    </div>
                </div>
            },
        ))
    })
}

/// A change that waits, and what this owner can do about it.
fn proposal_card(proposal: &PolicyProposal, actor: &Actor) -> AnyView {
    let (id, by, effective_at) = (proposal.id.to_string(), proposal.proposed_by_name.clone(), proposal.effective_at);
    let proposed = facts(&proposal.policy);
    let is_own = Some(proposal.proposed_by) == actor.user();
    let approval = match &proposal.approved_by_name {
        Some(name) => view! { <TypedText text=name.clone() /> " has approved it. " }.into_any(),
        None if proposal.needs_approval => "Another owner has to approve it. ".into_any(),
        None => ().into_any(),
    };
    let can_approve = proposal.needs_approval && proposal.approved_by_name.is_none() && !is_own;
    view! {
        <Advice kind="warning">
            <p>
                <strong><TypedText text=by /> " wants to loosen the policy. "</strong> {approval}
                "It takes effect on " <Time at=effective_at /> " at the earliest."
            </p>
            <details>
                <summary>"What the policy would say"</summary>
                {proposed}
            </details>
            <div class="actions">
                {can_approve
                    .then(|| {
                        view! {
                            <form method="post" action=ApprovePolicyProposal::url()>
                                <input type="hidden" name="proposal" value=id.clone() />
                                <button class="button">"Approve the change"</button>
                            </form>
                        }
                    })}
                <form method="post" action=WithdrawPolicyProposal::url()>
                    <input type="hidden" name="proposal" value=id.clone() />
                    <button class="button">"Withdraw the change"</button>
                </form>
            </div>
        </Advice>
    }
    .into_any()
}

fn form(policy: &RefundPolicy, input: PolicyInput, problems: &[DomainError], has_factor: bool) -> AnyView {
    let error = |field: ErrorField| message_of(problems, field);
    let starts = vec![("creation", "The payment intent is made"), ("expiry", "Its time to pay has ended")];
    view! {
        <form method="post" action=ChangePolicy::url() class="stack" novalidate=true>
            <input type="hidden" name="version" value=policy.version.to_string() />
            <Field name="policy[window]" label="Refunds are possible for" value=input.window required=true error=error(ErrorField::Window)
                hint="For example 30d or 12h." />
            <Select name="policy[window_start]" label="Counted from when" options=starts value=input.window_start error=error(ErrorField::WindowStart) />
            <Field name="policy[refund_limit]" label="Limit of one refund, in US dollars" value=input.refund_limit error=error(ErrorField::RefundLimit) />
            <Field name="policy[daily_limit]" label="Limit of one person or key on one day, in US dollars" value=input.daily_limit error=error(ErrorField::DailyLimit) />
            <Field name="policy[merchant_daily_limit]" label="Limit of everybody together on one day, in US dollars" value=input.merchant_daily_limit error=error(ErrorField::MerchantDailyLimit)
                hint="Empty: the same limit as for one person or key." />
            <div class="field">
                <label for="currency_limits">"Limits of one refund by currency " <span class="optional">"(optional)"</span></label>
                <textarea id="currency_limits" name="policy[currency_limits]" class="input" rows="3"
                    aria-describedby="currency_limits-hint currency_limits-error">{input.currency_limits}</textarea>
                <p class="hint" id="currency_limits-hint">"One a line, for example 0.5 BTC."</p>
                <p class="error" id="currency_limits-error">{error(ErrorField::CurrencyLimits)}</p>
            </div>
            {destinations(&input.destinations, error(ErrorField::Destinations))}
            <Field name="policy[approval_from]" label="A second person approves from, in US dollars" value=input.approval_from error=error(ErrorField::ApprovalFrom) />
            <Field name="policy[renewal_tolerance]" label="How much dearer a refund may have become at approval, in percent"
                value=input.renewal_tolerance required=true error=error(ErrorField::RenewalTolerance) />
            <Field name="policy[cool_down]" label="Wait before refunds to a new address" value=input.cool_down error=error(ErrorField::CoolDown)
                hint="For example 24h. Until then it can be stopped." />
            <Field name="policy[cool_down_from]" label="Wait only from, in US dollars" value=input.cool_down_from error=error(ErrorField::CoolDownFrom) />
            {code_required(input.second_factor == "yes", has_factor)}
            <Field name="policy[loosening_delay]" label="Wait before a change that loosens the policy" value=input.loosening_delay error=error(ErrorField::LooseningDelay)
                hint="For example 24h. Where there is a second owner, they have to approve it as well." />
            <div class="actions">
                <button class="button" data-kind="primary">"Save"</button>
            </div>
        </form>
    }
    .into_any()
}

fn code_required(required: bool, has_factor: bool) -> AnyView {
    view! {
        <div class="field">
            <label class="check">
                <input type="checkbox" name="policy[second_factor]" value="yes" checked=required aria-describedby="second_factor-hint" />
                <span>"Ask for a code of the second factor to sign in, to confirm and to approve"</span>
            </label>
            <p class="hint" id="second_factor-hint">
                "Everybody needs one then, and sets it up before anything else. It is set up under "
                <a href=paths::ACCOUNT>"Your account"</a> ". Programs with an API key are not asked."
                {(!has_factor).then_some(" You have none yet: set it up first, or you cannot confirm refunds yourself.")}
            </p>
        </div>
    }
    .into_any()
}

fn destinations(allowed: &str, error: Option<String>) -> AnyView {
    let boxes = DestinationKind::all().enumerate().map(|(index, kind)| {
        let checked = allowed.split_whitespace().any(|name| name == kind.as_str());
        view! {
            <label class="check">
                <input type="checkbox" name=format!("destinations[{index}]") value=kind.as_str() checked=checked />
                <span>{kind.title()}</span>
            </label>
        }
    });
    view! {
        <fieldset class="field" aria-describedby="destinations-error">
            <legend>"Refunds may go to"</legend>
            {boxes.collect_view()}
            <p class="error" id="destinations-error">{error}</p>
        </fieldset>
    }
    .into_any()
}

/// The policy in words.
fn facts(policy: &RefundPolicy) -> AnyView {
    let input = PolicyInput::of(policy);
    let or_none =
        |text: String, before: &str| if text.is_empty() { "–".to_owned() } else { format!("{before}{text}") };
    let everybody =
        if input.merchant_daily_limit.is_empty() { input.daily_limit.clone() } else { input.merchant_daily_limit };
    let kinds = policy.destinations.iter().map(|kind| kind.title()).collect::<Vec<_>>().join("; ");
    let cool_down = policy.cool_down.map(|cool_down| format!("{} from {}", input.cool_down, cool_down.from));
    view! {
        <dl class="facts">
            {fact("Refunds are possible for", format!("{} from {}", input.window, input.window_start))}
            {fact("Limit of one refund", or_none(input.refund_limit, "US$ "))}
            {fact("Limit of one person or key on one day", or_none(input.daily_limit, "US$ "))}
            {fact("Limit of everybody together on one day", or_none(everybody, "US$ "))}
            {fact("Limits by currency", or_none(input.currency_limits.replace('\n', ", "), ""))}
            {fact("Refunds may go to", kinds)}
            {fact("A second person approves from", or_none(input.approval_from, "US$ "))}
            {fact("Dearer at approval by at most", format!("{} %", input.renewal_tolerance))}
            {fact("Wait before refunds to a new address", cool_down.unwrap_or_else(|| "–".to_owned()))}
            {fact("Code of the second factor", if policy.second_factor { "To sign in, to confirm and to approve" } else { "–" })}
            {fact("Wait before loosening the policy", or_none(input.loosening_delay, ""))}
        </dl>
    }
    .into_any()
}

fn history(versions: Vec<PolicyVersion>) -> AnyView {
    let empty = versions.is_empty();
    let items = versions
        .into_iter()
        .map(|version| {
            view! {
                <li>
                    <span class="timeline-what">"Version " {version.policy.version}</span>
                    <Time at=version.at />
                    <span class="timeline-detail">"by " <TypedText text=version.changed_by /></span>
                    <details class="timeline-detail">
                        <summary>"What it says"</summary>
                        {facts(&version.policy)}
                    </details>
                </li>
            }
        })
        .collect_view();
    view! {
        <section class="card" aria-labelledby="history-title">
            <h2 id="history-title">"History"</h2>
            {empty.then(|| view! { <p class="hint">"Nothing was changed yet: what the server's settings say holds."</p> })}
            <ol class="timeline">{items}</ol>
        </section>
    }
    .into_any()
}
