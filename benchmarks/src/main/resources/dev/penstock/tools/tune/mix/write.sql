-- name: transfer
begin;
update {schema}.accounts set balance = balance + :int(-5000, 5000) where id = :int(1, 100000);
select balance from {schema}.accounts where id = :int(1, 100000);
update {schema}.tellers set balance = balance + :int(-5000, 5000) where id = :int(1, 100);
update {schema}.branches set balance = balance + :int(-5000, 5000) where id = :int(1, 10);
insert into {schema}.history (teller, branch, account, delta)
  values (:int(1, 100), :int(1, 10), :int(1, 100000), :int(-5000, 5000));
commit;
