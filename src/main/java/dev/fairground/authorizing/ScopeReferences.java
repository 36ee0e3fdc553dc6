package dev.fairground.authorizing;

import dev.fairground.graphql.Arguments;
import dev.fairground.mutation.UserError;
import dev.fairground.sql.Database;
import dev.fairground.sql.Rows;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Whether there is what a scope names: one statement for all of it. */
final class ScopeReferences {
  private final Database database;

  ScopeReferences(Database database) {
    this.database = database;
  }

  // A data item is known if the resource's current version has it.
  private static final String UNKNOWN =
      """
      -- unknownInScope
      with named as (
        select r ->> 'resource' as id, v.resource_id, v.version, r -> 'dataItems' as items
          from jsonb_array_elements(nullif($1::jsonb -> 'resources', 'null')) as r
          left join data_resource_version v
            on v.resource_id = substr(r ->> 'resource', 5)::uuid and v.valid_to = 'infinity')
      select array(
               select n.id || coalesce(' ' || (
                        select string_agg(i, ' ' order by i)
                          from jsonb_array_elements_text(n.items) as i
                         where n.resource_id is not null
                           and not exists (
                                 select 1 from data_item d
                                  where d.resource_id = n.resource_id and d.resource_version = n.version and d.name = i)), '')
                 from named n
                where n.resource_id is null
                   or exists (
                        select 1 from jsonb_array_elements_text(n.items) as i
                         where not exists (
                                 select 1 from data_item d
                                  where d.resource_id = n.resource_id and d.resource_version = n.version and d.name = i))
                order by n.id),
             array(
               select s ->> 'scenario' from jsonb_array_elements(nullif($1::jsonb -> 'scenarios', 'null')) as s
                where not exists (
                        select 1 from scenario k where k.id = substr(s ->> 'scenario', 5)::uuid)
                order by 1)
      """;

  /**
   * The errors of what is not there.
   *
   * @param given {@code resources} and {@code scenarios} as plans keep them; others are passed over
   * @param at what the members stand in
   */
  Future<List<UserError>> unknown(SqlConnection transaction, JsonObject given, Arguments at) {
    if (!given.containsKey("resources") && !given.containsKey("scenarios")) {
      return Future.succeededFuture(List.of());
    }
    return database
        .first(
            transaction,
            UNKNOWN,
            Tuple.of(given),
            row -> {
              var errors = new ArrayList<UserError>();
              add(errors, at.path("resources"), Rows.strings(row, 0));
              add(errors, at.path("scenarios"), Rows.strings(row, 1));
              return List.<UserError>copyOf(errors);
            })
        .map(Objects::requireNonNull);
  }

  private static void add(List<UserError> errors, List<String> path, List<String> unknown) {
    if (!unknown.isEmpty()) {
      errors.add(new UnknownScopeError(path, unknown));
    }
  }
}
