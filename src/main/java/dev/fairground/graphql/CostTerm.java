package dev.fairground.graphql;

import graphql.language.SourceLocation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What one field of an operation costs: itself, and for each of its items what it selects. */
final class CostTerm {
  /** More than any limit; the product of two such numbers still fits into a long. */
  static final long CAP = 1_000_000_000;

  /** A variable that decides by {@code @include} or {@code @skip} whether the field is asked. */
  record Condition(String variable, boolean wanted) {}

  private final @Nullable CostTerm parent;
  private final String key;
  private final @Nullable SourceLocation place;
  private final long weight;
  private final long itemWeight;
  private final @Nullable ListSize size;
  private final boolean isList;
  private final List<Condition> conditions;
  private CostSum selections = CostSum.NOTHING;

  /**
   * @param key the name under which the answer holds the field
   * @param weight points for the field itself
   * @param itemWeight points for each item; for what is no list, 0
   * @param size how many items it has, if that is said or assumed
   * @param isList whether the items are its own; those of a connection are in its lists
   */
  CostTerm(
      @Nullable CostTerm parent,
      String key,
      @Nullable SourceLocation place,
      long weight,
      long itemWeight,
      @Nullable ListSize size,
      boolean isList,
      List<Condition> conditions) {
    this.parent = parent;
    this.key = key;
    this.place = place;
    this.weight = weight;
    this.itemWeight = itemWeight;
    this.size = size;
    this.isList = isList;
    this.conditions = List.copyOf(conditions);
  }

  /** Terms know their parents, so the inner ones come after the term itself. */
  void select(CostSum inner) {
    selections = inner;
  }

  CostSum selections() {
    return selections;
  }

  long points(Map<String, Object> variables) {
    for (int i = 0; i < conditions.size(); i++) {
      var condition = conditions.get(i);
      if (!Boolean.valueOf(condition.wanted()).equals(variables.get(condition.variable()))) {
        return 0;
      }
    }
    var items = size == null ? 1 : size.items(this, variables);
    var inner = itemWeight + selections.points(variables);
    return Math.min(CAP, weight + (isList ? items : 1) * Math.min(CAP, inner));
  }

  String key() {
    return key;
  }

  Refusal refused(String message, @Nullable SourceLocation argument) {
    var shown = argument == null ? place : argument;
    return new Refusal(
        new Fault(
            ErrorCode.BAD_USER_INPUT,
            message,
            shown == null ? List.of() : List.of(shown),
            path(),
            Map.of()));
  }

  List<Object> path() {
    var path = parent == null ? new ArrayList<Object>() : new ArrayList<>(parent.path());
    path.add(key);
    return path;
  }
}
