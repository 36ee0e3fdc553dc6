/**
 * Requests for access and the decisions on them, from the application to the review of a refusal,
 * and the queues of what is due.
 */
@NullMarked
package dev.fairground.access;

import org.jspecify.annotations.NullMarked;
