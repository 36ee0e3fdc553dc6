package dev.fairground.bulk;

import dev.fairground.graphql.Feature;
import dev.fairground.graphql.Listing;
import dev.fairground.graphql.Wiring;
import dev.fairground.sql.Clause;
import dev.fairground.sql.Database;
import dev.fairground.sql.Key;
import java.util.List;

/** Binds {@code schema/bulk.graphqls}. */
public final class BulkResolver implements Feature {
  private final Listing<CatalogueImport> list;

  public BulkResolver(Database database) {
    list =
        new Listing<>(
            database,
            CatalogueImportRepository.LIST,
            (arguments, moment) -> {
              var catalogue = arguments.string("catalogue");
              return catalogue == null ? Clause.TRUE : Clause.of("i.catalogue = ?", catalogue);
            },
            arguments ->
                List.of(
                    Key.instant("i.imported_at", true, CatalogueImport::importedAt),
                    Key.text("i.catalogue", true, CatalogueImport::catalogue),
                    Key.integer("i.number", true, CatalogueImport::number)));
  }

  @Override
  public void wire(Wiring wiring) {
    wiring.type(CatalogueImport.class).computed("catalogueId", CatalogueImport::catalogueId);
    wiring.type(CatalogueImport.DefectCount.class);
    wiring.connection("CatalogueImport", list);
    wiring.query().answered("catalogueImports", list::page);
  }
}
