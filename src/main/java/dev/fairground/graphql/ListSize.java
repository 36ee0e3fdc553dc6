package dev.fairground.graphql;

import graphql.language.SourceLocation;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How many items a list will have, at most, as far as the request says. */
sealed interface ListSize {
  /**
   * @param field whose list it is, to name it in a refusal
   */
  long items(CostTerm field, Map<String, Object> variables);

  /** A list that takes no size. */
  record Assumed(int items) implements ListSize {
    @Override
    public long items(CostTerm field, Map<String, Object> variables) {
      return items;
    }
  }

  /** A list whose arguments say its size. */
  record Asked(List<SizeArgument> arguments, PageLimits limits) implements ListSize {
    public Asked {
      arguments = List.copyOf(arguments);
    }

    @Override
    public long items(CostTerm field, Map<String, Object> variables) {
      var items = -1;
      SizeArgument page = null;
      for (var argument : arguments) {
        var value = argument.value(variables);
        if (value == null) {
          continue;
        }
        if (argument.pages()) {
          checkPage(field, page, argument, value);
          page = argument;
        }
        items = Math.max(items, value);
      }
      return items < 0 ? limits.byDefault() : items;
    }

    private void checkPage(
        CostTerm field, @Nullable SizeArgument before, SizeArgument argument, int value) {
      if (before != null) {
        throw field.refused(
            "Give either '%s' or '%s', not both.".formatted(before.name(), argument.name()),
            argument.place());
      }
      if (value < 0 || value > limits.most()) {
        throw field.refused(
            "'%s' is %d; it must be between 0 and %d. Read further pages by their cursors."
                .formatted(argument.name(), value, limits.most()),
            argument.place());
      }
    }
  }

  /**
   * One argument that bears on the size of a list.
   *
   * @param pages whether it is a page size, which has bounds
   * @param literal its value, when the document or the schema says it
   * @param variable where its value comes from otherwise
   */
  record SizeArgument(
      String name,
      boolean pages,
      @Nullable Integer literal,
      @Nullable String variable,
      @Nullable SourceLocation place) {

    @Nullable Integer value(Map<String, Object> variables) {
      if (variable == null || !variables.containsKey(variable)) {
        return literal;
      }
      return switch (variables.get(variable)) {
        case Integer number -> number;
        case List<?> list -> list.size();
        case null, default -> null;
      };
    }
  }
}
