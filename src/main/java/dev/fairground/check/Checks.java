package dev.fairground.check;

import dev.fairground.fairaccess.Facts;
import dev.fairground.fairaccess.Outcome;
import dev.fairground.fairaccess.Result;
import dev.fairground.graphql.Write;
import dev.fairground.sql.Database;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

/**
 * Runs checks within the transaction of a change, after it was written: what the change would bring
 * about is what they look at, and a result of BLOCK is a reason to take it back.
 */
public final class Checks {
  private final Database database;
  private final Runs runs;

  public Checks(Database database) {
    this.database = database;
    this.runs = new Runs(database);
  }

  /** The checks of one product, in their order. */
  public record Checked(UUID productId, List<Result> results) {
    public Checked {
      results = List.copyOf(results);
    }

    /** Those that stand against the change. */
    public List<Result> blocks() {
      return results.stream().filter(result -> result.outcome() == Outcome.BLOCK).toList();
    }

    /** What stands against the change, as errors at a place of its input; none where nothing. */
    public List<CheckFailedError> errors(List<String> path) {
      return Checks.errors(results, path);
    }
  }

  /** The checks of an authorization, an operator, a request, an access grant or the marketplace. */
  public record CheckedSubject(UUID id, List<Result> results) {
    public CheckedSubject {
      results = List.copyOf(results);
    }

    public List<CheckFailedError> errors(List<String> path) {
      return Checks.errors(results, path);
    }
  }

  private static List<CheckFailedError> errors(List<Result> results, List<String> path) {
    var errors = new ArrayList<CheckFailedError>();
    for (var result : results) {
      if (result.outcome() == Outcome.BLOCK) {
        var before = errors.size();
        for (var reason : result.reasons()) {
          if (reason.outcome() == Outcome.BLOCK) {
            errors.add(CheckFailedError.of(result.check(), reason, path));
          }
        }
        if (errors.size() == before) {
          errors.add(
              new CheckFailedError(
                  result.check().titleEn() + ": not kept.",
                  path,
                  result.check().code(),
                  List.of()));
        }
      }
    }
    return errors;
  }

  /** Drafts that were checked as they would be published; {@link #keep} keeps the runs. */
  public static final class CheckedDrafts {
    private final Map<UUID, Examined> byDraft;

    private CheckedDrafts(Map<UUID, Examined> byDraft) {
      this.byDraft = byDraft;
    }

    /** The results of a draft by its id; none where it names no authorization. */
    public List<Result> results(UUID draft) {
      var examined = byDraft.get(draft);
      return examined == null ? List.of() : examined.results();
    }

    /** What the checks say of drafts, in their order, for who may see all of it. */
    public List<ProductChecks> all(List<UUID> drafts) {
      return drafts.stream()
          .map(byDraft::get)
          .filter(Objects::nonNull)
          .map(
              one ->
                  new ProductChecks(
                      one.subject().globalId(),
                      one.results().stream()
                          .map(result -> CheckResult.of(one.ground(), result))
                          .toList()))
          .toList();
    }

    /** What stands against publishing a draft, as errors at a place. */
    public List<CheckFailedError> errors(UUID draft, List<String> path) {
      return Checks.errors(results(draft), path);
    }
  }

  /** Of products as they are now, within the transaction; keeps the runs. */
  public Future<List<Checked>> ofProducts(
      SqlConnection transaction, Write write, Cause cause, Collection<UUID> products) {
    return examineProducts(transaction, write, cause, products)
        .map(
            kept ->
                kept.examined().stream()
                    .map(one -> new Checked(one.subject().id(), one.results()))
                    .toList());
  }

  /** What the checks say of products as they stand; keeps nothing. */
  public Future<List<Checked>> standing(
      SqlConnection transaction, Write write, Collection<UUID> products) {
    var source = source(transaction, write);
    return ProductFactsRepository.ofListed(source, products)
        .compose(gathered -> examine(source, gathered))
        .map(
            examined ->
                examined.stream()
                    .map(one -> new Checked(one.subject().id(), one.results()))
                    .toList());
  }

  /**
   * What was examined.
   *
   * @param changed how many differ from their newest runs, and were kept
   */
  record Kept(List<Examined> examined, int changed) {}

  Future<Kept> examineProducts(
      SqlConnection transaction, Write write, Cause cause, Collection<UUID> products) {
    return run(transaction, write, cause, products, ProductFactsRepository::ofListed);
  }

  Future<Kept> examineGrants(
      SqlConnection transaction, Write write, Cause cause, Collection<UUID> grants) {
    return run(transaction, write, cause, grants, GrantFactsRepository::find);
  }

  Future<Kept> examineOperators(
      SqlConnection transaction, Write write, Cause cause, Collection<UUID> operators) {
    return run(transaction, write, cause, operators, OperatorFactsRepository::find);
  }

  Future<Kept> examineRequests(
      SqlConnection transaction, Write write, Cause cause, Collection<UUID> requests) {
    return run(transaction, write, cause, requests, RequestFactsRepository::find);
  }

  Future<Kept> examineAccess(
      SqlConnection transaction, Write write, Cause cause, Collection<UUID> grants) {
    return run(transaction, write, cause, grants, AccessGrantFactsRepository::find);
  }

  Future<Kept> examineMarket(SqlConnection transaction, Write write, Cause cause) {
    return run(
        transaction,
        write,
        cause,
        List.of(Subject.MARKET),
        (source, ids) -> MarketFactsRepository.find(source));
  }

  /** Of drafts as they would be published; keeps nothing. */
  public Future<CheckedDrafts> ofDrafts(
      SqlConnection transaction, Write write, Collection<UUID> drafts) {
    var source = source(transaction, write);
    return ProductFactsRepository.ofDrafts(source, drafts)
        .compose(
            found ->
                examine(source, found.stream().map(ProductFactsRepository.Of::gathered).toList())
                    .map(
                        examined -> {
                          var byDraft = new HashMap<UUID, Examined>();
                          for (int i = 0; i < found.size(); i++) {
                            byDraft.put(found.get(i).sourceId(), examined.get(i));
                          }
                          return new CheckedDrafts(byDraft);
                        }));
  }

  /** Keeps the runs of drafts that were published at a moment. */
  public Future<Void> keep(
      SqlConnection transaction,
      Write write,
      CheckedDrafts checked,
      Collection<UUID> drafts,
      OffsetDateTime publishedAt) {
    var examined =
        drafts.stream()
            .map(checked.byDraft::get)
            .filter(Objects::nonNull)
            .map(one -> one.readAt(later(one.subject().readAt(), publishedAt)))
            .toList();
    return runs.takeTurn(transaction, examined.stream().map(one -> one.subject().id()).toList())
        .compose(turn -> runs.keep(transaction, write, Cause.PUBLISH, examined))
        .mapEmpty();
  }

  private static OffsetDateTime later(OffsetDateTime one, OffsetDateTime other) {
    return one.isAfter(other) ? one : other;
  }

  /** Of authorizations as they are now, within the transaction; keeps the runs. */
  public Future<List<CheckedSubject>> ofGrants(
      SqlConnection transaction, Write write, Cause cause, Collection<UUID> grants) {
    return subjects(examineGrants(transaction, write, cause, grants));
  }

  /** Of operators and their lists, within the transaction; keeps the runs. */
  public Future<List<CheckedSubject>> ofOperators(
      SqlConnection transaction, Write write, Cause cause, Collection<UUID> operators) {
    return subjects(examineOperators(transaction, write, cause, operators));
  }

  /** Of requests for access, within the transaction; keeps the runs. */
  public Future<List<CheckedSubject>> ofAccessRequests(
      SqlConnection transaction, Write write, Cause cause, Collection<UUID> requests) {
    return subjects(examineRequests(transaction, write, cause, requests));
  }

  /** Of access grants, within the transaction; keeps the runs. */
  public Future<List<CheckedSubject>> ofAccessGrants(
      SqlConnection transaction, Write write, Cause cause, Collection<UUID> grants) {
    return subjects(examineAccess(transaction, write, cause, grants));
  }

  /** Of the marketplace itself, within the transaction; keeps the run. */
  public Future<List<CheckedSubject>> ofMarket(
      SqlConnection transaction, Write write, Cause cause) {
    return subjects(examineMarket(transaction, write, cause));
  }

  private static Future<List<CheckedSubject>> subjects(Future<Kept> kept) {
    return kept.map(
        all ->
            all.examined().stream()
                .map(one -> new CheckedSubject(one.subject().id(), one.results()))
                .toList());
  }

  /** Gathers the facts of some subjects. */
  @FunctionalInterface
  private interface Gather<F extends Facts> {
    Future<List<Gathered<F>>> of(FactSource source, Collection<UUID> ids);
  }

  private <F extends Facts> Future<Kept> run(
      SqlConnection transaction, Write write, Cause cause, Collection<UUID> ids, Gather<F> gather) {
    if (ids.isEmpty()) {
      return Future.succeededFuture(new Kept(List.of(), 0));
    }
    var source = source(transaction, write);
    return runs.takeTurn(transaction, ids)
        .compose(turn -> gather.of(source, ids))
        .compose(gathered -> examine(source, gathered))
        .compose(
            examined ->
                runs.keep(transaction, write, cause, examined)
                    .map(changed -> new Kept(examined, changed)));
  }

  static Future<List<Examined>> examine(FactSource source, List<? extends Gathered<?>> gathered) {
    if (gathered.isEmpty()) {
      return Future.succeededFuture(List.of());
    }
    return Grounds.find(
            source, gathered.stream().map(one -> one.facts().jurisdictionCode()).toList())
        .compose(
            grounds ->
                Aside.run(source.database(), gathered.size(), () -> examined(gathered, grounds)));
  }

  private static List<Examined> examined(
      List<? extends Gathered<?>> gathered, Map<String, Grounds.Known> grounds) {
    return gathered.stream()
        .map(
            one ->
                Examined.of(
                    one, Objects.requireNonNull(grounds.get(one.facts().jurisdictionCode()))))
        .toList();
  }

  private FactSource source(SqlConnection transaction, Write write) {
    return new FactSource(
        database,
        transaction,
        null,
        false,
        write.moment().now().atOffset(ZoneOffset.UTC),
        write.moment().day());
  }
}
