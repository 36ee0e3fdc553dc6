package dev.fairground.equal;

import static java.util.Objects.requireNonNull;

import dev.fairground.equal.CohortRepository.Asked;
import dev.fairground.equal.CohortRepository.Window;
import dev.fairground.equal.GivenRepository.Given;
import dev.fairground.graphql.Loader;
import dev.fairground.graphql.Write;
import dev.fairground.kernel.Moment;
import dev.fairground.sql.Database;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;

/**
 * Equal terms to equal applicants: compares terms with the standard ones and with those of like
 * grants, in the transaction that gives them. Opinions, (5), "fairly"; check FA-08.
 */
public final class EqualTerms {
  private final CohortRepository cohorts;
  private final GivenRepository given;
  private final BetterTerms better;
  private final Database database;

  public EqualTerms(Database database) {
    this.cohorts = new CohortRepository(database);
    this.given = new GivenRepository();
    this.better = new BetterTerms(database);
    this.database = database;
  }

  /**
   * Compares terms that are about to be given, so that of two decisions at once on the same cohort
   * neither misses the other. Who gives what others have without any reason, and needs none, does
   * so beside everybody who does the same: they cannot be unequal to each other. Everybody else,
   * and the first in a cohort, decides alone: others wait until the transaction ends.
   *
   * @return what {@link Comparison#unjustified()} lists stands against the grant
   */
  public Future<Comparison> compare(SqlConnection transaction, Write write, Candidate candidate) {
    var source = Source.of(database, transaction, write.moment().now());
    var day = write.moment().day();
    var given = List.of(new Given(candidate, null, true));
    // The rules first: others wait for nothing that does not need the cohort.
    return limits(source, given)
        .compose(
            limits ->
                candidate.mayBeUsual()
                    ? beside(source, transaction, day, given, limits)
                    : alone(source, transaction, day, given, limits));
  }

  private Future<Comparison> beside(
      Source source,
      SqlConnection transaction,
      LocalDate day,
      List<Given> given,
      List<Ground.Limits> limits) {
    var key = given.getFirst().candidate().cohort();
    return cohorts
        .lockBeside(transaction, key)
        .compose(locked -> compare(source, day, given, limits))
        .map(List::getFirst)
        .compose(
            compared ->
                compared.usual()
                    ? cohorts.stayBeside(transaction).map(compared)
                    : cohorts
                        .leave(transaction)
                        .compose(left -> alone(source, transaction, day, given, limits)));
  }

  private Future<Comparison> alone(
      Source source,
      SqlConnection transaction,
      LocalDate day,
      List<Given> given,
      List<Ground.Limits> limits) {
    return cohorts
        .lock(transaction, given.getFirst().candidate().cohort())
        .compose(locked -> compare(source, day, given, limits))
        .map(List::getFirst);
  }

  /**
   * Compares terms that were given, each with all that were given within the window before and
   * after, by the rules of their own day; as check FA-08 does again every month. Takes no lock.
   *
   * @return by grant; without those that do not exist
   */
  public Future<Map<UUID, Comparison>> ofGrants(
      SqlConnection transaction, Instant knownAt, Collection<UUID> grants) {
    return ofGrants(
        Source.of(database, transaction, knownAt), Moment.present(knownAt).day(), grants);
  }

  private Future<Map<UUID, Comparison>> ofGrants(
      Source source, LocalDate day, Collection<UUID> grants) {
    return given
        .find(source, day, grants)
        .compose(
            found ->
                compare(source, day, found)
                    .map(
                        compared -> {
                          var byGrant = new LinkedHashMap<UUID, Comparison>();
                          for (var i = 0; i < found.size(); i++) {
                            byGrant.put(requireNonNull(found.get(i).grantId()), compared.get(i));
                          }
                          return byGrant;
                        }));
  }

  /**
   * Tells holders of like grants, of this or another version of the product, that somebody was
   * given better terms; not who. The first of them at once, the others soon after, so that many do
   * not hold up a decision.
   *
   * @param newGrantId a grant that was written in this transaction
   */
  public Future<Void> tellBetter(SqlConnection transaction, Write write, UUID newGrantId) {
    return better.tell(transaction, write, newGrantId);
  }

  /**
   * How grants that the caller may see stand to like ones. Operators, data authorities and auditors
   * see them beside all of their cohort; holders beside what everybody is shown of it, so that
   * nobody learns the terms of a single other.
   */
  public Loader<UUID, Loader.None, Comparison> ofGrant() {
    return new Loader<>(
        "equalTermsOfGrants",
        (reading, none, grants) ->
            ofGrants(Source.of(database, reading), reading.moment().day(), grants));
  }

  private Future<List<Comparison>> compare(Source source, LocalDate day, List<Given> terms) {
    if (terms.isEmpty()) {
      return Future.succeededFuture(List.of());
    }
    return limits(source, terms).compose(limits -> compare(source, day, terms, limits));
  }

  private Future<List<Comparison>> compare(
      Source source, LocalDate day, List<Given> terms, List<Ground.Limits> limits) {
    var windows =
        IntStream.range(0, terms.size())
            .mapToObj(i -> window(terms.get(i), limits.get(i), day))
            .toList();
    var asked =
        IntStream.range(0, terms.size())
            .mapToObj(i -> asked(terms.get(i), windows.get(i)))
            .toList();
    var groups = cohorts.groups(source, windows);
    var times = cohorts.times(source, windows);
    var grounds = cohorts.grounds(source, asked, limits);
    return Future.all(groups, times, grounds)
        .map(
            all ->
                IntStream.range(0, terms.size())
                    .mapToObj(
                        i ->
                            Comparison.of(
                                terms.get(i).candidate(),
                                grounds.result().get(i),
                                groups.result().getOrDefault(i, List.of()),
                                times.result().get(i)))
                    .toList());
  }

  /** By the rules on the day of each decision. */
  private static Future<List<Ground.Limits>> limits(Source source, List<Given> terms) {
    var byDay = new LinkedHashMap<LocalDate, Future<Map<String, Ground.Limits>>>();
    for (var one : terms) {
      byDay.computeIfAbsent(
          one.candidate().decidedOn(),
          day -> {
            var jurisdictions =
                terms.stream()
                    .map(Given::candidate)
                    .filter(candidate -> candidate.decidedOn().equals(day))
                    .map(Candidate::jurisdictionCode)
                    .distinct()
                    .toList();
            return source
                .rules(day, jurisdictions)
                .map(
                    books -> {
                      var limits = new LinkedHashMap<String, Ground.Limits>();
                      books.forEach((code, book) -> limits.put(code, Ground.Limits.of(book)));
                      return limits;
                    });
          });
    }
    return Future.all(List.copyOf(byDay.values()))
        .map(
            all ->
                terms.stream()
                    .map(Given::candidate)
                    .map(
                        candidate ->
                            requireNonNull(
                                requireNonNull(byDay.get(candidate.decidedOn()))
                                    .result()
                                    .get(candidate.jurisdictionCode())))
                    .toList());
  }

  private static Window window(Given given, Ground.Limits limits, LocalDate day) {
    var candidate = given.candidate();
    return new Window(
        candidate.cohort(),
        limits.from(candidate.decidedOn()),
        candidate.decidedOn().plusDays(limits.windowDays()),
        given.whole() ? null : day);
  }

  private static Asked asked(Given terms, Window window) {
    var candidate = terms.candidate();
    return new Asked(
        candidate.operatorId(),
        candidate.productId(),
        candidate.policyVersion(),
        candidate.holderId(),
        terms.grantId(),
        window.from(),
        candidate.decidedOn());
  }
}
