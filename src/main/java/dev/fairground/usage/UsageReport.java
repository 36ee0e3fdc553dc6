package dev.fairground.usage;

import dev.fairground.check.Cause;
import dev.fairground.check.Checks;
import dev.fairground.graphql.Arguments;
import dev.fairground.graphql.Write;
import dev.fairground.kernel.Ids;
import dev.fairground.kernel.Scope;
import dev.fairground.mutation.InputError;
import dev.fairground.mutation.Mutations;
import dev.fairground.mutation.Mutations.Attempt;
import dev.fairground.mutation.UserError;
import dev.fairground.mutation.UserErrorCode;
import dev.fairground.mutation.Verdict;
import dev.fairground.sql.Database;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.Callable;

/**
 * The mutation {@code usageReport}: what an operator tells of the use of its products, up to 10,000
 * records in one call, all of them or none.
 */
final class UsageReport {
  static final int MOST = 10_000;

  private static final int MOST_ERRORS = 100;
  private static final int MOST_CHECKED = 50;

  /** More than this are worked on beside the event loop. */
  private static final int FEW = 50;

  private final Database database;
  private final Mutations mutations;
  private final UsageGroundsRepository grounds;
  private final UsageWriter writer;
  private final UsageNews news;
  private final Checks checks;

  UsageReport(Database database) {
    this.database = database;
    this.mutations = Mutations.ofHiddenContent(database);
    this.grounds = new UsageGroundsRepository(database);
    this.writer = new UsageWriter(database);
    this.news = new UsageNews(database);
    this.checks = new Checks(database);
  }

  /** A report as it is read, with what is amiss with its form. */
  private record Read(List<ReportedUse> rows, List<UserError> errors) {
    static Read of(List<Arguments> given, LocalDate today) {
      var errors = new ArrayList<UserError>();
      var rows = new ArrayList<ReportedUse>(given.size());
      given.forEach(row -> rows.add(ReportedUse.read(row, today, errors)));
      return new Read(rows, errors);
    }
  }

  Future<UsageReportPayload> run(Write write, Arguments arguments) {
    var input = Objects.requireNonNull(arguments.input("input"));
    var operator = Objects.requireNonNull(input.id("operatorId", "org"));
    var given = input.inputs("records");
    return aside(
            given.size(),
            () -> {
              // What the key of the call is kept with: long, too.
              input.text();
              return Read.of(given, write.moment().day());
            })
        .compose(
            read ->
                mutations.once(
                    new Attempt<>("usageReport", write, input, UsageReportPayload::refused),
                    transaction -> report(transaction, write, input, operator, read),
                    (transaction, made) ->
                        Future.succeededFuture(new UsageReportPayload(Ids.uuid(made), List.of()))));
  }

  private Future<Verdict<UsageReportPayload>> report(
      SqlConnection transaction, Write write, Arguments input, UUID operator, Read read) {
    if (!write.viewer().may(Scope.USAGE_WRITE, operator)) {
      return Future.succeededFuture(
          Verdict.rejected(
              InputError.at(
                  input,
                  "operatorId",
                  UserErrorCode.FORBIDDEN,
                  "These credentials do not report use for this organization.")));
    }
    if (read.rows().isEmpty() || read.rows().size() > MOST) {
      return Future.succeededFuture(
          Verdict.rejected(
              InputError.at(
                  input,
                  "records",
                  read.rows().isEmpty() ? UserErrorCode.REQUIRED : UserErrorCode.INVALID,
                  "A report has 1 to %d records. Send more in several calls.".formatted(MOST))));
    }
    var batch = UUID.randomUUID();
    var at = write.moment().now().truncatedTo(ChronoUnit.MICROS).atOffset(ZoneOffset.UTC);
    return grounds
        .hold(transaction, operator, read.rows())
        .compose(found -> aside(read.rows().size(), () -> decide(operator, batch, at, read, found)))
        .compose(
            decided ->
                decided.errors().isEmpty()
                    ? write(transaction, write, operator, batch, at, decided.chains())
                    : Future.succeededFuture(Verdict.rejected(told(input, decided.errors()))));
  }

  private record Decided(UsageChains chains, List<UserError> errors) {}

  private static Decided decide(
      UUID operator, UUID batch, OffsetDateTime at, Read read, UsageGrounds grounds) {
    var errors = new ArrayList<>(read.errors());
    var accepted = new UsageRules(grounds).take(read.rows(), errors);
    return new Decided(
        UsageChains.of(operator, batch, at, errors.isEmpty() ? accepted : List.of()), errors);
  }

  /** The first of them, and how many more there are. */
  private static List<UserError> told(Arguments input, List<UserError> errors) {
    if (errors.size() <= MOST_ERRORS) {
      return errors;
    }
    var told = new ArrayList<>(errors.subList(0, MOST_ERRORS));
    told.add(
        InputError.at(
            input,
            "records",
            UserErrorCode.INVALID,
            "There are %d more faults. Cure these first.".formatted(errors.size() - MOST_ERRORS)));
    return told;
  }

  private Future<Verdict<UsageReportPayload>> write(
      SqlConnection transaction,
      Write write,
      UUID operator,
      UUID batch,
      OffsetDateTime at,
      UsageChains chains) {
    return writer
        .write(transaction, write, operator, batch, at, chains)
        .compose(written -> check(transaction, write, chains))
        .compose(checked -> news.tell(transaction, write, operator, batch, chains))
        .map(
            told ->
                Verdict.accepted(
                    new UsageReportPayload(batch, List.of()), Ids.write(UsageBatch.PREFIX, batch)));
  }

  /** Checks of some grants are run at once; those of the others by the sweep of the day. */
  private Future<?> check(SqlConnection transaction, Write write, UsageChains chains) {
    var grants =
        chains.records().stream()
            .filter(record -> !record.findings().isEmpty() || !record.settled().isEmpty())
            .map(UsageRecord::grantId)
            .distinct()
            .sorted()
            .limit(MOST_CHECKED)
            .toList();
    return grants.isEmpty()
        ? Future.succeededFuture()
        : checks.ofAccessGrants(transaction, write, Cause.USAGE, grants);
  }

  private <T> Future<T> aside(int rows, Callable<T> work) {
    if (rows > FEW) {
      return database.vertx().executeBlocking(work, false);
    }
    try {
      return Future.succeededFuture(work.call());
    } catch (Exception failure) {
      return Future.failedFuture(failure);
    }
  }
}
