-- name: lookup, weight: 9
select id, branch, balance from {schema}.accounts where id = :int(1, 100000);

-- name: sum, weight: 1
select sum(balance) from (
  select balance from {schema}.accounts where id >= :int(1, 99900) order by id limit 100
) hundred;
