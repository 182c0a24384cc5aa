//! Everything that the server has is searched for what could sign.

use super::{THIEF, limited, users};
use crate::{
    chain::production::{Created, PASSPHRASE, Production, RefundRequest},
    support::{contracts::Account, hd_wallet::HdWallet, processes::Running},
};
use alloy_primitives::{U256, hex};
use data_encoding::BASE64_NOPAD;
use requite::domain::money::currency::Currency::{Eth, Usd, Usdt};
use std::{
    io::{Read, Seek, SeekFrom},
    path::Path,
    time::{Duration, Instant},
};
use uuid::Uuid;

const PAGE: usize = 4096;

/// What is searched for: whole secrets and their halves, as bytes and in the usual notations.
fn forms(secret: &[u8]) -> Vec<Vec<u8>> {
    let (first, second) = secret.split_at(secret.len() / 2);
    let mut forms = Vec::new();
    for part in [secret, first, second] {
        let list = |between: &str| part.iter().map(u8::to_string).collect::<Vec<_>>().join(between);
        forms.push(part.to_vec());
        forms.extend([hex::encode(part), hex::encode_upper(part), list(","), list(", ")].map(String::into_bytes));
        // Where it begins within a longer text that is encoded decides how it is written.
        for before in 0..3 {
            let padded = [&vec![0; before], part].concat();
            // Without the characters that what is before and behind decides too.
            let inner = BASE64_NOPAD.encode(&padded)[[0, 2, 3][before]..padded.len() * 8 / 6].to_owned();
            forms.extend([inner.replace('+', "-").replace('/', "_"), inner].map(String::into_bytes));
        }
    }
    forms
        .push(U256::try_from_be_slice(secret).map(|number| number.to_string().into_bytes()).unwrap_or(secret.to_vec()));
    forms.sort();
    forms.dedup();
    forms
}

/// The names of the secrets that are in the loot, in any form.
fn found<'a>(loot: &[u8], secrets: &[(&'a str, Vec<u8>)]) -> Vec<&'a str> {
    let mut by_beginning: Vec<Vec<(&str, Vec<u8>)>> = vec![Vec::new(); 1 << 16];
    for (name, secret) in secrets {
        for form in forms(secret) {
            by_beginning[usize::from(form[0]) << 8 | usize::from(form[1])].push((name, form));
        }
    }
    let mut found = Vec::new();
    for at in 1..loot.len() {
        let here = &by_beginning[usize::from(loot[at - 1]) << 8 | usize::from(loot[at])];
        found.extend(here.iter().filter(|(_, form)| loot[at - 1..].starts_with(form)).map(|(name, _)| *name));
    }
    found.sort_unstable();
    found.dedup();
    found
}

fn secrets(sender: &Account) -> Vec<(&'static str, Vec<u8>)> {
    let mut secrets = vec![("the key", sender.key.to_vec()), ("the passphrase", PASSPHRASE.into())];
    secrets.extend(HdWallet::new().secrets());
    secrets
}

/// The writable memory of a process, without pages that were never written.
fn memory(process: &Running) -> Vec<u8> {
    let folder = Path::new("/proc").join(process.0.id().to_string());
    let mut memory = std::fs::File::open(folder.join("mem")).unwrap();
    let mut content = Vec::new();
    for line in std::fs::read_to_string(folder.join("maps")).unwrap().lines().filter(|line| line.contains(" rw")) {
        let (from, to) = line.split(' ').next().unwrap().split_once('-').unwrap();
        let number = |text| u64::from_str_radix(text, 16).unwrap();
        let (from, to) = (number(from), number(to));
        let mut part = vec![0; usize::try_from(to - from).unwrap()];
        memory.seek(SeekFrom::Start(from)).unwrap();
        // A region may have ended meanwhile.
        if memory.read_exact(&mut part).is_ok() {
            content.extend(part.chunks(PAGE).filter(|page| **page != [0; PAGE]).flatten());
        }
    }
    content
}

async fn everything_of_the_server(production: &Production, server: &Running) -> Vec<u8> {
    let mut loot = memory(server);
    assert!(loot.len() > 1 << 20, "the memory of the server cannot be read");
    let folder = Path::new("/proc").join(server.0.id().to_string());
    for file in [folder.join("environ"), folder.join("cmdline")] {
        loot.extend(std::fs::read(file).unwrap());
    }
    let mut folders = vec![production.place("server")];
    folders.extend(production.app.url.strip_prefix("sqlite:").map(|file| Path::new(file).parent().unwrap().to_owned()));
    for file in folders.iter().flat_map(|folder| std::fs::read_dir(folder).unwrap()) {
        loot.extend(std::fs::read(file.unwrap().path()).unwrap());
    }
    // SQLite's rows are in its files.
    if folders.len() == 1 {
        for table in production.app.texts("select tablename::text from pg_tables where schemaname = 'public'").await {
            let rows =
                production.app.texts(&format!("select coalesce(string_agg(t::text, ','), '') from {table} t")).await;
            loot.extend(rows.concat().into_bytes());
        }
    }
    loot
}

on_each_engine! {
    async fn nothing_that_the_server_has_can_sign(engine: Engine) {
        let production = Production::new(engine, users(), limited).await;
        let _signer = production.start_signer();
        let (server, url) = production.start_server();
        // The server has signed, sent and followed a transfer of each kind.
        for coin in [Usd, Usdt, Eth] {
            let intent = production.paid_intent(coin).await.id.to_string();
            let key = Uuid::new_v4();
            let request = RefundRequest { key, intent, coin, recipient: THIEF, amount: "0.5".to_owned() };
            assert!(matches!(production.refund(&url, &request).await, Created::Refund(_)));
        }
        let begun = Instant::now();
        while production.app.count("select count(*) from refunds where status = 'completed'").await < 3 {
            assert!(begun.elapsed() < Duration::from_secs(60), "the refunds do not get on");
            production.anvil.mine(1).await;
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        let mut loot = everything_of_the_server(&production, &server).await;
        // The loot is complete: it has what the server has to know, and what it has stored.
        let public = HdWallet::new().account().to_string();
        let sender = production.sender.address.to_checksum(None);
        let raw = production.app.texts("select raw from transfer_attempts limit 1").await.concat();
        let known = [("xpub", public.into_bytes()), ("sender", sender.into_bytes()), ("raw", raw.into_bytes())];
        let secrets = secrets(&production.sender);
        let all = [known.as_slice(), secrets.as_slice()].concat();
        assert_eq!(found(&loot, &all), ["raw", "sender", "xpub"]);
        // Whoever searches would find it.
        for (name, secret) in &secrets {
            for form in forms(secret) {
                let begin = loot.len();
                loot.extend([b"\"", form.as_slice(), b"\""].concat());
                assert_eq!(found(&loot[begin..], &secrets), [*name], "{}", String::from_utf8_lossy(&form));
            }
        }
    }
}
