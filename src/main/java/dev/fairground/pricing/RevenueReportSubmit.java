package dev.fairground.pricing;

import dev.fairground.event.EventLog;
import dev.fairground.event.EventType;
import dev.fairground.event.NewEvent;
import dev.fairground.graphql.Arguments;
import dev.fairground.graphql.Write;
import dev.fairground.kernel.Ids;
import dev.fairground.kernel.Period;
import dev.fairground.kernel.Scope;
import dev.fairground.mutation.InputError;
import dev.fairground.mutation.Mutations;
import dev.fairground.mutation.Mutations.Attempt;
import dev.fairground.mutation.UserError;
import dev.fairground.mutation.UserErrorCode;
import dev.fairground.mutation.Verdict;
import dev.fairground.sql.Database;
import dev.fairground.sql.Rows;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The mutation {@code revenueReportSubmit}: what an operator took in on some days under a cap; a
 * correction is another version of the same report.
 */
final class RevenueReportSubmit {
  private static final List<String> COSTS =
      List.of(
          "platform", "acquisition", "transfer", "aggregation", "storage", "governance", "other");

  private final Database database;
  private final Mutations mutations;
  private final RevenueWriter writer;
  private final CeilingWriter checks;
  private final EventLog events;

  RevenueReportSubmit(Database database) {
    this.database = database;
    this.mutations = Mutations.ofHiddenContent(database);
    this.writer = new RevenueWriter(database);
    this.checks = new CeilingWriter(database);
    this.events = new EventLog(database);
  }

  /** A report as it is given. */
  private record Given(
      Period term,
      BigDecimal income,
      List<@Nullable BigDecimal> costs,
      @Nullable BigDecimal tax,
      @Nullable String note,
      @Nullable String reason) {

    static Given read(Arguments input, LocalDate today, List<UserError> errors) {
      var startsOn = Objects.requireNonNull(input.date("startsOn"));
      var endsOn = Objects.requireNonNull(input.date("endsOn"));
      PriceForm.inOrder(input, "endsOn", startsOn, endsOn, errors);
      if (endsOn.isAfter(today)) {
        errors.add(
            PriceForm.invalid(
                input, "endsOn", "Income is reported when it came in. These days lie ahead."));
      }
      var costs = new ArrayList<@Nullable BigDecimal>();
      var given = input.input("costs");
      COSTS.forEach(
          kind -> costs.add(given == null ? null : PriceForm.amount(given, kind, errors)));
      return new Given(
          new Period(startsOn, endsOn),
          Objects.requireNonNull(PriceForm.amount(input, "income", errors)),
          costs,
          PriceForm.amount(input, "tax", errors),
          PriceForm.words(input, "note", 10_000, errors),
          PriceForm.words(input, "correctionReason", 10_000, errors));
    }
  }

  Future<RevenueReportPayload> run(Write write, Arguments arguments) {
    var input = Objects.requireNonNull(arguments.input("input"));
    var capId = Objects.requireNonNull(input.id("capId", PricingResolver.CAP));
    var errors = new ArrayList<UserError>();
    var given = Given.read(input, write.moment().day(), errors);
    return mutations.once(
        new Attempt<>("revenueReportSubmit", write, input, RevenueReportPayload::refused),
        transaction ->
            writer
                .operatorOf(transaction, capId)
                .compose(
                    operator -> {
                      if (operator == null) {
                        return TariffDesk.rejected(InputError.notFound(input, "capId"));
                      }
                      if (!write.viewer().may(Scope.PRICE_WRITE, operator)) {
                        return TariffDesk.rejected(TariffDesk.forbidden(input, "capId"));
                      }
                      return writer
                          .hold(transaction, operator)
                          .compose(held -> writer.caps(transaction, write, operator))
                          .compose(
                              caps ->
                                  decide(
                                      transaction,
                                      write,
                                      input,
                                      caps.stream()
                                          .filter(cap -> cap.id().equals(capId))
                                          .findFirst()
                                          .orElseThrow(),
                                      given,
                                      errors));
                    }),
        (transaction, made) ->
            Future.succeededFuture(new RevenueReportPayload(Ids.uuid(made), capId, List.of())));
  }

  private static final String REPORTS =
      """
      -- reportsUnderCap
      select r.id, r.version, r.starts_on, r.ends_on,
             greatest($2::timestamptz, r.valid_from + interval '1 microsecond')
        from revenue_report r
       where r.cap_id = $1
         and r.valid_to = 'infinity'
       order by r.starts_on, r.id
      """;

  private record Earlier(UUID id, int version, Period term, OffsetDateTime moment) {}

  private Future<Verdict<RevenueReportPayload>> decide(
      SqlConnection transaction,
      Write write,
      Arguments input,
      RevenueWriter.Cap cap,
      Given given,
      List<UserError> errors) {
    var now = write.moment().now().atOffset(ZoneOffset.UTC);
    return database
        .list(
            transaction,
            REPORTS,
            Tuple.of(cap.id(), now),
            row ->
                new Earlier(
                    row.getUUID(0),
                    Rows.number(row, 1),
                    new Period(row.getLocalDate(2), row.getLocalDate(3)),
                    row.getOffsetDateTime(4)))
        .compose(
            reports -> {
              var corrected = corrected(input, reports);
              errors.addAll(against(input, cap, given, reports, corrected));
              return errors.isEmpty()
                  ? write(transaction, write, cap, given, corrected, now)
                  : Future.succeededFuture(Verdict.rejected(errors));
            });
  }

  private static @Nullable Earlier corrected(Arguments input, List<Earlier> reports) {
    var id = input.id("corrects", PricingResolver.REPORT);
    return reports.stream().filter(report -> report.id().equals(id)).findFirst().orElse(null);
  }

  private static List<UserError> against(
      Arguments input,
      RevenueWriter.Cap cap,
      Given given,
      List<Earlier> reports,
      @Nullable Earlier corrected) {
    var errors = new ArrayList<UserError>();
    var term = given.term();
    if (!cap.term().contains(term.startsOn())
        || !cap.term().contains(Objects.requireNonNull(term.endsOn()))) {
      errors.add(
          PriceForm.invalid(
              input,
              "startsOn",
              "The cap is from %s to %s. Report other days under their own cap."
                  .formatted(cap.term().startsOn(), cap.term().endsOn())));
    }
    if (input.has("corrects")) {
      if (corrected == null) {
        errors.add(InputError.notFound(input, "corrects"));
      } else {
        var conflict = TariffDesk.conflict(input, corrected.version());
        if (conflict != null) {
          errors.add(conflict);
        }
      }
      if (given.reason() == null) {
        errors.add(
            InputError.at(
                input,
                "correctionReason",
                UserErrorCode.REASON_REQUIRED,
                "A correction needs a reason. Say why."));
      }
      if (!input.has("expectedVersion")) {
        errors.add(
            InputError.at(
                input,
                "expectedVersion",
                UserErrorCode.REQUIRED,
                "Say which version of the report is corrected."));
      }
    } else if (given.reason() != null) {
      errors.add(
          PriceForm.invalid(input, "correctionReason", "It corrects nothing. Leave it out."));
    }
    for (var other : reports) {
      if (other != corrected
          && !term.startsOn().isAfter(Objects.requireNonNull(other.term().endsOn()))
          && !other.term().startsOn().isAfter(Objects.requireNonNull(term.endsOn()))) {
        errors.add(
            new PriceOverlapError(
                "There is a report from %s to %s. Correct that one, or choose other days."
                    .formatted(other.term().startsOn(), other.term().endsOn()),
                input.path("startsOn"),
                RevenueCapContent.RULE,
                Ids.write(PricingResolver.REPORT, other.id())));
      }
    }
    return errors;
  }

  private static final String CLOSE =
      """
      -- closeRevenueReport
      update revenue_report r set valid_to = $2 where r.id = $1 and r.valid_to = 'infinity'
      """;

  private static final String ADD =
      """
      -- insertRevenueReport
      insert into revenue_report (id, version, valid_from, operator_id, cap_id, starts_on, ends_on, currency, income,
             cost_platform, cost_acquisition, cost_transfer, cost_aggregation, cost_storage, cost_governance, cost_other,
             tax, correction_reason, note, demonstration)
      select $1, $2, $3, c.operator_id, c.id, $5, $6, c.currency, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17,
             c.demonstration
        from revenue_cap c
       where c.id = $4 and c.valid_to = 'infinity'
      """;

  private Future<Verdict<RevenueReportPayload>> write(
      SqlConnection transaction,
      Write write,
      RevenueWriter.Cap cap,
      Given given,
      @Nullable Earlier corrected,
      OffsetDateTime now) {
    var id = corrected == null ? UUID.randomUUID() : corrected.id();
    var at = corrected == null ? now : corrected.moment();
    var values =
        Tuple.of(id, corrected == null ? 1 : corrected.version() + 1, at, cap.id())
            .addValue(given.term().startsOn())
            .addValue(given.term().endsOn())
            .addValue(given.income());
    given.costs().forEach(values::addValue);
    values.addValue(given.tax()).addValue(given.reason()).addValue(given.note());
    return (corrected == null
            ? Future.<Object>succeededFuture()
            : database.rows(transaction, CLOSE, Tuple.of(id, at)))
        .compose(closed -> database.rows(transaction, ADD, values))
        .compose(added -> checks.checkOperator(transaction, cap.operatorId(), now))
        .compose(
            due ->
                events.append(
                    transaction,
                    write,
                    List.of(
                        new NewEvent(
                            EventType.REVENUE_CAP_CHANGED,
                            Ids.write(PricingResolver.CAP, cap.id()),
                            cap.version(),
                            cap.operatorId(),
                            false,
                            List.of("income")))))
        .map(
            told ->
                Verdict.accepted(
                    new RevenueReportPayload(id, cap.id(), List.of()),
                    Ids.write(PricingResolver.REPORT, id)));
  }
}
