package dev.fairground.eligibility;

import dev.fairground.check.CheckResult;
import dev.fairground.check.NewestChecks;
import dev.fairground.clock.WorkCalendars;
import dev.fairground.clock.WorkDays;
import dev.fairground.fairaccess.ProductFacts.Ceiling;
import dev.fairground.graphql.Write;
import dev.fairground.jurisdiction.RuleBook;
import dev.fairground.jurisdiction.RuleBooks;
import dev.fairground.kernel.BadInput;
import dev.fairground.policy.AccessPolicies;
import dev.fairground.policy.AccessPolicy;
import dev.fairground.policy.Applicant;
import dev.fairground.policy.Applicants;
import dev.fairground.pricing.ChargedItems;
import dev.fairground.sql.Database;
import dev.fairground.sql.Reading;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Answers asks: may this applicant have this product, at what price, by when. Writes nothing, and
 * reads with a fixed number of statements, however many asks there are and whatever they look at.
 */
public final class Eligibilities {
  private final Database database;
  private final AccessPolicies policies;
  private final Applicants applicants;
  private final NewestChecks checks;
  private final ChargedItems prices;
  private final RuleBooks rules;
  private final WorkCalendars calendars;

  public Eligibilities(Database database) {
    this.database = database;
    this.policies = new AccessPolicies(database);
    this.applicants = new Applicants(database);
    this.checks = new NewestChecks(database);
    this.prices = new ChargedItems(database);
    this.rules = new RuleBooks(database);
    this.calendars = new WorkCalendars(database);
  }

  /**
   * Answers within the transaction of a change, by what stands in it: for who stamps the answer on
   * a record. Whose facts may be used is for the caller to say; an ask is taken as it is.
   *
   * @return in the order of the asks; without those of products that there are not
   */
  public Future<List<EligibilityReport>> of(
      SqlConnection transaction, Write write, List<Ask> asks) {
    return of(new Source(database, transaction, null, write.viewer(), write.moment()), asks);
  }

  /**
   * The same, read. Fails with {@link BadInput} where a scenario is asked for that there is not.
   */
  Future<List<EligibilityReport>> of(Reading reading, List<Ask> asks) {
    return of(new Source(database, null, reading, reading.viewer(), reading.moment()), asks);
  }

  /** What does not hang on the products' records. */
  private record First(
      Map<UUID, AskedProduct> products,
      Map<UUID, AccessPolicy> policies,
      Map<UUID, Applicant> applicants,
      Map<UUID, List<CheckResult>> checks,
      Map<UUID, List<ChargedItems.Charged>> prices,
      Map<UUID, AskedScenario> scenarios) {}

  /** What does. */
  private record Second(
      Map<UUID, List<Ceiling>> ceilings,
      Map<String, RuleBook> rules,
      Map<String, WorkDays> calendars,
      List<AskRepository.Link> links) {}

  private Future<List<EligibilityReport>> of(Source source, List<Ask> asks) {
    if (asks.isEmpty()) {
      return Future.succeededFuture(List.of());
    }
    return first(source, asks)
        .compose(
            first -> {
              if (source.reading() != null) {
                asks.forEach(ask -> namesScenario(ask, first));
              }
              return second(source, asks, first)
                  .map(
                      second ->
                          asks.stream()
                              .filter(ask -> first.products().containsKey(ask.productId()))
                              .map(ask -> Judgement.of(known(source, ask, first, second)))
                              .toList());
            });
  }

  private static void namesScenario(Ask ask, First first) {
    if (ask.scenarioId() != null && !first.scenarios().containsKey(ask.scenarioId())) {
      throw new BadInput("ask.scenarioId", "there is no scenario with this id");
    }
  }

  private Future<First> first(Source source, List<Ask> asks) {
    var day = source.day();
    var ids = distinct(asks, Ask::productId);
    var of = distinct(asks, Ask::applicantId);
    var wanted = distinct(asks, Ask::scenarioId);
    var from = from(source, asks);
    var products = AskRepository.products(source, ids);
    var inForce =
        source.either(
            tx -> policies.onDay(tx, source.moment(), day, ids),
            reading -> policies.onDay(reading, day, ids));
    var who =
        of.isEmpty()
            ? Future.succeededFuture(Map.<UUID, Applicant>of())
            : source.either(
                tx -> applicants.find(tx, day, of), reading -> applicants.find(reading, day, of));
    var newest =
        source.either(
            tx -> checks.ofProducts(tx, source.viewer(), source.moment(), ids),
            reading -> checks.ofProducts(reading, ids));
    var charged =
        source.either(
            tx -> prices.tariffs(tx, ids, from),
            reading -> prices.tariffs(reading.reads(), source.moment(), ids, from));
    var scenarios =
        wanted.isEmpty()
            ? Future.succeededFuture(List.<AskedScenario>of())
            : AskRepository.scenarios(source, wanted);
    return Future.all(List.of(products, inForce, who, newest, charged, scenarios))
        .map(
            done ->
                new First(
                    products.result().stream()
                        .collect(Collectors.toMap(AskedProduct::id, one -> one)),
                    inForce.result(),
                    who.result(),
                    newest.result(),
                    charged.result(),
                    scenarios.result().stream()
                        .collect(Collectors.toMap(AskedScenario::id, one -> one))));
  }

  private Future<Second> second(Source source, List<Ask> asks, First first) {
    var grants = distinct(first.products().values(), product -> product.grant().id());
    var operators = distinct(first.products().values(), AskedProduct::operatorId);
    var codes = distinct(first.products().values(), product -> product.grant().jurisdictionCode());
    var from = from(source, asks);
    var at = source.moment().at();
    var ceilings =
        source.either(
            tx -> prices.ceilings(tx, grants, from),
            reading -> prices.ceilings(reading.reads(), source.moment(), grants, from));
    var books =
        source.either(
            tx -> rules.find(tx, source.day(), at, codes),
            reading -> rules.find(reading.reads(), source.day(), at, codes));
    var days =
        source.either(
            tx -> calendars.find(tx, at, codes),
            reading -> calendars.find(reading.reads(), at, codes));
    var links =
        first.applicants().isEmpty()
            ? Future.succeededFuture(List.<AskRepository.Link>of())
            : AskRepository.links(source, first.applicants().keySet(), operators);
    return Future.all(ceilings, books, days, links)
        .map(done -> new Second(ceilings.result(), books.result(), days.result(), links.result()));
  }

  private static Known known(Source source, Ask ask, First first, Second second) {
    var product = Objects.requireNonNull(first.products().get(ask.productId()));
    var applicant =
        ask.applicantId() == null
            ? Applicant.NOBODY
            : first.applicants().getOrDefault(ask.applicantId(), Applicant.NOBODY);
    return new Known(
        ask,
        source.day(),
        product,
        applicant,
        Objects.requireNonNull(first.policies().get(product.id())),
        first.checks().get(product.id()),
        Objects.requireNonNull(second.rules().get(product.grant().jurisdictionCode())),
        Objects.requireNonNull(second.calendars().get(product.grant().jurisdictionCode())),
        first.prices().getOrDefault(product.id(), List.of()).stream()
            .map(
                item ->
                    new PricedItem(
                        item.tariffId(),
                        item.version(),
                        item.position(),
                        item.freeConditions(),
                        item.price()))
            .toList(),
        second.ceilings().getOrDefault(product.grant().id(), List.of()),
        ask.scenarioId() == null ? null : first.scenarios().get(ask.scenarioId()),
        second.links().stream()
            .filter(
                link ->
                    link.applicantId().equals(applicant.id())
                        && link.operatorId().equals(product.operatorId()))
            .map(AskRepository.Link::related)
            .findFirst()
            .orElse(null));
  }

  /** The first day on which a price is looked at. */
  private static LocalDate from(Source source, List<Ask> asks) {
    var from = source.day();
    for (var ask : asks) {
      if (ask.startsOn() != null && ask.startsOn().isBefore(from)) {
        from = ask.startsOn();
      }
    }
    return from;
  }

  private static <S, T> List<T> distinct(Collection<S> some, Function<S, T> value) {
    var distinct = new HashMap<T, T>();
    for (var one : some) {
      var found = value.apply(one);
      if (found != null) {
        distinct.put(found, found);
      }
    }
    return new ArrayList<>(distinct.keySet());
  }
}
