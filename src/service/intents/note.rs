//! Notes of members of the team about a payment intent.

use crate::{
    context::Context,
    domain::{
        error::{DomainError, ErrorCode, Field},
        ids::{NoteId, PaymentIntentId, UserId},
        people::actor::{Actor, Permission},
        text::parse_note,
    },
    error::Error,
    store::Store,
};

/// Who may write notes: a person who may make refunds. Pages offer the form to nobody else.
pub fn require_author(actor: &Actor) -> Result<UserId, DomainError> {
    actor.require(Permission::Refund)?;
    actor.user().ok_or_else(|| DomainError::new(ErrorCode::Forbidden, "error-notes-by-people"))
}

/// Adds a note for colleagues. `id` is made with the form, so that a form that is sent twice adds one note.
pub async fn add(
    store: &Store,
    context: &Context<'_>,
    actor: &Actor,
    intent: PaymentIntentId,
    id: NoteId,
    text: &str,
) -> Result<(), Error> {
    let author = require_author(actor)?;
    let text = parse_note(text, Field::Note)?.ok_or_else(|| DomainError::required(Field::Note))?;
    Ok(store.add_note(context, actor, author, intent, (id, &text)).await?)
}
