//! Deposits that are not credited although their time has come, or that the nodes deny.

use super::deposits::{
    COLUMNS, ChainDeposit, CoinProof, DepositStage, SeenTransfer, StepOutcome, fail_payment, from_row, set_stage,
};
use crate::store::{Error, Store};
use crate::{
    context::Context,
    domain::{
        address::network::Network,
        intents::payment::{NATIVE_POSITION, PaymentStatus},
        money::Money,
        names::Named,
        operations::networks::DepositProblem,
    },
    values,
};

/// How many of those that the nodes deny are read together.
const DENIED: u32 = 1_000;

impl Store {
    /// Notes why a transfer is not credited, or that nothing is in its way any more. Does nothing if that has changed since
    /// it was read.
    pub async fn note_deposit_problem(
        &self,
        found: &ChainDeposit,
        problem: Option<DepositProblem>,
    ) -> Result<(), Error> {
        let mut transaction = self.database.begin().await?;
        let sql = "update chain_deposits set problem = $1
            where id = $2 and block_hash = $3 and (problem = $4 or problem is null and $4 is null)";
        let (problem, before) = (problem.map(DepositProblem::as_str), found.problem.map(DepositProblem::as_str));
        transaction.execute(sql, values![problem, found.id, &found.transfer.block.hash, before]).await?;
        transaction.commit().await
    }

    /// Notes by what nodes have confirmed coin that a contract sent, in the block where it was when it was read.
    pub async fn note_coin_proof(&self, found: &ChainDeposit, proof: CoinProof) -> Result<(), Error> {
        let mut transaction = self.database.begin().await?;
        let sql = "update chain_deposits set coin_proof = $1 where id = $2 and block_hash = $3";
        transaction.execute(sql, values![proof.as_str(), found.id, &found.transfer.block.hash]).await?;
        transaction.commit().await
    }

    /// Puts a transfer aside that the nodes deny together: its pending payment has failed, and one that was credited before
    /// is in no block again. What is in its block has to be read again.
    pub async fn deny_deposit(&self, context: &Context<'_>, found: &ChainDeposit) -> Result<StepOutcome, Error> {
        let Some((mut work, intent)) = self.lock_deposit(context, found).await? else {
            return Ok(StepOutcome::Changed);
        };
        let stage = match (found.stage, found.status) {
            (DepositStage::Lost, _) => DepositStage::Lost,
            (_, Some(PaymentStatus::Paid)) => DepositStage::Reorged,
            (_, Some(PaymentStatus::Pending | PaymentStatus::Failed) | None) => DepositStage::Dropped,
        };
        set_stage(&mut work, found.id, stage).await?;
        let sql = "update chain_deposits set problem = $1 where id = $2";
        work.transaction.execute(sql, values![DepositProblem::Contradicted.as_str(), found.id]).await?;
        if stage == DepositStage::Dropped {
            fail_payment(&mut work, intent, found).await?;
        }
        work.commit().await?;
        Ok(StepOutcome::Done)
    }

    /// The transfers that the nodes have denied, and whose blocks were not read again yet.
    pub async fn denied_deposits(&self, network: Network) -> Result<Vec<ChainDeposit>, Error> {
        let sql = format!(
            "{COLUMNS} where d.network = $1 and d.problem = 'contradicted' order by d.block_height, d.id limit {DENIED}"
        );
        self.database.snapshot().await?.all(sql, values![network]).await?.iter().map(from_row).collect()
    }

    /// How many deposits of each network are not credited although their time has come, and why.
    pub async fn deposit_problems(&self) -> Result<Vec<(Network, DepositProblem, usize)>, Error> {
        let sql = "select network, problem, count(*) as number from chain_deposits where problem is not null
            group by network, problem order by network, problem";
        let rows = self.database.snapshot().await?.all(sql, vec![]).await?;
        rows.iter()
            .map(|row| {
                let network = row.parse("network", |code| Network::parse(code).ok())?;
                let number = usize::try_from(row.get::<i64>("number")?).unwrap_or(usize::MAX);
                Ok((network, row.parse("problem", DepositProblem::parse)?, number))
            })
            .collect()
    }

    /// The other deposits of the same coin to the same address that contracts are said to have sent in the same block.
    pub async fn others_inside(&self, network: Network, seen: &SeenTransfer) -> Result<Vec<Money>, Error> {
        let sql = "select d.amount from chain_deposits d
            where d.network = $1 and d.address = $2 and d.block_hash = $3 and d.currency = $4 and d.position > $5
            and not (d.transaction_hash = $6 and d.position = $7)
            and (d.stage in ('seen', 'credited', 'final') or d.stage = 'lost' and d.is_back = 1)";
        let SeenTransfer { transaction_hash, position, address, amount, block, .. } = seen;
        let (currency, coin, position) = (amount.currency(), i64::from(NATIVE_POSITION), i64::from(*position));
        let values = values![network, address, &block.hash, currency, coin, transaction_hash, position];
        let rows = self.database.snapshot().await?.all(sql, values).await?;
        rows.iter().map(|row| Ok(Money::new(row.get("amount")?, currency)?)).collect()
    }
}
