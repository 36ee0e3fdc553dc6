/**
 * The market that an empty database is filled with, so that there is something to ask. What its
 * source does not say is null, or made up and marked as such.
 */
@NullMarked
package dev.fairground.demo;

import org.jspecify.annotations.NullMarked;
