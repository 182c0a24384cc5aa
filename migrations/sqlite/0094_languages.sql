-- The language that a person has chosen for the console, by its code. Null is that of the browser.
alter table users add column language text;
