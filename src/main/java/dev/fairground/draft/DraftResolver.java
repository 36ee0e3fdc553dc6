package dev.fairground.draft;

import static java.util.Objects.requireNonNull;

import dev.fairground.authorization.AuthorizationResolver;
import dev.fairground.catalog.CatalogResolver;
import dev.fairground.catalog.DataProduct;
import dev.fairground.catalog.Product;
import dev.fairground.catalog.ProductList;
import dev.fairground.catalog.ServiceCapability;
import dev.fairground.check.ProductChecks;
import dev.fairground.graphql.Arguments;
import dev.fairground.graphql.Feature;
import dev.fairground.graphql.Listing;
import dev.fairground.graphql.Loader;
import dev.fairground.graphql.Wiring;
import dev.fairground.kernel.Moment;
import dev.fairground.kernel.PageRequest;
import dev.fairground.party.Organization;
import dev.fairground.party.PartyResolver;
import dev.fairground.resource.ResourceResolver;
import dev.fairground.sql.Database;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

/** Binds {@code schema/draft.graphqls}. */
public final class DraftResolver implements Feature {
  private final Database database;
  private final PartyResolver party;
  private final ResourceResolver resources;
  private final AuthorizationResolver authorizations;
  private final CatalogResolver catalog;
  private final Listing<ProductDraft> list;
  private final Loader<UUID, Loader.None, ProductDraft> byId;
  private final DraftLoaders loaders;

  public DraftResolver(
      Database database,
      PartyResolver party,
      ResourceResolver resources,
      AuthorizationResolver authorizations,
      CatalogResolver catalog) {
    this.database = database;
    this.party = party;
    this.resources = resources;
    this.authorizations = authorizations;
    this.catalog = catalog;
    var drafts = new ProductDraftRepository(database);
    byId = Loader.one("productDraftsById", drafts::findByIds, ProductDraft::id);
    list =
        Listing.hidden(
            database,
            ProductDraftRepository.LIST,
            (arguments, moment) -> ProductDraftFilter.clause(arguments.input("filter")),
            ProductDraftFilter::order,
            viewer -> DraftAccess.reading(viewer).clause());
    loaders = new DraftLoaders(database, resources, authorizations);
  }

  @Override
  public void wire(Wiring wiring) {
    draft(wiring);
    errors(wiring);
    payloads(wiring);
    mutations(wiring);
    wiring.connection("ProductDraft", list);
    wiring
        .extend(Organization.class)
        .loaded(
            "productDrafts",
            list.of(ProductDraftRepository.OF_OPERATORS),
            Organization::id,
            list::cut);
    var actions = loaders.productActions();
    wiring.extend(DataProduct.class).loaded("allowedActions", actions, Product::id);
    wiring.extend(ServiceCapability.class).loaded("allowedActions", actions, Product::id);
    wiring
        .query()
        .found(
            "productDraft", byId, arguments -> requireNonNull(arguments.id("id", DraftDesk.PREFIX)))
        .answered("productDrafts", list::page);
  }

  private void draft(Wiring wiring) {
    var told = loaders.told();
    var type =
        wiring
            .type(ProductDraft.class)
            .identified(DraftDesk.PREFIX, ProductDraft::id, byId)
            .loaded("operator", party.byId(), ProductDraft::operatorId)
            .loaded("product", catalog.products(), ProductDraft::productId)
            .loaded("authorization", authorizations.byId(), ProductDraft::authorizationId)
            .loadedThen("changedFields", told, draft -> draft, DraftLoaders.Told::changedFields)
            .loadedThen("problems", told, draft -> draft, DraftLoaders.Told::problems)
            .loadedThen("confirmers", told, draft -> draft, DraftLoaders.Told::confirmers)
            .loadedThen("allowedActions", told, draft -> draft, DraftLoaders.Told::actions)
            .computed("reviews", ProductDraft::reviews)
            .computed("confirmations", ProductDraft::confirmations);
    DraftFields.of(type);
    wiring.type("ProductDraftReview", ProductDraft.Review.class);
    wiring.type("ProductDraftConfirmation", ProductDraft.Confirmation.class);
  }

  private void errors(Wiring wiring) {
    wiring
        .type(OutsideScopeError.class)
        .computed("code", OutsideScopeError::code)
        .computed("rule", OutsideScopeError::rule)
        .loaded("authorization", authorizations.byId(), OutsideScopeError::authorizationId)
        .loaded("offending", loaders.nodes(), OutsideScopeError::offending);
    wiring
        .type(NotInForceError.class)
        .computed("code", NotInForceError::code)
        .computed("message", NotInForceError::message)
        .computed("rule", NotInForceError::rule)
        .loaded("authorization", authorizations.byId(), NotInForceError::authorizationId);
  }

  private void payloads(Wiring wiring) {
    wiring.type(ProductDraftPayload.class);
    wiring.type(PublishedChange.class).localized("title", PublishedChange::title);
    wiring
        .type(ProductListPublishPayload.class)
        .computed("changeCount", payload -> payload.changes().size())
        .computed("changes", DraftResolver::changes)
        .computed("checks", DraftResolver::checks)
        .loaded("productList", justPublished(), ProductListPublishPayload::listId);
    wiring
        .type(ProductPayload.class)
        .loaded("product", catalog.products(), ProductPayload::productId)
        .loaded("productList", justPublished(), ProductPayload::listId);
  }

  private static List<PublishedChange> changes(
      ProductListPublishPayload payload, Arguments arguments) {
    return part(payload.changes(), arguments);
  }

  private static List<ProductChecks> checks(
      ProductListPublishPayload payload, Arguments arguments) {
    return part(payload.checks(), arguments);
  }

  private static <T> List<T> part(List<T> all, Arguments arguments) {
    var first = arguments.integer("first");
    var offset = arguments.integer("offset");
    if (offset != null && offset < 0) {
      throw arguments.bad("offset", "must not be negative");
    }
    return all.stream()
        .skip(offset == null ? 0 : offset)
        .limit(first == null ? PageRequest.DEFAULT_SIZE : first)
        .toList();
  }

  /** An edition may be dated a little after the operation began that published it. */
  private Loader<UUID, Loader.None, ProductList> justPublished() {
    var lists = catalog.productLists();
    return new Loader<>(
        "productListsJustPublished",
        (reading, none, ids) ->
            lists
                .batch()
                .load(
                    reading.at(Moment.present(reading.moment().now().plus(Duration.ofDays(1)))),
                    none,
                    ids));
  }

  private void mutations(Wiring wiring) {
    var desk = new DraftDesk(database);
    var steps = new DraftSteps(desk);
    var product = new ProductStep(database);
    wiring
        .mutation()
        .mutated("productDraftCreate", new ProductDraftCreate(database, desk)::run)
        .mutated("productDraftUpdate", new ProductDraftUpdate(database, desk)::run)
        .mutated(
            "productDraftDiscard",
            (write, arguments) -> desk.discard(write, requireNonNull(arguments.input("input"))))
        .mutated("productDraftSubmit", steps::submit)
        .mutated("productDraftWithdraw", steps::withdraw)
        .mutated("productDraftReview", steps::review)
        .mutated("productDraftConfirm", steps::confirm)
        .mutated("productListPublish", new ProductListPublish(database)::run)
        .mutated("productSuspend", product::suspend)
        .mutated("productResume", product::resume)
        .mutated("productDelist", product::delist);
  }
}
