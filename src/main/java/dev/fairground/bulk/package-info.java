/**
 * Brings the catalogues of others in: what {@code harvest} reads is compared with what was brought
 * in before, and added, changed or withdrawn, a catalogue at a time and each at once or not at all.
 * Loading the same file twice changes nothing.
 */
@NullMarked
package dev.fairground.bulk;

import org.jspecify.annotations.NullMarked;
