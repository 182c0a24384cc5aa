//! Deposits that were credited and then removed by the network, when the money was spent.

use crate::{
    chain::Chain,
    chain::evm::connection::explorer_link,
    islands::transaction::transaction_link,
    server_fns::deposits::{RecoverDeposit, WriteDepositOff},
    service::{operations::lost_deposits::NOTE_MIN, refunds::transfer::explorer},
    store::chain::lost_deposits::LostDeposit,
    ui::components::{time::Time, typed_text::TypedText},
    web::paths,
};
use leptos::{prelude::*, server_fn::ServerFn};

/// The section; nothing if there are none.
pub fn section(chain: Option<&Chain>, lost: &[LostDeposit], may_act: bool) -> Option<AnyView> {
    if lost.is_empty() {
        return None;
    }
    let items = lost.iter().map(|one| item(chain, one, may_act)).collect_view();
    Some(
        view! {
            <section class="card stack" id="lost-deposits" aria-labelledby="lost-title">
                <h2 id="lost-title">"Lost deposits"</h2>
                <p>
                    "These were credited early. Then the network removed their blocks, and the money was spent by then, so they \
                     could not be taken back. If one comes back in another block, it leaves this list by itself. Nothing more is \
                     refunded of their payment intents."
                </p>
                <ul class="stack">{items}</ul>
            </section>
        }
        .into_any(),
    )
}

fn item(chain: Option<&Chain>, lost: &LostDeposit, may_act: bool) -> AnyView {
    let found = &lost.deposit;
    let transfer = &found.transfer;
    let explorer = explorer(chain, found.network);
    let link = explorer_link(explorer.as_deref(), Some(&transfer.transaction_hash));
    let form = match (may_act, &lost.written_off) {
        (false, _) => None,
        (true, None) => Some(write_off_form(lost)),
        (true, Some(_)) => Some(recover_form(lost)),
    };
    let back = lost.written_off.clone().map(|(at, note)| {
        view! {
            <p>"It was written off " <Time at /> ": " <TypedText text=note /> " Now it is in a final block again."</p>
        }
    });
    view! {
        <li class="stack finding">
            <p class="wrap">
                <strong class="number">{transfer.amount.with_coin_symbol()}</strong> " on " {found.network.title()} ", to a "
                <a href=paths::payment_intent(transfer.owner.intent)>"payment intent"</a> ", since " <Time at=lost.since /> "."
            </p>
            <p class="wrap">
                "Transaction " {transaction_link(link, transfer.transaction_hash.clone())} ", last in block "
                <span class="number">{transfer.block.height}</span> "."
            </p>
            {back}
            {form}
        </li>
    }
    .into_any()
}

fn write_off_form(lost: &LostDeposit) -> AnyView {
    let id = lost.deposit.id.to_string();
    let input = format!("note-{id}");
    let hint = format!("note-hint-{id}");
    view! {
        <form method="post" action=WriteDepositOff::url()>
            <input type="hidden" name="deposit" value=id />
            <div class="field">
                <label for=input.clone()>"What you know about it, for the audit log"</label>
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
                <p class="hint" id=hint>
                    "If the money is there by now, it is taken back from the balance and from the payment intent. If it was \
                     refunded, the intent stays as it is, and the balance gives what it has; what is missing was paid by you."
                </p>
            </div>
            <div class="actions">
                <button class="button">"It is lost"</button>
            </div>
        </form>
    }
    .into_any()
}

fn recover_form(lost: &LostDeposit) -> AnyView {
    view! {
        <form method="post" action=RecoverDeposit::url()>
            <input type="hidden" name="deposit" value=lost.deposit.id.to_string() />
            <p class="hint">"The nodes are asked about it. If they agree, the balance gets back what it gave."</p>
            <div class="actions">
                <button class="button">"It arrived again"</button>
            </div>
        </form>
    }
    .into_any()
}
