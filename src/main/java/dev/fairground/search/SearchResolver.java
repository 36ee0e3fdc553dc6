package dev.fairground.search;

import dev.fairground.graphql.Arguments;
import dev.fairground.graphql.Feature;
import dev.fairground.graphql.Wiring;
import dev.fairground.search.TitleSuggestion.Kind;
import dev.fairground.sql.Database;
import dev.fairground.sql.Reading;
import dev.fairground.sql.Search;
import io.vertx.core.Future;
import java.util.EnumSet;
import java.util.List;

/** Binds {@code schema/search.graphqls}. */
public final class SearchResolver implements Feature {
  private static final int MOST = 20;
  private static final int BY_DEFAULT = 10;

  private final SuggestionRepository suggestions;

  public SearchResolver(Database database) {
    suggestions = new SuggestionRepository(database);
  }

  @Override
  public void wire(Wiring wiring) {
    wiring.type("Suggestion", TitleSuggestion.class);
    wiring.query().answered("suggest", this::suggest);
  }

  private Future<List<TitleSuggestion>> suggest(Reading reading, Arguments arguments) {
    var text = String.valueOf(arguments.string("text"));
    if (text.length() > Search.MOST_CHARACTERS) {
      throw arguments.bad(
          "text",
          "at most " + Search.MOST_CHARACTERS + " characters, but there are " + text.length());
    }
    var asked = arguments.integer("first");
    var most = asked == null ? BY_DEFAULT : asked;
    if (most < 1 || most > MOST) {
      throw arguments.bad("first", "must be between 1 and " + MOST + ", but is " + most);
    }
    var kinds = EnumSet.noneOf(Kind.class);
    kinds.addAll(
        arguments.has("kinds") ? arguments.values("kinds", Kind.class) : List.of(Kind.values()));
    return kinds.isEmpty()
        ? Future.succeededFuture(List.of())
        : suggestions.find(reading, text, kinds, most);
  }
}
