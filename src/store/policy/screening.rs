//! Deny lists, and the screening results of refunds.

use crate::store::{Error, Store, engine::Transaction, records::Change};
use crate::{
    context::Context,
    domain::{
        counted::counted,
        error::{DomainError, ErrorCode},
        ids::{MerchantId, RefundId},
        names::Named,
        policy::screening::{DenyListFile, ScreeningRecord, ScreeningResult, ScreeningStage},
    },
    values,
};
use serde_json::json;
use uuid::Uuid;

/// Number of entries written per statement.
const BATCH: usize = 200;

/// Selects the list in use: the one with the latest date, and among those the one imported last.
const NEWEST: &str =
    "select id, name, version, dated, entries from deny_lists order by dated desc, imported_at desc, id desc limit 1";

impl Store {
    /// Imports a deny list, which is in use from now on. A list older than the one in use is refused, because it would
    /// silently clear addresses. The import is recorded in every merchant's audit log. Returns the number of addresses.
    pub async fn import_deny_list(&self, context: &Context<'_>, file: &DenyListFile) -> Result<usize, Error> {
        let mut batch = self.begin_batch(context).await?;
        let dated = file.date.to_string();
        if let Some(row) = batch.transaction().optional(NEWEST, vec![]).await?
            && row.get::<String>("dated")? > dated
        {
            let newest: String = row.get("dated")?;
            let error = DomainError::new(ErrorCode::DenyListOlder, "error-deny-list-older");
            return Err(error.with("newest", newest).with("dated", dated).into());
        }
        let (id, entries) = (context.id(), file.entries());
        let number = i64::try_from(entries.len()).unwrap_or(i64::MAX);
        batch
            .transaction()
            .execute(
                "insert into deny_lists (id, name, version, dated, imported_at, entries) values ($1, $2, $3, $4, $5, $6)",
                values![id, file.name.trim(), file.version.trim(), &dated, context.now, number],
            )
            .await?;
        let all: Vec<_> = entries.iter().collect();
        for chunk in all.chunks(BATCH) {
            let rows = (0..chunk.len()).map(|n| format!("($1, ${}, ${})", 2 * n + 2, 2 * n + 3)).collect::<Vec<_>>();
            let mut values = values![id];
            values.extend(chunk.iter().flat_map(|(address, reason)| values![address.as_str(), reason.as_str()]));
            let sql = format!("insert into deny_list_entries (list_id, address, reason) values {}", rows.join(", "));
            batch.transaction().execute(sql, values).await?;
        }
        let merchants = batch.transaction().all("select id from merchants order by id", vec![]).await?;
        for row in merchants {
            let merchant = MerchantId(row.get("id")?);
            let detail = json!({ "name": file.name, "version": file.version, "date": dated, "addresses": number });
            let change = Change { action: "deny_list.imported", subject: id, detail };
            batch.for_merchant(merchant).record(change).await?;
        }
        batch.commit().await?;
        Ok(entries.len())
    }

    /// Describes the list in use, or returns `None` if none was imported.
    pub async fn deny_list_in_use(&self) -> Result<Option<String>, Error> {
        let row = self.database.snapshot().await?.optional(NEWEST, vec![]).await?;
        row.map(|row| {
            let (name, version): (String, String) = (row.get("name")?, row.get("version")?);
            let (dated, entries): (String, i64) = (row.get("dated")?, row.get("entries")?);
            Ok(format!("{name} {version} of {dated}, {}", counted(entries, "address")))
        })
        .transpose()
    }

    /// Checks an address, and the account it belongs to (`holder`), against the list in use.
    pub async fn look_up_denied(&self, address: &str, holder: &str) -> Result<ScreeningResult, Error> {
        let mut snapshot = self.database.snapshot().await?;
        let Some(list) = snapshot.optional(NEWEST, vec![]).await? else { return Ok(ScreeningResult::without_list()) };
        let hit = snapshot
            .optional(
                "select reason from deny_list_entries where list_id = $1 and address in ($2, $3) limit 1",
                values![list.get::<Uuid>("id")?, address, holder],
            )
            .await?;
        let hit = hit.map(|row| row.get("reason")).transpose()?;
        Ok(ScreeningResult { list: list.get("name")?, version: list.get("version")?, hit })
    }

    /// Records the screening made right before a payout.
    pub async fn record_payout_screening(
        &self,
        context: &Context<'_>,
        id: RefundId,
        screened: &ScreeningResult,
    ) -> Result<(), Error> {
        let mut transaction = self.database.begin().await?;
        insert(&mut transaction, context, id, ScreeningStage::Payout, screened).await?;
        transaction.commit().await
    }

    /// Returns a refund's screenings, oldest first.
    pub async fn screenings(&self, merchant: MerchantId, id: RefundId) -> Result<Vec<ScreeningRecord>, Error> {
        let rows = self
            .database
            .snapshot()
            .await?
            .all(
                "select s.stage, s.list, s.version, s.hit, s.at from refund_screenings s join refunds r on r.id = s.refund_id
                 where r.merchant_id = $1 and s.refund_id = $2 order by s.seq",
                values![merchant, id],
            )
            .await?;
        rows.iter()
            .map(|row| {
                let screened =
                    ScreeningResult { list: row.get("list")?, version: row.get("version")?, hit: row.get("hit")? };
                Ok(ScreeningRecord { stage: row.parse("stage", ScreeningStage::parse)?, screened, at: row.get("at")? })
            })
            .collect()
    }
}

/// Records a screening of a refund's address, in the caller's transaction.
pub(in crate::store) async fn insert(
    transaction: &mut Transaction,
    context: &Context<'_>,
    id: RefundId,
    stage: ScreeningStage,
    screened: &ScreeningResult,
) -> Result<(), Error> {
    transaction
        .execute(
            "insert into refund_screenings (refund_id, seq, stage, list, version, hit, at)
             select $1, count(*), $2, $3, $4, $5, $6 from refund_screenings where refund_id = $7",
            values![id, stage.as_str(), &screened.list, &screened.version, &screened.hit, context.now, id],
        )
        .await?;
    Ok(())
}
