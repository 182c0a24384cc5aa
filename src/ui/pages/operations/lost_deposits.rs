//! Deposits that were credited and then removed by the network, when the money was spent.

use crate::{
    chain::Chain,
    chain::evm::connection::explorer_link,
    languages::Language,
    server_fns::deposits::{RecoverDeposit, WriteDepositOff},
    service::{operations::lost_deposits::NOTE_MIN, refunds::transfer::explorer},
    store::chain::lost_deposits::LostDeposit,
    texts::amounts::in_coin,
    ui::components::{address::transaction_link, time::Time, typed_text::TypedText},
    web::paths,
};
use leptos::{prelude::*, server_fn::ServerFn};

/// The section; nothing if there are none.
pub fn section(language: Language, chain: Option<&Chain>, lost: &[LostDeposit], may_act: bool) -> Option<AnyView> {
    if lost.is_empty() {
        return None;
    }
    let items = lost.iter().map(|one| item(language, chain, one, may_act)).collect_view();
    Some(
        view! {
            <section class="card stack" id="lost-deposits" aria-labelledby="lost-title">
                <h2 id="lost-title">{language.text("payouts-lost-title")}</h2>
                <p>{language.text("payouts-lost-lead")}</p>
                <ul class="stack">{items}</ul>
            </section>
        }
        .into_any(),
    )
}

fn item(language: Language, chain: Option<&Chain>, lost: &LostDeposit, may_act: bool) -> AnyView {
    let found = &lost.deposit;
    let transfer = &found.transfer;
    let explorer = explorer(chain, found.network);
    let link = explorer_link(explorer.as_deref(), Some(&transfer.transaction_hash));
    let form = match (may_act, &lost.written_off) {
        (false, _) => None,
        (true, None) => Some(write_off_form(language, lost)),
        (true, Some(_)) => Some(recover_form(language, lost)),
    };
    let back = lost.written_off.clone().map(|(at, note)| {
        let (before, after) = language.around("payouts-lost-written-off", "at");
        view! {
            <p>
                {before} <Time at /> {after} " " <TypedText text=note /> " " {language.text("payouts-lost-is-back")}
            </p>
        }
    });
    let (amount, network) = (in_coin(language, transfer.amount), found.network.title());
    let values = [("amount", amount.as_str()), ("network", network)];
    let (before_time, after_time) = language.around_with("payouts-lost-what", "since", values);
    let height = [("height", transfer.block.height.to_string())];
    let (before_link, after_link) = language.around_with("payouts-lost-transaction", "transaction", height);
    view! {
        <li class="stack finding">
            <p class="wrap">
                {before_time} <Time at=lost.since /> {after_time} " "
                <a href=paths::payment_intent(transfer.owner.intent)>{language.text("payouts-lost-intent")}</a>
            </p>
            <p class="wrap">
                {before_link} {transaction_link(link, transfer.transaction_hash.clone())} {after_link}
            </p>
            {back}
            {form}
        </li>
    }
    .into_any()
}

fn write_off_form(language: Language, lost: &LostDeposit) -> AnyView {
    let id = lost.deposit.id.to_string();
    let input = format!("note-{id}");
    let hint = format!("note-hint-{id}");
    view! {
        <form method="post" action=WriteDepositOff::url()>
            <input type="hidden" name="deposit" value=id />
            <div class="field">
                <label for=input.clone()>{language.text("payouts-lost-note")}</label>
                <input
                    id=input
                    name="note"
                    class="input"
                    minlength=NOTE_MIN
                    maxlength="500"
                    autocomplete="off"
                    required=true
                    aria-describedby=hint.clone()
                />
                <p class="hint" id=hint>{language.text("payouts-lost-note-hint")}</p>
            </div>
            <div class="actions">
                <button class="button">{language.text("payouts-lost-write-off")}</button>
            </div>
        </form>
    }
    .into_any()
}

fn recover_form(language: Language, lost: &LostDeposit) -> AnyView {
    view! {
        <form method="post" action=RecoverDeposit::url()>
            <input type="hidden" name="deposit" value=lost.deposit.id.to_string() />
            <p class="hint">{language.text("payouts-lost-recover-hint")}</p>
            <div class="actions">
                <button class="button">{language.text("payouts-lost-recover")}</button>
            </div>
        </form>
    }
    .into_any()
}
