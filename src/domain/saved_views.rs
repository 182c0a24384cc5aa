//! Views of the console's lists that people save under a name: filters, order and columns.

use super::{
    error::{DomainError, ErrorCode, Field},
    ids::{SavedViewId, UserId},
    people::actor::{Actor, Permission},
    text::{self, Lines},
};
use strum::{IntoStaticStr, VariantArray};

/// Maximum length of a name.
const NAME_MAX: usize = 60;
/// Maximum length of the filters, order and columns of a list as they are in its address. Addresses of several thousand
/// characters do not work everywhere.
const QUERY_MAX: usize = 2_000;
/// How many views one person has, and how many a team shares.
pub const SAVED_VIEWS_MAX: u32 = 50;

/// A list whose views can be saved.
#[derive(Clone, Copy, Debug, PartialEq, Eq, IntoStaticStr, VariantArray)]
// The names in the database and in forms.
#[strum(serialize_all = "snake_case")]
pub enum SavedList {
    PaymentIntents,
    Refunds,
    UnsupportedFunds,
    ApiLog,
    Audit,
    WebhookDeliveries,
    Mails,
}

/// A view as its list shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SavedView {
    pub id: SavedViewId,
    pub list: SavedList,
    /// Whose it is; `None` if the team shares it.
    pub owner: Option<UserId>,
    pub name: String,
    /// As in the address of the list.
    pub query: String,
}

impl SavedView {
    /// Rejects somebody who may not rename or delete it. A view of somebody else does not exist for them.
    pub fn require_changeable_by(&self, actor: &Actor) -> Result<(), DomainError> {
        match self.owner {
            None => actor.require(Permission::ShareViews),
            owner if owner == actor.user() => Ok(()),
            Some(_) => Err(DomainError::not_found("error-unknown-saved-view")),
        }
    }
}

/// What a view shows, read from the address of its list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ViewQuery {
    /// Without anything that the list does not know.
    pub text: String,
    /// Whether somebody's own words are among the filters.
    pub has_words: bool,
    /// Whether each filter can be applied. What cannot could be anything, such as words in the wrong field.
    pub is_understood: bool,
}

/// A valid new view.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewSavedView {
    pub list: SavedList,
    pub name: String,
    pub query: String,
    pub is_shared: bool,
}

impl NewSavedView {
    /// Words that were searched for can be the e-mail address of a customer, which not everybody in the team may see.
    pub fn parse(list: SavedList, name: &str, query: ViewQuery, is_shared: bool) -> Result<Self, DomainError> {
        let name = parse_name(name)?;
        if query.text.len() > QUERY_MAX {
            return Err(DomainError::new(ErrorCode::TextInvalid, "error-view-too-long"));
        }
        if is_shared && query.has_words {
            let message = "error-view-searches";
            return Err(DomainError::new(ErrorCode::FilterInvalid, message));
        }
        if is_shared && !query.is_understood {
            let message = "error-view-not-understood";
            return Err(DomainError::new(ErrorCode::FilterInvalid, message));
        }
        Ok(Self { list, name, query: query.text, is_shared })
    }
}

/// The name of a view.
pub fn parse_name(name: &str) -> Result<String, DomainError> {
    let name = text::parse(name, Lines::One, NAME_MAX).map_err(|error| DomainError::from(error).on(Field::Name))?;
    name.ok_or_else(|| DomainError::required(Field::Name))
}
