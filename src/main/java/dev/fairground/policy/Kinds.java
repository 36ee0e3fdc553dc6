package dev.fairground.policy;

import dev.fairground.fairaccess.DifferenceFactor;
import dev.fairground.fairaccess.RefusalReasonCode;
import dev.fairground.kernel.Text;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;

/** The two closed lists of fair access, in words: reasons of refusals, factors of differences. */
final class Kinds {
  private static final JsonObject LISTS = BasicPolicy.read("/policy/kinds.json");

  static final List<RefusalReasonKind> REASONS =
      objects("reasons").stream()
          .map(
              kind -> {
                var code = RefusalReasonCode.valueOf(kind.getString("code"));
                return new RefusalReasonKind(
                    code,
                    text(kind, "title"),
                    text(kind, "meaning"),
                    BasicPolicy.STANDING.contains(code));
              })
          .toList();

  static final List<DifferenceFactorKind> FACTORS =
      objects("factors").stream()
          .map(
              kind ->
                  new DifferenceFactorKind(
                      DifferenceFactor.valueOf(kind.getString("code")),
                      text(kind, "title"),
                      text(kind, "meaning")))
          .toList();

  private Kinds() {}

  /**
   * A reason for which requests may be refused.
   *
   * @param standing whether it holds for every product, because it stands in law by itself
   */
  record RefusalReasonKind(RefusalReasonCode code, Text title, Text meaning, boolean standing) {}

  /** A reason for which terms may differ. */
  record DifferenceFactorKind(DifferenceFactor code, Text title, Text meaning) {}

  private static List<JsonObject> objects(String list) {
    JsonArray all = LISTS.getJsonArray(list);
    return all.stream().map(JsonObject.class::cast).toList();
  }

  private static Text text(JsonObject kind, String member) {
    var words = kind.getJsonObject(member);
    return new Text(words.getString("zh"), "zh", Map.of("en", words.getString("en")));
  }
}
