//! Temporary databases. Each test has its own, copied from a template that is migrated and seeded once per process:
//! migrating takes a quarter of a second, copying a file almost no time, and copying a PostgreSQL database 34 ms.

use super::{CountingEntropy, ManualClock, PASSWORD, settings};
use argon2::{Algorithm, Argon2, Params, Version, password_hash::PasswordHasher};
use chrono::{DateTime, TimeZone, Utc};
use requite::{
    domain::{
        ids::{MerchantId, UserId},
        people::actor::{Actor, Role},
    },
    service,
    state::Requite,
    store::{Database, Store, people::team::User},
};
use sqlx::{Connection, PgConnection};
use std::{
    path::Path,
    sync::{Arc, LazyLock, mpsc},
};
use tempfile::TempDir;
use tokio::sync::OnceCell;
use uuid::Uuid;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    Sqlite,
    /// The temporary server that the test script starts.
    Postgres,
}

/// The merchant and users that exist in every test.
#[derive(Clone)]
pub struct Team {
    pub merchant: MerchantId,
    pub owner: Actor,
    pub approver: Actor,
    pub operator: Actor,
    pub viewer: Actor,
}

/// A migrated database that contains the team, from which tests' databases are copied.
pub struct Template {
    pub team: Team,
    content: Content,
    random_drawn: u64,
}

enum Content {
    /// The content of the database file.
    Sqlite(Vec<u8>),
    /// The name of a database without connections, as PostgreSQL requires of a template.
    Postgres(String),
}

static SQLITE: OnceCell<Template> = OnceCell::const_new();
static POSTGRES: OnceCell<Template> = OnceCell::const_new();

/// The time at which every test starts.
pub fn beginning() -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 11, 23, 8, 0, 0).unwrap()
}

impl Template {
    pub async fn of(engine: Engine) -> &'static Self {
        let template = if engine == Engine::Sqlite { &SQLITE } else { &POSTGRES };
        template.get_or_init(|| Self::make(engine)).await
    }

    async fn make(engine: Engine) -> Self {
        let folder = new_folder();
        let name = format!("test_template_{}", Uuid::new_v4().simple());
        let file = folder.path().join("template.db");
        let url = match engine {
            Engine::Sqlite => format!("sqlite:{}", file.display()),
            Engine::Postgres => create_postgres(&name, "template1").await,
        };
        let database = Database::open(&url).await.unwrap();
        database.migrate().await.unwrap();
        let entropy = Arc::new(CountingEntropy::default());
        let clock = Arc::new(ManualClock::new(beginning()));
        let requite = Requite::assemble(settings(&[]), Store::new(database.clone()), clock, entropy.clone()).unwrap();
        let team = Team::join(&requite).await;
        let content = match &database {
            Database::Sqlite { writer, .. } => {
                // Not the file of the closed database: a connection may still close in the background, and until then
                // a part of the content is in the WAL.
                let copy = folder.path().join("copy.db");
                sqlx::query("vacuum into $1").bind(copy.to_str()).execute(writer).await.unwrap();
                Content::Sqlite(std::fs::read(copy).unwrap())
            }
            Database::Postgres(_) => Content::Postgres(name),
        };
        database.close().await;
        Self { team, content, random_drawn: entropy.drawn() }
    }

    /// Creates a copy of this database. It is deleted when the returned guard is dropped.
    pub async fn copy(&self) -> (String, Arc<Discarded>) {
        self.content.copy().await
    }

    /// Returns an entropy source that continues where the template's ended, so that no id occurs twice.
    pub fn entropy(&self) -> CountingEntropy {
        CountingEntropy::after(self.random_drawn)
    }
}

/// A database as it was at a moment, to be restored later.
pub struct Backup(Content);

impl Backup {
    /// Copies a database. PostgreSQL copies only one without connections.
    pub async fn of(url: &str) -> Self {
        if let Some(name) = url.strip_prefix("postgres").and_then(|rest| rest.rsplit_once('/')).map(|(_, name)| name) {
            let copy = format!("test_backup_{}", Uuid::new_v4().simple());
            create_postgres(&copy, name).await;
            return Self(Content::Postgres(copy));
        }
        let folder = new_folder();
        let copy = folder.path().join("backup.db");
        let mut connection = sqlx::SqliteConnection::connect(url).await.unwrap();
        // Not the file: a part of the content is in the WAL.
        sqlx::query("vacuum into $1").bind(copy.to_str()).execute(&mut connection).await.unwrap();
        connection.close().await.unwrap();
        Self(Content::Sqlite(std::fs::read(copy).unwrap()))
    }

    /// A database with this content. It is deleted when the returned guard is dropped.
    pub async fn restore(&self) -> (String, Arc<Discarded>) {
        self.0.copy().await
    }
}

impl Drop for Backup {
    fn drop(&mut self) {
        if let Content::Postgres(name) = &self.0 {
            let _ = DROPPING.send(name.clone());
        }
    }
}

impl Content {
    async fn copy(&self) -> (String, Arc<Discarded>) {
        match self {
            Self::Sqlite(content) => {
                let discarded = Discarded { folder: new_folder(), postgres: None };
                let file = discarded.folder.path().join("test.db");
                std::fs::write(&file, content).unwrap();
                (format!("sqlite:{}", file.display()), Arc::new(discarded))
            }
            Self::Postgres(template) => new_postgres(template).await,
        }
    }
}

impl Team {
    async fn join(requite: &Requite) -> Self {
        let merchant = service::people::team::merchant_named(&requite.store, &requite.context(), "Test merchant")
            .await
            .unwrap()
            .id;
        // Like `service::people::team::add_user`, but with a cheap hash. Signing in is then fast too, since the hash
        // contains its cost. `service::people::session` tests that real hashes are expensive.
        let params = Params::new(Params::MIN_M_COST, Params::MIN_T_COST, Params::MIN_P_COST, None).unwrap();
        let argon2 = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
        let password_hash = argon2.hash_password(PASSWORD.as_bytes()).unwrap().to_string();
        let join = async |role, name: &str| {
            let (email, password_hash) = (format!("{name}@example.com"), password_hash.clone());
            let context = requite.context();
            let id = UserId(context.id());
            let user = User {
                id,
                merchant_id: merchant,
                email: email.clone(),
                name: email,
                role,
                password_hash,
                disabled_at: None,
            };
            requite.store.add_user(&context, &user).await.unwrap();
            user.actor()
        };
        Self {
            merchant,
            owner: join(Role::Owner, "owner").await,
            approver: join(Role::Approver, "approver").await,
            operator: join(Role::Operator, "operator").await,
            viewer: join(Role::Viewer, "viewer").await,
        }
    }
}

/// Deletes a database when its last user drops it.
pub struct Discarded {
    folder: TempDir,
    postgres: Option<String>,
}

impl Drop for Discarded {
    fn drop(&mut self) {
        if let Some(name) = self.postgres.take() {
            // If the receiving thread has panicked, its message is already printed.
            let _ = DROPPING.send(name);
        }
    }
}

/// Drops databases in a thread of its own, because dropping is asynchronous and [`Drop`] is not. Databases that are
/// left at the end of the process are deleted with the temporary server.
static DROPPING: LazyLock<mpsc::Sender<String>> = LazyLock::new(|| {
    let (sender, names) = mpsc::channel::<String>();
    std::thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            let mut connection = PgConnection::connect(&postgres_server()).await.unwrap();
            for name in names {
                let sql = sqlx::AssertSqlSafe(format!("drop database {name} with (force)"));
                sqlx::query(sql).execute(&mut connection).await.unwrap();
            }
        });
    });
    sender
});

/// Creates an empty database without migrations. It is deleted when the returned guard is dropped.
pub async fn new_database(engine: Engine) -> (String, Arc<Discarded>) {
    match engine {
        Engine::Sqlite => {
            let folder = new_folder();
            let url = format!("sqlite:{}", folder.path().join("test.db").display());
            (url, Arc::new(Discarded { folder, postgres: None }))
        }
        Engine::Postgres => new_postgres("template1").await,
    }
}

async fn new_postgres(template: &str) -> (String, Arc<Discarded>) {
    let name = format!("test_{}", Uuid::new_v4().simple());
    let url = create_postgres(&name, template).await;
    (url, Arc::new(Discarded { folder: new_folder(), postgres: Some(name) }))
}

async fn create_postgres(name: &str, template: &str) -> String {
    let server = postgres_server();
    let mut connection = PgConnection::connect(&server).await.unwrap();
    // Copying files takes a seventh of the time of the default strategy, which writes the pages to the log.
    let sql = sqlx::AssertSqlSafe(format!("create database {name} template {template} strategy file_copy"));
    sqlx::query(sql).execute(&mut connection).await.unwrap();
    format!("{}/{name}", server.rsplit_once('/').unwrap().0)
}

fn postgres_server() -> String {
    std::env::var("REQUITE_TEST_POSTGRES_URL").expect(
        "REQUITE_TEST_POSTGRES_URL names no PostgreSQL server; run 'make test' or 'scripts/with-postgres.sh cargo test --features ssr'",
    )
}

/// In memory if possible: SQLite waits for the disk at every commit, as it must in production, and no test depends on
/// that.
fn new_folder() -> TempDir {
    let memory = Path::new("/dev/shm");
    tempfile::tempdir_in(memory).or_else(|_| tempfile::tempdir()).unwrap()
}
