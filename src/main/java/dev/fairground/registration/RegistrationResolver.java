package dev.fairground.registration;

import static java.util.Objects.requireNonNull;

import dev.fairground.catalog.CatalogResolver;
import dev.fairground.catalog.DataProduct;
import dev.fairground.catalog.Product;
import dev.fairground.catalog.ServiceCapability;
import dev.fairground.clock.ClockResolver;
import dev.fairground.graphql.Feature;
import dev.fairground.graphql.Listing;
import dev.fairground.graphql.Loader;
import dev.fairground.graphql.Wiring;
import dev.fairground.jurisdiction.JurisdictionResolver;
import dev.fairground.party.PartyResolver;
import dev.fairground.resource.DataResource;
import dev.fairground.resource.ResourceResolver;
import dev.fairground.sql.Database;
import dev.fairground.sql.Key;
import java.util.List;
import java.util.UUID;

/** Binds {@code schema/registration.graphqls}. */
public final class RegistrationResolver implements Feature {
  private final PartyResolver party;
  private final ResourceResolver resources;
  private final CatalogResolver catalog;
  private final Listing<Registration> list;
  private final Loader<UUID, Loader.None, Registration> byId;
  private final Loader<UUID, Loader.None, List<RegistrationAction>> actions;
  private final ApplicationWiring applications;

  public RegistrationResolver(
      Database database,
      JurisdictionResolver jurisdictions,
      ClockResolver clocks,
      PartyResolver party,
      ResourceResolver resources,
      CatalogResolver catalog) {
    this.party = party;
    this.resources = resources;
    this.catalog = catalog;
    var registrations = new RegistrationRepository(database);
    byId = Loader.one("registrationsById", registrations::findByIds, Registration::id);
    list =
        new Listing<>(
            database,
            RegistrationRepository.LIST,
            (arguments, moment) -> RegistrationFilter.clause(arguments.input("filter")),
            arguments ->
                List.of(
                    Key.date("r.coded_on", true, Registration::codedOn),
                    Key.id("r.registration_id", true, Registration::id)));
    actions = new RegistrationStandings(database).actions();
    applications =
        new ApplicationWiring(database, jurisdictions, clocks, party, resources, catalog, byId);
  }

  @Override
  public void wire(Wiring wiring) {
    wiring
        .type(Registration.class)
        .identified(Registration.PREFIX, Registration::id, byId)
        .loaded("registrar", party.byId(), Registration::registrarId)
        .loaded("resource", resources.byId(), Registration::resourceId)
        .loaded("product", catalog.products(), Registration::productId)
        .loaded("registrant", party.byId(), Registration::registrantId)
        .loaded("allowedActions", actions, Registration::id);
    applications.wire(wiring);
    wiring.connection("Registration", list);
    wiring
        .extend(DataResource.class)
        .loaded(
            "registrations",
            list.of(RegistrationRepository.OF_RESOURCES),
            DataResource::id,
            list::cut);
    var ofProducts = list.of(RegistrationRepository.OF_PRODUCTS);
    wiring.extend(DataProduct.class).loaded("registrations", ofProducts, Product::id, list::cut);
    wiring
        .extend(ServiceCapability.class)
        .loaded("registrations", ofProducts, Product::id, list::cut);
    wiring
        .query()
        .found(
            "registration",
            byId,
            arguments -> requireNonNull(arguments.id("id", Registration.PREFIX)))
        .answered("registrations", list::page);
  }
}
