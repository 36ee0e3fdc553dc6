package dev.fairground.graphql;

import static java.util.Objects.requireNonNull;

import graphql.language.Argument;
import graphql.language.Document;
import graphql.language.Field;
import graphql.language.Node;
import graphql.language.NodeTraverser;
import graphql.language.NodeVisitorStub;
import graphql.language.OperationDefinition;
import graphql.language.SelectionSet;
import graphql.language.VariableReference;
import graphql.util.TraversalControl;
import graphql.util.TraverserContext;
import java.util.LinkedHashSet;
import java.util.Set;

/** Which variables have a say in what is told, besides the arguments of a root field. */
final class UsedVariables {
  private UsedVariables() {}

  static Set<String> belowRoot(Document document) {
    var names = new LinkedHashSet<String>();
    new NodeTraverser()
        .preOrder(
            new NodeVisitorStub() {
              @Override
              public TraversalControl visitArgument(
                  Argument argument, TraverserContext<Node> context) {
                return isOfRoot(context) ? TraversalControl.ABORT : TraversalControl.CONTINUE;
              }

              @Override
              public TraversalControl visitVariableReference(
                  VariableReference reference, TraverserContext<Node> context) {
                names.add(reference.getName());
                return TraversalControl.CONTINUE;
              }
            },
            document);
    return names;
  }

  private static boolean isOfRoot(TraverserContext<Node> argument) {
    var field = argument.getParentContext();
    var selections = field == null ? null : field.getParentContext();
    var operation = selections == null ? null : selections.getParentContext();
    return operation != null
        && requireNonNull(field).thisNode() instanceof Field
        && requireNonNull(selections).thisNode() instanceof SelectionSet
        && operation.thisNode() instanceof OperationDefinition;
  }
}
