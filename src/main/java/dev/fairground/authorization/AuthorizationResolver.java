package dev.fairground.authorization;

import static java.util.Objects.requireNonNull;

import dev.fairground.graphql.Arguments;
import dev.fairground.graphql.Feature;
import dev.fairground.graphql.Listing;
import dev.fairground.graphql.Loader;
import dev.fairground.graphql.Wiring;
import dev.fairground.jurisdiction.JurisdictionResolver;
import dev.fairground.party.Organization;
import dev.fairground.party.PartyResolver;
import dev.fairground.resource.DataResource;
import dev.fairground.resource.ResourceResolver;
import dev.fairground.sql.Clause;
import dev.fairground.sql.Database;
import dev.fairground.sql.Key;
import java.util.List;
import java.util.UUID;

/** Binds {@code schema/authorization.graphqls}. */
public final class AuthorizationResolver implements Feature {
  /** The prefix of authorizations' ids. */
  public static final String PREFIX = "ag";

  /** The prefix of scenarios' ids. */
  public static final String SCENARIO = "sce";

  private final JurisdictionResolver jurisdictions;
  private final PartyResolver party;
  private final ResourceResolver resources;
  private final Listing<AuthorizationGrant> list;
  private final Listing<AuthorizedResource> scope;
  private final Listing<AuthorizedScenario> scenarioScope;
  private final Listing<Scenario> scenarios;
  private final Loader<UUID, Loader.None, AuthorizationGrant> byId;
  private final Loader<String, Loader.None, AuthorizationGrant> byNumber;
  private final Loader<UUID, Loader.None, List<AuthorizationVersion>> versions;
  private final Loader<UUID, Loader.None, Scenario> scenarioById;
  private final Loader<String, Loader.None, Scenario> scenarioByCode;

  public AuthorizationResolver(
      Database database,
      JurisdictionResolver jurisdictions,
      PartyResolver party,
      ResourceResolver resources) {
    this.jurisdictions = jurisdictions;
    this.party = party;
    this.resources = resources;
    list =
        new Listing<>(
            database,
            AuthorizationRepository.LIST,
            (arguments, moment) -> AuthorizationGrantFilter.clause(arguments.input("filter")),
            AuthorizationResolver::order);
    scope =
        new Listing<>(
            database,
            AuthorizationRepository.RESOURCES,
            (arguments, moment) -> Clause.TRUE,
            arguments -> List.of(Key.id("a.resource_id", false, AuthorizedResource::resourceId)));
    scenarioScope =
        new Listing<>(
            database,
            AuthorizationRepository.SCENARIOS,
            (arguments, moment) -> Clause.TRUE,
            arguments -> List.of(Key.id("a.scenario_id", false, AuthorizedScenario::scenarioId)));
    scenarios =
        new Listing<>(
            database,
            ScenarioRepository.LIST,
            (arguments, moment) -> ScenarioFilter.clause(arguments.input("filter")),
            arguments ->
                List.of(
                    Key.text("s.code", false, Scenario::code),
                    Key.id("s.scenario_id", false, Scenario::id)));
    var grants = new AuthorizationRepository(database);
    byId = Loader.one("authorizationsById", grants::findByIds, AuthorizationGrant::id);
    byNumber =
        Loader.one("authorizationsByNumber", grants::findByNumbers, AuthorizationGrant::number);
    versions =
        Loader.many(
            "versionsOfAuthorizations", grants::findVersions, AuthorizationVersion::grantId);
    var scenarioRepository = new ScenarioRepository(database);
    scenarioById = Loader.one("scenariosById", scenarioRepository::findByIds, Scenario::id);
    scenarioByCode = Loader.one("scenariosByCode", scenarioRepository::findByCodes, Scenario::code);
  }

  /** Authorizations by id. */
  public Loader<UUID, Loader.None, AuthorizationGrant> byId() {
    return byId;
  }

  /** Scenarios by id. */
  public Loader<UUID, Loader.None, Scenario> scenarios() {
    return scenarioById;
  }

  @Override
  public void wire(Wiring wiring) {
    wiring
        .type(AuthorizationGrant.class)
        .identified(PREFIX, AuthorizationGrant::id, byId)
        .localized("title", AuthorizationGrant::title)
        .loaded("institution", party.byId(), AuthorizationGrant::institutionId)
        .loaded("operator", party.byId(), AuthorizationGrant::operatorId)
        .loaded("jurisdiction", jurisdictions.jurisdictions(), AuthorizationGrant::jurisdictionCode)
        .loaded(
            "resources",
            scope.of(AuthorizationRepository.RESOURCES),
            AuthorizationGrant::id,
            scope::cut)
        .loaded(
            "scenarios",
            scenarioScope.of(AuthorizationRepository.SCENARIOS),
            AuthorizationGrant::id,
            scenarioScope::cut)
        .computed("disclosure", AuthorizationDisclosure::of)
        .loaded("history", versions, AuthorizationGrant::id);
    wiring.type(AuthorizationVersion.class);
    wiring.type(AuthorizationDisclosure.AuthorizationScope.class);
    wiring
        .type(AuthorizationDisclosure.class)
        .loaded("object", party.byId(), AuthorizationDisclosure::objectId)
        .loaded("institution", party.byId(), AuthorizationDisclosure::institutionId);
    wiring
        .type(AuthorizedResource.class)
        .loaded("resource", resources.byId(), AuthorizedResource::resourceId);
    wiring
        .type(AuthorizedScenario.class)
        .loaded("scenario", scenarioById, AuthorizedScenario::scenarioId);
    wiring
        .type(Scenario.class)
        .identified(SCENARIO, Scenario::id, scenarioById)
        .localized("title", Scenario::title)
        .loaded("approvedBy", party.byId(), Scenario::approvedById)
        .loaded(
            "authorizations",
            list.of(AuthorizationRepository.OF_SCENARIOS),
            Scenario::id,
            list::cut);
    wiring.connection("AuthorizationGrant", list);
    wiring.connection("AuthorizedResource", scope);
    wiring.connection("AuthorizedScenario", scenarioScope);
    wiring.connection("Scenario", scenarios);
    wiring
        .extend(Organization.class)
        .loaded(
            "authorizations",
            list.of(AuthorizationRepository.OF_OPERATORS),
            Organization::id,
            list::cut)
        .loaded(
            "grantedAuthorizations",
            list.of(AuthorizationRepository.OF_INSTITUTIONS),
            Organization::id,
            list::cut);
    wiring
        .extend(DataResource.class)
        .loaded(
            "authorizations",
            list.of(AuthorizationRepository.OF_RESOURCES),
            DataResource::id,
            list::cut);
    wiring
        .query()
        .foundByEither("authorization", byId, PREFIX, "number", byNumber)
        .answered("authorizations", list::page)
        .foundByEither("scenario", scenarioById, SCENARIO, "code", scenarioByCode)
        .answered("scenarios", scenarios::page);
  }

  private static List<Key<AuthorizationGrant>> order(Arguments arguments) {
    var order = arguments.input("orderBy");
    var descending = order == null || "DESC".equals(order.string("direction"));
    var field = order == null ? "VALID_FROM" : requireNonNull(order.string("field"));
    Key<AuthorizationGrant> id = Key.id("g.grant_id", descending, AuthorizationGrant::id);
    return switch (field) {
      case "NUMBER" -> List.of(Key.text("g.number", descending, AuthorizationGrant::number), id);
      default ->
          List.of(Key.instant("g.valid_from", descending, AuthorizationGrant::validFrom), id);
    };
  }
}
