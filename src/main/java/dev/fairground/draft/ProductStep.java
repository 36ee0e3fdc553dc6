package dev.fairground.draft;

import dev.fairground.catalog.CatalogResolver;
import dev.fairground.catalog.EditionWriter;
import dev.fairground.catalog.EditionWriter.Publication;
import dev.fairground.check.Cause;
import dev.fairground.check.Checks;
import dev.fairground.draft.ListedProduct.Status;
import dev.fairground.event.EventLog;
import dev.fairground.event.EventType;
import dev.fairground.event.NewEvent;
import dev.fairground.graphql.Arguments;
import dev.fairground.graphql.Write;
import dev.fairground.kernel.Ids;
import dev.fairground.kernel.Text;
import dev.fairground.mutation.InputError;
import dev.fairground.mutation.Mutations;
import dev.fairground.mutation.Mutations.Attempt;
import dev.fairground.mutation.StateTransitionError;
import dev.fairground.mutation.UserError;
import dev.fairground.mutation.Verdict;
import dev.fairground.mutation.VersionConflictError;
import dev.fairground.sql.Database;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The mutations {@code productSuspend}, {@code productResume} and {@code productDelist}: each
 * writes a version that differs in its status only, and the edition that tells it.
 */
final class ProductStep {
  private final Mutations mutations;
  private final ListedProductRepository products;
  private final StandingRepository standings;
  private final ListPublication publication;
  private final EditionWriter editions;
  private final EventLog events;
  private final Checks checks;

  ProductStep(Database database) {
    this.mutations = Mutations.ofPublicContent(database);
    this.products = new ListedProductRepository(database);
    this.standings = new StandingRepository(database);
    this.publication = new ListPublication(database);
    this.editions = new EditionWriter(database);
    this.events = new EventLog(database);
    this.checks = new Checks(database);
  }

  /** What a step does. */
  private record Kind(
      String mutation, ProductAction action, Status to, EventType event, boolean needsReason) {}

  private static final Kind SUSPEND =
      new Kind(
          "productSuspend",
          ProductAction.SUSPEND,
          Status.SUSPENDED,
          EventType.PRODUCT_SUSPENDED,
          true);

  private static final Kind RESUME =
      new Kind(
          "productResume",
          ProductAction.RESUME,
          Status.PUBLISHED,
          EventType.PRODUCT_RESUMED,
          false);

  private static final Kind DELIST =
      new Kind(
          "productDelist", ProductAction.DELIST, Status.DELISTED, EventType.PRODUCT_DELISTED, true);

  Future<ProductPayload> suspend(Write write, Arguments arguments) {
    return run(SUSPEND, write, arguments);
  }

  Future<ProductPayload> resume(Write write, Arguments arguments) {
    return run(RESUME, write, arguments);
  }

  Future<ProductPayload> delist(Write write, Arguments arguments) {
    return run(DELIST, write, arguments);
  }

  private Future<ProductPayload> run(Kind kind, Write write, Arguments arguments) {
    var input = Objects.requireNonNull(arguments.input("input"));
    var id =
        Objects.requireNonNull(
            input.id("id", CatalogResolver.DATA_PRODUCT, CatalogResolver.SERVICE_CAPABILITY));
    var attempt = new Attempt<>(kind.mutation(), write, input, ProductPayload::refused);
    Function<SqlConnection, Future<Verdict<ProductPayload>>> work =
        transaction -> find(transaction, kind, write, input, id);
    return input.has("idempotencyKey")
        ? mutations.once(
            attempt,
            work,
            (transaction, made) ->
                Future.succeededFuture(
                    new ProductPayload(id, made.isEmpty() ? null : Ids.uuid(made), List.of())))
        : mutations.run(attempt, work);
  }

  private Future<Verdict<ProductPayload>> find(
      SqlConnection transaction, Kind kind, Write write, Arguments input, UUID id) {
    return products
        .find(transaction, write.viewer(), id)
        .compose(
            product -> {
              if (product == null) {
                return rejected(InputError.notFound(input, "id"));
              }
              if (!product.isFor(kind.action(), write.viewer())) {
                return rejected(DraftDesk.forbidden(input, "id"));
              }
              return editions
                  .takeTurn(transaction, product.operatorId())
                  .compose(turn -> products.find(transaction, write.viewer(), id))
                  .compose(
                      now -> take(transaction, kind, write, input, Objects.requireNonNull(now)));
            });
  }

  private Future<Verdict<ProductPayload>> take(
      SqlConnection transaction, Kind kind, Write write, Arguments input, ListedProduct product) {
    int expected = Objects.requireNonNull(input.integer("expectedVersion"));
    if (expected != product.version()) {
      return rejected(VersionConflictError.of(input, product.version()));
    }
    var allowed = product.actions(write.viewer());
    if (!allowed.contains(kind.action())) {
      return rejected(
          new StateTransitionError(
              "A product that is %s does not allow this step.".formatted(product.status()),
              input.path("id"),
              product.status().name(),
              allowed.stream().map(Enum::name).toList()));
    }
    var errors = new ArrayList<UserError>();
    var reason = DraftForm.reason(input, "reason", kind.needsReason(), errors);
    return (kind.action() == ProductAction.RESUME
            ? problems(transaction, write, input, product)
            : Future.succeededFuture(List.<UserError>of()))
        .compose(
            problems -> {
              errors.addAll(problems);
              return errors.isEmpty()
                  ? write(transaction, kind, write, input, product, reason)
                  : Future.succeededFuture(Verdict.rejected(errors));
            });
  }

  /** What rests on an authorization is offered again only as it could be published. */
  private Future<List<UserError>> problems(
      SqlConnection transaction, Write write, Arguments input, ListedProduct product) {
    return publication
        .hold(transaction, List.of(product.authorizationId()))
        .compose(held -> standings.findOfProducts(transaction, write, List.of(product.id())))
        .compose(
            found ->
                products
                    .content(transaction, product.id())
                    .map(
                        content ->
                            DraftRules.resting(content, found.getFirst(), input.path("id"))));
  }

  private Future<Verdict<ProductPayload>> write(
      SqlConnection transaction,
      Kind kind,
      Write write,
      Arguments input,
      ListedProduct product,
      @Nullable String reason) {
    var operator = product.operatorId();
    var touched = List.of(product.id());
    return publication
        .publisher(transaction, operator)
        .map(Objects::requireNonNull)
        .compose(
            publisher ->
                publication
                    .moment(transaction, write, operator, touched)
                    .compose(
                        moment ->
                            publication
                                .close(transaction, operator, touched, moment)
                                .compose(
                                    closed ->
                                        products.next(
                                            transaction, product, moment, kind.to(), reason))
                                .compose(
                                    written ->
                                        editions.publish(
                                            transaction,
                                            new Publication(
                                                operator,
                                                moment,
                                                write.actor().name(),
                                                publisher.number() == 0
                                                    ? Text.of(
                                                        publisher.name().value(),
                                                        publisher.name().locale())
                                                    : null,
                                                null,
                                                publisher.demonstration(),
                                                touched)))))
        .compose(
            edition ->
                (kind.action() == ProductAction.RESUME
                        ? checks.ofProducts(transaction, write, Cause.PUBLISH, touched)
                        : Future.succeededFuture(List.<Checks.Checked>of()))
                    .compose(
                        checked -> {
                          var failed =
                              checked.stream()
                                  .flatMap(one -> one.errors(input.path("id")).stream())
                                  .toList();
                          return failed.isEmpty()
                              ? tell(transaction, kind, write, input, product, edition)
                              : Future.succeededFuture(Verdict.rejected(failed));
                        }));
  }

  private Future<Verdict<ProductPayload>> tell(
      SqlConnection transaction,
      Kind kind,
      Write write,
      Arguments input,
      ListedProduct product,
      EditionWriter.@Nullable Edition edition) {
    var happened = new ArrayList<NewEvent>();
    if (edition != null) {
      happened.add(ProductListPublish.listPublished(product.operatorId(), edition));
    }
    happened.add(
        new NewEvent(
            kind.event(),
            Standing.productId(product.kind(), product.id()),
            product.version() + 1,
            product.operatorId(),
            true,
            List.of("status", "statusReason")));
    var onTrial = Boolean.TRUE.equals(input.bool("validateOnly"));
    var list = edition == null ? null : edition.id();
    return events
        .append(transaction, write, happened)
        .map(
            told ->
                Verdict.accepted(
                    new ProductPayload(product.id(), onTrial ? null : list, List.of()),
                    list == null ? "" : Ids.write(ProductListPublish.LIST, list)));
  }

  private static Future<Verdict<ProductPayload>> rejected(UserError error) {
    return Future.succeededFuture(Verdict.rejected(error));
  }
}
