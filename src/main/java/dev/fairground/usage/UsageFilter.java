package dev.fairground.usage;

import dev.fairground.graphql.Arguments;
import dev.fairground.sql.Clause;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;

/** The conditions of {@code UsageRecordFilter}, over {@code usage_record r}. */
final class UsageFilter {
  private UsageFilter() {}

  static Clause clause(@Nullable Arguments filter) {
    if (filter == null) {
      return Clause.TRUE;
    }
    var all = new ArrayList<Clause>();
    var from = filter.date("from");
    if (from != null) {
      all.add(Clause.of("r.ends_on >= ?", from));
    }
    var to = filter.date("to");
    if (to != null) {
      all.add(Clause.of("r.starts_on <= ?", to));
    }
    var resource = filter.id("resourceId", "res");
    if (resource != null) {
      all.add(Clause.of("r.resource_id = ?", resource));
    }
    if (filter.has("finding")) {
      all.add(
          Clause.of("r.findings && ?", (Object) filter.strings("finding").toArray(String[]::new)));
    }
    var corrections = filter.bool("corrections");
    if (corrections != null) {
      all.add(Clause.of(corrections ? "r.corrects is not null" : "r.corrects is null"));
    }
    return Clause.all(all);
  }
}
