//! What was asked of a signer that answers later, because people have to sign.

use super::transfers::signed;
use crate::store::{
    Error, Store,
    engine::{Row, Transaction},
};
use crate::{
    context::Context,
    domain::{address::network::Network, ids::RefundId, names::Named, refunds::transfer::AttemptKind},
    signer::protocol::Fees,
    values,
};

/// A request for a signature that was not answered yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SignatureRequest {
    pub transfer: RefundId,
    pub kind: AttemptKind,
    pub nonce: u64,
    pub fees: Fees,
}

const COLUMNS: &str =
    "select q.transfer_id, q.kind, q.nonce, q.gas_limit, q.max_fee_per_gas, q.max_priority_fee_per_gas";

/// What was asked with the next nonce of an account, with its transfer `t`: nothing else is signed for it until this is
/// answered.
pub(super) const AWAITED: &str = "signature_requests q join transfers t on t.id = q.transfer_id
    join senders s on s.network = t.network and s.address = t.sender and s.next_nonce = q.nonce
        and ((t.status = 'planned' and q.kind = 'payment')
            or (t.status = 'revoking' and t.revocation_nonce is null and q.kind = 'revocation'))";

impl Store {
    /// Stores what was asked, instead of what was asked for the same transfer before.
    pub async fn record_signature_request(
        &self,
        context: &Context<'_>,
        request: &SignatureRequest,
    ) -> Result<(), Error> {
        let mut transaction = self.database.begin().await?;
        let sql = "insert into signature_requests (transfer_id, kind, nonce, gas_limit, max_fee_per_gas,
                max_priority_fee_per_gas, asked_at) values ($1, $2, $3, $4, $5, $6, $7)
            on conflict (transfer_id) do update set kind = excluded.kind, nonce = excluded.nonce,
                gas_limit = excluded.gas_limit, max_fee_per_gas = excluded.max_fee_per_gas,
                max_priority_fee_per_gas = excluded.max_priority_fee_per_gas, asked_at = excluded.asked_at";
        let SignatureRequest { transfer, kind, nonce, fees } = *request;
        let values = values![
            transfer,
            kind.as_str(),
            signed(nonce),
            signed(fees.gas_limit),
            fees.max_fee_per_gas.to_string(),
            fees.max_priority_fee_per_gas.to_string(),
            context.now
        ];
        transaction.execute(sql, values).await?;
        transaction.commit().await
    }

    /// Returns what was asked for a transfer.
    pub async fn signature_request(&self, transfer: RefundId) -> Result<Option<SignatureRequest>, Error> {
        let sql = format!("{COLUMNS} from signature_requests q where q.transfer_id = $1");
        let row = self.database.snapshot().await?.optional(sql, values![transfer]).await?;
        row.as_ref().map(from_row).transpose()
    }

    /// Returns what was asked of the signer of an account with its next nonce.
    pub async fn awaited_signature(&self, network: Network, sender: &str) -> Result<Option<SignatureRequest>, Error> {
        let sql = format!(
            "{COLUMNS} from {AWAITED} where t.network = $1 and t.sender = $2
             order by q.asked_at, q.transfer_id limit 1"
        );
        let row = self.database.snapshot().await?.optional(sql, values![network, sender]).await?;
        row.as_ref().map(from_row).transpose()
    }

    /// Forgets what was asked for a transfer: it is refused.
    pub async fn forget_signature_request(&self, transfer: RefundId) -> Result<(), Error> {
        let mut transaction = self.database.begin().await?;
        forget(&mut transaction, transfer).await?;
        transaction.commit().await
    }
}

/// It is answered, or not wanted any more.
pub(super) async fn forget(transaction: &mut Transaction, transfer: RefundId) -> Result<(), Error> {
    transaction.execute("delete from signature_requests where transfer_id = $1", values![transfer]).await?;
    Ok(())
}

fn from_row(row: &Row) -> Result<SignatureRequest, Error> {
    let number = |column, number: i64| u64::try_from(number).map_err(|error| row.corrupt(column, error));
    let fee = |column| row.parse(column, |text| text.parse().ok());
    Ok(SignatureRequest {
        transfer: RefundId(row.get("transfer_id")?),
        kind: row.parse("kind", AttemptKind::parse)?,
        nonce: number("nonce", row.get("nonce")?)?,
        fees: Fees {
            gas_limit: number("gas_limit", row.get("gas_limit")?)?,
            max_fee_per_gas: fee("max_fee_per_gas")?,
            max_priority_fee_per_gas: fee("max_priority_fee_per_gas")?,
        },
    })
}
