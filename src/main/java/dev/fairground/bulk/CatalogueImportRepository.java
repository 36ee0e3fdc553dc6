package dev.fairground.bulk;

import dev.fairground.bulk.CatalogueImport.DefectCount;
import dev.fairground.harvest.Defect.Rule;
import dev.fairground.sql.PageSelect;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** SQL that reads what was imported. */
final class CatalogueImportRepository {
  static final PageSelect<CatalogueImport> LIST =
      PageSelect.plain(
          "catalogueImports",
          "i.catalogue, i.number, i.imported_at, i.file, i.format, i.source, i.dated_on, i.digest,"
              + " i.complete, i.records, i.lost, i.added, i.changed, i.withdrawn, i.unchanged, i.defects",
          "catalogue_import i",
          CatalogueImportRepository::read);

  private CatalogueImportRepository() {}

  private static CatalogueImport read(Row row) {
    return new CatalogueImport(
        row.getString(0),
        row.getInteger(1),
        row.getOffsetDateTime(2),
        row.getString(3),
        row.getString(4),
        row.getString(5),
        row.getLocalDate(6),
        row.getString(7),
        row.getBoolean(8),
        row.getInteger(9),
        row.getInteger(10),
        row.getInteger(11),
        row.getInteger(12),
        row.getInteger(13),
        row.getInteger(14),
        defects(row.getJsonObject(15)));
  }

  private static List<DefectCount> defects(JsonObject counts) {
    return counts.stream()
        .map(
            entry ->
                new DefectCount(
                    entry.getKey(),
                    ((Number) entry.getValue()).intValue(),
                    Arrays.stream(Rule.values())
                        .filter(rule -> rule.name().equals(entry.getKey()))
                        .map(Rule::text)
                        .findFirst()
                        .orElse(null)))
        .sorted(
            Comparator.comparing(DefectCount::count).reversed().thenComparing(DefectCount::rule))
        .toList();
  }
}
