package dev.fairground.draft;

import io.vertx.core.json.JsonObject;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a draft begins with.
 *
 * @param baseVersion the published version that it begins with; null for a new product
 * @param content of that version; empty for a new product
 */
record DraftStart(
    UUID operatorId,
    UUID productId,
    ProductDraft.Kind kind,
    String code,
    @Nullable Integer baseVersion,
    JsonObject content) {}
