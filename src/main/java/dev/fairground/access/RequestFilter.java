package dev.fairground.access;

import dev.fairground.catalog.CatalogResolver;
import dev.fairground.graphql.Arguments;
import dev.fairground.graphql.Conditions;
import dev.fairground.kernel.Moment;
import dev.fairground.party.PartyResolver;
import dev.fairground.sql.Clause;
import dev.fairground.sql.Key;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The filters and orders over requests {@code p}. */
final class RequestFilter {
  private RequestFilter() {}

  /** What lists of requests are ordered by. */
  enum Field {
    DUE_ON,
    SUBMITTED_AT
  }

  static Clause clause(@Nullable Arguments filter, Moment moment) {
    if (filter == null) {
      return Clause.TRUE;
    }
    var all = new ArrayList<Clause>();
    all.add(Conditions.id("p.applicant_id", filter.input("applicant"), PartyResolver.PREFIX));
    all.add(Conditions.id("p.operator_id", filter.input("operator"), PartyResolver.PREFIX));
    all.add(
        Conditions.id(
            "p.product_id",
            filter.input("product"),
            CatalogResolver.DATA_PRODUCT,
            CatalogResolver.SERVICE_CAPABILITY));
    all.add(Conditions.text("p.number", filter.input("number")));
    all.add(Conditions.oneOf("p.state", filter, "state"));
    all.add(Conditions.oneOf("p.level", filter, "level"));
    all.add(Conditions.oneOf("p.purpose_class", filter, "purposeClass"));
    if (filter.has("dueOn")) {
      // What waits, or is decided, is due on no day.
      all.add(Clause.of("p.due_on < ?", AccessRequest.WAITING));
    }
    all.add(Conditions.days("p.due_on", filter.input("dueOn")));
    all.add(Conditions.days("p.submitted_on", filter.input("submittedOn")));
    if (filter.has("overdue")) {
      all.add(Clause.of("(p.due_on < ?) = ?", moment.day(), filter.bool("overdue")));
    }
    all.add(Conditions.combined(filter, nested -> clause(nested, moment)));
    return Clause.all(all);
  }

  /** What is due first comes first; what waits comes behind, and what is decided last. */
  static List<Key<AccessRequest>> order(Arguments arguments) {
    var order = arguments.input("orderBy");
    var field =
        order == null ? Field.DUE_ON : Objects.requireNonNull(order.value("field", Field.class));
    var down = order != null && "DESC".equals(order.string("direction"));
    return switch (field) {
      case DUE_ON ->
          List.of(
              Key.date("p.due_on", down, AccessRequest::lastDay),
              Key.id("p.id", down, AccessRequest::id));
      case SUBMITTED_AT ->
          List.of(
              Key.instant("p.submitted_at", down, AccessRequest::submittedAt),
              Key.id("p.id", down, AccessRequest::id));
    };
  }
}
