-- The language of a mail, by its code: what its recipient had chosen when it was written, and after the first attempt that of
-- the attempts. Null is that of the server.
alter table mail_outbox add column language text;
-- So far there was English only.
update mail_outbox set language = 'en' where state <> 'waiting' or tries > 0;
