/**
 * Places with rules of their own: their rule sets, the rules in force on a day, and the calendars
 * that working days are counted by.
 */
@NullMarked
package dev.fairground.jurisdiction;

import org.jspecify.annotations.NullMarked;
