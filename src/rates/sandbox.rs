//! The sandbox's prices: a fixed table with a small reproducible change every minute.

use super::{DollarPrice, RateSource};
use crate::domain::money::currency::Currency;
use chrono::{DateTime, Duration, DurationRound, Utc};
use rust_decimal::Decimal;
use sha2::{Digest, Sha256};
use std::borrow::Cow;

/// Resolution of the change: steps per percent.
const STEPS_OF_A_PERCENT: u32 = 100;

/// Invented prices in US dollars.
#[derive(Clone, Copy, Debug)]
pub struct SandboxRates {
    /// Maximum change from the table in percent, up or down. Zero keeps prices constant.
    drift: Decimal,
}

impl SandboxRates {
    pub const fn new(drift: Decimal) -> Self {
        Self { drift }
    }
}

/// Units of each currency of the world for one dollar, by code.
const PER_DOLLAR: &str = "
    AED 3.6725 AFN 70 ALL 92 AMD 388 AOA 912 ARS 1020 AUD 1.54 AWG 1.79 AZN 1.7 BAM 1.81 BBD 2 BDT 119.5 BHD 0.376
    BIF 2930 BMD 1 BND 1.34 BOB 6.91 BRL 5.78 BSD 1 BTN 84.4 BWP 13.6 BYN 3.27 BZD 2.01 CAD 1.4 CDF 2870 CHF 0.885
    CLP 975 CNY 7.24 COP 4390 CRC 509 CUP 24 CVE 102 CZK 23.4 DJF 177.7 DKK 6.9 DOP 60.3 DZD 133.5 EGP 49.6 ERN 15
    ETB 124 FJD 2.27 FKP 0.79 GBP 0.79 GEL 2.73 GHS 15.8 GIP 0.79 GMD 71 GNF 8620 GTQ 7.72 GYD 209 HKD 7.78 HNL 25.2
    HTG 131 HUF 380 IDR 15900 ILS 3.72 INR 84.4 IQD 1310 IRR 42000 ISK 137 JMD 159 JOD 0.709 JPY 154.5 KES 129.5
    KGS 86.5 KHR 4050 KMF 455 KPW 900 KRW 1400 KWD 0.3075 KYD 0.833 KZT 499 LAK 21950 LBP 89500 LKR 291 LRD 180 LSL 18.1
    LYD 4.88 MAD 10 MDL 18.2 MGA 4680 MKD 57 MMK 2100 MNT 3400 MOP 8.02 MRU 39.9 MUR 46.5 MVR 15.4 MWK 1735 MXN 20.3
    MYR 4.47 MZN 63.9 NAD 18.1 NGN 1680 NIO 36.8 NOK 11.05 NPR 135 NZD 1.71 OMR 0.385 PAB 1 PEN 3.8 PGK 4.02 PHP 58.9
    PKR 278 PLN 4.01 PYG 7800 QAR 3.64 RON 4.61 RSD 108.5 RUB 104 RWF 1370 SAR 3.755 SBD 8.39 SCR 13.6 SDG 601 SEK 10.75
    SGD 1.34 SHP 0.79 SLE 22.7 SOS 571 SRD 35.4 SSP 3200 STN 22.7 SVC 8.75 SYP 13000 SZL 18.1 THB 34.6 TJS 10.65 TMT 3.5
    TND 3.15 TOP 2.37 TRY 34.5 TTD 6.79 TWD 32.5 TZS 2655 UAH 41.3 UGX 3690 UYU 42.7 UZS 12830 VED 46.5 VES 46.5
    VND 25420 VUV 119 WST 2.77 XAF 607 XCD 2.7 XCG 1.79 XOF 607 XPF 110.4 YER 250 ZAR 18.1 ZMW 27.6 ZWG 25.5
";

fn dollars(currency: Currency) -> Option<Decimal> {
    Some(match currency {
        Currency::Usd | Currency::Usdt => Decimal::ONE,
        Currency::Eur => Decimal::new(108, 2),
        Currency::Eth => Decimal::new(3_711, 0),
        Currency::Btc => Decimal::new(97_250, 0),
        Currency::Ltc => Decimal::new(104, 0),
        Currency::Sol => Decimal::new(192, 0),
        Currency::Xrp => Decimal::new(235, 2),
        Currency::Xlm => Decimal::new(312, 3),
        Currency::Trx => Decimal::new(284, 3),
        Currency::Pol => Decimal::new(225, 3),
        Currency::Avax => Decimal::new(2_180, 2),
        Currency::Fiat(fiat) => {
            let mut words = PER_DOLLAR.split_whitespace();
            words.find(|code| *code == fiat.code())?;
            Decimal::ONE.checked_div(Decimal::from_str_exact(words.next()?).ok()?)?
        }
    })
}

/// A number from −1 to 1 in hundredths: a hash of the currency and the minute, so that each minute has a fixed price
/// and currencies move independently.
fn movement(currency: Currency, minute: DateTime<Utc>) -> Decimal {
    let hash = Sha256::digest(format!("{} {}", currency.code(), minute.timestamp()));
    let number = hash.iter().take(2).fold(0_u32, |number, byte| number * 256 + u32::from(*byte));
    let steps = i64::from(number % (2 * STEPS_OF_A_PERCENT + 1)) - i64::from(STEPS_OF_A_PERCENT);
    Decimal::new(steps, 2)
}

impl RateSource for SandboxRates {
    fn name(&self) -> Cow<'static, str> {
        "sandbox table".into()
    }

    fn price(&self, of: Currency, now: DateTime<Utc>) -> Option<DollarPrice> {
        let minute = now.duration_trunc(Duration::minutes(1)).ok()?;
        let moved = Decimal::ONE + movement(of, minute) * self.drift / Decimal::ONE_HUNDRED;
        Some(DollarPrice { price: (dollars(of)? * moved).normalize(), at: now })
    }

    fn max_age(&self) -> Duration {
        Duration::minutes(1)
    }
}
