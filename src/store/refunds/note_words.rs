//! The words by which the note of a refund is found.

use crate::store::{Error, unit_of_work::UnitOfWork};
use crate::{
    domain::{ids::RefundId, refunds::new_refund::NewRefund, search::words_of},
    values,
};

/// Stores the words of a new refund's note, and of the reason why a warning was overridden, in one statement.
pub(super) async fn insert(work: &mut UnitOfWork<'_>, id: RefundId, new: &NewRefund) -> Result<(), Error> {
    let reason = new.override_reason.as_ref().map(|reason| reason.text.as_str());
    let text = [new.note.as_deref(), reason].map(Option::unwrap_or_default).join(" ");
    let words = words_of(&text);
    if words.is_empty() {
        return Ok(());
    }
    let mut values = values![id, work.merchant(), work.context.now];
    let rows: Vec<_> = (0..words.len()).map(|index| format!("($1, ${}, $2, $3)", index + 4)).collect();
    values.extend(words.iter().map(|word| word.into()));
    let sql = format!("insert into note_words (refund_id, word, merchant_id, created_at) values {}", rows.join(", "));
    work.transaction.execute(sql, values).await?;
    Ok(())
}
