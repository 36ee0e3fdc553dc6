package dev.fairground.policy;

import dev.fairground.fairaccess.RefusalReasonCode;
import dev.fairground.kernel.Text;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The policy of products whose operators published none: it asks for nothing, and nobody is refused
 * but for reasons that stand in law by themselves.
 */
final class BasicPolicy {
  /** The reasons that hold whether a policy names them or not. */
  static final List<RefusalReasonCode> STANDING =
      List.of(
          RefusalReasonCode.SCENARIO_NOT_ALLOWED,
          RefusalReasonCode.OUTSIDE_AUTHORIZED_SCOPE,
          RefusalReasonCode.CLASSIFICATION,
          RefusalReasonCode.FORBIDDEN_BY_LAW,
          RefusalReasonCode.INCOMPLETE_AFTER_NOTICE);

  static final List<PolicyReason> REASONS =
      STANDING.stream().map(code -> new PolicyReason(code, null)).toList();

  private static final JsonObject TERMS = read("/policy/basic-terms.json");
  static final Text TITLE = text("title");
  static final Text TEXT = text("text");

  private BasicPolicy() {}

  /**
   * The basic policy as that of one product.
   *
   * @param since the day on which the product was first published
   */
  static AccessPolicy of(UUID operatorId, UUID productId, LocalDate since) {
    return new AccessPolicy(
        operatorId,
        productId,
        0,
        null,
        null,
        since,
        null,
        List.of(),
        REASONS,
        List.of(),
        terms(operatorId, productId),
        null,
        null,
        null,
        null,
        null,
        null);
  }

  static StandardTerms terms(UUID operatorId, UUID productId) {
    var odrl =
        OdrlOffer.of(
            new OdrlOffer.Offered(productId, operatorId, productId, null, List.of(), List.of()),
            List.of(),
            null,
            null,
            null,
            null);
    return new StandardTerms(
        operatorId,
        productId,
        0,
        null,
        TITLE,
        TEXT,
        odrl,
        TermsDigest.of(TITLE, TEXT, odrl),
        null,
        null,
        false);
  }

  private static Text text(String member) {
    return new Text(
        TERMS.getString(member),
        TERMS.getString("locale"),
        strings(TERMS.getJsonObject(member + "Translations")));
  }

  static Map<String, String> strings(@Nullable JsonObject json) {
    var strings = new HashMap<String, String>();
    if (json != null) {
      json.forEach(entry -> strings.put(entry.getKey(), String.valueOf(entry.getValue())));
    }
    return strings;
  }

  static JsonObject read(String name) {
    try (var in = Objects.requireNonNull(BasicPolicy.class.getResourceAsStream(name), name)) {
      return new JsonObject(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
