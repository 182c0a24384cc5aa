//! Every route of the running server: who may call it, whether it requires a second factor, and what protects it
//! against forged requests. The rows of the REST API are made from the types of its handlers; all other rows are in
//! `console`.
//!
//! The rows are exactly the routes of the running server. docs/routes.md shows them, and `access` proves each
//! row. The scope of each REST route is proven in `api::openapi::access`.

mod access;
mod console;
mod masked;

use crate::support::{Engine, TestApp};
use axum::Router;
use requite::{
    api::{input::access::AccessRequirement, routes::routes},
    domain::{
        ids::{MerchantId, UserId},
        people::actor::{Actor, Permission, Role},
    },
    wire::circle::notification::CONFIRMATION_PATH,
};
use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::{Debug, Write},
    fs,
};
use uuid::Uuid;

#[derive(Clone, Copy, Debug)]
enum Caller {
    Everybody,
    /// Somebody whose password was right and whose code is still missing.
    AfterPassword,
    /// Anybody who has the link, which cannot be guessed.
    Link,
    /// A program with a key that has this scope.
    Key(AccessRequirement),
    /// A signed-in person whose role has this permission.
    Person(Permission),
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum SecondFactor {
    Never,
    ByPolicy,
    /// If the person has one: a code not older than ten minutes.
    Recent,
    /// The same, and whoever has no second factor is refused.
    RecentOfOwn,
    Always,
}

struct Row {
    method: &'static str,
    path: String,
    caller: Caller,
    second_factor: SecondFactor,
    /// Whether it is a page of the console's app.
    is_page: bool,
    /// The fields without which the form cannot be parsed.
    fields: &'static [(&'static str, &'static str)],
}

impl Row {
    fn new(method: &'static str, path: String, caller: Caller) -> Self {
        Self { method, path, caller, second_factor: SecondFactor::Never, is_page: false, fields: &[] }
    }

    fn name(&self) -> String {
        format!("{} {}", self.method, self.path)
    }

    fn who(&self) -> String {
        match self.caller {
            Caller::Everybody => "everyone".to_owned(),
            Caller::AfterPassword => "anyone who has entered a password".to_owned(),
            Caller::Link => "anyone with the link".to_owned(),
            Caller::Key(AccessRequirement { scope, .. }) => format!("key: `{}`", name_of(scope)),
            Caller::Person(permission) => {
                let roles = ROLES.into_iter().filter(|role| may(*role, permission)).map(name_of);
                format!("signed in: {}", roles.collect::<Vec<_>>().join(", "))
            }
        }
    }

    fn against_forgery(&self) -> &'static str {
        match self.caller {
            Caller::Key(_) => "key in a header",
            _ if self.path == CONFIRMATION_PATH => "secret in the link",
            _ if self.is_form() => "origin",
            _ => "changes nothing",
        }
    }

    /// Whether another row has the same route under another prefix or without the trailing slash.
    fn is_again(&self) -> bool {
        self.method != "any" && !self.is_page && (self.path.ends_with('/') || self.path.starts_with("/api/v2/"))
    }

    fn is_form(&self) -> bool {
        self.method == "POST" && !matches!(self.caller, Caller::Key(_))
    }
}

const ROLES: [Role; 5] = [Role::Owner, Role::Admin, Role::Approver, Role::Operator, Role::Viewer];

/// The name of a role or a scope, as it is stored and sent.
fn name_of(named: impl Debug) -> String {
    format!("{named:?}").to_lowercase()
}

fn may(role: Role, permission: Permission) -> bool {
    let (id, merchant, name) = (UserId(Uuid::nil()), MerchantId(Uuid::nil()), String::new());
    Actor::User { id, merchant, role, name, origin: None, session: None }.may(permission)
}

fn rows() -> Vec<Row> {
    let mut rows = console::rows();
    let with_slash: Vec<Row> = rows.iter().filter(|row| row.is_page && row.path != "/").map(with_slash).collect();
    rows.extend(with_slash);
    for route in routes().access() {
        let caller = route.requirement.map_or(Caller::Everybody, Caller::Key);
        let row = |path: String| Row::new(route.method, path, caller);
        rows.push(row(route.path.clone()));
        if route.path.starts_with("/v2/") {
            let same = [format!("/api{}", route.path), format!("{}/", route.path), format!("/api{}/", route.path)];
            rows.extend(same.map(row));
        }
    }
    rows
}

/// Each page also has a route with a trailing slash. There, pages that are otherwise public require a session.
fn with_slash(page: &Row) -> Row {
    let caller = match page.caller {
        Caller::Everybody => Caller::Person(Permission::Read),
        caller => caller,
    };
    Row::new(page.method, format!("{}/", page.path), caller)
}

/// The methods and paths of a router. axum does not expose them, but its debug output contains them.
fn routed(router: &Router) -> BTreeSet<String> {
    fn entries(text: &str) -> impl Iterator<Item = (&str, &str)> {
        text.split("RouteId(").skip(1).map(|entry| entry.split_once("): ").unwrap())
    }
    let printed = format!("{router:?}");
    let (printed, _) = printed.split_once("fallback_router: ").unwrap();
    let (methods, paths) = printed.split_once("node: Node").unwrap();
    let paths: BTreeMap<&str, &str> = entries(paths).map(|(id, path)| (id, path.split('"').nth(1).unwrap())).collect();
    assert!(paths.len() > 100, "axum prints routers otherwise than it did: {printed}");
    let mut routed = BTreeSet::new();
    for (id, route) in entries(methods) {
        let (_, allowed) = route.split_once("allow_header: ").unwrap();
        let methods = allowed.strip_prefix("Bytes(b\"").map_or("any", |list| list.split('"').next().unwrap());
        // The handler of GET also handles HEAD.
        routed.extend(methods.split(',').filter(|name| *name != "HEAD").map(|name| format!("{name} {}", paths[id])));
    }
    routed
}

#[tokio::test]
async fn every_route_has_one_row() {
    let rows = rows();
    let names: BTreeSet<String> = rows.iter().map(Row::name).collect();
    assert_eq!(names.len(), rows.len(), "a route is there twice");
    let routed = routed(&TestApp::new(Engine::Sqlite).await.router());
    let difference: Vec<_> = names.symmetric_difference(&routed).collect();
    assert!(difference.is_empty(), "these are only in the rows, or only in the router: {difference:#?}");
}

/// The rows as docs/routes.md shows them.
fn table() -> String {
    let mut table = "| method | path | who may call it | two-factor code | against forged requests |\n".to_owned();
    table.push_str("| --- | --- | --- | --- | --- |\n");
    for row in rows().iter().filter(|row| !row.is_again()) {
        let second_factor = match row.second_factor {
            SecondFactor::Never => "never",
            SecondFactor::ByPolicy => "when the policy requires it",
            SecondFactor::Recent => "within ten minutes, if it is set up",
            SecondFactor::RecentOfOwn => "within ten minutes, and required",
            SecondFactor::Always => "always",
        };
        let (method, path, who, forgery) = (row.method, &row.path, row.who(), row.against_forgery());
        writeln!(table, "| {method} | `{path}` | {who} | {second_factor} | {forgery} |").unwrap();
    }
    table
}

#[test]
fn the_document_of_routes_shows_every_route() {
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/routes.md");
    let (begin, end) = ("<!-- routes:begin -->\n", "<!-- routes:end -->");
    let kept = fs::read_to_string(file).unwrap();
    let (before, rest) = kept.split_once(begin).unwrap();
    let (shown, after) = rest.split_once(end).unwrap();
    let table = format!("\n{}\n", table());
    if std::env::var_os("RENEW_ROUTES").is_some() {
        fs::write(file, [before, begin, &table, end, after].concat()).unwrap();
        return;
    }
    assert!(
        shown == table,
        "docs/routes.md does not show the routes as they are. When the change is meant, renew it with\n\
         RENEW_ROUTES=1 cargo test --features ssr the_document_of_routes_shows_every_route"
    );
}

/// `next` after signing in may lead to each page. A page that is missing in `paths::is_page` would lead to the overview.
#[test]
fn signing_in_leads_to_every_page() {
    let pages: Vec<_> = rows().into_iter().filter(|row| row.is_page).collect();
    assert!(pages.len() > 20);
    for page in pages {
        let path: Vec<_> = page.path.split('/').map(|part| if part.starts_with('{') { "x" } else { part }).collect();
        let path = path.join("/");
        assert_eq!(requite::web::session::safe_next(&path), path);
    }
}
