package dev.fairground.graphql;

import graphql.GraphQLContext;
import graphql.GraphQLException;
import graphql.execution.CoercedVariables;
import graphql.execution.RawVariables;
import graphql.execution.TypeFromAST;
import graphql.execution.ValuesResolver;
import graphql.language.OperationDefinition;
import graphql.language.VariableDefinition;
import graphql.schema.GraphQLNonNull;
import graphql.schema.GraphQLSchema;
import graphql.schema.GraphQLType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Makes the variables of a request into values of the schema's types.
 *
 * <p>The library does the work, but it takes objects for ids, knows no sizes, and names classes of
 * Java in what it says. So every value is checked first, and all faults are told together.
 */
public final class Variables {
  private final GraphQLSchema schema;
  private final InputLimits limits;
  private final int mostFaults;

  public Variables(GraphQLSchema schema, Limits limits) {
    this.schema = schema;
    this.limits = limits.input();
    this.mostFaults = limits.errors();
  }

  /**
   * The values of the operation's variables, with defaults. Refuses with every fault found.
   *
   * @param raw JSON values; those that the operation does not define are ignored
   */
  public CoercedVariables coerce(OperationDefinition operation, Map<String, Object> raw) {
    var definitions = operation.getVariableDefinitions();
    if (definitions.isEmpty()) {
      return CoercedVariables.emptyVariables();
    }
    var defined = new HashMap<String, Object>();
    var faults = new ArrayList<Fault>();
    for (var definition : definitions) {
      var name = definition.getName();
      var type = TypeFromAST.getTypeFromAST(schema, definition.getType());
      if (raw.containsKey(name)) {
        defined.put(name, raw.get(name));
        new InputCheck(
                limits,
                mostFaults - faults.size(),
                message -> faults.add(fault(definition, message)))
            .check("Variable $" + name, raw.get(name), type);
      } else if (isMissing(definition, type)) {
        faults.add(fault(definition, "Variable $" + name + " is missing. Send a value for it."));
      }
    }
    if (!faults.isEmpty()) {
      throw new Refusal(faults.subList(0, Math.min(mostFaults, faults.size())));
    }
    return resolve(definitions, defined);
  }

  private CoercedVariables resolve(
      List<VariableDefinition> definitions, Map<String, Object> defined) {
    try {
      return ValuesResolver.coerceVariableValues(
          schema,
          definitions,
          RawVariables.of(defined),
          GraphQLContext.getDefault(),
          // Not the machine's language: the library has some of its words in others.
          Locale.ROOT);
    } catch (GraphQLException refused) {
      throw new Refusal(ErrorCode.BAD_USER_INPUT, "A variable has a value that its type refuses.");
    }
  }

  private static boolean isMissing(VariableDefinition definition, @Nullable GraphQLType type) {
    return type instanceof GraphQLNonNull && definition.getDefaultValue() == null;
  }

  private static Fault fault(VariableDefinition definition, String message) {
    var place = definition.getSourceLocation();
    return new Fault(
        ErrorCode.BAD_USER_INPUT,
        message,
        place == null ? List.of() : List.of(place),
        List.of(),
        Map.of("variable", definition.getName()));
  }
}
