//! What is stored with payouts, as people read it in English.

use super::*;
use requite::texts::errors::english_stored;

/// A report, as the command line prints it.
pub(super) fn in_english(mut report: Reconciliation) -> Reconciliation {
    for text in report.waiting.iter_mut().chain(&mut report.unproven) {
        *text = english_stored(text);
    }
    for found in &mut report.unexplained {
        found.detail = english_stored(&found.detail);
    }
    report
}

/// An account, as the command line prints it.
pub(super) fn account_in_english(mut account: SenderAccount) -> SenderAccount {
    if let Some(pause) = &mut account.paused {
        pause.detail = english_stored(&pause.detail);
    }
    if let Some(signer) = &mut account.signer {
        signer.detail = english_stored(&signer.detail);
    }
    account
}

impl Rig {
    pub(super) async fn transfer(&self, refund: &Refund) -> TransferWithAttempts {
        let mut with = self.app.store().refund_transfer(refund.id).await.unwrap().unwrap();
        if let Some(held) = &mut with.transfer.held {
            held.detail = english_stored(&held.detail);
        }
        with
    }

    pub(super) async fn account(&self) -> SenderAccount {
        let address = notation(self.sender.address);
        account_in_english(self.app.store().known_sender(self.network(), &address).await.unwrap().unwrap())
    }

    pub(super) async fn reconcile_with(&self, orphans: Orphans) -> Reconciliation {
        let (services, operator) = ((&self.app.requite).into(), self.operator());
        let mut reports = payouts::reconcile(services, &operator, Network::Eth, orphans).await.unwrap();
        assert_eq!(reports.len(), 1);
        in_english(reports.remove(0))
    }
}
