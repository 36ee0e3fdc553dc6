package dev.fairground.webhook;

import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An address to which an organization has events sent.
 *
 * @param types the types of events that are sent; empty for all
 * @param subject the global id of the only object whose events are sent
 * @param query the query whose answer is sent with each event
 * @param secretNumber which secret signs
 * @param scopes what its events and answers may tell
 */
public record Webhook(
    UUID id,
    UUID organizationId,
    int version,
    String url,
    List<String> types,
    @Nullable String subject,
    @Nullable String query,
    boolean active,
    int secretNumber,
    List<String> scopes,
    OffsetDateTime createdAt,
    OffsetDateTime updatedAt) {}
