package dev.fairground.usage;

import dev.fairground.kernel.Money;
import dev.fairground.kernel.Period;
import dev.fairground.usage.UsageGrounds.Grant;
import dev.fairground.usage.UsageRules.Accepted;
import java.math.BigDecimal;
import java.security.SecureRandom;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Rows of a report made into records: numbered and chained for each grant in the order in which
 * they were given, and added up.
 *
 * @param records in the order of the report
 * @param digests of the records
 * @param ends the new end of each chain
 * @param months what is added to each month of each grant
 * @param parts the same by resource and unit
 */
record UsageChains(
    List<UsageRecord> records,
    List<byte[]> digests,
    Map<UUID, End> ends,
    Map<Month, Sum> months,
    Map<Part, Sum> parts) {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int SALT = 16;

  /** The last record of a chain. */
  record End(Grant grant, int records, byte[] digest, Sum added) {}

  /** A month of a grant. */
  record Month(UUID grantId, LocalDate month) {}

  /** What was used in it. */
  record Part(
      Month month, @Nullable UUID resourceId, @Nullable String unit, @Nullable String unitText) {}

  /** What is added up. */
  static final class Sum {
    int records;
    BigDecimal quantity = BigDecimal.ZERO;
    BigDecimal calls = BigDecimal.ZERO;
    BigDecimal billed = BigDecimal.ZERO;
    @Nullable String currency;
    final int[] findings = new int[UsageFinding.values().length];

    void add(Accepted one, boolean counted) {
      records++;
      var row = one.row();
      if (counted) {
        quantity = quantity.add(row.quantity());
      }
      if (row.calls() != null) {
        calls = calls.add(BigDecimal.valueOf(row.calls()));
      }
      if (row.billed() != null) {
        billed = billed.add(row.billed());
        currency = one.currency();
      }
      one.findings().forEach(finding -> findings[finding.ordinal()]++);
      one.settled().forEach(finding -> findings[finding.ordinal()]--);
    }
  }

  /** Chains what was accepted behind what there is. */
  static UsageChains of(UUID operator, UUID batch, OffsetDateTime at, List<Accepted> accepted) {
    var salts = new byte[accepted.size() * SALT];
    RANDOM.nextBytes(salts);
    var chains =
        new UsageChains(
            new ArrayList<>(accepted.size()),
            new ArrayList<>(accepted.size()),
            new LinkedHashMap<>(),
            new HashMap<>(),
            new HashMap<>());
    for (int i = 0; i < accepted.size(); i++) {
      var salt = Arrays.copyOfRange(salts, i * SALT, (i + 1) * SALT);
      chains.add(operator, batch, at, accepted.get(i), salt);
    }
    return chains;
  }

  private void add(UUID operator, UUID batch, OffsetDateTime at, Accepted one, byte[] salt) {
    var grant = one.grant();
    var row = one.row();
    var end = ends.get(grant.id());
    var number = (end == null ? grant.records() : end.records()) + 1;
    var record =
        new UsageRecord(
            operator,
            grant.id(),
            number,
            UUID.randomUUID(),
            batch,
            at,
            grant.productId(),
            new Period(row.startsOn(), row.endsOn()),
            one.resourceId(),
            one.scenarioId(),
            one.unit(),
            one.unitText(),
            row.quantity(),
            row.calls() == null ? null : BigDecimal.valueOf(row.calls()),
            row.billed() == null
                ? null
                : new Money(row.billed(), Objects.requireNonNull(one.currency())),
            row.outcome(),
            row.purposeStatement(),
            row.reference(),
            row.corrects(),
            row.correctionReason(),
            List.copyOf(one.findings()),
            List.copyOf(one.settled()),
            salt,
            end == null ? grant.previous() : end.digest(),
            records.size() + 1);
    var digest = record.digest();
    records.add(record);
    digests.add(digest);
    var added = end == null ? new Sum() : end.added();
    added.add(one, one.counted());
    ends.put(grant.id(), new End(grant, number, digest, added));
    var month = new Month(grant.id(), row.month());
    months.computeIfAbsent(month, first -> new Sum()).add(one, one.counted());
    parts
        .computeIfAbsent(
            new Part(month, one.resourceId(), one.unit(), one.unitText()), first -> new Sum())
        .add(one, true);
  }
}
