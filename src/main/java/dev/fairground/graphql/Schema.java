package dev.fairground.graphql;

import static java.util.Objects.requireNonNull;

import graphql.language.FieldDefinition;
import graphql.language.InterfaceTypeDefinition;
import graphql.language.ObjectTypeDefinition;
import graphql.language.UnionTypeDefinition;
import graphql.schema.GraphQLImplementingType;
import graphql.schema.GraphQLInterfaceType;
import graphql.schema.GraphQLSchema;
import graphql.schema.idl.RuntimeWiring;
import graphql.schema.idl.SchemaGenerator;
import graphql.schema.idl.SchemaParser;
import graphql.schema.idl.SchemaPrinter;
import graphql.schema.idl.TypeDefinitionRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

/**
 * The schema's text of all features and what answers it. Building it fails, naming every field that
 * nothing answers and every answer that no field asks for: a server whose schema and code disagree
 * does not start.
 *
 * @param graphql the executable schema
 * @param wiring what answers its fields
 */
public record Schema(GraphQLSchema graphql, Wiring wiring) {
  /** Reads {@code schema/root.graphqls} and one file for each feature, named as its package. */
  public static Schema of(List<? extends Feature> features) {
    var text = new StringBuilder(read("root"));
    var wiring = new Wiring();
    features.forEach(feature -> text.append('\n').append(read(packageOf(feature))));
    new Root(version(), Digests.sha256(text.toString())).wire(wiring);
    features.forEach(feature -> feature.wire(wiring));
    return of(text.toString(), wiring);
  }

  static Schema of(String text, Wiring wiring) {
    var types = new SchemaParser().parse(text);
    compare(types, wiring.types());
    var runtime = RuntimeWiring.newRuntimeWiring();
    Scalars.all().forEach(runtime::scalar);
    wiring
        .types()
        .forEach(
            (type, fields) ->
                runtime.type(
                    type,
                    builder -> {
                      fields.forEach(
                          (field, binding) -> builder.dataFetcher(field, Fetchers.of(binding)));
                      return builder;
                    }));
    types
        .types()
        .forEach(
            (name, definition) -> {
              if (definition instanceof InterfaceTypeDefinition
                  || definition instanceof UnionTypeDefinition) {
                runtime.type(
                    name,
                    builder ->
                        builder.typeResolver(
                            env ->
                                env.getSchema()
                                    .getObjectType(
                                        wiring.typeOf(requireNonNull(env.getObject())))));
              }
            });
    var schema = new SchemaGenerator().makeExecutableSchema(types, runtime.build());
    compareScopes(schema);
    return new Schema(schema, wiring);
  }

  /** The schema as clients see it, sorted, with all descriptions. */
  public String print() {
    return new SchemaPrinter(
            SchemaPrinter.Options.defaultOptions()
                .includeDirectives(
                    name ->
                        name.equals("cost")
                            || name.equals("requiresScope")
                            || name.equals("items")
                            || name.equals("deprecated")
                            || name.equals("oneOf"))
                .includeScalarTypes(true))
        .print(graphql);
  }

  private static void compare(
      TypeDefinitionRegistry types, Map<String, Map<String, Binding>> bindings) {
    var parts = new ArrayList<>(types.getTypes(ObjectTypeDefinition.class));
    types.objectTypeExtensions().values().forEach(parts::addAll);
    var asked = new LinkedHashSet<String>();
    var unanswered = new LinkedHashSet<String>();
    for (ObjectTypeDefinition part : parts) {
      for (FieldDefinition field : part.getFieldDefinitions()) {
        var coordinate = part.getName() + '.' + field.getName();
        asked.add(coordinate);
        if (!bindings.getOrDefault(part.getName(), Map.of()).containsKey(field.getName())) {
          unanswered.add(coordinate);
        }
      }
    }
    if (!unanswered.isEmpty()) {
      throw new IllegalStateException("no record component and no wiring for " + unanswered);
    }
    for (var type : bindings.keySet()) {
      if (types.getTypeOrNull(type) == null) {
        throw new IllegalStateException("wired, but not in the schema: " + type);
      }
    }
  }

  /** A field is not reached around its scopes, by the interface that has it too. */
  private static void compareScopes(GraphQLSchema schema) {
    for (var type : schema.getAllTypesAsList()) {
      if (!(type instanceof GraphQLImplementingType implementing)) {
        continue;
      }
      for (var parent : implementing.getInterfaces()) {
        for (var field : ((GraphQLInterfaceType) parent).getFieldDefinitions()) {
          var own = requireNonNull(implementing.getFieldDefinition(field.getName()));
          if (!ScopeNeed.same(field, own)) {
            throw new IllegalStateException(
                "other scopes than in %s: %s.%s"
                    .formatted(parent.getName(), implementing.getName(), field.getName()));
          }
        }
      }
    }
  }

  private static String version() {
    var version = Schema.class.getPackage().getImplementationVersion();
    return version == null ? "development" : version;
  }

  private static String packageOf(Feature feature) {
    var name = feature.getClass().getPackageName();
    return name.substring(name.lastIndexOf('.') + 1);
  }

  private static String read(String feature) {
    var path = "/schema/" + feature + ".graphqls";
    try (var in = Schema.class.getResourceAsStream(path)) {
      if (in == null) {
        throw new IllegalStateException("there is no " + path);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }
}
