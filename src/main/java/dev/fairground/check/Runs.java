package dev.fairground.check;

import dev.fairground.event.EventLog;
import dev.fairground.event.EventType;
import dev.fairground.event.NewEvent;
import dev.fairground.fairaccess.Check;
import dev.fairground.fairaccess.Outcomes;
import dev.fairground.fairaccess.Result;
import dev.fairground.graphql.Write;
import dev.fairground.sql.Database;
import dev.fairground.sql.Rows;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Keeps what was examined where it differs from the newest run of its subject, opens and closes
 * flags, and tells it. A fixed number of statements, however many subjects.
 */
final class Runs {
  private final Database database;
  private final RunRepository runs;
  private final FlagWriter flags;
  private final EventLog events;

  Runs(Database database) {
    this.database = database;
    this.runs = new RunRepository(database);
    this.flags = new FlagWriter(database);
    this.events = new EventLog(database);
  }

  private static final String TURN =
      """
      -- turnOfChecks
      select count(pg_advisory_xact_lock(hashtextextended(s.id::text, 28)))
        from (select u.id from unnest($1::uuid[]) as u (id) order by u.id) as s
      """;

  /**
   * Waits for whoever checks one of the subjects, until its transaction ends: before the facts are
   * read, so that of two runs the later one is that of the later facts.
   */
  Future<Void> takeTurn(SqlConnection transaction, Collection<UUID> subjects) {
    return database.rows(transaction, TURN, Tuple.of((Object) Rows.ids(subjects))).mapEmpty();
  }

  /**
   * @param examined of one kind
   * @return how many differed
   */
  Future<Integer> keep(
      SqlConnection transaction, Write write, Cause cause, List<Examined> examined) {
    if (examined.isEmpty()) {
      return Future.succeededFuture(0);
    }
    var kind = examined.getFirst().subject().kind();
    var ids = examined.stream().map(one -> one.subject().id()).toList();
    return runs.newest(transaction, kind, ids)
        .compose(newest -> Aside.run(database, examined.size(), () -> decide(examined, newest)))
        .compose(
            decided ->
                decided.kept().isEmpty()
                    ? Future.succeededFuture(0)
                    : write(transaction, write, cause, decided));
  }

  /**
   * What is to be written.
   *
   * @param changed the subjects of which the checks say something else than before
   */
  private record Decided(
      Map<UUID, Examined> kept,
      JsonArray rows,
      List<FlagWriter.Opening> opening,
      List<FlagWriter.Passing> passing,
      Set<UUID> changed) {}

  /** Pure: which runs differ from the newest of their subjects, and which flags follow. */
  private static Decided decide(List<Examined> examined, Map<UUID, RunRepository.Newest> newest) {
    var kept = new LinkedHashMap<UUID, Examined>();
    var opening = new ArrayList<FlagWriter.Opening>();
    var passing = new ArrayList<FlagWriter.Passing>();
    var changed = new HashSet<UUID>();
    for (var one : examined) {
      var known = newest.get(one.subject().id());
      var before = known == null ? null : known.results();
      var same = before != null && Results.same(before, one.results());
      if (known != null && same && known.digest().equals(one.digest())) {
        continue;
      }
      var id = UUID.randomUUID();
      kept.put(id, one);
      if (before != null && !same) {
        changed.add(one.subject().id());
      }
      for (var result : one.results()) {
        if (Outcomes.raises(result.outcome())) {
          if (before == null || !Results.same(of(before, result.check()), result)) {
            opening.add(new FlagWriter.Opening(id, one.subject(), result));
          }
        } else if (before != null && Outcomes.settles(result.outcome())) {
          passing.add(new FlagWriter.Passing(id, one.subject(), result.check()));
        }
      }
    }
    return new Decided(kept, RunRepository.rows(kept), opening, passing, changed);
  }

  private Future<Integer> write(
      SqlConnection transaction, Write write, Cause cause, Decided decided) {
    var authorities = new HashMap<UUID, UUID>();
    var changed = decided.changed();
    return runs.insert(transaction, write, cause, decided.rows())
        .compose(done -> flags.close(transaction, write, decided.passing()))
        .compose(
            closed -> {
              closed.forEach(one -> told(changed, authorities, one));
              return flags.open(transaction, write, decided.opening());
            })
        .compose(
            opened -> {
              opened.forEach(one -> told(changed, authorities, one));
              return tell(transaction, write, decided.kept(), changed, authorities);
            })
        .map(done -> decided.kept().size());
  }

  private static @Nullable Result of(List<Result> results, Check check) {
    return results.stream().filter(one -> one.check() == check).findFirst().orElse(null);
  }

  private static void told(Set<UUID> changed, Map<UUID, UUID> authorities, FlagWriter.Told told) {
    changed.add(told.subjectId());
    if (told.authorityId() != null) {
      authorities.put(told.subjectId(), told.authorityId());
    }
  }

  private Future<Void> tell(
      SqlConnection transaction,
      Write write,
      Map<UUID, Examined> kept,
      Set<UUID> changed,
      Map<UUID, UUID> authorities) {
    var happened = new ArrayList<NewEvent>();
    for (var one : kept.values()) {
      var subject = one.subject();
      if (changed.contains(subject.id())) {
        Stream.of(subject.operatorId(), authorities.get(subject.id()), subject.partyId())
            .filter(Objects::nonNull)
            .distinct()
            .forEach(told -> happened.add(event(subject, told)));
      }
    }
    return happened.isEmpty()
        ? Future.succeededFuture()
        : events.append(transaction, write, happened);
  }

  private static NewEvent event(Subject subject, UUID told) {
    return new NewEvent(
        EventType.CHECK_CHANGED,
        subject.globalId(),
        subject.version(),
        told,
        false,
        List.of("checks"));
  }
}
