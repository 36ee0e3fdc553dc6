package dev.fairground.draft;

import dev.fairground.graphql.Write;
import dev.fairground.kernel.Scope;
import dev.fairground.kernel.Viewer;
import dev.fairground.sql.Database;
import dev.fairground.sql.Reading;
import dev.fairground.sql.Rows;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** SQL that tells of many entries at once what they rest on. */
final class StandingRepository {
  private final Database database;

  StandingRepository(Database database) {
    this.database = database;
  }

  // $1 is what the drafts are read from, $2 the day, $3 for whom the caller decides reviews. A
  // resource is in scope as a
  // whole, or by its data items. Where a scope names scenarios that it allows, it allows no other
  // ones.
  private static final String STANDING =
      """
      select d.id, v.version, v.status,
             case when v.version is null then '{}' else array(
               select key
                 from (select jsonb_object_keys(d.content) union select jsonb_object_keys(newest.entry)) as k (key)
                where d.content -> key is distinct from newest.entry -> key
                order by key) end,
             d.base_version < v.version and d.base_version is not null
               and product_entry(d.operator_id, d.product_id, d.base_version) - '{kind,code}'::text[] <> newest.entry,
             exists (
               select 1 from product p
                where p.operator_id = d.operator_id and p.code = d.code and p.id <> d.product_id),
             g.grant_id, g.number, g.state,
             g.state in ('ACTIVE', 'EXITING') and $2 between g.starts_on and g.ends_on, g.ends_on,
             g.institution_id = any($3), is_data_authority($3, g.jurisdiction_code, $2),
             case when g.grant_id is not null then array(
               select (r.place - 1)::integer
                 from jsonb_array_elements(d.content -> 'resources') with ordinality as r (used, place)
                 left join authorized_resource a
                   on a.grant_id = g.grant_id and a.valid_to = 'infinity'
                  and a.resource_id = substr(r.used ->> 'resource', 5)::uuid
                where a.resource_id is null
                   or a.data_items is not null
                  and not coalesce(r.used -> 'dataItems' <@ to_jsonb(a.data_items), false)
                order by r.place) end,
             case when g.grant_id is not null then array(
               select (s.place - 1)::integer
                 from jsonb_array_elements(d.content -> 'scenarios') with ordinality as s (named, place)
                 left join authorized_scenario a
                   on a.grant_id = g.grant_id and a.valid_to = 'infinity'
                  and a.scenario_id = substr(s.named ->> 'scenario', 5)::uuid
                where (s.named ->> 'allowed')::boolean
                  and not coalesce(a.allowed, not exists (
                        select 1 from authorized_scenario o
                         where o.grant_id = g.grant_id and o.valid_to = 'infinity' and o.allowed))
                order by s.place) end,
             (d.content ->> 'startsOn')::date < g.starts_on or (d.content ->> 'endsOn')::date > g.ends_on,
             rule_value(g.jurisdiction_code, 'consentBeforeListing', $2)
        from draft d
        left join product_version v
          on v.operator_id = d.operator_id and v.product_id = d.product_id and v.valid_to = 'infinity'
        left join lateral (
          select product_entry(v.operator_id, v.product_id, v.version) - '{kind,code}'::text[] as entry) as newest
          on v.version is not null
        left join authorization_grant_version g
          on g.grant_id = substr(d.content ->> 'authorization', 4)::uuid and g.operator_id = d.operator_id
         and g.valid_to = 'infinity'
      """;

  private static final String GIVEN =
      """
      -- standingsOfGivenDrafts
      with draft as (
        select * from jsonb_to_recordset($1) as d (id uuid, operator_id uuid, product_id uuid, code text,
               base_version integer, content jsonb))
      """
          + STANDING;

  private static final String KEPT =
      """
      -- standingsOfDrafts
      with draft as materialized (
        select id, operator_id, product_id, code, base_version, content from product_draft where id = any($1))
      """
          + STANDING;

  private static final String LISTED =
      """
      -- standingsOfProducts
      with draft as (
        select p.product_id as id, p.operator_id, p.product_id, p.code, p.version as base_version,
               product_entry(p.operator_id, p.product_id, p.version) - '{kind,code}'::text[] as content
          from product_version p
         where p.product_id = any($1) and p.valid_to = 'infinity')
      """
          + STANDING;

  /** Of drafts in hand, which may be no longer there, or not yet. */
  Future<List<Standing>> findGiven(Reading reading, Collection<ProductDraft> drafts) {
    var given = new JsonArray();
    for (var draft : drafts) {
      given.add(
          new JsonObject()
              .put("id", draft.id().toString())
              .put("operator_id", draft.operatorId().toString())
              .put("product_id", draft.productId().toString())
              .put("code", draft.code())
              .put("base_version", draft.baseVersion())
              .put("content", draft.content()));
    }
    return database.list(
        reading.reads(),
        GIVEN,
        arguments(given, reading.moment().day(), reading.viewer()),
        StandingRepository::standing);
  }

  /** Of drafts by their ids. */
  Future<List<Standing>> find(SqlConnection transaction, Write write, Collection<UUID> ids) {
    return database.list(
        transaction,
        KEPT,
        arguments(Rows.ids(ids), write.moment().day(), write.viewer()),
        StandingRepository::standing);
  }

  /** Of published products by their ids, as if their newest versions were drafts. */
  Future<List<Standing>> findOfProducts(
      SqlConnection transaction, Write write, Collection<UUID> products) {
    return database.list(
        transaction,
        LISTED,
        arguments(Rows.ids(products), write.moment().day(), write.viewer()),
        StandingRepository::standing);
  }

  private static Tuple arguments(Object drafts, LocalDate day, Viewer viewer) {
    return Tuple.of(drafts, day, viewer.rights().organizations(Scope.REVIEW_WRITE));
  }

  private static Standing standing(Row row) {
    return new Standing(
        row.getUUID(0),
        row.getInteger(1),
        row.getString(2),
        Rows.strings(row, 3),
        Rows.truth(row, 4),
        Rows.truth(row, 5),
        row.getUUID(6) == null ? null : grant(row),
        confirmers(row.getString(16)));
  }

  private static Standing.Grant grant(Row row) {
    return new Standing.Grant(
        row.getUUID(6),
        row.getString(7),
        row.getString(8),
        Rows.truth(row, 9),
        row.getLocalDate(10),
        Rows.truth(row, 11),
        Rows.truth(row, 12),
        List.of(row.getArrayOfIntegers(13)),
        List.of(row.getArrayOfIntegers(14)),
        Rows.truth(row, 15));
  }

  /** The rule's value: INSTITUTION, AUTHORITY or BOTH; anything else wants nobody. */
  private static List<ProductDraft.Confirmer> confirmers(@Nullable String rule) {
    var confirmers = new ArrayList<ProductDraft.Confirmer>(2);
    if ("INSTITUTION".equals(rule) || "BOTH".equals(rule)) {
      confirmers.add(ProductDraft.Confirmer.INSTITUTION);
    }
    if ("AUTHORITY".equals(rule) || "BOTH".equals(rule)) {
      confirmers.add(ProductDraft.Confirmer.AUTHORITY);
    }
    return confirmers;
  }
}
