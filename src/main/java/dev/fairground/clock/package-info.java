/**
 * Clocks: what somebody has to do until a day, counted in working days of a calendar; started,
 * paused, resumed, extended, met, and overdue.
 */
@NullMarked
package dev.fairground.clock;

import org.jspecify.annotations.NullMarked;
