package dev.fairground.graphql;

import graphql.language.ArrayValue;
import graphql.language.Field;
import graphql.language.IntValue;
import graphql.language.Value;
import graphql.language.VariableReference;
import graphql.schema.GraphQLArgument;
import graphql.schema.GraphQLFieldDefinition;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds the arguments of a field that say how many items it has. */
final class SizeArguments {
  private static final BigInteger MOST = BigInteger.valueOf(Integer.MAX_VALUE);
  private static final Set<String> PAGES = Set.of("first", "last");

  private SizeArguments() {}

  /** The size that the arguments ask for, or null when the field takes no such arguments. */
  static @Nullable ListSize of(
      Field field, GraphQLFieldDefinition definition, CostWeights weights, PageLimits pages) {
    var arguments = new ArrayList<ListSize.SizeArgument>();
    for (var argument : definition.getArguments()) {
      if (PAGES.contains(argument.getName()) || weights.multiplyBy().contains(argument.getName())) {
        arguments.add(sizeArgument(field, argument));
      }
    }
    return arguments.isEmpty() ? null : new ListSize.Asked(arguments, pages);
  }

  private static ListSize.SizeArgument sizeArgument(Field field, GraphQLArgument definition) {
    var name = definition.getName();
    for (var argument : field.getArguments()) {
      if (argument.getName().equals(name)) {
        var variable = argument.getValue() instanceof VariableReference it ? it.getName() : null;
        var literal = variable == null ? size(argument.getValue()) : byDefault(definition);
        return new ListSize.SizeArgument(
            name, PAGES.contains(name), literal, variable, argument.getSourceLocation());
      }
    }
    return new ListSize.SizeArgument(
        name, PAGES.contains(name), byDefault(definition), null, field.getSourceLocation());
  }

  private static @Nullable Integer size(Value<?> value) {
    return switch (value) {
      case IntValue number -> number.getValue().min(MOST).intValue();
      case ArrayValue list -> list.getValues().size();
      default -> null;
    };
  }

  private static @Nullable Integer byDefault(GraphQLArgument definition) {
    if (!definition.hasSetDefaultValue()) {
      return null;
    }
    return switch (GraphQLArgument.<@Nullable Object>getArgumentDefaultValue(definition)) {
      case Integer number -> number;
      case List<?> list -> list.size();
      case null, default -> null;
    };
  }
}
