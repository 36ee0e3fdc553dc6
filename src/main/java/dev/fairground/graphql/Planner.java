package dev.fairground.graphql;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.fairground.graphql.Plan.Field;
import dev.fairground.graphql.Plan.Selection;
import dev.fairground.graphql.Plan.Shape;
import dev.fairground.sql.Wanted;
import graphql.execution.CoercedVariables;
import graphql.introspection.Introspection;
import graphql.language.Argument;
import graphql.language.ArrayValue;
import graphql.language.Directive;
import graphql.language.Document;
import graphql.language.Node;
import graphql.language.NodeTraverser;
import graphql.language.NodeVisitorStub;
import graphql.language.ObjectValue;
import graphql.language.Value;
import graphql.language.VariableReference;
import graphql.normalized.ExecutableNormalizedField;
import graphql.normalized.ExecutableNormalizedOperationFactory;
import graphql.schema.GraphQLFieldDefinition;
import graphql.schema.GraphQLInterfaceType;
import graphql.schema.GraphQLList;
import graphql.schema.GraphQLNonNull;
import graphql.schema.GraphQLObjectType;
import graphql.schema.GraphQLOutputType;
import graphql.schema.GraphQLType;
import graphql.schema.GraphQLTypeUtil;
import graphql.schema.GraphQLUnionType;
import graphql.util.TraversalControl;
import graphql.util.TraverserContext;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Compiles queries to plans, once for each document, operation, and outcome of its {@code @skip}s
 * and {@code @include}s. Fragments, aliases and merging are the library's business: a plan is made
 * of its normalised operation.
 */
final class Planner {
  private static final Wanted NOTHING = Wanted.of(Map.of());
  private static final int MAX_PLANNED_FIELDS = 200_000;

  private final Schema schema;

  /** Optional.empty for what the plan's executor does not do: introspection. */
  private final Cache<PlanKey, Optional<Plan>> plans =
      Caffeine.newBuilder()
          .maximumWeight(MAX_PLANNED_FIELDS)
          .weigher((PlanKey key, Optional<Plan> plan) -> 1 + plan.map(Plan::fieldCount).orElse(0))
          .build();

  private final Cache<String, Set<String>> conditions =
      Caffeine.newBuilder().maximumSize(10_000).build();

  Planner(Schema schema) {
    this.schema = schema;
  }

  private record PlanKey(
      String document, @Nullable String operation, Map<String, Object> conditions) {}

  /**
   * The plan of a valid query or subscription, or null if it has to be run by the engine.
   *
   * @param hash identifies the document
   */
  @Nullable Plan plan(
      String hash, Document document, PreparedOperation chosen, CoercedVariables variables) {
    var operation = chosen.name();
    var root =
        Objects.requireNonNull(
            chosen.isQuery()
                ? schema.graphql().getQueryType()
                : schema.graphql().getSubscriptionType());
    var conditional = new HashMap<String, Object>();
    for (var name : conditions.get(hash, unseen -> conditionVariables(document))) {
      conditional.put(name, variables.get(name));
    }
    var plan =
        plans.get(
            new PlanKey(hash, operation, conditional),
            unseen -> compile(root, document, operation, variables));
    return plan.isPresent() ? plan.get() : null;
  }

  /** The variables that decide whether a field is there at all. */
  private static Set<String> conditionVariables(Document document) {
    var names = new LinkedHashSet<String>();
    new NodeTraverser()
        .preOrder(
            new NodeVisitorStub() {
              @Override
              public TraversalControl visitDirective(
                  Directive directive, TraverserContext<Node> context) {
                if (directive.getName().equals("skip") || directive.getName().equals("include")) {
                  directive.getArguments().forEach(argument -> collect(argument.getValue(), names));
                }
                return TraversalControl.CONTINUE;
              }
            },
            document);
    return names;
  }

  private static boolean collect(Value<?> value, Set<String> names) {
    return switch (value) {
      case VariableReference reference -> names.add(reference.getName());
      case ArrayValue array -> {
        array.getValues().forEach(element -> collect(element, names));
        yield true;
      }
      case ObjectValue object -> {
        object.getObjectFields().forEach(member -> collect(member.getValue(), names));
        yield true;
      }
      default -> false;
    };
  }

  private Optional<Plan> compile(
      GraphQLObjectType type,
      Document document,
      @Nullable String operation,
      CoercedVariables variables) {
    var normalized =
        ExecutableNormalizedOperationFactory.createExecutableNormalizedOperation(
            schema.graphql(), document, operation, variables);
    var compiler = new Compiler();
    var root = compiler.selection(type, normalized.getTopLevelFields());
    return root == null ? Optional.empty() : Optional.of(new Plan(root, compiler.count));
  }

  /** Compiles one operation. */
  private final class Compiler {
    private int count;

    /** Null if a field among them, or below them, is not for plans. */
    @Nullable Selection selection(
        GraphQLObjectType type, List<ExecutableNormalizedField> normalized) {
      var fields = new ArrayList<Field>();
      var nodes = 0;
      for (var one : normalized) {
        if (!one.getObjectTypeNames().contains(type.getName())) {
          continue;
        }
        var field = field(type, one);
        if (field == null) {
          return null;
        }
        if (mustBeThere(field)) {
          field.node = nodes++;
        }
        fields.add(field);
      }
      return new Selection(type.getName(), fields.toArray(Field[]::new), nodes);
    }

    private static boolean mustBeThere(Field field) {
      return switch (field.binding) {
        case null -> false;
        case Binding.Loaded loaded -> true;
        case Binding.Answered answered -> true;
        case Binding.Told told -> true;
        case Binding.Mutated mutated -> true;
        case Binding.Subscribed subscribed -> true;
        case Binding.Value value -> field.deep;
      };
    }

    private @Nullable Field field(GraphQLObjectType type, ExecutableNormalizedField normalized) {
      var name = normalized.getFieldName();
      var coordinate = Coordinates.of(type, name);
      if (name.equals(Introspection.TypeNameMetaFieldDef.getName())) {
        return new Field(
            normalized.getResultKey(),
            name,
            coordinate,
            null,
            new Shape(true, null),
            true,
            count++,
            List.of(),
            List.of(),
            true);
      }
      var definition = type.getFieldDefinition(name);
      var binding = schema.wiring().types().getOrDefault(type.getName(), Map.of()).get(name);
      if (definition == null || binding == null) {
        return null;
      }
      var field =
          new Field(
              normalized.getResultKey(),
              name,
              coordinate,
              binding,
              shape(definition.getType()),
              !normalized.hasChildren(),
              count++,
              definition.getArguments(),
              normalized.getAstArguments(),
              isConstant(normalized.getAstArguments()));
      if (normalized.hasChildren()) {
        var selections = new LinkedHashMap<String, Selection>();
        for (var object : objects(definition)) {
          var selection = selection(object, normalized.getChildren());
          if (selection == null) {
            return null;
          }
          selections.put(object.getName(), selection);
        }
        field.selections = selections;
        field.wanted = wanted(selections.values());
        field.deep = selections.values().stream().anyMatch(below -> below.nodes() > 0);
        field.only = selections.size() == 1 ? selections.values().iterator().next() : null;
      }
      return field;
    }

    /** Fields by name: aliases of one field want what any of them wants. */
    private static Wanted wanted(Collection<Selection> selections) {
      var wanted = new HashMap<String, Wanted>();
      for (var selection : selections) {
        for (var field : selection.fields()) {
          wanted.merge(field.name, field.leaf ? NOTHING : field.wanted, Wanted::and);
        }
      }
      return Wanted.of(wanted);
    }

    private List<GraphQLObjectType> objects(GraphQLFieldDefinition definition) {
      var bare = GraphQLTypeUtil.unwrapAll(definition.getType());
      if (bare instanceof GraphQLObjectType object) {
        return List.of(object);
      }
      if (bare instanceof GraphQLInterfaceType type) {
        return Objects.requireNonNull(schema.graphql().getImplementations(type));
      }
      var members = new ArrayList<GraphQLObjectType>();
      if (bare instanceof GraphQLUnionType type) {
        type.getTypes()
            .forEach(member -> members.add((GraphQLObjectType) requireMember(member.getName())));
      }
      return members;
    }

    private GraphQLType requireMember(String name) {
      return Objects.requireNonNull(schema.graphql().getType(name));
    }
  }

  private static boolean isConstant(List<Argument> arguments) {
    var names = new LinkedHashSet<String>();
    arguments.forEach(argument -> collect(argument.getValue(), names));
    return names.isEmpty();
  }

  private static Shape shape(GraphQLOutputType type) {
    GraphQLType bare = type;
    var nonNull = false;
    if (bare instanceof GraphQLNonNull wrapped) {
      nonNull = true;
      bare = wrapped.getWrappedType();
    }
    return new Shape(
        nonNull,
        bare instanceof GraphQLList list ? shape((GraphQLOutputType) list.getWrappedType()) : null);
  }
}
