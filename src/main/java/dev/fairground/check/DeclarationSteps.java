package dev.fairground.check;

import static java.util.Objects.requireNonNull;

import dev.fairground.catalog.CatalogResolver;
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
import dev.fairground.mutation.VersionConflictError;
import dev.fairground.party.PartyResolver;
import dev.fairground.sql.Database;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The mutations {@code productDeclare} and {@code productDeclarationEnd}. */
final class DeclarationSteps {
  private final Mutations mutations;
  private final DeclarationRepository declarations;

  DeclarationSteps(Database database) {
    this.mutations = Mutations.ofPublicContent(database);
    this.declarations = new DeclarationRepository(database);
  }

  /** What became of a declaration. */
  record Payload(@Nullable UUID declarationId, List<UserError> userErrors) {
    static Payload refused(List<UserError> errors) {
      return new Payload(null, errors);
    }
  }

  Future<Payload> declare(Write write, Arguments arguments) {
    var input = requireNonNull(arguments.input("input"));
    return mutations.once(
        new Attempt<>("productDeclare", write, input, Payload::refused),
        transaction -> declare(transaction, write, input),
        (transaction, made) -> Future.succeededFuture(new Payload(Ids.uuid(made), List.of())));
  }

  private Future<Verdict<Payload>> declare(
      SqlConnection transaction, Write write, Arguments input) {
    var product =
        requireNonNull(
            input.id(
                "productId", CatalogResolver.DATA_PRODUCT, CatalogResolver.SERVICE_CAPABILITY));
    var base =
        input.id("baseProductId", CatalogResolver.DATA_PRODUCT, CatalogResolver.SERVICE_CAPABILITY);
    var developer = input.id("developerId", PartyResolver.PREFIX);
    return declarations
        .named(transaction, product, base, developer)
        .compose(
            named -> {
              var errors = new ArrayList<UserError>();
              if (named.operatorId() == null) {
                errors.add(InputError.notFound(input, "productId"));
              } else if (!write.viewer().may(Scope.CHECK_ANSWER, named.operatorId())) {
                errors.add(forbidden(input, "productId"));
              }
              if (!errors.isEmpty()) {
                return rejected(errors);
              }
              var declaration =
                  read(write, input, product, requireNonNull(named.operatorId()), errors);
              against(input, declaration, named, product, errors);
              return errors.isEmpty()
                  ? write(transaction, write, input, declaration)
                  : rejected(errors);
            });
  }

  private static Declaration read(
      Write write, Arguments input, UUID product, UUID operator, List<UserError> errors) {
    return new Declaration(
        UUID.randomUUID(),
        operator,
        product,
        1,
        requireNonNull(input.value("kind", Declaration.Kind.class)),
        Declaration.State.DECLARED,
        Texts.required(input, "text", errors),
        Texts.optional(input, "evidence", errors),
        input.id("baseProductId", CatalogResolver.DATA_PRODUCT, CatalogResolver.SERVICE_CAPABILITY),
        input.id("developerId", PartyResolver.PREFIX),
        write.moment().day());
  }

  /** Pure: what stands against a declaration. */
  private static void against(
      Arguments input,
      Declaration declaration,
      DeclarationRepository.Named named,
      UUID product,
      List<UserError> errors) {
    var lineage = declaration.kind() == Declaration.Kind.LINEAGE;
    if (!lineage) {
      for (var member : List.of("baseProductId", "developerId")) {
        if (input.has(member)) {
          errors.add(
              InputError.at(
                  input, member, UserErrorCode.INVALID, "Only a LINEAGE names it. Leave it out."));
        }
      }
      return;
    }
    if (declaration.developerId() == null) {
      errors.add(
          InputError.at(
              input, "developerId", UserErrorCode.REQUIRED, "A LINEAGE says who made it."));
    } else if (!named.developer()) {
      errors.add(InputError.notFound(input, "developerId"));
    }
    if (declaration.baseProductId() != null && !named.base()) {
      errors.add(InputError.notFound(input, "baseProductId"));
    }
    if (product.equals(declaration.baseProductId())) {
      errors.add(
          InputError.at(
              input,
              "baseProductId",
              UserErrorCode.INVALID,
              "A product is not made from itself. Name what it was made from."));
    }
    if (named.hasLineage()) {
      errors.add(
          InputError.at(
              input,
              "kind",
              UserErrorCode.ALREADY_EXISTS,
              "Its lineage is declared already. Take that declaration back first."));
    }
  }

  private Future<Verdict<Payload>> write(
      SqlConnection transaction, Write write, Arguments input, Declaration declaration) {
    var onTrial = Boolean.TRUE.equals(input.bool("validateOnly"));
    return declarations
        .insert(transaction, write, declaration, write.moment().now().atOffset(ZoneOffset.UTC))
        .compose(
            done ->
                declarations.due(
                    transaction, write, declaration.operatorId(), declaration.productId()))
        .map(
            due ->
                Verdict.accepted(
                    new Payload(onTrial ? null : declaration.id(), List.of()),
                    Ids.write(Declaration.PREFIX, declaration.id())));
  }

  Future<Payload> end(Write write, Arguments arguments) {
    var input = requireNonNull(arguments.input("input"));
    return mutations.run(
        new Attempt<>("productDeclarationEnd", write, input, Payload::refused),
        transaction ->
            declarations
                .findForUpdate(transaction, requireNonNull(input.id("id", Declaration.PREFIX)))
                .compose(found -> end(transaction, write, input, found)));
  }

  private Future<Verdict<Payload>> end(
      SqlConnection transaction, Write write, Arguments input, @Nullable Declaration found) {
    if (found == null) {
      return rejected(List.of(InputError.notFound(input, "id")));
    }
    if (!write.viewer().may(Scope.CHECK_ANSWER, found.operatorId())) {
      return rejected(List.of(forbidden(input, "id")));
    }
    int expected = requireNonNull(input.integer("expectedVersion"));
    if (expected != found.version()) {
      return rejected(List.of(VersionConflictError.of(input, found.version())));
    }
    if (found.state() == Declaration.State.ENDED) {
      return rejected(
          List.of(
              new StateTransitionError(
                  "It was taken back already.",
                  input.path("id"),
                  found.state().name(),
                  List.of())));
    }
    var ended =
        new Declaration(
            found.id(),
            found.operatorId(),
            found.productId(),
            found.version() + 1,
            found.kind(),
            Declaration.State.ENDED,
            found.text(),
            found.evidence(),
            found.baseProductId(),
            found.developerId(),
            found.declaredOn());
    return declarations
        .close(transaction, write, found.id())
        .compose(from -> declarations.insert(transaction, write, ended, from))
        .compose(
            done -> declarations.due(transaction, write, found.operatorId(), found.productId()))
        .map(due -> Verdict.accepted(new Payload(found.id(), List.of())));
  }

  private static InputError forbidden(Arguments input, String member) {
    return InputError.at(
        input,
        member,
        UserErrorCode.FORBIDDEN,
        "Only the product's operator declares what it answers for.");
  }

  private static Future<Verdict<Payload>> rejected(List<? extends UserError> errors) {
    return Future.succeededFuture(Verdict.rejected(errors));
  }
}
