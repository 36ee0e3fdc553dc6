package dev.fairground.registration;

import dev.fairground.catalog.CatalogResolver;
import dev.fairground.graphql.Arguments;
import dev.fairground.graphql.Write;
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
import io.vertx.sqlclient.Tuple;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The mutation {@code productFirstDeliveryReport}: from that day on the registration of a product
 * is due.
 */
final class FirstDeliveryReport {
  private final Database database;
  private final Mutations mutations;
  private final FirstDeliveries deliveries;

  FirstDeliveryReport(Database database) {
    this.database = database;
    this.mutations = Mutations.ofPublicContent(database);
    this.deliveries = new FirstDeliveries(database);
  }

  /**
   * What became of it.
   *
   * @param productId null where nothing was done
   */
  record Payload(@Nullable UUID productId, List<UserError> userErrors) {
    static Payload refused(List<UserError> errors) {
      return new Payload(null, errors);
    }
  }

  private record Delivered(UUID operator, String kind, String jurisdiction) {}

  private static final String PRODUCT =
      """
      -- productThatWasDelivered
      select v.operator_id, v.kind, g.jurisdiction_code
        from product_version v
        join authorization_grant_version g on g.grant_id = v.authorization_grant_id and g.valid_to = 'infinity'
       where v.product_id = $1 and v.valid_to = 'infinity'
      """;

  Future<Payload> run(Write write, Arguments arguments) {
    var input = ApplicationSteps.input(arguments);
    UUID id =
        Objects.requireNonNull(
            input.id(
                "productId", CatalogResolver.DATA_PRODUCT, CatalogResolver.SERVICE_CAPABILITY));
    var day = Objects.requireNonNull(input.date("deliveredOn"));
    return mutations.run(
        new Attempt<>("productFirstDeliveryReport", write, input, Payload::refused),
        transaction ->
            database
                .first(
                    transaction,
                    PRODUCT,
                    Tuple.of(id),
                    row -> new Delivered(row.getUUID(0), row.getString(1), row.getString(2)))
                .compose(
                    product ->
                        product == null
                            ? rejected(InputError.notFound(input, "productId"))
                            : report(transaction, write, input, id, day, product)));
  }

  private Future<Verdict<Payload>> report(
      SqlConnection transaction,
      Write write,
      Arguments input,
      UUID id,
      LocalDate day,
      Delivered product) {
    if (!write.viewer().may(Scope.LIST_WRITE, product.operator())
        && !write.viewer().may(Scope.REGISTRATION_WRITE, product.operator())) {
      return rejected(ApplicationDesk.forbidden(input, "productId"));
    }
    if (day.isAfter(write.moment().day())) {
      return rejected(
          InputError.at(
              input,
              "deliveredOn",
              UserErrorCode.INVALID,
              "That day has not come yet. Report a delivery when it was made."));
    }
    return deliveries
        .report(
            transaction,
            write,
            product.operator(),
            id,
            FirstDeliveries.productId(product.kind(), id),
            product.jurisdiction(),
            day)
        .compose(
            reported ->
                reported
                    ? Future.succeededFuture(Verdict.accepted(new Payload(id, List.of())))
                    : rejected(
                        InputError.at(
                            input,
                            "productId",
                            UserErrorCode.ALREADY_EXISTS,
                            "The first delivery of this product was reported before, and there is one first.")));
  }

  private static Future<Verdict<Payload>> rejected(UserError error) {
    return Future.succeededFuture(Verdict.rejected(error));
  }
}
