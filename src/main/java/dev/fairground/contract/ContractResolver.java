package dev.fairground.contract;

import static java.util.Objects.requireNonNull;

import dev.fairground.authorization.AuthorizationGrant;
import dev.fairground.authorization.AuthorizationResolver;
import dev.fairground.catalog.CatalogResolver;
import dev.fairground.catalog.DataProduct;
import dev.fairground.catalog.Product;
import dev.fairground.catalog.ServiceCapability;
import dev.fairground.check.CheckResolver;
import dev.fairground.clock.ClockResolver;
import dev.fairground.equal.EqualResolver;
import dev.fairground.graphql.Feature;
import dev.fairground.graphql.Listing;
import dev.fairground.graphql.Loader;
import dev.fairground.graphql.Wiring;
import dev.fairground.jurisdiction.JurisdictionResolver;
import dev.fairground.party.PartyResolver;
import dev.fairground.policy.PolicyResolver;
import dev.fairground.sql.Database;
import java.util.UUID;

/** Binds {@code schema/contract.graphqls}. */
public final class ContractResolver implements Feature {
  private final Database database;
  private final PartyResolver party;
  private final JurisdictionResolver jurisdictions;
  private final ClockResolver clocks;
  private final AuthorizationResolver authorizations;
  private final CatalogResolver catalog;
  private final EqualResolver equal;
  private final CheckResolver checks;
  private final PolicyResolver policies;
  private final Listing<AccessGrant> list;
  private final Loader<UUID, Loader.None, AccessGrant> byId;
  private final Loader<UUID, Loader.None, AccessGrant> byRequest;

  public ContractResolver(
      Database database,
      JurisdictionResolver jurisdictions,
      ClockResolver clocks,
      PartyResolver party,
      AuthorizationResolver authorizations,
      CatalogResolver catalog,
      EqualResolver equal,
      CheckResolver checks,
      PolicyResolver policies) {
    this.database = database;
    this.jurisdictions = jurisdictions;
    this.clocks = clocks;
    this.party = party;
    this.authorizations = authorizations;
    this.catalog = catalog;
    this.equal = equal;
    this.checks = checks;
    this.policies = policies;
    var grants = new GrantRepository(database);
    byId = Loader.one("accessGrantsById", grants::findByIds, AccessGrant::id);
    byRequest = Loader.one("accessGrantsByRequest", grants::findByRequests, AccessGrant::requestId);
    list =
        Listing.hidden(
            database,
            GrantRepository.LIST,
            (arguments, moment) -> GrantFilter.clause(arguments.input("filter"), moment),
            GrantFilter::order,
            (viewer, moment) -> GrantAccess.clause(viewer, moment.day()));
  }

  /** Grants by their ids, as far as the reader may see them. */
  public Loader<UUID, Loader.None, AccessGrant> byId() {
    return byId;
  }

  /** Grants by the ids of the requests that they followed from. */
  public Loader<UUID, Loader.None, AccessGrant> byRequest() {
    return byRequest;
  }

  @Override
  public void wire(Wiring wiring) {
    new GrantWiring(database)
        .wire(
            wiring,
            byId,
            party,
            jurisdictions,
            clocks,
            authorizations,
            catalog,
            equal,
            checks,
            policies);
    wiring.connection("AccessGrant", list);
    var ofProducts = list.of(GrantRepository.OF_PRODUCTS);
    wiring.extend(DataProduct.class).loaded("accessGrants", ofProducts, Product::id, list::cut);
    wiring
        .extend(ServiceCapability.class)
        .loaded("accessGrants", ofProducts, Product::id, list::cut);
    wiring
        .extend(AuthorizationGrant.class)
        .loaded(
            "accessGrants",
            list.of(GrantRepository.OF_AUTHORIZATIONS),
            AuthorizationGrant::id,
            list::cut);
    wiring
        .query()
        .found(
            "accessGrant",
            byId,
            arguments -> requireNonNull(arguments.id("id", AccessGrant.PREFIX)))
        .answered("accessGrants", list::page);
    wiring.type(AccessGrantPayload.class).loaded("accessGrant", byId, AccessGrantPayload::grantId);
    wiring.type(NoticeTooShortError.class);
    mutations(wiring);
  }

  private void mutations(Wiring wiring) {
    var desk = new GrantDesk(database);
    var halt = new GrantHalt(database, desk);
    var byBoth = new GrantEndByBoth(database, desk);
    wiring
        .mutation()
        .mutated("accessGrantSign", new GrantSign(database, desk)::run)
        .mutated("accessGrantSuspend", halt::suspend)
        .mutated("accessGrantResume", halt::resume)
        .mutated("accessGrantEnd", new GrantEnd(database, desk)::run)
        .mutated("accessGrantEndPropose", byBoth::propose)
        .mutated("accessGrantEndAccept", byBoth::accept)
        .mutated("accessGrantEndDrop", byBoth::drop);
  }
}
