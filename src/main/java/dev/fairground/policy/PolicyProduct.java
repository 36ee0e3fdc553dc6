package dev.fairground.policy;

import dev.fairground.catalog.CatalogResolver;
import dev.fairground.kernel.Ids;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a policy is made for.
 *
 * @param lastDay of the product or its authorization, whichever comes first; null for none
 * @param version of its newest policy; 0 for none
 * @param termsNumber of its newest terms; 0 for none
 * @param lastPublishedAt when its newest policy was published
 */
record PolicyProduct(
    UUID operatorId,
    UUID id,
    String kind,
    String status,
    String jurisdictionCode,
    @Nullable LocalDate lastDay,
    boolean demonstration,
    List<UUID> allowedScenarios,
    List<UUID> prohibitedScenarios,
    int version,
    int termsNumber,
    @Nullable OffsetDateTime lastPublishedAt) {
  String globalId() {
    return Ids.write(
        kind.equals("DATA_PRODUCT")
            ? CatalogResolver.DATA_PRODUCT
            : CatalogResolver.SERVICE_CAPABILITY,
        id);
  }
}
