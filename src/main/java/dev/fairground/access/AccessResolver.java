package dev.fairground.access;

import static java.util.Objects.requireNonNull;

import dev.fairground.authorization.AuthorizationResolver;
import dev.fairground.catalog.CatalogResolver;
import dev.fairground.check.CheckResolver;
import dev.fairground.clock.ClockResolver;
import dev.fairground.contract.AccessGrant;
import dev.fairground.contract.ContractResolver;
import dev.fairground.graphql.Feature;
import dev.fairground.graphql.Listing;
import dev.fairground.graphql.Loader;
import dev.fairground.graphql.Wiring;
import dev.fairground.jurisdiction.JurisdictionResolver;
import dev.fairground.party.PartyResolver;
import dev.fairground.sql.Database;
import java.util.List;
import java.util.UUID;

/** Binds {@code schema/access.graphqls}. */
public final class AccessResolver implements Feature {
  /** The prefixes of ids. */
  public static final String REQUEST = AccessRequest.PREFIX;

  public static final String DECISION = AccessDecision.PREFIX;

  private final Database database;
  private final JurisdictionResolver jurisdictions;
  private final ClockResolver clocks;
  private final PartyResolver party;
  private final AuthorizationResolver authorizations;
  private final CatalogResolver catalog;
  private final CheckResolver checks;
  private final ContractResolver contracts;
  private final Listing<AccessRequest> list;
  private final Loader<UUID, Loader.None, AccessRequest> byId;
  private final Loader<UUID, Loader.None, AccessDecision> decisionById;
  private final Loader<UUID, Loader.None, List<AccessDecision>> decisions;
  private final Loader<UUID, Loader.None, List<AccessDecision.Reason>> reasons;
  private final Loader<UUID, Loader.None, List<AccessRequestStep>> steps;
  private final Loader<UUID, Loader.None, List<AccessRequestDocument>> documents;

  public AccessResolver(
      Database database,
      JurisdictionResolver jurisdictions,
      ClockResolver clocks,
      PartyResolver party,
      AuthorizationResolver authorizations,
      CatalogResolver catalog,
      CheckResolver checks,
      ContractResolver contracts) {
    this.checks = checks;
    this.contracts = contracts;
    this.database = database;
    this.jurisdictions = jurisdictions;
    this.clocks = clocks;
    this.party = party;
    this.authorizations = authorizations;
    this.catalog = catalog;
    var requests = new AccessRequests(database);
    var ofDecisions = new Decisions(database);
    var timeline = new Timeline(database);
    byId = Loader.one("accessRequestsById", requests::findByIds, AccessRequest::id);
    decisionById = Loader.one("accessDecisionsById", ofDecisions::findByIds, AccessDecision::id);
    decisions =
        Loader.many(
            "decisionsOfAccessRequests", ofDecisions::ofRequests, AccessDecision::requestId);
    reasons =
        Loader.many(
            "reasonsOfAccessDecisions", ofDecisions::reasons, AccessDecision.Reason::decisionId);
    steps = Loader.many("stepsOfAccessRequests", timeline::steps, AccessRequestStep::requestId);
    documents =
        Loader.many(
            "documentsOfAccessRequests", timeline::documents, AccessRequestDocument::requestId);
    list =
        Listing.hidden(
            database,
            AccessRequests.LIST,
            (arguments, moment) -> RequestFilter.clause(arguments.input("filter"), moment),
            RequestFilter::order,
            (viewer, moment) -> RequestAccess.of(viewer, moment.day()).clause());
  }

  @Override
  public void wire(Wiring wiring) {
    request(wiring);
    decision(wiring);
    wiring.connection("AccessRequest", list);
    wiring
        .extend(AccessGrant.class)
        .loaded("request", byId, AccessGrant::requestId)
        .loaded("decision", decisionById, AccessGrant::decisionId);
    wiring.type(AccessRequestPayload.class);
    wiring.type(AccessRequestSubmitPayload.class);
    wiring.type(AccessRequestDecidePayload.class);
    wiring
        .query()
        .found(
            "accessRequest",
            byId,
            arguments -> requireNonNull(arguments.id("id", AccessRequest.PREFIX)))
        .found(
            "accessDecision",
            decisionById,
            arguments -> requireNonNull(arguments.id("id", AccessDecision.PREFIX)))
        .answered("accessRequests", list::page)
        .answered(
            "myAccessRequests",
            (reading, arguments) ->
                list.page(reading, arguments, RequestAccess.applied(reading.viewer())))
        .answered(
            "decisionsDue",
            (reading, arguments) ->
                list.page(reading, arguments, RequestAccess.toDecide(reading.viewer())))
        .answered(
            "escalatedRequests",
            (reading, arguments) ->
                list.page(
                    reading,
                    arguments,
                    RequestAccess.escalated(reading.viewer(), reading.moment().day())));
    var desk = new AccessDesk(database);
    var requested = new RequestSteps(database, desk);
    var decided = new DecisionSteps(database, desk);
    wiring
        .mutation()
        .mutated("accessRequestSubmit", new RequestSubmit(database)::run)
        .mutated("accessRequestAskInformation", requested::ask)
        .mutated("accessRequestSupplement", requested::supplement)
        .mutated("accessRequestWithdraw", requested::withdraw)
        .mutated("accessRequestExtend", requested::extend)
        .mutated("accessRequestDecide", decided::decide)
        .mutated("accessRequestReviewAsk", decided::ask)
        .mutated("accessReviewDecide", decided::review);
  }

  private void request(Wiring wiring) {
    var told = AccessLoaders.told();
    wiring
        .type(AccessRequest.class)
        .identified(AccessRequest.PREFIX, AccessRequest::id, byId)
        .loaded("product", catalog.products(), AccessRequest::productId)
        .loaded("operator", party.byId(), AccessRequest::operatorId)
        .loaded("applicant", party.byId(), AccessRequest::applicantId)
        .loaded("institution", party.byId(), AccessRequest::institutionId)
        .loaded("jurisdiction", jurisdictions.jurisdictions(), AccessRequest::jurisdictionCode)
        .loaded("authorization", authorizations.byId(), AccessRequest::authorizationGrantId)
        .loaded("scenario", authorizations.scenarios(), AccessRequest::scenarioId)
        .loaded("reviewJurisdiction", jurisdictions.jurisdictions(), AccessRequest::reviewCode)
        .computed("term", AccessRequest::term)
        .computed("reviewedBy", RefusalSteps::reviewedBy)
        .loadedThen("overdue", told, of -> of, AccessLoaders.Told::overdue)
        .loadedThen("paused", told, of -> of, AccessLoaders.Told::paused)
        .loadedThen("dueOn", told, of -> of, AccessLoaders.Told::dueOn)
        .loaded("documents", documents, AccessRequest::id)
        .loaded("timeline", steps, AccessRequest::id)
        .loaded("clocks", clocks.bySubject(), AccessRequest::globalId)
        .loadedThen("decision", decisions, AccessRequest::id, AccessLoaders::first)
        .loadedThen("review", decisions, AccessRequest::id, AccessLoaders::review)
        .loaded("checks", checks.ofAccessRequests(), AccessRequest::id)
        .loaded("grant", contracts.byRequest(), AccessRequest::id)
        .loaded("allowedActions", new AccessLoaders(database).actions(), of -> of);
    wiring.type(AccessRequestDocument.class);
    wiring
        .type(AccessRequestStep.class)
        .loaded("by", party.byId(), AccessRequestStep::byOrganizationId)
        .loaded("decision", decisionById, AccessRequestStep::decisionId);
  }

  private void decision(Wiring wiring) {
    wiring
        .type(AccessDecision.class)
        .identified(AccessDecision.PREFIX, AccessDecision::id, decisionById)
        .loaded("request", byId, AccessDecision::requestId)
        .loaded("decidedBy", party.byId(), AccessDecision::decidedById)
        .loaded("reasons", reasons, AccessDecision::id);
    wiring.type("AccessDecisionReason", AccessDecision.Reason.class);
  }
}
