package dev.fairground.access;

import dev.fairground.access.AccessRequest.Level;
import dev.fairground.graphql.Write;
import dev.fairground.sql.Database;
import dev.fairground.sql.Reading;
import dev.fairground.sql.Rows;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** SQL over what happened to requests and what was handed in; who sees a request sees it. */
final class Timeline {
  private final Database database;

  Timeline(Database database) {
    this.database = database;
  }

  private static final String STEPS =
      """
      -- stepsOfAccessRequests
      select s.request_id, s.number, s.kind, s.at, s.on_day, s.by_organization_id, s.text, s.level, s.due_on,
             d.id
        from access_request_step s
        left join access_decision d
          on s.kind = 'DECIDED' and d.request_id = s.request_id and d.decided_at = s.at and d.level = s.level
       where s.request_id = any($1)
       order by s.request_id, s.number
      """;

  Future<List<AccessRequestStep>> steps(Reading reading, Collection<UUID> requests) {
    return database.list(
        reading.reads(),
        STEPS,
        Tuple.of((Object) Rows.ids(requests)),
        row ->
            new AccessRequestStep(
                row.getUUID(0),
                row.getInteger(1),
                Rows.value(row, 2, AccessRequestStep.Kind.class),
                row.getOffsetDateTime(3),
                row.getLocalDate(4),
                row.getUUID(5),
                row.getString(6),
                Rows.valueOrNull(row, 7, Level.class),
                row.getLocalDate(8),
                row.getUUID(9)));
  }

  private static final String DOCUMENTS =
      """
      -- documentsOfAccessRequests
      select d.request_id, d.position, d.step, d.code, d.name, d.location, d.digest, d.text
        from access_request_document d
       where d.request_id = any($1)
       order by d.request_id, d.position
      """;

  Future<List<AccessRequestDocument>> documents(Reading reading, Collection<UUID> requests) {
    return database.list(
        reading.reads(),
        DOCUMENTS,
        Tuple.of((Object) Rows.ids(requests)),
        row ->
            new AccessRequestDocument(
                row.getUUID(0),
                row.getInteger(1),
                row.getInteger(2),
                row.getString(3),
                row.getString(4),
                row.getString(5),
                row.getString(6),
                row.getString(7)));
  }

  /**
   * What happened, to be written down.
   *
   * @param by the organization that did it; null for the server
   */
  record Happened(
      AccessRequestStep.Kind kind,
      @Nullable UUID by,
      @Nullable String text,
      @Nullable Level level,
      @Nullable LocalDate dueOn) {
    static Happened of(AccessRequestStep.Kind kind, @Nullable UUID by, @Nullable String text) {
      return new Happened(kind, by, text, null, null);
    }

    Happened due(@Nullable LocalDate day) {
      return new Happened(kind, by, text, level, day);
    }

    Happened at(Level to) {
      return new Happened(kind, by, text, to, dueOn);
    }
  }

  private static final String APPEND =
      """
      -- appendAccessRequestStep
      insert into access_request_step (operator_id, request_id, number, kind, at, on_day, by_organization_id, by_subject,
             text, level, due_on)
      select $1, $2, coalesce(max(s.number), 0) + 1, $3, $4, $5, $6, $7, $8, $9, $10
        from access_request_step s
       where s.operator_id = $1 and s.request_id = $2
      returning number
      """;

  /** The number of the step; its request is locked. */
  Future<Integer> append(
      SqlConnection transaction, Write write, UUID operator, UUID request, Happened step) {
    return database
        .first(
            transaction,
            APPEND,
            Tuple.from(
                Arrays.asList(
                    operator,
                    request,
                    step.kind().name(),
                    AccessRequests.now(write),
                    write.moment().day(),
                    step.by(),
                    write.actor().subject(),
                    step.text(),
                    step.level() == null ? null : step.level().name(),
                    step.dueOn())),
            row -> row.getInteger(0))
        .map(Objects::requireNonNull);
  }

  private static final String ADD =
      """
      -- insertAccessRequestDocuments
      insert into access_request_document (operator_id, request_id, position, step, code, name, location, digest, text)
      select $1, $2, n.place + (select coalesce(max(d.position), 0)
                                  from access_request_document d
                                 where d.operator_id = $1 and d.request_id = $2),
             $3, n.code, n.name, n.location, n.digest, n.text
        from unnest($4::text[], $5::text[], $6::text[], $7::text[], $8::text[])
             with ordinality as n (code, name, location, digest, text, place)
      """;

  /** Adds documents that a step brought; its request is locked. */
  Future<Void> add(
      SqlConnection transaction,
      UUID operator,
      UUID request,
      int step,
      List<DocumentForm> documents) {
    if (documents.isEmpty()) {
      return Future.succeededFuture();
    }
    return database
        .rows(
            transaction,
            ADD,
            Tuple.from(
                Arrays.asList(
                    operator,
                    request,
                    step,
                    documents.stream().map(DocumentForm::code).toArray(String[]::new),
                    documents.stream().map(DocumentForm::name).toArray(String[]::new),
                    documents.stream().map(DocumentForm::location).toArray(String[]::new),
                    documents.stream().map(DocumentForm::digest).toArray(String[]::new),
                    documents.stream().map(DocumentForm::text).toArray(String[]::new))))
        .mapEmpty();
  }
}
