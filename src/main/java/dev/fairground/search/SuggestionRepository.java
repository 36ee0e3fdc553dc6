package dev.fairground.search;

import dev.fairground.catalog.CatalogResolver;
import dev.fairground.graphql.SearchedTexts;
import dev.fairground.kernel.Highlight;
import dev.fairground.kernel.Ids;
import dev.fairground.kernel.SearchWords;
import dev.fairground.party.PartyResolver;
import dev.fairground.resource.ResourceResolver;
import dev.fairground.search.TitleSuggestion.Kind;
import dev.fairground.sql.Database;
import dev.fairground.sql.Planning;
import dev.fairground.sql.Reading;
import dev.fairground.sql.Rows;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** SQL over the entries of search, of all kinds at once. */
final class SuggestionRepository {
  private static final Map<Kind, String> TITLES =
      Map.of(
          Kind.PRODUCT,
          """
          (select 'PRODUCT', p.kind, s.id, p.title, p.title_translations, s.initials, s.score
             from product_search_suggestions($1, $2) as s
             join product_version p on p.product_id = s.id and p.valid_to = 'infinity')
          """,
          Kind.RESOURCE,
          """
          (select 'RESOURCE', 'DATA_RESOURCE', s.id, r.title, r.title_translations, s.initials, s.score
             from data_resource_search_suggestions($1, $2) as s
             join data_resource_version r on r.resource_id = s.id and r.valid_to = 'infinity')
          """,
          Kind.ORGANIZATION,
          """
          (select 'ORGANIZATION', 'ORGANIZATION', s.id, o.name, o.name_translations, s.initials, s.score
             from organization_search_suggestions($1, $2) as s
             join organization_version o on o.organization_id = s.id and o.valid_to = 'infinity')
          """);

  private static final Map<String, String> PREFIXES =
      Map.of(
          "DATA_PRODUCT", CatalogResolver.DATA_PRODUCT,
          "SERVICE_CAPABILITY", CatalogResolver.SERVICE_CAPABILITY,
          "DATA_RESOURCE", ResourceResolver.PREFIX,
          "ORGANIZATION", PartyResolver.PREFIX);

  private final Database database;

  SuggestionRepository(Database database) {
    this.database = database;
  }

  /** The best {@code most} of these kinds together, best first. */
  Future<List<TitleSuggestion>> find(
      Reading reading, String asked, Collection<Kind> kinds, int most) {
    var sql =
        "-- suggestions\nselect found.*, search_patterns($1) from ("
            + String.join("union all", kinds.stream().sorted().map(TITLES::get).toList())
            + ") as found (kind, type, id, title, translations, initials, score)"
            + " order by found.score desc, found.title, found.kind, found.id limit $2";
    return database.list(
        reading.reads(),
        Planning.FOR_ARGUMENTS,
        sql,
        Tuple.of(asked, most),
        row -> suggestion(row, asked));
  }

  private static TitleSuggestion suggestion(Row row, String asked) {
    var kind = Rows.value(row, 0, Kind.class);
    var id = Ids.write(String.valueOf(PREFIXES.get(row.getString(1))), row.getUUID(2));
    var words = new SearchWords(asked, SearchedTexts.stems(row, 7));
    var texts = new ArrayList<String>();
    texts.add(row.getString(3));
    texts.addAll(Rows.map(row, 4).values());
    for (var text : texts) {
      var hit = words.in("", text).map(Highlight::ranges);
      if (hit.isPresent() && text.length() <= SearchWords.LONGEST_SNIPPET) {
        return new TitleSuggestion(kind, text, hit.get(), id);
      }
    }
    var spelt = SearchWords.spelt(texts.getFirst(), row.getString(5), asked);
    return new TitleSuggestion(kind, texts.getFirst(), spelt, id);
  }
}
