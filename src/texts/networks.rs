//! Texts about the networks that are followed.

use super::{amounts::in_currency, numbers::grouped};
use crate::{
    domain::{
        intents::credit_rule::{CreditAfter, CreditRule},
        operations::{
            networks::{DepositProblem, NodeProblem},
            server_settings::SettingsDifference,
        },
    },
    languages::{Language, Value},
};
use chrono::Duration;

/// How far catching up has come: `20,000 of 31,000 blocks, about 4 minutes left`.
pub fn catching_up(language: Language, done: i64, all: i64, elapsed: Duration) -> String {
    let grouped = |number: i64| Value::from(grouped(language, number));
    let blocks = [("done", grouped(done)), ("all", grouped(all)), ("count", Value::from(all))];
    let left = elapsed.num_seconds().checked_mul(all - done).and_then(|product| product.checked_div(done));
    match left {
        Some(seconds) if done > 0 && elapsed > Duration::zero() => {
            let [done, all, count] = blocks;
            let left = ("left", Value::from(in_words(language, seconds)));
            language.with("networks-blocks-left", [done, all, count, left])
        }
        Some(_) | None => language.with("networks-blocks", blocks),
    }
}

/// What to do about deposits that were credited and that the network has removed.
pub fn lost_deposits(language: Language, number: usize) -> String {
    language.with("networks-lost-deposits", [("count", number)])
}

/// Why deposits are not credited although their time has come, and what to do.
pub fn deposits_waiting(language: Language, problem: DepositProblem, number: usize) -> String {
    let id = match problem {
        DepositProblem::Refused => "networks-deposits-refused",
        DepositProblem::Unconfirmed => "networks-deposits-unconfirmed",
        DepositProblem::Contradicted => "networks-deposits-contradicted",
        DepositProblem::Unanswered => "networks-deposits-unanswered",
    };
    language.with(id, [("count", number)])
}

/// What to do about servers with different settings of a network.
pub fn different_settings(language: Language, difference: &SettingsDifference) -> String {
    let SettingsDifference { network, settings, servers, without } = difference;
    let (network, names) = (("network", Value::from(network.title())), servers.join(", "));
    let mut sentences = Vec::new();
    if !settings.is_empty() {
        let values =
            [network.clone(), ("servers", Value::from(&names)), ("settings", Value::from(settings.join(", ")))];
        sentences.push(language.with("networks-settings-differ", values));
    }
    if !without.is_empty() {
        let values = [
            network,
            ("servers", Value::from(&names)),
            ("count", Value::from(servers.len())),
            ("without", Value::from(without.join(", "))),
            ("lacking", Value::from(without.len())),
        ];
        sentences.push(language.with("networks-settings-lacking", values));
    }
    sentences.push(language.text("networks-settings-repair"));
    sentences.join(" ")
}

/// When deposits are credited, a sentence for each rule.
pub fn credit_rules(language: Language, rules: &[CreditRule]) -> Vec<String> {
    let sentence = |rule: &CreditRule| {
        let (after, blocks) = match rule.after {
            CreditAfter::Finalized => ("final", 0),
            CreditAfter::Safe => ("safe", 0),
            CreditAfter::Blocks(1) => ("first", 1),
            CreditAfter::Blocks(blocks) => ("blocks", blocks),
        };
        let (after, blocks) = (("after", Value::from(after)), ("blocks", Value::from(blocks)));
        match rule.up_to {
            Some(limit) => {
                let limit = ("limit", Value::from(in_currency(language, limit)));
                language.with("networks-credited-up-to", [limit, after, blocks])
            }
            None if rules.len() > 1 => language.with("networks-credited-above", [after, blocks]),
            None => language.with("networks-credited-all", [after, blocks]),
        }
    };
    rules.iter().map(sentence).collect()
}

/// What a node does instead of an answer, and what to do about it.
pub fn of_node(language: Language, problem: NodeProblem) -> String {
    match problem {
        NodeProblem::Away => language.text("networks-node-away"),
        NodeProblem::Refuses => language.text("networks-node-refuses"),
        NodeProblem::Unexpected => language.text("networks-node-unexpected"),
    }
}

fn in_words(language: Language, seconds: i64) -> String {
    match seconds {
        ..=90 => language.text("networks-time-minute"),
        91..=5_400 => language.with("networks-time-minutes", [("count", (seconds + 30) / 60)]),
        5_401..=172_800 => language.with("networks-time-hours", [("count", (seconds + 1_800) / 3_600)]),
        _ => language.with("networks-time-days", [("count", (seconds + 43_200) / 86_400)]),
    }
}
