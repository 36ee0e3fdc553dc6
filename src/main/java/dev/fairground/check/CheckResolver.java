package dev.fairground.check;

import static java.util.Objects.requireNonNull;

import dev.fairground.authorization.AuthorizationGrant;
import dev.fairground.catalog.CatalogResolver;
import dev.fairground.catalog.DataProduct;
import dev.fairground.catalog.Product;
import dev.fairground.catalog.ServiceCapability;
import dev.fairground.clock.ClockResolver;
import dev.fairground.fairaccess.Check;
import dev.fairground.fairaccess.Reason;
import dev.fairground.graphql.Arguments;
import dev.fairground.graphql.Feature;
import dev.fairground.graphql.Listing;
import dev.fairground.graphql.Loader;
import dev.fairground.graphql.Wiring;
import dev.fairground.jurisdiction.Rule;
import dev.fairground.kernel.Ids;
import dev.fairground.kernel.Moment;
import dev.fairground.kernel.Scope;
import dev.fairground.party.Organization;
import dev.fairground.party.PartyResolver;
import dev.fairground.sql.Clause;
import dev.fairground.sql.Database;
import dev.fairground.sql.Key;
import dev.fairground.sql.Reading;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Binds {@code schema/check.graphqls}. */
public final class CheckResolver implements Feature {
  private final Database database;
  private final ClockResolver clocks;
  private final PartyResolver party;
  private final CatalogResolver catalog;
  private final RunReader reader;
  private final Loader<UUID, Loader.None, CheckRun> runs;
  private final Loader<List<String>, Loader.None, List<Rule>> rules;
  private final Loader<UUID, Loader.None, CheckFlag> flags;
  private final Loader<UUID, Loader.None, Declaration> declarations;
  private final Loader<UUID, Loader.None, List<Declaration>> ofProducts;
  private final Listing<CheckFlag> flagList;
  private final Listing<CheckOutcomeRecord> outcomes;
  private final FlagRepository flagRepository;

  public CheckResolver(
      Database database, ClockResolver clocks, PartyResolver party, CatalogResolver catalog) {
    this.database = database;
    this.clocks = clocks;
    this.party = party;
    this.catalog = catalog;
    reader = new RunReader(database);
    flagRepository = new FlagRepository(database);
    var declared = new DeclarationRepository(database);
    runs = Loader.one("checkRunsById", reader::findByIds, CheckRun::id);
    rules =
        new Loader<>("rulesOfCheckResults", (reading, none, lists) -> reader.rules(reading, lists));
    flags = Loader.one("checkFlagsById", flagRepository::findByIds, CheckFlag::id);
    declarations = Loader.one("declarationsById", declared::findByIds, Declaration::id);
    ofProducts =
        Loader.many("declarationsOfProducts", declared::findOfProducts, Declaration::productId);
    flagList =
        Listing.hidden(
            database,
            FlagRepository.LIST,
            (arguments, moment) -> FlagFilters.flags(arguments.input("filter")),
            arguments ->
                List.of(
                    Key.instant("f.opened_at", true, CheckFlag::openedAt),
                    Key.id("f.id", true, CheckFlag::id)),
            CheckAccess::clause);
    outcomes =
        new Listing<>(
            database,
            CheckOutcomeRecord.LIST,
            (arguments, moment) ->
                Clause.all(
                    Clause.of("f.state = 'CLOSED'"),
                    FlagFilters.outcomes(arguments.input("filter"))),
            arguments ->
                List.of(
                    Key.instant("f.closed_at", true, CheckOutcomeRecord::closedAt),
                    Key.id("f.id", true, CheckOutcomeRecord::flagId)));
  }

  /** The newest results of each subject of a kind; none where it was not checked yet. */
  private Loader<UUID, Loader.None, List<CheckResult>> results(String name, Check.Subject kind) {
    return new Loader<>(
        name,
        (reading, none, ids) ->
            reader
                .newest(reading, kind, ids)
                .map(
                    found -> {
                      var results = new HashMap<UUID, List<CheckResult>>();
                      ids.forEach(id -> results.put(id, List.of()));
                      found.forEach(run -> results.put(run.subjectId(), run.results()));
                      return results;
                    }));
  }

  /** What the checks say of requests for access; for their type, which a later feature has. */
  public Loader<UUID, Loader.None, List<CheckResult>> ofAccessRequests() {
    return results("checksOfAccessRequests", Check.Subject.ACCESS_REQUEST);
  }

  /** What the checks say of access grants; for their type, which a later feature has. */
  public Loader<UUID, Loader.None, List<CheckResult>> ofAccessGrants() {
    return results("checksOfAccessGrants", Check.Subject.ACCESS_GRANT);
  }

  @Override
  public void wire(Wiring wiring) {
    results(wiring);
    flags(wiring);
    declarations(wiring);
    var ofProduct = results("checksOfProducts", Check.Subject.PRODUCT);
    wiring
        .extend(DataProduct.class)
        .loaded("checks", ofProduct, Product::id)
        .loaded("declarations", ofProducts, Product::id);
    wiring
        .extend(ServiceCapability.class)
        .loaded("checks", ofProduct, Product::id)
        .loaded("declarations", ofProducts, Product::id);
    wiring
        .extend(AuthorizationGrant.class)
        .loaded(
            "checks",
            results("checksOfAuthorizations", Check.Subject.AUTHORIZATION),
            AuthorizationGrant::id);
    wiring
        .extend(Organization.class)
        .loaded("checks", results("checksOfOperators", Check.Subject.OPERATOR), Organization::id)
        .loaded("flags", flagList.of(FlagRepository.OF_OPERATORS), Organization::id, flagList::cut);
    wiring.type(CheckSweep.class);
    wiring.type(PlatformRule.class).localized("text", PlatformRule::text);
    wiring.type(CheckFailedError.class).computed("code", CheckFailedError::code);
    wiring
        .query()
        .found("checkRun", runs, arguments -> requireNonNull(arguments.id("id", CheckRun.PREFIX)))
        .answered("checkRunRepeat", this::repeat)
        .answered("checkSweep", (reading, arguments) -> CheckSweep.find(database, reading))
        .answered("platformRules", (reading, arguments) -> PlatformRule.find(database, reading));
    var flagSteps = new FlagSteps(database);
    var declarationSteps = new DeclarationSteps(database);
    wiring
        .mutation()
        .mutated("checkFlagAnswer", flagSteps::answer)
        .mutated("checkFlagClose", flagSteps::close)
        .mutated("productDeclare", declarationSteps::declare)
        .mutated("productDeclarationEnd", declarationSteps::end);
  }

  private void results(Wiring wiring) {
    wiring
        .type(CheckResult.class)
        .localized("title", CheckResult::title)
        .localized("message", CheckResult::message)
        .loaded("rules", rules, CheckResult::rules)
        .computed(
            "runId",
            result -> result.runId() == null ? null : Ids.write(CheckRun.PREFIX, result.runId()));
    wiring
        .type("CheckReason", Reason.class)
        .localized("message", Reason::message)
        .localized("remedy", Reason::remedy);
    wiring.type(ProductChecks.class);
    wiring
        .type(CheckRun.class)
        .identified(CheckRun.PREFIX, CheckRun::id, runs)
        .computed("results", CheckRun::results);
    wiring.type("CheckRunRepeat", Repeat.Repeated.class);
  }

  private void flags(Wiring wiring) {
    wiring
        .type(CheckFlag.class)
        .identified(CheckFlag.PREFIX, CheckFlag::id, flags)
        .loaded("operator", party.byId(), CheckFlag::operatorId)
        .loaded("openedRun", runs, CheckFlag::openedRun)
        .loaded("clocks", clocks.bySubject(), CheckFlag::globalId)
        .loaded("allowedActions", actions(), flag -> flag);
    wiring.connection("CheckFlag", flagList);
    wiring.type(CheckOutcomeRecord.class);
    wiring.connection("CheckOutcomeRecord", outcomes);
    wiring.type(CheckFigure.class).loaded("operator", party.byId(), CheckFigure::operatorId);
    wiring.type("CheckFlagPayload", FlagSteps.Payload.class);
    wiring
        .query()
        .found(
            "checkFlag", flags, arguments -> requireNonNull(arguments.id("id", CheckFlag.PREFIX)))
        .answered("checkFlags", flagList::page)
        .answered("checkOutcomes", outcomes::page)
        .answered(
            "checkFigures",
            (reading, arguments) ->
                flagRepository.figures(
                    reading,
                    arguments.id("operator", PartyResolver.PREFIX),
                    arguments.string("check"),
                    CheckFigure.Quarters.read(arguments, reading.moment().day())));
  }

  private Loader<CheckFlag, Loader.None, List<FlagRules.Action>> actions() {
    return new Loader<>(
        "actionsOfCheckFlags",
        (reading, none, some) ->
            flagRepository
                .deciding(reading, some)
                .map(
                    decided -> {
                      var deciding = new HashSet<>(decided);
                      var actions = new HashMap<CheckFlag, List<FlagRules.Action>>();
                      some.forEach(
                          flag ->
                              actions.put(
                                  flag,
                                  FlagRules.actions(
                                      flag.state(),
                                      flag.operatorId() != null
                                          && reading
                                              .viewer()
                                              .may(Scope.CHECK_ANSWER, flag.operatorId()),
                                      deciding.contains(flag.id()))));
                      return actions;
                    }));
  }

  private void declarations(Wiring wiring) {
    wiring
        .type("ProductDeclaration", Declaration.class)
        .identified(Declaration.PREFIX, Declaration::id, declarations)
        .loaded("baseProduct", catalog.products(), Declaration::baseProductId)
        .loaded("developer", party.byId(), Declaration::developerId);
    wiring
        .type("ProductDeclarationPayload", DeclarationSteps.Payload.class)
        .loaded("productDeclaration", justDeclared(), DeclarationSteps.Payload::declarationId);
  }

  /** A version may be dated a little after the operation began that wrote it. */
  private Loader<UUID, Loader.None, Declaration> justDeclared() {
    return new Loader<>(
        "declarationsJustMade",
        (reading, none, ids) ->
            declarations
                .batch()
                .load(
                    reading.at(Moment.present(reading.moment().now().plus(Duration.ofDays(1)))),
                    none,
                    ids));
  }

  private Future<Repeat.@Nullable Repeated> repeat(Reading reading, Arguments arguments) {
    var id = requireNonNull(arguments.id("runId", CheckRun.PREFIX));
    return reader
        .findByIds(reading, List.of(id))
        .compose(
            found ->
                found.isEmpty()
                    ? Future.succeededFuture()
                    : new Repeat(database).of(reading, found.getFirst()));
  }
}
