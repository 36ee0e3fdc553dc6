package dev.fairground.check;

import dev.fairground.event.EventLog;
import dev.fairground.event.EventType;
import dev.fairground.event.NewEvent;
import dev.fairground.graphql.Write;
import dev.fairground.sql.Database;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.util.ArrayList;
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
  private final RunRepository runs;
  private final FlagWriter flags;
  private final EventLog events;

  Runs(Database database) {
    this.runs = new RunRepository(database);
    this.flags = new FlagWriter(database);
    this.events = new EventLog(database);
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
        .compose(newest -> keep(transaction, write, cause, examined, newest));
  }

  private Future<Integer> keep(
      SqlConnection transaction,
      Write write,
      Cause cause,
      List<Examined> examined,
      Map<UUID, RunRepository.Newest> newest) {
    var kept = new LinkedHashMap<UUID, Examined>();
    var opening = new ArrayList<FlagWriter.Opening>();
    var passing = new ArrayList<FlagWriter.Passing>();
    var changed = new HashSet<UUID>();
    var authorities = new HashMap<UUID, UUID>();
    for (var one : examined) {
      var before = newest.get(one.subject().id());
      if (before != null
          && before.digest().equals(one.digest())
          && Results.same(before.results(), one.results())) {
        continue;
      }
      var id = UUID.randomUUID();
      kept.put(id, one);
      if (before != null && !Results.same(before.results(), one.results())) {
        changed.add(one.subject().id());
      }
      for (var result : one.results()) {
        if (Outcomes.raises(result.outcome())) {
          if (before == null || !Results.same(of(before.results(), result.check()), result)) {
            opening.add(new FlagWriter.Opening(id, one.subject(), result));
          }
        } else if (before != null) {
          passing.add(new FlagWriter.Passing(id, one.subject(), result.check()));
        }
      }
    }
    if (kept.isEmpty()) {
      return Future.succeededFuture(0);
    }
    return runs.insert(transaction, write, cause, kept)
        .compose(done -> flags.close(transaction, write, passing))
        .compose(
            closed -> {
              closed.forEach(one -> told(changed, authorities, one));
              return flags.open(transaction, write, opening);
            })
        .compose(
            opened -> {
              opened.forEach(one -> told(changed, authorities, one));
              return tell(transaction, write, kept, changed, authorities);
            })
        .map(done -> kept.size());
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
        Stream.of(subject.operatorId(), authorities.get(subject.id()))
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
