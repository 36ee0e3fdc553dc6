package dev.fairground.sql;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A condition of a statement with its arguments. The text is one of ours, with {@code ?} for each
 * argument; what a caller sent is only ever an argument.
 */
public record Clause(String text, List<@Nullable Object> arguments) {
  public static final Clause TRUE = new Clause("true", List.of());
  public static final Clause FALSE = new Clause("false", List.of());

  public static Clause of(String text, @Nullable Object... arguments) {
    return new Clause(text, Collections.unmodifiableList(Arrays.asList(arguments)));
  }

  public static Clause all(List<Clause> clauses) {
    return joined(clauses, " and ", TRUE);
  }

  public static Clause all(Clause... clauses) {
    return all(List.of(clauses));
  }

  public static Clause any(List<Clause> clauses) {
    return joined(clauses, " or ", FALSE);
  }

  /** Also true where the condition is unknown because a value is missing. */
  public Clause not() {
    return new Clause("(" + text + ") is not true", arguments);
  }

  /** The condition with text of ours around it. */
  public Clause within(String before, String after) {
    return new Clause(before + text + after, arguments);
  }

  private static Clause joined(List<Clause> clauses, String by, Clause none) {
    var kept = clauses.stream().filter(clause -> !clause.equals(none)).toList();
    if (kept.isEmpty()) {
      return none;
    }
    if (kept.size() == 1) {
      return kept.getFirst();
    }
    var arguments = new ArrayList<@Nullable Object>();
    kept.forEach(clause -> arguments.addAll(clause.arguments));
    return new Clause(
        kept.stream().map(clause -> "(" + clause.text + ")").collect(Collectors.joining(by)),
        Collections.unmodifiableList(arguments));
  }
}
