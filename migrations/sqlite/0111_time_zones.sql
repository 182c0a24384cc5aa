-- The time zone that a person has chosen for the days of filters, by its name. Null is that of the browser.
alter table users add column time_zone text;
