-- The overview lists the unfinished refunds of the person who looks at it.
create index refund_drafts_of_user on refund_drafts (user_id, updated_at) where refund_id is null;
