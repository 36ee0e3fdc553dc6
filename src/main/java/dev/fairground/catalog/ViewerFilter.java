package dev.fairground.catalog;

import dev.fairground.graphql.Arguments;
import dev.fairground.kernel.Moment;
import dev.fairground.sql.Clause;
import dev.fairground.sql.Reading;
import io.vertx.core.Future;
import java.util.List;

/**
 * The members of {@code ProductFilter} that ask about who looks, which a later feature answers: by
 * facts that it reads before the list is, once however often a filter asks.
 */
@FunctionalInterface
public interface ViewerFilter {
  /** The members that it answers. */
  List<String> MEMBERS = List.of("viewerEligible", "viewerPurpose", "viewerApplicant");

  /** A filter's members as a condition over {@code product_version p}. */
  @FunctionalInterface
  interface Condition {
    Clause of(Arguments filter, Moment moment);
  }

  /** One statement at most. */
  Future<Condition> read(Reading reading);
}
