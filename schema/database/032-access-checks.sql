-- The checks of requests for access and of access grants keep their runs where those of products do.
-- They are known to their parties and to those who supervise them only.
alter table check_run add column party_id uuid references organization (id);
comment on column check_run.party_id is 'who applied, or holds the grant: such a run is not public; null for those of everything that is';
alter table check_run drop constraint check_run_subject_kind_check,
  add check (subject_kind in ('PRODUCT', 'AUTHORIZATION', 'OPERATOR', 'MARKET', 'ACCESS_REQUEST', 'ACCESS_GRANT'));
alter table check_sweep_part drop constraint check_sweep_part_subject_kind_check,
  add check (subject_kind in ('PRODUCT', 'AUTHORIZATION', 'OPERATOR', 'MARKET', 'ACCESS_REQUEST', 'ACCESS_GRANT'));
