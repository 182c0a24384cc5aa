//! The checks of a refund: what each rule said when it was created, and every screening of its address.

use crate::{
    domain::policy::{
        recorded_checks::{CheckOutcome, RecordedCheck},
        screening::{ScreeningRecord, ScreeningStage},
    },
    languages::Language,
    texts::{errors, titles::Title},
    ui::components::{
        list::{Column, Table},
        status::Badge,
        time::Time,
        typed_text::TypedText,
    },
};
use leptos::prelude::*;

/// A refund from before checks were recorded has none, and the card says so.
pub fn checks_section(language: Language, checks: &[RecordedCheck], screenings: &[ScreeningRecord]) -> AnyView {
    let name = |id: &str| language.text(id);
    let columns = [
        Column::text(name("refund-check")),
        Column::text(name("refund-check-result")),
        Column::text(name("refund-check-said")),
    ];
    let rows: Vec<AnyView> = checks.iter().map(|check| check_row(language, check)).collect();
    let table = if rows.is_empty() {
        view! { <p class="hint">{name("refund-checks-not-recorded")}</p> }.into_any()
    } else {
        view! { <Table label=name("refund-checks-at-creation") columns rows plain=true /> }.into_any()
    };
    view! {
        <section class="card stack" aria-labelledby="checks-title">
            <h2 id="checks-title">{name("refund-checks")}</h2>
            {table}
            <h3>{name("refund-deny-list")}</h3>
            {screening_list(language, screenings)}
        </section>
    }
    .into_any()
}

fn check_row(language: Language, check: &RecordedCheck) -> AnyView {
    let name = |id: &str| language.text(id);
    let said = errors::text(language, &check.said);
    view! {
        <tr>
            <th scope="row">{check.rule.title(language)}</th>
            <td data-label=name("refund-check-result")>
                <Badge status=colour(check.outcome) label=check.outcome.title(language) />
            </td>
            <td data-label=name("refund-check-said")><TypedText text=said /></td>
        </tr>
    }
    .into_any()
}

/// The status whose colour a badge has.
const fn colour(outcome: CheckOutcome) -> &'static str {
    match outcome {
        CheckOutcome::Passed => "completed",
        CheckOutcome::NotChecked => "disabled",
        CheckOutcome::Warned | CheckOutcome::Overridden => "pending",
    }
}

/// The oldest refunds were not screened.
fn screening_list(language: Language, screenings: &[ScreeningRecord]) -> AnyView {
    if screenings.is_empty() {
        return view! { <p class="hint">{language.text("refund-not-screened")}</p> }.into_any();
    }
    let item = |record: &ScreeningRecord| {
        let words = screening_words(language, record);
        view! { <li><TypedText text=words /> ", " <Time at=record.at /></li> }
    };
    let items = screenings.iter().map(item).collect_view();
    view! { <ul class="stack">{items}</ul> }.into_any()
}

/// The result of a screening, and the stage at which it was made.
fn screening_words(language: Language, record: &ScreeningRecord) -> String {
    let ScreeningRecord { stage, screened, .. } = record;
    if screened.version.is_empty() {
        return language.text(match stage {
            ScreeningStage::Entry => "refund-screened-no-list-at-creation",
            ScreeningStage::Approval => "refund-screened-no-list-at-approval",
            ScreeningStage::Payout => "refund-screened-no-list-at-payout",
        });
    }
    let id = match (screened.hit.is_some(), stage) {
        (true, ScreeningStage::Entry) => "refund-screened-hit-at-creation",
        (true, ScreeningStage::Approval) => "refund-screened-hit-at-approval",
        (true, ScreeningStage::Payout) => "refund-screened-hit-at-payout",
        (false, ScreeningStage::Entry) => "refund-screened-at-creation",
        (false, ScreeningStage::Approval) => "refund-screened-at-approval",
        (false, ScreeningStage::Payout) => "refund-screened-at-payout",
    };
    language.with(id, [("list", &screened.list), ("version", &screened.version)])
}
