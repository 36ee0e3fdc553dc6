package dev.fairground.catalog;

import dev.fairground.sql.Database;
import dev.fairground.sql.Reading;
import dev.fairground.sql.Rows;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/** SQL over versions of products as entries of lists, whatever the moment. */
final class ProductEntryRepository {
  private final Database database;

  ProductEntryRepository(Database database) {
    this.database = database;
  }

  private static final String FORMS =
      """
      -- formsOfProductEntries
      select f.product_id, f.version, f.form
        from unnest($1::uuid[], $2::int[]) as wanted (id, version)
        join product_entry_form f on f.product_id = wanted.id and f.version = wanted.version
      """;

  /** The canonical forms of versions. */
  Future<Map<ProductVersion, String>> findForms(
      Reading reading, Collection<ProductVersion> versions) {
    return database
        .list(
            reading.reads(),
            FORMS,
            wanted(versions),
            row -> Map.entry(version(row), row.getString(2)))
        .map(
            rows ->
                rows.stream().collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
  }

  private static final String RESOURCES =
      """
      -- resourcesOfProductEntries
      select u.product_id, u.product_version, u.resource_id, u.data_items
        from unnest($1::uuid[], $2::int[]) as wanted (id, version)
        join product_resource u on u.product_id = wanted.id and u.product_version = wanted.version
       order by u.product_id, u.product_version, u.resource_id
      """;

  /** The resources of versions, each in the order of their ids. */
  Future<Map<ProductVersion, List<ProductResource>>> findResources(
      Reading reading, Collection<ProductVersion> versions) {
    return links(
        reading,
        RESOURCES,
        versions,
        row -> {
          var items = row.getArrayOfStrings(3);
          return new ProductResource(row.getUUID(2), items == null ? null : List.of(items));
        });
  }

  private static final String SCENARIOS =
      """
      -- scenariosOfProductEntries
      select u.product_id, u.product_version, u.scenario_id, u.allowed
        from unnest($1::uuid[], $2::int[]) as wanted (id, version)
        join product_scenario u on u.product_id = wanted.id and u.product_version = wanted.version
       order by u.product_id, u.product_version, u.scenario_id
      """;

  /** The scenarios of versions, each in the order of their ids. */
  Future<Map<ProductVersion, List<ProductScenario>>> findScenarios(
      Reading reading, Collection<ProductVersion> versions) {
    return links(
        reading,
        SCENARIOS,
        versions,
        row -> new ProductScenario(row.getUUID(2), row.getBoolean(3)));
  }

  private <T> Future<Map<ProductVersion, List<T>>> links(
      Reading reading, String sql, Collection<ProductVersion> versions, Function<Row, T> link) {
    return database
        .list(
            reading.reads(), sql, wanted(versions), row -> Map.entry(version(row), link.apply(row)))
        .map(
            rows -> {
              Map<ProductVersion, List<T>> found =
                  rows.stream()
                      .collect(
                          Collectors.groupingBy(
                              Map.Entry::getKey,
                              Collectors.mapping(Map.Entry::getValue, Collectors.toList())));
              versions.forEach(version -> found.putIfAbsent(version, List.of()));
              return found;
            });
  }

  private static final String FIELDS =
      """
      -- changedFieldsOfProductEntries
      select w.id, w.before, w.version, array(
               select coalesce(a.key, b.key)
                 from jsonb_each(older.form::jsonb -> 'entry') as a
                 full join jsonb_each(newer.form::jsonb -> 'entry') as b on b.key = a.key
                where a.value is distinct from b.value
                order by 1)
        from unnest($1::uuid[], $2::int[], $3::int[]) as w (id, before, version)
        join product_entry_form older on older.product_id = w.id and older.version = w.before
        join product_entry_form newer on newer.product_id = w.id and newer.version = w.version
      """;

  /** The names of the fields that differ, in their order. */
  Future<Map<ProductListChange.Step, List<String>>> findChangedFields(
      Reading reading, Collection<ProductListChange.Step> steps) {
    return database
        .list(
            reading.reads(),
            FIELDS,
            Tuple.of(
                steps.stream().map(ProductListChange.Step::productId).toArray(UUID[]::new),
                steps.stream().map(ProductListChange.Step::before).toArray(Integer[]::new),
                steps.stream().map(ProductListChange.Step::version).toArray(Integer[]::new)),
            row ->
                Map.entry(
                    new ProductListChange.Step(
                        row.getUUID(0), row.getInteger(1), row.getInteger(2)),
                    Rows.strings(row, 3)))
        .map(
            rows -> {
              Map<ProductListChange.Step, List<String>> found =
                  rows.stream().collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
              steps.forEach(step -> found.putIfAbsent(step, List.of()));
              return found;
            });
  }

  private static Tuple wanted(Collection<ProductVersion> versions) {
    return Tuple.of(
        versions.stream().map(ProductVersion::id).toArray(UUID[]::new),
        (Object) versions.stream().map(ProductVersion::version).toArray(Integer[]::new));
  }

  private static ProductVersion version(Row row) {
    return new ProductVersion(row.getUUID(0), row.getInteger(1));
  }
}
