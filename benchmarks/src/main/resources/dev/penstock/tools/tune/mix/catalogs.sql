-- No tables of anybody's: only what every database has.
-- name: relation, weight: 6
select relname, relkind, relpages from pg_catalog.pg_class where oid = :int(1000, 16000);

-- name: columns, weight: 3
select attname, atttypid from pg_catalog.pg_attribute where attrelid = :int(1000, 4000) and attnum > 0;

-- name: sum, weight: 1
select count(*), sum(length(prosrc)) from pg_catalog.pg_proc where oid between :int(1000, 2000) and :int(2001, 3000);
