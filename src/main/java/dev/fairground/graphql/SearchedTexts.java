package dev.fairground.graphql;

import dev.fairground.graphql.Highlights.Part;
import dev.fairground.graphql.Highlights.Texts;
import dev.fairground.sql.Rows;
import io.vertx.sqlclient.Row;
import java.util.ArrayList;
import java.util.List;

/** Gathers the texts of a row whose first columns are the id and {@code search_patterns}. */
public final class SearchedTexts {
  private final List<Part> texts = new ArrayList<>();

  /** A text and its translations; nothing where it is null. */
  public SearchedTexts add(String field, Row row, int text, int translations) {
    var original = row.getString(text);
    if (original != null) {
      texts.add(new Part(field, original));
    }
    Rows.map(row, translations).values().forEach(other -> texts.add(new Part(field, other)));
    return this;
  }

  /** An array of texts. */
  public SearchedTexts addAll(String field, Row row, int array) {
    Rows.strings(row, array).forEach(text -> texts.add(new Part(field, text)));
    return this;
  }

  public Texts of(Row row) {
    return new Texts(row.getUUID(0), stems(row, 1), List.copyOf(texts));
  }

  /** The words within patterns: {@code %word%}. */
  public static List<String> stems(Row row, int patterns) {
    return Rows.strings(row, patterns).stream()
        .map(pattern -> pattern.substring(1, pattern.length() - 1))
        .toList();
  }
}
