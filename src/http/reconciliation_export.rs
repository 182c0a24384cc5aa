//! The reconciliation report of a day as a CSV file.

use super::{
    exports::{attachment, table},
    refused_files::{FileQuery, refused},
};
use crate::{
    config::Mode,
    domain::operations::books::{DustArrivals, Flow, UnbookedMovement},
    languages::Language,
    service::reports::reconciliation,
    state::Requite,
    texts::{
        payouts::of_movement,
        reconciliation::{of_dust, of_finding, of_sum, of_unlisted},
    },
    web::{days::DayQuery, session::SignedIn},
};
use axum::{
    Extension,
    extract::State,
    response::{IntoResponse, Response},
};
use rust_decimal::Decimal;

/// What balances of a sandbox were filled with.
const SANDBOX_MONEY: &str = "sandbox money";

/// `/reconciliation.csv`: the report of a day, a line for each sum, and one for each difference.
pub async fn day(
    State(requite): State<Requite>,
    Extension(signed_in): Extension<SignedIn>,
    FileQuery(query): FileQuery<DayQuery>,
) -> Response {
    let context = requite.context();
    let day = query.day(context.now);
    let (payouts, actor) = (requite.payouts(), signed_in.actor());
    let report = match reconciliation::of_day(&requite.store, &context, payouts, &actor, day).await {
        Ok(report) => report,
        Err(error) => return refused(error),
    };
    let mut lines = Vec::new();
    // Only a sandbox has balances that were filled with nothing.
    let is_sandbox = requite.settings.mode == Mode::Sandbox;
    for line in &report.holdings {
        let sums = [
            ("held at the beginning", line.opening),
            ("credited from payments", line.payments),
            (SANDBOX_MONEY, line.funding),
            ("taken by refunds", -line.refunds),
            ("held at the end", line.closing),
        ];
        let cells = |(what, sum): (&str, Decimal)| {
            vec![
                "held".to_owned(),
                what.to_owned(),
                line.currency.code().to_owned(),
                String::new(),
                sum.to_string(),
                String::new(),
                String::new(),
            ]
        };
        lines.extend(sums.into_iter().filter(|(what, _)| is_sandbox || *what != SANDBOX_MONEY).map(cells));
    }
    for line in &report.comparisons {
        lines.push(vec![
            if line.is_balanced() { "agree" } else { "differ" }.to_owned(),
            of_sum(Language::english(), line.what),
            line.currency.code().to_owned(),
            line.records.to_string(),
            line.ledger.to_string(),
            line.chain.map(|amount| amount.to_string()).unwrap_or_default(),
            String::new(),
        ]);
    }
    for difference in &report.differences {
        let subject = difference.subject.to_string();
        lines.push(vec![
            "not explained".to_owned(),
            of_finding(Language::english(), &difference.finding),
            String::new(),
            String::new(),
            String::new(),
            String::new(),
            subject,
        ]);
    }
    lines.extend(report.unbooked.listed.iter().map(unbooked));
    if let Some(what) = of_unlisted(Language::english(), &report.unbooked) {
        let cells = ["not listed", what.as_str(), "", "", "", "", ""];
        lines.push(cells.map(str::to_owned).to_vec());
    }
    lines.extend(report.unbooked.dust.iter().map(dust));
    let columns = ["result", "what", "currency", "records", "ledger", "rail", "subject_id"];
    match table(Some(&columns), &lines, Clone::clone) {
        Ok(body) => (attachment("reconciliation.csv"), body).into_response(),
        Err(error) => refused(error),
    }
}

/// The line of a movement that no balance has.
fn unbooked(UnbookedMovement { movement, explanation }: &UnbookedMovement) -> Vec<String> {
    let sign = if movement.flow == Flow::Out { "-" } else { "" };
    vec![
        if explanation.is_some() { "explained, in no balance" } else { "not explained" }.to_owned(),
        of_movement(Language::english(), movement),
        movement.amount.currency().code().to_owned(),
        String::new(),
        String::new(),
        format!("{sign}{}", movement.amount.number_with_all_decimals()),
        movement.name(),
    ]
}

/// The line of what arrived in amounts that are too small to be credited.
fn dust(dust: &DustArrivals) -> Vec<String> {
    vec![
        "explained, in no balance".to_owned(),
        of_dust(Language::english(), dust),
        dust.amount.currency().code().to_owned(),
        String::new(),
        String::new(),
        dust.amount.number_with_all_decimals(),
        String::new(),
    ]
}
