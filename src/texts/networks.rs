//! Texts about the networks that are followed.

use crate::domain::{
    address::network::Network,
    counted::{counted, noun_for, with_commas},
    intents::credit_rule::{CreditAfter, CreditRule},
    money::Money,
    operations::{networks::NodeProblem, server_settings::SettingsDifference},
};
use chrono::Duration;

/// How far catching up has come: `20,000 of 31,000 blocks, about 4 minutes left`.
pub fn catching_up(done: i64, all: i64, elapsed: Duration) -> String {
    let blocks = format!("{} of {} {}", with_commas(done), with_commas(all), noun_for(all, "block"));
    let left = elapsed.num_seconds().checked_mul(all - done).and_then(|product| product.checked_div(done));
    match left {
        Some(seconds) if done > 0 && elapsed > Duration::zero() => {
            format!("{blocks}, about {} left", in_words(seconds))
        }
        Some(_) | None => blocks,
    }
}

/// What to do about deposits that were credited and that the network has removed.
pub fn lost_deposits(number: usize) -> String {
    let (deposits, were) = (counted(number, "deposit"), if number == 1 { "was" } else { "were" });
    format!(
        "{deposits} {were} credited and then removed by the network, and the money is spent already. An owner has to \
         decide about them on the page of payouts."
    )
}

/// What to do about servers with different settings of a network.
pub fn different_settings(difference: &SettingsDifference) -> String {
    let SettingsDifference { network, settings, servers, without } = difference;
    let the_servers = |names: &[String]| match names {
        [one] => format!("server {one} has"),
        names => format!("servers {} have", names.join(", ")),
    };
    let mut text = String::new();
    if !settings.is_empty() {
        text = format!(
            "The {} different settings of {}: {}. ",
            the_servers(servers),
            network.title(),
            settings.join(", ")
        );
    }
    if !without.is_empty() {
        let (title, with) = (network.title(), the_servers(servers));
        text.push_str(&format!("The {} no settings of {title}, and the {with} some. ", the_servers(without)));
    }
    text + "Give all of them the same file of networks and restart them: what is credited and paid depends on which of them \
            works."
}

/// Why nothing is paid on a network that removed a final block.
pub fn removed_final(network: Network, height: i64) -> String {
    format!(
        "{} removed block {height}, which it had called final, so deposits and refunds in it may be gone. Whoever runs the \
         server has to look into it first and run 'requite network resume {}'.",
        network.title(),
        network.code()
    )
}

/// A network fee that is above the limit, both in the coin in which the network takes it, and the limit as it is in the
/// settings: `0.02 ETH now, and the limit is 0.015 ETH (50.00 USD in the settings)`.
pub fn fee_above_limit(fee: Money, limit: Money, setting: Money) -> String {
    let (fee, limit) = (fee.with_coin_symbol(), limit.with_coin_symbol());
    format!("{fee} now, and the limit is {limit} ({setting} in the settings)")
}

/// When deposits are credited, a sentence for each rule.
pub fn credit_rules(rules: &[CreditRule]) -> Vec<String> {
    let sentence = |rule: &CreditRule| match rule.up_to {
        Some(limit) => format!("Up to {limit} {}.", credited(rule.after)),
        None if rules.len() > 1 => format!("Above that {}.", credited(rule.after)),
        None => format!("All amounts {}.", credited(rule.after)),
    };
    rules.iter().map(sentence).collect()
}

fn credited(after: CreditAfter) -> String {
    match after {
        CreditAfter::Finalized => "when the block is final".to_owned(),
        CreditAfter::Safe => "when the block is safe, before it is final".to_owned(),
        CreditAfter::Blocks(1) => "in the first block, before it is final".to_owned(),
        CreditAfter::Blocks(blocks) => format!("after {}, before the block is final", counted(blocks, "block")),
    }
}

/// What a node does instead of an answer, and what to do about it.
pub const fn of_node(problem: NodeProblem) -> &'static str {
    match problem {
        NodeProblem::Away => "Cannot be reached. Look whether it runs, or ask its provider.",
        NodeProblem::Refuses => "Refuses to answer. Look at the limits and the key of its provider.",
        NodeProblem::Unexpected => "Answers what makes no sense. Look whether it is a node of this network.",
    }
}

fn in_words(seconds: i64) -> String {
    let (number, unit) = match seconds {
        ..=90 => return "a minute".to_owned(),
        91..=5_400 => ((seconds + 30) / 60, "minutes"),
        5_401..=172_800 => ((seconds + 1_800) / 3_600, "hours"),
        _ => ((seconds + 43_200) / 86_400, "days"),
    };
    format!("{number} {unit}")
}
