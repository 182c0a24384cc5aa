//! The server: all routes, and the middleware around them.

pub mod balance_exports;
pub mod connections;
pub mod customer_exports;
pub mod exports;
mod foreign_forms;
pub mod headers;
pub mod health;
mod list_exports;
mod message_exports;
pub mod reconciliation_export;
mod refused_files;
pub mod request_id;
mod sent;
pub mod short_list_exports;
pub mod shown_once;
pub mod statement_exports;
pub mod subscription_confirmation;

use crate::{
    api,
    state::Requite,
    ui,
    web::{embedded_files, language, paths, session},
};
use axum::{
    Router,
    extract::Request,
    http::StatusCode,
    middleware::{self, Next},
    response::{IntoResponse, Redirect, Response},
    routing::{get, post},
};
use leptos::prelude::provide_context;
use leptos_axum::{AxumRouteListing, LeptosRoutes, generate_route_list};
use std::{sync::LazyLock, time::Duration};
use tower::ServiceBuilder;
use tower_http::{
    catch_panic::CatchPanicLayer,
    compression::CompressionLayer,
    limit::RequestBodyLimitLayer,
    request_id::{PropagateRequestIdLayer, SetRequestIdLayer},
    timeout::RequestBodyTimeoutLayer,
    trace::{DefaultOnResponse, TraceLayer},
};

/// Maximum length of a form of the console.
const FORM_MAX_BYTES: usize = 64 * 1024;
/// Maximum time for a response; a longer one means a fault.
const TIMEOUT: Duration = Duration::from_secs(30);
/// Maximum time between two parts of a request's body. Half-sent bodies would keep places as half-sent headers do.
const BODY_WITHIN: Duration = Duration::from_secs(5);
/// The route of every page, collected once from the app.
static PAGES: LazyLock<Vec<AxumRouteListing>> = LazyLock::new(|| generate_route_list(ui::App));

/// All routes of the server.
pub fn router(requite: Requite) -> Router {
    let console = console(&requite);
    let shared = ServiceBuilder::new()
        .map_request(request_id::without_invalid_id)
        .layer(SetRequestIdLayer::new(request_id::HEADER, request_id::MakeId(requite.entropy.clone())))
        .layer(
            TraceLayer::new_for_http()
                .make_span_with(request_id::span)
                .on_response(DefaultOnResponse::new())
                // Whatever fails is logged where it fails, with its cause.
                .on_failure(()),
        )
        .layer(PropagateRequestIdLayer::new(request_id::HEADER))
        .layer(middleware::from_fn_with_state(requite.clone(), headers::set))
        .layer(middleware::from_fn_with_state(requite.clone(), sent::report))
        .layer(CatchPanicLayer::new())
        .layer(middleware::from_fn(within_time))
        .layer(RequestBodyTimeoutLayer::new(BODY_WITHIN))
        .layer(CompressionLayer::new());
    health::router(requite.clone())
        .merge(subscription_confirmation::router(requite.clone()))
        .merge(embedded_files::router())
        .merge(api::router(requite))
        .merge(console)
        .layer(shared)
}

/// The console for browsers: pages, forms and exports.
fn console(requite: &Requite) -> Router {
    let options = embedded_files::leptos_options();
    let context = {
        let requite = requite.clone();
        move || {
            provide_context(requite.clone());
            language::provide_language();
            headers::provide_content_security_policy();
        }
    };
    let shell = {
        let options = options.clone();
        move || ui::shell(&options)
    };
    let answer_form = {
        let (requite, context, shell) = (requite.clone(), context.clone(), shell.clone());
        move |request| shown_once::answer_form(requite.clone(), request, context.clone(), shell.clone())
    };
    let answer_foreign = {
        let (context, shell) = (context.clone(), shell.clone());
        move |request: Request, next: Next| foreign_forms::answer(request, next, context.clone(), shell.clone())
    };
    // This also adds a route for each server function.
    Router::new()
        .leptos_routes_with_context(&options, PAGES.clone(), context.clone(), shell.clone())
        .route(paths::RECOVERY_CODES, post(answer_form.clone()))
        .route(paths::NEW_API_KEY, post(answer_form.clone()))
        .route(paths::REVEALED, post(answer_form))
        .route(
            paths::PAYMENT_INTENTS_FILE,
            get(exports::list::<list_exports::PaymentIntents>).with_state(requite.clone()),
        )
        .route(paths::REFUNDS_FILE, get(exports::list::<exports::Refunds>).with_state(requite.clone()))
        .route(paths::REFUND_DRAFTS_FILE, get(list_exports::refund_drafts).with_state(requite.clone()))
        .route(paths::RECONCILIATION_FILE, get(reconciliation_export::day).with_state(requite.clone()))
        .route(paths::STATEMENTS_FILE, get(statement_exports::months).with_state(requite.clone()))
        .route(paths::MOVEMENTS_FILE, get(statement_exports::movements).with_state(requite.clone()))
        .route(paths::BALANCES_FILE, get(balance_exports::list).with_state(requite.clone()))
        .route(paths::BALANCE_ENTRIES_FILE, get(balance_exports::postings).with_state(requite.clone()))
        .route(paths::AUDIT_FILE, get(exports::list::<exports::AuditLog>).with_state(requite.clone()))
        .route(
            paths::UNSUPPORTED_FUNDS_FILE,
            get(exports::list::<list_exports::UnsupportedFunds>).with_state(requite.clone()),
        )
        .route(paths::API_LOG_FILE, get(exports::list::<list_exports::ApiRequests>).with_state(requite.clone()))
        .route(paths::DELIVERIES_FILE, get(exports::list::<message_exports::Deliveries>).with_state(requite.clone()))
        .route(paths::CUSTOMERS_FILE, get(customer_exports::customer).with_state(requite.clone()))
        .route(paths::TEAM_FILE, get(short_list_exports::team).with_state(requite.clone()))
        .route(paths::API_KEYS_FILE, get(short_list_exports::api_keys).with_state(requite.clone()))
        .route(paths::WEBHOOK_ENDPOINTS_FILE, get(short_list_exports::webhook_endpoints).with_state(requite.clone()))
        .route(
            paths::REGISTERED_WEBHOOKS_FILE,
            get(short_list_exports::registered_webhooks).with_state(requite.clone()),
        )
        .route(paths::MAIL_FILE, get(exports::list::<message_exports::Mails>).with_state(requite.clone()))
        .route("/index.html", get(|| async { Redirect::permanent(paths::OVERVIEW) }))
        .route_layer(middleware::from_fn(refused_files::tell))
        .route_layer(middleware::from_fn_with_state(requite.clone(), session::require))
        .fallback(leptos_axum::render_app_async_with_context(context, shell))
        .layer(middleware::from_fn_with_state(requite.clone(), session::attach_session))
        .layer(RequestBodyLimitLayer::new(FORM_MAX_BYTES))
        .layer(middleware::from_fn_with_state(requite.clone(), foreign_forms::require_origin))
        .layer(foreign_forms::csrf(requite))
        .layer(middleware::from_fn(answer_foreign))
        .with_state(options)
}

/// Ends a request that takes too long, without a body.
async fn within_time(request: Request, next: Next) -> Response {
    if let Ok(response) = tokio::time::timeout(TIMEOUT, next.run(request)).await {
        return response;
    }
    tracing::error!("no response within {} seconds", TIMEOUT.as_secs());
    StatusCode::SERVICE_UNAVAILABLE.into_response()
}
