package dev.fairground.graphql;

import graphql.language.OperationDefinition;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One operation of a prepared document.
 *
 * @param name null when it has none
 * @param cost what it costs, once its variables are known
 * @param scopes what its fields need a caller to hold
 */
public record PreparedOperation(
    @Nullable String name,
    OperationDefinition definition,
    CostFormula cost,
    List<ScopeNeed> scopes) {

  public PreparedOperation {
    scopes = List.copyOf(scopes);
  }

  public boolean isQuery() {
    return definition.getOperation() == OperationDefinition.Operation.QUERY;
  }

  public boolean isSubscription() {
    return definition.getOperation() == OperationDefinition.Operation.SUBSCRIPTION;
  }
}
