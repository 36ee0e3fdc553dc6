/** The program: reads the environment, builds everything once, and serves. */
@NullMarked
package dev.fairground;

import org.jspecify.annotations.NullMarked;
