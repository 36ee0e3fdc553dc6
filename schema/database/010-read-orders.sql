-- Indexes for the orders in which lists are read.
create index authorization_grant_version_updated on authorization_grant_version (valid_from desc, grant_id desc)
  where valid_to = 'infinity';
create index authorization_grant_version_number on authorization_grant_version (number, grant_id)
  where valid_to = 'infinity';
create index organization_version_code on organization_version (code, organization_id) where valid_to = 'infinity';
create index organization_version_updated on organization_version (valid_from desc, organization_id desc)
  where valid_to = 'infinity';
create index data_resource_version_region on data_resource_version (region_code text_pattern_ops, title, resource_id)
  where valid_to = 'infinity';
