-- Receipts of refunds that customers can open: the key signs the link, which is made anew whenever it is shown.
create table refund_receipts (
    refund_id uuid primary key references refunds (id),
    link_key text not null,
    created_at timestamptz not null
);
