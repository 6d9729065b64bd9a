#!/bin/bash
# Run once by the database's container when its volume is empty: the two roles, the database, and what it needs
# before its first migration (config/database/prepare.sql, the same that `make run` uses).
set -euo pipefail

psql --set ON_ERROR_STOP=1 --username "$POSTGRES_USER" --dbname postgres \
  --set owner_password="$OWNER_PASSWORD" --set app_password="$APP_PASSWORD" <<'SQL'
CREATE ROLE littlefoot_owner LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE PASSWORD :'owner_password';
CREATE ROLE littlefoot_app LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE PASSWORD :'app_password';
CREATE DATABASE littlefoot OWNER littlefoot_owner;
REVOKE ALL ON DATABASE littlefoot FROM PUBLIC;
GRANT CONNECT ON DATABASE littlefoot TO littlefoot_app;
SQL

psql --set ON_ERROR_STOP=1 --username "$POSTGRES_USER" --dbname littlefoot --file /littlefoot/prepare.sql
