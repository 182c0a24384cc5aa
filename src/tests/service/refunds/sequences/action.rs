//! The random actions and how often each is chosen.

use proptest::prelude::*;

#[derive(Clone, Debug)]
pub enum Action {
    Pay {
        intent: usize,
        part: u32,
        status: u8,
    },
    Finish {
        payment: usize,
        paid: bool,
    },
    Refund {
        intent: usize,
        how_much: HowMuch,
        coin: usize,
        funding: usize,
        to: u8,
        customer_pays: bool,
        quoted: bool,
        asked: bool,
    },
    RefundAgain {
        refund: usize,
    },
    Answer {
        refund: usize,
        confirmed: bool,
    },
    Approve {
        refund: usize,
    },
    TurnDown {
        refund: usize,
        stop: bool,
    },
    LateEnding {
        refund: usize,
        completed: bool,
    },
    Policy {
        approval_from: u32,
        wait: bool,
    },
    Wait {
        seconds: i64,
    },
    Work,
    Restart,
}

/// How the amount of a refund is specified.
#[derive(Clone, Copy, Debug)]
pub enum HowMuch {
    /// A percentage of what is left, plus a number of smallest units.
    Coins { part: u32, units: i64 },
    /// A percentage of the order's price.
    OfPrice { part: u32 },
    /// The overpaid amount.
    Overpaid,
}

pub fn how_much() -> impl Strategy<Value = HowMuch> {
    prop_oneof![
        5 => (1_u32..110, 0_i64..1000).prop_map(|(part, units)| HowMuch::Coins { part, units }),
        3 => (1_u32..110).prop_map(|part| HowMuch::OfPrice { part }),
        3 => Just(HowMuch::Overpaid),
    ]
}

pub fn action() -> impl Strategy<Value = Action> {
    // A multiple of six, so that each of the six intents is equally likely.
    let any_index = 0_usize..12;
    prop_oneof![
        3 => (any_index.clone(), 1_u32..130, 0_u8..4).prop_map(|(intent, part, status)| Action::Pay { intent, part, status }),
        1 => (any_index.clone(), any::<bool>()).prop_map(|(payment, paid)| Action::Finish { payment, paid }),
        8 => (any_index.clone(), how_much(), 0_usize..8, 0_usize..4, 0_u8..5, any::<bool>(), any::<bool>(), any::<bool>()).prop_map(
            |(intent, how_much, coin, funding, to, customer_pays, quoted, asked)| {
                Action::Refund { intent, how_much, coin, funding, to, customer_pays, quoted, asked }
            }
        ),
        1 => any_index.clone().prop_map(|refund| Action::RefundAgain { refund }),
        6 => (any_index.clone(), 0_u8..5).prop_map(|(refund, word)| Action::Answer { refund, confirmed: word > 0 }),
        3 => any_index.clone().prop_map(|refund| Action::Approve { refund }),
        3 => (any_index.clone(), any::<bool>()).prop_map(|(refund, stop)| Action::TurnDown { refund, stop }),
        2 => (any_index, any::<bool>()).prop_map(|(refund, completed)| Action::LateEnding { refund, completed }),
        1 => (0_u32..3, any::<bool>()).prop_map(|(approval_from, wait)| Action::Policy { approval_from, wait }),
        3 => (1_i64..4_000).prop_map(|seconds| Action::Wait { seconds }),
        5 => Just(Action::Work),
        1 => Just(Action::Restart),
    ]
}
