package dev.fairground.contract;

import dev.fairground.authorization.AuthorizationResolver;
import dev.fairground.catalog.CatalogResolver;
import dev.fairground.check.CheckResolver;
import dev.fairground.clock.ClockResolver;
import dev.fairground.contract.AccessGrant.EndKind;
import dev.fairground.contract.AccessGrant.Stand;
import dev.fairground.contract.AccessGrant.State;
import dev.fairground.equal.CohortOf;
import dev.fairground.equal.EqualResolver;
import dev.fairground.graphql.Loader;
import dev.fairground.graphql.Wiring;
import dev.fairground.jurisdiction.JurisdictionResolver;
import dev.fairground.kernel.Ids;
import dev.fairground.party.PartyResolver;
import dev.fairground.policy.PolicyResolver;
import dev.fairground.policy.PolicyVersion;
import dev.fairground.sql.Database;
import dev.fairground.sql.Reading;
import io.vertx.core.Future;
import java.time.LocalDate;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Binds the fields of {@code AccessGrant}. */
final class GrantWiring {
  private final GrantRepository grants;
  private final GrantDetails details;
  private final Agreements agreements;

  GrantWiring(Database database) {
    this.grants = new GrantRepository(database);
    this.details = new GrantDetails(database);
    this.agreements = new Agreements(database);
  }

  /** An earlier end that one side proposes. */
  private record Proposal(
      AccessGrant.Party by, @Nullable LocalDate endsOn, @Nullable String reason) {
    static @Nullable Proposal of(Stand stand) {
      return stand.endProposedBy() == null
          ? null
          : new Proposal(stand.endProposedBy(), stand.endProposedOn(), stand.endProposedReason());
    }
  }

  /** What a grant tells one reader on a day. */
  private record Told(List<GrantAction> actions, List<EndKind> ends, Dataspace dataspace) {}

  private Future<Map<AccessGrant, Told>> tell(
      Reading reading, Loader.None none, Collection<AccessGrant> asked) {
    // Steps are taken now: of a past moment there are none.
    var acts = reading.moment().isPresent() && reading.viewer().signedIn();
    return (acts ? grants.supervised(reading) : Future.succeededFuture(java.util.Set.<String>of()))
        .map(
            supervised -> {
              var today = reading.moment().day();
              var told = new HashMap<AccessGrant, Told>();
              for (var grant : asked) {
                var parties =
                    acts
                        ? GrantRules.parties(
                            grant, reading.viewer(), supervised.contains(grant.jurisdictionCode()))
                        : EnumSet.noneOf(AccessGrant.Party.class);
                var ends = EnumSet.noneOf(EndKind.class);
                parties.forEach(party -> ends.addAll(GrantRules.ends(grant.stand(), party, today)));
                told.put(
                    grant,
                    new Told(
                        List.copyOf(GrantRules.actions(grant.stand(), parties, today)),
                        List.copyOf(ends),
                        Dataspace.of(grant, today)));
              }
              return told;
            });
  }

  void wire(
      Wiring wiring,
      Loader<UUID, Loader.None, AccessGrant> byId,
      PartyResolver party,
      JurisdictionResolver jurisdictions,
      ClockResolver clocks,
      AuthorizationResolver authorizations,
      CatalogResolver catalog,
      EqualResolver equal,
      CheckResolver checks,
      PolicyResolver policies) {
    var type =
        wiring
            .type(AccessGrant.class)
            .components(Stand.class, AccessGrant::stand)
            .identified(AccessGrant.PREFIX, AccessGrant::id, byId)
            .computed("requestId", grant -> Ids.write("acr", grant.requestId()))
            .computed("decisionId", grant -> Ids.write("acd", grant.decisionId()))
            .computed(
                "tariffId",
                grant -> grant.tariffId() == null ? null : Ids.write("tar", grant.tariffId()))
            .computed("unitPrice", AccessGrant::unitPriceMoney)
            .computed("deposit", AccessGrant::depositMoney)
            .computed("endProposal", grant -> Proposal.of(grant.stand()))
            .loaded("product", catalog.products(), AccessGrant::productId)
            .loaded("operator", party.byId(), AccessGrant::operatorId)
            .loaded("holder", party.byId(), AccessGrant::holderId)
            .loaded("institution", party.byId(), AccessGrant::institutionId)
            .loaded("authorization", authorizations.byId(), AccessGrant::authorizationId)
            .loaded("scenario", authorizations.scenarios(), AccessGrant::scenarioId)
            .loaded("jurisdiction", jurisdictions.jurisdictions(), AccessGrant::jurisdictionCode)
            .loaded(
                "replacement", catalog.products(), grant -> grant.stand().replacementProductId())
            .loaded("clocks", clocks.bySubject(), AccessGrant::globalId)
            .loaded(
                "terms",
                policies.terms(),
                grant -> new PolicyVersion.TermsKey(grant.productId(), grant.termsNumber()))
            .loaded("checks", checks.ofAccessGrants(), AccessGrant::id)
            .loaded("equalTerms", equal.ofGrants(), GrantWiring::cohort);
    details(type);
    wiring.type("AccessGrantEndProposal", Proposal.class);
    wiring.type("DataspaceState", Dataspace.class);
    wiring.type("AccessGrantSignature", GrantDetails.Signature.class);
    wiring.type("AccessGrantSuspension", GrantDetails.Suspended.class);
    wiring
        .type("AccessGrantStanding", GrantStanding.class)
        .computed("usable", GrantStanding::usable);
    wiring
        .type("AccessGrantDeviation", GrantDetails.Deviation.class)
        .components(NewGrant.Deviation.class, GrantDetails.Deviation::deviation);
    wiring
        .type("AccessGrantClause", GrantDetails.Clause.class)
        .components(NewGrant.Clause.class, GrantDetails.Clause::clause);
    wiring
        .type("AccessGrantVersion", GrantDetails.Version.class)
        .components(Stand.class, GrantDetails.Version::stand)
        .computed("reason", version -> version.stand().stateReason())
        .computed("by", version -> version.stand().changedBy());
  }

  private static CohortOf cohort(AccessGrant grant) {
    return new CohortOf(
        grant.productId(),
        grant.productVersion(),
        grant.purposeClass(),
        grant.scenarioClass(),
        grant.unit(),
        grant.unitText(),
        grant.volumeBand(),
        grant.termBand());
  }

  private void details(Wiring.TypeWiring<AccessGrant> type) {
    var agreement = Loader.one("agreementsOfAccessGrants", agreements::find, Agreement::grantId);
    var told = new Loader<>("actionsOfAccessGrants", this::tell);
    Loader<UUID, Loader.None, GrantDetails.Suspended> suspensions =
        new Loader<>(
            "suspensionsOfAccessGrants", (reading, none, ids) -> details.suspensions(reading, ids));
    Loader<AccessGrant, Loader.None, GrantStanding> standings =
        new Loader<>(
            "standingsOfAccessGrants", (reading, none, asked) -> details.standings(reading, asked));
    type.loaded(
            "deviations",
            Loader.many(
                "deviationsOfAccessGrants", details::deviations, GrantDetails.Deviation::grantId),
            AccessGrant::id)
        .loaded(
            "clauses",
            Loader.many("clausesOfAccessGrants", details::clauses, GrantDetails.Clause::grantId),
            AccessGrant::id)
        .loaded(
            "signatures",
            Loader.many(
                "signaturesOfAccessGrants", details::signatures, GrantDetails.Signature::grantId),
            AccessGrant::id)
        .loaded(
            "history",
            Loader.many("historyOfAccessGrants", details::history, GrantDetails.Version::grantId),
            AccessGrant::id)
        .loaded(
            "suspension",
            suspensions,
            grant -> grant.state() == State.SUSPENDED ? grant.id() : null)
        .loaded("productStanding", standings, grant -> grant)
        .loadedThen("odrl", agreement, AccessGrant::id, Agreement::text)
        .loadedThen("agreementDigest", agreement, AccessGrant::id, Agreement::digest)
        .loadedThen("allowedActions", told, grant -> grant, Told::actions)
        .loadedThen("allowedEnds", told, grant -> grant, Told::ends)
        .loadedThen("dataspaceState", told, grant -> grant, Told::dataspace);
  }
}
