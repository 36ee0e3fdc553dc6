package dev.fairground.graphql;

import graphql.language.OperationDefinition;
import org.jspecify.annotations.Nullable;

/**
 * One operation of a prepared document.
 *
 * @param name null when it has none
 * @param cost what it costs, once its variables are known
 */
public record PreparedOperation(
    @Nullable String name, OperationDefinition definition, CostFormula cost) {

  public boolean isQuery() {
    return definition.getOperation() == OperationDefinition.Operation.QUERY;
  }
}
