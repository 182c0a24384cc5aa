//! Authorization of routes: the type of the handler, the document, and the responses to keys without the scope agree
//! for every route.

use super::{
    document, operations,
    routes::{filled, request},
};
use crate::support::{Engine, TestApp};
use axum::{
    extract::State,
    http::{Method, StatusCode},
};
use requite::{
    api::{
        circle::dialect::Caller,
        input::access::{Guarded, Public, scope},
        routes::routes,
    },
    domain::{address::network::Network, money::currency::Currency::Usd, names::Named},
    state::Requite,
    wire::coingate::account_id,
};
use serde_json::json;
use std::collections::{BTreeMap, BTreeSet};

/// The accepted schemes and the required scope by method and path.
type Needed = BTreeMap<(String, String), Option<(Vec<String>, String)>>;

fn of_types() -> Needed {
    let all = routes();
    let routes = all.access().iter();
    let needed: Needed = routes
        .clone()
        .map(|route| {
            let needed = route.requirement;
            let needed = needed.map(|needed| {
                let schemes = needed.schemes.iter().map(|scheme| scheme.as_str().to_lowercase()).collect();
                (schemes, needed.scope.as_str().to_owned())
            });
            ((route.method.to_lowercase(), route.path.clone()), needed)
        })
        .collect();
    assert_eq!(needed.len(), routes.count(), "a route is there twice");
    needed
}

#[test]
fn the_document_names_what_the_type_of_each_handler_requires() {
    let document = document();
    let of_document: Needed = operations(&document)
        .into_iter()
        .map(|(path, method, operation)| {
            // An empty list says that no key is needed.
            let alternatives = operation["security"].as_array().unwrap();
            let needed = (!alternatives.is_empty()).then(|| {
                let named: Vec<BTreeMap<String, Vec<String>>> = serde_json::from_value(json!(alternatives)).unwrap();
                let named: Vec<_> = named.into_iter().flatten().collect();
                let scopes: BTreeSet<_> = named.iter().flat_map(|(_, scopes)| scopes.clone()).collect();
                assert_eq!((named.len(), scopes.len()), (alternatives.len(), 1), "{method} {path}");
                (named.into_iter().map(|(scheme, _)| scheme).collect(), scopes.into_iter().next().unwrap())
            });
            ((method.to_owned(), path.to_owned()), needed)
        })
        .collect();
    assert_eq!(of_types(), of_document);
}

/// Each of these is public on purpose.
#[test]
fn only_these_routes_need_no_key() {
    let needed = of_types();
    let open: BTreeSet<_> = needed
        .iter()
        .filter(|(_, needed)| needed.is_none())
        .map(|((method, path), _)| format!("{method} {path}"))
        .collect();
    let expected = [
        "get /ping",
        "get /v2/currencies",
        "get /v2/ips-v4",
        "get /v2/ips-v6",
        "get /v2/ping",
        "get /v2/platforms",
        "get /v2/rates",
        "get /v2/rates/merchant",
        "get /v2/rates/merchant/{from}/{to}",
        "get /v2/rates/trader",
        "get /v2/rates/trader/{side}",
        "get /v2/rates/trader/{side}/{from}/{to}",
    ];
    assert_eq!(open, expected.map(str::to_owned).into());
}

mod guarded {
    //! Checks whether a handler's type implies authorization, so that a test can show that a handler without it is
    //! rejected. The inherent method takes precedence if its bound holds; otherwise the method of the trait is used.

    use requite::api::input::access::Guarded;
    use std::marker::PhantomData;

    pub(super) struct Probe<H, A>(PhantomData<(H, A)>);

    pub(super) const fn probe<A, H>(_: &H) -> Probe<H, A> {
        Probe(PhantomData)
    }

    impl<H: Guarded<A>, A> Probe<H, A> {
        pub(super) fn is_guarded(&self) -> bool {
            true
        }
    }

    pub(super) trait Unguarded {
        fn is_guarded(&self) -> bool {
            false
        }
    }

    impl<H, A> Unguarded for Probe<H, A> {}
}

#[test]
fn a_handler_that_does_not_say_who_may_call_it_is_no_route() {
    use guarded::{Unguarded as _, probe};
    async fn forgotten(_: State<Requite>) {}
    async fn too_late(_: State<Requite>, _: Caller<scope::Refund>) {}
    async fn with_scope(_: Caller<scope::Refund>, _: State<Requite>) {}
    async fn open(_: Public) {}
    assert!(!probe::<(State<Requite>,), _>(&forgotten).is_guarded());
    assert!(!probe::<(State<Requite>, Caller<scope::Refund>), _>(&too_late).is_guarded());
    assert!(probe::<(Caller<scope::Refund>, State<Requite>), _>(&with_scope).is_guarded());
    assert!(probe::<(Public,), _>(&open).is_guarded());
    fn requirement<H: Guarded<A>, A>(_: H) -> Option<String> {
        H::REQUIREMENT.map(|needed| format!("{} {}", needed.schemes[0].as_str(), needed.scope.as_str()))
    }
    assert_eq!((requirement(with_scope), requirement(open)), (Some("Bearer refund".to_owned()), None));
}

/// With every scope except the required one, an operation is forbidden; with that one alone it is not.
#[tokio::test]
async fn every_operation_needs_the_scope_that_the_document_names() {
    let app = TestApp::new(Engine::Sqlite).await;
    let document = document();
    // No key may both create and approve refunds, so two keys share all other scopes.
    let others: BTreeMap<&str, Vec<&str>> = BTreeMap::from([
        ("read", vec![]),
        ("payment", vec!["read refund admin", "read approve admin"]),
        ("refund", vec!["read payment admin", "read payment approve"]),
        ("approve", vec!["read payment refund admin"]),
        ("admin", vec!["read payment refund", "read payment approve"]),
    ]);
    let mut keys = BTreeMap::new();
    for scopes in others.values().flatten().chain(&["read", "payment", "refund", "approve", "admin"]) {
        if !keys.contains_key(scopes) {
            keys.insert(*scopes, app.key_with(scopes).await);
        }
    }
    let intent = app.paid_order("100", Usd, Usd, Network::Base).await;
    let (order, refund) = (intent.order_number, app.refund(&app.order(&intent, "10")).await.unwrap().number);
    for (path, method, operation) in operations(&document) {
        let Some(scope) = operation["security"][0].as_object().and_then(|named| named.values().next()?[0].as_str())
        else {
            continue;
        };
        let body = super::requests::bodies_of(&document, operation).into_iter().next().map(|(_, mut body)| {
            body["idempotencyKey"] = json!(uuid::Uuid::new_v4());
            body["ledger_account_id"] = json!(account_id(app.merchant, Usd));
            body
        });
        // CoinGate's routes look up the order before they create or end its refund.
        let path = if path.starts_with("/v2/orders/{id}/refunds") && scope == "refund" {
            path.replace("{id}", &order.to_string()).replace("{refund_id}", &refund.to_string())
        } else {
            filled(path)
        };
        for with in &others[scope] {
            let answer = app.send(request(method, &path, Some(&keys[with]), body.as_ref())).await;
            assert_eq!(answer.status, StatusCode::FORBIDDEN, "{method} {path} with {with}: {}", answer.text());
            // Permission is checked before the body.
            let answer = app.send(request(method, &path, Some(&keys[with]), Some(&json!({})))).await;
            assert_eq!(answer.status, StatusCode::FORBIDDEN, "{method} {path} with {with}: {}", answer.text());
        }
        let answer = app.send(request(method, &path, Some(&keys[scope]), body.as_ref())).await;
        assert_ne!(answer.status, StatusCode::FORBIDDEN, "{method} {path} with {scope}: {}", answer.text());
    }
}

/// HEAD uses the handler of GET and needs the same scope.
#[tokio::test]
async fn a_head_needs_the_scope_of_its_route() {
    let app = TestApp::new(Engine::Sqlite).await;
    let (reader, admin) = (app.key_with("read").await, app.key_with("admin").await);
    for path in ["/v1/webhookEndpoints", "/v1/notifications/subscriptions"] {
        let head = async |key: &str| app.call_raw(Method::HEAD, path, Some(key), "").await.status;
        assert_eq!((head(&reader).await, head(&admin).await), (StatusCode::FORBIDDEN, StatusCode::OK), "{path}");
    }
}

#[test]
fn routers_of_the_api_are_made_of_documented_handlers_alone() {
    let routers = [
        include_str!("../../../api/circle/router.rs"),
        include_str!("../../../api/native/router.rs"),
        include_str!("../../../api/coingate/router.rs"),
        include_str!("../../../api/routes.rs"),
        include_str!("../../../api/mod.rs"),
    ];
    let undocumented: Vec<_> = routers
        .iter()
        .flat_map(|router| router.lines())
        .filter(|line| {
            [".route(", ".routes(", ".route_service(", ".nest_service(", "utoipa_axum"]
                .iter()
                .any(|call| line.contains(call))
        })
        .map(str::trim)
        .collect();
    // The roots with a trailing slash are not documented, since they only return 'not found'.
    let roots = [
        ".route(\"/v2/\", any(async || ApiError::no_such_page()))",
        ".route(\"/api/v2/\", any(async || ApiError::no_such_page()));",
        ".fold(Router::new(), |router, path| router.route(path, any(no_such_path)))",
    ];
    assert_eq!(undocumented, roots);
}
