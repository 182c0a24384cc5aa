//! Routes with their access requirements. Routes are only added with [`routes!`]. It takes handlers whose first
//! argument is a [`Caller`](super::input::access::Caller) or [`Public`](super::input::access::Public), and writes the
//! required access into the document. Tests check the same list.

use super::input::{
    access::{AccessRequirement, Guarded},
    caller::Scheme,
    unknown::QueryParameters,
};
use crate::domain::names::Named;
use crate::state::Requite;
use axum::{
    Extension, Router,
    extract::Request,
    handler::Handler,
    response::IntoResponse,
    routing::{MethodRouter, Route},
};
use std::convert::Infallible;
use tower::{Layer, Service};
use utoipa::openapi::{
    RefOr, Schema,
    path::{Operation, Parameter, ParameterIn, PathItem, Paths},
    security::SecurityRequirement,
};
use utoipa_axum::router::{OpenApiRouter, UtoipaMethodRouter};

/// The handlers of one path, one for each method.
macro_rules! routes {
    ($($($part:ident)::+),+ $(,)?) => {
        $crate::api::routing::PathRoutes::new()
            $(.with($($part)::+, utoipa_axum::routes!($($part)::+)))+
    };
}
pub(super) use routes;

/// A route and the access that it requires.
#[derive(Clone, Debug, PartialEq)]
pub struct RouteAccess {
    /// In upper case.
    pub method: &'static str,
    /// The path as in the document, with its parameters in braces.
    pub path: String,
    /// The required access; `None` for public routes.
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
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a handler. It is passed twice: as a function, for its type, and as the route built from it. Its requests know
    /// the parameters that the document has.
    #[must_use]
    pub fn with<H: Guarded<A>, A>(mut self, _: H, route: UtoipaMethodRouter<Requite>) -> Self {
        let (schemas, mut paths, methods) = route;
        let mut query = Vec::new();
        for (path, item) in &mut paths.paths {
            for (method, operation) in operations_mut(item) {
                let in_query = parameters(operation).filter(|parameter| parameter.parameter_in == ParameterIn::Query);
                query.extend(in_query.map(|parameter| parameter.name.clone()));
                // An empty list says that no key is needed.
                operation.security = Some(H::REQUIREMENT.map(security).unwrap_or_default());
                self.access.push(RouteAccess { method, path: path.clone(), requirement: H::REQUIREMENT });
            }
        }
        let methods: MethodRouter<Requite> = methods.layer(Extension(query.into_iter().collect::<QueryParameters>()));
        self.schemas.extend(schemas);
        self.paths.merge(paths);
        Self { methods: self.methods.merge(methods), ..self }
    }
}

/// The security requirements in the document, one for each scheme. It has the names of schemes in lower case.
fn security(AccessRequirement { schemes, scope }: AccessRequirement) -> Vec<SecurityRequirement> {
    let named = |scheme: &Scheme| SecurityRequirement::new(scheme.as_str().to_ascii_lowercase(), [scope.as_str()]);
    schemes.iter().map(named).collect()
}

/// The operations of a path, each with its method.
pub fn operations_mut(item: &mut PathItem) -> impl Iterator<Item = (&'static str, &mut Operation)> {
    let PathItem { get, post, put, patch, delete, .. } = item;
    [("GET", get), ("POST", post), ("PUT", put), ("PATCH", patch), ("DELETE", delete)]
        .into_iter()
        .filter_map(|(method, operation)| Some((method, operation.as_mut()?)))
}

/// The parameters of an operation.
pub fn parameters(operation: &Operation) -> impl Iterator<Item = &Parameter> {
    operation.parameters.iter().flatten().filter_map(|parameter| match parameter {
        RefOr::T(parameter) => Some(parameter),
        RefOr::Ref(_) => None,
    })
}

/// Routes with their documentation and the access that each requires.
#[derive(Clone, Default)]
pub struct Routes {
    router: OpenApiRouter<Requite>,
    access: Vec<RouteAccess>,
}

impl Routes {
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds the routes of a path.
    #[must_use]
    pub fn with(mut self, path: PathRoutes) -> Self {
        self.access.extend(path.access);
        self.map(|router| router.routes((path.schemas, path.paths, path.methods)))
    }

    /// Adds the routes of a path, also for the path with a slash at its end, which is not in the document.
    #[must_use]
    pub fn with_trailing_slash(self, path: PathRoutes) -> Self {
        let add = |router: Router<Requite>, path_text| router.route(&format!("{path_text}/"), path.methods.clone());
        let slashed = path.paths.paths.keys().fold(Router::new(), add);
        self.with(path).with_aliases(slashed)
    }

    /// Sets the handler for methods that a path does not have.
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

    /// The access that each route requires.
    pub fn access(&self) -> &[RouteAccess] {
        &self.access
    }

    /// The router with its OpenAPI document.
    pub fn into_router(self) -> OpenApiRouter<Requite> {
        self.router
    }
}
