//! `requite wallet export`.

use super::{ExportFormat, Wallet, tell_of_foreign};
use crate::{
    chain::evm::wallet::{ACCOUNT_PATH, whole_path},
    cli::error::Error,
};
use serde_json::json;
use std::process::ExitCode;

pub async fn run(wallet: &Wallet, format: ExportFormat) -> Result<ExitCode, Error> {
    let (mut first, mut last, mut own, mut foreign) = (None, None, 0_u64, 0);
    if format == ExportFormat::Csv {
        outln!("index,path,address,network,merchant_id,order");
    }
    let mut after = None;
    loop {
        let page = wallet.page(after).await?;
        let Some((end, _)) = page.last() else { break };
        after = Some(end.index);
        for (stored, address) in &page {
            let Some(address) = address else {
                foreign += 1;
                continue;
            };
            own += 1;
            first.get_or_insert(stored.index);
            last = Some(stored.index);
            if format == ExportFormat::Csv {
                let (index, path) = (stored.index, whole_path(stored.index));
                outln!(
                    "{index},{path},{address},{},{},{}",
                    stored.network.code(),
                    stored.merchant_id,
                    stored.order_number
                );
            }
        }
    }
    if format == ExportFormat::Descriptors {
        let descriptors = json!({
            "account": wallet.networks.deposits.to_string(),
            "accountPath": ACCOUNT_PATH,
            "addressPath": format!("{ACCOUNT_PATH}/0/*"),
            "firstIndex": first,
            "lastIndex": last,
            "addresses": own,
        });
        outln!("{descriptors:#}");
    }
    tell_of_foreign(foreign);
    wallet.store.close().await;
    Ok(ExitCode::SUCCESS)
}
