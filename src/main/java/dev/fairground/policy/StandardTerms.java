package dev.fairground.policy;

import dev.fairground.kernel.Text;
import io.vertx.core.json.JsonObject;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The terms on which a product is given to whomever it is given. They never exclude others.
 *
 * @param number from 1 for each product; 0 for the basic terms of the marketplace
 * @param id null for the basic terms
 * @param odrl the same for machines: an ODRL offer in JSON-LD
 * @param digest SHA-256 of all that is said, in hexadecimal digits
 * @param publishedAt null for the basic terms
 */
public record StandardTerms(
    UUID operatorId,
    UUID productId,
    int number,
    @Nullable UUID id,
    Text title,
    Text text,
    JsonObject odrl,
    String digest,
    @Nullable OffsetDateTime publishedAt,
    @Nullable String source,
    boolean demonstration) {}
