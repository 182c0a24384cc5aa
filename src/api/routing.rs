//! Routes that say who may call them. A route is added to the API with [`routes!`] alone, which takes handlers whose first
//! argument is a [`Caller`](super::input::access::Caller) or [`Public`](super::input::access::Public) and writes what they need
//! into the document; the same list is kept for tests.

use super::input::access::{AccessRequirement, Guarded};
use crate::domain::names::Named;
use crate::state::Requite;
use axum::{
    Router,
    extract::Request,
    handler::Handler,
    response::IntoResponse,
    routing::{MethodRouter, Route},
};
use std::convert::Infallible;
use tower::{Layer, Service};
use utoipa::openapi::{
    RefOr, Schema,
    path::{Operation, PathItem, Paths},
    security::SecurityRequirement,
};
use utoipa_axum::router::{OpenApiRouter, UtoipaMethodRouter};

/// The handlers of one path, each with its own method.
macro_rules! routes {
    ($($($part:ident)::+),+ $(,)?) => {
        $crate::api::routing::PathRoutes::new()
            $(.with($($part)::+, utoipa_axum::routes!($($part)::+)))+
    };
}
pub(super) use routes;

/// A route, and what a caller needs.
#[derive(Clone, Debug, PartialEq)]
pub struct RouteAccess {
    /// The method, in capitals.
    pub method: &'static str,
    /// The path as the document has it.
    pub path: String,
    /// The key that is needed; nothing where everybody may call.
    pub requirement: Option<AccessRequirement>,
}

/// The routes of one path.
#[derive(Default)]
pub struct PathRoutes {
    schemas: Vec<(String, RefOr<Schema>)>,
    paths: Paths,
    methods: MethodRouter<Requite>,
    access: Vec<RouteAccess>,
}

impl PathRoutes {
    /// None yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a handler. It is passed twice: for its type, and as the route built from it.
    #[must_use]
    pub fn with<H: Guarded<A>, A>(mut self, _: H, route: UtoipaMethodRouter<Requite>) -> Self {
        let (schemas, mut paths, methods) = route;
        for (path, item) in &mut paths.paths {
            for (method, operation) in operations_mut(item) {
                operation.security = H::REQUIREMENT.map(|requirement| vec![security(requirement)]);
                self.access.push(RouteAccess { method, path: path.clone(), requirement: H::REQUIREMENT });
            }
        }
        self.schemas.extend(schemas);
        self.paths.merge(paths);
        Self { methods: self.methods.merge(methods), ..self }
    }
}

/// The document uses lower-case scheme names.
fn security(AccessRequirement { scheme, scope }: AccessRequirement) -> SecurityRequirement {
    SecurityRequirement::new(scheme.as_str().to_ascii_lowercase(), [scope.as_str()])
}

/// The operations of a path, each with its method.
pub fn operations_mut(item: &mut PathItem) -> impl Iterator<Item = (&'static str, &mut Operation)> {
    let PathItem { get, post, put, patch, delete, .. } = item;
    [("GET", get), ("POST", post), ("PUT", put), ("PATCH", patch), ("DELETE", delete)]
        .into_iter()
        .filter_map(|(method, operation)| Some((method, operation.as_mut()?)))
}

/// Routes with what the document says of them, and who may call each.
#[derive(Clone, Default)]
pub struct Routes {
    router: OpenApiRouter<Requite>,
    access: Vec<RouteAccess>,
}

impl Routes {
    /// None yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds the routes of a path.
    #[must_use]
    pub fn with(mut self, path: PathRoutes) -> Self {
        self.access.extend(path.access);
        self.map(|router| router.routes((path.schemas, path.paths, path.methods)))
    }

    /// Sets the response for methods that no route has.
    #[must_use]
    pub fn other_methods<H: Handler<T, Requite>, T: 'static>(self, answer: H) -> Self {
        self.map(|router| {
            let (router, openapi) = router.split_for_parts();
            let mut router = OpenApiRouter::from(router.method_not_allowed_fallback(answer));
            *router.get_openapi_mut() = openapi;
            router
        })
    }

    /// Merges two sets of routes.
    #[must_use]
    pub fn merge(mut self, other: Self) -> Self {
        self.access.extend(other.access);
        self.map(|router| router.merge(other.router))
    }

    /// Adds routes below a path.
    #[must_use]
    pub fn nest(mut self, prefix: &str, other: Self) -> Self {
        let below = |route: RouteAccess| RouteAccess { path: format!("{prefix}{}", route.path), ..route };
        self.access.extend(other.access.into_iter().map(below));
        self.map(|router| router.nest(prefix, other.router))
    }

    /// Sets the response for paths that no route has.
    #[must_use]
    pub fn fallback<H: Handler<T, Requite>, T: 'static>(self, answer: H) -> Self {
        self.map(|router| router.fallback(answer))
    }

    /// Wraps all routes in a layer.
    #[must_use]
    pub fn layer<L>(self, layer: L) -> Self
    where
        L: Layer<Route> + Clone + Send + Sync + 'static,
        L::Service: Service<Request, Error: Into<Infallible>, Future: Send, Response: IntoResponse>
            + Clone
            + Send
            + Sync
            + 'static,
    {
        self.map(|router| router.layer(layer))
    }

    /// The same routes at other paths. They are not in the document, nor in the list of who may call what.
    #[must_use]
    pub fn with_aliases(self, aliases: Router<Requite>) -> Self {
        self.map(|router| router.merge(aliases.into()))
    }

    #[must_use]
    fn map(self, change: impl FnOnce(OpenApiRouter<Requite>) -> OpenApiRouter<Requite>) -> Self {
        Self { router: change(self.router), ..self }
    }

    /// Who may call each of them.
    pub fn access(&self) -> &[RouteAccess] {
        &self.access
    }

    /// The router with its document.
    pub fn into_router(self) -> OpenApiRouter<Requite> {
        self.router
    }
}
