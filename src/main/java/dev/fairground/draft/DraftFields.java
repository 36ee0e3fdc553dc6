package dev.fairground.draft;

import dev.fairground.catalog.ProductResource;
import dev.fairground.catalog.ProductScenario;
import dev.fairground.graphql.Wiring;
import dev.fairground.kernel.Ids;
import dev.fairground.kernel.Text;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The fields of a draft that are members of its content. */
final class DraftFields {
  private DraftFields() {}

  static void of(Wiring.TypeWiring<ProductDraft> type) {
    type.localized("title", draft -> text(draft, "title"))
        .computed("titles", draft -> texts(draft, "title"))
        .localized("summary", draft -> text(draft, "summary"))
        .computed("summaries", draft -> texts(draft, "summary"))
        .computed("resources", DraftFields::resources)
        .computed("scenarios", DraftFields::scenarios)
        .computed("deliveries", draft -> strings(draft.content().getJsonArray("deliveries")));
    for (var member :
        List.of(
            "form",
            "tier",
            "purposeClass",
            "field",
            "sectorCode",
            "regionCode",
            "updateFrequency",
            "grade",
            "personalInformation",
            "capabilityKind",
            "capacity",
            "leadTimeWorkingDays",
            "accessTerms",
            "tradingVenue")) {
      type.computed(member, draft -> draft.content().getValue(member));
    }
    for (var member : List.of("dataUpdatedOn", "startsOn", "endsOn")) {
      type.computed(member, draft -> day(draft.content().getString(member)));
    }
  }

  private static @Nullable LocalDate day(@Nullable String day) {
    return day == null ? null : LocalDate.parse(day);
  }

  private static @Nullable Text text(ProductDraft draft, String member) {
    var texts = texts(draft, member);
    if (texts.isEmpty()) {
      return null;
    }
    var translations = new LinkedHashMap<String, String>();
    texts.stream().skip(1).forEach(text -> translations.put(text.locale(), text.value()));
    var first = texts.getFirst();
    return new Text(first.value(), first.locale(), translations);
  }

  private static List<Text.LocalizedText> texts(ProductDraft draft, String member) {
    return each(
        draft.content().getJsonArray(member),
        text ->
            new Text.LocalizedText(
                Objects.requireNonNull(text.getString("value")),
                Objects.requireNonNull(text.getString("locale")),
                false));
  }

  private static List<ProductResource> resources(ProductDraft draft) {
    return each(
        draft.content().getJsonArray("resources"),
        used -> {
          var items = used.getJsonArray("dataItems");
          return new ProductResource(
              Ids.uuid(used.getString("resource")), items == null ? null : strings(items));
        });
  }

  private static List<ProductScenario> scenarios(ProductDraft draft) {
    return each(
        draft.content().getJsonArray("scenarios"),
        named ->
            new ProductScenario(
                Ids.uuid(named.getString("scenario")),
                Boolean.TRUE.equals(named.getBoolean("allowed"))));
  }

  private static List<String> strings(@Nullable JsonArray array) {
    return array == null ? List.of() : array.stream().map(String::valueOf).toList();
  }

  private static <T> List<T> each(@Nullable JsonArray array, Function<JsonObject, T> value) {
    var values = new ArrayList<T>();
    if (array != null) {
      for (int i = 0; i < array.size(); i++) {
        values.add(value.apply(array.getJsonObject(i)));
      }
    }
    return values;
  }
}
