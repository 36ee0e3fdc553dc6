-- An edition costs what it changes: its entries are kept as ranges of editions, with digests that anybody can compute
-- again; docs/editions.md tells how.

create function sha256_hex(content text) returns text
language sql immutable parallel safe strict as $$
  select encode(sha256(convert_to(content, 'UTF8')), 'hex')
$$;

-- The canonical JSON of RFC 8785, of whole numbers and of objects whose keys are ASCII: what PostgreSQL writes strings
-- as is what the RFC wants.
create function canonical_json(content jsonb) returns text
language plpgsql immutable parallel safe strict as $$
begin
  case jsonb_typeof(content)
    when 'object' then
      return '{' || coalesce((
        select string_agg(to_json(key)::text || ':' || canonical_json(value), ',' order by key collate "C")
          from jsonb_each(content)), '') || '}';
    when 'array' then
      return '[' || coalesce((
        select string_agg(canonical_json(value), ',' order by place)
          from jsonb_array_elements(content) with ordinality as element (value, place)), '') || ']';
    when 'number' then
      if content::numeric <> trunc(content::numeric) or abs(content::numeric) > 9007199254740991 then
        raise exception 'the number % has no canonical form here: only whole numbers up to 2^53 - 1 have', content
          using errcode = 'invalid_parameter_value';
      end if;
      return trunc(content::numeric)::text;
    else
      return content::text;
  end case;
end
$$;

-- A text in all its languages: the one it was written in, then the others in the order of their tags.
create function canonical_texts(original text, locale text, translations jsonb) returns text
language sql stable parallel safe as $$
  select '[{"locale":' || to_json(locale) || ',"value":' || to_json(original) || '}'
         || coalesce((
              select string_agg(',{"locale":' || to_json(t.key) || ',"value":' || to_json(t.value) || '}', ''
                                order by t.key collate "C")
                from jsonb_each_text(translations) as t
               where t.key <> locale and t.value is not null), '')
         || ']'
$$;

create function global_id(prefix text, id uuid) returns text
language sql immutable parallel safe as $$
  select prefix || '_' || replace(id::text, '-', '')
$$;

-- Each version of a product as an entry of a list, in canonical JSON: written out in the order of its keys, because a
-- list of many thousands is written at once. What is missing or empty is left out.
create view product_entry_form as
select v.operator_id, v.product_id, v.version,
       '{"entry":{' || concat_ws(',',
         '"accessTerms":' || to_json(v.access_terms),
         '"authorization":"' || global_id('ag', v.authorization_grant_id) || '"',
         '"capabilityKind":' || to_json(v.capability_kind),
         '"capacity":' || to_json(v.capacity),
         '"code":' || to_json(v.code),
         '"dataUpdatedOn":"' || to_char(v.data_updated_on, 'YYYY-MM-DD') || '"',
         '"deliveries":' || array_to_json(nullif(v.deliveries, '{}')),
         '"endsOn":"' || to_char(v.ends_on, 'YYYY-MM-DD') || '"',
         '"field":' || to_json(v.field),
         '"form":' || to_json(v.form),
         '"grade":' || to_json(v.grade),
         '"kind":' || to_json(v.kind),
         '"leadTimeWorkingDays":' || v.lead_time_working_days,
         '"personalInformation":' || v.personal_information,
         '"purposeClass":' || to_json(v.purpose_class),
         '"regionCode":' || to_json(v.region_code),
         '"resources":[' || (
           select string_agg('{' || coalesce('"dataItems":' || array_to_json(u.data_items) || ',', '')
                             || '"resource":"' || global_id('res', u.resource_id) || '"}', ',' order by u.resource_id)
             from product_resource u
            where u.operator_id = v.operator_id and u.product_id = v.product_id and u.product_version = v.version
         ) || ']',
         '"scenarios":[' || (
           select string_agg('{"allowed":' || u.allowed || ',"scenario":"' || global_id('sce', u.scenario_id) || '"}', ','
                             order by u.scenario_id)
             from product_scenario u
            where u.operator_id = v.operator_id and u.product_id = v.product_id and u.product_version = v.version
         ) || ']',
         '"sectorCode":' || to_json(v.sector_code),
         '"startsOn":"' || to_char(v.starts_on, 'YYYY-MM-DD') || '"',
         '"summary":' || canonical_texts(v.summary, v.locale, v.summary_translations),
         '"tier":' || to_json(v.tier),
         '"title":' || canonical_texts(v.title, v.locale, v.title_translations),
         '"tradingVenue":' || to_json(v.trading_venue),
         '"updateFrequency":' || to_json(v.update_frequency))
       || '},"product":"' || global_id(case v.kind when 'DATA_PRODUCT' then 'dp' else 'sc' end, v.product_id)
       || '","version":' || v.version || '}' as form
  from product_version v;

create function product_entry(operator uuid, product uuid, product_version integer) returns jsonb
language sql stable parallel safe as $$
  select f.form::jsonb -> 'entry'
    from product_entry_form f
   where f.operator_id = operator and f.product_id = product and f.version = product_version
$$;

-- Entries: from which edition to which a version of a product is listed.
alter table product_listing rename to product_listing_before;

create table product_listing (
  operator_id uuid not null,
  product_id uuid not null,
  first_number integer not null check (first_number > 0),
  last_number integer check (last_number >= first_number),
  product_version integer not null,
  position integer not null check (position > 0),
  entry_digest text not null check (entry_digest ~ '^[0-9a-f]{64}$'),
  bucket text collate "C" not null
    generated always as (left(encode(sha256(replace(product_id::text, '-', '')::bytea), 'hex'), 3)) stored
);
comment on table product_listing is 'a version of a product, and the editions of its operator''s list that show it';
comment on column product_listing.last_number is 'the last edition that shows it; null while the newest does';
comment on column product_listing.position is 'its place in the list; a product keeps it while it stays listed';
comment on column product_listing.entry_digest is 'SHA-256 of product_entry_form.form';
comment on column product_listing.bucket is 'where it hangs in the tree of digests, by the digest of the product''s id';

insert into product_listing (operator_id, product_id, first_number, last_number, product_version, position, entry_digest)
select r.operator_id, r.product_id, r.first_number, nullif(r.last_number, newest.number), r.product_version, r.position,
       sha256_hex(f.form)
  from (
    select operator_id, product_id, product_version, position, min(list_number) as first_number,
           max(list_number) as last_number
      from (
        select operator_id, product_id, product_version, position, list_number,
               list_number - row_number() over (
                 partition by operator_id, product_id, product_version, position order by list_number) as run
          from product_listing_before
      ) as numbered
     group by operator_id, product_id, product_version, position, run
  ) as r
  join (select operator_id, max(number) as number from product_list group by operator_id) as newest
    on newest.operator_id = r.operator_id
  join product_entry_form f
    on f.operator_id = r.operator_id and f.product_id = r.product_id and f.version = r.product_version;

drop table product_listing_before;

alter table product_listing
  add primary key (operator_id, product_id, first_number),
  add foreign key (operator_id, first_number) references product_list (operator_id, number),
  add foreign key (operator_id, product_id, product_version)
    references product_version (operator_id, product_id, version);
create unique index product_listing_newest on product_listing (operator_id, product_id) where last_number is null;
create index product_listing_bucket on product_listing (operator_id, bucket) where last_number is null;
create index product_listing_position on product_listing (operator_id, position, first_number);
create index product_listing_first on product_listing (operator_id, first_number);
create index product_listing_last on product_listing (operator_id, last_number) where last_number is not null;
create index product_listing_product on product_listing (product_id, first_number desc);

-- What an edition says of itself. Those that were published before have the first form of digest, which has no root.
drop trigger product_list_never_change on product_list;
alter table product_list
  add column digest_form integer not null default 1 check (digest_form in (1, 2)),
  add column root text check (root ~ '^[0-9a-f]{64}$'),
  add column published_by text check (length(published_by) between 1 and 500),
  add column added_count integer not null default 0 check (added_count >= 0),
  add column ended_count integer not null default 0 check (ended_count >= 0),
  add check ((digest_form = 2) = (root is not null));
update product_list e
   set added_count = (select count(*) from product_listing l
                       where l.operator_id = e.operator_id and l.first_number = e.number),
       ended_count = (select count(*) from product_listing l
                       where l.operator_id = e.operator_id and l.last_number = e.number - 1);
alter table product_list
  alter column digest_form set default 2,
  alter column added_count drop default,
  alter column ended_count drop default;
create trigger product_list_never_change before update or delete on product_list
  for each row execute function never_change();
comment on column product_list.digest_form is 'how its digest is made; see docs/editions.md';
comment on column product_list.root is 'the digest of all its entries: the root of their tree';
comment on column product_list.published_by is 'the name of who published it; null for an import';
comment on column product_list.added_count is 'how many entries begin with it';
comment on column product_list.ended_count is 'how many entries ended with the edition before it';

-- The digest of an edition covers all that is told of it, and by its root all entries.
create function product_list_digest(edition product_list) returns text
language sql stable parallel safe as $$
  select sha256_hex(canonical_json(jsonb_strip_nulls(jsonb_build_object(
           'demonstration', edition.demonstration,
           'digestForm', edition.digest_form,
           'id', global_id('pl', edition.id),
           'listingCount', edition.listing_count,
           'number', edition.number,
           'operator', global_id('org', edition.operator_id),
           'previousDigest', edition.previous_digest,
           'publishedAt', to_char(edition.published_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
           'publishedBy', edition.published_by,
           'root', edition.root,
           'source', edition.source,
           'title', jsonb_build_object('locale', edition.locale, 'value', edition.title)))))
$$;

-- The tree of digests over each operator's newest edition; derived from its entries, and never read by callers.
create table product_list_node (
  operator_id uuid not null,
  path text collate "C" not null check (path ~ '^[0-9a-f]{0,3}$'),
  depth integer not null generated always as (length(path)) stored,
  digest text not null check (digest ~ '^[0-9a-f]{64}$'),
  primary key (operator_id, depth, path)
);
comment on column product_list_node.path is 'three digits for a bucket of entries, fewer for a node above, none for the root';

-- Makes those nodes anew that hang above some products, and gives the new root. The products' entries are those given:
-- their rows are not written yet, or are about to end. Inner selects with an offset or a limit are here and below looked
-- up one by one, which the planner would not do in a small table.
create function renew_product_list_nodes(operator uuid, touched uuid[], listed uuid[], digests text[]) returns text
language plpgsql as $$
declare
  paths text[];
begin
  paths := array(
    select distinct left(encode(sha256(replace(t::text, '-', '')::bytea), 'hex'), 3) from unnest(touched) as t);

  with entry as materialized (
    select l.bucket, l.product_id, l.entry_digest
      from unnest(paths) as p
     cross join lateral (
       select n.bucket, n.product_id, n.entry_digest
         from product_listing n
        where n.operator_id = operator and n.bucket = p and n.last_number is null
       offset 0
     ) as l
     where not exists (select 1 from unnest(touched) as t where t = l.product_id)
    union all
    select left(encode(sha256(replace(n.id::text, '-', '')::bytea), 'hex'), 3), n.id, n.digest
      from unnest(listed, digests) as n (id, digest)
  ), emptied as (
    delete from product_list_node n
     where n.operator_id = operator and n.depth = 3 and n.path = any(paths)
       and not exists (select 1 from entry e where e.bucket = n.path)
  )
  insert into product_list_node as n (operator_id, path, digest)
  select operator, e.bucket,
         sha256_hex('bucket/' || e.bucket || e'\n'
           || string_agg(replace(e.product_id::text, '-', '') || ' ' || e.entry_digest || e'\n', '' order by e.product_id))
    from entry e
   group by e.bucket
      on conflict (operator_id, depth, path) do update set digest = excluded.digest where n.digest <> excluded.digest;

  for level in reverse 2..0 loop
    paths := array(select distinct left(p, level) from unnest(paths) as p);
    with node as materialized (
      select p.path, below.children
        from unnest(paths) as p (path)
       cross join lateral (
         select string_agg(right(c.path, 1) || ' ' || c.digest || e'\n', '' order by c.path) as children
           from product_list_node c
          where c.operator_id = operator and c.depth = level + 1 and c.path > p.path and c.path < p.path || 'g'
       ) as below
    ), emptied as (
      delete from product_list_node n
       where n.operator_id = operator and n.depth = level and level > 0
         and n.path = any(array(select path from node where children is null))
    )
    insert into product_list_node as n (operator_id, path, digest)
    select operator, node.path, sha256_hex('node/' || node.path || e'\n' || coalesce(node.children, ''))
      from node
     where node.children is not null or level = 0
        on conflict (operator_id, depth, path) do update set digest = excluded.digest where n.digest <> excluded.digest;
  end loop;

  return (select n.digest from product_list_node n where n.operator_id = operator and n.depth = 0);
end
$$;

select renew_product_list_nodes(operator_id, array_agg(product_id), array_agg(product_id), array_agg(entry_digest))
  from product_listing
 where last_number is null
 group by operator_id;

-- Entries begin with an edition and end before one, which tells beforehand how many: more are refused, and the edition
-- is not committed with fewer. So nothing of a complete edition can be altered. Counting takes the index also where the
-- planner thinks that an edition has as many entries as the first one had.
create function begin_with_edition() returns trigger language plpgsql
set enable_seqscan = off as $$
begin
  if exists (select 1 from added where last_number is not null)
     or exists (
       select 1
         from (select distinct operator_id, first_number from added) as a
         join product_list e on e.operator_id = a.operator_id and e.number = a.first_number
        where e.added_count < (select count(*) from product_listing l
                                where l.operator_id = a.operator_id and l.first_number = a.first_number)) then
    raise exception 'a published edition takes no further entry' using errcode = 'restrict_violation';
  end if;
  return null;
end
$$;
create trigger product_listing_begin_with_edition after insert on product_listing
  referencing new table as added for each statement execute function begin_with_edition();

create function end_before_edition() returns trigger language plpgsql
set enable_seqscan = off as $$
begin
  if exists (
       select 1
         from (select distinct operator_id, last_number from ended) as d
         left join product_list e on e.operator_id = d.operator_id and e.number = d.last_number + 1
        where coalesce(e.ended_count, 0) < (select count(*) from product_listing l
                                             where l.operator_id = d.operator_id and l.last_number = d.last_number)) then
    raise exception 'an entry of a published edition stays in it' using errcode = 'restrict_violation';
  end if;
  return null;
end
$$;
create trigger product_listing_end_before_edition after update on product_listing
  referencing new table as ended for each statement execute function end_before_edition();
-- The bucket is computed: before an update it is still empty in the new row.
create trigger product_listing_end_only before update or delete on product_listing
  for each row execute function end_only('last_number', 'bucket');
create trigger product_listing_never_truncate before truncate on product_listing
  for each statement execute function never_change();
create trigger announce after insert or update or delete or truncate on product_listing
  for each statement execute function announce_change();
drop function within_edition();

create function edition_is_whole() returns trigger language plpgsql
set enable_seqscan = off as $$
declare
  before product_list;
begin
  select * into before from product_list e where e.operator_id = new.operator_id and e.number = new.number - 1;
  if new.digest_form <> 2
     or new.published_at <= before.published_at
     or new.listing_count <> coalesce(before.listing_count, 0) + new.added_count - new.ended_count
     or new.added_count <> (select count(*) from product_listing l
                             where l.operator_id = new.operator_id and l.first_number = new.number)
     or new.ended_count <> (select count(*) from product_listing l
                             where l.operator_id = new.operator_id and l.last_number = new.number - 1)
     or new.digest <> product_list_digest(new) then
    raise exception 'edition % is not what it says of itself: editions are made by publish_edition()', new.number
      using errcode = 'restrict_violation';
  end if;
  return null;
end
$$;
create constraint trigger product_list_is_whole after insert on product_list
  deferrable initially deferred for each row execute function edition_is_whole();

-- Publishers of one operator take turns from here to the end of their transaction. Who takes its turn before it looks
-- at the clock has moments in the order of the editions.
create function take_turn_to_publish(operator uuid) returns void language sql as $$
  select 1 from organization where id = operator for no key update
$$;

-- Publishes the next edition of an operator's list: what differs between what is listed and the versions that are
-- PUBLISHED at the moment, among the products touched (null for all that it has). No row where nothing differs. A title
-- of null stays as it was. The edition's moment is later than that of the one before, whatever was given.
create function publish_edition(
  operator uuid, moment timestamptz, publisher text, list_title text, list_locale text, list_source text,
  made_up boolean, touched uuid[] default null, list_id uuid default gen_random_uuid())
returns table (id uuid, number integer, published_at timestamptz, listing_count integer, added integer, changed integer,
               removed integer)
language plpgsql as $$
declare
  before product_list;
  edition product_list;
  ended uuid[];
  listed uuid[];
  versions integer[];
  positions integer[];
  digests text[];
  fresh integer;
begin
  perform take_turn_to_publish(operator);
  select * into before from product_list e where e.operator_id = operator order by e.number desc limit 1;
  edition.published_at := greatest(moment, before.published_at + interval '1 microsecond');

  if touched is null then
    touched := array(
      select p.id from product p where p.operator_id = operator);
  end if;
  select array_agg(d.product_id) filter (where d.listed_version is not null),
         array_agg(d.product_id order by d.product_id) filter (where d.version is not null),
         array_agg(d.version order by d.product_id) filter (where d.version is not null),
         array_agg(coalesce(d.position, d.last_position + d.place) order by d.product_id)
           filter (where d.version is not null),
         array_agg(sha256_hex(f.form) order by d.product_id) filter (where d.version is not null),
         count(*) filter (where d.listed_version is null)
    into ended, listed, versions, positions, digests, fresh
    from (
      select t.id as product_id, l.product_version as listed_version, l.position, v.version,
             coalesce((select max(n.position) from product_listing n where n.operator_id = operator), 0) as last_position,
             row_number() over (partition by l.product_id is null order by v.code, t.id)::integer as place
        from (select distinct u as id from unnest(touched) as u) as t
        left join lateral (
          select n.product_id, n.product_version, n.position
            from product_listing n
           where n.operator_id = operator and n.product_id = t.id and n.last_number is null
           limit 1
        ) as l on true
        left join lateral (
          select n.version, n.code
            from product_version n
           where n.operator_id = operator and n.product_id = t.id and n.status = 'PUBLISHED'
             and n.valid_from <= edition.published_at and n.valid_to > edition.published_at
           limit 1
        ) as v on true
       where l.product_version is distinct from v.version
    ) as d
    left join lateral (
      select n.form
        from product_entry_form n
       where n.operator_id = operator and n.product_id = d.product_id and n.version = d.version
       limit 1
    ) as f on true;
  if ended is null and listed is null then
    return;
  end if;

  ended := coalesce(ended, '{}');
  listed := coalesce(listed, '{}');
  edition.operator_id := operator;
  edition.number := coalesce(before.number, 0) + 1;
  edition.id := list_id;
  edition.title := coalesce(list_title, before.title);
  edition.locale := case when list_title is null then before.locale else list_locale end;
  edition.added_count := cardinality(listed);
  edition.ended_count := cardinality(ended);
  edition.listing_count := coalesce(before.listing_count, 0) + edition.added_count - edition.ended_count;
  edition.previous_digest := before.digest;
  edition.digest_form := 2;
  edition.published_by := publisher;
  edition.source := list_source;
  edition.demonstration := made_up;
  edition.root := renew_product_list_nodes(operator, ended || listed, listed, digests);
  edition.digest := product_list_digest(edition);

  insert into product_list (operator_id, number, id, title, locale, published_at, listing_count, digest,
         previous_digest, source, demonstration, digest_form, root, published_by, added_count, ended_count)
  values (edition.operator_id, edition.number, edition.id, edition.title, edition.locale, edition.published_at,
          edition.listing_count, edition.digest, edition.previous_digest, edition.source, edition.demonstration,
          edition.digest_form, edition.root, edition.published_by, edition.added_count, edition.ended_count);
  update product_listing l
     set last_number = before.number
    from unnest(ended) as d (product_id)
   where l.operator_id = operator and l.product_id = d.product_id and l.last_number is null;
  insert into product_listing (operator_id, product_id, first_number, product_version, position, entry_digest)
  select operator, n.product_id, edition.number, n.version, n.position, n.digest
    from unnest(listed, versions, positions, digests) as n (product_id, version, position, digest);

  return query select edition.id, edition.number, edition.published_at, edition.listing_count, fresh,
                      edition.added_count - fresh, edition.ended_count - (edition.added_count - fresh);
end
$$;

-- What is other in one edition of an operator's list than in another one, whichever is the newer. Edition 0 is empty.
create function product_list_changes(operator uuid, since integer, until integer)
returns table (product_id uuid, place integer, version_before integer, version integer)
language sql stable parallel safe as $$
  select coalesce(older.product_id, newer.product_id), coalesce(newer.position, older.position),
         case when since <= until then older.product_version else newer.product_version end,
         case when since <= until then newer.product_version else older.product_version end
    from (
      select l.product_id, l.position, l.product_version
        from product_listing l
       where l.operator_id = operator
         and l.last_number >= least(since, until) and l.last_number < greatest(since, until)
         and l.first_number <= least(since, until)
    ) as older
    full join (
      select l.product_id, l.position, l.product_version
        from product_listing l
       where l.operator_id = operator
         and l.first_number > least(since, until) and l.first_number <= greatest(since, until)
         and (l.last_number is null or l.last_number >= greatest(since, until))
    ) as newer on newer.product_id = older.product_id
   where older.product_version is distinct from newer.product_version
$$;
