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
import java.util.List;
import java.util.UUID;

/** Binds {@code schema/party.graphqls}. */
public final class PartyResolver implements Feature {
  /** The prefix of organizations' ids. */
  public static final String PREFIX = "org";

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

  public PartyResolver(Database database) {
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
            affiliations::cut);
    wiring
        .type(Affiliation.class)
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
