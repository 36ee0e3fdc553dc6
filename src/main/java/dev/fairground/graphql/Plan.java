package dev.fairground.graphql;

import com.fasterxml.jackson.core.io.SerializedString;
import dev.fairground.sql.Wanted;
import graphql.GraphQLContext;
import graphql.execution.CoercedVariables;
import graphql.execution.ValuesResolver;
import graphql.language.Argument;
import graphql.schema.GraphQLArgument;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A query that was compiled once: which binding answers each field of each type, what it needs, and
 * how it is written. Shared by all requests with the same document, operation and conditions.
 *
 * @param root the fields of the query root
 * @param fieldCount how many fields there are in all
 */
record Plan(Selection root, int fieldCount) {
  /** Whether the answer is for one caller only, because it tells of its limits. */
  boolean tellsOfCaller() {
    for (var field : root.fields()) {
      if (field.binding instanceof Binding.Told) {
        return true;
      }
    }
    return false;
  }

  /**
   * The fields asked of one object type.
   *
   * @param nodes how many of the fields have to be there before the answer is written
   */
  record Selection(String type, Field[] fields, int nodes) {}

  /** How a value is nested: in a list, and whether it may be missing. */
  record Shape(boolean nonNull, @Nullable Shape element) {}

  /** One field under one parent type. */
  static final class Field {
    final SerializedString key;
    final String coordinate;
    final @Nullable Binding binding;
    final Shape shape;
    final boolean leaf;

    /** The place of the field among all of the plan. */
    final int ordinal;

    /** The place among the parent's fields that are there before writing; -1 for the others. */
    int node = -1;

    /** Whether something has to be found for the objects that the field leads to. */
    boolean deep;

    /** What is wanted of what the field leads to. */
    Wanted wanted = Wanted.ALL;

    /** The field's name in the schema. */
    final String name;

    /** By object type; empty for a leaf. */
    Map<String, Selection> selections = Map.of();

    /** The only selection, where the field's type is an object type. */
    @Nullable Selection only;

    private final List<GraphQLArgument> definitions;
    private final List<Argument> arguments;
    private final @Nullable Map<String, Object> constants;

    Field(
        String key,
        String name,
        String coordinate,
        @Nullable Binding binding,
        Shape shape,
        boolean leaf,
        int ordinal,
        List<GraphQLArgument> definitions,
        List<Argument> arguments,
        boolean constant) {
      this.key = new SerializedString(key);
      this.name = name;
      this.coordinate = coordinate;
      this.binding = binding;
      this.shape = shape;
      this.leaf = leaf;
      this.ordinal = ordinal;
      this.definitions = definitions;
      this.arguments = arguments;
      this.constants = constant ? resolve(CoercedVariables.emptyVariables()) : null;
    }

    boolean hasArguments() {
      return !definitions.isEmpty();
    }

    boolean takes(String argument) {
      return definitions.stream().anyMatch(known -> known.getName().equals(argument));
    }

    /** Whether the field and all below it may show another moment than its parent. */
    boolean movesMoment() {
      return takes("asOf");
    }

    /** The field's arguments with the request's variables and the schema's defaults. */
    Map<String, Object> arguments(CoercedVariables variables) {
      return constants != null ? constants : resolve(variables);
    }

    private Map<String, Object> resolve(CoercedVariables variables) {
      return ValuesResolver.getArgumentValues(
          definitions, arguments, variables, GraphQLContext.getDefault(), Locale.ROOT);
    }
  }
}
