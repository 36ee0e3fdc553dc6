package dev.fairground.usage;

import dev.fairground.kernel.Ids;
import dev.fairground.kernel.Money;
import dev.fairground.kernel.Period;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What was used by a grant on some days, as it was reported.
 *
 * @param number in the chain of its grant, from 1
 * @param resourceId null for the product as a whole
 * @param corrects the number of the record to which its amounts are added
 * @param settled what was found with that record, and is not any more
 * @param salt 16 random bytes
 * @param previous the digest of the record before it; null for the first
 * @param position in its batch, from 1
 */
public record UsageRecord(
    UUID operatorId,
    UUID grantId,
    int number,
    UUID id,
    UUID batchId,
    OffsetDateTime reportedAt,
    UUID productId,
    Period term,
    @Nullable UUID resourceId,
    @Nullable UUID scenarioId,
    @Nullable String unit,
    @Nullable String unitText,
    BigDecimal quantity,
    @Nullable BigDecimal calls,
    @Nullable Money billed,
    @Nullable String outcome,
    @Nullable String purposeStatement,
    @Nullable String reference,
    @Nullable Integer corrects,
    @Nullable String correctionReason,
    List<UsageFinding> findings,
    List<UsageFinding> settled,
    byte[] salt,
    byte @Nullable [] previous,
    int position) {
  static final String PREFIX = "usr";

  private static final HexFormat HEX = HexFormat.of();

  /**
   * The form that is digested: canonical JSON of the values that the API answers, without those
   * that are missing. It never changes; docs/usage.md tells it.
   */
  String canonicalForm() {
    var form = new TreeMap<String, Object>();
    form.put("id", Ids.write(PREFIX, id));
    form.put("operator", Ids.write("org", operatorId));
    form.put("grant", Ids.write(ReportedUse.GRANT, grantId));
    form.put("batch", Ids.write(UsageBatch.PREFIX, batchId));
    form.put("number", number);
    form.put("reportedAt", moment(reportedAt));
    var days = new TreeMap<String, Object>();
    days.put("startsOn", term.startsOn().toString());
    days.put("endsOn", String.valueOf(term.endsOn()));
    form.put("term", days);
    put(form, "resource", resourceId == null ? null : Ids.write("res", resourceId));
    put(form, "scenario", scenarioId == null ? null : Ids.write("sce", scenarioId));
    put(form, "unit", unit);
    put(form, "unitText", unitText);
    form.put("quantity", decimal(quantity));
    put(form, "calls", calls == null ? null : decimal(calls));
    if (billed != null) {
      var money = new TreeMap<String, Object>();
      money.put("amount", decimal(billed.amount()));
      money.put("currency", billed.currency());
      form.put("billed", money);
    }
    put(form, "outcome", outcome);
    put(form, "purposeStatement", purposeStatement);
    put(form, "reference", reference);
    put(form, "corrects", corrects);
    put(form, "correctionReason", correctionReason);
    put(form, "findings", names(findings));
    put(form, "settled", names(settled));
    form.put("salt", HEX.formatHex(salt));
    put(form, "previousDigest", previous == null ? null : HEX.formatHex(previous));
    return CanonicalJson.write(form);
  }

  byte[] digest() {
    return MerkleTree.sha256(canonicalForm().getBytes(StandardCharsets.UTF_8));
  }

  private static void put(TreeMap<String, Object> form, String name, @Nullable Object value) {
    if (value != null) {
      form.put(name, value);
    }
  }

  private static @Nullable List<String> names(List<UsageFinding> findings) {
    return findings.isEmpty() ? null : findings.stream().map(Enum::name).toList();
  }

  /** As answers show it. */
  static String decimal(BigDecimal decimal) {
    return decimal.signum() == 0 ? "0" : decimal.stripTrailingZeros().toPlainString();
  }

  /** As answers show it. */
  static String moment(OffsetDateTime moment) {
    return DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(
        moment.withOffsetSameInstant(ZoneOffset.UTC));
  }
}
