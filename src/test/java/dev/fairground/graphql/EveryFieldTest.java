package dev.fairground.graphql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairground.Asking;
import dev.fairground.TestDatabase;
import dev.fairground.demo.DemoMarket;
import dev.fairground.reference.ReferenceData;
import dev.fairground.sql.Database;
import graphql.schema.GraphQLFieldDefinition;
import graphql.schema.GraphQLFieldsContainer;
import graphql.schema.GraphQLNonNull;
import graphql.schema.GraphQLTypeUtil;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A plan reads only the columns that its fields need, and joins what they lead to. So each field is
 * asked alone, over the demonstration market, and answered as the engine answers it, which reads
 * everything.
 */
@ExtendWith(TestDatabase.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EveryFieldTest {
  private final Database database;
  private final Asking asking;

  EveryFieldTest(Database database, MeterRegistry statements) {
    this.database = database;
    this.asking = new Asking(database, statements, Limits.read(EveryFieldTest::limit));
  }

  /** It asks more than a caller may. */
  private static int limit(String name, int standard, int least, int most) {
    return name.contains("RATE_") ? most / 10 : standard;
  }

  @BeforeAll
  void market() throws Exception {
    new ReferenceData(database).load().await(30, TimeUnit.SECONDS);
    new DemoMarket(database).load().await(30, TimeUnit.SECONDS);
  }

  @TestFactory
  Stream<DynamicTest> alone_it_is_answered_as_among_all() {
    var query = asking.schema().graphql().getQueryType();
    var seen = new HashSet<String>();
    return query.getFieldDefinitions().stream()
        .filter(root -> isConnection(root) && needsNothing(root))
        .filter(root -> seen.add(row(root).getName()))
        .map(
            root ->
                DynamicTest.dynamicTest(
                    root.getName(),
                    () -> {
                      for (var selection : selections(row(root), 2)) {
                        same(
                            "{ %s(first: 5) { nodes { %s } } }"
                                .formatted(root.getName(), selection));
                      }
                      same("{ %s(last: 3) { edges { cursor } } }".formatted(root.getName()));
                    }));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{ products(filter: {text: \"查询\"}) { totalCount edges { cursor score highlights { field text ranges { from to } } } } }",
        "{ products(filter: {text: \"查询\"}) { facets(keys: [FORM, OPERATOR]) { key buckets { value count } } } }",
        "{ products(filter: {text: \"查询\"}, orderBy: {field: TITLE, direction: ASC}) { edges { cursor score } } }",
        "{ resources(filter: {text: \"food\"}) { totalCount edges { score highlights { field text } node { title { value } } } } }",
        "{ organizations(filter: {text: \"北京\"}) { totalCount edges { score highlights { field text } } } }",
        "{ organizations { nodes { products(filter: {text: \"查询\"}, first: 2) { totalCount edges { highlights { text } } } } } }",
        "{ suggest(text: \"bj\") { kind text ranges { from to } id } }"
      })
  void what_a_text_finds_is_answered_alike(String query) throws Exception {
    same(query);
  }

  /** Every leaf of a type by itself, and those that its fields lead to. */
  private List<String> selections(GraphQLFieldsContainer type, int depth) {
    var selections = new ArrayList<String>();
    for (var owner : owners(type)) {
      var within = owner == type ? "%s" : "... on " + owner.getName() + " { %s }";
      for (var field : owner.getFieldDefinitions()) {
        if (!needsNothing(field)) {
          continue;
        }
        if (GraphQLTypeUtil.unwrapAll(field.getType()) instanceof GraphQLFieldsContainer below) {
          for (var inner : below(field, below, depth)) {
            selections.add(within.formatted(field.getName() + inner));
          }
        } else {
          selections.add(within.formatted(field.getName()));
        }
      }
    }
    return selections;
  }

  private List<String> below(GraphQLFieldDefinition field, GraphQLFieldsContainer type, int depth) {
    if (depth == 0) {
      return List.of();
    }
    if (isConnection(field)) {
      var row = row(field);
      // What links two records leads on; a record behind a link was seen as a root's own.
      var left = row.getFieldDefinitions().size() > 4 ? 0 : depth - 1;
      return selections(row, left).stream()
          .map(inner -> "(first: 2) { nodes { " + inner + " } }")
          .toList();
    }
    return selections(type, depth - 1).stream().map(inner -> " { " + inner + " }").toList();
  }

  private List<GraphQLFieldsContainer> owners(GraphQLFieldsContainer type) {
    var owners = new ArrayList<GraphQLFieldsContainer>();
    owners.add(type);
    if (type instanceof graphql.schema.GraphQLInterfaceType union) {
      owners.addAll(asking.schema().graphql().getImplementations(union));
    }
    return owners;
  }

  private static boolean isConnection(GraphQLFieldDefinition field) {
    return field.getArgument("first") != null && field.getArgument("after") != null;
  }

  /** No argument, and no scope: it asks as the public. */
  private static boolean needsNothing(GraphQLFieldDefinition field) {
    return !field.hasAppliedDirective("requiresScope")
        && field.getArguments().stream()
            .noneMatch(
                argument ->
                    argument.getType() instanceof GraphQLNonNull && !argument.hasSetDefaultValue());
  }

  private static GraphQLFieldsContainer row(GraphQLFieldDefinition field) {
    var connection = (GraphQLFieldsContainer) GraphQLTypeUtil.unwrapAll(field.getType());
    return (GraphQLFieldsContainer)
        GraphQLTypeUtil.unwrapAll(connection.getFieldDefinition("nodes").getType());
  }

  private void same(String query) throws Exception {
    var before = asking.answeredByPlan();
    var planned = asking.data(query);
    var byEngine =
        asking
            .engine()
            .executeOnEngine(Asking.operation(query, Map.of()))
            .toCompletionStage()
            .toCompletableFuture()
            .get(20, TimeUnit.SECONDS)
            .body()
            .toJsonObject();

    assertThat(planned.encode()).as(query).isEqualTo(byEngine.getJsonObject("data").encode());
    assertThat(asking.answeredByPlan()).as("by a plan: " + query).isEqualTo(before + 1);
  }
}
