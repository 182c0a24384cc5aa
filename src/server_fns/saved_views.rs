//! Saved views of lists.

use crate::domain::error::DomainError;
use leptos::prelude::*;

/// Saves the filters, the order and the columns of a list, which are in `query` as in its address. `shared` is `yes` for a
/// view that the whole team sees.
#[server(prefix = "/do", endpoint = "views/save")]
pub async fn save_view(
    list: String,
    name: String,
    #[server(default)] query: String,
    #[server(default)] shared: String,
) -> Result<(), DomainError> {
    use crate::{
        domain::{
            names::Named,
            saved_views::{NewSavedView, SavedList},
        },
        service::saved_views,
        texts::success::Success,
        web::{forms, paths, saved_views as addresses},
    };
    let Some(list) = SavedList::parse(&list) else {
        return forms::answer(paths::OVERVIEW, Err(DomainError::not_found("error-unknown-list").into()));
    };
    let query = addresses::parse(list, &query);
    let (back, after) =
        (addresses::address(list, &query.text), addresses::address_after(list, &query.text, Success::ViewSaved));
    let done = async {
        let (requite, actor) = forms::caller()?;
        let new = NewSavedView::parse(list, &name, query, shared == "yes")?;
        saved_views::save(&requite.store, &requite.context(), &actor, &new).await?;
        Ok(after)
    };
    forms::answer(&back, done.await)
}

/// Gives a view another name. `list` and `query` are what the page shows now.
#[server(prefix = "/do", endpoint = "views/rename")]
pub async fn rename_view(
    view: String,
    list: String,
    name: String,
    #[server(default)] query: String,
) -> Result<(), DomainError> {
    use crate::{service::saved_views, texts::success::Success, web::forms};
    forms::act_on_saved_view(
        &view,
        (list.as_str(), query.as_str()),
        Success::ViewRenamed,
        async |requite, actor, id| saved_views::rename(&requite.store, &requite.context(), &actor, id, &name).await,
    )
    .await
}

#[server(prefix = "/do", endpoint = "views/delete")]
pub async fn delete_view(view: String, list: String, #[server(default)] query: String) -> Result<(), DomainError> {
    use crate::{service::saved_views, texts::success::Success, web::forms};
    forms::act_on_saved_view(
        &view,
        (list.as_str(), query.as_str()),
        Success::ViewDeleted,
        async |requite, actor, id| saved_views::delete(&requite.store, &requite.context(), &actor, id).await,
    )
    .await
}
