-- What every later table leans on: content that was public is closed, never overwritten or deleted.

-- A version row may only be closed: valid_to goes from infinity to the moment of its successor.
create function close_only() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE'
     and old.valid_to = 'infinity'
     and (to_jsonb(new) - 'valid_to') = (to_jsonb(old) - 'valid_to') then
    return new;
  end if;
  raise exception 'public content of % is closed by a new version, never changed or deleted', tg_table_name
    using errcode = 'restrict_violation';
end
$$;

-- A row of a published edition is never touched again.
create function never_change() returns trigger language plpgsql as $$
begin
  raise exception 'a published row of % is never changed or deleted', tg_table_name
    using errcode = 'restrict_violation';
end
$$;

-- Words that a text can be found by: words of letters and digits whole, Chinese, Japanese and
-- Korean text in overlapping pairs of characters, both after NFKC and in lower case.
create function search_words(words text) returns text[]
language sql immutable parallel safe strict as $$
  select coalesce(array_agg(distinct word), '{}')
  from (
    select run[1] as word
    from regexp_matches(lower(normalize(words, nfkc)), '([^\W_⺀-鿿가-힯豈-﫿]+)', 'g') as run
    union all
    select substr(run[1], place, 2)
    from regexp_matches(lower(normalize(words, nfkc)), '([⺀-鿿가-힯豈-﫿]+)', 'g') as run
    cross join lateral generate_series(1, greatest(length(run[1]) - 1, 1)) as place
  ) as found (word)
  where length(word) between 1 and 64
$$;
