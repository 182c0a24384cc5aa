//! What members of the team write about a payment intent for each other.

use super::load;
use crate::store::{Error, Store, engine::Row, records::Change, unit_of_work::UnitOfWork};
use crate::{
    context::Context,
    domain::{
        ids::{NoteId, PaymentIntentId, UserId},
        people::actor::Actor,
        search::words_of,
    },
    values,
};
use chrono::{DateTime, Utc};
use serde_json::json;

/// A note of one member of the team for the others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    pub id: NoteId,
    /// The name of the author.
    pub author: String,
    pub text: String,
    pub created_at: DateTime<Utc>,
}

/// The action in the audit log.
pub(in crate::store) const NOTE_ADDED: &str = "note.added";

pub(in crate::store) const COLUMNS: &str = "select n.id, n.text, n.created_at, u.name as author
    from intent_notes n join users u on u.id = n.author_id";

impl Store {
    /// Adds a note to an intent of the merchant. A form that is sent twice has one id, and adds one note. The audit log says
    /// who has written about what, not the text.
    pub async fn add_note(
        &self,
        context: &Context<'_>,
        actor: &Actor,
        author: UserId,
        intent: PaymentIntentId,
        (id, text): (NoteId, &str),
    ) -> Result<(), Error> {
        let mut work = self.begin(context, actor).await?;
        let intent = load(&mut work.transaction, actor.merchant(), intent, "").await?.id;
        let sql = "insert into intent_notes (id, intent_id, author_id, text, created_at) values ($1, $2, $3, $4, $5)
            on conflict do nothing";
        if work.transaction.execute(sql, values![id, intent, author, text, context.now]).await? == 0 {
            return Ok(());
        }
        insert_words(&mut work, intent, (id, text)).await?;
        let change = Change { action: NOTE_ADDED, subject: intent.0, detail: json!({ "note": id.to_string() }) };
        work.audit(change).await?;
        work.commit().await
    }
}

/// Stores the words by which the note is found, in one statement.
async fn insert_words(
    work: &mut UnitOfWork<'_>,
    intent: PaymentIntentId,
    (note, text): (NoteId, &str),
) -> Result<(), Error> {
    let words = words_of(text);
    if words.is_empty() {
        return Ok(());
    }
    let mut values = values![note, work.merchant(), work.context.now, intent];
    let rows: Vec<_> = (0..words.len()).map(|index| format!("($1, ${}, $2, $3, $4)", index + 5)).collect();
    values.extend(words.iter().map(|word| word.into()));
    let sql = format!(
        "insert into intent_note_words (note_id, word, merchant_id, created_at, intent_id) values {}",
        rows.join(", ")
    );
    work.transaction.execute(sql, values).await?;
    Ok(())
}

pub(in crate::store) fn from_row(row: &Row) -> Result<Note, Error> {
    Ok(Note {
        id: NoteId(row.get("id")?),
        author: row.get("author")?,
        text: row.get("text")?,
        created_at: row.get("created_at")?,
    })
}
