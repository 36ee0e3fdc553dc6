package dev.fairground.graphql;

import static java.util.Objects.requireNonNull;

import dev.fairground.graphql.PagedQuery.Shape;
import graphql.language.Argument;
import graphql.language.AstPrinter;
import graphql.language.Definition;
import graphql.language.Document;
import graphql.language.Field;
import graphql.language.FragmentDefinition;
import graphql.language.FragmentSpread;
import graphql.language.InlineFragment;
import graphql.language.Node;
import graphql.language.NodeVisitorStub;
import graphql.language.NonNullType;
import graphql.language.OperationDefinition;
import graphql.language.Selection;
import graphql.language.SelectionSet;
import graphql.language.TypeName;
import graphql.language.VariableDefinition;
import graphql.language.VariableReference;
import graphql.parser.Parser;
import graphql.schema.GraphQLFieldDefinition;
import graphql.schema.GraphQLFieldsContainer;
import graphql.schema.GraphQLSchema;
import graphql.schema.GraphQLTypeUtil;
import graphql.util.TraversalControl;
import graphql.util.TraverserContext;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Makes a {@link PagedQuery} of a caller's query. What the query says of pages and of counts is
 * dropped, because all rows are read; so are variables and fragments that are then used no more.
 */
final class PagedQueries {
  private static final Set<String> PAGES = Set.of("first", "last", "after", "before");

  private final GraphQLSchema schema;
  private final Document document;
  private final Map<String, FragmentDefinition> fragments = new LinkedHashMap<>();

  PagedQueries(GraphQLSchema schema, Document document) {
    this.schema = schema;
    this.document = document;
    document
        .getDefinitionsOfType(FragmentDefinition.class)
        .forEach(fragment -> fragments.put(fragment.getName(), fragment));
  }

  /**
   * @param instead what is selected of rows instead, by their type; null for what the caller
   *     selects
   * @throws Refusal if the query is not one of exactly one connection that can be read as of a past
   *     moment
   */
  PagedQuery of(Map<String, Object> variables, @Nullable Map<String, String> instead) {
    var operations = document.getDefinitionsOfType(OperationDefinition.class);
    if (operations.size() != 1
        || operations.getFirst().getOperation() != OperationDefinition.Operation.QUERY) {
      throw bad("Give one query, and nothing else.");
    }
    var operation = operations.getFirst();
    var roots = fields(selections(operation.getSelectionSet()));
    if (roots.size() != 1) {
      throw bad(
          "The query has to ask for exactly one connection, but asks for "
              + roots.size()
              + " fields.");
    }
    var root = roots.getFirst();
    var definition = schema.getQueryType().getFieldDefinition(root.getName());
    if (definition == null || !isConnection(definition)) {
      throw bad(
          root.getName()
              + " is no connection. Ask for a list, for example products { nodes { id } }.");
    }
    if (!root.getDirectives().isEmpty()) {
      throw bad("The connection cannot have directives.");
    }
    if (definition.getArgument("asOf") == null) {
      throw bad(
          root.getName()
              + " cannot be read as of a moment, so that its pages would not fit together.");
    }
    var nodeType = nodeType(definition);
    var selections = rows(root, nodeType.getName());
    if (selections.isEmpty()) {
      throw bad("Ask for nodes, or for edges with their nodes, below " + root.getName() + ".");
    }
    if (instead != null) {
      var text = instead.get(nodeType.getName());
      if (text == null) {
        throw bad(
            "This format holds products, and "
                + root.getName()
                + " lists none. Ask for products or for the entries of a list, or take another format.");
      }
      var rows = Parser.parse(text);
      fragments.clear();
      rows.getDefinitionsOfType(FragmentDefinition.class)
          .forEach(fragment -> fragments.put(fragment.getName(), fragment));
      selections =
          new ArrayList<>(
              selections(
                  rows.getDefinitionsOfType(OperationDefinition.class)
                      .getFirst()
                      .getSelectionSet()));
    }
    return written(operation, root, nodeType, selections, variables);
  }

  private PagedQuery written(
      OperationDefinition operation,
      Field root,
      GraphQLFieldsContainer nodeType,
      List<? extends Selection<?>> selections,
      Map<String, Object> variables) {
    var shape = shape(nodeType, selections, 0);
    var nodes = new SelectionSet(cut(nodeType, selections));
    var ownMoment = root.getArguments().stream().noneMatch(a -> a.getName().equals("asOf"));
    var arguments = new ArrayList<Argument>();
    root.getArguments().stream().filter(a -> !PAGES.contains(a.getName())).forEach(arguments::add);
    arguments.add(argument("first", PagedQuery.FIRST));
    arguments.add(argument("after", PagedQuery.AFTER));
    if (ownMoment) {
      arguments.add(argument("asOf", PagedQuery.AS_OF));
    }
    var connection =
        root.transform(
            field ->
                field
                    .arguments(arguments)
                    .selectionSet(
                        new SelectionSet(
                            List.of(
                                new Field("nodes", nodes), pageInfo("hasNextPage", "endCursor")))));
    var cutFragments = new LinkedHashMap<String, FragmentDefinition>();
    fragments.forEach((name, fragment) -> cutFragments.put(name, cut(fragment)));
    var used = new Used();
    used.in(connection, cutFragments);
    var definitions = new ArrayList<VariableDefinition>();
    var kept = new LinkedHashMap<String, Object>();
    for (var variable : operation.getVariableDefinitions()) {
      if (PagedQuery.ownVariables().contains(variable.getName())) {
        throw bad("A variable cannot have the name " + variable.getName() + ".");
      }
      if (used.variables.contains(variable.getName())) {
        definitions.add(variable);
        if (variables.containsKey(variable.getName())) {
          kept.put(variable.getName(), variables.get(variable.getName()));
        }
      }
    }
    definitions.add(new VariableDefinition(PagedQuery.FIRST, new NonNullType(new TypeName("Int"))));
    definitions.add(new VariableDefinition(PagedQuery.AFTER, new TypeName("String")));
    if (ownMoment) {
      definitions.add(new VariableDefinition(PagedQuery.AS_OF, new TypeName("DateTime")));
    }
    var parts = new ArrayList<Definition>();
    parts.add(
        operation.transform(
            builder ->
                builder
                    .variableDefinitions(definitions)
                    .selectionSet(new SelectionSet(List.of(connection)))));
    used.fragments.forEach(
        name -> {
          var fragment = cutFragments.get(name);
          if (fragment != null) {
            parts.add(fragment);
          }
        });
    return new PagedQuery(
        AstPrinter.printAst(new Document(parts)),
        kept,
        key(connection),
        nodeType.getName(),
        ownMoment,
        shape);
  }

  private static Argument argument(String name, String variable) {
    return new Argument(name, new VariableReference(variable));
  }

  private static Field pageInfo(String... fields) {
    return new Field(
        "pageInfo", new SelectionSet(java.util.Arrays.stream(fields).map(Field::new).toList()));
  }

  /** The selections below {@code nodes} and {@code edges { node }}. */
  private List<Selection<?>> rows(Field connection, String nodeType) {
    var rows = new ArrayList<Selection<?>>();
    for (var field : fields(selections(connection))) {
      if (field.getName().equals("nodes")) {
        rows.addAll(selections(field));
      } else if (field.getName().equals("edges")) {
        for (var part : fields(selections(field))) {
          if (part.getName().equals("node")) {
            rows.addAll(selections(part));
          }
        }
      }
    }
    return rows;
  }

  /** Fields of a selection, those of fragments too. */
  private List<Field> fields(List<? extends Selection<?>> selections) {
    var fields = new ArrayList<Field>();
    for (var selection : selections) {
      switch (selection) {
        case Field field -> fields.add(field);
        case InlineFragment inline -> fields.addAll(fields(selections(inline.getSelectionSet())));
        case FragmentSpread spread -> fields.addAll(fields(selections(fragment(spread))));
        default -> throw new IllegalStateException("unknown selection");
      }
    }
    return fields;
  }

  private Shape shape(
      GraphQLFieldsContainer type, List<? extends Selection<?>> selections, int connections) {
    var fields = new LinkedHashMap<String, @Nullable Shape>();
    collect(type, selections, connections, fields);
    return new Shape(fields, Shape.Kind.OBJECT);
  }

  private void collect(
      GraphQLFieldsContainer type,
      List<? extends Selection<?>> selections,
      int connections,
      Map<String, @Nullable Shape> into) {
    for (var selection : selections) {
      switch (selection) {
        case InlineFragment inline ->
            collect(
                inline.getTypeCondition() == null
                    ? type
                    : type(inline.getTypeCondition().getName()),
                selections(inline.getSelectionSet()),
                connections,
                into);
        case FragmentSpread spread -> {
          var fragment = fragment(spread);
          collect(
              type(fragment.getTypeCondition().getName()), selections(fragment), connections, into);
        }
        case Field field -> {
          var found = shapeOf(type, field, connections);
          var before = into.get(key(field));
          into.put(key(field), merged(before, found));
        }
        default -> throw new IllegalStateException("unknown selection");
      }
    }
  }

  private static @Nullable Shape merged(@Nullable Shape before, @Nullable Shape found) {
    if (before == null || found == null) {
      return found == null ? before : found;
    }
    var fields = new LinkedHashMap<>(before.fields());
    found
        .fields()
        .forEach(
            (key, shape) ->
                fields.merge(key, shape == null ? NO_SHAPE : shape, PagedQueries::both));
    fields.replaceAll((key, shape) -> shape == NO_SHAPE ? null : shape);
    return new Shape(fields, before.kind());
  }

  private static final Shape NO_SHAPE = new Shape(Map.of(), Shape.Kind.OBJECT);

  private static Shape both(@Nullable Shape before, @Nullable Shape found) {
    var both = merged(before, found == NO_SHAPE ? null : found);
    return both == null ? NO_SHAPE : both;
  }

  private @Nullable Shape shapeOf(GraphQLFieldsContainer type, Field field, int connections) {
    if (field.getSelectionSet() == null) {
      return null;
    }
    var definition = type.getFieldDefinition(field.getName());
    if (!isConnection(definition)) {
      var shape = shape(container(definition), selections(field), connections);
      return GraphQLTypeUtil.isList(GraphQLTypeUtil.unwrapNonNull(definition.getType()))
          ? new Shape(shape.fields(), Shape.Kind.LIST)
          : shape;
    }
    if (connections > 0) {
      throw bad(
          field.getName()
              + " is a list in a list of a list. Lists may be nested once: export the inner one by itself.");
    }
    var rows = rows(field, "");
    if (rows.isEmpty()) {
      throw bad("Ask for nodes, or for edges with their nodes, below " + field.getName() + ".");
    }
    var nodes = nodeType(definition);
    return new Shape(shape(nodes, rows, connections + 1).fields(), Shape.Kind.CONNECTION);
  }

  /**
   * Nested connections are read with as many rows as one page may have, and tell whether that was
   * all.
   */
  private List<Selection> cut(
      GraphQLFieldsContainer type, List<? extends Selection<?>> selections) {
    var cut = new ArrayList<Selection>();
    for (var selection : selections) {
      cut.add(
          switch (selection) {
            case InlineFragment inline -> {
              var of =
                  inline.getTypeCondition() == null
                      ? type
                      : type(inline.getTypeCondition().getName());
              var inner = cut(of, selections(inline.getSelectionSet()));
              yield inline.transform(builder -> builder.selectionSet(new SelectionSet(inner)));
            }
            case Field field -> cut(type, field);
            default -> selection;
          });
    }
    return cut;
  }

  private Field cut(GraphQLFieldsContainer type, Field field) {
    if (field.getSelectionSet() == null) {
      return field;
    }
    var definition = type.getFieldDefinition(field.getName());
    if (!isConnection(definition)) {
      var inner = cut(container(definition), selections(field));
      return field.transform(builder -> builder.selectionSet(new SelectionSet(inner)));
    }
    var arguments = new ArrayList<Argument>();
    field.getArguments().stream().filter(a -> !PAGES.contains(a.getName())).forEach(arguments::add);
    arguments.add(new Argument("first", graphql.language.IntValue.of(PagedQuery.NESTED_ROWS)));
    var rows = new ArrayList<Selection>(rows(field, ""));
    return field.transform(
        builder ->
            builder
                .arguments(arguments)
                .selectionSet(
                    new SelectionSet(
                        List.of(
                            new Field("nodes", new SelectionSet(rows)), pageInfo("hasNextPage")))));
  }

  private FragmentDefinition cut(FragmentDefinition fragment) {
    var type = schema.getType(fragment.getTypeCondition().getName());
    if (!(type instanceof GraphQLFieldsContainer container)) {
      return fragment;
    }
    var inner = cut(container, selections(fragment));
    return fragment.transform(builder -> builder.selectionSet(new SelectionSet(inner)));
  }

  /** Which variables and fragments a field uses. */
  private static final class Used extends NodeVisitorStub {
    private final Set<String> variables = new HashSet<>();
    private final Set<String> fragments = new java.util.LinkedHashSet<>();

    void in(Node<?> node, Map<String, FragmentDefinition> all) {
      var known = new HashSet<>(fragments);
      new graphql.language.NodeTraverser().depthFirst(this, node);
      for (var name : List.copyOf(fragments)) {
        var fragment = all.get(name);
        if (!known.contains(name) && fragment != null) {
          in(fragment, all);
        }
      }
    }

    @Override
    public TraversalControl visitVariableReference(
        VariableReference variable, TraverserContext<Node> context) {
      variables.add(variable.getName());
      return TraversalControl.CONTINUE;
    }

    @Override
    public TraversalControl visitFragmentSpread(
        FragmentSpread spread, TraverserContext<Node> context) {
      fragments.add(spread.getName());
      return TraversalControl.CONTINUE;
    }
  }

  private static String key(Field field) {
    return field.getAlias() == null ? field.getName() : field.getAlias();
  }

  private FragmentDefinition fragment(FragmentSpread spread) {
    var fragment = fragments.get(spread.getName());
    if (fragment == null) {
      throw new IllegalStateException("validated, and yet without " + spread.getName());
    }
    return fragment;
  }

  @SuppressWarnings("unchecked")
  private static List<? extends Selection<?>> selections(SelectionSet set) {
    return (List<? extends Selection<?>>) (List<?>) set.getSelections();
  }

  private static List<? extends Selection<?>> selections(Field field) {
    return field.getSelectionSet() == null ? List.of() : selections(field.getSelectionSet());
  }

  private static List<? extends Selection<?>> selections(FragmentDefinition fragment) {
    return selections(fragment.getSelectionSet());
  }

  private GraphQLFieldsContainer type(String name) {
    return (GraphQLFieldsContainer) requireNonNull(schema.getType(name));
  }

  private static boolean isConnection(@Nullable GraphQLFieldDefinition field) {
    return field != null
        && GraphQLTypeUtil.unwrapAll(field.getType()).getName().endsWith("Connection");
  }

  private static GraphQLFieldsContainer container(GraphQLFieldDefinition field) {
    return (GraphQLFieldsContainer) GraphQLTypeUtil.unwrapAll(field.getType());
  }

  private static GraphQLFieldsContainer nodeType(GraphQLFieldDefinition connection) {
    return container(container(connection).getFieldDefinition("nodes"));
  }

  private static Refusal bad(String message) {
    return new Refusal(ErrorCode.BAD_REQUEST, message);
  }
}
