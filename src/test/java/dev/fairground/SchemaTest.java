package dev.fairground;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fairground.graphql.Schema;
import dev.fairground.sql.Database;
import graphql.schema.GraphQLDirectiveContainer;
import graphql.schema.GraphQLEnumType;
import graphql.schema.GraphQLFieldDefinition;
import graphql.schema.GraphQLFieldsContainer;
import graphql.schema.GraphQLInputObjectType;
import graphql.schema.GraphQLNamedSchemaElement;
import graphql.schema.GraphQLNamedType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The schema is the contract: described to the last value, and printed where clients find it. */
@ExtendWith(TestDatabase.class)
class SchemaTest {
  private static final Path PUBLISHED = Path.of("schema", "published.graphql");

  private final Schema schema;

  SchemaTest(Database database) {
    schema = Schema.of(Asking.features(database));
  }

  @Test
  void every_type_field_argument_and_value_is_described() {
    var silent = new ArrayList<String>();
    for (var type : ours()) {
      note(silent, type.getName(), type);
      switch (type) {
        case GraphQLFieldsContainer container ->
            container
                .getFieldDefinitions()
                .forEach(
                    field -> {
                      var place = type.getName() + '.' + field.getName();
                      note(silent, place, field);
                      field
                          .getArguments()
                          .forEach(
                              argument -> note(silent, place + '(' + argument.getName(), argument));
                    });
        case GraphQLInputObjectType input ->
            input
                .getFieldDefinitions()
                .forEach(field -> note(silent, type.getName() + '.' + field.getName(), field));
        case GraphQLEnumType constants ->
            constants
                .getValues()
                .forEach(value -> note(silent, type.getName() + '.' + value.getName(), value));
        default -> {}
      }
    }

    assertThat(silent).isEmpty();
  }

  @Test
  void every_mutation_says_which_scope_it_needs() {
    var open =
        requireNonNull(schema.graphql().getMutationType()).getFieldDefinitions().stream()
            .filter(field -> !field.hasAppliedDirective("requiresScope"))
            .map(GraphQLFieldDefinition::getName)
            .toList();

    assertThat(open).isEmpty();
  }

  @Test
  void every_connection_can_be_paged_and_declares_its_cost() {
    var loose = new ArrayList<String>();
    for (var type : ours()) {
      if (type instanceof GraphQLFieldsContainer container) {
        for (var field : container.getFieldDefinitions()) {
          if (leadsToConnection(field) && !bounded(field)) {
            loose.add(type.getName() + '.' + field.getName());
          }
        }
      }
    }

    assertThat(loose).isEmpty();
  }

  @Test
  void the_printed_schema_is_up_to_date() throws Exception {
    var printed = schema.print();
    if (Boolean.getBoolean("golden.update")) {
      Files.writeString(PUBLISHED, printed);
    }

    assertThat(Files.readString(PUBLISHED))
        .as("the schema changed: run scripts/golden and read the difference")
        .isEqualTo(printed);
  }

  private List<GraphQLNamedType> ours() {
    return schema.graphql().getAllTypesAsList().stream()
        .filter(type -> !type.getName().startsWith("__"))
        .filter(
            type -> !List.of("Int", "String", "Boolean", "ID", "Float").contains(type.getName()))
        .toList();
  }

  private static boolean leadsToConnection(GraphQLFieldDefinition field) {
    return field.getDefinition() != null
        && graphql.language.AstPrinter.printAst(field.getDefinition().getType())
            .contains("Connection");
  }

  private static boolean bounded(GraphQLFieldDefinition field) {
    return List.of("first", "last", "after", "before").stream()
            .allMatch(name -> field.getArgument(name) != null)
        && ((GraphQLDirectiveContainer) field).hasAppliedDirective("cost");
  }

  private static void note(List<String> silent, String place, GraphQLNamedSchemaElement element) {
    if (element.getDescription() == null || element.getDescription().isBlank()) {
      silent.add(place);
    }
  }
}
