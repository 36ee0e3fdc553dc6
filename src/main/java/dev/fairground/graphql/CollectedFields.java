package dev.fairground.graphql;

import graphql.introspection.Introspection;
import graphql.language.BooleanValue;
import graphql.language.Directive;
import graphql.language.DirectivesContainer;
import graphql.language.Field;
import graphql.language.FragmentDefinition;
import graphql.language.FragmentSpread;
import graphql.language.InlineFragment;
import graphql.language.SelectionSet;
import graphql.language.TypeName;
import graphql.language.VariableReference;
import graphql.schema.GraphQLCompositeType;
import graphql.schema.GraphQLFieldDefinition;
import graphql.schema.GraphQLSchema;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The fields that are asked of one object, fragments written out, equal ones put together. Fields
 * under different conditions stay apart: an estimate may count them twice, never too little.
 */
final class CollectedFields {
  /**
   * Fields of one response key that are asked under the same conditions.
   *
   * @param types names of the object types that are asked for them
   */
  record Group(
      GraphQLFieldDefinition definition,
      Set<String> types,
      List<CostTerm.Condition> conditions,
      List<Field> fields) {}

  private record Key(String key, Set<String> types, List<CostTerm.Condition> conditions) {}

  private final GraphQLSchema schema;
  private final Map<String, FragmentDefinition> fragments;
  private final PossibleTypes possibleTypes;
  private final GraphQLCompositeType type;
  private final Map<Key, Group> groups = new LinkedHashMap<>();

  CollectedFields(
      GraphQLSchema schema,
      Map<String, FragmentDefinition> fragments,
      PossibleTypes possibleTypes,
      GraphQLCompositeType type) {
    this.schema = schema;
    this.fragments = fragments;
    this.possibleTypes = possibleTypes;
    this.type = type;
  }

  void add(SelectionSet selections) {
    add(selections, type, possibleTypes.of(type), List.of());
  }

  Collection<Group> groups() {
    return groups.values();
  }

  private void add(
      SelectionSet selections,
      GraphQLCompositeType scope,
      Set<String> types,
      List<CostTerm.Condition> conditions) {
    for (var selection : selections.getSelections()) {
      var all =
          selection instanceof DirectivesContainer<?> node ? conditions(node, conditions) : null;
      if (all == null) {
        continue;
      }
      switch (selection) {
        case Field field -> addField(field, scope, types, all);
        case InlineFragment inline ->
            addFragment(inline.getTypeCondition(), inline.getSelectionSet(), scope, types, all);
        case FragmentSpread spread -> {
          var fragment = valid(fragments.get(spread.getName()));
          addFragment(fragment.getTypeCondition(), fragment.getSelectionSet(), scope, types, all);
        }
        default -> throw new IllegalStateException("an unknown kind of selection");
      }
    }
  }

  private void addField(
      Field field,
      GraphQLCompositeType scope,
      Set<String> types,
      List<CostTerm.Condition> conditions) {
    groups
        .computeIfAbsent(
            new Key(field.getResultKey(), types, conditions),
            key ->
                new Group(
                    Introspection.getFieldDef(schema, scope, field.getName()),
                    types,
                    conditions,
                    new ArrayList<>()))
        .fields()
        .add(field);
  }

  private void addFragment(
      @Nullable TypeName condition,
      SelectionSet selections,
      GraphQLCompositeType scope,
      Set<String> types,
      List<CostTerm.Condition> conditions) {
    if (condition == null) {
      add(selections, scope, types, conditions);
      return;
    }
    var narrower = (GraphQLCompositeType) valid(schema.getType(condition.getName()));
    var common = possibleTypes.common(types, narrower);
    if (!common.isEmpty()) {
      add(selections, narrower, common, conditions);
    }
  }

  /** The conditions together with those of {@code node}, or null when it is never asked for. */
  private static @Nullable List<CostTerm.Condition> conditions(
      DirectivesContainer<?> node, List<CostTerm.Condition> outer) {
    if (node.getDirectives().isEmpty()) {
      return outer;
    }
    var all = new ArrayList<>(outer);
    for (Directive directive : node.getDirectives()) {
      var wanted = directive.getName().equals("include");
      if (!wanted && !directive.getName().equals("skip")) {
        continue;
      }
      switch (valid(directive.getArgument("if")).getValue()) {
        case BooleanValue literal when literal.isValue() != wanted -> {
          return null;
        }
        case VariableReference variable ->
            all.add(new CostTerm.Condition(variable.getName(), wanted));
        default -> {
          // A literal that changes nothing.
        }
      }
    }
    return all;
  }

  private static <T> T valid(@Nullable T part) {
    return Objects.requireNonNull(part, "validation lets no document pass that lacks it");
  }
}
