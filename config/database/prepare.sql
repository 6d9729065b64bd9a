-- What a database needs before its first migration. Run once inside it, as superuser, after the two roles exist:
-- littlefoot_owner owns the tables and migrates, littlefoot_app is what web and worker connect as.
-- Used as it is by `make run`, by the tests and by docker-compose.yml.
CREATE EXTENSION IF NOT EXISTS btree_gist;
CREATE EXTENSION IF NOT EXISTS pg_trgm;
CREATE EXTENSION IF NOT EXISTS unaccent;

ALTER SCHEMA public OWNER TO littlefoot_owner;
REVOKE ALL ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public TO littlefoot_app;

ALTER DEFAULT PRIVILEGES FOR ROLE littlefoot_owner IN SCHEMA public
  GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO littlefoot_app;
ALTER DEFAULT PRIVILEGES FOR ROLE littlefoot_owner IN SCHEMA public
  GRANT USAGE, SELECT ON SEQUENCES TO littlefoot_app;
