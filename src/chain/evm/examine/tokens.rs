//! The tokens of a network: whether each contract is the coin that it is taken for.

use super::{Finding, Level, of_error, plain};
use crate::{
    chain::evm::rpc::{Node, RpcError},
    config::networks::NetworkSettings,
    domain::{error::ErrorText, money::currency::Currency},
    error::with_causes,
    evm::{
        abi::{Selector, returned_number, returned_text},
        authorization::TokenDomain,
        networks::GAS_PRICE_ORACLE,
    },
};
use alloy_primitives::{Address, B256, Bytes, U256};
use futures::future::try_join;
use serde_json::{Value as Json, json};

const QUESTIONS: [Selector; 5] =
    [Selector::DECIMALS, Selector::SYMBOL, Selector::NAME, Selector::VERSION, Selector::DOMAIN_SEPARATOR];
/// The code of the error when a call reverts (as in geth; it is in no standard).
const REVERTED: i64 = 3;
const CONTRACTS: &str = "networks-details-check-contract";

type Answer = Result<Bytes, RpcError>;

/// Examines all tokens, and the contract for data fees where the network has one.
pub(super) async fn examine(node: &Node, settings: &NetworkSettings) -> Vec<Finding> {
    let mut contracts: Vec<Address> = settings.tokens.values().copied().collect();
    contracts.extend(settings.facts.has_data_fee.then_some(GAS_PRICE_ORACLE));
    let of_code: Vec<Json> = contracts.iter().map(|contract| json!([contract, "latest"])).collect();
    let question =
        |contract: &Address, selector: Selector| json!([{ "to": contract, "data": selector.call(&[]) }, "latest"]);
    let calls: Vec<Json> =
        settings.tokens.values().flat_map(|contract| QUESTIONS.map(|selector| question(contract, selector))).collect();
    let asked = try_join(node.call_each("eth_getCode", &of_code), node.call_each("eth_call", &calls));
    let (codes, answers): (Vec<Answer>, Vec<Answer>) = match asked.await {
        Ok(answers) => answers,
        Err(error) => {
            let (about, text) = (ErrorText::new("networks-details-tokens"), of_error(with_causes(&error)));
            return vec![Finding::warning(about, text, "networks-details-ask-again")];
        }
    };
    let mut codes = codes.into_iter();
    let mut findings = Vec::new();
    for (((currency, contract), code), answers) in
        settings.tokens.iter().zip(codes.by_ref()).zip(answers.chunks(QUESTIONS.len()))
    {
        let token = Token { currency: *currency, contract: *contract, settings };
        let of_token = if let Some(finding) = missing_code(token.about(), &code, Level::Wrong) {
            vec![finding]
        } else {
            token.examine(answers)
        };
        findings.extend(of_token);
    }
    if let Some(code) = codes.next() {
        let about = ErrorText::new("networks-details-data-fee");
        findings.push(missing_code(about.clone(), &code, Level::Warning).unwrap_or_else(|| {
            Finding::ok(about, plain(format!("the contract that knows it is there ({GAS_PRICE_ORACLE})")))
        }));
    }
    findings
}

fn missing_code(about: ErrorText, code: &Answer, level: Level) -> Option<Finding> {
    match code {
        Ok(code) if code.is_empty() => {
            Some(Finding::new(level, about, ErrorText::new("networks-details-no-contract"), CONTRACTS))
        }
        Ok(_) => None,
        Err(error) => Some(unread(about, "code", error)),
    }
}

/// An answer that is missing for a reason other than the contract: too many requests, for example.
fn unread(about: ErrorText, what: &'static str, error: &RpcError) -> Finding {
    let text = ErrorText::new("networks-details-unread").with("what", what).with("cause", with_causes(error));
    Finding::warning(about, text, "networks-details-ask-again")
}

/// Whether a token may call itself this. Tether writes USDT, USDt or USD₮, and on networks with its own bridge USD₮0
/// (Arbitrum) or USDT0 (Polygon): <https://github.com/0xPolygon/polygon-token-list/pull/760>.
fn is_symbol_of(currency: Currency, symbol: &str) -> bool {
    let written = symbol.replace('₮', "T");
    let of_the_bridge = written.strip_suffix('0').filter(|_| currency == Currency::Usdt);
    of_the_bridge.unwrap_or(&written).eq_ignore_ascii_case(currency.coin_symbol())
}

struct Token<'a> {
    currency: Currency,
    contract: Address,
    settings: &'a NetworkSettings,
}

impl Token<'_> {
    fn about(&self) -> ErrorText {
        plain(format!("{} {}", self.currency.coin_symbol(), self.contract))
    }

    fn examine(&self, answers: &[Answer]) -> Vec<Finding> {
        let [decimals, symbol, name, version, separator] = answers else { return Vec::new() };
        let problems = [self.decimals(decimals), self.symbol(symbol), self.domain(name, version, separator)];
        let problems: Vec<_> = problems.into_iter().flatten().collect();
        if problems.iter().any(|finding| finding.level == Level::Wrong) {
            return problems;
        }
        let places = self.expected_decimals();
        let mut findings = vec![Finding::ok(self.about(), plain(format!("a contract with {places} decimals")))];
        findings.extend(problems);
        findings
    }

    fn expected_decimals(&self) -> u32 {
        let coins = self.settings.network.coins().iter();
        coins.copied().find(|(coin, _)| *coin == self.currency).map_or(0, |(_, decimals)| decimals)
    }

    fn decimals(&self, answer: &Answer) -> Option<Finding> {
        let expected = self.expected_decimals();
        match self.read("decimals", answer, returned_number) {
            Ok(decimals) if decimals == U256::from(expected) => None,
            Ok(decimals) => {
                let text = ErrorText::new("networks-details-decimals").with("found", decimals.to_string());
                Some(Finding::wrong(self.about(), text.with("expected", expected.to_string()), CONTRACTS))
            }
            Err(finding) => Some(*finding),
        }
    }

    fn symbol(&self, answer: &Answer) -> Option<Finding> {
        let expected = self.currency.coin_symbol();
        let is_test = self.settings.is_test_network();
        match self.read("symbol", answer, returned_text) {
            Ok(symbol) if is_symbol_of(self.currency, &symbol) => None,
            Ok(symbol) => {
                let symbol: String = symbol.chars().filter(|letter| !letter.is_control()).take(20).collect();
                let text = ErrorText::new("networks-details-symbol").with("found", symbol.as_str());
                let text = text.with("expected", expected);
                // Test networks have coins with names of their own, but none that is another coin of the settings.
                let mut others = self.settings.tokens.keys().filter(|other| **other != self.currency);
                let is_another = others.any(|other| is_symbol_of(*other, &symbol));
                let level = if is_test && !is_another { Level::Warning } else { Level::Wrong };
                Some(Finding::new(level, self.about(), text, CONTRACTS))
            }
            Err(finding) if is_test => Some(Finding { level: Level::Warning, ..*finding }),
            Err(finding) => Some(*finding),
        }
    }

    /// Compares what authorised transfers (EIP-3009) are signed for with what the token accepts. Only Circle's coins have
    /// them.
    fn domain(&self, name: &Answer, version: &Answer, separator: &Answer) -> Option<Finding> {
        if !matches!(self.currency, Currency::Usd | Currency::Eur) {
            return None;
        }
        let without = |error: &RpcError| match error {
            RpcError::Refused { code: REVERTED, .. } => {
                let text = ErrorText::new("networks-details-no-authorizations");
                Finding::warning(self.about(), text, "networks-details-no-domain")
            }
            error => unread(self.about(), "domain", error),
        };
        let (name, version, separator) = match (name, version, separator) {
            (Ok(name), Ok(version), Ok(separator)) => (returned_text(name), returned_text(version), separator),
            (Err(error), ..) | (_, Err(error), _) | (.., Err(error)) => return Some(without(error)),
        };
        let domain = match (name, version) {
            (Some(name), Some(version)) => {
                let chain_id = self.settings.facts.chain_id;
                Some(TokenDomain { name, version, chain_id, contract: self.contract })
            }
            _ => None,
        };
        match domain {
            Some(domain)
                if B256::try_from(separator.as_ref()).is_ok_and(|separator| separator == domain.separator()) =>
            {
                None
            }
            _ => Some(Finding::wrong(self.about(), ErrorText::new("networks-details-separator"), CONTRACTS)),
        }
    }

    /// Reads an answer that every token gives. A contract that gives none is not the token.
    fn read<T>(
        &self,
        what: &'static str,
        answer: &Answer,
        parse: impl FnOnce(&[u8]) -> Option<T>,
    ) -> Result<T, Box<Finding>> {
        let wrong = || {
            let text = ErrorText::new("networks-details-unsaid").with("what", what);
            Box::new(Finding::wrong(self.about(), text, CONTRACTS))
        };
        match answer {
            Ok(data) => parse(data).ok_or_else(wrong),
            Err(RpcError::Refused { code: REVERTED, .. }) => Err(wrong()),
            Err(error) => Err(Box::new(unread(self.about(), what, error))),
        }
    }
}
