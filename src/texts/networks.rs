//! Texts about the networks that are followed.

use chrono::Duration;

/// How far catching up has come: `20,000 of 31,000 blocks, about 4 minutes left`.
pub fn catching_up(done: i64, all: i64, elapsed: Duration) -> String {
    let blocks = format!("{} of {} blocks", with_commas(done), with_commas(all));
    let left = elapsed.num_seconds().checked_mul(all - done).and_then(|product| product.checked_div(done));
    match left {
        Some(seconds) if done > 0 && elapsed > Duration::zero() => {
            format!("{blocks}, about {} left", in_words(seconds))
        }
        Some(_) | None => blocks,
    }
}

/// What to do about deposits that were credited and that the network has removed.
pub fn lost_deposits(number: usize) -> String {
    let deposits = if number == 1 { "1 deposit was".to_owned() } else { format!("{number} deposits were") };
    format!(
        "{deposits} credited and then removed by the network, and the money is spent already. Compare them with the \
         network, and agree with the customers."
    )
}

fn in_words(seconds: i64) -> String {
    let (number, unit) = match seconds {
        ..=90 => return "a minute".to_owned(),
        91..=5_400 => ((seconds + 30) / 60, "minutes"),
        5_401..=172_800 => ((seconds + 1_800) / 3_600, "hours"),
        _ => ((seconds + 43_200) / 86_400, "days"),
    };
    format!("{number} {unit}")
}

fn with_commas(number: i64) -> String {
    let digits = number.to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && digit.is_ascii_digit() && (digits.len() - index).is_multiple_of(3) && !text.ends_with('-') {
            text.push(',');
        }
        text.push(digit);
    }
    text
}
