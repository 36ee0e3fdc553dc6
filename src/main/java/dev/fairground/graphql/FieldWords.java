package dev.fairground.graphql;

import static java.util.Objects.requireNonNullElse;

import graphql.schema.GraphQLEnumType;
import graphql.schema.GraphQLFieldsContainer;
import graphql.schema.GraphQLInputObjectType;
import graphql.schema.GraphQLSchema;
import graphql.schema.GraphQLType;
import graphql.schema.GraphQLTypeUtil;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A field as the schema describes it.
 *
 * @param type its type's name, without list and exclamation mark
 * @param list whether there may be several
 * @param leaf whether it is a scalar or an enumeration
 * @param values the values of an enumeration with their descriptions; empty for others
 */
public record FieldWords(
    String name,
    String description,
    String type,
    boolean list,
    boolean leaf,
    Map<String, String> values) {
  static List<FieldWords> of(GraphQLSchema schema, String type) {
    return switch (schema.getType(type)) {
      case GraphQLInputObjectType input ->
          input.getFields().stream()
              .map(field -> of(field.getName(), field.getDescription(), field.getType()))
              .toList();
      case GraphQLFieldsContainer container ->
          container.getFieldDefinitions().stream()
              .map(field -> of(field.getName(), field.getDescription(), field.getType()))
              .toList();
      case null, default -> throw new IllegalArgumentException("no fields: " + type);
    };
  }

  private static FieldWords of(String name, @Nullable String description, GraphQLType type) {
    var inner = GraphQLTypeUtil.unwrapAll(type);
    var values = new LinkedHashMap<String, String>();
    if (inner instanceof GraphQLEnumType enumeration) {
      enumeration
          .getValues()
          .forEach(
              value -> values.put(value.getName(), requireNonNullElse(value.getDescription(), "")));
    }
    return new FieldWords(
        name,
        requireNonNullElse(description, ""),
        inner.getName(),
        GraphQLTypeUtil.isList(GraphQLTypeUtil.unwrapNonNull(type)),
        GraphQLTypeUtil.isLeaf(inner),
        values);
  }
}
