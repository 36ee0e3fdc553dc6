package dev.fairground.pricing;

import dev.fairground.check.Cause;
import dev.fairground.check.CheckFailedError;
import dev.fairground.check.Checks;
import dev.fairground.event.EventLog;
import dev.fairground.event.EventType;
import dev.fairground.event.NewEvent;
import dev.fairground.fairaccess.Check;
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
import dev.fairground.party.PartyResolver;
import dev.fairground.sql.Database;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The mutations {@code productBundleSet} and {@code productBundleEnd}. */
final class ProductBundleSteps {
  private final Mutations mutations;
  private final BundleWriter writer;
  private final PricedProductRepository products;
  private final Checks checks;
  private final EventLog events;

  ProductBundleSteps(Database database) {
    this.mutations = Mutations.ofPublicContent(database);
    this.writer = new BundleWriter(database);
    this.products = new PricedProductRepository(database);
    this.checks = new Checks(database);
    this.events = new EventLog(database);
  }

  Future<ProductBundlePayload> set(Write write, Arguments arguments) {
    var input = Objects.requireNonNull(arguments.input("input"));
    var operator = Objects.requireNonNull(input.id("operatorId", PartyResolver.PREFIX));
    var id = input.id("id", PricingResolver.BUNDLE);
    var errors = new ArrayList<UserError>();
    var content = BundleContent.read(input, write.moment().day(), errors);
    return mutations.once(
        new Attempt<>("productBundleSet", write, input, ProductBundlePayload::refused),
        transaction -> {
          if (!write.viewer().may(Scope.PRICE_WRITE, operator)) {
            return TariffDesk.rejected(TariffDesk.forbidden(input, "operatorId"));
          }
          return (id == null
                  ? Future.succeededFuture((BundleWriter.@Nullable Current) null)
                  : writer.find(transaction, write, id))
              .compose(
                  before ->
                      writer
                          .own(transaction, operator, content.members())
                          .compose(
                              own ->
                                  products
                                      .products(transaction, own)
                                      .compose(
                                          priced -> {
                                            errors.addAll(
                                                against(
                                                    input,
                                                    operator,
                                                    content,
                                                    own,
                                                    before,
                                                    write.moment().day()));
                                            errors.addAll(charged(input, content, priced));
                                            return errors.isEmpty()
                                                ? write(
                                                    transaction,
                                                    write,
                                                    input,
                                                    operator,
                                                    content,
                                                    before)
                                                : Future.succeededFuture(Verdict.rejected(errors));
                                          })));
        },
        (transaction, made) ->
            Future.succeededFuture(new ProductBundlePayload(Ids.uuid(made), List.of())));
  }

  /** Pure: everything that stands against a bundle. */
  private static List<UserError> against(
      Arguments input,
      UUID operator,
      BundleContent content,
      List<UUID> own,
      BundleWriter.@Nullable Current before,
      LocalDate today) {
    var errors = new ArrayList<UserError>();
    if (!Set.copyOf(own).containsAll(content.members())) {
      errors.add(
          InputError.at(
              input,
              "members",
              UserErrorCode.NOT_FOUND,
              "A bundle is made of products in the operator's own list."));
    }
    if (input.has("id")) {
      if (before == null || !before.operatorId().equals(operator)) {
        errors.add(InputError.notFound(input, "id"));
        return errors;
      }
      if (!input.has("expectedVersion")) {
        errors.add(
            InputError.at(
                input,
                "expectedVersion",
                UserErrorCode.REQUIRED,
                "Say which version of the bundle is changed."));
      }
      var conflict = TariffDesk.conflict(input, before.version());
      if (conflict != null) {
        errors.add(conflict);
      }
      if (before.term().startsOn().isBefore(today)
          && content.effectiveOn() != null
          && !content.effectiveOn().equals(before.term().startsOn())) {
        errors.add(
            PriceForm.invalid(
                input,
                "effectiveOn",
                "It has begun. Leave the day out to change it from now on, or end it and make another."));
      }
    }
    PriceForm.inOrder(
        input, "endsOn", term(content, before, today).startsOn(), content.endsOn(), errors);
    if (content.endsOn() != null && content.endsOn().isBefore(today)) {
      errors.add(PriceForm.invalid(input, "endsOn", "It lies behind. Choose today or later."));
    }
    return errors;
  }

  /** Pure: what is free by itself is not charged for together. */
  private static List<UserError> charged(
      Arguments input, BundleContent content, List<PricedProduct> members) {
    return content.price().signum() == 0
            || members.isEmpty()
            || members.stream().anyMatch(member -> member.whyFree() == null)
        ? List.of()
        : List.of(
            new CheckFailedError(
                "All its products are for governance or welfare, and such use is free of charge. Charge nothing.",
                input.path("price"),
                Check.FA_07.code(),
                members.stream().map(PricedProduct::globalId).toList()));
  }

  private static Period term(
      BundleContent content, BundleWriter.@Nullable Current before, LocalDate today) {
    var given = content.effectiveOn();
    var start = given != null ? given : before != null ? before.term().startsOn() : today;
    return new Period(start, content.endsOn());
  }

  private Future<Verdict<ProductBundlePayload>> write(
      SqlConnection transaction,
      Write write,
      Arguments input,
      UUID operator,
      BundleContent content,
      BundleWriter.@Nullable Current before) {
    var touched = new HashSet<>(content.members());
    if (before != null) {
      touched.addAll(before.members());
    }
    var term = term(content, before, write.moment().day());
    return (before == null ? Future.<Void>succeededFuture() : writer.close(transaction, before))
        .compose(closed -> writer.write(transaction, write, operator, content, term, before))
        .compose(
            id ->
                finish(
                    transaction,
                    write,
                    input.path("members"),
                    operator,
                    id,
                    before == null ? 1 : before.version() + 1,
                    touched,
                    true));
  }

  /**
   * Runs the checks over what was written, and tells it.
   *
   * @param refused whether what a check has against it takes it back; an end only mends
   */
  private Future<Verdict<ProductBundlePayload>> finish(
      SqlConnection transaction,
      Write write,
      List<String> path,
      UUID operator,
      UUID bundle,
      int version,
      Set<UUID> products,
      boolean refused) {
    var id = Ids.write(PricingResolver.BUNDLE, bundle);
    return checks
        .ofProducts(transaction, write, Cause.PRICE_CHANGE, products)
        .compose(
            checked -> {
              var errors = TariffDesk.refusals(checked, path);
              return errors.isEmpty() || !refused
                  ? events
                      .append(
                          transaction,
                          write,
                          List.of(
                              new NewEvent(
                                  EventType.PRICE_CHANGED,
                                  id,
                                  version,
                                  operator,
                                  true,
                                  version == 1 ? List.of() : List.of("price", "term"))))
                      .map(
                          told -> Verdict.accepted(new ProductBundlePayload(bundle, List.of()), id))
                  : Future.succeededFuture(Verdict.rejected(errors));
            });
  }

  Future<ProductBundlePayload> end(Write write, Arguments arguments) {
    var input = Objects.requireNonNull(arguments.input("input"));
    var id = Objects.requireNonNull(input.id("id", PricingResolver.BUNDLE));
    return mutations.run(
        new Attempt<>("productBundleEnd", write, input, ProductBundlePayload::refused),
        transaction ->
            writer
                .find(transaction, write, id)
                .compose(
                    bundle ->
                        bundle == null
                            ? TariffDesk.rejected(InputError.notFound(input, "id"))
                            : end(transaction, write, input, bundle)));
  }

  private Future<Verdict<ProductBundlePayload>> end(
      SqlConnection transaction, Write write, Arguments input, BundleWriter.Current bundle) {
    if (!write.viewer().may(Scope.PRICE_WRITE, bundle.operatorId())) {
      return TariffDesk.rejected(TariffDesk.forbidden(input, "id"));
    }
    var conflict = TariffDesk.conflict(input, bundle.version());
    if (conflict != null) {
      return TariffDesk.rejected(conflict);
    }
    var last = Objects.requireNonNull(input.date("endsOn"));
    var errors = EndOfTerm.against(input, bundle.term(), last, write.moment().day());
    if (!errors.isEmpty()) {
      return Future.succeededFuture(Verdict.rejected(errors));
    }
    return writer
        .end(transaction, bundle, last)
        .compose(
            ended ->
                finish(
                    transaction,
                    write,
                    input.path("id"),
                    bundle.operatorId(),
                    bundle.id(),
                    bundle.version() + 1,
                    Set.copyOf(bundle.members()),
                    false));
  }
}
