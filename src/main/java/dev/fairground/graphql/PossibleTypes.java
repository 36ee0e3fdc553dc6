package dev.fairground.graphql;

import graphql.schema.GraphQLCompositeType;
import graphql.schema.GraphQLInterfaceType;
import graphql.schema.GraphQLNamedType;
import graphql.schema.GraphQLSchema;
import graphql.schema.GraphQLUnionType;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/** The names of the object types that a value of some type may have. */
final class PossibleTypes {
  private final GraphQLSchema schema;
  private final Map<String, Set<String>> known = new HashMap<>();

  PossibleTypes(GraphQLSchema schema) {
    this.schema = schema;
  }

  Set<String> of(GraphQLCompositeType type) {
    return known.computeIfAbsent(type.getName(), name -> find(type));
  }

  /** Those of {@code types} that {@code narrower} may be as well. */
  Set<String> common(Set<String> types, GraphQLCompositeType narrower) {
    var possible = of(narrower);
    if (possible.containsAll(types)) {
      return types;
    }
    var common = new HashSet<>(types);
    common.retainAll(possible);
    return common;
  }

  private Set<String> find(GraphQLCompositeType type) {
    return switch (type) {
      case GraphQLInterfaceType open ->
          Objects.requireNonNull(schema.getImplementations(open), open.getName()).stream()
              .map(GraphQLNamedType::getName)
              .collect(Collectors.toUnmodifiableSet());
      case GraphQLUnionType union ->
          union.getTypes().stream()
              .map(GraphQLNamedType::getName)
              .collect(Collectors.toUnmodifiableSet());
      default -> Set.of(type.getName());
    };
  }
}
