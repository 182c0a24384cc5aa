-- 1: responses on Circle's surface keep to the vendor's older OpenAPI file, for clients that validate them.
alter table api_keys add column strict_circle integer not null default 0;
