//! QR codes.

use qrcode::{QrCode, render::svg};

/// Returns the QR code of a text as SVG, for the inner HTML of an element with the class `qr`. The SVG does not contain
/// the text, so no escaping is needed. Returns an empty string if the text is too long for a QR code.
pub fn qr_code(text: &str) -> String {
    QrCode::new(text)
        .map(|code| code.render::<svg::Color<'_>>().min_dimensions(176, 176).build())
        .map(|svg| svg.split_once("?>").map_or(svg.clone(), |(_, image)| image.to_owned()))
        .unwrap_or_default()
}
