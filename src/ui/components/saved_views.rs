//! The saved views of a list, above it, and the forms that save, rename and delete them.

use super::typed_text::TypedText;
use crate::{
    domain::{
        names::Named,
        people::actor::{Actor, Permission},
        saved_views::{SavedList, SavedView},
        text::revealed,
    },
    server_fns::saved_views::{DeleteView, RenameView, SaveView},
    web::saved_views,
};
use leptos::{prelude::*, server_fn::ServerFn};

/// The views that the actor sees, and what they may do with them. `current` is what the list shows now.
pub fn saved_views_bar(actor: &Actor, list: SavedList, views: Vec<SavedView>, current: &str) -> AnyView {
    let links: Vec<AnyView> = views.iter().map(|view| link(view, current)).collect();
    let nav = (!links.is_empty()).then(|| {
        view! {
            <nav aria-label="Saved views">
                <ul class="chips">{links}</ul>
            </nav>
        }
    });
    let own = views.into_iter().filter(|view| view.require_changeable_by(actor).is_ok());
    let own: Vec<AnyView> = own.map(|view| change_forms(view, current)).collect();
    let own = (!own.is_empty()).then(|| view! { <ul class="stack">{own}</ul> });
    view! {
        <div class="saved-views">
            {nav}
            <details>
                <summary>"Save or change views"</summary>
                {save_form(list, current, actor.may(Permission::ShareViews))}
                {own}
            </details>
        </div>
    }
    .into_any()
}

fn link(view: &SavedView, current: &str) -> AnyView {
    let href = saved_views::address(view.list, &view.query);
    let here = (view.query == current).then_some("page");
    let shared = view.owner.is_none().then(|| view! { <span class="hint">" (shared)"</span> });
    view! {
        <li><a class="chip" href=href aria-current=here><TypedText text=view.name.clone() /> {shared}</a></li>
    }
    .into_any()
}

fn save_form(list: SavedList, current: &str, may_share: bool) -> AnyView {
    let share = may_share.then(|| {
        view! {
            <label class="check">
                <input type="checkbox" name="shared" value="yes" />
                <span>"For the whole team"</span>
            </label>
        }
    });
    view! {
        <form method="post" action=SaveView::url()>
            <input type="hidden" name="list" value=list.as_str() />
            <input type="hidden" name="query" value=current.to_owned() />
            <div class="field">
                <label for="view-name">"Name of the view"</label>
                <input id="view-name" name="name" class="input" required=true maxlength="60" autocomplete="off" />
            </div>
            {share}
            <button class="button">"Save"</button>
        </form>
        <p class="hint">"A view keeps the filters, the order and the columns that the list has now."</p>
    }
    .into_any()
}

fn change_forms(view: SavedView, current: &str) -> AnyView {
    let SavedView { id, list, name, .. } = view;
    let shown = revealed(&name);
    let hidden = || {
        view! {
            <input type="hidden" name="view" value=id.to_string() />
            <input type="hidden" name="list" value=list.as_str() />
            <input type="hidden" name="query" value=current.to_owned() />
        }
    };
    let (new_name, rename, delete) =
        (format!("New name of {shown}"), format!("Rename {shown}"), format!("Delete {shown}"));
    view! {
        <li>
            <form method="post" action=RenameView::url()>
                {hidden()}
                <div class="field">
                    <input name="name" class="input" value=name aria-label=new_name required=true maxlength="60" autocomplete="off" />
                </div>
                <button class="button" aria-label=rename>"Rename"</button>
            </form>
            <form method="post" action=DeleteView::url()>
                {hidden()}
                <button class="button" aria-label=delete>"Delete"</button>
            </form>
        </li>
    }
    .into_any()
}
