package dev.fairground.fairaccess;

import java.util.List;
import java.util.UUID;

/**
 * An organization that is linked with another one.
 *
 * @param direct whether by one link
 * @param control whether through links of control only
 * @param links global ids of the links that lead to it
 */
public record Related(UUID organizationId, boolean direct, boolean control, List<String> links) {}
