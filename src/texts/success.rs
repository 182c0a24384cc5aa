//! What a form did, for the page that it redirects to.

use std::borrow::Cow;
use strum::{IntoStaticStr, VariantArray};

/// The action of a form. Its name is in the URL of the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, IntoStaticStr, VariantArray)]
#[strum(serialize_all = "kebab-case")]
pub enum Success {
    RoleChanged,
    MemberDisabled,
    MemberEnabled,
    MemberSignedOut,
    PasswordLinkMailed,
    PasswordChanged,
    OtherSessionsEnded,
    PasswordLinkRequested,
    PasswordChosen,
    PolicyChanged,
    PolicyChangeProposed,
    PolicyChangeProposedWithoutMail,
    PolicyChangeApproved,
    PolicyChangeWithdrawn,
    EndpointAdded,
    EndpointChanged,
    EndpointEnabled,
    EndpointDisabled,
    EndpointDeleted,
    SecretReplaced,
    DeliveryRepeated,
    FailedDeliveriesRepeated,
    ConfirmationMailed,
    ReceiptShared,
    TransferCancelling,
    TransferStopped,
    PayoutsPaused,
    PayoutsResumed,
    PayoutsReconciled,
    TransactionExplained,
    TransactionAssigned,
    DepositTakenBack,
    DepositWrittenOff,
    DepositRecovered,
    MonthClosed,
    HouseCurrencyChosen,
    DraftDiscarded,
    ViewSaved,
    ViewRenamed,
    ViewDeleted,
    TimeZoneChanged,
}

impl Success {
    /// `number` is the number of objects that the action was applied to; only some actions have one.
    pub fn sentence(self, number: u64) -> Cow<'static, str> {
        Cow::Borrowed(match self {
            Self::RoleChanged => {
                "The role was changed. It applies from their next request on, but not to API keys that they have made."
            }
            Self::MemberDisabled => "Disabled: signed out everywhere, and unable to sign in.",
            Self::MemberEnabled => "Enabled: able to sign in again.",
            Self::MemberSignedOut => "Signed out everywhere.",
            Self::PasswordLinkMailed => {
                "A mail with a link to choose a new password is on its way, if there was none within two minutes."
            }
            Self::PasswordChanged => "Your password was changed. Your other sessions have ended.",
            Self::OtherSessionsEnded => "Your other sessions have ended.",
            Self::PasswordLinkRequested => {
                "If somebody has this e-mail address here, a mail with a link is on its way. The link works for an hour."
            }
            Self::PasswordChosen => "Your new password is set. Sign in with it.",
            Self::PolicyChanged => "Saved. It holds for every refund from now on.",
            Self::PolicyChangeProposed => {
                "Saved, but not in force yet, because it loosens the policy. Every owner has been mailed."
            }
            Self::PolicyChangeProposedWithoutMail => {
                "Saved, but not in force yet, because it loosens the policy. This server sends no mail, so tell the other owners."
            }
            Self::PolicyChangeApproved => "Approved. The change takes effect when its time has come.",
            Self::PolicyChangeWithdrawn => "Withdrawn. The policy stays as it is.",
            Self::EndpointAdded => "Added. Give its secret to your receiver, then send a test event.",
            Self::EndpointChanged => "Saved. It holds for every message from now on.",
            Self::EndpointEnabled => "Enabled. What was not sent meanwhile is below; you can send it again.",
            Self::EndpointDisabled => "Disabled. Nothing is sent any more; what happens meanwhile is kept.",
            Self::EndpointDeleted => "Deleted. Nothing is sent there any more.",
            Self::SecretReplaced => "The secret was changed. Messages are signed with the old one too for 24 hours.",
            Self::DeliveryRepeated => "It is sent again. Look again in a moment for what came back.",
            Self::FailedDeliveriesRepeated => match number {
                0 => "Since then everything has arrived or is still waiting, so there is nothing to send again.",
                1 => "One message is sent again.",
                number => return Cow::Owned(format!("{number} messages are sent again.")),
            },
            Self::ConfirmationMailed => "The customer is mailed again. Earlier mails stay good too.",
            Self::ReceiptShared => "The link is below. Send it to the customer.",
            Self::TransferCancelling => {
                "A transaction that pays nothing takes its place. The network decides which of the two it takes."
            }
            Self::PayoutsPaused => {
                "Paused. Nothing is signed any more; what was signed before is still followed to its end."
            }
            Self::PayoutsResumed => "Resumed. Refunds that wait are sent now.",
            Self::PayoutsReconciled => "Compared. What was found is below.",
            Self::TransactionExplained => "Explained. It does not keep payouts from being resumed any more.",
            Self::TransactionAssigned => "Assigned. The refund has ended as paid.",
            Self::DepositTakenBack => "Taken back from the balance and the payment intent.",
            Self::DepositWrittenOff => "Written off. The balance gave what it had.",
            Self::DepositRecovered => "It has arrived again. The balance got back what it gave.",
            Self::MonthClosed => "Closed. Its totals are stored, and nothing is booked in it any more.",
            Self::HouseCurrencyChosen => {
                "The currency of the books was chosen. It counts from the month that is shown."
            }
            Self::DraftDiscarded => "Discarded. Nothing was refunded.",
            Self::ViewSaved => "Saved. The view is above the list.",
            Self::ViewRenamed => "The view has its new name.",
            Self::ViewDeleted => "The view was deleted.",
            Self::TimeZoneChanged => "Saved in this browser. The days of filters begin in this time zone.",
            Self::TransferStopped => "Stopped. Nothing was sent, and the money is back on your balance.",
        })
    }
}
