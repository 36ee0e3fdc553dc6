package dev.fairground.registration;

import static java.util.Objects.requireNonNull;

import dev.fairground.catalog.CatalogResolver;
import dev.fairground.catalog.DataProduct;
import dev.fairground.catalog.Product;
import dev.fairground.catalog.ServiceCapability;
import dev.fairground.clock.ClockResolver;
import dev.fairground.graphql.Listing;
import dev.fairground.graphql.Loader;
import dev.fairground.graphql.Wiring;
import dev.fairground.jurisdiction.JurisdictionResolver;
import dev.fairground.party.PartyResolver;
import dev.fairground.resource.ResourceResolver;
import dev.fairground.sql.Database;
import dev.fairground.sql.Key;
import java.util.List;
import java.util.UUID;

/** Binds what of {@code schema/registration.graphqls} is about applications. */
final class ApplicationWiring {
  private final Database database;
  private final JurisdictionResolver jurisdictions;
  private final ClockResolver clocks;
  private final PartyResolver party;
  private final ResourceResolver resources;
  private final CatalogResolver catalog;
  private final Loader<UUID, Loader.None, Registration> registrations;
  private final Listing<RegistrationApplication> list;
  private final Listing<RegistrationNotice> notices;
  private final Loader<UUID, Loader.None, RegistrationApplication> byId;
  private final Loader<UUID, Loader.None, RegistrationNotice> noticeById;
  private final Loader<UUID, Loader.None, RegistrationObjection> objectionById;
  private final Loader<UUID, Loader.None, List<RegistrationObjection>> objections;

  ApplicationWiring(
      Database database,
      JurisdictionResolver jurisdictions,
      ClockResolver clocks,
      PartyResolver party,
      ResourceResolver resources,
      CatalogResolver catalog,
      Loader<UUID, Loader.None, Registration> registrations) {
    this.database = database;
    this.jurisdictions = jurisdictions;
    this.clocks = clocks;
    this.party = party;
    this.resources = resources;
    this.catalog = catalog;
    this.registrations = registrations;
    var applications = new RegistrationApplications(database);
    var ofNotices = new RegistrationNotices(database);
    var ofObjections = new RegistrationObjections(database);
    byId =
        Loader.one(
            "registrationApplicationsById", applications::findByIds, RegistrationApplication::id);
    noticeById =
        Loader.one("registrationNoticesById", ofNotices::findByIds, RegistrationNotice::id);
    objectionById =
        Loader.one(
            "registrationObjectionsById", ofObjections::findByIds, RegistrationObjection::id);
    objections =
        Loader.many(
            "objectionsOfApplications",
            ofObjections::findOfApplications,
            RegistrationObjection::applicationId);
    list =
        Listing.hidden(
            database,
            RegistrationApplications.LIST,
            (arguments, moment) -> ApplicationFilter.clause(arguments.input("filter"), moment),
            ApplicationFilter::order,
            viewer -> ApplicationAccess.of(viewer).clause());
    notices =
        new Listing<>(
            database,
            RegistrationNotices.LIST,
            (arguments, moment) -> ApplicationFilter.notices(arguments.input("filter")),
            arguments ->
                List.of(
                    Key.date("n.starts_on", true, RegistrationNotice::startsOn),
                    Key.id("n.id", true, RegistrationNotice::id)));
  }

  void wire(Wiring wiring) {
    application(wiring);
    notice(wiring);
    payloads(wiring);
    products(wiring);
    mutations(wiring);
    wiring.connection("RegistrationApplication", list);
    wiring.connection("RegistrationNotice", notices);
    wiring
        .query()
        .found(
            "registrationApplication",
            byId,
            arguments -> requireNonNull(arguments.id("id", RegistrationApplication.PREFIX)))
        .answered("registrationApplications", list::page)
        .found(
            "registrationNotice",
            noticeById,
            arguments -> requireNonNull(arguments.id("id", RegistrationNotice.PREFIX)))
        .answered("registrationNotices", notices::page);
  }

  private void application(Wiring wiring) {
    var told = ApplicationLoaders.told();
    var type =
        wiring
            .type(RegistrationApplication.class)
            .identified(RegistrationApplication.PREFIX, RegistrationApplication::id, byId)
            .loaded("resource", resources.byId(), RegistrationApplication::resourceId)
            .loaded("product", catalog.products(), RegistrationApplication::productId)
            .loaded("registration", registrations, RegistrationApplication::registrationId)
            .loaded("applicant", party.byId(), RegistrationApplication::applicantId)
            .loaded(
                "jointApplicants",
                ApplicationLoaders.each("jointApplicants", party.byId()),
                RegistrationApplication::jointApplicantIds)
            .loaded("registrar", party.byId(), RegistrationApplication::registrarId)
            .loaded(
                "jurisdiction",
                jurisdictions.jurisdictions(),
                RegistrationApplication::jurisdictionCode)
            .loaded("notice", noticeById, RegistrationApplication::id)
            .loaded("clocks", clocks.bySubject(), RegistrationApplication::globalId)
            .loaded("objections", objections, RegistrationApplication::id)
            .loadedThen("missing", told, of -> of, ApplicationLoaders.Told::missing)
            .loadedThen("overdue", told, of -> of, ApplicationLoaders.Told::overdue)
            .loadedThen("dueOn", told, of -> of, ApplicationLoaders.Told::dueOn)
            .loadedThen("allowedActions", told, of -> of, ApplicationLoaders.Told::actions);
    ApplicationFields.of(wiring, type);
    wiring
        .type(RegistrationObjection.class)
        .identified(RegistrationObjection.PREFIX, RegistrationObjection::id, objectionById)
        .loaded("notice", noticeById, RegistrationObjection::applicationId)
        .loaded("organization", party.byId(), RegistrationObjection::organizationId)
        .loaded("clocks", clocks.bySubject(), RegistrationObjection::globalId);
  }

  private void notice(Wiring wiring) {
    wiring
        .type(RegistrationNotice.class)
        .identified(RegistrationNotice.PREFIX, RegistrationNotice::id, noticeById)
        .loaded("resource", resources.byId(), RegistrationNotice::resourceId)
        .loaded("product", catalog.products(), RegistrationNotice::productId)
        .loaded("registration", registrations, RegistrationNotice::registrationId)
        .loaded("registrar", party.byId(), RegistrationNotice::registrarId)
        .loaded("registrant", party.byId(), RegistrationNotice::registrantId)
        .loaded("takesObjections", ApplicationLoaders.takesObjections(), of -> of);
  }

  private void payloads(Wiring wiring) {
    var affected = ApplicationLoaders.each("affectedProducts", catalog.products());
    wiring
        .type(RegistrationApplicationPayload.class)
        .loaded("affectedProducts", affected, RegistrationApplicationPayload::affected);
    wiring
        .type(RegistrationPayload.class)
        .loaded("registration", registrations, RegistrationPayload::registrationId)
        .loaded("affectedProducts", affected, RegistrationPayload::affected);
    wiring
        .type(RegistrationObjectionPayload.class)
        .loaded("objection", objectionById, RegistrationObjectionPayload::objectionId);
    wiring
        .type("ProductFirstDeliveryPayload", FirstDeliveryReport.Payload.class)
        .loaded("product", catalog.products(), FirstDeliveryReport.Payload::productId);
  }

  private void products(Wiring wiring) {
    var standings =
        Loader.one(
            "registrationStandingsOfProducts",
            new ProductStandings(database)::find,
            ProductStanding::productId);
    for (var type :
        List.of(wiring.extend(DataProduct.class), wiring.extend(ServiceCapability.class))) {
      product(type, standings);
    }
  }

  @SuppressWarnings("unchecked")
  private static void product(
      Wiring.TypeWiring<? extends Product> type,
      Loader<UUID, Loader.None, ProductStanding> standings) {
    ((Wiring.TypeWiring<Product>) type)
        .loadedThen("firstDeliveredOn", standings, Product::id, ProductStanding::deliveredOn)
        .loadedThen("registrationDueOn", standings, Product::id, ProductStanding::dueOn)
        .loadedThen("registrationStanding", standings, Product::id, ProductStanding::standing);
  }

  private void mutations(Wiring wiring) {
    var desk = new ApplicationDesk(database);
    var submit = new ApplicationSubmit(database, desk);
    var create = new ApplicationCreate(database, desk, submit);
    var steps = new ApplicationSteps(database, desk);
    var review = new ReviewSteps(database, desk);
    var objecting = new ObjectionSteps(database, desk);
    var registered = new RegistrationSteps(database);
    wiring
        .mutation()
        .mutated("registrationApplicationCreate", create::run)
        .mutated("registrationRenew", create::renew)
        .mutated("registrationApplicationUpdate", steps::update)
        .mutated("registrationApplicationSubmit", submit::run)
        .mutated("registrationApplicationWithdraw", steps::withdraw)
        .mutated("registrationSupplementRequest", steps::supplement)
        .mutated("registrationAccept", steps::accept)
        .mutated("registrationAcceptanceRefuse", steps::refuse)
        .mutated("registrationReviewPass", review::pass)
        .mutated("registrationReviewFail", review::fail)
        .mutated("registrationReviewDelayExplain", review::explain)
        .mutated("registrationCode", review::code)
        .mutated("registrationObject", objecting::object)
        .mutated("registrationObjectionAnswer", objecting::answer)
        .mutated("registrationObjectionDecide", objecting::decide)
        .mutated("registrationRevoke", registered::revoke)
        .mutated("registrationDisputeMark", registered::dispute)
        .mutated("productFirstDeliveryReport", new FirstDeliveryReport(database)::run);
  }
}
