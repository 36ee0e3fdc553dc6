/**
 * What everybody may know of how fairly operators give access, each figure with the query that
 * recomputes it.
 */
@NullMarked
package dev.fairground.fairness;

import org.jspecify.annotations.NullMarked;
