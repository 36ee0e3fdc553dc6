package dev.fairground.graphql;

import graphql.introspection.Introspection;
import graphql.language.Document;
import graphql.language.Field;
import graphql.language.FragmentDefinition;
import graphql.language.NodeUtil;
import graphql.language.OperationDefinition;
import graphql.language.SelectionSet;
import graphql.schema.GraphQLCompositeType;
import graphql.schema.GraphQLObjectType;
import graphql.schema.GraphQLSchema;
import graphql.schema.GraphQLTypeUtil;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Makes the cost formula of each operation of a valid document, checks its literals on the way, and
 * gathers the scopes that its fields need.
 *
 * <p>An object costs 1 point and a leaf nothing, unless {@code @cost} gives the field a weight. A
 * list costs that for each of its items. A connection hands its size on to the lists inside it.
 */
final class CostCompiler {
  private final GraphQLSchema schema;
  private final PageLimits pages;
  private final Literals literals;
  private final PossibleTypes possibleTypes;
  private final Map<String, FragmentDefinition> fragments;
  private final List<ScopeNeed> scopes = new ArrayList<>();
  private int terms;

  CostCompiler(GraphQLSchema schema, Limits limits, Document document) {
    this.schema = schema;
    this.pages = limits.pages();
    this.literals = new Literals(limits.input());
    this.possibleTypes = new PossibleTypes(schema);
    this.fragments = NodeUtil.getFragmentsByName(document);
  }

  PreparedOperation compile(OperationDefinition operation) {
    for (var variable : operation.getVariableDefinitions()) {
      literals.checkDefault(schema, variable);
    }
    terms = 0;
    scopes.clear();
    var sum = sum(null, null, rootType(operation), List.of(operation.getSelectionSet()));
    var formula = new CostFormula(sum, terms, operation.getSourceLocation());
    return new PreparedOperation(operation.getName(), operation, formula, scopes);
  }

  private GraphQLObjectType rootType(OperationDefinition operation) {
    return Objects.requireNonNull(
        switch (operation.getOperation()) {
          case QUERY -> schema.getQueryType();
          case MUTATION -> schema.getMutationType();
          case SUBSCRIPTION -> schema.getSubscriptionType();
        },
        "validation lets no operation pass that the schema lacks");
  }

  private CostSum sum(
      @Nullable CostTerm parent,
      @Nullable ListSize handedOn,
      GraphQLCompositeType type,
      List<SelectionSet> selections) {
    var all = possibleTypes.of(type);
    var collected = new CollectedFields(schema, fragments, possibleTypes, type);
    selections.forEach(collected::add);
    var always = new ArrayList<CostTerm>();
    var some = new ArrayList<Choice>();
    collected
        .groups()
        .forEach(
            group -> {
              var term = term(parent, handedOn, group);
              if (term != null) {
                if (group.types().equals(all)) {
                  always.add(term);
                } else {
                  some.add(new Choice(group.types(), term));
                }
              }
            });
    return always.isEmpty() && some.isEmpty()
        ? CostSum.NOTHING
        : new CostSum(always, alternatives(some));
  }

  /** A term that counts for some types of object only. */
  private record Choice(Set<String> types, CostTerm term) {}

  private static List<List<CostTerm>> alternatives(List<Choice> choices) {
    var types = new LinkedHashSet<String>();
    choices.forEach(choice -> types.addAll(choice.types()));
    // Types that differ in nothing here are one alternative.
    var alternatives = new HashSet<List<CostTerm>>();
    for (var type : types) {
      alternatives.add(
          choices.stream()
              .filter(choice -> choice.types().contains(type))
              .map(Choice::term)
              .toList());
    }
    return List.copyOf(alternatives);
  }

  /** The term of a field, or null when it costs nothing and takes no size. */
  private @Nullable CostTerm term(
      @Nullable CostTerm parent, @Nullable ListSize handedOn, CollectedFields.Group group) {
    var field = group.fields().getFirst();
    var definition = group.definition();
    group.fields().forEach(each -> literals.check(each, definition));
    var need = ScopeNeed.of(definition, field.getSourceLocation());
    if (need != null) {
      scopes.add(need);
    }
    if (Introspection.isIntrospectionTypes(GraphQLTypeUtil.unwrapAll(definition.getType()))) {
      return counted(term(parent, group, pages.introspection(), 0, null, false));
    }
    var weights = CostWeights.of(definition);
    var asked = SizeArguments.of(field, definition, weights, pages);
    var isList = GraphQLTypeUtil.isList(GraphQLTypeUtil.unwrapNonNull(definition.getType()));
    var size = asked == null && isList ? assumed(handedOn) : asked;
    if (!(GraphQLTypeUtil.unwrapAll(definition.getType()) instanceof GraphQLCompositeType inner)) {
      return weights.weight() == 0 && asked == null
          ? null
          : counted(term(parent, group, weights.weight(), 0, size, isList));
    }
    var term = counted(term(parent, group, weights.weight(), isList ? 1 : 0, size, isList));
    term.select(sum(term, isList ? null : asked, inner, selections(group)));
    return term;
  }

  private ListSize assumed(@Nullable ListSize handedOn) {
    return handedOn == null ? new ListSize.Assumed(pages.unpaged()) : handedOn;
  }

  private static CostTerm term(
      @Nullable CostTerm parent,
      CollectedFields.Group group,
      long weight,
      long itemWeight,
      @Nullable ListSize size,
      boolean isList) {
    var field = group.fields().getFirst();
    return new CostTerm(
        parent,
        field.getResultKey(),
        field.getSourceLocation(),
        weight,
        itemWeight,
        size,
        isList,
        group.conditions());
  }

  private CostTerm counted(CostTerm term) {
    terms++;
    return term;
  }

  private static List<SelectionSet> selections(CollectedFields.Group group) {
    return group.fields().stream().map(Field::getSelectionSet).filter(Objects::nonNull).toList();
  }
}
