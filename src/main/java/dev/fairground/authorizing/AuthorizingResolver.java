package dev.fairground.authorizing;

import static java.util.Objects.requireNonNull;

import dev.fairground.authorization.AuthorizationGrant;
import dev.fairground.authorization.AuthorizationResolver;
import dev.fairground.authorization.AuthorizedResource;
import dev.fairground.authorization.AuthorizedScenario;
import dev.fairground.catalog.CatalogResolver;
import dev.fairground.clock.ClockResolver;
import dev.fairground.graphql.Arguments;
import dev.fairground.graphql.Conditions;
import dev.fairground.graphql.Feature;
import dev.fairground.graphql.Listing;
import dev.fairground.graphql.Loader;
import dev.fairground.graphql.Wiring;
import dev.fairground.kernel.Ids;
import dev.fairground.kernel.Period;
import dev.fairground.party.PartyResolver;
import dev.fairground.sql.Clause;
import dev.fairground.sql.Database;
import dev.fairground.sql.Key;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Binds {@code schema/authorizing.graphqls}. */
public final class AuthorizingResolver implements Feature {
  private static final List<String> TEXTS =
      List.of(
          "need",
          "mode",
          "modeText",
          "content",
          "updateFrequency",
          "quality",
          "termReason",
          "construction",
          "technicalSupport",
          "schedule",
          "evaluation",
          "exitTerms",
          "assets",
          "accounting",
          "security",
          "duties",
          "supervision",
          "other");

  private final Database database;
  private final ClockResolver clocks;
  private final PartyResolver party;
  private final AuthorizationResolver authorizations;
  private final CatalogResolver catalog;
  private final Listing<AuthorizationPlan> list;
  private final Loader<UUID, Loader.None, AuthorizationPlan> byId;
  private final Loader<UUID, Loader.None, List<PlanDecision>> decisions;
  private final GrantLoaders loaders;

  public AuthorizingResolver(
      Database database,
      ClockResolver clocks,
      PartyResolver party,
      AuthorizationResolver authorizations,
      CatalogResolver catalog) {
    this.database = database;
    this.clocks = clocks;
    this.party = party;
    this.authorizations = authorizations;
    this.catalog = catalog;
    var plans = new PlanRepository(database);
    byId = Loader.one("authorizationPlansById", plans::findByIds, AuthorizationPlan::id);
    decisions =
        Loader.many("decisionsOnAuthorizationPlans", plans::findDecisions, PlanDecision::planId);
    list =
        new Listing<>(
            database,
            PlanRepository.LIST,
            (arguments, moment) -> filter(arguments.input("filter")),
            arguments ->
                List.of(
                    Key.instant("p.updated_at", true, AuthorizationPlan::updatedAt),
                    Key.id("p.id", true, AuthorizationPlan::id)));
    loaders = new GrantLoaders(database);
  }

  private static Clause filter(@Nullable Arguments filter) {
    if (filter == null) {
      return Clause.TRUE;
    }
    var all = new ArrayList<Clause>();
    all.add(Conditions.id("p.institution_id", filter.input("institution"), PartyResolver.PREFIX));
    all.add(Conditions.text("p.jurisdiction_code", filter.input("jurisdiction")));
    all.add(Conditions.oneOf("p.state", filter, "state"));
    all.add(Conditions.combined(filter, AuthorizingResolver::filter));
    return Clause.all(all);
  }

  @Override
  public void wire(Wiring wiring) {
    plan(wiring);
    errors(wiring);
    payloads(wiring);
    mutations(wiring);
    wiring.connection("AuthorizationPlan", list);
    wiring
        .extend(AuthorizationGrant.class)
        .loaded("allowedActions", loaders.grantActions(), AuthorizationGrant::id)
        .loaded("suspending", loaders.suspending(), AuthorizationGrant::id)
        .loaded("agreement", loaders.agreements(), AuthorizationGrant::id)
        .loaded(
            "clocks",
            clocks.bySubject(),
            grant -> Ids.write(AuthorizationResolver.PREFIX, grant.id()));
    var agreement = wiring.type("AuthorizationAgreement", GrantLoaders.Agreement.class);
    for (var item : AgreementForm.ITEMS) {
      agreement.computed(item, one -> one.items().getString(item));
    }
    agreement.computed(AgreementForm.OTHER, one -> one.items().getString(AgreementForm.OTHER));
    wiring
        .query()
        .found(
            "authorizationPlan",
            byId,
            arguments -> requireNonNull(arguments.id("id", PlanDesk.PREFIX)))
        .answered(
            "authorizationPlans",
            (reading, arguments) ->
                list.page(
                    reading,
                    arguments,
                    PlanAccess.clause(reading.viewer(), reading.moment().day())));
  }

  /** What an operator has to bring. */
  private record OperatorConditions(JsonObject values) {}

  /** A product or service that is intended. */
  private record IntendedProduct(JsonObject values) {}

  private void plan(Wiring wiring) {
    var type =
        wiring
            .type(AuthorizationPlan.class)
            .identified(PlanDesk.PREFIX, AuthorizationPlan::id, byId)
            .localized("title", AuthorizationPlan::title)
            .loaded("institution", party.byId(), AuthorizationPlan::institutionId)
            .loaded("filedWith", party.byId(), AuthorizationPlan::filedWithId)
            .loaded("revises", authorizations.byId(), AuthorizationPlan::revisesId)
            .loaded("authorization", authorizations.byId(), AuthorizationPlan::authorizationId)
            .loaded("decisions", decisions, AuthorizationPlan::id)
            .loaded("allowedActions", loaders.planActions(), plan -> plan)
            .computed("missing", plan -> PlanRules.missing(plan.content()))
            .computed("fields", plan -> words(plan, "fields"))
            .computed("regionCodes", plan -> words(plan, "regionCodes"))
            .computed(
                "term",
                plan ->
                    plan.day("startsOn") == null
                        ? null
                        : new Period(plan.dayOf("startsOn"), plan.day("endsOn")))
            .computed("resources", AuthorizingResolver::resources)
            .computed("scenarios", AuthorizingResolver::scenarios)
            .computed(
                "operatorConditions",
                plan -> {
                  var values = plan.content().getJsonObject("operatorConditions");
                  return values == null ? null : new OperatorConditions(values);
                })
            .computed(
                "products",
                plan ->
                    plan.content().getJsonArray("products", new JsonArray()).stream()
                        .map(one -> new IntendedProduct((JsonObject) one))
                        .toList());
    for (var item : TEXTS) {
      type.computed(item, plan -> plan.content().getString(item));
    }
    var conditions = wiring.type("AuthorizationOperatorConditions", OperatorConditions.class);
    for (var item : PlanContent.CONDITIONS) {
      conditions.computed(item, one -> one.values().getString(item));
    }
    var product = wiring.type("AuthorizationIntendedProduct", IntendedProduct.class);
    for (var item : List.of("title", "class", "form")) {
      product.computed(item, one -> one.values().getString(item));
    }
    wiring.type("AuthorizationPlanDecision", PlanDecision.class);
  }

  private static List<String> words(AuthorizationPlan plan, String item) {
    return plan.content().getJsonArray(item, new JsonArray()).stream()
        .map(String.class::cast)
        .toList();
  }

  private static List<AuthorizedResource> resources(AuthorizationPlan plan) {
    var resources = new ArrayList<AuthorizedResource>();
    plan.scope()
        .resources()
        .forEach(
            (id, items) ->
                resources.add(
                    new AuthorizedResource(id, items.isEmpty() ? null : List.copyOf(items))));
    return resources;
  }

  private static List<AuthorizedScenario> scenarios(AuthorizationPlan plan) {
    var scenarios = new ArrayList<AuthorizedScenario>();
    plan.scope()
        .scenarios()
        .forEach((id, allowed) -> scenarios.add(new AuthorizedScenario(id, allowed)));
    return scenarios;
  }

  private void errors(Wiring wiring) {
    wiring
        .type(UnknownScopeError.class)
        .computed("code", UnknownScopeError::code)
        .computed("message", UnknownScopeError::message)
        .computed("rule", UnknownScopeError::rule);
    wiring
        .type(BeyondPlanError.class)
        .computed("code", BeyondPlanError::code)
        .computed("message", BeyondPlanError::message)
        .computed("rule", BeyondPlanError::rule)
        .loaded("plan", byId, BeyondPlanError::planId);
    wiring
        .type(OverlappingAuthorizationError.class)
        .computed("code", OverlappingAuthorizationError::code)
        .computed("message", OverlappingAuthorizationError::message)
        .computed("rule", OverlappingAuthorizationError::rule)
        .loaded("authorizations", overlapping(), OverlappingAuthorizationError::authorizationIds);
  }

  private Loader<List<UUID>, Loader.None, List<AuthorizationGrant>> overlapping() {
    return new Loader<>(
        "overlappingAuthorizations",
        (reading, none, lists) ->
            authorizations
                .byId()
                .batch()
                .load(reading, none, lists.stream().flatMap(List::stream).distinct().toList())
                .map(
                    found -> {
                      Map<List<UUID>, List<AuthorizationGrant>> all = new HashMap<>();
                      for (var one : lists) {
                        all.put(
                            one, one.stream().filter(found::containsKey).map(found::get).toList());
                      }
                      return all;
                    }));
  }

  private void payloads(Wiring wiring) {
    wiring.type(AuthorizationPlanPayload.class);
    wiring
        .type(AuthorizationPayload.class)
        .loaded("authorization", authorizations.byId(), AuthorizationPayload::authorizationId)
        .computed("affectedCount", payload -> payload.affected().count())
        .computed("affectedProducts", payload -> payload.affected().first())
        .computed("affectedLater", payload -> payload.affected().later())
        .computed("resumableCount", payload -> payload.resumable().count())
        .computed("resumableProducts", payload -> payload.resumable().first());
    wiring
        .type("AuthorizationAffectedProduct", AffectedProduct.class)
        .loaded("product", catalog.products(), AffectedProduct::productId);
  }

  private void mutations(Wiring wiring) {
    var planDesk = new PlanDesk(database);
    var plan = new PlanSteps(database, planDesk);
    var desk = new GrantDesk(database);
    var agree = new GrantAgree(database, desk);
    var steps = new GrantSteps(database, desk);
    wiring
        .mutation()
        .mutated("authorizationPlanCreate", new PlanCreate(database, planDesk)::run)
        .mutated("authorizationPlanUpdate", plan::update)
        .mutated("authorizationPlanDecide", plan::decide)
        .mutated("authorizationPlanFile", plan::file)
        .mutated("authorizationPlanWithdraw", plan::withdraw)
        .mutated("authorizationSelectionOpen", plan::openSelection)
        .mutated(
            "authorizationCandidateAnnounce", new CandidateAnnounce(database, planDesk, desk)::run)
        .mutated("authorizationSign", agree::sign)
        .mutated("authorizationFile", agree::file)
        .mutated("authorizationAmend", agree::amend)
        .mutated("authorizationSuspend", steps::suspend)
        .mutated("authorizationResume", steps::resume)
        .mutated("authorizationExitNotice", steps::giveExitNotice)
        .mutated("authorizationEnd", new GrantEnd(database, desk)::run);
  }
}
