package dev.fairground.catalog;

import dev.fairground.kernel.Text;
import java.time.OffsetDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A version of a product beside the one before it.
 *
 * @param fields the names of the fields that are other than before
 */
public record ProductChange(
    int version,
    OffsetDateTime at,
    Offer.Status status,
    @Nullable String statusReason,
    Text title,
    List<String> fields) {}
