-- Every change of public content is announced when its transaction commits, once, so that servers
-- throw away the answers they share. A server that cannot listen shares none.
create function announce_change() returns trigger language plpgsql as $$
begin
  perform pg_notify('fairground_public_content', '');
  return null;
end
$$;

do $$
declare
  public_table text;
begin
  foreach public_table in array array[
    'code_list', 'code_entry', 'jurisdiction', 'rule_set', 'rule_parameter', 'work_calendar', 'work_calendar_year',
    'work_calendar_day', 'organization', 'organization_version', 'organization_role', 'affiliation', 'data_resource',
    'data_resource_version', 'data_item', 'scenario', 'scenario_version', 'authorization_grant',
    'authorization_grant_version', 'authorized_resource', 'authorized_scenario', 'product', 'product_version',
    'product_resource', 'product_scenario', 'product_list', 'product_listing', 'registration', 'registration_version',
    'tariff', 'tariff_tier', 'price_ceiling', 'price_ceiling_tier', 'revenue_cap']
  loop
    execute format('create trigger announce after insert or update or delete or truncate on %I'
                   ' for each statement execute function announce_change()', public_table);
  end loop;
end
$$;
