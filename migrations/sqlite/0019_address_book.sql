-- Circle's address book: who can be refunded by a name instead of an address that is typed each time.
create table address_book_recipients (
    id text primary key,
    merchant_id text not null references merchants (id),
    network text not null,
    address text not null,
    memo text,
    nickname text,
    email text,
    bns text,
    status text not null check (status in ('pending', 'inactive', 'active', 'denied')),
    -- When it is looked at next; none when nothing is to come.
    due_at text,
    created_at text not null,
    updated_at text not null,
    -- The audit log names it, so the row stays.
    deleted_at text
) strict;
create unique index address_book_recipients_once on address_book_recipients (merchant_id, network, address, coalesce(memo, ''))
    where deleted_at is null;
create index address_book_recipients_by_time on address_book_recipients (merchant_id, created_at, id) where deleted_at is null;
create index address_book_recipients_by_status on address_book_recipients (merchant_id, status, created_at, id)
    where deleted_at is null;
create index address_book_recipients_by_address on address_book_recipients (merchant_id, address) where deleted_at is null;
create index address_book_recipients_by_email on address_book_recipients (merchant_id, email) where deleted_at is null;
create index address_book_recipients_due on address_book_recipients (due_at) where due_at is not null and deleted_at is null;
