-- When a person has explained how the customer of a refund was paid in another way, since its own payment was not made. It
-- belongs to the refund and stays: one transaction can be that of several refunds, and blocks can be removed again.
alter table removed_payments add column explained_at timestamptz;
update removed_payments
set explained_at = (select max(u.explained_at) from transfers t
    join unexplained_transactions u on u.network = t.network and u.sender = t.sender and u.explained_at > t.updated_at
    where t.id = removed_payments.transfer_id
        and (u.transaction_hash = removed_payments.transaction_hash and removed_payments.failed_at is not null
            or u.transaction_hash in (select a.hash from transfer_attempts a where a.transfer_id = t.id)));

-- The authorisation (EIP-3009) that has paid a transfer, if it is not the transfer's own: a person has assigned the payment
-- of a refund that was lost. If its block is removed, it can be submitted again like any other.
create table used_authorizations (
    transfer_id uuid primary key references transfers (id),
    authorizer text not null,
    nonce text not null
);
