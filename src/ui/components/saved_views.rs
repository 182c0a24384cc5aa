//! The saved views of a list, above it, and the forms that save, rename and delete them.

use super::typed_text::TypedText;
use crate::{
    domain::{
        names::Named,
        people::actor::{Actor, Permission},
        saved_views::{SavedList, SavedView},
        text::revealed,
    },
    languages::Language,
    server_fns::saved_views::{DeleteView, RenameView, SaveView},
    web::{language::language, saved_views},
};
use leptos::{prelude::*, server_fn::ServerFn};

/// The views that the actor sees, and what they may do with them. `current` is what the list shows now.
pub fn saved_views_bar(actor: &Actor, list: SavedList, views: Vec<SavedView>, current: &str) -> AnyView {
    let language = language();
    let links: Vec<AnyView> = views.iter().map(|view| link(language, view, current)).collect();
    let nav = (!links.is_empty()).then(|| {
        view! {
            <nav aria-label=language.text("components-views")>
                <ul class="chips">{links}</ul>
            </nav>
        }
    });
    let own = views.into_iter().filter(|view| view.require_changeable_by(actor).is_ok());
    let own: Vec<AnyView> = own.map(|view| change_forms(language, view, current)).collect();
    let own = (!own.is_empty()).then(|| view! { <ul class="stack">{own}</ul> });
    view! {
        <div class="saved-views">
            {nav}
            <details>
                <summary>{language.text("components-change-views")}</summary>
                {save_form(language, list, current, actor.may(Permission::ShareViews))}
                {own}
            </details>
        </div>
    }
    .into_any()
}

fn link(language: Language, view: &SavedView, current: &str) -> AnyView {
    let href = saved_views::address(view.list, &view.query);
    let here = (view.query == current).then_some("page");
    let is_shared = view.owner.is_none();
    let shared = is_shared.then(|| view! { " " <span class="hint">{language.text("components-view-shared")}</span> });
    view! {
        <li><a class="chip" href=href aria-current=here><TypedText text=view.name.clone() /> {shared}</a></li>
    }
    .into_any()
}

fn save_form(language: Language, list: SavedList, current: &str, may_share: bool) -> AnyView {
    let share = may_share.then(|| {
        view! {
            <label class="check">
                <input type="checkbox" name="shared" value="yes" />
                <span>{language.text("components-for-the-team")}</span>
            </label>
        }
    });
    view! {
        <form method="post" action=SaveView::url()>
            <input type="hidden" name="list" value=list.as_str() />
            <input type="hidden" name="query" value=current.to_owned() />
            <div class="field">
                <label for="view-name">{language.text("components-view-name")}</label>
                <input id="view-name" name="name" class="input" required=true maxlength="60" autocomplete="off" />
            </div>
            {share}
            <button class="button">{language.text("components-save")}</button>
        </form>
        <p class="hint">{language.text("components-view-keeps")}</p>
    }
    .into_any()
}

fn change_forms(language: Language, view: SavedView, current: &str) -> AnyView {
    let SavedView { id, list, name, .. } = view;
    let shown = revealed(&name);
    let named = |id: &str| language.with(id, [("view", shown.as_str())]);
    let hidden = || {
        view! {
            <input type="hidden" name="view" value=id.to_string() />
            <input type="hidden" name="list" value=list.as_str() />
            <input type="hidden" name="query" value=current.to_owned() />
        }
    };
    let (new_name, rename, delete) =
        (named("components-new-name-of"), named("components-rename-view"), named("components-delete-view"));
    view! {
        <li>
            <form method="post" action=RenameView::url()>
                {hidden()}
                <div class="field">
                    <input name="name" class="input" value=name aria-label=new_name required=true maxlength="60" autocomplete="off" />
                </div>
                <button class="button" aria-label=rename>{language.text("components-rename")}</button>
            </form>
            <form method="post" action=DeleteView::url()>
                {hidden()}
                <button class="button" aria-label=delete>{language.text("components-delete")}</button>
            </form>
        </li>
    }
    .into_any()
}
