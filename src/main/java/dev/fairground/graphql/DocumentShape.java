package dev.fairground.graphql;

import graphql.language.Definition;
import graphql.language.Directive;
import graphql.language.DirectivesContainer;
import graphql.language.Document;
import graphql.language.Field;
import graphql.language.FragmentDefinition;
import graphql.language.FragmentSpread;
import graphql.language.InlineFragment;
import graphql.language.Node;
import graphql.language.OperationDefinition;
import graphql.language.Selection;
import graphql.language.SelectionSet;
import graphql.language.SourceLocation;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Counts what a parsed document would make validation and execution do, in time that grows with the
 * document and not with what its fragments expand to. It runs before validation, so nothing it
 * meets needs to make sense: fragments may be missing, double, or in a circle.
 */
final class DocumentShape {
  private final Document document;
  private final DocumentLimits limits;
  private final Map<String, FragmentDefinition> fragments = new HashMap<>();
  private final Map<String, Tally> tallies = new HashMap<>();
  private int aliases;
  private int directives;

  private DocumentShape(Document document, DocumentLimits limits) {
    this.document = document;
    this.limits = limits;
  }

  static void check(Document document, DocumentLimits limits) {
    var shape = new DocumentShape(document, limits);
    shape.checkDefinitions();
    shape.checkWords();
    shape.checkOperations();
  }

  private void checkDefinitions() {
    var definitions = document.getDefinitions();
    atMost("definitions", limits.definitions(), definitions.size(), last(definitions));
    var variables = 0;
    for (var definition : definitions) {
      if (definition instanceof FragmentDefinition fragment) {
        fragments.putIfAbsent(fragment.getName(), fragment);
      }
      if (definition instanceof OperationDefinition operation) {
        variables += operation.getVariableDefinitions().size();
        atMost("variables", limits.variables(), variables, place(operation));
      }
    }
    var written = document.getDefinitionsOfType(FragmentDefinition.class);
    atMost("fragments", limits.fragments(), written.size(), last(written));
  }

  /** Aliases and directives are counted where they are written. */
  private void checkWords() {
    for (Definition<?> definition : document.getDefinitions()) {
      if (definition instanceof OperationDefinition operation) {
        countDirectives(operation);
        operation.getVariableDefinitions().forEach(this::countDirectives);
        countWords(operation.getSelectionSet());
      } else if (definition instanceof FragmentDefinition fragment) {
        countDirectives(fragment);
        countWords(fragment.getSelectionSet());
      }
    }
  }

  private void countWords(@Nullable SelectionSet selections) {
    if (selections == null) {
      return;
    }
    for (Selection<?> selection : selections.getSelections()) {
      switch (selection) {
        case Field field -> {
          if (field.getAlias() != null && ++aliases > limits.aliases()) {
            throw exceeded(
                ErrorCode.ALIAS_LIMIT_EXCEEDED, "aliases", limits.aliases(), aliases, place(field));
          }
          countDirectives(field);
          countWords(field.getSelectionSet());
        }
        case InlineFragment inline -> {
          countDirectives(inline);
          countWords(inline.getSelectionSet());
        }
        case FragmentSpread spread -> countDirectives(spread);
        default -> throw new IllegalStateException("an unknown kind of selection");
      }
    }
  }

  private void countDirectives(DirectivesContainer<?> node) {
    List<Directive> here = node.getDirectives();
    if (here.isEmpty()) {
      return;
    }
    atMost("directivesPerPlace", limits.directivesPerPlace(), here.size(), last(here));
    directives += here.size();
    atMost("directives", limits.directives(), directives, last(here));
  }

  private void checkOperations() {
    for (var operation : document.getDefinitionsOfType(OperationDefinition.class)) {
      var tally = tally(operation.getSelectionSet());
      var place = place(operation);
      atMost("rootFields", limits.rootFields(), tally.top, place);
      atMost(ErrorCode.DEPTH_LIMIT_EXCEEDED, "depth", limits.depth(), tally.depth, tally.deepest);
      checkIntrospection(tally, place);
      atMost("fields", limits.fields(), tally.fields, place);
    }
  }

  /** Each way into the schema once, and no way round in it: what tools need, and no more. */
  private void checkIntrospection(Tally tally, @Nullable SourceLocation place) {
    var code = ErrorCode.INTROSPECTION_LIMIT_EXCEEDED;
    atMost(code, "__schema", 1, tally.schemas, place);
    atMost(code, "__type", 1, tally.types, place);
    for (int i = 0; i < Tally.CIRCULAR.size(); i++) {
      atMost(code, "__Type." + Tally.CIRCULAR.get(i), 1, tally.introspected[i], place);
    }
    atMost(
        code,
        "introspectionDepth",
        limits.introspectionDepth(),
        tally.introspectionDepth,
        tally.deepestIntrospection);
  }

  private Tally tally(@Nullable SelectionSet selections) {
    var tally = new Tally();
    if (selections == null) {
      return tally;
    }
    for (Selection<?> selection : selections.getSelections()) {
      tally.add(
          switch (selection) {
            case Field field -> Tally.of(field, tally(field.getSelectionSet()));
            case InlineFragment inline -> tally(inline.getSelectionSet());
            case FragmentSpread spread -> tallyOfFragment(spread.getName());
            default -> throw new IllegalStateException("an unknown kind of selection");
          });
    }
    return tally;
  }

  private Tally tallyOfFragment(String name) {
    var known = tallies.get(name);
    if (known != null) {
      return known;
    }
    // Counted as nothing while it is being counted: validation names the circle.
    tallies.put(name, new Tally());
    var fragment = fragments.get(name);
    var tally = fragment == null ? new Tally() : tally(fragment.getSelectionSet());
    tallies.put(name, tally);
    return tally;
  }

  private static void atMost(
      String limit, int maximum, long found, @Nullable SourceLocation place) {
    atMost(ErrorCode.DOCUMENT_LIMIT_EXCEEDED, limit, maximum, found, place);
  }

  private static void atMost(
      ErrorCode code, String limit, int maximum, long found, @Nullable SourceLocation place) {
    if (found > maximum) {
      throw exceeded(code, limit, maximum, found, place);
    }
  }

  private static Refusal exceeded(
      ErrorCode code, String limit, int maximum, long found, @Nullable SourceLocation place) {
    return new Refusal(
        code,
        DocumentLimitWords.say(limit, maximum, found),
        place == null ? List.of() : List.of(place),
        Map.of("limit", limit, "maximum", maximum, "found", found));
  }

  @SuppressWarnings("rawtypes") // the library hands its definitions out as raw nodes
  private static @Nullable SourceLocation last(List<? extends Node> nodes) {
    return nodes.isEmpty() ? null : place(nodes.getLast());
  }

  private static @Nullable SourceLocation place(Node<?> node) {
    return node.getSourceLocation();
  }
}
