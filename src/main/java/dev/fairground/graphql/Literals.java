package dev.fairground.graphql;

import graphql.execution.TypeFromAST;
import graphql.language.Argument;
import graphql.language.ArrayValue;
import graphql.language.Field;
import graphql.language.IntValue;
import graphql.language.Node;
import graphql.language.ObjectValue;
import graphql.language.SourceLocation;
import graphql.language.StringValue;
import graphql.language.Value;
import graphql.language.VariableDefinition;
import graphql.schema.GraphQLFieldDefinition;
import graphql.schema.GraphQLInputObjectType;
import graphql.schema.GraphQLNamedType;
import graphql.schema.GraphQLSchema;
import graphql.schema.GraphQLType;
import graphql.schema.GraphQLTypeUtil;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Refuses values written into a valid document that are too large, or that no text may hold. */
final class Literals {
  private final InputLimits limits;

  /** Arguments in fragments are met at every place where the fragment is used. */
  private final Set<Argument> seen = Collections.newSetFromMap(new IdentityHashMap<>());

  Literals(InputLimits limits) {
    this.limits = limits;
  }

  void check(Field field, GraphQLFieldDefinition definition) {
    for (var argument : field.getArguments()) {
      if (seen.add(argument)) {
        var declared = definition.getArgument(argument.getName());
        check(argument.getValue(), declared.getType(), "Argument '" + argument.getName() + "'");
      }
    }
  }

  void checkDefault(GraphQLSchema schema, VariableDefinition variable) {
    if (variable.getDefaultValue() != null) {
      check(
          variable.getDefaultValue(),
          TypeFromAST.getTypeFromAST(schema, variable.getType()),
          "The default value of $" + variable.getName());
    }
  }

  private void check(Value<?> value, @Nullable GraphQLType type, String subject) {
    var named = type == null ? null : GraphQLTypeUtil.unwrapAll(type);
    switch (value) {
      case StringValue text ->
          checkText(text, String.valueOf(text.getValue()), isId(named), subject);
      case IntValue number -> {
        if (isId(named) && number.getValue().toString().length() > limits.idLength()) {
          throw refused(InputWords.tooLong(subject, limits.idLength()), number);
        }
      }
      case ArrayValue list -> {
        if (list.getValues().size() > limits.listItems()) {
          var size = list.getValues().size();
          throw refused(InputWords.tooMany(subject, size, limits.listItems()), list);
        }
        list.getValues().forEach(item -> check(item, named, subject));
      }
      case ObjectValue object ->
          object
              .getObjectFields()
              .forEach(
                  field ->
                      check(
                          field.getValue(),
                          fieldType(named, field.getName()),
                          subject + ", field '" + field.getName() + "'"));
      default -> {
        // Enums, booleans, null and variables have no size; the scan bounds other numbers.
      }
    }
  }

  private void checkText(StringValue literal, String text, boolean isId, String subject) {
    var maximum = isId ? limits.idLength() : limits.textLength();
    if (text.length() > maximum) {
      throw refused(InputWords.tooLong(subject, maximum), literal);
    }
    var fault = Characters.firstFault(text);
    if (fault >= 0) {
      throw refused(InputWords.holds(subject, text, fault), literal);
    }
  }

  private static boolean isId(@Nullable GraphQLType type) {
    return type instanceof GraphQLNamedType named && named.getName().equals("ID");
  }

  private static @Nullable GraphQLType fieldType(@Nullable GraphQLType type, String field) {
    if (type instanceof GraphQLInputObjectType input) {
      var definition = input.getFieldDefinition(field);
      return definition == null ? null : definition.getType();
    }
    return null;
  }

  private static Refusal refused(String message, Node<?> node) {
    SourceLocation place = node.getSourceLocation();
    return new Refusal(
        ErrorCode.BAD_USER_INPUT, message, place == null ? List.of() : List.of(place), Map.of());
  }
}
