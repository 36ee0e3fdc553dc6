package dev.fairground.draft;

import dev.fairground.kernel.Scope;
import dev.fairground.kernel.Viewer;
import java.util.EnumSet;
import java.util.Set;
import java.util.UUID;

/**
 * A product in its operator's list, as far as steps with it ask.
 *
 * @param reviewing whether the caller decides reviews for the institution of its authorization
 * @param drafted whether there is a draft of it
 */
record ListedProduct(
    UUID id,
    UUID operatorId,
    ProductDraft.Kind kind,
    int version,
    Status status,
    UUID authorizationId,
    boolean reviewing,
    boolean drafted) {

  /** Where it stands in its list. */
  enum Status {
    PUBLISHED,
    SUSPENDED,
    DELISTED
  }

  /** Whether the caller may take the step at all, whatever the product's state. */
  boolean isFor(ProductAction action, Viewer viewer) {
    return switch (action) {
      case DRAFT -> viewer.may(Scope.LIST_WRITE, operatorId);
      case SUSPEND -> viewer.may(Scope.LIST_PUBLISH, operatorId) || reviewing;
      case RESUME, DELIST -> viewer.may(Scope.LIST_PUBLISH, operatorId);
    };
  }

  /** The steps that the product's state and the caller's rights allow. */
  Set<ProductAction> actions(Viewer viewer) {
    var actions = EnumSet.noneOf(ProductAction.class);
    for (var action : ProductAction.values()) {
      if (isFor(action, viewer) && fits(action)) {
        actions.add(action);
      }
    }
    return actions;
  }

  private boolean fits(ProductAction action) {
    return switch (action) {
      case DRAFT -> status != Status.DELISTED && !drafted;
      case SUSPEND -> status == Status.PUBLISHED;
      case RESUME -> status == Status.SUSPENDED;
      case DELIST -> status != Status.DELISTED;
    };
  }
}
