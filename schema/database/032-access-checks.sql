-- The checks of requests for access and of access grants keep their runs where those of products do.
alter table check_run drop constraint check_run_subject_kind_check,
  add check (subject_kind in ('PRODUCT', 'AUTHORIZATION', 'OPERATOR', 'MARKET', 'ACCESS_REQUEST', 'ACCESS_GRANT'));
alter table check_sweep_part drop constraint check_sweep_part_subject_kind_check,
  add check (subject_kind in ('PRODUCT', 'AUTHORIZATION', 'OPERATOR', 'MARKET', 'ACCESS_REQUEST', 'ACCESS_GRANT'));
