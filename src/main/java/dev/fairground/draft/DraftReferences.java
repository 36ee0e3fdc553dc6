package dev.fairground.draft;

import dev.fairground.graphql.Arguments;
import dev.fairground.mutation.InputError;
import dev.fairground.mutation.UserError;
import dev.fairground.mutation.UserErrorCode;
import dev.fairground.sql.Database;
import dev.fairground.sql.Rows;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Whether there is what a content names: only what was given is looked up, not what was there. */
final class DraftReferences {
  private final Database database;

  DraftReferences(Database database) {
    this.database = database;
  }

  private static final String UNKNOWN =
      """
      -- unknownReferences
      select array(
               select r ->> 'resource' from jsonb_array_elements(nullif($1::jsonb -> 'resources', 'null')) as r
                where not exists (
                  select 1 from data_resource k where k.id = substr(r ->> 'resource', 5)::uuid)),
             array(
               select s ->> 'scenario' from jsonb_array_elements(nullif($1::jsonb -> 'scenarios', 'null')) as s
                where not exists (
                  select 1 from scenario k where k.id = substr(s ->> 'scenario', 5)::uuid)),
             $1::jsonb ->> 'authorization' is not null and not exists (
               select 1 from authorization_grant k
                where k.id = substr($1::jsonb ->> 'authorization', 4)::uuid and k.operator_id = $2),
             array(
               select c.member
                 from (values ('sectorCode', 'SECTOR'), ('regionCode', 'REGION')) as c (member, list)
                where $1::jsonb ->> c.member is not null
                  and not exists (
                    select 1 from code_entry k
                     where k.list_id = c.list and k.code = $1::jsonb ->> c.member))
      """;

  /** The errors of what is not there, each at its place in {@code content}. */
  Future<List<UserError>> unknown(
      SqlConnection transaction, UUID operatorId, JsonObject given, @Nullable Arguments content) {
    if (content == null || given.isEmpty()) {
      return Future.succeededFuture(List.of());
    }
    return database
        .first(transaction, UNKNOWN, Tuple.of(given, operatorId), row -> errors(row, content))
        .map(Objects::requireNonNull);
  }

  private static List<UserError> errors(Row row, Arguments content) {
    var errors = new ArrayList<UserError>();
    missing(errors, content.inputs("resources"), "resource", Rows.strings(row, 0));
    missing(errors, content.inputs("scenarios"), "scenario", Rows.strings(row, 1));
    if (Rows.truth(row, 2)) {
      errors.add(
          InputError.at(
              content,
              "authorization",
              UserErrorCode.NOT_FOUND,
              "This operator has no such authorization. Name one of its own."));
    }
    for (var member : Rows.strings(row, 3)) {
      errors.add(
          InputError.at(
              content, member, UserErrorCode.NOT_FOUND, "There is no such code in its list."));
    }
    return errors;
  }

  private static void missing(
      List<UserError> errors, List<Arguments> named, String member, List<String> unknown) {
    for (var one : named) {
      if (unknown.contains(one.string(member))) {
        errors.add(InputError.notFound(one, member));
      }
    }
  }
}
