package dev.fairground.graphql;

import graphql.schema.GraphQLAppliedDirective;
import graphql.schema.GraphQLCompositeType;
import graphql.schema.GraphQLFieldDefinition;
import graphql.schema.GraphQLTypeUtil;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the schema says of one field's cost, by {@code @cost}.
 *
 * <p>What a request really cost is the weight of every field that was run, and one point for every
 * object in a list.
 *
 * @param weight points for the field itself, however many items it has
 * @param multiplyBy arguments that say how many items it has; besides these always {@code first}
 *     and {@code last}
 */
public record CostWeights(int weight, List<String> multiplyBy) {
  public CostWeights {
    multiplyBy = List.copyOf(multiplyBy);
  }

  public static CostWeights of(GraphQLFieldDefinition field) {
    var cost = field.getAppliedDirective("cost");
    if (cost == null) {
      return new CostWeights(isSingleObject(field) ? 1 : 0, List.of());
    }
    var weight = (Integer) value(cost, "weight");
    var multiplyBy = (List<?>) value(cost, "multiplyBy");
    return new CostWeights(
        weight == null ? 1 : weight,
        multiplyBy == null ? List.of() : multiplyBy.stream().map(String::valueOf).toList());
  }

  private static boolean isSingleObject(GraphQLFieldDefinition field) {
    return GraphQLTypeUtil.unwrapNonNull(field.getType()) instanceof GraphQLCompositeType;
  }

  private static @Nullable Object value(GraphQLAppliedDirective directive, String name) {
    var argument = directive.getArgument(name);
    return argument == null ? null : argument.getValue();
  }
}
