package dev.fairground.registration;

import dev.fairground.graphql.Wiring;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The fields of an application that are members of its blocks and its request. */
final class ApplicationFields {
  /** The names of the blocks' types. */
  private static final Map<RegistrationBlock, String> TYPES =
      Map.of(
          RegistrationBlock.SUBJECT, "RegistrationSubjectBlock",
          RegistrationBlock.LAWFUL_SOURCE, "RegistrationLawfulSource",
          RegistrationBlock.RESOURCE, "RegistrationResourceBlock",
          RegistrationBlock.EVIDENCE_DEPOSIT, "RegistrationEvidenceDeposit",
          RegistrationBlock.PRODUCT_SERVICE, "RegistrationProductService",
          RegistrationBlock.SCENARIO, "RegistrationScenario",
          RegistrationBlock.SECURITY_ASSESSMENT, "RegistrationSecurityAssessment");

  private ApplicationFields() {}

  /** A block as it is kept. */
  private record Block(JsonObject values) {
    @Nullable Object value(RegistrationBlock.Member member) {
      var value = values.getValue(member.name());
      return switch (member.type()) {
        case TEXT, CHOICE -> value;
        case TEXTS -> value == null ? List.of() : texts((JsonArray) value);
        case DAY -> value == null ? null : LocalDate.parse((String) value);
        case INSTANT -> value == null ? null : OffsetDateTime.parse((String) value);
      };
    }
  }

  /** The seven blocks, with what they hold. */
  private record Form(JsonObject content) {
    @Nullable Block block(RegistrationBlock block) {
      var values = content.getJsonObject(block.field());
      return values == null ? null : new Block(values);
    }
  }

  /** What a kind needs besides. */
  private record Request(JsonObject values) {}

  static void of(Wiring wiring, Wiring.TypeWiring<RegistrationApplication> type) {
    type.computed("content", of -> new Form(of.content()))
        .computed("request", of -> new Request(of.request()));
    var form = wiring.type("RegistrationContent", Form.class);
    for (var block : RegistrationBlock.values()) {
      form.computed(block.field(), content -> content.block(block));
      var members = wiring.type(String.valueOf(TYPES.get(block)), Block.class);
      for (var member : block.members()) {
        members.computed(member.name(), values -> values.value(member));
      }
    }
    wiring
        .type("RegistrationRequest", Request.class)
        .computed("ground", of -> of.values().getString("ground"))
        .computed("years", of -> of.values().getInteger("years"))
        .computed("changedOn", of -> day(of.values().getString("changedOn")))
        .computed("explanation", of -> of.values().getString("explanation"))
        .computed("consent", of -> of.values().getString("consent"))
        .computed("evidence", of -> texts(of.values().getJsonArray("evidence")));
    wiring.type(RegistrationGap.class).computed("block", of -> constant(of.block()));
  }

  private static String constant(String field) {
    for (var block : RegistrationBlock.values()) {
      if (block.field().equals(field)) {
        return block.name();
      }
    }
    throw new IllegalStateException("no block is called " + field);
  }

  private static @Nullable LocalDate day(@Nullable String day) {
    return day == null ? null : LocalDate.parse(day);
  }

  private static List<String> texts(@Nullable JsonArray array) {
    return array == null ? List.of() : array.stream().map(String::valueOf).toList();
  }
}
