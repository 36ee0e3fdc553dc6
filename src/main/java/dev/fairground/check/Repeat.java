package dev.fairground.check;

import dev.fairground.fairaccess.Check;
import dev.fairground.fairaccess.Result;
import dev.fairground.sql.Database;
import dev.fairground.sql.Reading;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Runs a kept run again: on the facts of its moment, by the rules of its day. */
final class Repeat {
  private final Database database;

  Repeat(Database database) {
    this.database = database;
  }

  /** A run beside what it says now. */
  record Repeated(
      CheckRun run,
      String digest,
      List<CheckResult> results,
      boolean same,
      List<String> differing) {}

  Future<@Nullable Repeated> of(Reading reading, CheckRun run) {
    var source = new FactSource(database, null, reading.reads(), true, run.readAt(), run.day());
    var ids = List.of(run.subjectId());
    Future<? extends List<? extends Gathered<?>>> gathered =
        switch (run.subjectKind()) {
          case PRODUCT -> ProductFactsRepository.ofListed(source, ids);
          case AUTHORIZATION -> GrantFactsRepository.find(source, ids);
          case OPERATOR -> OperatorFactsRepository.find(source, ids);
          case ACCESS_REQUEST -> RequestFactsRepository.find(source, ids);
          case ACCESS_GRANT -> AccessGrantFactsRepository.find(source, ids);
          case MARKET -> MarketFactsRepository.find(source);
        };
    return gathered
        .compose(found -> Checks.examine(source, found))
        .map(examined -> examined.isEmpty() ? null : compared(run, examined.getFirst()));
  }

  private static Repeated compared(CheckRun run, Examined now) {
    var differing = new ArrayList<String>();
    for (var check : Check.values()) {
      var before = of(run.kept().stream().map(CheckRun.Kept::result).toList(), check);
      var after = of(now.results(), check);
      if (!(before == null && after == null) && !Results.same(before, after)) {
        differing.add(check.code());
      }
    }
    var shown =
        new CheckRun(
            run.id(),
            run.subject(),
            run.subjectKind(),
            run.subjectId(),
            run.subjectVersion(),
            run.jurisdictionCode(),
            run.day(),
            run.readAt(),
            run.runAt(),
            run.ruleSets(),
            now.digest(),
            run.cause(),
            now.results().stream()
                .map(one -> new CheckRun.Kept(one, Results.rules(now.ground(), one)))
                .toList(),
            run.hidden(),
            run.insider(),
            run.party());
    return new Repeated(
        run,
        now.digest(),
        shown.results(),
        differing.isEmpty() && now.digest().equals(run.digest()),
        differing);
  }

  private static @Nullable Result of(List<Result> results, Check check) {
    return results.stream()
        .filter(one -> Objects.equals(one.check(), check))
        .findFirst()
        .orElse(null);
  }
}
