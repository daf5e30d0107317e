-- Who the kiosk is to its server: owner of one database, and nothing more. For `psql`, as the administrator,
-- with the password in the environment.
\set ON_ERROR_STOP on
\getenv password POSTGRES_PASSWORD
CREATE ROLE kiosk LOGIN PASSWORD :'password';
GRANT pg_read_all_settings TO kiosk;  -- so that it sees what the server would remember
CREATE DATABASE kiosk OWNER kiosk TEMPLATE template0 ENCODING 'UTF8' LC_COLLATE 'C' LC_CTYPE 'C';
ALTER ROLE CURRENT_USER PASSWORD NULL;  -- the administrator comes in from this machine alone
