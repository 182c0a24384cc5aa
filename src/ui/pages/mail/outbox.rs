//! Mail to customers: the list, and one mail. The customer's link is shown only on a server that sends no mail.

use crate::{
    domain::{
        ids::MailId,
        mail::{Mail, MailKind, MailState, MailSubject},
        names::Named,
        saved_views::SavedList,
    },
    languages::Language,
    service::{
        mail::{self, ShownMail},
        refunds::confirmation::links_are_shown,
        saved_views,
    },
    state::Requite,
    texts::{errors, titles::Title},
    ui::{
        components::{
            chips::{Chip, day_chip, day_fields, option_chip, period_field, periods, time_order_field},
            columns::kept_columns,
            empty::EmptyState,
            facts::fact,
            field::Select,
            list::{Columns, List, ListHead, NothingMatches, filter_form, row_of},
            list_controls::Controls,
            notice::{Advice, SuccessNotice},
            status::Badge,
            time::Time,
            typed_text::{TypedText, mail_address},
        },
        page::{Content, page, param, query},
    },
    web::{
        form_query::DoneQuery,
        forms::{calendar, caller, id},
        language::language,
        list_columns::ListColumn,
        list_query::ListFilter,
        lists::mails::{MailColumn, MailFilters, MailQuery},
        paths,
        periods::Calendar,
    },
};
use leptos::prelude::*;

type Options = Vec<(&'static str, String)>;

/// The list: filters, table, pagination and the export.
#[component]
pub fn OutboxPage() -> impl IntoView {
    let (caller, calendar) = (caller(), calendar());
    let done: DoneQuery = query();
    let query: MailQuery = query();
    let language = language();
    page(async move {
        let ((requite, actor), calendar) = (caller?, calendar?);
        let filter = query.filter(&calendar);
        let found = mail::list(&requite.store, &actor, &filter, &query.page()).await?;
        let total = mail::total(&requite.store, &actor, &filter).await?;
        let views = saved_views::of_list(&requite.store, &actor, SavedList::Mails).await?;
        let links = query.links(paths::MAIL, &found);
        let (file, whole_file) = query.files::<MailColumn, _>(paths::MAIL_FILE, &found);
        let shown: Vec<MailColumn> = query.columns.shown();
        let rows = found.items.iter().map(|mail| row_of(&shown, |column| cell(language, mail, column, &requite)));
        let rows = rows.collect();
        let controls = Controls {
            list: SavedList::Mails,
            actor: &actor,
            views,
            query: &query,
            filters: filters(language, &query, &calendar),
            on: filters_that_are_on(language, &query, &calendar),
            total,
            rows: "components-mails",
            files: None,
        };
        let controls = controls.view::<MailColumn>();
        Ok(Content::new(
            language.text("mail-outbox"),
            view! {
                <ListHead title=language.text("mail-outbox") file whole_file saved_as="mail.csv" />
                {delivery_settings(language, &requite)}
                <SuccessNotice done />
                {controls}
                <List label=language.text("mail-list") columns=Columns::of_list(&shown, &query, paths::MAIL) rows links>
                    {empty_list(language, &query)}
                </List>
            },
        ))
    })
}

fn states(language: Language) -> Options {
    let states = MailState::all().map(|state| (state.as_str(), state.title(language)));
    std::iter::once(("", language.text("mail-every-state"))).chain(states).collect()
}

fn kinds(language: Language) -> Options {
    let kinds = MailKind::all().map(|kind| (kind.as_str(), kind.title(language)));
    std::iter::once(("", language.text("mail-every-kind"))).chain(kinds).collect()
}

fn filters(language: Language, query: &MailQuery, calendar: &Calendar) -> AnyView {
    let text = |id: &str| language.text(id);
    let on = &query.filters;
    let filters = view! {
        {kept_columns(query)}
        <Select name="kind" label=text("mail-what") options=kinds(language) value=on.kind.clone() />
        <Select name="state" label=text("mail-state") options=states(language) value=on.state.clone() />
        {period_field(&on.period)}
        {day_fields(&on.from, &on.to, calendar)}
        {time_order_field(&query.sort)}
    };
    filter_form(None, filters, None)
}

fn filters_that_are_on(language: Language, query: &MailQuery, calendar: &Calendar) -> Vec<Option<Chip<MailFilters>>> {
    type F = MailFilters;
    let (on, zone) = (&query.filters, calendar.zone);
    let text = |id: &str| language.text(id);
    vec![
        option_chip(text("mail-what"), &kinds(language), &on.kind, |filters: &mut F| filters.kind.clear()),
        option_chip(text("mail-state"), &states(language), &on.state, |filters: &mut F| filters.state.clear()),
        option_chip(text("mail-written"), &periods(), &on.period, |filters: &mut F| filters.period.clear()),
        day_chip(text("lists-from-day"), &on.from, zone, |filters: &mut F| filters.from.clear()),
        day_chip(text("lists-to-day"), &on.to, zone, |filters: &mut F| filters.to.clear()),
    ]
}

fn empty_list(language: Language, query: &MailQuery) -> AnyView {
    if query.filters.is_filtered() {
        return view! { <NothingMatches all=paths::MAIL /> }.into_any();
    }
    let title = language.text("mail-none");
    view! { <EmptyState title>{language.text("mail-none-text")}</EmptyState> }.into_any()
}

fn delivery_settings(language: Language, requite: &Requite) -> AnyView {
    let sentence = match requite.mailer {
        _ if links_are_shown(&requite.settings) => language.text("mail-sandbox"),
        Some(_) => language.text("mail-sent-to-customers"),
        None => language.text("mail-cannot"),
    };
    view! { <p class="hint">{sentence}</p> }.into_any()
}

/// The state of a mail. On a server that sends no mail, a waiting one is kept until it does.
pub fn mail_badge(language: Language, mail: &Mail, requite: &Requite) -> AnyView {
    let label = match mail.state {
        MailState::Waiting if links_are_shown(&requite.settings) => language.text("mail-shown-here"),
        MailState::Waiting if mail.tries > 0 => language.text("mail-tried-again"),
        state => state.title(language),
    };
    let status = match mail.state {
        MailState::Waiting => "pending",
        MailState::Sent => "completed",
        MailState::Failed => "failed",
        MailState::Dropped => "dropped",
    };
    view! { <Badge status label /> }.into_any()
}

fn cell(language: Language, mail: &Mail, column: MailColumn, requite: &Requite) -> AnyView {
    let name = column.title(language);
    let td = |content: AnyView| view! { <td data-label=name.clone()>{content}</td> }.into_any();
    match column {
        MailColumn::What => {
            let what = mail.kind.title(language);
            view! { <th scope="row" class="words"><a href=paths::mail(mail.id)>{what}</a></th> }.into_any()
        }
        MailColumn::To => {
            view! { <td class="wrap" data-label=name.clone()>{mail_address(&mail.recipient)}</td> }.into_any()
        }
        MailColumn::State => td(mail_badge(language, mail, requite)),
        MailColumn::About => td(about(language, mail.about)),
        MailColumn::Written => td(view! { <Time at=mail.created_at /> }.into_any()),
        MailColumn::Attempts => view! { <td data-label=name.clone() class="end number">{mail.tries}</td> }.into_any(),
        MailColumn::NextTry if mail.state == MailState::Waiting => {
            td(view! { <Time at=mail.next_attempt_at /> }.into_any())
        }
        MailColumn::NextTry => td("–".into_any()),
        MailColumn::Changed => td(view! { <Time at=mail.updated_at /> }.into_any()),
        MailColumn::Id => td(view! { <span class="mono two-lines">{mail.id.to_string()}</span> }.into_any()),
    }
}

fn about(language: Language, subject: MailSubject) -> AnyView {
    match subject {
        MailSubject::Confirmation(id) | MailSubject::Completed(id) | MailSubject::Rejected(id) => {
            view! { <a href=paths::refund(id)>{language.text("mail-refund")}</a> }.into_any()
        }
        MailSubject::PolicyLoosening(_) => {
            view! { <a href=paths::SETTINGS>{language.text("mail-policy")}</a> }.into_any()
        }
        MailSubject::PasswordReset(_) => language.text("mail-password").into_any(),
        MailSubject::Notice(_) => view! { <a href=paths::PAYOUTS>{language.text("mail-payouts")}</a> }.into_any(),
    }
}

/// One mail: facts, text, and where links are shown, a link to the customer's page.
#[component]
pub fn MailPage() -> impl IntoView {
    let caller = caller();
    let language = language();
    let id_text = param("id");
    page(async move {
        let (requite, actor) = caller?;
        let ShownMail { mail, language: written, body, page } =
            mail::get(&requite.store, &requite.settings, &actor, id(&id_text, MailId, "error-unknown-mail")?).await?;
        let badge = mail_badge(language, &mail, &requite);
        let problem = mail.problem.as_ref().map(|problem| {
            let problem = errors::text(language, problem);
            view! { <Advice kind="warning"><p><TypedText text=problem /></p></Advice> }
        });
        let waits = (mail.state == MailState::Waiting && requite.mailer.is_some())
            .then(|| fact(language.text("mail-next-try"), view! { <Time at=mail.next_attempt_at /> }));
        let open = page.map(|page| {
            view! {
                <p class="actions">
                    <a class="button" href=page rel="noreferrer">{language.text("mail-open")}</a>
                </p>
            }
        });
        Ok(Content::new(
            language.text("mail-what"),
            view! {
                <h1 class="wrap" lang=written.code()><TypedText text=body.subject.clone() /></h1>
                {problem}
                <section class="card" aria-labelledby="facts-title">
                    <h2 id="facts-title">{language.text("mail-the")}</h2>
                    <dl class="facts">
                        {fact(language.text("mail-to"), mail_address(&body.to))}
                        {fact(language.text("mail-state"), badge)}
                        {fact(language.text("mail-attempts"), mail.tries.to_string())}
                        {waits}
                        {fact(language.text("mail-about"), about(language, mail.about))}
                        {fact(language.text("mail-written"), view! { <Time at=mail.created_at /> })}
                    </dl>
                </section>
                <section class="card stack" aria-labelledby="text-title">
                    <h2 id="text-title">{language.text("mail-says")}</h2>
                    <pre class="message" lang=written.code() tabindex="0" role="group" aria-labelledby="text-title">
                        {body.text.clone()}
                    </pre>
                    {open}
                </section>
            },
        )
        .below(paths::MAIL, language.text("mail-outbox")))
    })
}
