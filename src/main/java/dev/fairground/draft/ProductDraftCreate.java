package dev.fairground.draft;

import dev.fairground.catalog.CatalogResolver;
import dev.fairground.draft.DraftContent.Given;
import dev.fairground.graphql.Arguments;
import dev.fairground.graphql.Write;
import dev.fairground.kernel.Ids;
import dev.fairground.kernel.Scope;
import dev.fairground.mutation.InputError;
import dev.fairground.mutation.Mutations;
import dev.fairground.mutation.Mutations.Attempt;
import dev.fairground.mutation.StateTransitionError;
import dev.fairground.mutation.UserError;
import dev.fairground.mutation.UserErrorCode;
import dev.fairground.mutation.Verdict;
import dev.fairground.party.PartyResolver;
import dev.fairground.sql.Database;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.SqlConnection;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The mutation {@code productDraftCreate}: for a new product, or for one that is published. */
final class ProductDraftCreate {
  /** How many drafts an operator has at most. */
  static final int MOST_DRAFTS = 100_000;

  private final Mutations mutations;
  private final ProductDraftRepository drafts;
  private final DraftStarts starts;
  private final DraftReferences references;
  private final DraftDesk desk;

  ProductDraftCreate(Database database, DraftDesk desk) {
    this.mutations = Mutations.ofHiddenContent(database);
    this.drafts = new ProductDraftRepository(database);
    this.starts = new DraftStarts(database);
    this.references = new DraftReferences(database);
    this.desk = desk;
  }

  Future<ProductDraftPayload> run(Write write, Arguments arguments) {
    var input = Objects.requireNonNull(arguments.input("input"));
    var given = DraftContent.read(input.input("content"));
    return mutations.once(
        new Attempt<>("productDraftCreate", write, input, ProductDraftPayload::refused),
        transaction ->
            start(transaction, write, input)
                .compose(
                    start ->
                        switch (start) {
                          case Verdict.Accepted<DraftStart> accepted ->
                              create(transaction, write, input, given, accepted.payload());
                          case Verdict.Rejected<DraftStart> rejected ->
                              Future.succeededFuture(
                                  Verdict.rejected(all(given.errors(), rejected.errors())));
                        }),
        (transaction, made) ->
            drafts
                .findForUpdate(transaction, write, Ids.uuid(made))
                .map(draft -> new ProductDraftPayload(draft, List.of())));
  }

  private static List<UserError> all(List<UserError> some, List<UserError> others) {
    var all = new ArrayList<>(some);
    all.addAll(others);
    return all;
  }

  private Future<Verdict<DraftStart>> start(
      SqlConnection transaction, Write write, Arguments input) {
    var shape = shape(input);
    if (!shape.isEmpty()) {
      return Future.succeededFuture(Verdict.rejected(shape));
    }
    return input.has("productId")
        ? ofProduct(transaction, write, input)
        : ofNew(transaction, write, input);
  }

  private static List<UserError> shape(Arguments input) {
    var errors = new ArrayList<UserError>();
    var published = input.has("productId");
    for (var member : List.of("operatorId", "code", "kind")) {
      if (published == input.has(member)) {
        errors.add(
            published
                ? InputError.at(
                    input,
                    member,
                    UserErrorCode.INVALID,
                    "The product has it already. Leave it out, or leave out productId.")
                : InputError.at(
                    input,
                    member,
                    UserErrorCode.REQUIRED,
                    "A new product needs operatorId, code and kind; a published one is named by productId."));
      }
    }
    if (!published && input.has("code")) {
      DraftForm.code(input, errors);
    }
    return errors;
  }

  private Future<Verdict<DraftStart>> ofProduct(
      SqlConnection transaction, Write write, Arguments input) {
    var id =
        Objects.requireNonNull(
            input.id(
                "productId", CatalogResolver.DATA_PRODUCT, CatalogResolver.SERVICE_CAPABILITY));
    return starts
        .ofProduct(transaction, id)
        .map(
            found -> {
              if (found == null) {
                return Verdict.rejected(InputError.notFound(input, "productId"));
              }
              var start = found.start();
              if (!write.viewer().may(Scope.LIST_WRITE, start.operatorId())) {
                return Verdict.rejected(DraftDesk.forbidden(input, "productId"));
              }
              if (found.status().equals("DELISTED")) {
                return Verdict.rejected(
                    new StateTransitionError(
                        "The product was taken off the list for good. Make a new one.",
                        input.path("productId"),
                        found.status(),
                        List.of()));
              }
              return Verdict.accepted(start);
            });
  }

  private Future<Verdict<DraftStart>> ofNew(
      SqlConnection transaction, Write write, Arguments input) {
    UUID operator = Objects.requireNonNull(input.id("operatorId", PartyResolver.PREFIX));
    var code = Objects.requireNonNull(input.string("code"));
    if (!write.viewer().may(Scope.LIST_WRITE, operator)) {
      return Future.succeededFuture(Verdict.rejected(DraftDesk.forbidden(input, "operatorId")));
    }
    var kind = Objects.requireNonNull(input.value("kind", ProductDraft.Kind.class));
    return starts
        .ground(transaction, operator, code, MOST_DRAFTS)
        .map(
            ground -> {
              if (!ground.isOperator()) {
                return Verdict.rejected(InputError.notFound(input, "operatorId"));
              }
              if (ground.isFull()) {
                return Verdict.rejected(
                    InputError.at(
                        input,
                        "operatorId",
                        UserErrorCode.QUOTA,
                        "It has %,d drafts, which is the most. Publish or discard some."
                            .formatted(MOST_DRAFTS)));
              }
              return ground.isCodeTaken()
                  ? Verdict.rejected(DraftDesk.codeTaken(input))
                  : Verdict.accepted(
                      new DraftStart(
                          operator, UUID.randomUUID(), kind, code, null, new JsonObject()));
            });
  }

  private Future<Verdict<ProductDraftPayload>> create(
      SqlConnection transaction, Write write, Arguments input, Given given, DraftStart start) {
    var content = given.into(start.content());
    return references
        .unknown(transaction, start.operatorId(), given.given(), input.input("content"))
        .compose(
            unknown -> {
              var errors = all(given.errors(), unknown);
              errors.addAll(
                  DraftContent.contradictions(
                      input, input.input("content"), content, start.kind()));
              return errors.isEmpty()
                  ? drafts
                      .insert(transaction, write, start, content)
                      .compose(draft -> made(transaction, write, input, draft))
                  : Future.succeededFuture(Verdict.rejected(errors));
            });
  }

  private Future<Verdict<ProductDraftPayload>> made(
      SqlConnection transaction, Write write, Arguments input, @Nullable ProductDraft draft) {
    if (draft == null) {
      return Future.succeededFuture(
          Verdict.rejected(
              input.has("productId")
                  ? InputError.at(
                      input,
                      "productId",
                      UserErrorCode.ALREADY_EXISTS,
                      "This product is drafted already. Update that draft, or discard it first.")
                  : DraftDesk.codeTaken(input)));
    }
    return desk.tell(transaction, write, draft, List.of())
        .map(
            told ->
                Verdict.accepted(
                    new ProductDraftPayload(draft, List.of()),
                    Ids.write(DraftDesk.PREFIX, draft.id())));
  }
}
