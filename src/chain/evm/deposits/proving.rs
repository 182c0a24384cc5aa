//! Coin that contracts sent is compared with what the nodes say of it as soon as it is seen.

use super::{
    Follower, StepError, Watch,
    booking::deny,
    due::{Due, TOGETHER, numbered},
    inside::{Inside, look},
    step_lease::Until,
};
use crate::{chain::evm::scan::COIN, context::Context, store::chain::deposits::ChainDeposit};
use futures::future::join_all;
use std::collections::{HashMap, HashSet};
use uuid::Uuid;

/// How often the nodes are asked about one in consecutive steps. Then after twice as many steps each time.
const AT_FIRST: u32 = 5;
/// After how many steps at most, as a power of two: many nodes have the states of the newest blocks only.
const LONGEST: u32 = 6;

/// The deposits about which the nodes could not tell.
#[derive(Debug, Default)]
pub(super) struct Unproven(HashMap<Uuid, InVain>);

#[derive(Debug)]
struct InVain {
    /// The hash of the block in which it was.
    block: String,
    times: u32,
    /// The step in which they are asked again.
    again: usize,
}

impl Unproven {
    fn is_due(&self, found: &ChainDeposit, step: usize) -> bool {
        self.of(found).is_none_or(|before| before.again <= step)
    }

    fn of(&self, found: &ChainDeposit) -> Option<&InVain> {
        self.0.get(&found.id).filter(|before| before.block == found.transfer.block.hash)
    }

    fn note(&mut self, found: &ChainDeposit, step: usize) {
        let times = self.of(found).map_or(0, |before| before.times).saturating_add(1);
        let again = step.saturating_add(1_usize << times.saturating_sub(AT_FIRST).min(LONGEST));
        let block = found.transfer.block.hash.clone();
        self.0.insert(found.id, InVain { block, times, again });
    }

    fn keep(&mut self, unproven: &[&ChainDeposit]) {
        if !self.0.is_empty() {
            let ids: HashSet<_> = unproven.iter().map(|found| found.id).collect();
            self.0.retain(|id, _| ids.contains(id));
        }
    }
}

impl Follower {
    /// Compares coin that contracts sent with what the nodes say of it, the newest first and as soon as it is seen: many
    /// nodes have the states of the newest blocks only. Returns whether anything is known now.
    pub(super) async fn prove(
        &mut self,
        watch: Watch<'_>,
        context: &Context<'_>,
        until: Until<'_>,
        due: &Due<'_>,
        open: &[ChainDeposit],
    ) -> Result<bool, StepError> {
        let mut any = false;
        if watch.connection.nodes.all().len() == 1 || until.has_passed() {
            return Ok(any);
        }
        let is_unproven = |found: &&ChainDeposit| {
            found.is_seen() && found.transfer.position > COIN && found.proof.is_none() && !due.is_dust(found)
        };
        let unproven: Vec<_> = open.iter().rev().filter(is_unproven).collect();
        self.unproven.keep(&unproven);
        let mut unproven = numbered(unproven.into_iter().filter(|found| self.unproven.is_due(found, self.number)));
        unproven.sort_by_key(|(number, _)| *number);
        unproven.truncate(TOGETHER);
        let mut looking = Vec::with_capacity(unproven.len());
        for (_, found) in &unproven {
            looking.push(look(watch, &found.transfer));
        }
        for ((_, found), inside) in unproven.iter().zip(join_all(looking).await) {
            match inside? {
                Inside::Proven(proof) => watch.store.note_coin_proof(found, proof).await?,
                Inside::Denied => drop(deny(watch, context, found).await?),
                Inside::Unknown => {
                    self.unproven.note(found, self.number);
                    continue;
                }
            }
            any = true;
        }
        Ok(any)
    }
}
