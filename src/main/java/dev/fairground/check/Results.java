package dev.fairground.check;

import dev.fairground.fairaccess.Check;
import dev.fairground.fairaccess.Ground;
import dev.fairground.fairaccess.Outcome;
import dev.fairground.fairaccess.Reason;
import dev.fairground.fairaccess.Result;
import dev.fairground.kernel.Text;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Results as they are kept: what is empty is left out. Pure. */
final class Results {
  private Results() {}

  /**
   * Each rule is kept with the rule set that it came from, as {@code 000000:2/ceilingRequired}; one
   * that no rule set says, by its name only.
   */
  static JsonArray write(Ground ground, List<Result> results) {
    var written = new JsonArray();
    for (var result : results) {
      var one =
          new JsonObject()
              .put("check", result.check().name())
              .put("outcome", result.outcome().name());
      if (!result.reasons().isEmpty()) {
        one.put("reasons", reasons(result.reasons()));
      }
      if (!result.rules().isEmpty()) {
        one.put("rules", new JsonArray(rules(ground, result)));
      }
      written.add(one);
    }
    return written;
  }

  static List<String> rules(Ground ground, Result result) {
    return result.rules().stream()
        .map(
            name -> {
              var rule = ground.rules().rules().get(name);
              return rule == null
                  ? name
                  : rule.jurisdictionCode() + ":" + rule.ruleSetVersion() + "/" + name;
            })
        .toList();
  }

  private static JsonArray reasons(List<Reason> reasons) {
    var written = new JsonArray();
    for (var reason : reasons) {
      var one =
          new JsonObject()
              .put("outcome", reason.outcome().name())
              .put("code", reason.code())
              .put("message", text(reason.message()));
      if (!reason.evidence().isEmpty()) {
        one.put("evidence", new JsonArray(reason.evidence()));
      }
      if (reason.remedy() != null) {
        one.put("remedy", text(reason.remedy()));
      }
      written.add(one);
    }
    return written;
  }

  private static JsonObject text(Text text) {
    return new JsonObject()
        .put("locale", text.locale())
        .put("value", text.value())
        .put("translations", new JsonObject(new HashMap<>(text.translations())));
  }

  static List<Result> read(JsonArray written) {
    return Parts.list(
        written,
        one ->
            new Result(
                Check.valueOf(one.getString("check")),
                Outcome.valueOf(one.getString("outcome")),
                Parts.list(one.getJsonArray("reasons"), Results::reason),
                strings(one.getJsonArray("rules"))));
  }

  private static Reason reason(JsonObject one) {
    var remedy = one.getJsonObject("remedy");
    return new Reason(
        Outcome.valueOf(one.getString("outcome")),
        one.getString("code"),
        text(one.getJsonObject("message")),
        strings(one.getJsonArray("evidence")),
        remedy == null ? null : text(remedy));
  }

  private static Text text(JsonObject one) {
    var translations = new HashMap<String, String>();
    one.getJsonObject("translations")
        .forEach(entry -> translations.put(entry.getKey(), String.valueOf(entry.getValue())));
    return new Text(one.getString("value"), one.getString("locale"), Map.copyOf(translations));
  }

  private static List<String> strings(@Nullable JsonArray list) {
    var strings = new ArrayList<String>();
    if (list != null) {
      list.forEach(one -> strings.add(String.valueOf(one)));
    }
    return strings;
  }

  /** Whether two runs say the same; numbers of days in their messages may differ. */
  static boolean same(List<Result> one, List<Result> other) {
    if (one.size() != other.size()) {
      return false;
    }
    for (int i = 0; i < one.size(); i++) {
      if (one.get(i).check() != other.get(i).check() || !same(one.get(i), other.get(i))) {
        return false;
      }
    }
    return true;
  }

  /** Whether two results of one check say the same. */
  static boolean same(@Nullable Result one, @Nullable Result other) {
    return one != null
        && other != null
        && one.outcome() == other.outcome()
        && one.reasons().size() == other.reasons().size()
        && grounds(one).equals(grounds(other));
  }

  private static List<String> grounds(Result result) {
    var grounds = new ArrayList<String>();
    for (var reason : result.reasons()) {
      grounds.add(Objects.requireNonNull(reason.code()));
      grounds.addAll(reason.evidence());
    }
    return grounds;
  }
}
