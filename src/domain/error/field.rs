//! The inputs that errors refer to, in one table with the native spelling of each.

use serde::{Deserialize, Serialize};
use std::{borrow::Cow, fmt};

macro_rules! fields {
    ($($(#[$doc:meta])* $variant:ident => $name:literal;)*) => {
        /// An input that a rule rejects. Each API and the console have their own name for it.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
        #[serde(into = "Cow<'static, str>", try_from = "String")]
        pub enum Field {
            $($(#[$doc])* $variant,)*
            /// The network of a payment method, by its position in the list.
            PaymentMethodNetwork(usize),
        }

        impl Field {
            /// Every field; one with a position is listed with the first position.
            pub const ALL: &'static [Field] = &[$(Self::$variant,)* Self::PaymentMethodNetwork(0)];

            /// The native spelling, a path with points between.
            pub fn name(self) -> Cow<'static, str> {
                match self {
                    $(Self::$variant => Cow::Borrowed($name),)*
                    Self::PaymentMethodNetwork(index) => format!("payment_methods.{index}.network").into(),
                }
            }
        }
    };
}

fields! {
    // A payment intent.
    PaymentMethods => "payment_methods";
    ExpiresOn => "expires_on";
    Metadata => "metadata";
    Outcome => "outcome";
    /// The network chosen at an order's checkout.
    Network => "network";
    /// The coin and network chosen on an order's payment page.
    Choice => "choice";

    /// The currency that an intent's payments are credited in.
    SettlementCurrency => "settlement_currency";

    /// The currency of an order's price.
    PriceCurrency => "price_currency";
    /// The currency that an order's payments are credited in.
    ReceiveCurrency => "receive_currency";

    // A refund.
    Amount => "amount";
    AmountCurrency => "amount.currency";
    Coin => "coin";
    /// The balance that pays.
    Funding => "funding";
    FeePayer => "fee_payer";
    Quote => "quote";
    ExpectedRefundable => "expected_refundable";
    DestinationNetwork => "destination.network";
    DestinationAddress => "destination.address";
    DestinationMemo => "destination.memo";
    /// An entry of the address book.
    DestinationRecipient => "destination.recipient";
    /// The address that paid.
    DestinationSender => "destination.sender";
    OverrideReason => "override_reason";
    Email => "email";
    Reason => "reason";
    Note => "note";
    SkipCustomerConfirmation => "skip_user_address_confirmation";
    IdempotencyKey => "idempotency_key";
    /// The checkbox on the last page of the wizard.
    Confirmed => "confirmed";
    /// The end of the address, typed on the last page of the wizard.
    Typed => "typed";
    /// The customer's answer to a confirmation request.
    Answer => "answer";

    // The address book.
    Nickname => "metadata.nickname";
    MetadataEmail => "metadata.email";
    Bns => "metadata.bns";

    // The policy.
    Window => "window";
    WindowStart => "window_start";
    RefundLimit => "refund_limit";
    DailyLimit => "daily_limit";
    MerchantDailyLimit => "merchant_daily_limit";
    LooseningDelay => "loosening_delay";
    Role => "role";
    CurrencyLimits => "currency_limits";
    Destinations => "destinations";
    CoolDown => "cool_down";
    CoolDownFrom => "cool_down_from";
    ApprovalFrom => "approval_from";
    RenewalTolerance => "renewal_tolerance";

    /// The available balances below which people are told, one currency a line.
    MinimumBalances => "minimum_balances";

    // Webhooks.
    Url => "url";
    Description => "description";
    Events => "events";
    Payload => "payload";
    Secret => "secret";
    Since => "since";
    /// The endpoint of a subscription to Circle's notifications.
    Endpoint => "endpoint";

    // People and keys.
    Password => "password";
    /// The code of the second factor.
    Code => "code";
    Name => "name";
    Scopes => "scopes";
    Addresses => "addresses";
    Overlap => "overlap";
    /// The encoding of CoinGate's callbacks.
    CallbackFormat => "callback_format";

    // Reports.
    Day => "day";
}

impl Field {
    fn parse(name: &str) -> Option<Self> {
        let item = name.strip_prefix("payment_methods.").and_then(|rest| rest.strip_suffix(".network"));
        match item {
            Some(index) => index.parse().ok().map(Self::PaymentMethodNetwork),
            None => Self::ALL.iter().copied().find(|field| field.name() == name),
        }
    }
}

impl fmt::Display for Field {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.name())
    }
}

impl From<Field> for Cow<'static, str> {
    fn from(field: Field) -> Self {
        field.name()
    }
}

impl TryFrom<String> for Field {
    type Error = UnknownField;

    fn try_from(name: String) -> Result<Self, UnknownField> {
        Self::parse(&name).ok_or(UnknownField)
    }
}

/// The error for a name that belongs to no field.
#[derive(Debug, thiserror::Error)]
#[error("unknown field")]
pub struct UnknownField;
