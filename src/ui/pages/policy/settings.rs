//! The refund policy: everybody can read it, an owner can change it.

use super::{house_currency, minimum_balances};
use crate::{
    domain::{
        error::{DomainError, Field as ErrorField},
        money::Money,
        names::Named,
        people::actor::{Actor, Permission},
        policy::{DestinationKind, RefundPolicy, WindowStart, input::PolicyInput},
        reports::month::Month,
    },
    languages::Language,
    server_fns::policy::{ApprovePolicyProposal, ChangePolicy, WithdrawPolicyProposal},
    service::{
        self, ledger,
        mail::{self, KeptMails},
        people::second_factor::{self, CodeRequirement},
        reports::statements,
    },
    store::policy::{PolicyVersion, proposals::PolicyProposal},
    texts::{
        amounts::{self, in_currency},
        policy,
        titles::Title,
    },
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
        form_query::{DoneQuery, MinimumBalancesQuery, RefusedForm},
        forms::caller,
        language::language,
        paths,
    },
};
use chrono::{DateTime, Utc};
use leptos::{prelude::*, server_fn::ServerFn};

/// The policy and its history.
#[component]
pub fn SettingsPage() -> impl IntoView {
    let caller = caller();
    let language = language();
    let (refused, done): (RefusedForm<PolicyInput>, DoneQuery) = (query(), query());
    let refused_minimums: MinimumBalancesQuery = query();
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
        let (input, problems) = if refused.is_refused() {
            let read = refused.input.clone().map_numbers(|typed| amounts::read(language, typed));
            (refused.input, read.and_then(|plain| plain.parse(policy.version)).err().unwrap_or_default())
        } else {
            (to_type(language, PolicyInput::of(&policy)), Vec::new())
        };
        let body = if actor.may(Permission::ManagePolicy) {
            let has_factor = second_factor::get(&requite.store, &requite.context(), &actor)
                .await?
                .is_some_and(|factor| factor.is_active());
            view! {
                {waiting.as_ref().map(|proposal| proposal_card(language, proposal, &actor))}
                {form(language, &policy, input, &problems, has_factor)}
            }
            .into_any()
        } else {
            view! {
                {facts(language, &policy)}
                {waiting.map(|proposal| waits(language, proposal.effective_at))}
                <p class="hint">{language.text("policy-only-owners")}</p>
            }
            .into_any()
        };
        let current = Month::of(requite.context().now);
        let may_change = actor.may(Permission::ManagePolicy);
        let books = house_currency::section(language, &books, current, may_change);
        let minimums = ledger::minimum_balances(&requite.store, &actor).await?;
        let minimums = minimum_balances::section(language, &minimums, refused_minimums, may_change);
        Ok(Content::new(
            language.text("policy-settings"),
            view! {
                <h1>{language.text("policy-settings")}</h1>
                <SuccessNotice done />
                <RecentCode requirement=code page=paths::SETTINGS />
                {mails.map(|kept| view! { <p class="hint">{kept_mails(language, kept)}</p> })}
                <div class="columns">
                    <section class="card" aria-labelledby="policy-title">
                        <h2 id="policy-title">{language.text("policy-title")}</h2>
                        {body}
                    </section>
                    <div class="stack">
                        {books}
                        {minimums}
                        {history(language, versions)}
                    </div>
                </div>
            },
        ))
    })
}

/// The policy as it is typed in the language.
fn to_type(language: Language, plain: PolicyInput) -> PolicyInput {
    let format = amounts::format_of(language);
    plain.clone().map_numbers(|number| Ok(format.write_to_type(number))).unwrap_or(plain)
}

/// How many mails wait for a mail server.
fn kept_mails(language: Language, kept: KeptMails) -> String {
    match kept {
        KeptMails::Exactly(count) => language.with("policy-mails-kept", [("count", count)]),
        KeptMails::MoreThan(count) => language.with("policy-mails-many", [("count", count)]),
    }
}

/// That a change waits, for those who can do nothing about it.
fn waits(language: Language, until: DateTime<Utc>) -> AnyView {
    let (before, after) = language.around("policy-waits", "at");
    view! { <p>{before} <Time at=until /> {after}</p> }.into_any()
}

/// A change that waits, and what this owner can do about it.
fn proposal_card(language: Language, proposal: &PolicyProposal, actor: &Actor) -> AnyView {
    let (id, by, effective_at) = (proposal.id.to_string(), proposal.proposed_by_name.clone(), proposal.effective_at);
    let proposed = facts(language, &proposal.policy);
    let is_own = Some(proposal.proposed_by) == actor.user();
    let approval = match &proposal.approved_by_name {
        Some(name) => {
            let (before, after) = language.around("policy-approved", "name");
            view! { {before} <TypedText text=name.clone() /> {after} " " }.into_any()
        }
        None if proposal.needs_approval => view! { {language.text("policy-needs-approval")} " " }.into_any(),
        None => ().into_any(),
    };
    let (before_name, after_name) = language.around("policy-loosens", "name");
    let (before_time, after_time) = language.around("policy-effective", "at");
    let can_approve = proposal.needs_approval && proposal.approved_by_name.is_none() && !is_own;
    view! {
        <Advice kind="warning">
            <p>
                <strong>{before_name} <TypedText text=by /> {after_name} " "</strong> {approval}
                {before_time} <Time at=effective_at /> {after_time}
            </p>
            <details>
                <summary>{language.text("policy-proposed")}</summary>
                {proposed}
            </details>
            <div class="actions">
                {can_approve
                    .then(|| {
                        view! {
                            <form method="post" action=ApprovePolicyProposal::url()>
                                <input type="hidden" name="proposal" value=id.clone() />
                                <button class="button">{language.text("policy-approve")}</button>
                            </form>
                        }
                    })}
                <form method="post" action=WithdrawPolicyProposal::url()>
                    <input type="hidden" name="proposal" value=id.clone() />
                    <button class="button">{language.text("policy-withdraw")}</button>
                </form>
            </div>
        </Advice>
    }
    .into_any()
}

fn form(
    language: Language,
    policy: &RefundPolicy,
    input: PolicyInput,
    problems: &[DomainError],
    has_factor: bool,
) -> AnyView {
    let text = |id: &str| language.text(id);
    let error = |field: ErrorField| message_of(problems, field);
    let starts = WindowStart::all().map(|start| (start.as_str(), start_title(language, start))).collect();
    view! {
        <form method="post" action=ChangePolicy::url() class="stack" novalidate=true>
            <input type="hidden" name="version" value=policy.version.to_string() />
            <Field name="policy[window]" label=text("policy-window") value=input.window required=true error=error(ErrorField::Window)
                hint=text("policy-window-hint") />
            <Select name="policy[window_start]" label=text("policy-start") options=starts value=input.window_start error=error(ErrorField::WindowStart) />
            <Field name="policy[refund_limit]" label=text("policy-limit-dollars") value=input.refund_limit error=error(ErrorField::RefundLimit) />
            <Field name="policy[daily_limit]" label=text("policy-daily-dollars") value=input.daily_limit error=error(ErrorField::DailyLimit) />
            <Field name="policy[merchant_daily_limit]" label=text("policy-daily-all-dollars") value=input.merchant_daily_limit
                error=error(ErrorField::MerchantDailyLimit) hint=text("policy-daily-all-hint") />
            <div class="field">
                <label for="currency_limits">{text("policy-currencies")} " " <span class="optional">{text("components-optional")}</span></label>
                <textarea id="currency_limits" name="policy[currency_limits]" class="input" rows="3"
                    aria-describedby="currency_limits-hint currency_limits-error">{input.currency_limits}</textarea>
                <p class="hint" id="currency_limits-hint">{text("policy-currencies-hint")}</p>
                <p class="error" id="currency_limits-error">{error(ErrorField::CurrencyLimits)}</p>
            </div>
            {destinations(language, &input.destinations, error(ErrorField::Destinations))}
            <Field name="policy[approval_from]" label=text("policy-approval-dollars") value=input.approval_from error=error(ErrorField::ApprovalFrom) />
            <Field name="policy[renewal_tolerance]" label=text("policy-dearer-percent")
                value=input.renewal_tolerance required=true error=error(ErrorField::RenewalTolerance) />
            <Field name="policy[cool_down]" label=text("policy-wait") value=input.cool_down error=error(ErrorField::CoolDown)
                hint=text("policy-wait-hint") />
            <Field name="policy[cool_down_from]" label=text("policy-wait-dollars") value=input.cool_down_from error=error(ErrorField::CoolDownFrom) />
            {code_required(language, input.second_factor == "yes", has_factor)}
            <Field name="policy[loosening_delay]" label=text("policy-delay-change") value=input.loosening_delay
                error=error(ErrorField::LooseningDelay) hint=text("policy-delay-hint") />
            <div class="actions">
                <button class="button" data-kind="primary">{text("policy-save")}</button>
            </div>
        </form>
    }
    .into_any()
}

fn start_title(language: Language, start: WindowStart) -> String {
    match start {
        WindowStart::Creation => language.text("policy-start-creation"),
        WindowStart::Expiry => language.text("policy-start-expiry"),
    }
}

fn code_required(language: Language, required: bool, has_factor: bool) -> AnyView {
    let (before, after) = language.around("policy-ask-code-hint", "account");
    let own = (!has_factor).then(|| view! { " " {language.text("policy-ask-code-own")} });
    view! {
        <div class="field">
            <label class="check">
                <input type="checkbox" name="policy[second_factor]" value="yes" checked=required aria-describedby="second_factor-hint" />
                <span>{language.text("policy-ask-code")}</span>
            </label>
            <p class="hint" id="second_factor-hint">
                {before} <a href=paths::ACCOUNT>{language.text("people-account")}</a> {after} {own}
            </p>
        </div>
    }
    .into_any()
}

fn destinations(language: Language, allowed: &str, error: Option<String>) -> AnyView {
    let boxes = DestinationKind::all().enumerate().map(|(index, kind)| {
        let checked = allowed.split_whitespace().any(|name| name == kind.as_str());
        view! {
            <label class="check">
                <input type="checkbox" name=format!("destinations[{index}]") value=kind.as_str() checked=checked />
                <span>{kind.title(language)}</span>
            </label>
        }
    });
    view! {
        <fieldset class="field" aria-describedby="destinations-error">
            <legend>{language.text("policy-destinations")}</legend>
            {boxes.collect_view()}
            <p class="error" id="destinations-error">{error}</p>
        </fieldset>
    }
    .into_any()
}

/// The policy in words.
fn facts(language: Language, policy: &RefundPolicy) -> AnyView {
    let name = |id: &str| language.text(id);
    let or_none = |text: Option<String>| text.unwrap_or_else(|| "–".to_owned());
    let limit = |limit: Option<Money>| or_none(limit.map(|limit| in_currency(language, limit)));
    let by_currency =
        policy.currency_limits.values().map(|limit| in_currency(language, *limit)).collect::<Vec<_>>().join(", ");
    let kinds = policy.destinations.iter().map(|kind| kind.title(language)).collect::<Vec<_>>().join("; ");
    let cool_down = policy.cool_down.map(|cool_down| policy::cool_down(language, cool_down));
    let code = policy.second_factor.then(|| name("policy-code-when"));
    let delay = (!policy.loosening_delay.is_zero()).then(|| policy::span(language, policy.loosening_delay));
    view! {
        <dl class="facts">
            {fact(name("policy-window"), policy::window(language, policy.window, policy.window_start))}
            {fact(name("policy-limit"), limit(policy.refund_limit))}
            {fact(name("policy-daily"), limit(policy.daily_limit))}
            {fact(name("policy-daily-all"), limit(policy.merchant_daily_limit.or(policy.daily_limit)))}
            {fact(name("policy-by-currency"), or_none(Some(by_currency).filter(|limits| !limits.is_empty())))}
            {fact(name("policy-destinations"), kinds)}
            {fact(name("policy-approval"), limit(policy.approval_from))}
            {fact(name("policy-dearer"), amounts::percent(language, policy.renewal_tolerance))}
            {fact(name("policy-wait"), or_none(cool_down))}
            {fact(name("policy-code"), or_none(code))}
            {fact(name("policy-delay"), or_none(delay))}
        </dl>
    }
    .into_any()
}

fn history(language: Language, versions: Vec<PolicyVersion>) -> AnyView {
    let by = |id: &str, name: String| {
        let (before, after) = language.around(id, "name");
        view! { <span class="timeline-detail">{before} <TypedText text=name /> {after}</span> }
    };
    let empty = versions.is_empty();
    let items = versions
        .into_iter()
        .map(|version| {
            let number = version.policy.version.to_string();
            view! {
                <li>
                    <span class="timeline-what">{language.with("policy-version", [("number", number)])}</span>
                    <Time at=version.at />
                    {by("policy-by", version.changed_by)}
                    {version.approved_by.map(|name| by("policy-approved-by", name))}
                    <details class="timeline-detail">
                        <summary>{language.text("policy-version-says")}</summary>
                        {facts(language, &version.policy)}
                    </details>
                </li>
            }
        })
        .collect_view();
    view! {
        <section class="card" aria-labelledby="history-title">
            <h2 id="history-title">{language.text("policy-history")}</h2>
            {empty.then(|| view! { <p class="hint">{language.text("policy-no-history")}</p> })}
            <ol class="timeline">{items}</ol>
        </section>
    }
    .into_any()
}
