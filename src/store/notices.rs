//! What owners are told by mail once, until it is over. A notice is opened in the transaction of the change that it is
//! about.

use super::{
    Error, Store,
    engine::{Row, Transaction},
    mail,
};
use crate::{
    context::Context,
    domain::{
        address::network::Network,
        error::ErrorText,
        ids::NoticeId,
        mail::MailKind,
        names::Named,
        operations::notice::{Notice, NoticeKind, SAME_WITHIN},
    },
    values,
};

const COLUMNS: &str = "select id, network, kind, subject, detail, opened_at, cleared_at from notices";
/// How many are shown. There is at most one for each account, coin and kind.
const SHOWN: u32 = 100;

/// What a notice is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NoticeKey<'a> {
    pub network: Network,
    pub kind: NoticeKind,
    pub subject: &'a str,
}

impl Store {
    /// Returns the notices that last, the oldest first.
    pub async fn open_notices(&self) -> Result<Vec<Notice>, Error> {
        let sql = format!("{COLUMNS} where cleared_at is null order by opened_at, id limit {SHOWN}");
        self.database.snapshot().await?.all(sql, vec![]).await?.iter().map(from_row).collect()
    }

    /// Returns one notice.
    pub async fn notice(&self, id: NoticeId) -> Result<Option<Notice>, Error> {
        let row = self.database.snapshot().await?.optional(format!("{COLUMNS} where id = $1"), values![id]).await?;
        row.as_ref().map(from_row).transpose()
    }

    /// Opens a notice with its text, or with `None` ends it. Owners get one mail when it is opened.
    pub async fn set_notice(
        &self,
        context: &Context<'_>,
        key: NoticeKey<'_>,
        detail: Option<&ErrorText>,
    ) -> Result<(), Error> {
        let mut transaction = self.database.begin().await?;
        match detail {
            Some(detail) => open(&mut transaction, context, key, detail).await?,
            None => clear(&mut transaction, context, key).await?,
        }
        transaction.commit().await
    }
}

/// Opens a notice and enqueues its mails. One that was ended a short time ago goes on without another mail.
pub(in crate::store) async fn open(
    transaction: &mut Transaction,
    context: &Context<'_>,
    key: NoticeKey<'_>,
    detail: &ErrorText,
) -> Result<(), Error> {
    let NoticeKey { network, kind, subject } = key;
    let detail = detail.stored();
    let sql = "select id, cleared_at from notices where network = $1 and kind = $2 and subject = $3
        and (cleared_at is null or cleared_at > $4) order by opened_at desc limit 1";
    let values = values![network, kind.as_str(), subject, context.now - SAME_WITHIN];
    if let Some(known) = transaction.optional(sql, values).await? {
        let sql = "update notices set cleared_at = null, detail = $1 where id = $2 and cleared_at is not null";
        transaction.execute(sql, values![detail, known.get::<uuid::Uuid>("id")?]).await?;
        return Ok(());
    }
    let id = NoticeId(context.id());
    let sql = "insert into notices (id, network, kind, subject, detail, opened_at) values ($1, $2, $3, $4, $5, $6)
        on conflict do nothing";
    let values = values![id, network, kind.as_str(), subject, detail, context.now];
    if transaction.execute(sql, values).await? == 1 {
        mail::add_for_all_owners(transaction, context, MailKind::Notice, id.0).await?;
    }
    Ok(())
}

/// Ends a notice, if there is one.
pub(in crate::store) async fn clear(
    transaction: &mut Transaction,
    context: &Context<'_>,
    key: NoticeKey<'_>,
) -> Result<(), Error> {
    let NoticeKey { network, kind, subject } = key;
    let sql = "update notices set cleared_at = $1
        where network = $2 and kind = $3 and subject = $4 and cleared_at is null";
    transaction.execute(sql, values![context.now, network, kind.as_str(), subject]).await?;
    Ok(())
}

fn from_row(row: &Row) -> Result<Notice, Error> {
    Ok(Notice {
        id: NoticeId(row.get("id")?),
        network: row.parse("network", |code| Network::parse(code).ok())?,
        kind: row.parse("kind", NoticeKind::parse)?,
        subject: row.get("subject")?,
        detail: ErrorText::of_stored(&row.get::<String>("detail")?),
        opened_at: row.get("opened_at")?,
        cleared_at: row.get("cleared_at")?,
    })
}
