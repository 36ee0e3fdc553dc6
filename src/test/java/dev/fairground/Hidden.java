package dev.fairground;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairground.kernel.Ids;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Holds the rule of everything that is hidden: it answers exactly as what is not there, by every
 * path and with as many statements. Queries have the variable {@code $id}, mutations too.
 *
 * @param id the global id of the hidden object
 * @param asking who may not see it
 */
public record Hidden(String id, Asking asking) {
  private static final List<String> BY_ID =
      List.of(
          "query($id: ID!) { node(id: $id) { id __typename } }",
          "query($id: ID!) { nodes(ids: [$id, $id]) { id __typename } }");

  /** Asks for it and for one that is not there, by {@code node}, {@code nodes} and these. */
  public void answersAsMissing(String... documents) {
    var missing = Ids.write(Ids.prefix("id", id), UUID.randomUUID());
    var all = new ArrayList<>(BY_ID);
    all.addAll(List.of(documents));
    for (var document : all) {
      var ofHidden = asking.told(document, Map.of("id", id));
      var ofMissing = asking.told(document, Map.of("id", missing));

      assertThat(ofHidden.answer().replace(id, "ID"))
          .as(document)
          .isEqualTo(ofMissing.answer().replace(missing, "ID"));
      assertThat(ofHidden.statements())
          .as("statements of " + document)
          .isEqualTo(ofMissing.statements());
    }
  }

  /** Its id stands in no answer of these, whatever they list. */
  public void isInNone(String... queries) {
    for (var query : queries) {
      assertThat(asking.answer(query, Map.of()).encode()).as(query).doesNotContain(id);
    }
  }
}
