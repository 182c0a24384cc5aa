//! The errors of the store.

use requite::{
    domain::{
        error::{DomainError, ErrorCode},
        ids::RefundId,
    },
    error::{Error, with_causes},
    store::{self, Database, Store},
    texts::errors::english,
};
use std::error::Error as _;

on_both_engines! {
    async fn a_row_that_cannot_be_read_is_a_fault_with_its_column_and_cause(app: &TestApp) {
        assert!(app.tamper("update api_keys set addresses = 'nowhere'").await.unwrap() > 0);
        let error = app.requite.store.api_keys(app.merchant).await.unwrap_err();
        assert!(matches!(error, store::Error::Corrupt(_)), "{error:?}");
        assert_eq!(error.code(), ErrorCode::Internal);
        let cause = error.source().and_then(|cause| cause.downcast_ref::<DomainError>()).unwrap();
        assert_eq!(cause.code, ErrorCode::ApiKeyAddressInvalid);
        let text = with_causes(&error);
        assert!(text.contains("addresses") && text.contains(&cause.to_string()), "{text}");
        if app.url.starts_with("sqlite") {
            assert!(text.contains("api_keys.addresses"), "{text}");
        }
        let outside = Error::from(error).into_domain_error();
        assert_eq!(outside.code, ErrorCode::Internal);
        assert!(!english(&outside).contains("nowhere"), "{outside}");
    }

    async fn a_secret_that_cannot_be_read_is_not_in_the_error(app: &TestApp) {
        let insert = "insert into second_factors (user_id, secret, created_at, last_step)
            select id, 'not-to-be-logged', created_at, 0 from users";
        assert!(app.tamper(insert).await.unwrap() > 0);
        let user = app.owner.user().unwrap();
        let error = app.requite.store.second_factor(user).await.unwrap_err();
        assert!(matches!(error, store::Error::Corrupt(_)), "{error:?}");
        assert!(!format!("{} {error:?}", with_causes(&error)).contains("not-to-be-logged"), "{error:?}");
    }

    async fn a_refusal_of_the_store_is_a_refusal_everywhere(app: &TestApp) {
        let error = app.requite.store.refund(app.merchant, RefundId(app.requite.context().id())).await.unwrap_err();
        assert_eq!(error.code(), ErrorCode::NotFound);
        assert!(matches!(Error::from(error), Error::Refused(refused) if refused.code == ErrorCode::NotFound));
    }

    async fn a_database_that_fails_keeps_its_error(app: &TestApp) {
        let store = Store::new(Database::open(&app.url).await.unwrap());
        store.close().await;
        let error = store.merchant(app.merchant).await.unwrap_err();
        assert!(matches!(error, store::Error::Database(sqlx::Error::PoolClosed)), "{error:?}");
        assert!(error.source().is_some_and(|cause| cause.is::<sqlx::Error>()));
        assert_eq!(Error::from(error).code(), ErrorCode::DatabaseUnavailable);
    }

    async fn a_migration_that_was_changed_afterwards_is_an_error_of_its_own(app: &TestApp) {
        let checksum = if app.url.starts_with("sqlite") { "x'00'" } else { r"'\x00'" };
        let changed = &format!("update _sqlx_migrations set checksum = {checksum} where version = 1");
        assert_eq!(app.tamper(changed).await.unwrap(), 1);
        let error = Database::open(&app.url).await.unwrap().migrate().await.unwrap_err();
        assert!(matches!(error, store::Error::Migration(_)), "{error:?}");
        assert!(with_causes(&error).starts_with("the database cannot be migrated: "), "{error:?}");
        assert!(error.source().is_some());
    }
}
