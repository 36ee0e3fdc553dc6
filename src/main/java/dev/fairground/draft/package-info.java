/**
 * Entries of operators' lists before they are published: drafts, their reviews, and what publishes
 * them.
 */
@NullMarked
package dev.fairground.draft;

import org.jspecify.annotations.NullMarked;
