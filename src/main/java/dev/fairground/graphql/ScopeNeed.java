package dev.fairground.graphql;

import dev.fairground.kernel.Scope;
import dev.fairground.kernel.Viewer;
import graphql.language.SourceLocation;
import graphql.schema.GraphQLFieldDefinition;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A field of a document that needs a scope, as the schema says by {@code @requiresScope}. For which
 * organization it is needed is told by the statement or the mutation behind the field; here it is
 * only asked whether the caller holds it at all.
 *
 * @param anyOf one of these is enough
 */
record ScopeNeed(String field, List<Scope> anyOf, @Nullable SourceLocation place) {
  private static final String DIRECTIVE = "requiresScope";

  /** What a field needs; null for one that is open to everybody. */
  static @Nullable ScopeNeed of(GraphQLFieldDefinition field, @Nullable SourceLocation place) {
    var directive = field.getAppliedDirective(DIRECTIVE);
    var argument = directive == null ? null : directive.getArgument("anyOf");
    if (argument == null) {
      return null;
    }
    var scopes = new ArrayList<Scope>();
    List<?> words = argument.getValue();
    for (var word : words == null ? List.of() : words) {
      var scope = Scope.of(String.valueOf(word));
      if (scope == null) {
        throw new IllegalStateException(field.getName() + " requires an unknown scope: " + word);
      }
      scopes.add(scope);
    }
    return new ScopeNeed(field.getName(), List.copyOf(scopes), place);
  }

  /** Refuses an operation that asks for something that the caller may do for nobody. */
  static void check(List<ScopeNeed> needs, Viewer viewer) {
    var faults = new ArrayList<Fault>();
    for (var need : needs) {
      if (need.anyOf().stream().noneMatch(viewer.rights()::hold)) {
        faults.add(need.fault(viewer.signedIn()));
      }
    }
    if (!faults.isEmpty()) {
      throw new Refusal(faults);
    }
  }

  private Fault fault(boolean signedIn) {
    var words = anyOf.stream().map(Scope::word).toList();
    var wanted = words.size() == 1 ? words.getFirst() : "one of " + String.join(", ", words);
    return new Fault(
        signedIn ? ErrorCode.FORBIDDEN : ErrorCode.UNAUTHENTICATED,
        signedIn
            ? "The field %s needs the scope %s, which these credentials do not hold."
                .formatted(field, wanted)
            : "The field %s needs credentials with the scope %s. Send them in the Authorization header."
                .formatted(field, wanted),
        place == null ? List.of() : List.of(place),
        List.of(),
        Map.of("requiredScopes", words));
  }

  /** Whether a type's field needs what the interface's field says. */
  static boolean same(GraphQLFieldDefinition one, GraphQLFieldDefinition other) {
    return scopes(one).equals(scopes(other));
  }

  private static List<Scope> scopes(GraphQLFieldDefinition field) {
    var need = of(field, null);
    return need == null ? List.of() : need.anyOf();
  }
}
