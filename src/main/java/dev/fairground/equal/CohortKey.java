package dev.fairground.equal;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Who is in the same position: grants of one version of a product, for the same class of purpose
 * and of scenario, charged alike, of like quantity and term.
 *
 * @param scenarioClass the class of the scenario, or the class of purpose where it has none
 * @param currency null where nothing is charged
 */
public record CohortKey(
    UUID operatorId,
    UUID productId,
    int productVersion,
    String purposeClass,
    String scenarioClass,
    @Nullable String unit,
    @Nullable String unitText,
    @Nullable String currency,
    String volumeBand,
    String termBand) {}
