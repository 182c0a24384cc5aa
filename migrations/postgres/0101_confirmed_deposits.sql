-- A transaction that is executed again after a reorganisation can pay something else at the same place. Then both are payments:
-- the first one fails, or was credited and is taken back.
drop index payments_by_transaction;
create unique index payments_by_transaction
    on payments (network, transaction_hash, deposit_address, position, currency, amount) where status <> 'failed';

-- Why a deposit is not credited although its time has come. refused: by the database. unconfirmed: the nodes do not say whether a
-- contract sent it. contradicted: the nodes denied it, and its block is to be read again. unanswered: too few nodes answer about it.
alter table chain_deposits add column problem text
    check (problem in ('refused', 'unconfirmed', 'contradicted', 'unanswered'));
create index chain_deposits_with_problem on chain_deposits (network, problem) where problem is not null;

-- Of coin that a contract sent: by what the nodes have confirmed it in the block that is stored with it.
alter table chain_deposits add column coin_proof text check (coin_proof in ('traces', 'balance'));

-- An intent does not expire before what was seen in time is booked.
create index chain_deposits_seen_by_intent on chain_deposits (intent_id) where stage = 'seen';
