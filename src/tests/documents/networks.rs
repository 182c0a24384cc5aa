//! The table of coins and networks is what the program has.

use super::document::documents;
use requite::{
    domain::names::Named,
    domain::{address::network::Network, money::currency::Currency},
    evm::networks::{facts, takes_authorizations},
};
use std::collections::BTreeSet;

#[test]
fn the_table_of_coins_is_what_is_received_and_sent() {
    let page = documents().into_iter().find(|document| document.name == "docs/networks.md").unwrap().text;
    let cells = |cell: &str| cell.split(',').map(|coin| coin.trim().to_owned()).collect::<BTreeSet<_>>();
    let rows = page.lines().skip_while(|line| *line != "## Coins and networks").filter(|line| line.starts_with("| "));
    let written: Vec<_> = rows
        .skip(2)
        .map_while(|row| match row.trim_matches('|').split('|').collect::<Vec<_>>()[..] {
            [network, coins, authorised] => Some((network.trim().to_owned(), cells(coins), cells(authorised))),
            _ => None,
        })
        .take_while(|(network, ..)| Network::all().any(|known| known.title() == network))
        .collect();
    let expected: Vec<_> = Network::all()
        .filter(|network| facts(*network).is_some())
        .map(|network| {
            let coins = || network.coins().iter().map(|(coin, _)| *coin);
            let names =
                |coins: &mut dyn Iterator<Item = Currency>| coins.map(|coin| coin.coin_symbol().to_owned()).collect();
            let authorised = names(&mut coins().filter(|coin| takes_authorizations(*coin)));
            (network.title().to_owned(), names(&mut coins()), authorised)
        })
        .collect();
    assert_eq!(written, expected);
}
