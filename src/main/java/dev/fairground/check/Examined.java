package dev.fairground.check;

import dev.fairground.fairaccess.CheckRules;
import dev.fairground.fairaccess.Facts;
import dev.fairground.fairaccess.Ground;
import dev.fairground.fairaccess.Result;
import java.time.OffsetDateTime;
import java.util.List;

/**
 * A subject that was checked.
 *
 * @param digest of the ground and the facts, without the day
 */
record Examined(Subject subject, Ground ground, Facts facts, String digest, List<Result> results) {

  Examined {
    results = List.copyOf(results);
  }

  Examined readAt(OffsetDateTime moment) {
    return new Examined(subject.readAt(moment), ground, facts, digest, results);
  }

  static Examined of(Gathered<?> gathered, Grounds.Known known) {
    var facts = gathered.facts();
    return new Examined(
        gathered.subject(),
        known.ground(),
        facts,
        Canonical.digest(known.digest(), Canonical.json(facts)),
        CheckRules.of(known.ground(), facts));
  }
}
