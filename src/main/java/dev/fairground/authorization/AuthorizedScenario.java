package dev.fairground.authorization;

import java.util.UUID;

/** A scenario that an authorization allows or rules out. */
public record AuthorizedScenario(UUID scenarioId, boolean allowed) {}
