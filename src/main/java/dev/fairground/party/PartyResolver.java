package dev.fairground.party;

import static java.util.Objects.requireNonNull;

import dev.fairground.clock.Clock;
import dev.fairground.event.Event;
import dev.fairground.graphql.Arguments;
import dev.fairground.graphql.Feature;
import dev.fairground.graphql.Highlights;
import dev.fairground.graphql.Listing;
import dev.fairground.graphql.Loader;
import dev.fairground.graphql.Wiring;
import dev.fairground.kernel.Period;
import dev.fairground.sql.Clause;
import dev.fairground.sql.Database;
import dev.fairground.sql.Key;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Binds {@code schema/party.graphqls}. */
public final class PartyResolver implements Feature {
  /** The prefix of organizations' ids. */
  public static final String PREFIX = "org";

  /** The prefix of links' ids. */
  public static final String AFFILIATION = "aff";

  private static final String NATIONAL = "000000";

  private static final Clause OPERATORS =
      Clause.of(
          "exists (select 1 from organization_role r where r.organization_id = o.organization_id"
              + " and r.role = 'OPERATOR')");

  private final OrganizationRepository organizations;
  private final Loader<UUID, Loader.None, Organization> byId;
  private final Loader<String, Loader.None, Organization> byCode;
  private final Loader<UUID, Loader.None, List<OrganizationRole>> roles;
  private final Listing<Organization> list;
  private final Highlights<Organization> highlights;
  private final Listing<Affiliation> affiliations;
  private final AffiliationSteps affiliationSteps;
  private final Loader<UUID, Loader.None, Affiliation> affiliationById;
  private final Loader<UUID, Loader.None, AffiliationRepository.LastDeclared> declared;
  private final Loader<UUID, RelatedOn, List<RelatedOrganization>> related;

  /** On which day, and whose rules say which share counts; a null day is that of the reading. */
  private record RelatedOn(@Nullable LocalDate on, String jurisdiction) {}

  public PartyResolver(Database database) {
    affiliationSteps = new AffiliationSteps(database);
    var links = new AffiliationRepository(database);
    affiliationById = Loader.one("affiliationsById", links::findByIds, Affiliation::id);
    declared =
        Loader.one(
            "declarationsOfAffiliations",
            links::declared,
            AffiliationRepository.LastDeclared::organizationId);
    related =
        Loader.many(
            "relatedOrganizations",
            (reading, asked, ids) ->
                links.related(
                    reading,
                    asked.on() == null ? reading.moment().day() : asked.on(),
                    asked.jurisdiction(),
                    ids),
            RelatedOrganization::ofId);
    organizations = new OrganizationRepository(database);
    byId = Loader.one("organizationsById", organizations::findByIds, Organization::id);
    byCode = Loader.one("organizationsByCode", organizations::findByCodes, Organization::code);
    roles =
        Loader.many(
            "rolesOfOrganizations", organizations::findRoles, OrganizationRole::organizationId);
    highlights =
        new Highlights<>("textsOfOrganizations", Organization::id, organizations::findTexts);
    list =
        new Listing<>(
            database,
            OrganizationRepository.LIST,
            (arguments, moment) -> OrganizationFilter.clause(arguments.input("filter"), moment),
            PartyResolver::order,
            OrganizationRepository.SEARCH);
    affiliations =
        new Listing<>(
            database,
            OrganizationRepository.AFFILIATIONS,
            (arguments, moment) ->
                Clause.of(
                    "a.starts_on <= ? and (a.ends_on is null or a.ends_on >= ?)",
                    moment.day(),
                    moment.day()),
            arguments ->
                List.of(
                    Key.date("a.starts_on", true, affiliation -> affiliation.term().startsOn()),
                    Key.id("a.id", true, Affiliation::id)));
  }

  /** Organizations by id. */
  public Loader<UUID, Loader.None, Organization> byId() {
    return byId;
  }

  @Override
  public void wire(Wiring wiring) {
    wiring
        .type(Organization.class)
        .identified(PREFIX, Organization::id, byId)
        .localized("name", Organization::name)
        .loaded("roles", roles, Organization::id)
        .loaded(
            "affiliations",
            affiliations.of(OrganizationRepository.AFFILIATIONS),
            Organization::id,
            affiliations::cut)
        .loadedThen(
            "affiliationsDeclaredOn",
            declared,
            Organization::id,
            AffiliationRepository.LastDeclared::on)
        .loaded("related", related, Organization::id, PartyResolver::relatedOn);
    wiring
        .type(RelatedOrganization.class)
        .loaded("organization", byId, RelatedOrganization::organizationId)
        .loaded("links", ways(), RelatedOrganization::linkIds);
    wiring.type(AffiliationPayload.class);
    wiring
        .type(AffiliationsConfirmPayload.class)
        .loaded("organization", byId, AffiliationsConfirmPayload::organizationId);
    wiring
        .type(AffiliationCycleError.class)
        .computed("code", AffiliationCycleError::code)
        .computed("message", AffiliationCycleError::message)
        .computed("rule", AffiliationCycleError::rule)
        .loaded("links", ways(), AffiliationCycleError::linkIds);
    wiring
        .mutation()
        .mutated("affiliationDeclare", affiliationSteps::declare)
        .mutated("affiliationEnd", affiliationSteps::end)
        .mutated("affiliationsConfirm", affiliationSteps::confirm);
    wiring
        .type(Affiliation.class)
        .identified(AFFILIATION, Affiliation::id, affiliationById)
        .loaded("organization", byId, Affiliation::organizationId)
        .loaded("affiliate", byId, Affiliation::affiliateId);
    wiring.connection("Affiliation", affiliations);
    wiring
        .type(OrganizationRole.class)
        .computed("term", role -> new Period(role.startsOn(), role.endsOn()));
    wiring.extend(Event.class).loaded("organization", byId, Event::organizationId);
    wiring
        .extend(Clock.class)
        .loaded("responsible", byId, Clock::responsibleId)
        .loaded("waiting", byId, Clock::waitingId);
    wiring.searched("Organization", list, highlights);
    wiring
        .query()
        .foundByEither("organization", byId, PREFIX, "code", byCode)
        .answered("organizations", list::page)
        .answered("operators", (reading, arguments) -> list.page(reading, arguments, OPERATORS));
  }

  private static RelatedOn relatedOn(Arguments arguments) {
    var jurisdiction = arguments.string("jurisdiction");
    return new RelatedOn(arguments.date("on"), jurisdiction == null ? NATIONAL : jurisdiction);
  }

  /** Links in the order of a way. */
  private Loader<List<UUID>, Loader.None, List<Affiliation>> ways() {
    return new Loader<>(
        "affiliationsOnWays",
        (reading, none, ways) -> {
          var all = new LinkedHashSet<UUID>();
          ways.forEach(all::addAll);
          return affiliationById
              .batch()
              .load(reading, none, all)
              .map(
                  found -> {
                    var links = new HashMap<List<UUID>, List<Affiliation>>();
                    for (var way : ways) {
                      links.put(
                          way, way.stream().map(found::get).filter(Objects::nonNull).toList());
                    }
                    return links;
                  });
        });
  }

  private static List<Key<Organization>> order(Arguments arguments) {
    var order = arguments.input("orderBy");
    var descending = order != null && "DESC".equals(order.string("direction"));
    var field = order == null ? "NAME" : requireNonNull(order.string("field"));
    Key<Organization> id = Key.id("o.organization_id", descending, Organization::id);
    return switch (field) {
      case "CODE" -> List.of(Key.text("o.code", descending, Organization::code), id);
      case "VALID_FROM" ->
          List.of(Key.instant("o.valid_from", descending, Organization::validFrom), id);
      default ->
          List.of(Key.text("o.name", descending, organization -> organization.name().value()), id);
    };
  }
}
