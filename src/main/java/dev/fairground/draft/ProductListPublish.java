package dev.fairground.draft;

import dev.fairground.catalog.EditionWriter;
import dev.fairground.catalog.EditionWriter.Publication;
import dev.fairground.check.Checks;
import dev.fairground.check.ProductChecks;
import dev.fairground.draft.ListPublication.Publisher;
import dev.fairground.draft.ListPublication.Version;
import dev.fairground.event.EventLog;
import dev.fairground.event.EventType;
import dev.fairground.event.NewEvent;
import dev.fairground.graphql.Arguments;
import dev.fairground.graphql.Write;
import dev.fairground.kernel.Ids;
import dev.fairground.kernel.Scope;
import dev.fairground.kernel.Text;
import dev.fairground.mutation.InputError;
import dev.fairground.mutation.Mutations;
import dev.fairground.mutation.Mutations.Attempt;
import dev.fairground.mutation.UserError;
import dev.fairground.mutation.UserErrorCode;
import dev.fairground.mutation.Verdict;
import dev.fairground.mutation.VersionConflictError;
import dev.fairground.party.PartyResolver;
import dev.fairground.sql.Database;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The mutation {@code productListPublish}: drafts become versions of products, and these the next
 * edition, in one transaction. Publishers of one operator take turns.
 */
final class ProductListPublish {
  /** The prefix of editions' ids. */
  static final String LIST = "pl";

  private final Mutations mutations;
  private final ProductDraftRepository drafts;
  private final StandingRepository standings;
  private final ListPublication publication;
  private final PublishedChanges changes;
  private final EditionWriter editions;
  private final EventLog events;
  private final Checks checks;

  ProductListPublish(Database database) {
    this.mutations = Mutations.ofPublicContent(database);
    this.drafts = new ProductDraftRepository(database);
    this.standings = new StandingRepository(database);
    this.publication = new ListPublication(database);
    this.changes = new PublishedChanges(database);
    this.editions = new EditionWriter(database);
    this.events = new EventLog(database);
    this.checks = new Checks(database);
  }

  Future<ProductListPublishPayload> run(Write write, Arguments arguments) {
    var input = Objects.requireNonNull(arguments.input("input"));
    var operator = Objects.requireNonNull(input.id("operatorId", PartyResolver.PREFIX));
    return mutations.once(
        new Attempt<>("productListPublish", write, input, ProductListPublishPayload::refused),
        transaction -> turn(transaction, write, input, operator),
        (transaction, made) ->
            changes
                .of(transaction, Ids.uuid(made))
                .map(
                    list ->
                        new ProductListPublishPayload(Ids.uuid(made), list, List.of(), List.of())));
  }

  private Future<Verdict<ProductListPublishPayload>> turn(
      SqlConnection transaction, Write write, Arguments input, UUID operator) {
    var errors = new ArrayList<UserError>();
    if (!write.viewer().may(Scope.LIST_PUBLISH, operator)) {
      return rejected(List.of(DraftDesk.forbidden(input, "operatorId")));
    }
    var title = title(input, errors);
    var ids = input.ids("draftIds", DraftDesk.PREFIX);
    if (input.has("draftIds") && ids.isEmpty()) {
      errors.add(
          InputError.at(
              input,
              "draftIds",
              UserErrorCode.REQUIRED,
              "Name a draft, or leave the member out for all that may be published."));
    }
    if (!errors.isEmpty()) {
      return rejected(errors);
    }
    return editions
        .takeTurn(transaction, operator)
        .compose(turn -> publication.publisher(transaction, operator))
        .compose(
            publisher -> {
              if (publisher == null) {
                return rejected(List.of(InputError.notFound(input, "operatorId")));
              }
              var expected = input.integer("expectedNumber");
              return expected != null && expected != publisher.number()
                  ? rejected(
                      List.of(
                          new VersionConflictError(
                              input.path("expectedNumber"), publisher.number())))
                  : chosen(transaction, write, input, operator, publisher, title, ids);
            });
  }

  private static @Nullable Text title(Arguments input, List<UserError> errors) {
    var title = input.input("title");
    if (title == null) {
      return null;
    }
    var value = Objects.requireNonNull(title.string("value"));
    if (value.isBlank() || value.codePointCount(0, value.length()) > 500) {
      errors.add(
          InputError.at(title, "value", UserErrorCode.INVALID, "Must have 1 to 500 characters."));
    }
    return Text.of(value, Objects.requireNonNull(title.string("locale")));
  }

  private Future<Verdict<ProductListPublishPayload>> chosen(
      SqlConnection transaction,
      Write write,
      Arguments input,
      UUID operator,
      Publisher publisher,
      @Nullable Text title,
      List<UUID> ids) {
    var all = !input.has("draftIds");
    return (all
            ? drafts.findPublishable(transaction, operator)
            : drafts.findOfOperator(transaction, operator, ids))
        .compose(
            found ->
                publication
                    .hold(transaction, grants(found))
                    .compose(held -> standings.find(transaction, write, ids(found)))
                    .compose(
                        known ->
                            checks
                                .ofDrafts(transaction, write, ids(found))
                                .map(
                                    checked ->
                                        new Known(
                                            known.stream()
                                                .collect(
                                                    Collectors.toMap(
                                                        Standing::id, Function.identity())),
                                            checked)))
                    .compose(
                        known -> {
                          var verdict =
                              all
                                  ? PublishDecision.ofAll(write.viewer(), input, found, known)
                                  : PublishDecision.ofNamed(
                                      write.viewer(), input, ids, found, known);
                          return switch (verdict) {
                            case Verdict.Accepted<List<ProductDraft>> accepted ->
                                write(
                                    transaction,
                                    write,
                                    input,
                                    operator,
                                    publisher,
                                    title,
                                    accepted.payload(),
                                    known);
                            case Verdict.Rejected<List<ProductDraft>> refused ->
                                rejected(refused.errors());
                          };
                        }));
  }

  /** What drafts rest on, by their ids, and what the checks say of them. */
  record Known(Map<UUID, Standing> standings, Checks.CheckedDrafts checked) {}

  private static List<UUID> ids(List<ProductDraft> drafts) {
    return drafts.stream().map(ProductDraft::id).toList();
  }

  private static List<UUID> grants(List<ProductDraft> drafts) {
    return drafts.stream()
        .map(ProductDraft::authorizationId)
        .filter(Objects::nonNull)
        .distinct()
        .toList();
  }

  private Future<Verdict<ProductListPublishPayload>> write(
      SqlConnection transaction,
      Write write,
      Arguments input,
      UUID operator,
      Publisher publisher,
      @Nullable Text title,
      List<ProductDraft> chosen,
      Known known) {
    var products = chosen.stream().map(ProductDraft::productId).toList();
    return publication
        .moment(transaction, write, operator, products)
        .compose(
            moment ->
                publication
                    .enter(transaction, operator, ids(chosen), moment)
                    .compose(
                        entered -> {
                          var taken =
                              PublishDecision.notEntered(input, chosen, new HashSet<>(entered));
                          return taken.isEmpty()
                              ? versions(
                                      transaction,
                                      write,
                                      operator,
                                      publisher,
                                      title,
                                      chosen,
                                      known.standings(),
                                      moment)
                                  .compose(
                                      edition ->
                                          checks
                                              .keep(
                                                  transaction,
                                                  write,
                                                  known.checked(),
                                                  ids(chosen),
                                                  moment)
                                              .compose(
                                                  kept ->
                                                      told(
                                                          transaction,
                                                          input,
                                                          edition.id(),
                                                          known.checked().all(ids(chosen)))))
                              : rejected(taken);
                        }));
  }

  private Future<EditionWriter.Edition> versions(
      SqlConnection transaction,
      Write write,
      UUID operator,
      Publisher publisher,
      @Nullable Text title,
      List<ProductDraft> chosen,
      Map<UUID, Standing> byId,
      OffsetDateTime moment) {
    var products = chosen.stream().map(ProductDraft::productId).toList();
    var first =
        publisher.number() == 0
            ? Text.of(publisher.name().value(), publisher.name().locale())
            : null;
    return publication
        .close(transaction, operator, products, moment)
        .compose(
            closed ->
                publication.write(
                    transaction, operator, ids(chosen), moment, publisher.demonstration()))
        .compose(
            versions ->
                editions
                    .publish(
                        transaction,
                        new Publication(
                            operator,
                            moment,
                            write.actor().name(),
                            title == null ? first : title,
                            null,
                            publisher.demonstration(),
                            products))
                    .map(Objects::requireNonNull)
                    .compose(
                        edition ->
                            drafts
                                .delete(transaction, operator, ids(chosen))
                                .compose(
                                    gone ->
                                        events.append(
                                            transaction,
                                            write,
                                            happened(operator, edition, chosen, byId, versions)))
                                .map(edition)));
  }

  private static List<NewEvent> happened(
      UUID operator,
      EditionWriter.Edition edition,
      List<ProductDraft> chosen,
      Map<UUID, Standing> byId,
      List<Version> versions) {
    var numbers = new HashMap<UUID, Integer>();
    versions.forEach(version -> numbers.put(version.productId(), version.version()));
    var happened = new ArrayList<NewEvent>();
    happened.add(listPublished(operator, edition));
    for (var draft : chosen) {
      happened.add(
          new NewEvent(
              EventType.PRODUCT_CHANGED,
              Standing.productId(draft.kind(), draft.productId()),
              numbers.get(draft.productId()),
              operator,
              true,
              Objects.requireNonNull(byId.get(draft.id())).changedFields()));
    }
    return happened;
  }

  static NewEvent listPublished(UUID operator, EditionWriter.Edition edition) {
    return new NewEvent(
        EventType.LIST_PUBLISHED,
        Ids.write(LIST, edition.id()),
        edition.number(),
        operator,
        true,
        List.of());
  }

  private Future<Verdict<ProductListPublishPayload>> told(
      SqlConnection transaction, Arguments input, UUID listId, List<ProductChecks> checked) {
    var onTrial = Boolean.TRUE.equals(input.bool("validateOnly"));
    return changes
        .of(transaction, listId)
        .map(
            list ->
                Verdict.accepted(
                    new ProductListPublishPayload(
                        onTrial ? null : listId, list, checked, List.of()),
                    Ids.write(LIST, listId)));
  }

  private static Future<Verdict<ProductListPublishPayload>> rejected(
      List<? extends UserError> errors) {
    return Future.succeededFuture(Verdict.rejected(errors));
  }
}
