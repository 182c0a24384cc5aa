//! Texts for cameras.

use qrcode::{QrCode, render::svg};

/// The text as a picture, made of nothing but the text, so that it is safe to put into a page as it is: to be set as the inner HTML of an element with the class `qr`; empty when it is too long for one.
pub fn qr_code(text: &str) -> String {
    QrCode::new(text)
        .map(|code| code.render::<svg::Color<'_>>().min_dimensions(176, 176).build())
        .map(|svg| svg.split_once("?>").map_or(svg.clone(), |(_, image)| image.to_owned()))
        .unwrap_or_default()
}
