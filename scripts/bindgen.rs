//! The only part of wasm-bindgen's command line that bundle.sh needs. The complete command takes ten times as long to
//! build.

use wasm_bindgen_cli_support::Bindgen;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let (Some(library), Some(folder)) = (arguments.next(), arguments.next()) else {
        return Err("usage: bindgen LIBRARY.wasm FOLDER".into());
    };
    Bindgen::new()
        .input_path(library)
        .out_name("requite")
        .web(true)?
        .omit_default_module_path(false)
        .typescript(false)
        .generate(folder)?;
    Ok(())
}
