/** Imports and exports that take longer than a request, and the files that they read and write. */
@NullMarked
package dev.fairground.job;

import org.jspecify.annotations.NullMarked;
