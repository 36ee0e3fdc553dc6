package dev.fairground.graphql;

import graphql.schema.GraphQLInterfaceType;
import graphql.schema.GraphQLObjectType;

/** Names of fields. */
final class Coordinates {
  private Coordinates() {}

  /**
   * Where a field is first declared: by an interface, else by the type. All types of an interface
   * have one name for it, so that one batch answers them and a cursor serves each.
   */
  static String of(GraphQLObjectType type, String field) {
    for (var parent : type.getInterfaces()) {
      if (parent instanceof GraphQLInterfaceType declared
          && declared.getFieldDefinition(field) != null) {
        return declared.getName() + '.' + field;
      }
    }
    return type.getName() + '.' + field;
  }
}
