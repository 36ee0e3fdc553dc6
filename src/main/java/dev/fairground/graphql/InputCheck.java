package dev.fairground.graphql;

import graphql.GraphQLContext;
import graphql.schema.CoercingParseValueException;
import graphql.schema.GraphQLEnumType;
import graphql.schema.GraphQLInputObjectField;
import graphql.schema.GraphQLInputObjectType;
import graphql.schema.GraphQLList;
import graphql.schema.GraphQLNamedSchemaElement;
import graphql.schema.GraphQLNonNull;
import graphql.schema.GraphQLScalarType;
import graphql.schema.GraphQLType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Checks one JSON value against its type in the schema, and names the place of every fault, up to
 * some: a body has room for more faults than an event loop has time to word.
 */
final class InputCheck {
  private final InputLimits limits;
  private final Consumer<String> told;
  private int left;

  /**
   * @param most faults that are told
   */
  InputCheck(InputLimits limits, int most, Consumer<String> told) {
    this.limits = limits;
    this.left = most;
    this.told = told;
  }

  private void fault(String message) {
    left--;
    told.accept(message);
  }

  /**
   * @param place the variable and the way into it, as the caller would write it
   */
  void check(String place, @Nullable Object value, @Nullable GraphQLType type) {
    check(place, value, type, limits.listItems());
  }

  private void check(
      String place, @Nullable Object value, @Nullable GraphQLType type, int mostItems) {
    if (left <= 0) {
      return;
    }
    if (type instanceof GraphQLNonNull nonNull) {
      if (value == null) {
        fault(place + " is null, but must have a value.");
      } else {
        check(place, value, nonNull.getWrappedType(), mostItems);
      }
      return;
    }
    if (value == null) {
      return;
    }
    switch (type) {
      case GraphQLList list -> checkList(place, value, list.getWrappedType(), mostItems);
      case GraphQLInputObjectType object -> checkObject(place, value, object);
      case GraphQLEnumType names -> checkEnum(place, value, names);
      case GraphQLScalarType scalar -> checkScalar(place, value, scalar);
      case null, default -> throw new IllegalStateException("validation lets no such type pass");
    }
  }

  private void checkList(String place, Object value, GraphQLType type, int most) {
    if (!(value instanceof List<?> items)) {
      check(place, value, type);
      return;
    }
    if (items.size() > most) {
      fault(InputWords.tooMany(place, items.size(), most));
      return;
    }
    for (int i = 0; i < items.size(); i++) {
      check(place + "[" + i + "]", items.get(i), type);
    }
  }

  private void checkObject(String place, Object value, GraphQLInputObjectType type) {
    if (!(value instanceof Map<?, ?> object)) {
      fault(InputWords.wrongKind(place, "an object", value));
      return;
    }
    for (var key : object.keySet()) {
      if (left > 0 && type.getFieldDefinition(String.valueOf(key)) == null) {
        fault(
            "%s has a field '%s' that '%s' does not have."
                    .formatted(place, InputWords.shortened(String.valueOf(key)), type.getName())
                + Suggestion.of(String.valueOf(key), names(type.getFieldDefinitions())));
      }
    }
    var given = 0;
    for (var field : type.getFieldDefinitions()) {
      var inner = place + "." + field.getName();
      if (object.containsKey(field.getName())) {
        given++;
        check(inner, object.get(field.getName()), field.getType(), mostItems(field));
        if (type.isOneOf() && object.get(field.getName()) == null) {
          fault(inner + " is null, but must have a value.");
        }
      } else if (field.getType() instanceof GraphQLNonNull && !field.hasSetDefaultValue()) {
        fault(inner + " is missing. Send a value for it.");
      }
    }
    if (type.isOneOf() && given != 1) {
      fault(place + " has " + given + " fields; exactly one is needed.");
    }
  }

  /** More than in other lists, where the schema says so. */
  private int mostItems(GraphQLInputObjectField field) {
    var items = field.getAppliedDirective("items");
    var most = items == null ? null : items.getArgument("most");
    return most != null && most.getValue() instanceof Integer number
        ? Math.max(limits.listItems(), number)
        : limits.listItems();
  }

  private void checkEnum(String place, Object value, GraphQLEnumType type) {
    if (!(value instanceof String name)) {
      fault(InputWords.wrongKind(place, "a name of '" + type.getName() + "'", value));
    } else if (type.getValue(name) == null) {
      fault(
          "%s is '%s', which is no value of '%s'."
                  .formatted(place, InputWords.shortened(name), type.getName())
              + Suggestion.of(name, names(type.getValues())));
    }
  }

  private void checkScalar(String place, Object value, GraphQLScalarType type) {
    if (value instanceof BigDecimal number
        && Math.abs(exponent(number)) > limits.numberExponent()) {
      fault(place + " is a number out of range. Send a smaller one.");
      return;
    }
    switch (type.getName()) {
      case "ID" -> checkId(place, value);
      case "String" -> checkText(place, value, limits.textLength());
      case "Boolean" -> {
        if (!(value instanceof Boolean)) {
          fault(InputWords.wrongKind(place, "true or false", value));
        }
      }
      case "Int" -> {
        if (!(value instanceof Number)) {
          fault(InputWords.wrongKind(place, "an integer", value));
        } else if (!isInt(value)) {
          fault(place + " is not an integer of 32 bits. Send one of that range.");
        }
      }
      case "Float" -> {
        if (!(value instanceof Number number)) {
          fault(InputWords.wrongKind(place, "a number", value));
        } else if (!Double.isFinite(number.doubleValue())) {
          fault(place + " is a number out of range. Send a smaller one.");
        }
      }
      default -> checkCustom(place, value, type);
    }
  }

  private void checkId(String place, Object value) {
    if (value instanceof String) {
      checkText(place, value, limits.idLength());
    } else if (!isInteger(value)) {
      fault(InputWords.wrongKind(place, "an id, which is text or an integer", value));
    } else if (value.toString().length() > limits.idLength()) {
      fault(InputWords.tooLong(place, limits.idLength()));
    }
  }

  private void checkText(String place, Object value, int maximum) {
    if (!(value instanceof String text)) {
      fault(InputWords.wrongKind(place, "text", value));
      return;
    }
    if (text.length() > maximum) {
      fault(InputWords.tooLong(place, maximum));
      return;
    }
    var fault = Characters.firstFault(text);
    if (fault >= 0) {
      fault(InputWords.holds(place, text, fault));
    }
  }

  /** A scalar of the schema knows its own values, and says what is wrong in words of ours. */
  private void checkCustom(String place, Object value, GraphQLScalarType type) {
    if (value instanceof String text) {
      var fault = text.length() > limits.textLength() ? 0 : Characters.firstFault(text);
      if (fault >= 0) {
        checkText(place, text, limits.textLength());
        return;
      }
    }
    try {
      type.getCoercing().parseValue(value, GraphQLContext.getDefault(), Locale.ROOT);
    } catch (CoercingParseValueException refused) {
      fault(InputWords.notA(place, type.getName(), refused));
    }
  }

  /** The power of ten of the first digit; a number of few characters may have a huge one. */
  private static long exponent(BigDecimal number) {
    return (long) number.precision() - number.scale();
  }

  private static boolean isInteger(Object value) {
    return value instanceof Integer || value instanceof Long || value instanceof BigInteger;
  }

  private static boolean isInt(Object value) {
    try {
      var unused = new BigDecimal(value.toString()).intValueExact();
      return true;
    } catch (ArithmeticException outOfRange) {
      return false;
    }
  }

  private static List<String> names(List<? extends GraphQLNamedSchemaElement> elements) {
    return elements.stream().map(GraphQLNamedSchemaElement::getName).toList();
  }
}
