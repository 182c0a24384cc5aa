//! The refund policy: everybody can read it, an owner can change it.

use crate::{
    domain::{
        error::{DomainError, Field as ErrorField},
        names::Named,
        people::actor::Permission,
        policy::{DestinationKind, RefundPolicy, input::PolicyInput},
    },
    server_fns::policy::ChangePolicy,
    service::{self, people::second_factor},
    store::policy::PolicyVersion,
    texts::titles::Title,
    ui::{
        components::{
            facts::fact,
            field::{Field, Select, message_of},
            notice::Advice,
            time::Time,
        },
        page::{Content, page, query},
    },
    web::{form_query::RefusedForm, forms::caller, paths},
};
use leptos::{prelude::*, server_fn::ServerFn};
use serde::Deserialize;

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct SettingsQuery {
    saved: String,
}

/// The policy and its history.
#[component]
pub fn SettingsPage() -> impl IntoView {
    let caller = caller();
    let (refused, saved): (RefusedForm<PolicyInput>, SettingsQuery) = (query(), query());
    page(async move {
        let (requite, actor) = caller?;
        let policy = service::policy::get(&requite.store, &requite.settings.refund_policy(), &actor).await?;
        let versions = service::policy::versions(&requite.store, &actor).await?;
        let check = refused.is_refused();
        let input = if check { refused.input } else { PolicyInput::of(&policy) };
        let problems = input.parse(policy.version).err().filter(|_| check).unwrap_or_default();
        let body = if actor.may(Permission::ManagePolicy) {
            let has_factor = second_factor::get(&requite.store, &requite.context(), &actor)
                .await?
                .is_some_and(|factor| factor.is_active());
            form(&policy, input, &problems, has_factor)
        } else {
            view! { {facts(&policy)} <p class="hint">"An owner of the account can change it."</p> }.into_any()
        };
        Ok(Content::new(
            "Settings",
            view! {
                <h1>"Settings"</h1>
                {(saved.saved == "yes")
                    .then(|| {
                        view! {
                            <Advice kind="info">
                                <p role="status">"Saved. It holds for every refund from now on."</p>
                            </Advice>
                        }
                    })}
                <div class="columns">
                    <section class="card" aria-labelledby="policy-title">
                        <h2 id="policy-title">"Refund policy"</h2>
                        {body}
                    </section>
                    {history(versions)}
                </div>
            },
        ))
    })
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
            <Field name="policy[cool_down]" label="Wait before the first refund to an address" value=input.cool_down error=error(ErrorField::CoolDown)
                hint="For example 24h. Until then it can be stopped." />
            <Field name="policy[cool_down_from]" label="Wait only from, in US dollars" value=input.cool_down_from error=error(ErrorField::CoolDownFrom) />
            {code_required(input.second_factor == "yes", has_factor)}
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
                <span>"Ask for a code of the second factor to confirm and to approve"</span>
            </label>
            <p class="hint" id="second_factor-hint">
                "Everybody who confirms or approves refunds needs one then. It is set up under "
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
            {fact("Wait before the first refund to an address", cool_down.unwrap_or_else(|| "–".to_owned()))}
            {fact("Code of the second factor", if policy.second_factor { "To confirm and to approve" } else { "–" })}
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
                    <span class="timeline-detail">"by " {version.changed_by}</span>
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
