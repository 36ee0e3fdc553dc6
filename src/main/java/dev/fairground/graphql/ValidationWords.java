package dev.fairground.graphql;

import graphql.schema.GraphQLEnumType;
import graphql.schema.GraphQLFieldDefinition;
import graphql.schema.GraphQLFieldsContainer;
import graphql.schema.GraphQLInputObjectType;
import graphql.schema.GraphQLNamedSchemaElement;
import graphql.schema.GraphQLSchema;
import graphql.validation.ValidationError;
import graphql.validation.ValidationErrorType;
import java.util.Collection;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Turns what the library says of an invalid document into what a caller should read: without its
 * prefix, without printed objects of Java, and with the name that was probably meant.
 */
final class ValidationWords {
  private static final int LONGEST = 400;
  private static final Pattern PREFIX =
      Pattern.compile("^Validation [Ee]rror ?\\([^()]*\\) ?: ?", Pattern.DOTALL);
  private static final Pattern VALUE =
      Pattern.compile(
          "^argument '([^']*)' with value '.*' "
              + "(is not a valid|must not be null|must be an object type"
              + "|is missing required fields|contains a field not in)(.*)$",
          Pattern.DOTALL);
  private static final Pattern DEFAULT =
      Pattern.compile("^Bad default value '.*' for type '([^']*)'$", Pattern.DOTALL);
  private static final Pattern FIELD =
      Pattern.compile("^Field '([^']*)' in type '([^']*)' is undefined$");
  private static final Pattern TYPE = Pattern.compile("^Unknown type '([^']*)'$");
  private static final Pattern MISSING = Pattern.compile("^ '\\[(.*)]'$");
  private static final Pattern EXTRA = Pattern.compile("^ '([^']*)': '([^']*)'$");
  private static final Pattern ENUM =
      Pattern.compile("^ '([^']*)' - .*'EnumValue\\{name='([^']*)'}'$", Pattern.DOTALL);
  private static final Pattern KIND =
      Pattern.compile("Expected an AST type of (.*) but it was a (.*)");

  private final GraphQLSchema schema;

  ValidationWords(GraphQLSchema schema) {
    this.schema = schema;
  }

  Fault fault(ValidationError error) {
    var places = error.getLocations();
    return new Fault(
        ErrorCode.GRAPHQL_VALIDATION_FAILED,
        shortened(message(error)),
        places == null ? List.of() : places);
  }

  private String message(ValidationError error) {
    var text = PREFIX.matcher(String.valueOf(error.getMessage())).replaceFirst("");
    Matcher match = FIELD.matcher(text);
    if (match.matches()) {
      return "Type '%s' has no field '%s'.".formatted(match.group(2), match.group(1))
          + Suggestion.of(match.group(1), fields(match.group(2)));
    }
    match = TYPE.matcher(text);
    if (match.matches()) {
      return text + "." + Suggestion.of(match.group(1), schema.getTypeMap().keySet());
    }
    match = DEFAULT.matcher(text);
    if (match.matches()) {
      return "The default value is not a valid '%s'.".formatted(match.group(1));
    }
    match = VALUE.matcher(text);
    if (match.matches()) {
      return value(match.group(1), match.group(2), match.group(3));
    }
    if (error.getValidationErrorType() == ValidationErrorType.UnknownArgument) {
      return text + "." + Suggestion.of(quoted(text), arguments(error));
    }
    return text.endsWith(".") ? text : text + ".";
  }

  private String value(String argument, String fault, String rest) {
    return "Argument '" + argument + "' " + fault + detail(fault, rest);
  }

  private String detail(String fault, String rest) {
    Matcher match = MISSING.matcher(rest);
    if (fault.startsWith("is missing") && match.matches()) {
      return ": " + match.group(1) + ".";
    }
    match = EXTRA.matcher(rest);
    if (fault.startsWith("contains") && match.matches()) {
      return " '%s': '%s'.".formatted(match.group(1), match.group(2))
          + Suggestion.of(match.group(2), inputFields(match.group(1)));
    }
    match = ENUM.matcher(rest);
    if (match.matches()) {
      return " '%s': it has no value '%s'.".formatted(match.group(1), match.group(2))
          + Suggestion.of(match.group(2), enumValues(match.group(1)));
    }
    var plain = KIND.matcher(rest).replaceFirst("expected $1, not $2");
    // What is left in braces is an object of Java, printed.
    var brace = plain.indexOf('{');
    var dash = plain.indexOf(" - ");
    var told = brace < 0 ? plain : plain.substring(0, dash < 0 || dash > brace ? 0 : dash);
    return told.endsWith(".") ? told : told + ".";
  }

  private static String shortened(String text) {
    return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
  }

  private static String quoted(String text) {
    var from = text.indexOf('\'');
    var to = text.lastIndexOf('\'');
    return from < to ? text.substring(from + 1, to) : "";
  }

  private Collection<String> fields(String type) {
    return schema.getType(type) instanceof GraphQLFieldsContainer container
        ? names(container.getFieldDefinitions())
        : List.of();
  }

  /** The arguments that any field of this name takes: which of them it is, the library hides. */
  private Collection<String> arguments(ValidationError error) {
    var path = error.getQueryPath();
    if (path == null || path.isEmpty()) {
      return List.of();
    }
    return schema.getAllTypesAsList().stream()
        .filter(GraphQLFieldsContainer.class::isInstance)
        .map(type -> ((GraphQLFieldsContainer) type).getFieldDefinition(path.getLast()))
        .filter(GraphQLFieldDefinition.class::isInstance)
        .flatMap(field -> names(field.getArguments()).stream())
        .distinct()
        .toList();
  }

  private Collection<String> inputFields(String type) {
    return schema.getType(type) instanceof GraphQLInputObjectType input
        ? names(input.getFieldDefinitions())
        : List.of();
  }

  private Collection<String> enumValues(String type) {
    return schema.getType(type) instanceof GraphQLEnumType values
        ? names(values.getValues())
        : List.of();
  }

  private static List<String> names(List<? extends GraphQLNamedSchemaElement> elements) {
    return elements.stream().map(GraphQLNamedSchemaElement::getName).toList();
  }
}
