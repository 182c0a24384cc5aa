//! Backups of the database, and going on with one.

use super::*;

impl TestApp {
    /// Copies the database as it is now. The app goes on with a new connection.
    pub async fn back_up(&mut self) -> Backup {
        self.requite.store.close().await;
        let backup = Backup::of(&self.url).await;
        self.reopen().await;
        backup
    }

    /// Goes on with the database as it was at a backup, as after a restart. No id occurs twice.
    pub async fn restore(&mut self, backup: &Backup) {
        self.requite.store.close().await;
        (self.url, self._discarded) = backup.restore().await;
        self.reopen().await;
    }

    async fn reopen(&mut self) {
        let database = Database::open(&self.url).await.unwrap();
        let (settings, entropy) = (self.requite.settings.as_ref().clone(), self.requite.entropy.clone());
        self.requite = Requite::assemble(settings, Store::new(database), self.clock.clone(), entropy).unwrap();
        self.router = http::LazyRouter::default();
    }
}
