-- A lost deposit that is in a block again holds its coins there, also before the nodes agree about it.
drop view account_entries;
create view account_entries as
select d.network, 'deposits' as role, d.address as account, 'in' as flow,
    case when p.status = 'paid' and p.unsupported is null then 'credited' when p.unsupported is not null then 'unsupported'
        else 'waiting' end as kind,
    d.currency, d.amount, d.block_height
from chain_deposits d left join payments p on p.id = d.payment_id
    where d.stage in ('seen', 'credited', 'final') or d.stage = 'lost' and d.is_back = 1
union all
select m.network, m.role, m.account, m.flow,
    case when e.movement_id is not null or u.explained_at is not null then 'explained' else m.kind end as kind,
    m.currency, m.amount, m.block_height
from own_movements m left join movement_explanations e on e.movement_id = m.id
    left join unexplained_transactions u on u.network = m.network and u.sender = m.account
        and u.transaction_hash = m.transaction_hash and m.kind = 'unknown' and m.role = 'sender' and m.flow = 'out'
where m.removed_at is null;

-- What was decided about a payment that was taken back does not concern the one that its deposit became later.
update chain_deposits set resolution = null, resolution_note = null, resolved_at = null, resolved_by = null
where resolution = 'taken_back' and stage in ('seen', 'credited', 'final', 'lost');
