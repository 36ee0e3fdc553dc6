/**
 * May I have this product for this purpose, at what price, by when; and if not, why not, and what
 * would cure it. Writes nothing.
 */
@NullMarked
package dev.fairground.eligibility;

import org.jspecify.annotations.NullMarked;
