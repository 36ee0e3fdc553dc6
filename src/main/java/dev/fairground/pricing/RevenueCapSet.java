package dev.fairground.pricing;

import dev.fairground.event.EventLog;
import dev.fairground.event.EventType;
import dev.fairground.event.NewEvent;
import dev.fairground.graphql.Arguments;
import dev.fairground.graphql.Write;
import dev.fairground.kernel.Ids;
import dev.fairground.kernel.Money;
import dev.fairground.kernel.Period;
import dev.fairground.mutation.InputError;
import dev.fairground.mutation.Mutations;
import dev.fairground.mutation.Mutations.Attempt;
import dev.fairground.mutation.UserError;
import dev.fairground.mutation.UserErrorCode;
import dev.fairground.mutation.Verdict;
import dev.fairground.party.PartyResolver;
import dev.fairground.sql.Database;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The mutation {@code revenueCapSet}: a cap on an operator's income, or another version of one. */
final class RevenueCapSet {
  private final Mutations mutations;
  private final RevenueWriter writer;
  private final CeilingWriter checks;
  private final EventLog events;

  RevenueCapSet(Database database) {
    this.mutations = Mutations.ofPublicContent(database);
    this.writer = new RevenueWriter(database);
    this.checks = new CeilingWriter(database);
    this.events = new EventLog(database);
  }

  Future<RevenueCapPayload> run(Write write, Arguments arguments) {
    var input = Objects.requireNonNull(arguments.input("input"));
    var operator = Objects.requireNonNull(input.id("operatorId", PartyResolver.PREFIX));
    var errors = new ArrayList<UserError>();
    var content = RevenueCapContent.read(input, errors);
    return mutations.once(
        new Attempt<>("revenueCapSet", write, input, RevenueCapPayload::refused),
        transaction ->
            writer
                .hold(transaction, operator)
                .compose(
                    held ->
                        held
                            ? authority(transaction, write, input, operator, content, errors)
                            : TariffDesk.rejected(InputError.notFound(input, "operatorId"))),
        (transaction, made) ->
            writer
                .caps(transaction, write, operator)
                .map(caps -> payload(Ids.uuid(made), content, proposal(caps, content.term()))));
  }

  private Future<Verdict<RevenueCapPayload>> authority(
      SqlConnection transaction,
      Write write,
      Arguments input,
      UUID operator,
      RevenueCapContent content,
      List<UserError> errors) {
    return writer
        .authority(transaction, write, operator)
        .compose(
            authority ->
                authority == null
                    ? TariffDesk.rejected(TariffDesk.forbidden(input, "operatorId"))
                    : writer
                        .rules(transaction, write, authority)
                        .compose(
                            rules ->
                                writer
                                    .caps(transaction, write, operator)
                                    .compose(
                                        caps -> {
                                          errors.addAll(against(input, content, rules, caps));
                                          return errors.isEmpty()
                                              ? write(
                                                  transaction,
                                                  write,
                                                  input,
                                                  operator,
                                                  authority,
                                                  content,
                                                  caps)
                                              : Future.succeededFuture(Verdict.rejected(errors));
                                        })));
  }

  /** Pure: everything that stands against a cap beside those that there are. */
  private static List<UserError> against(
      Arguments input,
      RevenueCapContent content,
      Map<String, String> rules,
      List<RevenueWriter.Cap> caps) {
    var errors = new ArrayList<>(content.against(input, rules));
    var changed = changed(input, caps);
    if (input.has("id")) {
      if (changed == null) {
        errors.add(InputError.notFound(input, "id"));
      } else if (!input.has("expectedVersion")) {
        errors.add(
            InputError.at(
                input,
                "expectedVersion",
                UserErrorCode.REQUIRED,
                "Say which version of the cap is changed."));
      } else {
        var conflict = TariffDesk.conflict(input, changed.version());
        if (conflict != null) {
          errors.add(conflict);
        }
        errors.addAll(reported(input, content, changed));
      }
    }
    for (var other : caps) {
      if (other != changed && overlap(content.term(), other.term())) {
        errors.add(
            new PriceOverlapError(
                "The operator has a cap from %s to %s. Choose other days, or change that one."
                    .formatted(other.term().startsOn(), other.term().endsOn()),
                input.path("startsOn"),
                RevenueCapContent.RULE,
                Ids.write(PricingResolver.CAP, other.id())));
      }
    }
    var proposed = proposal(caps, content.term());
    if (content.carriedDeduction() == null && proposed.signum() > 0) {
      errors.add(
          new InputError(
              UserErrorCode.REQUIRED,
              "Under the cap before %s came in too much. Say what is taken off this one; the proposal is %s."
                  .formatted(proposed.toPlainString(), proposed.toPlainString()),
              input.path("carriedDeduction"),
              RevenueCapContent.RULE));
    }
    return errors;
  }

  private static List<UserError> reported(
      Arguments input, RevenueCapContent content, RevenueWriter.Cap changed) {
    var reported = changed.reported();
    if (reported == null) {
      return List.of();
    }
    var errors = new ArrayList<UserError>();
    if (!content.term().contains(reported.startsOn())
        || !content.term().contains(Objects.requireNonNull(reported.endsOn()))) {
      errors.add(
          PriceForm.invalid(
              input,
              "startsOn",
              "Income is reported from %s to %s. The cap's days keep these."
                  .formatted(reported.startsOn(), reported.endsOn())));
    }
    if (!content.currency().equals(changed.currency())) {
      errors.add(
          PriceForm.invalid(
              input, "currency", "Income is reported in %s.".formatted(changed.currency())));
    }
    return errors;
  }

  private static RevenueWriter.@Nullable Cap changed(
      Arguments input, List<RevenueWriter.Cap> caps) {
    var id = input.id("id", PricingResolver.CAP);
    return caps.stream().filter(cap -> cap.id().equals(id)).findFirst().orElse(null);
  }

  private static boolean overlap(Period one, Period other) {
    return !one.startsOn().isAfter(Objects.requireNonNull(other.endsOn()))
        && !other.startsOn().isAfter(Objects.requireNonNull(one.endsOn()));
  }

  /** What came in too much under the last cap before these days. */
  private static BigDecimal proposal(List<RevenueWriter.Cap> caps, Period term) {
    var proposed = BigDecimal.ZERO;
    for (var cap : caps) {
      if (Objects.requireNonNull(cap.term().endsOn()).isBefore(term.startsOn())) {
        proposed = cap.excess();
      }
    }
    return proposed;
  }

  private static RevenueCapPayload payload(
      UUID id, RevenueCapContent content, BigDecimal proposed) {
    var cost = content.cost();
    var profit = content.profitPercent();
    var tax = content.tax();
    var computed =
        cost == null || profit == null || tax == null
            ? null
            : RevenueCap.computed(cost, profit, tax);
    return new RevenueCapPayload(
        id,
        computed == null ? null : new Money(computed, content.currency()),
        computed == null
            ? null
            : new Money(content.amount().subtract(computed), content.currency()),
        new Money(proposed, content.currency()),
        List.of());
  }

  private Future<Verdict<RevenueCapPayload>> write(
      SqlConnection transaction,
      Write write,
      Arguments input,
      UUID operator,
      UUID authority,
      RevenueCapContent content,
      List<RevenueWriter.Cap> caps) {
    var before = changed(input, caps);
    var now = write.moment().now().atOffset(java.time.ZoneOffset.UTC);
    return writer
        .write(transaction, write, operator, authority, content, before)
        .compose(
            id ->
                checks
                    .checkOperator(transaction, operator, now)
                    .compose(
                        due ->
                            events.append(
                                transaction,
                                write,
                                List.of(
                                    new NewEvent(
                                        EventType.REVENUE_CAP_CHANGED,
                                        Ids.write(PricingResolver.CAP, id),
                                        before == null ? 1 : before.version() + 1,
                                        operator,
                                        true,
                                        before == null ? List.of() : List.of("amount", "term")))))
                    .map(
                        told ->
                            Verdict.accepted(
                                payload(id, content, proposal(caps, content.term())),
                                Ids.write(PricingResolver.CAP, id))));
  }
}
