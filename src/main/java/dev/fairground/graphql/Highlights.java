package dev.fairground.graphql;

import dev.fairground.kernel.Highlight;
import dev.fairground.kernel.SearchWords;
import dev.fairground.sql.Reading;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;

/**
 * Where found records hold what was searched for; one statement for all records of a level that a
 * text found.
 */
public final class Highlights<T> {
  private final Function<T, UUID> id;
  private final Loader<Found, Loader.None, List<Highlight>> loader;

  /** A record that a text found. */
  record Found(UUID id, String text) {}

  /**
   * The texts of a record, as a repository reads them.
   *
   * @param stems the words of the caller's text that count, English ones without their ending
   * @param texts in the order in which they are shown
   */
  public record Texts(UUID id, List<String> stems, List<Part> texts) {}

  /** One text and which one it is. */
  public record Part(String field, String text) {}

  /** Reads the texts of records; a repository's method. */
  @FunctionalInterface
  public interface Find {
    Future<List<Texts>> find(Reading reading, Collection<UUID> ids, String asked);
  }

  public Highlights(String name, Function<T, UUID> id, Find find) {
    this.id = id;
    loader = new Loader<>(name, (reading, none, found) -> load(find, reading, found));
  }

  Loader<Found, Loader.None, List<Highlight>> loader() {
    return loader;
  }

  UUID id(T record) {
    return id.apply(record);
  }

  private static Future<Map<Found, List<Highlight>>> load(
      Find find, Reading reading, Collection<Found> found) {
    var byText = new HashMap<String, List<UUID>>();
    found.forEach(
        one -> byText.computeIfAbsent(one.text(), unseen -> new ArrayList<>()).add(one.id()));
    var highlights = new HashMap<Found, List<Highlight>>();
    var reads = new ArrayList<Future<?>>();
    byText.forEach(
        (asked, ids) ->
            reads.add(
                find.find(reading, ids, asked)
                    .onSuccess(
                        records ->
                            records.forEach(
                                texts ->
                                    highlights.put(
                                        new Found(texts.id(), asked), in(texts, asked))))));
    return Future.all(reads)
        .map(
            done -> {
              found.forEach(one -> highlights.putIfAbsent(one, List.of()));
              return highlights;
            });
  }

  private static List<Highlight> in(Texts texts, String asked) {
    var words = new SearchWords(asked, texts.stems());
    return texts.texts().stream()
        .flatMap(part -> words.in(part.field(), part.text()).stream())
        .toList();
  }
}
